/// How soon a client asks again after an answer, told from what it has done so far.
///
/// Waking a thread that sleeps costs as much as a point read; looking without sleeping costs a
/// processor for as long. The latter is worth it for a client that asks again at once.
struct ClientPace {
  /// A client that takes longer is not waited for awake.
  private static let slowMicroseconds = 500.0
  private var usualMicroseconds = 150.0

  /// How long to look for the next request before sleeping.
  var watchMicroseconds: Int {
    if usualMicroseconds > Self.slowMicroseconds { return 0 }
    return max(200, Int(2 * usualMicroseconds))
  }

  /// Takes in how long the client has taken this time, or how long it was waited for in vain.
  mutating func note(_ pause: Duration) {
    let (seconds, attoseconds) = pause.components
    let microseconds = Double(seconds) * 1e6 + Double(attoseconds) / 1e12
    // One long pause is not the end of a quick series.
    usualMicroseconds += (min(microseconds, 2 * Self.slowMicroseconds) - usualMicroseconds) / 4
  }
}
