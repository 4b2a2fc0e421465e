import CLMDB

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The one thread of the process that takes and gives back LMDB's writer lock.
///
/// That lock is a mutex that only the thread which locked it can unlock, while a transaction may well
/// be committed on another thread than it was begun on: tasks hop. So beginning and ending happen
/// here, everything between them on the caller's thread. A call costs some microseconds, of which a
/// durable commit needs hundreds.
// Safe: `calls` is read and written under the mutex only; the rest never changes.
@safe
final class WriterThread: @unchecked Sendable {
  static let shared = WriterThread()

  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let hasWork: UnsafeMutablePointer<pthread_cond_t>
  private let hasFinished: UnsafeMutablePointer<pthread_cond_t>
  private var calls: [Call] = []
  private let isRunning: Bool

  private enum Kind {
    case begin, commit, abort
  }

  @safe private final class Call {
    let kind: Kind
    let environment: OpaquePointer?
    var transaction: OpaquePointer?
    var code: Int32 = 0
    var isFinished = false

    init(_ kind: Kind, environment: OpaquePointer?, transaction: OpaquePointer?) {
      self.kind = kind
      unsafe self.environment = environment
      unsafe self.transaction = transaction
    }

    func perform() {
      switch kind {
      case .begin: code = unsafe mdb_txn_begin(environment, nil, 0, &transaction)
      case .commit: code = unsafe mdb_txn_commit(transaction)
      case .abort: unsafe mdb_txn_abort(transaction)
      }
    }
  }

  private init() {
    unsafe mutex = .allocate(capacity: 1)
    unsafe hasWork = .allocate(capacity: 1)
    unsafe hasFinished = .allocate(capacity: 1)
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(hasWork, nil)
    unsafe pthread_cond_init(hasFinished, nil)
    isRunning = DetachedThread.start { WriterThread.shared.loop() }
  }

  private func loop() {
    unsafe pthread_mutex_lock(mutex)
    while true {
      while calls.isEmpty { unsafe pthread_cond_wait(hasWork, mutex) }
      let call = calls.removeFirst()
      unsafe pthread_mutex_unlock(mutex)
      call.perform()
      unsafe pthread_mutex_lock(mutex)
      call.isFinished = true
      unsafe pthread_cond_broadcast(hasFinished)
    }
  }

  private func run(_ call: Call) {
    // Without a thread, the caller's own will do as long as it does not hop.
    guard isRunning else { return call.perform() }
    unsafe pthread_mutex_lock(mutex)
    calls.append(call)
    unsafe pthread_cond_signal(hasWork)
    while !call.isFinished { unsafe pthread_cond_wait(hasFinished, mutex) }
    unsafe pthread_mutex_unlock(mutex)
  }

  /// Begins a write transaction of LMDB.
  func begin(_ environment: OpaquePointer) -> (code: Int32, transaction: OpaquePointer?) {
    let call = unsafe Call(.begin, environment: environment, transaction: nil)
    run(call)
    return unsafe (call.code, call.transaction)
  }

  /// Commits a write transaction of LMDB.
  func commit(_ transaction: OpaquePointer) -> Int32 {
    let call = unsafe Call(.commit, environment: nil, transaction: transaction)
    run(call)
    return call.code
  }

  /// Rolls a write transaction of LMDB back.
  func abort(_ transaction: OpaquePointer) {
    run(unsafe Call(.abort, environment: nil, transaction: transaction))
  }
}

/// Where a write transaction takes LMDB's lock and gives it back.
enum Writer {
  /// On the one thread for it.
  case shared
  /// On the caller's thread, which stays the same.
  case caller

  func begin(_ environment: OpaquePointer) -> (code: Int32, transaction: OpaquePointer?) {
    if self == .shared { return unsafe WriterThread.shared.begin(environment) }
    var begun: OpaquePointer?
    let code = unsafe mdb_txn_begin(environment, nil, 0, &begun)
    return unsafe (code, begun)
  }

  func commit(_ transaction: OpaquePointer) -> Int32 {
    self == .shared
      ? unsafe WriterThread.shared.commit(transaction) : unsafe mdb_txn_commit(transaction)
  }

  func abort(_ transaction: OpaquePointer) {
    if self == .shared {
      unsafe WriterThread.shared.abort(transaction)
    } else {
      unsafe mdb_txn_abort(transaction)
    }
  }
}
