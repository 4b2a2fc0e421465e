import Bolt
import Diagnostics
import GraphValues
import Network
import Testing

@testable import BoltServer

/// No zones are known: offsets do for these tests.
struct NoZones: ZoneRules {
  func regionName(_ text: String) -> String? { nil }
  func offsetSeconds(of region: String, at epochSecond: Int64) -> Int32 { 0 }
}

/// How bytes are cut into pieces on their way.
enum Segments: CaseIterable, Sendable {
  case whole, single
}

/// A server on a port of its own with a service that does what it is told.
struct TestServer {
  let service: ScriptedService
  let listener: BoltListener

  init(
    requiresAuthentication: Bool = false, _ change: (inout BoltServerOptions) -> Void = { _ in }
  ) throws {
    service = ScriptedService(requiresAuthentication: requiresAuthentication)
    var options = BoltServerOptions(zones: NoZones())
    options.port = 0
    change(&options)
    listener = try BoltListener.start(options, service: service)
  }

  func connect(_ segments: Segments = .whole) throws -> TestClient {
    TestClient(
      try ClientConnection.connect(host: "127.0.0.1", port: listener.port, deadlineSeconds: 5),
      segments)
  }

  /// A connection on which the client has been let in.
  func up(_ version: BoltVersion = BoltVersion(5, 8), _ segments: Segments = .whole) throws
    -> TestClient
  {
    let client = try connect(segments)
    try client.handshake(version)
    client.version = version
    try client.send(.hello(TestClient.hello))
    #expect(try client.reply().isSuccess)
    if version.hasLogon {
      try client.send(.logon(MapValue([("scheme", .string("none"))])))
      #expect(try client.reply().isSuccess)
    }
    return client
  }

  func stop() async { await listener.shutdown(graceSeconds: 0) }
}

/// What a server says, as far as tests look at it.
enum Reply {
  case success(MapValue)
  case record([Value])
  case ignored
  case failure(MapValue)
  case closed

  init(_ message: ServerMessage) {
    switch message {
    case .success(let map): self = .success(map)
    case .record(let values): self = .record(values)
    case .ignored: self = .ignored
    case .failure(let map): self = .failure(map)
    }
  }

  var isSuccess: Bool { if case .success = self { true } else { false } }
  var isIgnored: Bool { if case .ignored = self { true } else { false } }
  var isClosed: Bool { if case .closed = self { true } else { false } }
  var metadata: MapValue? {
    switch self {
    case .success(let map), .failure(let map): map
    default: nil
    }
  }
  var record: [Value]? { if case .record(let values) = self { values } else { nil } }
  var integer: Int64? {
    if case .record(let values) = self, case .integer(let number)? = values.first {
      number
    } else {
      nil
    }
  }
  /// The code of a failure, without `Neo.`.
  var code: String? {
    guard case .failure(let map) = self, case .string(let code)? = map["neo4j_code"] ?? map["code"]
    else { return nil }
    return String(code.dropFirst(4))
  }
}

extension MapValue {
  func text(_ key: String) -> String? {
    if case .string(let text)? = self[key] { text } else { nil }
  }
  func integer(_ key: String) -> Int64? {
    if case .integer(let number)? = self[key] { number } else { nil }
  }
  func map(_ key: String) -> MapValue? { if case .map(let map)? = self[key] { map } else { nil } }
  func list(_ key: String) -> [Value]? {
    if case .list(let list)? = self[key] { list } else { nil }
  }
  func truth(_ key: String) -> Bool? {
    if case .boolean(let truth)? = self[key] { truth } else { nil }
  }
}

/// A client that says what it is told to, byte by byte if need be.
final class TestClient {
  static let hello = MapValue([
    ("user_agent", .string("t/1")),
    ("bolt_agent", .map(MapValue([("product", .string("t/1"))]))),
  ])
  static let seconds = 10.0

  let connection: ClientConnection
  let segments: Segments
  var version = BoltVersion(5, 8)
  private var bytes: [UInt8] = []
  private var start = 0
  /// How many signs of life have come between messages.
  private(set) var keepAliveCount = 0

  init(_ connection: ClientConnection, _ segments: Segments) {
    self.connection = connection
    self.segments = segments
  }

  func send(_ bytes: [UInt8]) throws {
    switch segments {
    case .whole: try connection.send(bytes, timeoutSeconds: Self.seconds)
    case .single:
      for byte in bytes { try connection.send([byte], timeoutSeconds: Self.seconds) }
    }
  }

  func send(hex: String) throws { try send(Self.bytes(hex)) }

  func send(_ messages: ClientMessage...) throws { try send(encoded(messages)) }

  func encoded(_ messages: [ClientMessage]) -> [UInt8] {
    var writer = PackStreamWriter(PackStreamDialect(version))
    for message in messages { writer.write(message) }
    return writer.take()
  }

  static func bytes(_ hex: String) -> [UInt8] {
    let digits = hex.filter(\.isHexDigit)
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap { place in
      let start = digits.index(digits.startIndex, offsetBy: place)
      return UInt8(digits[start..<digits.index(start, offsetBy: 2)], radix: 16)
    }
  }

  func handshake(_ version: BoltVersion) throws {
    try send(
      Handshake.magic + [0, 0, version.minor, version.major] + Array(repeating: 0, count: 12))
    #expect(try raw(4) == [0, 0, version.minor, version.major])
  }

  /// So many bytes as they come; fewer when the stream ends.
  func raw(_ count: Int) throws -> [UInt8] {
    if start > 1 << 16 {
      bytes.removeFirst(start)
      start = 0
    }
    while bytes.count - start < count {
      if try !receive() { break }
    }
    let end = min(bytes.count, start + count)
    defer { start = end }
    return Array(bytes[start..<end])
  }

  /// Whether the server hangs up without a further byte.
  func isHungUp() throws -> Bool { try raw(1).isEmpty }

  /// The next message; takes no byte behind it.
  func reply() throws -> Reply {
    let rules = PackStreamReading(PackStreamDialect(version), isRequest: false, zones: NoZones())
    var message: [UInt8] = []
    while true {
      let head = try raw(2)
      guard head.count == 2 else { return .closed }
      let length = Int(head[0]) << 8 | Int(head[1])
      if length > 0 {
        message += try raw(length)
      } else if message.isEmpty {
        keepAliveCount += 1
      } else {
        return Reply(try ServerMessage(message, 0..<message.count, rules))
      }
    }
  }

  private func receive() throws -> Bool {
    do {
      return try connection.receive(into: &bytes, timeoutSeconds: Self.seconds) > 0
    } catch {
      if case .lost = error { return false }
      throw error
    }
  }

  func replies(_ count: Int) throws -> [Reply] { try (0..<count).map { _ in try reply() } }

  /// All replies up to and with the next summary.
  func answer() throws -> [Reply] {
    var replies: [Reply] = []
    while true {
      let reply = try reply()
      replies.append(reply)
      if reply.record == nil { return replies }
    }
  }
}

extension ClientMessage {
  static func run(
    _ text: String, _ parameters: MapValue = MapValue(), _ extra: MapValue = MapValue()
  )
    -> ClientMessage
  {
    .run(text: text, parameters: parameters, extra: extra)
  }
  static let pullAll = ClientMessage.pull(StreamDemand())
  static func pull(_ count: Int, _ statement: Int64? = nil) -> ClientMessage {
    .pull(StreamDemand(count: count, statement: statement))
  }
  static let begin = ClientMessage.begin(MapValue())
}

extension Collection<Reply> {
  var allSuccesses: Bool { allSatisfy { $0.isSuccess } }
  var allIgnored: Bool { allSatisfy { $0.isIgnored } }
}
