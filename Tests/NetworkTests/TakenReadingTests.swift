import Synchronization
import Testing

@testable import Network

/// Reading in turns by the loop's thread and one of the handler's.
@Suite struct TakenReadingTests {
  /// Sends back what comes, and tells which connection is its own.
  private final class Handler: ConnectionHandler {
    let connection: ServerConnection
    let log: HandlerLog

    init(_ connection: ServerConnection, _ log: HandlerLog) {
      self.connection = connection
      self.log = log
    }

    func received(_ bytes: [UInt8]) {
      log.change { $0.bytes += bytes.count }
      connection.send(bytes)
    }

    func drained() {}

    func timeout() {}

    func closed(_ reason: CloseReason) { log.change { $0.closeReasons.append(reason) } }
  }

  /// A listener, a client, and the server's end of its connection.
  private struct Pair {
    let log = HandlerLog()
    let listener: NetworkListener
    let client: ClientConnection
    let served: ServerConnection

    init() throws {
      let made = Mutex<ServerConnection?>(nil)
      let log = log
      listener = try NetworkListener.listen(.test) { connection in
        made.withLock { $0 = connection }
        return Handler(connection, log)
      }
      client = try listener.connect()
      try client.send([0])
      _ = try client.receive(count: 1)
      served = try #require(made.withLock { $0 })
    }
  }

  @Test func theThreadThatTookReadingReads() throws {
    let pair = try Pair()
    #expect(pair.served.takeReading())
    try pair.client.send([1, 2, 3])
    #expect(pair.served.receive(withinMilliseconds: 20_000))
    #expect(try pair.client.receive(count: 3) == [1, 2, 3])
    pair.served.giveBackReading()
    try pair.client.send([4])
    #expect(try pair.client.receive(count: 1) == [4])
  }

  @Test func whoLooksFirstReadsTheSame() throws {
    let pair = try Pair()
    #expect(pair.served.takeReading())
    #expect(!pair.served.receive(withinMilliseconds: 1, watchMicroseconds: 50))
    try pair.client.send([1, 2])
    #expect(pair.served.receive(withinMilliseconds: 20_000, watchMicroseconds: 50))
    #expect(try pair.client.receive(count: 2) == [1, 2])
  }

  @Test func aThreadThatIsBusyLosesReadingToTheLoop() throws {
    let pair = try Pair()
    #expect(pair.served.takeReading())
    // Nobody calls `receive` now.
    try pair.client.send([1])
    #expect(try pair.client.receive(count: 1) == [1])
    #expect(!pair.served.receive(withinMilliseconds: 20_000))
    #expect(pair.served.takeReading())
    try pair.client.send([2])
    #expect(pair.served.receive(withinMilliseconds: 20_000))
    #expect(try pair.client.receive(count: 1) == [2])
  }

  @Test func theLoopSeesThePeerLeave() throws {
    let pair = try Pair()
    #expect(pair.served.takeReading())
    pair.client.close()
    #expect(!pair.served.receive(withinMilliseconds: 20_000))
    pair.served.giveBackReading()
    #expect(pair.log.wait { $0.closeReasons.count == 1 })
    #expect(!pair.served.takeReading())
    #expect(!pair.served.receive(withinMilliseconds: 20_000))
  }

  @Test func aPausedConnectionIsNotTaken() throws {
    let pair = try Pair()
    pair.served.pauseReading()
    #expect(!pair.served.takeReading())
    pair.served.resumeReading()
    #expect(pair.served.takeReading())
  }

  @Test func bytesKeepTheirOrderWhoeverReads() async throws {
    let pair = try Pair()
    let isOver = Atomic<Bool>(false)
    let worker = try #require(WorkerThread.start())
    let served = pair.served
    async let reading: Void = Task(executorPreference: worker) {
      var turn = 0
      while !isOver.load(ordering: .relaxed) {
        guard served.takeReading() else { continue }
        turn += 1
        for _ in 0..<turn % 5 where !served.receive(withinMilliseconds: 5) { break }
        if turn.isMultiple(of: 3) { served.giveBackReading() }
      }
    }.value
    var expected: [UInt8] = []
    var echoed: [UInt8] = []
    for round in 0..<2_000 {
      let bytes = (0..<(1 + round % 50)).map { UInt8(truncatingIfNeeded: $0 &+ round) }
      try pair.client.send(bytes)
      expected += bytes
      if round % 7 == 0 {
        echoed += try pair.client.receive(count: expected.count - echoed.count)
      }
    }
    echoed += try pair.client.receive(count: expected.count - echoed.count)
    #expect(echoed == expected)
    isOver.store(true, ordering: .relaxed)
    await reading
    worker.stop()
  }
}
