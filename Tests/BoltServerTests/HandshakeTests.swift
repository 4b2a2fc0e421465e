import Bolt
import GraphValues
import Network
import Synchronization
import Testing

@testable import BoltServer

/// The first bytes of a connection, and how messages are cut out of the stream.
@Suite struct HandshakeTests {
  private static let magic = "6060B017"
  private static let empty = "00000000"

  @Test(
    "each hello gets the answer of the specification",
    arguments: [
      ("00000805 00000000 00000000 00000000", "00000805", false),
      ("00080805 00000000 00000000 00000000", "00000805", false),
      ("00000505 00000000 00000000 00000000", "00000000", true),
      ("00010505 00000000 00000000 00000000", "00000405", false),
      ("00000009 00000404 00000805 00000000", "00000404", false),
      ("00000000 00000000 00000000 00000000", "00000000", true),
      (
        "000001FF 00080805 00000000 00000000",
        "000001FF 04 00000006 00020805 00040405 00000404 00", false
      ),
      ("000002FF 00000805 00000000 00000000", "00000805", false),
      ("00000805 000001FF 00000000 00000000", "00000805", false),
      ("00000006 00000000 00000000 00000000", "00000006", false),
    ], Segments.allCases)
  func answers(_ item: (offers: String, answer: String, closes: Bool), _ segments: Segments)
    async throws
  {
    let server = try TestServer()
    let client = try server.connect(segments)
    try client.send(hex: Self.magic + item.offers)
    let expected = TestClient.bytes(item.answer)
    #expect(try client.raw(expected.count) == expected)
    if item.closes { #expect(try client.isHungUp()) }
    await server.stop()
  }

  @Test("a choice from the list may come in one piece with the first message, or in crumbs")
  func manifestChoice() async throws {
    for segments in Segments.allCases {
      let server = try TestServer()
      let client = try server.connect(segments)
      try client.send(
        TestClient.bytes(Self.magic + "000001FF 00080805" + Self.empty + Self.empty)
          + TestClient.bytes("00000805 00") + client.encoded([.hello(TestClient.hello)]))
      _ = try client.raw(22)
      #expect(try client.reply().metadata?.text("protocol_version") == "5.8")
      await server.stop()
    }
  }

  @Test(
    "a wrong choice from the list ends the connection",
    arguments: ["0000000000", "0000050500", "0001080500", "0000080501"])
  func wrongChoice(_ choice: String) async throws {
    let server = try TestServer()
    let client = try server.connect()
    try client.send(hex: Self.magic + "000001FF 00080805" + Self.empty + Self.empty)
    _ = try client.raw(22)
    try client.send(hex: choice)
    #expect(try client.isHungUp())
    await server.stop()
  }

  @Test("other first bytes end the connection; a browser gets an answer")
  func otherProtocols() async throws {
    let server = try TestServer()
    let wrong = try server.connect()
    try wrong.send(hex: "6060B018 00000805" + Self.empty + Self.empty + Self.empty)
    #expect(try wrong.isHungUp())
    let browser = try server.connect()
    try browser.send(Array("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8))
    #expect(try browser.raw(4) == Array("HTTP".utf8))
    await server.stop()
  }

  @Test("who does not say who they are is hung up on")
  func silence() async throws {
    let server = try TestServer { $0.unauthenticatedSeconds = 0.1 }
    let half = try server.connect()
    try half.send(hex: Self.magic + "00000805" + Self.empty + Self.empty + "000000")
    #expect(try half.isHungUp())
    let shy = try server.connect()
    try shy.handshake(BoltVersion(5, 8))
    try shy.send(.hello(TestClient.hello))
    #expect(try shy.reply().isSuccess)
    #expect(try shy.reply().isClosed)
    await server.stop()
  }

  @Test(
    "empty chunks and one-byte chunks make no difference",
    arguments: ["00000000 0002B00F 0000", "0001B0 00010F 0000", "0002B00F 0000 0000"],
    Segments.allCases)
  func chunks(_ hex: String, _ segments: Segments) async throws {
    let server = try TestServer()
    let client = try server.up(BoltVersion(5, 8), segments)
    try client.send(hex: hex)
    #expect(try client.raw(7) == TestClient.bytes("0003B170A00000"))
    await server.stop()
  }

  @Test("before a client is let in its messages are short")
  func shortMessages() async throws {
    let server = try TestServer()
    let client = try server.connect()
    try client.handshake(BoltVersion(5, 8))
    try client.send(
      .hello(MapValue([("user_agent", .string(String(repeating: "x", count: 9000)))])))
    let reply = try client.reply()
    #expect(reply.isClosed || reply.code == "ClientError.Request.Invalid")
    if !reply.isClosed { #expect(try client.reply().isClosed) }
    await server.stop()
  }

  @Test("a long message may be pipelined behind the one that lets the client in")
  func longMessageBehindLogon() async throws {
    let server = try TestServer()
    let client = try server.connect()
    try client.handshake(BoltVersion(5, 8))
    let long = String(repeating: "y", count: 100_000)
    try client.send(
      .hello(TestClient.hello), .logon(MapValue()),
      .run("ECHO", MapValue([("x", .string(long))])), .pullAll)
    let replies = try client.replies(5)
    #expect(
      replies[3].record?.first.map { if case .string(long) = $0 { true } else { false } } == true)
    #expect(replies[4].isSuccess)
    await server.stop()
  }

  @Test("a tag that stands for nothing ends the connection")
  func unknownTag() async throws {
    let server = try TestServer()
    let client = try server.up()
    try client.send(hex: "0002B0550000")
    let reply = try client.reply()
    if !reply.isClosed { #expect(try client.reply().isClosed) }
    await server.stop()
  }

  @Test(
    "hostile values make a failure, or end the connection",
    arguments: [
      // A list that claims 2^31 items; a key that is no text; the same key twice; no UTF-8.
      "B310 8145 A1 8178 D67FFFFFFF A0", "B310 8145 A1 0101 A0", "B310 8145 A2 817801 817802 A0",
      "B310 8145 A1 8178 81FF A0", "B310 8145 A1 8178 C4 A0", "B310 8145 A1 8178 B15A01 A0",
    ])
  func hostileValues(_ hex: String) async throws {
    let server = try TestServer()
    let client = try server.up()
    let message = TestClient.bytes(hex)
    try client.send([0, UInt8(message.count)] + message + [0, 0])
    let reply = try client.reply()
    if !reply.isClosed {
      #expect(reply.code != nil)
      try client.send(.reset)
      let after = try client.reply()
      #expect(after.isSuccess || after.isClosed)
    }
    #expect(server.service.state.withLock { $0.log.isEmpty })
    await server.stop()
  }

  @Test("lists a hundred thousand deep end in a failure, and the server lives")
  func depth() async throws {
    let server = try TestServer()
    let client = try server.up()
    var message = TestClient.bytes("B310 8145 A1 8178")
    message += Array(repeating: 0x91, count: 100_000) + [0xC0, 0xA0]
    var chunks: [UInt8] = []
    ChunkWriter.append(message, to: &chunks)
    try client.send(chunks)
    let reply = try client.reply()
    #expect(reply.isClosed || reply.code?.hasPrefix("ClientError.Request.Invalid") == true)
    let next = try server.up()
    try next.send(.run("RETURN 1 AS n"), .pullAll)
    #expect(try next.replies(2)[1].integer == 1)
    await server.stop()
  }

  @Test("a client that goes in the middle of a message leaves nothing behind")
  func halfAMessage() async throws {
    let server = try TestServer()
    let client = try server.up()
    try client.send(.begin, .run("CREATE"), .pullAll)
    _ = try client.replies(3)
    try client.send(hex: "0012B3108D52")
    client.connection.close()
    await server.stop()
    #expect(server.service.openSessions == 0)
    #expect(server.service.nodes == 0)
  }
}
