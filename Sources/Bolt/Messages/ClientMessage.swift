public import GraphValues

/// What a client says; each but GOODBYE gets exactly one summary.
public enum ClientMessage: Sendable {
  /// Opens the conversation; up to 5.0 with credentials.
  case hello(MapValue)
  /// Says who the client is.
  case logon(MapValue)
  /// Forgets who the client is.
  case logoff
  /// Ends the conversation.
  case goodbye
  /// Stops what runs and forgets what failed.
  case reset
  /// Runs a statement.
  case run(text: String, parameters: MapValue, extra: MapValue)
  /// Asks for records of a result.
  case pull(StreamDemand)
  /// Drops records of a result.
  case discard(StreamDemand)
  /// Opens an explicit transaction.
  case begin(MapValue)
  /// Commits it.
  case commit
  /// Rolls it back.
  case rollback
  /// Asks which servers there are.
  case route(context: MapValue, bookmarks: [String], extra: MapValue)
  /// Tells by which call of the driver the work began.
  case telemetry(Int64)

  /// The message's name as failures tell it.
  public var name: String {
    switch self {
    case .hello: "Hello"
    case .logon: "Logon"
    case .logoff: "Logoff"
    case .goodbye: "Goodbye"
    case .reset: "Reset"
    case .run: "Run"
    case .pull: "Pull"
    case .discard: "Discard"
    case .begin: "Begin"
    case .commit: "Commit"
    case .rollback: "Rollback"
    case .route: "Route"
    case .telemetry: "Telemetry"
    }
  }
}

/// How many records of which result.
public struct StreamDemand: Hashable, Sendable {
  /// How many; `nil` for all that are left.
  public var count: Int?
  /// The result's number in its transaction; `nil` for the latest.
  public var statement: Int64?

  /// Makes a demand.
  public init(count: Int? = nil, statement: Int64? = nil) {
    self.count = count
    self.statement = statement
  }

  /// The demand as metadata.
  public var metadata: MapValue {
    var map = MapValue([("n", .integer(count.map { Int64($0) } ?? -1))])
    if let statement { map["qid"] = .integer(statement) }
    return map
  }
}
