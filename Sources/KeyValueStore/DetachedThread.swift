#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Threads of the system that nobody waits for.
enum DetachedThread {
  private final class Body: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Runs something on a thread of its own.
  ///
  /// - Parameter body: What to run.
  /// - Returns: Whether the system has made the thread; else nothing was run.
  static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    #if canImport(Glibc)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    let passed = unsafe Unmanaged.passRetained(Body(body))
    let code = unsafe pthread_create(
      &thread, nil,
      { pointer in
        #if canImport(Glibc)
          guard let pointer = unsafe pointer else { return nil }
        #endif
        unsafe Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
        return nil
      }, passed.toOpaque())
    guard code == 0 else {
      unsafe passed.release()
      return false
    }
    #if canImport(Glibc)
      pthread_detach(thread)
    #else
      if let thread = unsafe thread { unsafe pthread_detach(thread) }
    #endif
    return true
  }
}
