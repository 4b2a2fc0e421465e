import CLibEvent

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A thread of its own that runs the work of the tasks bound to it, one piece after the other.
///
/// For work that blocks, or that a C library ties to one thread: a task started with
/// `Task(executorPreference:)` stays on this thread wherever it suspends, as long as it calls
/// functions that belong to no actor.
///
/// Safe: what threads share is touched with `mutex` held; the pointers are made once and live as long
/// as the object, which the thread keeps alive until it ends.
@safe public final class WorkerThread: TaskExecutor, @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  private var jobs: [UnownedJob] = []
  private var isStopped = false

  private init() {
    unsafe mutex = .allocate(capacity: 1)
    unsafe condition = .allocate(capacity: 1)
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(condition, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe pthread_mutex_destroy(mutex)
    unsafe condition.deallocate()
    unsafe mutex.deallocate()
  }

  /// Starts a thread.
  ///
  /// - Parameter stackBytes: The size of its stack, of which only what is used is ever backed by memory.
  /// - Returns: `nil` when the system gives no more threads.
  public static func start(stackBytes: Int = 8 << 20) -> WorkerThread? {
    let worker = WorkerThread()
    // Swift's own initialiser would need whichever C module the compiler met first.
    let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
    defer { unsafe attributes.deallocate() }
    guard unsafe pthread_attr_init(attributes) == 0 else { return nil }
    defer { unsafe pthread_attr_destroy(attributes) }
    unsafe pthread_attr_setstacksize(attributes, stackBytes)
    unsafe pthread_attr_setdetachstate(attributes, Int32(PTHREAD_CREATE_DETACHED))
    let kept = unsafe Unmanaged.passRetained(worker)
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread: pthread_t = 0
    #endif
    let status = unsafe pthread_create(
      &thread, attributes,
      { context in
        #if canImport(Darwin)
          let worker = unsafe Unmanaged<WorkerThread>.fromOpaque(context).takeRetainedValue()
        #else
          guard let context = unsafe context else { return nil }
          let worker = unsafe Unmanaged<WorkerThread>.fromOpaque(context).takeRetainedValue()
        #endif
        worker.work()
        return nil
      }, kept.toOpaque())
    if status != 0 {
      unsafe kept.release()
      return nil
    }
    return worker
  }

  /// Hands over the next piece of a task.
  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    unsafe pthread_mutex_lock(mutex)
    jobs.append(job)
    unsafe pthread_cond_signal(condition)
    unsafe pthread_mutex_unlock(mutex)
  }

  /// Lets the thread end once it has run what it was given; nothing may be handed over afterwards.
  public func stop() {
    unsafe pthread_mutex_lock(mutex)
    isStopped = true
    unsafe pthread_cond_signal(condition)
    unsafe pthread_mutex_unlock(mutex)
  }

  private func work() {
    // Signals are for the threads that were there before.
    var all = sigset_t()
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_BLOCK, &all, nil)
    var batch: [UnownedJob] = []
    while true {
      unsafe pthread_mutex_lock(mutex)
      while jobs.isEmpty && !isStopped { unsafe pthread_cond_wait(condition, mutex) }
      swap(&batch, &jobs)
      unsafe pthread_mutex_unlock(mutex)
      if batch.isEmpty { return }
      for job in batch { unsafe job.runSynchronously(on: asUnownedTaskExecutor()) }
      batch.removeAll(keepingCapacity: true)
    }
  }
}
