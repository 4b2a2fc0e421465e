import Synchronization

/// Makes guessing passwords slow: after three failures in a row a user is locked out for a while.
///
/// Counted by user and by where the client is, so that a stranger cannot lock a user out.
final class AuthenticationLimiter: Sendable {
  private struct Key: Hashable {
    var user: String
    var peer: String
  }

  private struct Record {
    var failures: Int
    var last: ContinuousClock.Instant
  }

  private static let allowedFailures = 3
  private static let lockSeconds = 5
  /// More than this many keys are swept, so that made-up names do not fill the memory.
  private static let sweepCount = 10_000

  private let records = Mutex<[Key: Record]>([:])
  private let now: @Sendable () -> ContinuousClock.Instant

  /// `now` tells the time.
  init(now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }) {
    self.now = now
  }

  /// Whether the user may try.
  func allows(user: String, peer: String) -> Bool {
    let time = now()
    return records.withLock { records in
      guard let record = records[Key(user: user, peer: peer)] else { return true }
      return record.failures < Self.allowedFailures
        || time - record.last >= .seconds(Self.lockSeconds)
    }
  }

  /// Remembers how a try ended.
  func note(user: String, peer: String, succeeded: Bool) {
    let time = now()
    let key = Key(user: user, peer: peer)
    records.withLock { records in
      if succeeded {
        records[key] = nil
        return
      }
      var record = records[key] ?? Record(failures: 0, last: time)
      if record.failures >= Self.allowedFailures { record.failures = 0 }
      record.failures += 1
      record.last = time
      records[key] = record
      if records.count > Self.sweepCount {
        records = records.filter { time - $0.value.last < .seconds(Self.lockSeconds) }
      }
    }
  }
}
