import Bolt
import Testing

@testable import BoltServer

/// Parts that need no socket.
@Suite struct PartsTests {
  @Test("reading pauses at 300 requests and goes on at 100")
  func queuePauses() {
    var queue = RequestQueue(pauseBytes: 1 << 20)
    var pausedAt: [Int] = []
    for number in 1...400 where queue.add(.message([0xB0, 0x12], interrupts: false)) {
      pausedAt.append(number)
    }
    #expect(pausedAt == [300])
    var resumedAt: [Int] = []
    while let next = queue.next() { if next.resumes { resumedAt.append(queue.count) } }
    #expect(resumedAt == [100])
    #expect(queue.isEmpty)
  }

  @Test("few large requests pause reading too")
  func queueCountsBytes() {
    var queue = RequestQueue(pauseBytes: 1000)
    let large = [UInt8](repeating: 0, count: 600)
    #expect(queue.add(.message(large, interrupts: false)) == false)
    #expect(queue.add(.message(large, interrupts: false)) == true)
    #expect(queue.next()?.resumes == false)
    #expect(queue.next()?.resumes == true)
  }

  @Test("three failures lock a user out for five seconds, at that address only")
  func limiter() {
    let start = ContinuousClock.now
    let clock = SteppedClock(start)
    let limiter = AuthenticationLimiter { clock.now }
    for _ in 0..<3 {
      #expect(limiter.allows(user: "a", peer: "1"))
      limiter.note(user: "a", peer: "1", succeeded: false)
    }
    #expect(!limiter.allows(user: "a", peer: "1"))
    #expect(limiter.allows(user: "a", peer: "2"))
    #expect(limiter.allows(user: "b", peer: "1"))
    clock.advance(.seconds(5))
    #expect(limiter.allows(user: "a", peer: "1"))
    limiter.note(user: "a", peer: "1", succeeded: true)
    #expect(limiter.allows(user: "a", peer: "1"))
  }

  @Test(
    "passwords are masked in logs",
    arguments: [
      (
        "CREATE USER a SET PASSWORD 'secret' CHANGE NOT REQUIRED",
        "CREATE USER a SET PASSWORD '******' CHANGE NOT REQUIRED"
      ),
      (
        "alter current user set password from \"a\" to 'b\\'c'",
        "alter current user set password from \"******\" to '******'"
      ),
      ("RETURN 'plain'", "RETURN 'plain'"),
    ])
  func masking(_ statement: String, _ masked: String) {
    #expect(QueryLogEntry.masking(statement) == masked)
  }

  @Test("hashes of passwords verify, and nothing else does")
  func hashes() {
    let hasher = ScryptHasher()
    let hash = hasher.hash("secret")
    #expect(hasher.verify("secret", against: hash))
    #expect(!hasher.verify("Secret", against: hash))
    #expect(!hasher.verify("secret", against: "secret"))
    #expect(hasher.hash("secret") != hash)
  }

  @Test("the versions offered can be limited")
  func versions() {
    var options = BoltServerOptions(zones: NoZones())
    options.newestVersion = "5.4"
    #expect(options.versions.first == BoltVersion(5, 4))
    #expect(options.versions.last == BoltVersion(4, 4))
  }
}
