import Diagnostics
public import GraphValues

/// What BEGIN, and RUN outside a transaction, ask of the transaction.
public struct TransactionExtra: Sendable {
  /// States that it must see.
  public var bookmarks: [String] = []
  /// Milliseconds after which it ends; `nil` leaves it to the server.
  public var timeoutMilliseconds: Int64?
  /// Notes of the client.
  public var metadata = MapValue()
  /// Whether it may only read.
  public var isReadOnly = false
  /// The database; empty for the home database.
  public var database = ""
  /// The user to act as.
  public var impersonatedUser: String?
  /// Which notifications are wanted; `nil` leaves it to the connection.
  public var notifications: NotificationFilter?
  /// Whether the transaction, though begun by BEGIN, is to behave like that of a single statement.
  public var isImplicit = false

  /// Asks nothing special.
  public init() {}

  /// Reads the metadata of BEGIN or RUN.
  ///
  /// - Throws: What to answer to values that are not allowed.
  public init(_ map: MapValue, version: BoltVersion) throws(ProtocolFailure) {
    bookmarks = try Bookmarks.texts(map["bookmarks"]) {
      .illegalWithin("metadata", "bookmarks", $0, $1)
    }
    switch map["tx_timeout"] {
    case nil, .null: break
    // Neo4j takes what is negative for the server's own limit.
    case .integer(let number): timeoutMilliseconds = number >= 0 ? number : nil
    case .some(let other): throw Self.illegal("tx_timeout", "Expected long", other, "LONG")
    }
    switch map["tx_metadata"] {
    case nil, .null: break
    case .map(let notes): metadata = notes
    case .some(let other): throw Self.illegal("tx_metadata", "Expected map", other, "MAP")
    }
    isReadOnly = try Self.isReadOnly(map["mode"])
    database = try Self.text("db", map["db"]) ?? ""
    impersonatedUser = try Self.text("imp_user", map["imp_user"])
    isImplicit = try Self.text("tx_type", map["tx_type"]) == "IMPLICIT"
    notifications = try NotificationFilter(map, version: version, field: "metadata")
  }

  private static func isReadOnly(_ value: Value?) throws(ProtocolFailure) -> Bool {
    let text = "Expecting access mode value to be 'r' or 'w'"
    switch value {
    case nil, .null, .string("w"): return false
    case .string("r"): return true
    case .string(let other):
      throw .illegalWithin(
        "metadata", "mode", text,
        [
          GQLCauses.cause(
            "22N04", "data exception - invalid input value",
            "Invalid input '\(other)' for access mode value. Expected 'r' or 'w'.")
        ])
    case .some(let other): throw illegal("mode", text, other, "STRING")
    }
  }

  private static func text(_ field: String, _ value: Value?) throws(ProtocolFailure) -> String? {
    switch value {
    case nil, .null: nil
    case .string(let text): text
    case .some(let other): throw illegal(field, "Expected string", other, "STRING")
    }
  }

  private static func illegal(
    _ field: String, _ text: String, _ value: Value, _ expected: String
  ) -> ProtocolFailure {
    .illegalWithin(
      "metadata", field, text,
      ProtocolFailure.wrongType(value.boltText, expected, value.boltTypeName))
  }
}
