/// A moment until which something may take; or none.
struct Deadline: Sendable {
  private let instant: ContinuousClock.Instant?

  /// So many seconds from now; `nil` for ever.
  init(seconds: Double?) {
    // Beyond a century the arithmetic of durations could overflow.
    instant = seconds.map { .now + .seconds(min(max($0, 0), 3e9)) }
  }

  /// Seconds left, at least 0; `nil` for ever.
  var remainingSeconds: Double? {
    instant.map { max(0, (ContinuousClock.Instant.now.duration(to: $0)) / .seconds(1)) }
  }

  /// For `poll`: rounded up, so that a wait does not end before its time; -1 for ever.
  var remainingMilliseconds: Int32 {
    guard let remainingSeconds else { return -1 }
    return Int32(min((remainingSeconds * 1_000).rounded(.up), 2e9))
  }

  var hasPassed: Bool { remainingSeconds == 0 }
}
