import Foundation
import Testing

@testable import Network

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Tests that count descriptors, or use them up, each in a process of its own.
@Suite struct DescriptorTests {
  static func openDescriptors() -> Int {
    (try? FileManager.default.contentsOfDirectory(atPath: "/dev/fd").count) ?? 0
  }

  static func limitDescriptors(to count: UInt64) -> Bool {
    var limit = rlimit()
    #if canImport(Glibc)
      let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
      let kind = RLIMIT_NOFILE
    #endif
    guard unsafe getrlimit(kind, &limit) == 0, limit.rlim_max >= count else { return false }
    limit.rlim_cur = rlim_t(count)
    return unsafe setrlimit(kind, &limit) == 0
  }

  @Test func idleConnectionsLeaveNothingBehind() async {
    await #expect(processExitsWith: .success) {
      let count = DescriptorTests.limitDescriptors(to: 4_096) ? 1_000 : 100
      let interruption = try Interruption()
      // What the first connection makes for good.
      do {
        let listener = try NetworkListener.echo()
        try listener.connect()
        listener.close()
      }
      let before = DescriptorTests.openDescriptors()
      do {
        let log = HandlerLog()
        let listener = try NetworkListener.echo(log: log)
        var connections: [ClientConnection] = []
        for _ in 0..<count {
          connections.append(
            try .connect(
              host: "127.0.0.1", port: listener.port, deadlineSeconds: 20,
              interruption: interruption))
        }
        for connection in connections { try connection.send([1]) }
        for connection in connections {
          guard try connection.receive(count: 1) == [1] else { exit(2) }
        }
        guard listener.openConnections == count else { exit(3) }
        // Half are closed by the peer, the rest with the listener.
        for connection in connections.prefix(count / 2) { connection.close() }
        guard log.wait(until: { $0.closeReasons.count == count / 2 }) else { exit(4) }
        listener.close()
        guard log.current.closeReasons.count == count, listener.openConnections == 0 else {
          exit(5)
        }
      }
      // The loop lets go of a descriptor after it has told why.
      let deadline = Date.now + 20
      while DescriptorTests.openDescriptors() != before {
        guard Date.now < deadline else { exit(6) }
        usleep(5_000)
      }
      exit(0)
    }
  }

  @Test func listenerRestsWhileThereAreNoDescriptors() async {
    await #expect(processExitsWith: .success) {
      let interruption = try Interruption()
      let listener = try NetworkListener.echo()
      let limit = UInt64(DescriptorTests.openDescriptors() + 60)
      guard DescriptorTests.limitDescriptors(to: limit) else { exit(0) }
      // All are taken but one, which the client needs: the listener has none.
      var taken: [Int32] = []
      while case let copy = dup(0), copy >= 0 { taken.append(copy) }
      guard let one = taken.popLast() else { exit(2) }
      close(one)
      let connection = try ClientConnection.connect(
        host: "127.0.0.1", port: listener.port, deadlineSeconds: 20, interruption: interruption)
      // What others let go of meanwhile is taken as well, until nothing more comes.
      var quietTurns = 0
      while quietTurns < 20 {
        quietTurns += 1
        while case let copy = dup(0), copy >= 0 {
          taken.append(copy)
          quietTurns = 0
        }
        usleep(5_000)
      }
      let before = clock()
      var bytes: [UInt8] = []
      do {
        try connection.send([1])
        _ = try connection.receive(into: &bytes, timeoutSeconds: 0.5)
        exit(3)
      } catch {
        guard error as? NetworkError == .timedOut(.receive) else { exit(6) }
      }
      // Of the half second next to nothing was spent.
      guard clock() - before < CLOCKS_PER_SEC / 10 else { exit(4) }
      for copy in taken { close(copy) }
      exit(try connection.receive(count: 1) == [1] ? 0 : 5)
    }
  }
}
