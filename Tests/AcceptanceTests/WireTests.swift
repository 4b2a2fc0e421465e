import Bolt
import Foundation
import GraphValues
import Network
import Testing

/// Conversations that official clients had with a real server, had with `nacre serve`.
@Suite struct WireTests {
  static let folder: String? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    var places = [root.appending(path: "../shared/golden").path]
    if let named = ProcessInfo.processInfo.environment["NACRE_GOLDEN"] {
      places.insert(named, at: 0)
    }
    return places.map { $0 + "/wire" }.first { FileManager.default.fileExists(atPath: $0) }
  }()

  /// Conversations whose answers differ on purpose, with the reason.
  static let different: [String: String] = [
    "js5-neo4j-vectors": "Cypher 25 is spoken here, which 5.26 refuses",
    "js5-vectors": "Cypher 25 is spoken here, which 5.26 refuses",
    "js6-2026-vectors": "there are no vectors",
    "js5-neo4j-notifications": "the texts are those of 2026.09, which name the database",
    "js5-notifications": "the texts are those of 2026.09, which name the database",
    "shell5-commands": "5.26 calls a procedure that reads administrative",
  ]

  static var names: [String] {
    guard let folder, let files = try? FileManager.default.contentsOfDirectory(atPath: folder)
    else { return [] }
    return files.filter { $0.hasSuffix(".jsonl") && !$0.hasPrefix("states") }
      .map { String($0.dropLast(6)) }.filter { different[$0] == nil }.sorted()
  }

  @Test(.enabled(if: folder != nil, "no recorded conversations: set NACRE_GOLDEN to their folder"))
  func officialClientsGetTheAnswersThatTheyGotElsewhere() throws {
    let home = try TemporaryFolder()
    let statement = "ALTER USER neo4j SET PASSWORD 'password' CHANGE NOT REQUIRED"
    #expect(try Program.run(["-d", "system", statement], home: home).status == 0)
    let server = try ServingProgram(home: home)
    for name in Self.names {
      do {
        let differences = try Self.play(name, port: server.port)
        if !differences.isEmpty {
          Issue.record("\(name):\n\(differences.prefix(6).joined(separator: "\n"))")
        }
      } catch {
        Issue.record("\(name): \(error)")
      }
    }
    #expect(server.stop() == 0)
  }

  /// Plays a client's lines and holds the answers against the recorded ones.
  static func play(_ name: String, port: Int) throws -> [String] {
    let text = try String(contentsOfFile: "\(folder ?? "")/\(name).jsonl", encoding: .utf8)
    var peers: [Int: WirePeer] = [:]
    var differences: [String] = []
    for line in text.split(separator: "\n") {
      guard
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
        let hex = object["hex"] as? String, let number = object["connection"] as? Int
      else { continue }
      let bytes = WirePeer.bytes(hex)
      if object["at"] as? String == "c" {
        if peers[number] == nil { peers[number] = try WirePeer(port: port) }
        try peers[number]?.send(bytes, isFramed: object["handshake"] == nil)
      } else if let peer = peers[number] {
        if object["handshake"] != nil {
          // The list of versions is each server's own.
          try peer.skipHandshake(bytes)
        } else {
          let wanted = WireMessage(bytes)
          guard let got = try peer.message() else { return differences + ["hung up at \(hex)"] }
          differences += wanted.differences(from: WireMessage(got))
        }
      }
    }
    return differences
  }
}

/// One connection of a client that is played.
final class WirePeer {
  private let connection: ClientConnection
  private var chunks = ChunkReader(maximumMessageBytes: 1 << 24)
  private var raw: [UInt8] = []
  private var isTalking = false

  init(port: Int) throws {
    connection = try ClientConnection.connect(host: "127.0.0.1", port: port, deadlineSeconds: 10)
  }

  deinit { connection.close() }

  static func bytes(_ hex: String) -> [UInt8] {
    var rest = hex[...]
    var bytes: [UInt8] = []
    while let byte = UInt8(rest.prefix(2), radix: 16) {
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    return bytes
  }

  func send(_ bytes: [UInt8], isFramed: Bool) throws {
    var output: [UInt8] = []
    if isFramed { ChunkWriter.append(bytes, to: &output) } else { output = bytes }
    try connection.send(output, timeoutSeconds: 10)
  }

  /// Takes as much as the answer needs: `00 00 01 FF`, or the list of versions, or a version.
  func skipHandshake(_ recorded: [UInt8]) throws {
    if recorded.count == 4 { return try need(4) { self.raw.removeFirst(4) } }
    try need(1) {}
    let count = 2 + 4 * Int(raw[0])
    try need(count) { self.raw.removeFirst(count) }
  }

  private func need(_ count: Int, _ take: () -> Void) throws {
    while raw.count < count {
      guard try connection.receive(into: &raw, timeoutSeconds: 10) > 0 else { return }
    }
    take()
  }

  /// The next message; `nil` when the server has hung up.
  func message() throws -> [UInt8]? {
    if !isTalking {
      isTalking = true
      chunks.append(raw)
    }
    while true {
      if let range = try chunks.next() { return Array(chunks.bytes[range]) }
      var arrived: [UInt8] = []
      guard try connection.receive(into: &arrived, timeoutSeconds: 10) > 0 else { return nil }
      chunks.append(arrived)
    }
  }
}

/// A server's message for comparing: what differs by nature is left out.
struct WireMessage {
  /// Keys whose values no two servers share.
  private static let free: Set<String> = [
    "t_first", "t_last", "connection_id", "bookmark", "server", "advertised_address", "rt", "time",
    "args", "dbHits", "rows", "pageCacheHits", "pageCacheMisses", "pageCacheHitRatio",
  ]
  /// What a server says that keeps its detailed statuses to itself, as 5.26 does.
  private static let undetailed = "50N42"

  private let value: PackValue

  init(_ bytes: [UInt8]) {
    let rules = PackStreamReading(
      PackStreamDialect(BoltVersion(6, 0)), isRequest: false, zones: NoZones())
    var reader = PackStreamReader(bytes, 0..<bytes.count, rules)
    value = (try? reader.readPackValue()) ?? .null
  }

  func differences(from got: WireMessage) -> [String] {
    // A RESET that comes before the PULL behind a slow statement has begun finds nothing to stop.
    if case .structure(0x7E, _) = got.value, "\(value)".contains("Transaction.Terminated") {
      return []
    }
    var differences: [String] = []
    let ignoresStatuses = "\(value)".contains(Self.undetailed)
    Self.compare(value, got.value, "", ignoresStatuses, &differences)
    return differences
  }

  private static func compare(
    _ wanted: PackValue, _ got: PackValue, _ place: String, _ ignoresStatuses: Bool,
    _ differences: inout [String]
  ) {
    switch (wanted, got) {
    case (.structure(let tag, let fields), .structure(let otherTag, let others))
    where tag == otherTag && fields.count == others.count:
      for index in fields.indices where !isIdentity(tag, index, fields.count) {
        compare(
          fields[index], others[index], "\(place)#\(index)", ignoresStatuses, &differences)
      }
    case (.list(let items), .list(let others)) where items.count == others.count:
      for index in items.indices {
        compare(items[index], others[index], "\(place)[\(index)]", ignoresStatuses, &differences)
      }
    case (.map(let entries), .map(let others)):
      compareMaps(entries, others, place, ignoresStatuses, &differences)
    default:
      if wanted != got { differences.append("\(place): wanted \(wanted), got \(got)") }
    }
  }

  private static func compareMaps(
    _ entries: [PackValue], _ others: [PackValue], _ place: String, _ ignoresStatuses: Bool,
    _ differences: inout [String]
  ) {
    let (wanted, got) = (pairs(entries), pairs(others))
    let statuses: Set<String> = ["gql_status", "description", "diagnostic_record", "cause"]
    for key in Set(wanted.keys).union(got.keys).sorted() {
      if ignoresStatuses, statuses.contains(key) { continue }
      guard let one = wanted[key], let other = got[key] else {
        differences.append("\(place).\(key): \(wanted[key] == nil ? "surplus" : "missing")")
        continue
      }
      if free.contains(key) { continue }
      compare(one, other, "\(place).\(key)", ignoresStatuses, &differences)
    }
  }

  private static func pairs(_ entries: [PackValue]) -> [String: PackValue] {
    var pairs: [String: PackValue] = [:]
    for index in stride(from: 0, to: entries.count - 1, by: 2) {
      if case .string(let key) = entries[index] { pairs[key] = entries[index + 1] }
    }
    return pairs
  }

  /// Whether a field is an id of a node or relationship.
  private static func isIdentity(_ tag: UInt8, _ index: Int, _ count: Int) -> Bool {
    switch tag {
    case 0x4E: index == 0 || index == 3
    case 0x52: index < 3 || index > 4
    case 0x72: index == 0 || index == 3
    default: false
    }
  }

  private struct NoZones: ZoneRules {
    func regionName(_ text: String) -> String? { nil }
    func offsetSeconds(of region: String, at epochSecond: Int64) -> Int32 { 0 }
  }
}
