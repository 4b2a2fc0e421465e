import Synchronization

/// Tells a running statement, from any thread, to stop.
public final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)

  /// Makes one that is not cancelled.
  public init() {}

  /// Whether the statement was told to stop.
  public var isCancelled: Bool { flag.load(ordering: .relaxed) }

  /// Tells the statement to stop; it fails at its next batch.
  public func cancel() { flag.store(true, ordering: .relaxed) }

  /// Forgets what was told, before the next run.
  public func clear() { flag.store(false, ordering: .relaxed) }
}
