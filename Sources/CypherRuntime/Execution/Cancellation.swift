public import Diagnostics
import Synchronization

/// Tells a running statement to stop; may be set from any thread.
public final class Cancellation: Sendable {
  /// Why a statement is told to stop.
  public enum Reason: UInt8, Sendable {
    /// A user or a client wishes so.
    case user = 1
    /// Its client gave it less time than it took.
    case clientTimeout = 2
    /// It took longer than anything may take here.
    case engineTimeout = 3
  }

  /// The reason's number; 0 while there is none.
  private let reason = Atomic<UInt8>(0)
  /// Nanoseconds from `start` after which the client's time is over; 0 for never.
  ///
  /// Looked at by the statement itself: timers on the threads that statements keep busy may come late.
  private let deadline = Atomic<Int64>(0)
  /// Who has set the deadline.
  private let deadlineReason = Atomic<UInt8>(Reason.clientTimeout.rawValue)
  /// The same for the time after which what runs is given up, to be run in another way.
  private let patience = Atomic<Int64>(0)
  private let start = ContinuousClock.now

  /// Makes one that is not cancelled.
  public init() {}

  /// Whether the statement was told to stop.
  public var isCancelled: Bool {
    reason.load(ordering: .relaxed) != 0
      || (deadline.load(ordering: .relaxed) != 0 && isPastDeadline())
      || isOutOfPatience
  }

  /// Whether somebody told the statement to stop.
  public var hasReason: Bool { reason.load(ordering: .relaxed) != 0 }

  /// Whether the time is over after which what runs is given up.
  public var isOutOfPatience: Bool {
    let limit = patience.load(ordering: .relaxed)
    return limit != 0 && Self.nanoseconds(ContinuousClock.now - start) >= limit
  }

  /// Says how long what runs is waited for, before it is run in another way; `nil` for ever.
  public func setPatience(milliseconds: Int64?) {
    guard let milliseconds else { return patience.store(0, ordering: .relaxed) }
    let now = Self.nanoseconds(ContinuousClock.now - start)
    patience.store(max(1, now + milliseconds * 1_000_000), ordering: .relaxed)
  }

  private func isPastDeadline() -> Bool {
    guard Self.nanoseconds(ContinuousClock.now - start) >= deadline.load(ordering: .relaxed) else {
      return false
    }
    cancel(Reason(rawValue: deadlineReason.load(ordering: .relaxed)) ?? .clientTimeout)
    return true
  }

  private static func nanoseconds(_ duration: Duration) -> Int64 {
    let parts = duration.components
    return parts.seconds.multipliedReportingOverflow(by: 1_000_000_000).partialValue
      &+ parts.attoseconds / 1_000_000_000
  }

  /// Gives what runs a time, and a reason to end it afterwards; `nil` as much time as it takes.
  public func setDeadline(milliseconds: Int64?, _ why: Reason = .clientTimeout) {
    deadlineReason.store(why.rawValue, ordering: .relaxed)
    guard let milliseconds, milliseconds > 0, milliseconds < 1 << 40 else {
      return deadline.store(0, ordering: .relaxed)
    }
    let now = Self.nanoseconds(ContinuousClock.now - start)
    deadline.store(max(1, now + milliseconds * 1_000_000), ordering: .relaxed)
  }

  /// What is left of the time that was given; `nil` when none was.
  public var remainingSeconds: Double? {
    let limit = deadline.load(ordering: .relaxed)
    guard limit != 0 else { return nil }
    return max(0, Double(limit - Self.nanoseconds(ContinuousClock.now - start)) / 1e9)
  }

  /// What a statement that was told to stop fails with.
  public var failure: Failure {
    .terminated(Reason(rawValue: reason.load(ordering: .relaxed)) ?? .user)
  }

  /// What a statement fails with that was told to stop for a reason.
  public static func failure(_ reason: Reason) -> Failure { .terminated(reason) }

  /// Tells the statement to stop; it fails at its next batch.
  public func cancel(_ why: Reason = .user) {
    _ = reason.compareExchange(expected: 0, desired: why.rawValue, ordering: .relaxed)
  }

  /// Forgets what was told, before the next run.
  public func clear() { reason.store(0, ordering: .relaxed) }
}
