import Bolt
import Diagnostics
import GraphValues
import QuerySession
import ServerKit
import Synchronization
import TestKit
import Testing

@testable import BoltClient

/// Our client on servers that answer what real ones answered to official clients.
@Suite struct RecordedServerTests {
  /// Conversations that cannot be had, with the reason.
  static let left: [String: String] = [
    "js5-vectors": "there are no vectors", "js5-neo4j-vectors": "there are no vectors",
    "js6-2026-vectors": "there are no vectors",
  ]

  @Test(.enabled(if: RecordedConversation.folder != nil, "\(RecordedConversation.missing)"))
  func recordedServersAreUnderstood() async throws {
    var count = 0
    for conversation in try RecordedConversation.all() where Self.left[conversation.name] == nil {
      var tables: [String: RecordedExchange] = [:]
      let connections = try Set(conversation.lines.map(\.connection)).sorted()
        .compactMap { try RecordedConnection(conversation, number: $0) }
      for exchange in connections.flatMap(\.exchanges) {
        guard case .route(_, _, let extra) = exchange.request else { continue }
        tables[extra["db"]?.asText ?? ""] = exchange
      }
      for connection in connections {
        do {
          try await Self.play(connection, tables, named: conversation.name)
          count += 1
        } catch {
          Issue.record("\(conversation.name): \(error)")
        }
      }
    }
    #expect(count > 60)
  }

  private static func play(
    _ connection: RecordedConnection, _ tables: [String: RecordedExchange], named name: String
  ) async throws {
    let holder = SessionHolder()
    let server = try ScriptedServer()
    let script = RecordedScript(
      connection, port: server.port, tables: tables, isRouting: !tables.isEmpty,
      stop: { holder.cancel() })
    server.add(script.steps)
    defer { server.check("\(name)") }
    let session: RemoteSession
    do throws(Failure) {
      session = try await BoltClientTests.session(
        on: server, scheme: tables.isEmpty ? "bolt" : "neo4j", database: script.firstDatabase,
        options: options(fetchSize: script.fetchSize))
    } catch {
      #expect(script.connectFailure != nil, "\(name): \(error)")
      return expect(error, script.connectFailure ?? MapValue(), of: "", name)
    }
    #expect(script.connectFailure == nil, "\(name)")
    holder.hold(session)
    for deed in script.deeds {
      let failure = await failure { () throws(Failure) in
        try await perform(deed, session, connection.version, name)
      }
      switch deed {
      case .run(let request, let result): expect(failure, result.failure, of: request.text, name)
      case .use(_, let wanted): expect(failure, wanted, of: "", name)
      case .begin, .commit, .rollback: expect(failure, nil, of: "", name)
      }
    }
    await session.close()
  }

  private static func perform(
    _ deed: RecordedDeed, _ session: RemoteSession, _ version: BoltVersion, _ name: String
  ) async throws(Failure) {
    switch deed {
    case .run(let request, let wanted): try await run(request, wanted, session, version, name)
    case .begin(let options): try await session.begin(options)
    case .commit: try await session.commit()
    case .rollback: try await session.rollback()
    case .use(let database, _): try await session.use(database: database)
    }
  }

  private static func run(
    _ request: StatementRequest, _ wanted: RecordedResult, _ session: RemoteSession,
    _ version: BoltVersion, _ name: String
  ) async throws(Failure) {
    let result = try await session.run(request)
    #expect(result.columns == wanted.columns, "\(name): \(request.text)")
    var records: [[Value]] = []
    while !wanted.isDiscarded || records.count < wanted.records.count,
      let batch = try await result.next()
    {
      for row in 0..<batch.count { records.append(batch.columns.map { $0[row] }) }
    }
    let (got, recorded) = (bytes(records, version), bytes(wanted.records, version))
    #expect(got == recorded, "\(name): \(request.text)")
    let summary = try await result.summary()
    expect(summary, wanted.end, "\(name): \(request.text)")
  }

  /// Records as they stand on the wire: what was told may not be distinguishable from what came.
  private static func bytes(_ records: [[Value]], _ version: BoltVersion) -> [UInt8] {
    var writer = PackStreamWriter(PackStreamDialect(version))
    for record in records { writer.write(.record(record)) }
    return writer.bytes
  }

  // MARK: What is to be told

  private static func expect(
    _ failure: Failure?, _ wanted: MapValue?, of statement: String, _ name: String
  ) {
    guard let failure, let wanted else {
      #expect(failure == nil, "\(name): \(statement): \(failure?.message ?? "")")
      #expect(wanted == nil, "\(name): \(statement)")
      return
    }
    #expect(failure.code == wanted["neo4j_code"]?.asText, "\(name): \(statement)")
    #expect(
      failure.legacyMessage(in: statement) == wanted["message"]?.asText, "\(name): \(statement)")
    #expect(failure.gqlStatus == wanted["gql_status"]?.asText, "\(name): \(statement)")
    var causes: [String?] = []
    var link = wanted["cause"]
    while case .map(let cause)? = link {
      causes.append(cause["gql_status"]?.asText)
      link = cause["cause"]
    }
    #expect(failure.causes.map(\.gqlStatus) == causes, "\(name): \(statement)")
  }

  private static func expect(_ summary: ResultSummary, _ end: MapValue, _ place: String) {
    #expect(summary.queryType.rawValue == end["type"]?.asText, "\(place)")
    #expect(summary.database == end["db"]?.asText ?? summary.database, "\(place)")
    if case .integer(let milliseconds)? = end["t_last"] {
      #expect(summary.consumedAfterMilliseconds == Int(milliseconds), "\(place)")
    }
    expect(summary.counters, end["stats"], place)
    expect(summary.notifications, end["statuses"], place)
    let plan = end["profile"] ?? end["plan"]
    #expect(summary.isProfiled == (end["profile"] != nil), "\(place)")
    #expect(summary.plan.map { operators($0) } == plan.map { operators($0) }, "\(place)")
  }

  private static func expect(_ counters: UpdateCounters, _ stats: Value?, _ place: String) {
    let told: [String: Int] = [
      "nodes-created": counters.nodesCreated, "nodes-deleted": counters.nodesDeleted,
      "relationships-created": counters.relationshipsCreated,
      "relationships-deleted": counters.relationshipsDeleted,
      "properties-set": counters.propertiesSet, "labels-added": counters.labelsAdded,
      "labels-removed": counters.labelsRemoved, "indexes-added": counters.indexesAdded,
      "indexes-removed": counters.indexesRemoved,
      "constraints-added": counters.constraintsAdded,
      "constraints-removed": counters.constraintsRemoved,
      "system-updates": counters.systemUpdates,
    ]
    var wanted: [String: Int] = [:]
    if case .map(let map)? = stats {
      for case (let key, .integer(let number)) in map.entries { wanted[key] = Int(number) }
    }
    #expect(told.filter { $0.value != 0 } == wanted, "\(place)")
  }

  private static func expect(
    _ notifications: [QuerySession.Notification], _ statuses: Value?, _ place: String
  ) {
    var wanted: [String] = []
    if case .list(let list)? = statuses {
      for case .map(let status) in list {
        guard let code = status["neo4j_code"]?.asText else { continue }
        var words = [code, status["title"]?.asText ?? "", status["description"]?.asText ?? ""]
        words.append(status["gql_status"]?.asText ?? "")
        if case .map(let record)? = status["diagnostic_record"] {
          words += ["_severity", "_classification"].map { record[$0]?.asText ?? "" }
          if case .map(let position)? = record["_position"] {
            words.append(position["offset"].map { Sample.text($0) } ?? "")
          }
        }
        wanted.append(words.joined(separator: "|"))
      }
    }
    let told = notifications.map { note in
      let words = [
        note.code, note.title, note.description, note.gqlStatus, note.severity, note.category,
      ]
      return (words + (note.position.map { ["\($0.offset)"] } ?? [])).joined(separator: "|")
    }
    #expect(told == wanted, "\(place)")
  }

  /// The operators of a plan, each in front of its inputs.
  private static func operators(_ plan: PlanDescription) -> [String] {
    [plan.operatorType] + plan.children.flatMap { operators($0) }
  }

  private static func operators(_ plan: Value) -> [String] {
    guard case .map(let map) = plan else { return [] }
    let name = map["operatorType"]?.asText?.prefix { $0 != "@" }
    guard case .list(let children)? = map["children"] else { return [String(name ?? "")] }
    return [String(name ?? "")] + children.flatMap { operators($0) }
  }
}

/// Holds a session so that a script can cancel what runs on it.
final class SessionHolder: Sendable {
  private let session = Mutex<RemoteSession?>(nil)
  func hold(_ new: RemoteSession) { session.withLock { $0 = new } }
  func cancel() { session.withLock { $0 }?.cancel() }
}
