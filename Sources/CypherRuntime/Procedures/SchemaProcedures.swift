import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

/// Procedures that tell of names, indexes and the shape of the data.
enum SchemaProcedures {
  static let all: [Procedure] = [
    Procedure(
      "db.labels", yields: [.field("label", .string)], "Lists the labels that nodes have.",
      labels),
    Procedure(
      "db.relationshipTypes", yields: [.field("relationshipType", .string)],
      "Lists the types that relationships have.", relationshipTypes),
    Procedure(
      "db.propertyKeys", yields: [.field("propertyKey", .string)],
      "Lists the property keys that were ever used."
    ) { (_, context) throws(Failure) in
      context.transaction.keys.map { [.string(context.transaction.name(of: $0))] }
    },
    Procedure(
      "db.createLabel", [.field("newLabel", .string)], mode: .write, "Makes a label known."
    ) { (arguments, context) throws(Failure) in
      let name = try tokenName(arguments[0], "db.createLabel", "label")
      try write(context) { (transaction) throws(StoreError) in
        _ = try transaction.createLabel(named: name)
      }
      return []
    },
    Procedure(
      "db.createRelationshipType", [.field("newRelationshipType", .string)], mode: .write,
      "Makes a relationship type known."
    ) { (arguments, context) throws(Failure) in
      let name = try tokenName(arguments[0], "db.createRelationshipType", "relationship type")
      try write(context) { (transaction) throws(StoreError) in
        _ = try transaction.createType(named: name)
      }
      return []
    },
    Procedure(
      "db.createProperty", [.field("newProperty", .string)], mode: .write,
      "Makes a property key known."
    ) { (arguments, context) throws(Failure) in
      let name = try tokenName(arguments[0], "db.createProperty", "property key")
      try write(context) { (transaction) throws(StoreError) in
        _ = try transaction.createKey(named: name)
      }
      return []
    },
    Procedure(
      "db.awaitIndex", [.field("indexName", .string), .field("timeOutSeconds", .integer, "300")],
      "Waits until an index is ready; indexes here always are."
    ) { (arguments, context) throws(Failure) in
      try requireIndex(arguments[0], "db.awaitIndexByName", context)
      return []
    },
    Procedure(
      "db.awaitIndexes", [.field("timeOutSeconds", .integer, "300")],
      "Waits until all indexes are ready; indexes here always are."
    ) { (_, _) throws(Failure) in [] },
    Procedure(
      "db.resampleIndex", [.field("indexName", .string)],
      "Renews an index's statistics; they are always up to date here."
    ) { (arguments, context) throws(Failure) in
      try requireIndex(arguments[0], "db.resampleIndex", context)
      return []
    },
    Procedure(
      "db.resampleOutdatedIndexes", [], "Renews statistics; they are always up to date here."
    ) { (_, _) throws(Failure) in [] },
    Procedure(
      "db.schema.visualization",
      yields: [.field("nodes", .list(.node)), .field("relationships", .list(.relationship))],
      "Shows labels as nodes and relationship types between them.", SchemaGraph.rows),
    Procedure(
      "db.schema.nodeTypeProperties",
      yields: [
        .field("nodeType", .string), .field("nodeLabels", .list(.string)),
        .field("propertyName", .string), .field("propertyTypes", .list(.string)),
        .field("mandatory", .boolean),
      ], "Lists the properties of nodes by their sets of labels.", warning: typesWarning,
      PropertySurvey.nodeRows),
    Procedure(
      "db.schema.relTypeProperties",
      yields: [
        .field("relType", .string), .field("propertyName", .string),
        .field("propertyTypes", .list(.string)), .field("mandatory", .boolean),
      ], "Lists the properties of relationships by their type.", warning: typesWarning,
      PropertySurvey.relationshipRows),
  ]

  private static let typesWarning =
    "The field `propertyTypes` will change output format in the next major version."

  private static func labels(
    _ arguments: [Value], _ context: ProcedureContext
  ) throws(Failure) -> [[Value]] {
    let transaction = context.transaction
    return try context.reading { () throws(StoreError) in
      var rows: [[Value]] = []
      for label in transaction.labels where try transaction.nodeCount(label) > 0 {
        rows.append([.string(transaction.name(of: label))])
      }
      return rows
    }
  }

  private static func relationshipTypes(
    _ arguments: [Value], _ context: ProcedureContext
  ) throws(Failure) -> [[Value]] {
    let transaction = context.transaction
    return try context.reading { () throws(StoreError) in
      var rows: [[Value]] = []
      for type in transaction.types where try transaction.relationshipCount(type: type) ?? 0 > 0 {
        rows.append([.string(transaction.name(of: type))])
      }
      return rows
    }
  }

  private static func write(
    _ context: ProcedureContext, _ body: (GraphTransaction) throws(StoreError) -> Void
  ) throws(Failure) {
    try context.reading { () throws(StoreError) in
      if !context.transaction.isWritable { try context.transaction.upgradeToWrite() }
      try body(context.transaction)
    }
  }

  private static func tokenName(
    _ value: Value, _ procedure: String, _ kind: String
  ) throws(Failure) -> String {
    if case .string(let name) = value, !name.isEmpty, !name.utf8.contains(0) { return name }
    let found: String
    if case .string(let name) = value { found = "'\(name)'" } else { found = "Null" }
    let message =
      "\(found) is not a valid token name. Token names cannot be empty or contain any null-bytes."
    var failure = Failure(code: "Neo.ClientError.Schema.TokenNameError", message: message)
    failure.setProcedureExecution(of: procedure)
    let text = "A \(kind) name cannot be empty or contain any null-bytes: \(found)."
    failure.causes = [
      GQLCause(
        gqlStatus: "42001",
        gqlDescription: "syntax error or access rule violation - invalid syntax", message: message),
      GQLCause(
        gqlStatus: "42I11",
        gqlDescription: "syntax error or access rule violation - invalid name. " + text,
        message: text),
    ]
    throw failure
  }

  private static func requireIndex(
    _ value: Value, _ procedure: String, _ context: ProcedureContext
  ) throws(Failure) {
    let name = value.plainText ?? ""
    guard context.transaction.schema.index(named: name) != nil else {
      throw .noSuchIndex(name, in: procedure)
    }
  }
}
