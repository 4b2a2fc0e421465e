import QuerySession

/// The routing tables of one client, by database, and what errors do to them.
struct RoutingTables: Sendable {
  /// What an error means for tables and connections.
  enum Consequence: Sendable, Equatable {
    /// Nothing.
    case none
    /// The member is gone: all tables forget it.
    case forget
    /// The member no longer writes to this database.
    case demote
    /// Connections to the member must say anew who they are.
    case authenticate
  }

  /// By the name that was asked for; empty while the home database's name is not known.
  private var tables: [String: RoutingTable] = [:]

  /// The table of a database, fresh or not.
  func table(of database: String) -> RoutingTable? { tables[database] }

  /// Takes a table in, under the name asked for and the database's own.
  mutating func insert(
    _ table: RoutingTable, for database: String, now: ContinuousClock.Instant
  ) {
    tables = tables.filter { !$0.value.isForgotten(now: now) }
    tables[database] = table
    if let name = table.database { tables[name] = table }
  }

  /// Whether any table names a member.
  func mentions(_ endpoint: ServerEndpoint) -> Bool {
    tables.values.contains {
      $0.routers.contains(endpoint) || $0.readers.contains(endpoint)
        || $0.writers.contains(endpoint)
    }
  }

  /// Forgets a member that cannot be reached.
  mutating func forget(_ endpoint: ServerEndpoint) {
    for database in tables.keys { tables[database]?.remove(endpoint) }
  }

  /// Takes note of a member that refuses to write to a database.
  mutating func demote(_ endpoint: ServerEndpoint, in database: String) {
    let name = tables[database]?.database ?? database
    for key in [database, name] { tables[key]?.writers.removeAll { $0 == endpoint } }
  }

  /// Draws the conclusion from the code of a failure that a member answered.
  mutating func note(
    code: String, from endpoint: ServerEndpoint, database: String
  ) -> Consequence {
    let consequence = Self.consequence(of: code)
    switch consequence {
    case .forget: forget(endpoint)
    case .demote: demote(endpoint, in: database)
    case .authenticate, .none: break
    }
    return consequence
  }

  private static func consequence(of code: String) -> Consequence {
    switch code {
    case "Neo.TransientError.General.DatabaseUnavailable": .forget
    case "Neo.ClientError.Cluster.NotALeader",
      "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase":
      .demote
    case "Neo.ClientError.Security.AuthorizationExpired": .authenticate
    default: .none
    }
  }

  /// Whether a failure of ROUTE is the answer, rather than a reason to ask somebody else.
  static func isFinal(code: String) -> Bool {
    switch code {
    case "Neo.ClientError.Security.AuthorizationExpired": false
    case "Neo.ClientError.Database.DatabaseNotFound",
      "Neo.ClientError.Transaction.InvalidBookmark",
      "Neo.ClientError.Transaction.InvalidBookmarkMixture",
      "Neo.ClientError.Statement.TypeError", "Neo.ClientError.Statement.ArgumentError",
      "Neo.ClientError.Request.Invalid":
      true
    default: code.hasPrefix("Neo.ClientError.Security.")
    }
  }
}
