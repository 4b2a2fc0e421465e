import Foundation
import Synchronization
import Testing

@testable import Network

@Suite struct PlainConnectionTests {
  @Test func whatIsSentComesBack() throws {
    let listener = try NetworkListener.echo()
    let connection = try listener.connect()
    try connection.send(Array("hello".utf8))
    #expect(try connection.receive(count: 5) == Array("hello".utf8))
    #expect(!connection.isDead && !connection.isEncrypted)
    #expect(connection.peer.description == "127.0.0.1:\(listener.port)")
  }

  @Test(arguments: [1, 65_536, 10_000_000])
  func bothEndsMaySendALot(count: Int) throws {
    let log = HandlerLog()
    let listener = try NetworkListener.echo(log: log)
    let connection = try listener.connect()
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try connection.send(bytes, timeoutSeconds: 30)
    #expect(try connection.receive(count: count) == bytes)
  }

  @Test func receiveAppends() throws {
    let listener = try NetworkListener.echo()
    let connection = try listener.connect()
    try connection.send([2])
    var bytes: [UInt8] = [1]
    #expect(try connection.receive(into: &bytes) == 1)
    #expect(bytes == [1, 2])
  }

  @Test func receiveEndsInTime() throws {
    let listener = try NetworkListener.echo()
    let connection = try listener.connect()
    var bytes: [UInt8] = []
    #expect(throws: NetworkError.timedOut(.receive)) {
      try connection.receive(into: &bytes, timeoutSeconds: 0.02)
    }
    // The connection is as good as before.
    try connection.send([1])
    #expect(try connection.receive(count: 1) == [1])
  }

  @Test func sendEndsInTimeWhenNobodyReads() throws {
    let listener = try NetworkListener.listen(.test) { Silent($0) }
    let connection = try listener.connect()
    #expect(throws: NetworkError.timedOut(.send)) {
      try connection.send([UInt8](repeating: 0, count: 50_000_000), timeoutSeconds: 0.05)
    }
  }

  @Test func interruptEndsOneWait() throws {
    let listener = try NetworkListener.echo()
    let connection = try listener.connect()
    var bytes: [UInt8] = []
    connection.interrupt()
    #expect(throws: NetworkError.interrupted) { try connection.receive(into: &bytes) }
    try connection.send([1])
    #expect(try connection.receive(count: 1) == [1])
    let thread = Thread { connection.interrupt() }
    thread.start()
    #expect(throws: NetworkError.interrupted) {
      try connection.receive(into: &bytes, timeoutSeconds: 20)
    }
  }

  @Test func closeEndsAWaitOfAnotherThread() throws {
    let listener = try NetworkListener.echo()
    let connection = try listener.connect()
    let thread = Thread { connection.close() }
    thread.start()
    var bytes: [UInt8] = []
    #expect(throws: NetworkError.closed) {
      try connection.receive(into: &bytes, timeoutSeconds: 20)
    }
    #expect(throws: NetworkError.closed) { try connection.send([1]) }
    #expect(connection.isDead)
  }

  @Test func deadConnectionIsFoundOut() throws {
    let listener = try NetworkListener.listen(.test) { Answering($0, [5]) }
    let connection = try listener.connect()
    #expect(!connection.isDead)
    try connection.send([1])
    #expect(try connection.receive(count: 1) == [5])
    var bytes: [UInt8] = []
    #expect(try connection.receive(into: &bytes, timeoutSeconds: 20) == 0)
    #expect(connection.isDead)
  }

  @Test func nothingListensThere() throws {
    let listener = try NetworkListener.echo()
    let port = listener.port
    listener.close()
    let error = #expect(throws: NetworkError.self) {
      try ClientConnection.connect(host: "127.0.0.1", port: port, deadlineSeconds: 5)
    }
    #expect(error?.isRefusal == true)
    #expect(
      error?.description == "cannot connect to `127.0.0.1:\(port)`: connection refused")
    // Both addresses of the name are tried.
    let other = #expect(throws: NetworkError.self) {
      try ClientConnection.connect(host: "localhost", port: port, deadlineSeconds: 5)
    }
    guard case .unreachable("localhost", port, let attempts) = other else {
      Issue.record("\(String(describing: other))")
      return
    }
    #expect(attempts.map(\.address.host) == ["127.0.0.1", "::1"])
  }

  @Test func connectingMayBeInterrupted() throws {
    let interruption = try Interruption()
    interruption.interrupt()
    #expect(throws: NetworkError.interrupted) {
      try ClientConnection.connect(
        host: "127.0.0.1", port: 9, deadlineSeconds: 5, interruption: interruption)
    }
  }

  @Test(arguments: [
    ("127.0.0.1", ["127.0.0.1"]), ("[::1]", ["::1"]), ("::1", ["::1"]),
    ("localhost", ["127.0.0.1", "::1"]), ("LOCALHOST", ["127.0.0.1", "::1"]),
    ("db.localhost", ["127.0.0.1", "::1"]), ("255.255.255.255", ["255.255.255.255"]),
  ])
  func namesOfThisMachineNeedNoServer(host: String, addresses: [String]) throws {
    let found = try HostResolver.addresses(of: host, port: 7_687, deadlineSeconds: 5)
    #expect(found.map(\.host) == addresses)
    #expect(found.allSatisfy { $0.port == 7_687 })
  }

  @Test(arguments: ["", "no such host", "256.256.256.256.invalid"])
  func unknownNamesAreErrors(host: String) {
    let error = #expect(throws: NetworkError.self) {
      try HostResolver.addresses(of: host, port: 1, deadlineSeconds: 0.5)
    }
    switch error {
    case .unknownHost(host, _), .timedOut(.resolve): break
    default: Issue.record("\(String(describing: error))")
    }
  }
}
