import Synchronization

/// The means by which one thread ends another's wait for the network.
public final class Interruption: Sendable {
  let pipe: WakePipe
  private let isRaised = Atomic<Bool>(false)

  /// Makes one, which takes two descriptors.
  ///
  /// - Throws: When the process has no descriptor left.
  public init() throws(NetworkError) { pipe = try WakePipe() }

  /// Has the wait that goes on, else the next one, throw `NetworkError.interrupted`; once.
  public func interrupt() {
    isRaised.store(true, ordering: .sequentiallyConsistent)
    pipe.wake()
  }

  /// Forgets an interruption that nothing has met.
  public func reset() { _ = take() }

  /// Whether it was raised; it is not any more.
  func take() -> Bool {
    // In this order: what is raised in between leaves the flag, which is looked at before a wait.
    guard isRaised.exchange(false, ordering: .sequentiallyConsistent) else { return false }
    pipe.clear()
    return true
  }
}
