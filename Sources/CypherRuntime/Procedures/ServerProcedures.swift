import Diagnostics
import Foundation
import GraphStore
import GraphValues
import QueryPlan

/// Procedures about the server, the connection and the transaction.
enum ServerProcedures {
  static let all: [Procedure] = databases + server + connections + transactions

  private static let databases: [Procedure] = [
    Procedure(
      "db.info", yields: identityColumns, "Tells the database's id, name and age.",
      identity),
    Procedure(
      "db.ping", yields: [.field("success", .boolean)], "Answers, to show that it can."
    ) { (_, _) throws(Failure) in [[.boolean(true)]] },
    Procedure(
      "db.clearQueryCaches", yields: [.field("value", .string)], mode: .dbms,
      "Forgets all cached plans."
    ) { (_, context) throws(Failure) in
      let count = context.services.clearQueryCaches()
      let text =
        count == 0
        ? "Query cache already empty."
        : "Query caches successfully cleared of \(count) queries."
      return [[.string(text)]]
    }.administrative,
    Procedure(
      "db.prepareForReplanning", [.field("timeOutSeconds", .integer, "300")],
      "Forgets all cached plans, so that the next ones fit the data of now."
    ) { (_, context) throws(Failure) in
      _ = context.services.clearQueryCaches()
      return []
    }.administrative,
    Procedure(
      "db.checkpoint", yields: [.field("success", .boolean), .field("message", .string)],
      mode: .dbms, "Makes everything that was committed durable."
    ) { (_, context) throws(Failure) in
      try context.services.checkpoint()
      return [[.boolean(true), .string("Checkpoint completed.")]]
    },
  ]

  private static let server: [Procedure] = [
    Procedure(
      "dbms.components",
      yields: [
        .field("name", .string), .field("versions", .list(.string)), .field("edition", .string),
      ], mode: .dbms, "Lists the parts of the server with their versions."
    ) { (_, context) throws(Failure) in
      [
        [
          .string("Neo4j Kernel"), .list([.string(context.services.serverVersion)]),
          .string("community"),
        ], [.string("Cypher"), .list([.string("5"), .string("25")]), .string("")],
      ]
    },
    Procedure(
      "dbms.info", yields: identityColumns, mode: .dbms, "Tells the server's id, name and age.",
      identity),
    Procedure(
      "dbms.listConfig", [.field("searchString", .string, "''")],
      yields: [
        .field("name", .string), .field("description", .string), .field("value", .string),
        .field("dynamic", .boolean), .field("defaultValue", .string),
        .field("startupValue", .string), .field("explicitlySet", .boolean),
        .field("validValues", .string),
      ], mode: .dbms, "Lists the settings whose names contain a text.", settings
    ).administrative,
    Procedure(
      "dbms.showCurrentUser",
      yields: [
        .field("username", .string), .field("roles", .list(.string)),
        .field("flags", .list(.string)),
      ], mode: .dbms, "Tells who is signed in."
    ) { (_, context) throws(Failure) in
      [[.string(context.services.currentUser), .null, .list([])]]
    },
    Procedure(
      "dbms.listCapabilities",
      yields: [
        .field("name", .string), .field("description", .string), .field("value", .any),
      ], mode: .dbms, "Lists what clients may ask about the server; there is nothing."
    ) { (_, _) throws(Failure) in [] },
    Procedure(
      "dbms.queryJmx", [.field("query", .string)],
      yields: [
        .field("name", .string), .field("description", .string), .field("attributes", .map),
      ], mode: .dbms, "Asks for Java's management beans, of which there are none here."
    ) { (_, _) throws(Failure) in [] },
  ]

  private static let connections: [Procedure] = [
    Procedure(
      "dbms.listConnections",
      yields: [
        .field("connectionId", .string), .field("connectTime", .string),
        .field("connector", .string), .field("username", .string), .field("userAgent", .string),
        .field("serverAddress", .string), .field("clientAddress", .string),
      ], mode: .dbms, "Lists the connections of clients."
    ) { (_, context) throws(Failure) in
      context.services.connections.map { connection in
        [
          connection.id, date(connection.openedMilliseconds), connection.connector,
          connection.userName, connection.userAgent, connection.serverAddress,
          connection.clientAddress,
        ].map { .string($0) }
      }
    },
    Procedure(
      "dbms.killConnection", [.field("id", .string)], yields: killColumns, mode: .dbms,
      "Ends a client's connection."
    ) { (arguments, context) throws(Failure) in endConnections(arguments, context) },
    Procedure(
      "dbms.killConnections", [.field("ids", .list(.string))], yields: killColumns, mode: .dbms,
      "Ends connections of clients."
    ) { (arguments, context) throws(Failure) in
      endConnections(arguments[0].listElements, context)
    },
    Procedure(
      "dbms.routing.getRoutingTable", routingInputs, yields: routingColumns, mode: .dbms,
      "Tells drivers where to send reads and writes.", routingTable),
    Procedure(
      "dbms.cluster.routing.getRoutingTable", routingInputs, yields: routingColumns, mode: .dbms,
      "Tells drivers where to send reads and writes.", routingTable
    ).replaced(by: "dbms.routing.getRoutingTable"),
    Procedure(
      "dbms.upgrade", yields: [.field("status", .string), .field("upgradeResult", .string)],
      mode: .write, "Brings the database `system` to this version, as happens by itself."
    ) { (_, context) throws(Failure) in
      try requireSystem(context, "dbms.upgrade")
      return [[.string("CURRENT"), .string("Success")]]
    }.administrative.replaced(by: "Automatic upgrade"),
    Procedure(
      "dbms.upgradeStatus",
      yields: [
        .field("status", .string), .field("description", .string), .field("resolution", .string),
      ], "Tells whether the database `system` is of this version."
    ) { (_, context) throws(Failure) in
      try requireSystem(context, "dbms.upgradeStatus")
      return [
        [
          .string("CURRENT"), .string("The sub-graph is already at the current version"),
          .string("nothing to do"),
        ]
      ]
    }.administrative.replaced(by: "Automatic upgrade"),
  ]

  /// Fails on databases that hold a graph.
  private static func requireSystem(
    _ context: ProcedureContext, _ procedure: String
  ) throws(Failure) {
    if context.databaseName == "system" { return }
    throw Failure(
      code: "Neo.ClientError.Procedure.ProcedureCallFailed",
      message: "This is an administration command and it should be executed against the system "
        + "database: \(procedure)",
      gqlStatus: "51N28",
      gqlDescription: "system configuration or operation exception - not supported by this "
        + "database. This Cypher command must be executed against the database `system`.")
  }

  private static let transactions: [Procedure] = [
    Procedure(
      "tx.getMetaData", yields: [.field("metadata", .map)], mode: .dbms,
      "Gives what the client has attached to the transaction."
    ) { (_, context) throws(Failure) in [[.map(context.services.transactionMetadata)]] },
    Procedure(
      "tx.setMetaData", [.field("data", .map)], mode: .dbms,
      "Attaches a map to the transaction, for logs and lists."
    ) { (arguments, context) throws(Failure) in
      if case .map(let map) = arguments[0] { context.services.transactionMetadata = map }
      return []
    }.onGraphs,
  ]

  private static let identityColumns: [ProcedureSignature.Field] = [
    .field("id", .string), .field("name", .string), .field("creationDate", .string),
  ]

  private static let killColumns: [ProcedureSignature.Field] = [
    .field("connectionId", .string), .field("username", .string), .field("message", .string),
  ]

  private static let routingInputs: [ProcedureSignature.Field] = [
    .field("context", .map), .field("database", .string, "null"),
  ]

  private static let routingColumns: [ProcedureSignature.Field] = [
    .field("ttl", .integer), .field("servers", .list(.map)),
  ]

  private static func identity(
    _ arguments: [Value], _ context: ProcedureContext
  ) throws(Failure) -> [[Value]] {
    let created = date(context.services.creationMilliseconds)
    return [[.string(context.databaseID), .string(context.databaseName), .string(created)]]
  }

  private static func date(_ milliseconds: Int64) -> String {
    Date(timeIntervalSince1970: Double(milliseconds) / 1_000).ISO8601Format(
      Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  private static func settings(
    _ arguments: [Value], _ context: ProcedureContext
  ) throws(Failure) -> [[Value]] {
    let text = arguments[0].plainText ?? ""
    return context.services.settings(matching: text).map { setting in
      [
        .string(setting.name), .string(setting.summary), .string(setting.value),
        .boolean(setting.isDynamic), .string(setting.defaultValue), .string(setting.value),
        .boolean(setting.isExplicitlySet), .string(setting.validValues),
      ]
    }
  }

  private static func endConnections(_ ids: [Value], _ context: ProcedureContext) -> [[Value]] {
    ids.map { id in
      guard let name = id.plainText, let ended = context.services.endConnection(name) else {
        return [id, .string("n/a"), .string("No connection found with this id")]
      }
      return [id, .string(ended.userName), .string("Connection found")]
    }
  }

  private static func routingTable(
    _ arguments: [Value], _ context: ProcedureContext
  ) throws(Failure) -> [[Value]] {
    let addresses = Value.list(context.services.routingAddresses.map { .string($0) })
    let servers = ["WRITE", "READ", "ROUTE"].map { role in
      Value.map(MapValue([("addresses", addresses), ("role", .string(role))]))
    }
    return [[.integer(300), .list(servers)]]
  }
}
