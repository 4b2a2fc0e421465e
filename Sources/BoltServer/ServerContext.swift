import QuerySession
import Synchronization

/// What all connections of a server share.
final class ServerContext: Sendable {
  let options: BoltServerOptions
  let service: any SessionService
  let pool: WorkerPool
  let limiter = AuthenticationLimiter()
  private struct State {
    var connectionCount: UInt64 = 0
    var connections: [ObjectIdentifier: BoltConnection] = [:]
    var address = ""
    var isStopping = false
    var whenIdle: [CheckedContinuation<Void, Never>] = []
  }
  private let state = Mutex(State())
  private let waitingCount = Atomic<Int>(0)
  /// So many threads may stay with connections that have nothing to do at the moment.
  private static let mostWaiting = 64

  init(_ options: BoltServerOptions, _ service: any SessionService) {
    self.options = options
    self.service = service
    // Each connection may come to need a thread of its own, so that nobody waits for one while
    // holding what the others wait for.
    pool = WorkerPool(limit: max(1, options.maximumConnections))
  }

  /// Where the server listens, as `host:port`.
  var address: String {
    get { state.withLock { $0.address } }
    set { state.withLock { $0.address = newValue } }
  }

  /// Whether connections end as soon as nothing waits in them.
  var isStopping: Bool { state.withLock { $0.isStopping } }

  /// Whether one more thread may stay with its connection; if so, `endWait` is to be called.
  func mayWait() -> Bool {
    if waitingCount.add(1, ordering: .relaxed).newValue <= Self.mostWaiting { return true }
    endWait()
    return false
  }

  /// Whether there is but one thread that waits or works.
  var isCalm: Bool { pool.busyCount == 1 }

  func endWait() { waitingCount.subtract(1, ordering: .relaxed) }

  /// The next connection's name.
  func nextID() -> String {
    let number = state.withLock { state in
      defer { state.connectionCount += 1 }
      return state.connectionCount
    }
    return "bolt-\(number)"
  }

  func add(_ connection: BoltConnection) {
    state.withLock { $0.connections[ObjectIdentifier(connection)] = connection }
  }

  /// Forgets a connection whose session is closed.
  func remove(_ connection: BoltConnection) {
    let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
      state.connections[ObjectIdentifier(connection)] = nil
      guard state.connections.isEmpty else { return [] }
      defer { state.whenIdle = [] }
      return state.whenIdle
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Lets connections end as soon as nothing waits in them; tells which there are.
  func stop() -> [BoltConnection] {
    state.withLock { state in
      state.isStopping = true
      return Array(state.connections.values)
    }
  }

  /// All open connections.
  var connections: [BoltConnection] { state.withLock { Array($0.connections.values) } }

  /// Waits until all connections have ended.
  func waitUntilIdle() async {
    await withCheckedContinuation { continuation in
      let isIdle = state.withLock { state in
        if !state.connections.isEmpty { state.whenIdle.append(continuation) }
        return state.connections.isEmpty
      }
      if isIdle { continuation.resume() }
    }
  }
}
