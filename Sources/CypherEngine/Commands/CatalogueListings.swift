import CypherRuntime
import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

/// Rows of SHOW FUNCTIONS, PROCEDURES, DATABASES and their like, by column name.
struct CatalogueListings {
  let engine: GraphEngine
  let database: DatabaseDescriptor
  let parameters: [String: Value]

  // MARK: Functions and procedures

  func functions(_ filter: ShowListing.FunctionFilter?) -> [[String: Value]] {
    if filter == .userDefined { return [] }
    return FunctionCatalogue.all(isCypher25: false).map { function in
      [
        "name": .string(function.name), "category": .string(function.category.rawValue),
        "description": .string(function.summary), "signature": .string(function.text),
        "isBuiltIn": .boolean(true), "argumentDescription": .list([]),
        "returnDescription": .string(function.returnText),
        "aggregating": .boolean(function.isAggregating), "rolesExecution": .null,
        "rolesBoostedExecution": .null, "isDeprecated": .boolean(false), "deprecatedBy": .null,
      ]
    }
  }

  func procedures() -> [[String: Value]] {
    engine.procedures.signatures.map { procedure in
      [
        "name": .string(procedure.name), "description": .string(procedure.summary),
        "mode": .string(procedure.mode.rawValue), "worksOnSystem": .boolean(false),
        "signature": .string(Self.text(procedure)),
        "argumentDescription": .list(procedure.inputs.map(Self.description)),
        "returnDescription": .list(procedure.outputs.map(Self.description)),
        "admin": .boolean(false), "rolesExecution": .null, "rolesBoostedExecution": .null,
        "isDeprecated": .boolean(false), "deprecatedBy": .null,
        "option": .map(MapValue([("deprecated", .boolean(false))])),
      ]
    }
  }

  private static func description(_ field: ProcedureSignature.Field) -> Value {
    .map(
      MapValue([
        ("name", .string(field.name)),
        ("description", .string("\(field.name) :: \(field.type.text)")),
        ("isDeprecated", .boolean(false)), ("type", .string(field.type.text)),
      ]))
  }

  private static func text(_ procedure: ProcedureSignature) -> String {
    func fields(_ fields: [ProcedureSignature.Field]) -> String {
      fields.map { field in
        let given = field.defaultText.map { " = \($0)" } ?? ""
        return "\(field.name)\(given) :: \(field.type.text)"
      }.joined(separator: ", ")
    }
    return "\(procedure.name)(\(fields(procedure.inputs))) :: (\(fields(procedure.outputs)))"
  }

  // MARK: Databases

  func databases(_ filter: ShowListing.DatabaseFilter) throws(Failure) -> [[String: Value]] {
    let all = try storing { () throws(StoreError) in try engine.catalogue.databases() }
    var wanted = all
    switch filter {
    case .all: break
    case .standard, .home: wanted = all.filter(\.isDefault)
    case .named(let expression):
      guard case .string(let name) = try ConstantExpression.value(expression, parameters) else {
        return []
      }
      wanted = all.filter { $0.name == name.lowercased() }
    }
    return wanted.sorted { $0.name < $1.name }.map(row)
  }

  private func row(_ database: DatabaseDescriptor) -> [String: Value] {
    let status: Value = .string(database.isOnline ? "online" : "offline")
    let isSystem = database.name == "system"
    return [
      "name": .string(database.name), "type": .string(isSystem ? "system" : "standard"),
      "aliases": .list([]),
      "access": .string(database.isWritable ? "read-write" : "read-only"),
      "databaseID": .string(database.id), "serverID": .null,
      "address": .string("localhost:7687"), "role": .string("primary"),
      "writer": .boolean(true), "requestedStatus": status, "currentStatus": status,
      "statusMessage": .string(""), "default": .boolean(database.isDefault),
      "home": .boolean(database.isDefault), "currentPrimariesCount": .integer(1),
      "currentSecondariesCount": .integer(0), "requestedPrimariesCount": .null,
      "requestedSecondariesCount": .null, "creationTime": .null, "lastStartTime": .null,
      "lastStopTime": .null, "store": .string("lmdb"), "lastCommittedTxn": .null,
      "replicationLag": .integer(0), "constituents": .list([]),
      "defaultLanguage": .string("CYPHER 5"), "options": .map(MapValue()),
    ]
  }

  // MARK: Users and settings

  func users() -> [[String: Value]] {
    [
      [
        "user": .string("neo4j"), "roles": .null, "passwordChangeRequired": .boolean(false),
        "suspended": .null, "home": .null,
      ]
    ]
  }

  func settings(_ names: Value?) -> [[String: Value]] {
    let wanted: Set<String>? = names.map { value in
      switch value {
      case .string(let name): [name]
      case .list(let values):
        Set(values.compactMap { if case .string(let name) = $0 { name } else { nil } })
      default: []
      }
    }
    let rows: [(String, String, String, Bool)] = [
      (
        "db.transaction.memory.limit", "\(engine.options.memoryLimitBytes)",
        "Bytes that one statement may hold.", false
      ),
      (
        "db.lock.acquisition.timeout", "\(Int(engine.options.writeDeadlineSeconds))s",
        "How long a statement waits for another writer.", false
      ),
      ("db.temporal.timezone", "Z", "The zone of instants given without one.", false),
      (
        "server.directories.data", engine.dataDirectory ?? "memory:",
        "Where the databases lie.", false
      ),
    ]
    return rows.filter { wanted?.contains($0.0) ?? true }.map { name, value, summary, isDynamic in
      [
        "name": .string(name), "value": .string(value), "isDynamic": .boolean(isDynamic),
        "defaultValue": .string(value), "description": .string(summary),
        "startupValue": .string(value), "isExplicitlySet": .boolean(false),
        "validValues": .string(""), "isDeprecated": .boolean(false),
      ]
    }
  }
}
