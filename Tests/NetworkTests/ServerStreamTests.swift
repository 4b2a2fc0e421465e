import Testing

@testable import Network

/// What a listener makes of the first bytes of a peer.
@Suite struct ServerStreamTests {
  /// The example of RFC 6455, 1.3.
  static let upgrade = """
    GET / HTTP/1.1\r\nHost: localhost:7687\r\nUpgrade: websocket\r\nConnection: keep-alive, \
    Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: http://localhost\r\n\
    Sec-WebSocket-Version: 13\r\n\r\n
    """
  static let upgraded = """
    HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n
    """

  static var options: ListenerOptions {
    var options = ListenerOptions.test
    options.acceptsWebSocket = true
    options.httpGreeting = "This is for Bolt.\n"
    return options
  }

  /// Feeds bytes in pieces and gathers what comes of them.
  func run(
    _ bytes: [UInt8], pieces size: Int, _ options: ListenerOptions = options
  ) -> (ServerStream.Outcome, ServerStream) {
    var stream = ServerStream(options, nil)
    var all = ServerStream.Outcome()
    for start in stride(from: 0, to: bytes.count, by: size) {
      let outcome = stream.received(Array(bytes[start..<min(start + size, bytes.count)]))
      all.payload += outcome.payload
      all.reply += outcome.reply
      all.end = all.end ?? outcome.end
    }
    return (all, stream)
  }

  @Test(arguments: [1, 20])
  func otherBytesAreTheHandlers(size: Int) {
    let magic: [UInt8] = [0x60, 0x60, 0xB0, 0x17, 0, 0, 0, 4]
    let (outcome, stream) = run(magic, pieces: size)
    #expect(outcome.payload == magic && outcome.reply.isEmpty && outcome.end == nil)
    #expect(stream.isPlain)
  }

  @Test(arguments: [1, 1_000])
  func upgradeLeadsToFrames(size: Int) {
    let bytes = Array(Self.upgrade.utf8) + WebSocketTests.frame(2, [0x60, 0x60])
    var (outcome, stream) = run(bytes, pieces: size)
    #expect(String(decoding: outcome.reply, as: UTF8.self) == Self.upgraded)
    #expect(outcome.payload == [0x60, 0x60] && outcome.end == nil)
    #expect(stream.encode([1, 2]) == [0x82, 2, 1, 2])
    #expect(stream.encodeEnd() == [0x88, 2, 0x03, 0xE8])
  }

  @Test func whatIsSentTooEarlyWaits() {
    var stream = ServerStream(Self.options, nil)
    #expect(stream.encode([1]).isEmpty)
    #expect(stream.received([9]).reply == [1])
  }

  @Test(arguments: [
    ("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200 OK"),
    ("GET /\r\n\r\n", "HTTP/1.1 400 Bad Request"),
    ("GET / HTTP/1.1\r\nno colon\r\n\r\n", "HTTP/1.1 400 Bad Request"),
    ("GET " + String(repeating: "x", count: 9_000), "HTTP/1.1 400 Bad Request"),
    (
      upgrade.replacing("Version: 13", with: "Version: 8"), "HTTP/1.1 426 Upgrade Required"
    ),
    (
      upgrade.replacing("dGhlIHNhbXBsZSBub25jZQ==", with: "short"),
      "HTTP/1.1 426 Upgrade Required"
    ),
  ])
  func otherRequestsGetAShortAnswer(request: String, status: String) {
    for size in [1, 10_000] {
      let (outcome, _) = run(Array(request.utf8), pieces: size)
      let answer = String(decoding: outcome.reply, as: UTF8.self)
      #expect(answer.hasPrefix(status), "\(answer)")
      #expect(outcome.end != nil && outcome.payload.isEmpty)
    }
  }

  @Test func upgradeIsRefusedWhereItIsNotWanted() {
    let (outcome, _) = run(Array(Self.upgrade.utf8), pieces: 1_000, .test)
    #expect(outcome.reply.isEmpty)
    #expect(outcome.end == .refused(reason: "HTTP request"))
  }

  @Test(arguments: [
    ("http://localhost", true), ("http://127.0.0.1:7474", true), ("https://[::1]:7474", true),
    ("https://elsewhere.test", false), ("http://localhost.elsewhere.test", false),
    ("http://127.0.0.1.elsewhere.test:80", false), ("null", false), ("", false),
  ])
  func pagesOfOtherSitesMayBeKeptOut(origin: String, isServed: Bool) {
    var options = Self.options
    options.acceptsForeignPages = false
    let request = Self.upgrade.replacing("http://localhost\r\n", with: origin + "\r\n")
    let (outcome, _) = run(Array(request.utf8), pieces: 1_000, options)
    let status = isServed ? "HTTP/1.1 101" : "HTTP/1.1 403"
    #expect(String(decoding: outcome.reply, as: UTF8.self).hasPrefix(status))
    #expect((outcome.end == nil) == isServed)
  }

  @Test func peerThatOnlyPingsIsNotAnsweredForEver() {
    var (_, stream) = run(Array(Self.upgrade.utf8), pieces: 1_000)
    let ping = WebSocketTests.frame(9, [1])
    #expect(!stream.received(ping).reply.isEmpty)
    #expect(stream.received(ping, answersPings: false).reply.isEmpty)
  }
}
