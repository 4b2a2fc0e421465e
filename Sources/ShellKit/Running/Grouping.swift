import LineEditor

/// Decides when a group of statements must become durable and be shown.
///
/// A group ends 20 ms after its first statement or when it has 64 KiB to show, whichever is first;
/// the caller ends it earlier where input would block or anything else wants to be seen.
struct Grouping {
  /// The longest that a statement waits to become durable.
  private static let longestWaitNanoseconds: UInt64 = 20_000_000
  /// The most bytes that wait to be shown.
  private static let mostPendingBytes = 65_536

  /// Statements that are not durable yet.
  private var heldStatements = 0
  /// When the oldest thing that waits began to wait.
  private var start: UInt64?

  /// Whether something waits to become durable.
  var holdsStatements: Bool { heldStatements > 0 }

  /// Adds a statement that is not durable yet.
  mutating func add() {
    heldStatements += 1
    note()
  }

  /// Notes that something waits to be shown.
  mutating func note() {
    if start == nil { start = HostProcess.monotonicNanoseconds }
  }

  /// Notes that what waited has been shown, and that more is coming.
  mutating func restart() {
    start = HostProcess.monotonicNanoseconds
  }

  /// Empties the group; returns how many statements were not durable.
  mutating func settle() -> Int {
    defer {
      heldStatements = 0
      start = nil
    }
    return heldStatements
  }

  /// Whether the group should end now.
  func isDue(pendingBytes: Int) -> Bool {
    if pendingBytes > Self.mostPendingBytes { return true }
    guard let start else { return false }
    return HostProcess.monotonicNanoseconds &- start >= Self.longestWaitNanoseconds
  }
}
