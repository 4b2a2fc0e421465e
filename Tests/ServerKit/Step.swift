package import Bolt
import GraphValues

/// What a scripted server does next.
package enum Step: Sendable {
  /// Waits for the client's twenty bytes.
  case hello
  /// Waits for these bytes.
  case bytes([UInt8])
  /// Waits for a message: its text, or its beginning where `…` ends it.
  case client(String)
  /// Sends bytes as they are.
  case send([UInt8])
  /// Sends a message.
  case server(ServerMessage)
  /// Sends a message whose bytes are given, in chunks of a size.
  case message([UInt8], chunk: Int)
  /// Changes how values are written.
  case dialect(PackStreamDialect)
  /// Does nothing for so many seconds.
  case pause(Double)
  /// Does something in the test.
  case call(@Sendable () -> Void)
  /// Closes.
  case close

  package static func success(_ metadata: Sample = [:]) -> Step { .server(.success(metadata.map)) }

  package static func failure(_ code: String, _ message: String = "no") -> Step {
    .server(
      .failure(
        MapValue([("code", .string(code)), ("message", .string(message))])))
  }

  package static func record(_ values: Sample...) -> Step { .server(.record(values.map(\.value))) }

  /// A message in chunks of a size.
  package static func chunked(_ message: ServerMessage, _ size: Int) -> Step {
    var writer = PackStreamWriter(PackStreamDialect(BoltVersion(5, 8)))
    writer.write(message)
    return .message(Array(writer.take().dropFirst(2).dropLast(2)), chunk: size)
  }

  /// A routing table whose members are scripted servers.
  package static func table(
    write: [ScriptedServer] = [], read: [ScriptedServer] = [], route: [ScriptedServer] = [],
    ttl: Int64 = 300, database: String = "neo4j"
  ) -> Step {
    func role(_ name: String, _ servers: [ScriptedServer]) -> Sample {
      let addresses = servers.map { Value.string("127.0.0.1:\($0.port)") }
      return ["role": Sample(stringLiteral: name), "addresses": Sample(.list(addresses))]
    }
    return .success([
      "rt": [
        "ttl": Sample(integerLiteral: ttl), "db": Sample(stringLiteral: database),
        "servers": [role("WRITE", write), role("READ", read), role("ROUTE", route)],
      ]
    ])
  }

  package static var ignored: Step { .server(.ignored) }

  /// What a message from a client reads like.
  package static func text(of message: ClientMessage) -> String {
    switch message {
    case .hello(let extra): "HELLO \(Sample.text(extra))"
    case .logon(let token): "LOGON \(Sample.text(token))"
    case .logoff: "LOGOFF"
    case .goodbye: "GOODBYE"
    case .reset: "RESET"
    case .run(let text, let parameters, let extra):
      "RUN \(text) \(Sample.text(parameters)) \(Sample.text(extra))"
    case .pull(let demand): "PULL \(Sample.text(demand.metadata))"
    case .discard(let demand): "DISCARD \(Sample.text(demand.metadata))"
    case .begin(let extra): "BEGIN \(Sample.text(extra))"
    case .commit: "COMMIT"
    case .rollback: "ROLLBACK"
    case .route(let context, let bookmarks, let extra):
      "ROUTE \(Sample.text(context)) \(bookmarks) \(Sample.text(extra))"
    case .telemetry(let call): "TELEMETRY \(call)"
    }
  }
}

extension [Step] {
  /// A connection up to the point where statements may come.
  package static func login(
    _ version: BoltVersion = BoltVersion(5, 8), agent: String = "Neo4j/5.26.0",
    hints: Sample = [:], logon: Sample = [:]
  ) -> [Step] {
    let greeting: Sample = [
      "server": Sample(stringLiteral: agent), "connection_id": "bolt-1", "hints": hints,
    ]
    var steps: [Step] = [
      .hello, .send([0, 0, version.minor, version.major]), .dialect(PackStreamDialect(version)),
      .client("HELLO …"),
    ]
    if version.hasLogon { steps.append(.client("LOGON …")) }
    steps.append(.success(greeting))
    if version.hasLogon { steps.append(.success(logon)) }
    return steps
  }

  /// The look whether the database is there.
  package static func ping(_ database: String = "neo4j") -> [Step] {
    [
      .client("RUN CALL db.ping() …"), .client("PULL …"), .success(["fields": ["success"]]),
      .record(true), .success(["type": "r", "db": Sample(stringLiteral: database)]),
    ]
  }

  /// A statement with its answer.
  package static func statement(
    _ text: String, fields: Sample = ["x"], rows: [[Sample]] = [[1]], end: Sample = ["type": "r"]
  ) -> [Step] {
    [.client("RUN \(text) …"), .client("PULL …"), .success(["fields": fields])]
      + rows.map { .server(.record($0.map(\.value))) } + [.success(end)]
  }

  /// What ends a session.
  package static var goodbye: [Step] { [.client("GOODBYE"), .close] }

  /// A connection that is ready for statements.
  package static func ready(_ version: BoltVersion = BoltVersion(5, 8)) -> [Step] {
    login(version) + ping()
  }
}
