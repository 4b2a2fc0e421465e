import CypherRuntime
import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

/// Rows of SHOW DATABASES, ALIASES and USERS, by column name, as a transaction on `system` sees them.
struct AdministrationListings {
  let engine: GraphEngine
  let list: CatalogueList
  let parameters: [String: Value]
  let user: SessionUser?

  /// The rows of a listing.
  func rows(_ listing: ShowListing) throws(Failure) -> [[String: Value]] {
    switch listing {
    case .databases(let filter): try databases(filter)
    case .aliases(let name): try aliases(name)
    case .users(let currentOnly, let withAuth): try users(currentOnly, withAuth)
    default: []
    }
  }

  // MARK: Databases

  private func databases(_ filter: ShowListing.DatabaseFilter) throws(Failure)
    -> [[String: Value]]
  {
    let all = try storing { () throws(StoreError) in try list.databases() }
    let aliases = try engine.aliases(in: list)
    let home = user?.homeDatabase ?? all.first { $0.isDefault }?.name
    let wanted: [DatabaseDescriptor]
    switch filter {
    case .all: wanted = all
    case .standard: wanted = all.filter(\.isDefault)
    case .home: wanted = all.filter { $0.name == home }
    case .named(let expression):
      guard case .string(let name) = try ConstantExpression.value(expression, parameters) else {
        return []
      }
      let meant = aliases.first { $0.name == name.lowercased() }?.target ?? name.lowercased()
      wanted = all.filter { $0.name == meant }
    }
    return wanted.map { database in
      row(
        database, isHome: database.name == home,
        aliases.filter { $0.target == database.name }.map(\.name))
    }
  }

  private func row(
    _ database: DatabaseDescriptor, isHome: Bool, _ aliases: [String]
  ) -> [String: Value] {
    let status: Value = .string(database.isOnline ? "online" : "offline")
    let isSystem = database.name == Catalogue.systemName
    return [
      "name": .string(database.name), "type": .string(isSystem ? "system" : "standard"),
      "aliases": .list(aliases.map { .string($0) }),
      "access": .string(database.isWritable ? "read-write" : "read-only"),
      "databaseID": .string(database.id), "serverID": .null,
      "address": .string(engine.address), "role": .string("primary"),
      "writer": .boolean(true), "requestedStatus": status, "currentStatus": status,
      "statusMessage": .string(""), "default": .boolean(database.isDefault),
      "home": .boolean(isHome), "currentPrimariesCount": .integer(1),
      "currentSecondariesCount": .integer(0), "requestedPrimariesCount": .null,
      "requestedSecondariesCount": .null,
      "creationTime": Self.instant(database.createdMilliseconds), "lastStartTime": .null,
      "lastStopTime": .null, "store": .string("lmdb"), "lastCommittedTxn": .null,
      "replicationLag": .integer(0), "constituents": .list([]),
      "defaultLanguage": .string("CYPHER \(database.language.isEmpty ? "5" : database.language)"),
      "options": .map(database.options),
    ]
  }

  private static func instant(_ milliseconds: Int64) -> Value {
    guard milliseconds > 0 else { return .null }
    return .zonedDateTime(
      ZonedDateTime(
        epochSecond: milliseconds / 1_000, nanosecond: Int32(milliseconds % 1_000) * 1_000_000,
        offsetSeconds: 0, zoneName: nil))
  }

  private func aliases(_ name: Expression?) throws(Failure) -> [[String: Value]] {
    var aliases = try engine.aliases(in: list)
    if let name {
      guard case .string(let wanted) = try ConstantExpression.value(name, parameters) else {
        return []
      }
      aliases.removeAll { $0.name != wanted.lowercased() }
    }
    return aliases.map { alias in
      [
        "name": .string(alias.name), "composite": .null, "database": .string(alias.target),
        "location": .string("local"), "url": .null, "user": .null, "driver": .null,
        "defaultLanguage": .null, "properties": .map(MapValue()),
      ]
    }
  }

  // MARK: Users

  private func users(_ currentOnly: Bool, _ withAuth: Bool) throws(Failure) -> [[String: Value]] {
    let current = user?.name ?? UserList.firstName
    return try UserList(list: list).all().filter { !currentOnly || $0.name == current }.map {
      [
        "user": .string($0.name), "roles": .null,
        "passwordChangeRequired": .boolean($0.isChangeRequired), "suspended": .null,
        "home": $0.homeDatabase.map { .string($0) } ?? .null, "provider": .string("native"),
        "auth": .map(
          MapValue([
            ("password", .string("***")), ("changeRequired", .boolean($0.isChangeRequired)),
          ])),
        "tags": .list([]),
      ]
    }
  }
}

extension GraphEngine {
  /// The address that listings show.
  var address: String { "localhost:7687" }

  /// All aliases by name.
  func aliases(in list: CatalogueList) throws(Failure) -> [(name: String, target: String)] {
    let prefix = "alias/"
    return try storing { () throws(StoreError) in
      try list.settings(prefix: prefix).map {
        (String($0.key.dropFirst(prefix.count)), $0.value.plainText ?? "")
      }
    }
  }

  /// What a command yields that was told to wait: nothing happens later here.
  var waitedRow: [String: Value] {
    [
      "address": .string(address), "state": .string("CaughtUp"), "message": .string("caught up"),
      "success": .boolean(true),
    ]
  }
}
