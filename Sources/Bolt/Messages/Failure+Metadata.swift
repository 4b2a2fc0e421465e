public import Diagnostics
public import GraphValues

extension MapValue {
  /// A failure as FAILURE carries it.
  ///
  /// - Parameters:
  ///   - failure: What failed.
  ///   - version: Tells whether GQL statuses are sent.
  ///   - statement: The text that the failure's position counts in.
  public init(_ failure: Failure, version: BoltVersion, statement: String) {
    let message = failure.legacyMessage(in: statement)
    guard version.hasGQLFailures else {
      self.init([("code", .string(failure.code)), ("message", .string(message))])
      return
    }
    var map = MapValue([
      ("neo4j_code", .string(failure.code)),
      ("message", .string(message)),
      ("gql_status", .string(failure.gqlStatus)),
      ("description", .string("error: " + failure.gqlDescription)),
    ])
    if let record = Self.record(failure.code, failure.position) {
      map["diagnostic_record"] = .map(record)
    }
    if let cause = Self.chain(failure.causes[...], failure.code, failure.position) {
      map["cause"] = .map(cause)
    }
    self = map
  }

  /// The causes from the first on, each inside the one before; all have the position.
  private static func chain(
    _ causes: ArraySlice<GQLCause>, _ code: String, _ position: SourcePosition?
  ) -> MapValue? {
    guard let cause = causes.first else { return nil }
    let rest = causes.dropFirst()
    let message =
      cause.message.isEmpty ? cause.gqlStatus : "\(cause.gqlStatus): \(cause.message)"
    var map = MapValue([
      ("message", .string(message)),
      ("gql_status", .string(cause.gqlStatus)),
      ("description", .string("error: " + cause.gqlDescription)),
    ])
    let classified = cause.gqlStatus.hasPrefix("50") ? "Neo.DatabaseError" : code
    let known = cause.gqlStatus.hasPrefix("22") && code.hasPrefix("Neo.DatabaseError")
    if let record = record(known ? "Neo.ClientError" : classified, position) {
      map["diagnostic_record"] = .map(record)
    }
    if let inner = chain(rest, code, position) { map["cause"] = .map(inner) }
    return map
  }

  private static func record(_ code: String, _ position: SourcePosition?) -> MapValue? {
    let parts = code.split(separator: ".", maxSplits: 2)
    let classification: String? =
      switch parts.count > 1 ? parts[1] : "" {
      case "ClientError": "CLIENT_ERROR"
      case "TransientError": "TRANSIENT_ERROR"
      case "DatabaseError": "DATABASE_ERROR"
      default: nil
      }
    guard let classification else { return nil }
    var map = MapValue([("_classification", .string(classification))])
    if let position { map["_position"] = .map(MapValue(position)) }
    return map
  }

  /// A position as metadata carries it.
  public init(_ position: SourcePosition) {
    self.init([
      ("offset", .integer(Int64(position.offset))), ("line", .integer(Int64(position.line))),
      ("column", .integer(Int64(position.column))),
    ])
  }
}

extension SourcePosition {
  /// Reads a position; `nil` when a part is missing or beyond reason.
  public init?(metadata: Value?) {
    guard case .map(let map)? = metadata, case .integer(let offset)? = map["offset"],
      case .integer(let line)? = map["line"], case .integer(let column)? = map["column"],
      let offset = Int32(exactly: offset), let line = Int32(exactly: line),
      let column = Int32(exactly: column)
    else { return nil }
    self.init(offset: Int(offset), line: Int(line), column: Int(column))
  }
}

extension Failure {
  /// Reads the metadata of a FAILURE, whatever of it there is.
  ///
  /// Where the server tells a position by itself, it is taken out of the message, which then says
  /// what is wrong and nothing more; else the message is kept whole.
  public init(metadata: MapValue) {
    let code = Self.text(metadata["neo4j_code"]) ?? Self.text(metadata["code"]) ?? ""
    let message = Self.text(metadata["message"]) ?? Self.text(metadata["description"]) ?? ""
    let renamed =
      switch code {
      case "Neo.TransientError.Transaction.Terminated": "Neo.ClientError.Transaction.Terminated"
      case "Neo.TransientError.Transaction.LockClientStopped":
        "Neo.ClientError.Transaction.LockClientStopped"
      default: code
      }
    guard let status = Self.text(metadata["gql_status"]),
      let description = Self.text(metadata["description"])
    else {
      self.init(code: renamed, message: message)
      return
    }
    let position = Self.position(metadata)
    self.init(
      code: renamed, message: position.map { Self.message(message, without: $0) } ?? message,
      gqlStatus: status, gqlDescription: Self.withoutPrefix(description),
      causes: Self.causes(metadata["cause"]), position: position)
  }

  /// The position that the failure or the first of its causes with one tells.
  private static func position(_ metadata: MapValue) -> SourcePosition? {
    var next: MapValue? = metadata
    for _ in 0...maximumCauses {
      guard let map = next else { return nil }
      if case .map(let record)? = map["diagnostic_record"],
        let position = SourcePosition(metadata: record["_position"])
      {
        return position
      }
      next = if case .map(let cause)? = map["cause"] { cause } else { nil }
    }
    return nil
  }

  private static func message(_ message: String, without position: SourcePosition) -> String {
    let place =
      " (line \(position.line), column \(position.column) (offset: \(position.offset)))"
    guard let found = message.firstRange(of: place) else { return message }
    return String(message[..<found.lowerBound])
  }

  private static let maximumCauses = 32

  private static func causes(_ first: Value?) -> [GQLCause] {
    var causes: [GQLCause] = []
    var next = first
    while case .map(let map)? = next, causes.count < maximumCauses {
      let status = text(map["gql_status"]) ?? "50N42"
      let whole = text(map["message"]) ?? ""
      let prefix = status + ": "
      let message =
        whole == status
        ? "" : whole.hasPrefix(prefix) ? String(whole.dropFirst(prefix.count)) : whole
      causes.append(
        GQLCause(
          gqlStatus: status,
          gqlDescription: withoutPrefix(text(map["description"]) ?? ""), message: message))
      next = map["cause"]
    }
    return causes
  }

  private static func withoutPrefix(_ description: String) -> String {
    description.hasPrefix("error: ") ? String(description.dropFirst(7)) : description
  }

  private static func text(_ value: Value?) -> String? {
    if case .string(let text)? = value { text } else { nil }
  }
}
