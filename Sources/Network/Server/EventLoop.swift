import CLibEvent
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A thread that waits for sockets and timers, and serves them one after the other.
// Safe: `base` and `wakeEvent` are changed before the thread starts and after it has ended; libevent
// guards both by locks of its own in between. `connections` and `scratch` are the thread's alone.
@safe final class EventLoop: @unchecked Sendable {
  let base: OpaquePointer
  private var wakeEvent: OpaquePointer?
  private let jobs = Mutex<[@Sendable () -> Void]>([])
  private let isStopping = Atomic<Bool>(false)
  private let hasStopped = Atomic<Bool>(false)
  private var thread: pthread_t?
  private var connections: [ObjectIdentifier: ServerConnection] = [:]
  private let taken = Mutex<[ObjectIdentifier: Taken]>([:])
  private var lookEvent: OpaquePointer?
  /// What bytes are read into: one for all connections of the loop.
  var scratch = [UInt8](repeating: 0, count: 65_536)

  /// A connection that a thread of its handler reads, and how often it had done so at the last look.
  private struct Taken {
    let connection: ServerConnection
    var receiveCount: UInt64?
  }

  /// After one to two of these times a request counts as one that takes long.
  private static let lookSeconds = 0.005

  /// libevent takes locks only when told to, once and before the first loop is made.
  private static let hasThreads: Bool = evthread_use_pthreads() == 0

  init() throws(NetworkError) {
    guard Self.hasThreads, let base = unsafe event_base_new() else {
      throw .system(operation: "event_base_new", errorNumber: errno)
    }
    unsafe self.base = base
  }

  deinit {
    if let event = unsafe wakeEvent { unsafe event_free(event) }
    if let event = unsafe lookEvent { unsafe event_free(event) }
    unsafe event_base_free(base)
  }

  /// Starts the thread, which keeps the loop alive.
  func start() throws(NetworkError) {
    unsafe wakeEvent = event_new(
      base, -1, Int16(EV_PERSIST),
      { _, _, context in
        guard let context = unsafe context else { return }
        unsafe Unmanaged<EventLoop>.fromOpaque(context).takeUnretainedValue().runJobs()
      }, Unmanaged.passUnretained(self).toOpaque())
    unsafe lookEvent = event_new(
      base, -1, Int16(EV_PERSIST),
      { _, _, context in
        guard let context = unsafe context else { return }
        unsafe Unmanaged<EventLoop>.fromOpaque(context).takeUnretainedValue().look()
      }, Unmanaged.passUnretained(self).toOpaque())
    #if canImport(Glibc)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    let code = unsafe pthread_create(
      &thread, nil,
      { context in
        #if canImport(Darwin)
          let loop = unsafe Unmanaged<EventLoop>.fromOpaque(context).takeRetainedValue()
        #else
          guard let context = unsafe context else { return nil }
          let loop = unsafe Unmanaged<EventLoop>.fromOpaque(context).takeRetainedValue()
        #endif
        loop.run()
        return nil
      }, Unmanaged.passRetained(self).toOpaque())
    guard code == 0 else {
      unsafe Unmanaged.passUnretained(self).release()
      throw .system(operation: "pthread_create", errorNumber: code)
    }
    self.thread = thread
  }

  /// Has the loop's thread call `job` soon.
  func post(_ job: @escaping @Sendable () -> Void) {
    let isFirst = jobs.withLock {
      // What a job holds would hold the loop.
      guard !hasStopped.load(ordering: .relaxed) else { return false }
      $0.append(job)
      return $0.count == 1
    }
    // Those behind the first are found when it is.
    if isFirst, let wakeEvent = unsafe wakeEvent {
      unsafe event_active(wakeEvent, Int32(EV_TIMEOUT), 1)
    }
  }

  /// Ends the thread after the jobs posted so far, and waits for it; not for the loop's own thread.
  func stop() {
    guard !isStopping.exchange(true, ordering: .acquiringAndReleasing) else { return }
    post { [self] in unsafe event_base_loopbreak(base) }
    #if canImport(Darwin)
      if let thread = unsafe thread { unsafe pthread_join(thread, nil) }
    #else
      if let thread { pthread_join(thread, nil) }
    #endif
    jobs.withLock {
      $0 = []
      hasStopped.store(true, ordering: .relaxed)
    }
  }

  /// Keeps a connection alive; only on the loop's thread.
  func add(_ connection: ServerConnection) {
    connections[ObjectIdentifier(connection)] = connection
  }

  /// Lets go of a connection; only on the loop's thread.
  func remove(_ connection: ServerConnection) { connections[ObjectIdentifier(connection)] = nil }

  /// A thread of a connection's handler reads from now on.
  func noteTaken(_ connection: ServerConnection) {
    let isFirst = taken.withLock { taken in
      taken[ObjectIdentifier(connection)] = Taken(connection: connection)
      return taken.count == 1
    }
    guard isFirst, let lookEvent = unsafe lookEvent else { return }
    var time = timeval(seconds: Self.lookSeconds)
    unsafe event_add(lookEvent, &time)
  }

  /// The loop reads again, or nobody does.
  func forgetTaken(_ connection: ServerConnection) {
    taken.withLock { $0[ObjectIdentifier(connection)] = nil }
  }

  /// Reads again where the thread that should has been busy since the last look.
  private func look() {
    taken.withLock { taken in
      for (key, entry) in taken {
        let count = entry.connection.takeBack(unless: entry.receiveCount)
        taken[key] = count.map { Taken(connection: entry.connection, receiveCount: $0) }
      }
      if taken.isEmpty, let lookEvent = unsafe lookEvent { unsafe event_del_noblock(lookEvent) }
    }
  }

  private func run() {
    unsafe event_base_loop(base, EVLOOP_NO_EXIT_ON_EMPTY)
    // What was posted last may be a connection that has just been taken.
    runJobs()
    for connection in connections.values { connection.close(.aborted) }
  }

  private func runJobs() {
    let jobs = jobs.withLock { jobs in
      defer { jobs = [] }
      return jobs
    }
    for job in jobs { job() }
  }
}

extension timeval {
  init(seconds: Double) {
    let whole = min(max(seconds, 0), 1e9)
    self.init()
    tv_sec = .init(whole)
    tv_usec = .init((whole - whole.rounded(.down)) * 1e6)
  }
}
