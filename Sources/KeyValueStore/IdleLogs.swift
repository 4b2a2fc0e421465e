import Synchronization

/// Ends the sessions of commit logs that nobody writes to any more.
///
/// A session's reader keeps other processes from using pages again, and a store that is idle should be
/// whole without its log. The thread that looks is there only while there are sessions.
enum IdleLogs {
  private static let lookMicroseconds: UInt32 = 250_000

  private struct Watched {
    weak var environment: Environment?
  }

  private static let watched = Mutex<[Watched]>([])

  /// Looks after an environment's session until it has ended.
  static func watch(_ environment: Environment) {
    let isFirst = watched.withLock { watched in
      if watched.contains(where: { $0.environment === environment }) { return false }
      watched.append(Watched(environment: environment))
      return watched.count == 1
    }
    if isFirst { start() }
  }

  /// Ends all sessions, where the writer's place is to be had soon.
  static func endAll() {
    for environment in watched.withLock({ $0.compactMap(\.environment) }) {
      _ = environment.log?.end(environment, isIdleOnly: false, waitSeconds: 0.2)
    }
  }

  private static func start() {
    let isStarted = DetachedThread.start {
      while look() { FileSystem.pause(microseconds: lookMicroseconds) }
    }
    if !isStarted { watched.withLock { $0.removeAll() } }
  }

  /// Ends what is idle.
  ///
  /// - Returns: Whether any session is left.
  private static func look() -> Bool {
    // Not under the lock: an environment may close here, or begin a session meanwhile.
    let environments = watched.withLock { $0.compactMap(\.environment) }
    let ended = environments.filter { environment in
      !(environment.log?.end(environment, isIdleOnly: true) ?? false)
    }
    let isAnyLeft = watched.withLock { watched in
      watched.removeAll { entry in
        guard let environment = entry.environment else { return true }
        return ended.contains { $0 === environment }
      }
      return !watched.isEmpty
    }
    // Who begins a session watches it while the log is locked: so the log is not asked under our lock.
    for environment in ended where environment.log?.isInUse == true { watch(environment) }
    return isAnyLeft
  }
}
