import Bolt
import GraphValues
import TestKit
import Testing

/// Conversations that official clients had with a real server, had with `nacre serve`.
@Suite struct WireTests {
  /// Conversations whose answers differ on purpose, with the reason.
  static let different: [String: String] = [
    "js5-neo4j-vectors": "Cypher 25 is spoken here, which 5.26 refuses",
    "js5-vectors": "Cypher 25 is spoken here, which 5.26 refuses",
    "js6-2026-vectors": "there are no vectors",
    "js5-neo4j-notifications": "the texts are those of 2026.09, which name the database",
    "js5-notifications": "the texts are those of 2026.09, which name the database",
    "shell5-commands": "5.26 calls a procedure that reads administrative",
  ]

  @Test(.enabled(if: RecordedConversation.folder != nil, "\(RecordedConversation.missing)"))
  func officialClientsGetTheAnswersThatTheyGotElsewhere() throws {
    let home = try TemporaryFolder()
    let statement = "ALTER USER neo4j SET PASSWORD 'password' CHANGE NOT REQUIRED"
    #expect(try Program.run(["-d", "system", statement], home: home).status == 0)
    let server = try ServingProgram(home: home)
    for conversation in try RecordedConversation.all()
    where Self.different[conversation.name] == nil {
      do {
        let differences = try Self.play(conversation, port: server.port)
        if !differences.isEmpty {
          Issue.record("\(conversation.name):\n\(differences.prefix(6).joined(separator: "\n"))")
        }
      } catch {
        Issue.record("\(conversation.name): \(error)")
      }
    }
    #expect(server.stop() == 0)
  }

  /// Plays a client's lines and holds the answers against the recorded ones.
  static func play(_ conversation: RecordedConversation, port: Int) throws -> [String] {
    var peers: [Int: WirePeer] = [:]
    var differences: [String] = []
    for line in conversation.lines {
      if line.isFromClient {
        if peers[line.connection] == nil { peers[line.connection] = try WirePeer(port: port) }
        try peers[line.connection]?.send(line.bytes, isFramed: !line.isHandshake)
      } else if let peer = peers[line.connection] {
        if line.isHandshake {
          // The list of versions is each server's own.
          try peer.skipHandshake(line.bytes)
        } else {
          let wanted = WireMessage(line.bytes)
          guard let got = try peer.message() else {
            return differences + ["hung up at \(line.text)"]
          }
          differences += wanted.differences(from: WireMessage(got))
        }
      }
    }
    return differences
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

  /// The message as it stands; `null` where it cannot be read.
  let value: PackValue

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

  /// A map's values by their keys.
  static func pairs(_ entries: [PackValue]) -> [String: PackValue] {
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
