import CypherRuntime
import CypherSyntax
import Diagnostics
import GraphValues
import QuerySession
import QueryPlan

/// Rows of SHOW TRANSACTIONS and TERMINATE TRANSACTIONS, by column name.
struct TransactionListings {
  let engine: GraphEngine
  let parameters: [String: Value]
  /// The session that asks.
  let session: EmbeddedSession

  /// The transactions of some ids, or all.
  func rows(_ ids: QueryPlan.Expression?) throws(Failure) -> [[String: Value]] {
    let wanted = try ids.map { (ids) throws(Failure) in try texts(ids) }
    let now = ClockInstant.now()
    return engine.running.all.compactMap { session, activity in
      guard wanted?.contains(activity.id) ?? true else { return nil }
      return Self.row(activity, isStopped: session.watch.isCancelled, now)
    }
  }

  /// Ends transactions: a row for each id.
  func terminate(_ ids: QueryPlan.Expression) throws(Failure) -> [[String: Value]] {
    let ids = try texts(ids)
    for id in ids where !Self.isID(id) { throw .transactionID(id) }
    let running = engine.running.all
    return ids.map { id in
      let found = running.first { $0.activity.id == id }
      // A statement that ends its own transaction still tells of it.
      let isEnded =
        found.map { $0.session === session || $0.session.terminate($0.activity.transaction) }
        ?? false
      return [
        "transactionId": .string(id),
        "username": found.map { .string($0.activity.user) } ?? .null,
        "message": .string(isEnded ? "Transaction terminated." : "Transaction not found."),
      ]
    }
  }

  private static func row(
    _ activity: SessionActivity, isStopped: Bool, _ now: ClockInstant
  ) -> [String: Value] {
    let isIdle = activity.text.isEmpty
    let hidesPasswords = SecretText.mayHold(activity.text)
    let text = hidesPasswords ? SecretText.hidden(activity.text) : activity.text
    let elapsed = duration(from: activity.started, to: now)
    var row: [String: Value] = [
      "database": .string(activity.database), "transactionId": .string(activity.id),
      "currentQueryId": .string(isIdle ? "" : "query-\(activity.query)"),
      "username": .string(activity.user), "metaData": .map(activity.metadata),
      "currentQuery": .string(text),
      "parameters": .map(hidesPasswords ? MapValue() : activity.parameters),
      "planner": .string("idp"), "runtime": .string("slotted"), "indexes": .list([]),
      "startTime": instant(activity.started),
      "status": .string(isStopped ? "Terminated" : "Running"),
      "currentQueryStartTime": isIdle ? .string("") : instant(activity.queryStarted),
      "currentQueryStatus": .string(isIdle ? "" : "running"),
      "resourceInformation": .map(MapValue()),
      "activeLockCount": .integer(0), "elapsedTime": elapsed,
      "currentQueryElapsedTime": isIdle
        ? .null : duration(from: activity.queryStarted, to: now),
    ]
    let connection = activity.connection
    row["connectionId"] = .string(connection?.id ?? "")
    row["clientAddress"] = .string(connection?.address ?? "")
    row["protocol"] = .string(connection?.protocolName ?? "")
    row["requestUri"] = .string(connection?.serverAddress ?? "")
    for name in ["outerTransactionId", "statusDetails", "initializationStackTrace"] {
      row[name] = .string("")
    }
    return row
  }

  private static func isID(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 3, parts[parts.count - 2] == "transaction" else { return false }
    return !parts[0].isEmpty && Int(parts[parts.count - 1]) != nil
  }

  private func texts(_ ids: QueryPlan.Expression) throws(Failure) -> [String] {
    try ConstantExpression.value(ids, parameters).texts()
  }

  /// A moment as text.
  private static func instant(_ clock: ClockInstant) -> Value {
    let milliseconds = clock.nanosecond / 1_000_000
    let value = ZonedDateTime(
      epochSecond: clock.epochSecond, nanosecond: milliseconds * 1_000_000, offsetSeconds: 0,
      zoneName: nil)
    return .string(TemporalInstant(.zonedDateTime(value))?.isoText ?? "")
  }

  private static func duration(from start: ClockInstant, to end: ClockInstant) -> Value {
    var seconds = end.epochSecond - start.epochSecond
    var nanoseconds = end.nanosecond - start.nanosecond
    if nanoseconds < 0 {
      seconds -= 1
      nanoseconds += 1_000_000_000
    }
    return .duration(
      DurationValue(
        months: 0, days: 0, seconds: max(0, seconds),
        nanoseconds: nanoseconds / 1_000_000 * 1_000_000))
  }
}

/// Statements with passwords in them, for others to see.
enum SecretText {
  /// Whether a statement may hold a password.
  static func mayHold(_ text: String) -> Bool { text.uppercased().contains("PASSWORD") }

  /// The statement with stars in place of its strings.
  static func hidden(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var shown: [UInt8] = []
    var end = 0
    for token in SyntaxToken.tokens(in: text) where token.kind.isText {
      shown += bytes[end..<Int(token.start)]
      shown += "'******'".utf8
      end = Int(token.end)
    }
    return String(decoding: shown + bytes[end...], as: UTF8.self)
  }
}

extension SyntaxToken.Kind {
  fileprivate var isText: Bool {
    switch self {
    case .stringLiteral, .interpolatedString: true
    default: false
    }
  }
}

extension Value {
  /// The names or ids that a text or a list of texts holds.
  ///
  /// - Throws: When it holds something else.
  func texts() throws(Failure) -> [String] {
    switch self {
    case .string(let text): return [text]
    case .list(let values):
      var texts: [String] = []
      for value in values {
        guard case .string(let text) = value else { throw .stringsExpected(value) }
        texts.append(text)
      }
      return texts
    default: throw .stringsExpected(self)
    }
  }
}

extension Failure {
  /// A text that is no transaction's id.
  fileprivate static func transactionID(_ text: String) -> Failure {
    Failure(
      code: "Neo.ClientError.General.InvalidArguments",
      message: "Could not parse id (expected format: <databasename>-transaction-<id>)",
      gqlStatus: "22N05",
      gqlDescription:
        "data exception - input failed validation. Invalid input '\(text)' for transaction id.")
  }

  /// Something else where names or ids are expected.
  fileprivate static func stringsExpected(_ value: Value) -> Failure {
    let shown: String =
      switch value {
      case .integer(let number): "Long(\(number))"
      case .float(let number): "Double(\(number))"
      case .boolean(let flag): "Boolean('\(flag)')"
      default: value.literal
      }
    return Failure(
      code: "Neo.ClientError.Statement.TypeError",
      message: "Expected a string or a list of strings, but got: \(shown)", gqlStatus: "22G03",
      gqlDescription: "data exception - invalid value type",
      causes: [
        GQLCause(
          gqlStatus: "22N27",
          gqlDescription: "data exception - invalid entity type. Invalid input "
            + "'\(value.literal)'. Expected to be STRING or LIST<STRING>.",
          message: "Invalid input '\(value.literal)'. Expected to be STRING or LIST<STRING>.")
      ])
  }
}
