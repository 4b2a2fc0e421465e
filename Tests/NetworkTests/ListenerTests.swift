import Foundation
import Synchronization
import Testing

@testable import Network

@Suite struct ListenerTests {
  @Test func nameIsListenedOnAtAllItsAddresses() throws {
    let listener = try NetworkListener.echo(ListenerOptions(host: "localhost", port: 0))
    #expect(listener.addresses.contains { $0.host == "127.0.0.1" })
    #expect(listener.addresses.allSatisfy { $0.port == listener.port && $0.port > 0 })
  }

  @Test func portInUseIsAnError() throws {
    let listener = try NetworkListener.echo()
    let options = ListenerOptions(host: "127.0.0.1", port: listener.port)
    #expect(throws: NetworkError.addressInUse(host: "127.0.0.1", port: listener.port)) {
      try NetworkListener.echo(options)
    }
  }

  @Test func addressOfAnotherMachineIsAnError() {
    #expect(throws: NetworkError.self) {
      try NetworkListener.echo(ListenerOptions(host: "192.0.2.1", port: 0))
    }
  }

  @Test func peerThatEndsItsOutputStillGetsTheAnswer() throws {
    let log = HandlerLog()
    let listener = try NetworkListener.echo(log: log)
    let peer = try RawPeer(to: listener)
    let sent = peer.send([UInt8](repeating: 3, count: 300_000))
    peer.socket.endOutput()
    #expect(peer.receiveAll()?.count == sent)
    #expect(log.wait { $0.closeReasons == [.peerClosed] })
    peer.socket.close()
  }

  @Test func brokenOffConnectionIsReported() throws {
    let log = HandlerLog()
    let listener = try NetworkListener.echo(log: log)
    let connection = try listener.connect()
    try connection.send([1])
    connection.close()
    #expect(log.wait { $0.closeReasons.count == 1 })
  }

  /// Unread input would have the system take back what was sent.
  @Test func lastWordsArriveThoughInputIsUnread() throws {
    let words = [UInt8](repeating: 8, count: 100_000)
    let listener = try NetworkListener.listen(.test) { Answering($0, words) }
    let peer = try RawPeer(to: listener)
    _ = peer.send([UInt8](repeating: 0, count: 500_000))
    #expect(peer.receiveAll() == words)
    peer.socket.close()
  }

  @Test func outputBacksUpAndDrains() throws {
    let log = HandlerLog()
    let listener = try NetworkListener.echo(log: log)
    let connection = try listener.connect()
    let bytes = [UInt8](repeating: 1, count: 8_000_000)
    try connection.send(bytes, timeoutSeconds: 20)
    #expect(try connection.receive(count: bytes.count).count == bytes.count)
    #expect(log.current.bytes == bytes.count)
  }

  @Test func peerThatReadsNothingIsBrokenOff() throws {
    let log = HandlerLog()
    var options = ListenerOptions.test
    options.stalledOutputSeconds = 0.1
    let listener = try NetworkListener.echo(options, log: log)
    let peer = try RawPeer(to: listener)
    // Both directions are full before long, and the handler reads no more.
    #expect(peer.sendForEver())
    #expect(log.wait { $0.closeReasons == [.notReading] })
    peer.socket.close()
  }

  @Test func outputHasABound() throws {
    let log = HandlerLog()
    var options = ListenerOptions.test
    options.maximumOutputBytes = 1 << 20
    let listener = try NetworkListener.listen(options) { Flooding($0, log) }
    let peer = try RawPeer(to: listener)
    #expect(peer.send([1]) == 1)
    #expect(log.wait { $0.closeReasons == [.notReading] })
    peer.socket.close()
  }

  @Test func timerComesOnce() throws {
    let log = HandlerLog()
    let listener = try NetworkListener.listen(.test) { connection in
      connection.setTimer(seconds: 3_600)
      connection.setTimer(seconds: nil)
      connection.setTimer(seconds: 0.02)
      return EchoHandler(connection, log)
    }
    let connection = try listener.connect()
    #expect(try connection.receive(count: 1).isEmpty)
    #expect(log.wait { $0.closeReasons == [.finished] })
  }

  @Test func furtherConnectionsAreClosed() throws {
    let log = HandlerLog()
    var options = ListenerOptions.test
    options.maximumConnections = 1
    let listener = try NetworkListener.echo(options, log: log)
    let first = try listener.connect()
    try first.send([1])
    #expect(try first.receive(count: 1) == [1])
    let second = try listener.connect()
    var bytes: [UInt8] = []
    let count = try? second.receive(into: &bytes, timeoutSeconds: 20)
    #expect(count == nil || count == 0)
    first.close()
    #expect(log.wait { $0.closeReasons.count == 1 })
    let third = try listener.connect()
    try third.send([1])
    #expect(try third.receive(count: 1) == [1])
  }

  @Test func openConnectionsGoOnWhenThePortIsClosed() throws {
    let listener = try NetworkListener.echo()
    let connection = try listener.connect()
    try connection.send([1])
    #expect(try connection.receive(count: 1) == [1])
    listener.stopAccepting()
    try connection.send([2])
    #expect(try connection.receive(count: 1) == [2])
    #expect(throws: NetworkError.self) {
      let late = try listener.connect()
      try late.send([1])
      if try late.receive(count: 1).isEmpty { throw NetworkError.closed }
    }
    listener.close()
    #expect(try connection.receive(count: 1).isEmpty)
  }

  @Test(arguments: [1, 4])
  func allThreadsMaySend(threadCount: Int) throws {
    var options = ListenerOptions.test
    options.threadCount = threadCount
    let listener = try NetworkListener.listen(options) { Chorus($0) }
    var connections: [ClientConnection] = []
    for _ in 0..<8 { connections.append(try listener.connect()) }
    for connection in connections { try connection.send([4]) }
    for connection in connections {
      let bytes = try connection.receive(count: 4 * 1_000)
      #expect(bytes.count == 4_000)
      // The bytes of one call stay together.
      for start in stride(from: 0, to: bytes.count, by: 10) {
        #expect(Set(bytes[start..<min(start + 10, bytes.count)]).count == 1)
      }
    }
  }
}

/// Sends more than a peer takes, without waiting.
private final class Flooding: ConnectionHandler {
  private let connection: ServerConnection
  private let log: HandlerLog

  init(_ connection: ServerConnection, _ log: HandlerLog) {
    self.connection = connection
    self.log = log
  }

  func received(_ bytes: [UInt8]) {
    for _ in 0..<200 { connection.send([UInt8](repeating: 0, count: 100_000)) }
  }

  func drained() {}

  func timeout() {}

  func closed(_ reason: CloseReason) { log.change { $0.closeReasons.append(reason) } }
}

/// Has as many threads as the first byte says send 1,000 bytes each.
private final class Chorus: ConnectionHandler {
  private let connection: ServerConnection

  init(_ connection: ServerConnection) { self.connection = connection }

  func received(_ bytes: [UInt8]) {
    for voice in 0..<(bytes.first ?? 0) {
      let connection = connection
      Thread {
        for _ in 0..<100 { connection.send([UInt8](repeating: voice, count: 10)) }
      }.start()
    }
  }

  func drained() {}

  func timeout() {}

  func closed(_ reason: CloseReason) {}
}
