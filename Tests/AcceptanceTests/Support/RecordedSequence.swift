import Bolt
import TestKit

/// Requests that no well-behaved client sends, and how a real server took them.
struct RecordedSequence {
  /// An answer as far as two servers agree on it.
  struct Answer: Equatable, CustomStringConvertible {
    /// Such as `SUCCESS`.
    let name: String
    /// Of a SUCCESS the keys; of a FAILURE the code and the GQL status.
    let details: [String]

    var description: String { ([name] + details).joined(separator: " ") }
  }

  struct Malformed: Error {
    let json: JSON
  }

  /// What it is called in the recording.
  let name: String
  /// The version that the client asks for; `nil` where the handshake is what is tried.
  let version: BoltVersion?
  /// All that is sent behind the handshake, at once, or the handshake.
  let sent: [UInt8]
  /// The messages that come back.
  let answers: [Answer]
  /// The bytes that come back where the handshake is what is tried.
  let rawAnswer: [UInt8]
  /// Whether the server then hangs up.
  let isHungUp: Bool
  /// Whether the client was let in at some point.
  let isLoggedIn: Bool

  init(_ json: JSON) throws {
    guard let name = json["case"]?.text, let sent = json["sent"]?.array,
      let got = json["got"]?.array
    else { throw Malformed(json: json) }
    self.name = name
    isHungUp = json["closed"]?.isTrue == true
    version = json["version"]?.text.flatMap { text in
      let parts = text.split(separator: ".").compactMap { UInt8($0) }
      return parts.count == 2 ? BoltVersion(parts[0], parts[1]) : nil
    }
    self.sent = try sent.flatMap { try Self.bytes(of: $0) }
    rawAnswer = got.compactMap { $0["raw"]?.text }.flatMap { [UInt8](hexadecimal: $0) }
    answers = try version == nil ? [] : got.map { try Answer($0) }
    isLoggedIn = answers.count > 1 && answers[..<2].allSatisfy { $0.name == "SUCCESS" }
  }

  private static let tags: [String: UInt8] = [
    "HELLO": 0x01, "GOODBYE": 0x02, "RESET": 0x0F, "RUN": 0x10, "BEGIN": 0x11, "COMMIT": 0x12,
    "ROLLBACK": 0x13, "DISCARD": 0x2F, "PULL": 0x3F, "TELEMETRY": 0x54, "ROUTE": 0x66,
    "LOGON": 0x6A, "LOGOFF": 0x6B,
  ]

  /// A message with its chunk headers, or what stands there as bytes.
  private static func bytes(of json: JSON) throws -> [UInt8] {
    if let raw = json["raw"]?.text { return [UInt8](hexadecimal: raw) }
    if case .integer(let depth)? = json["nested lists as a parameter"] {
      var lists = PackValue.list([])
      for _ in 1..<depth { lists = .list([lists]) }
      return framed(0x10, [.string("RETURN $a"), .map([.string("a"), lists]), .map([])])
    }
    guard let parts = json.array, let name = parts.first?.text,
      let tag = tags[name] ?? UInt8(name.dropFirst(2), radix: 16)
    else { throw Malformed(json: json) }
    return framed(tag, try parts.dropFirst().map { try PackValue($0) })
  }

  private static func framed(_ tag: UInt8, _ fields: [PackValue]) -> [UInt8] {
    var writer = PackStreamWriter(PackStreamDialect(BoltVersion(5, 8)))
    writer.write(.structure(tag: tag, fields: fields))
    var output: [UInt8] = []
    ChunkWriter.append(writer.bytes, to: &output)
    return output
  }
}

extension PackValue {
  /// The value that a recorded message holds.
  fileprivate init(_ json: JSON) throws {
    switch json {
    case .null: self = .null
    case .boolean(let truth): self = .boolean(truth)
    case .integer(let number): self = .integer(number)
    case .float(let number): self = .float(bits: number.bitPattern)
    case .string(let text): self = .string(text)
    case .array(let items): self = .list(try items.map { try PackValue($0) })
    case .object(let entries):
      self = .map(
        try entries.sorted { $0.key < $1.key }
          .flatMap { [.string($0.key), try PackValue($0.value)] })
    }
  }
}

extension RecordedSequence.Answer {
  /// Reads a recorded message.
  fileprivate init(_ json: JSON) throws {
    guard let name = json.array?.first?.text else { throw RecordedSequence.Malformed(json: json) }
    let metadata = json.array?.dropFirst().first
    self.init(name: name, keys: metadata?.object.map { Array($0.keys) } ?? []) {
      metadata?[$0]?.text
    }
  }

  /// Reads a message; `nil` when it is none that a server sends.
  init?(_ message: [UInt8]) {
    let names: [UInt8: String] = [
      0x70: "SUCCESS", 0x71: "RECORD", 0x7E: "IGNORED", 0x7F: "FAILURE",
    ]
    guard case .structure(let tag, let fields) = WireMessage(message).value, let name = names[tag]
    else { return nil }
    var metadata: [String: PackValue] = [:]
    if case .map(let entries)? = fields.first { metadata = WireMessage.pairs(entries) }
    self.init(name: name, keys: Array(metadata.keys)) { key in
      if case .string(let text)? = metadata[key] { text } else { nil }
    }
  }

  private init(name: String, keys: [String], text: (String) -> String?) {
    self.name = name
    switch name {
    case "SUCCESS": details = keys.sorted()
    case "FAILURE": details = ["neo4j_code", "gql_status"].map { text($0) ?? "-" }
    default: details = []
    }
  }
}
