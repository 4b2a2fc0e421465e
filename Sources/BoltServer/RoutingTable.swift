import GraphValues

/// The routing table of a single server: itself in all three roles.
enum RoutingTable {
  private static let secondsToLive: Int64 = 300

  /// The table of a database.
  static func map(address: String, database: String) -> MapValue {
    let servers = ["WRITE", "READ", "ROUTE"].map { role -> Value in
      .map(
        MapValue([("addresses", .list([.string(address)])), ("role", .string(role))]))
    }
    return MapValue([
      (
        "rt",
        .map(
          MapValue([
            ("servers", .list(servers)), ("ttl", .integer(secondsToLive)),
            ("db", .string(database)),
          ]))
      )
    ])
  }
}
