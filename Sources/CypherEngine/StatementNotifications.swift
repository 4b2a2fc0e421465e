import CypherSemantics
import Diagnostics
import GraphStore
import GraphValues
import QueryPlan
import QuerySession

/// What is worth telling about a statement, besides its result.
struct StatementNotifications {
  let bound: BoundStatement
  let text: String
  let database: String
  let loadsEagerly: Bool
  let readsDynamicKeys: Bool

  /// Remarks of the analysis, and on names that the store does not know.
  func all(_ transaction: GraphTransaction, given parameters: Set<String>)
    -> [QuerySession.Notification]
  {
    var notifications = bound.notifications
    if bound.mode == .explain {
      let missing = bound.parameterNames.subtracting(parameters).sorted()
      if !missing.isEmpty { notifications.append(.missingParameters(missing)) }
    }
    if loadsEagerly { notifications.append(.eagerLoading) }
    notifications += unknownNames(transaction)
    notifications += missingIndexes(transaction)
    if readsDynamicKeys { notifications += unusedIndexes(transaction) }
    return notifications.map { QuerySession.Notification($0) }
  }

  private func unknownNames(_ transaction: GraphTransaction) -> [SemanticNotification] {
    let names = bound.usedNames
    var found: [SemanticNotification] = []
    var places = SourcePositions(in: text)
    func position(_ span: SourceSpan) -> SourcePosition { places.position(ofByte: span.start) }
    for (name, span) in inOrder(names.labels, where: { transaction.label(named: $0) == nil }) {
      found.append(.unknownLabel(name, database: database, at: position(span)))
    }
    for (name, span) in inOrder(names.types, where: { transaction.type(named: $0) == nil }) {
      found.append(.unknownType(name, database: database, at: position(span)))
    }
    for (name, span) in inOrder(names.properties, where: { transaction.key(named: $0) == nil }) {
      found.append(.unknownProperty(name, database: database, at: position(span)))
    }
    return found
  }

  /// Mostly there are none.
  private func inOrder(_ names: [String: [SourceSpan]], where isUnknown: (String) -> Bool)
    -> [(name: String, span: SourceSpan)]
  {
    var found: [(name: String, span: SourceSpan)] = []
    for (name, spans) in names where isUnknown(name) {
      for span in spans { found.append((name, span)) }
    }
    return found.count < 2 ? found : found.sorted { $0.span.start < $1.span.start }
  }
}

extension QuerySession.Notification {
  /// The door's form of a remark of the analysis.
  init(_ notification: SemanticNotification) {
    self.init(
      code: notification.code, title: notification.title, description: notification.description,
      severity: notification.severity, category: notification.category,
      gqlStatus: notification.gqlStatus, gqlDescription: notification.gqlDescription,
      position: notification.position)
  }

  /// A list or path that was taken as a condition.
  static var listAsCondition: Self { Self(SemanticNotification.listAsCondition) }

  /// A schema command that found its object there already.
  static func schemaExists(_ command: String, existing: String) -> Self {
    Self(
      code: "Neo.ClientNotification.Schema.IndexOrConstraintAlreadyExists",
      title: "`\(command)` has no effect.", description: "`\(existing)` already exists.",
      severity: "INFORMATION", category: "SCHEMA", gqlStatus: "00NA0",
      gqlDescription:
        "note: successful completion - index or constraint already exists. The command "
        + "'\(command)' has no effect. The index or constraint specified by '\(existing)' "
        + "already exists.",
      position: nil)
  }

  /// A vector index of vectors of any length.
  static var dimensionsMissing: Self {
    let text =
      "When creating a vector index, `vector.dimensions` should be specified. Omitting it is "
      + "allowed, but specifying dimensions ensures that only vectors of that size are indexed and "
      + "makes dimension mismatches fail clearly at query time. For example, set `OPTIONS { "
      + "indexConfig: { `vector.dimensions`: 1536 } }` when creating the index."
    return Self(
      code: "Neo.ClientNotification.Schema.VectorIndexDimensionsNotSpecified",
      title: "Vector index dimensions not specified.", description: text,
      severity: "INFORMATION", category: "SCHEMA", gqlStatus: "00NA2",
      gqlDescription:
        "note: successful completion - vector index dimensions not specified. \(text)",
      position: nil)
  }

  /// A schema command that found nothing to drop.
  static func schemaMissing(_ command: String, name: String) -> Self {
    Self(
      code: "Neo.ClientNotification.Schema.IndexOrConstraintDoesNotExist",
      title: "`\(command)` has no effect.", description: "`\(name)` does not exist.",
      severity: "INFORMATION", category: "SCHEMA", gqlStatus: "00NA1",
      gqlDescription:
        "note: successful completion - index or constraint does not exist. The command "
        + "'\(command)' has no effect. The specified index or constraint `\(name)` does not exist.",
      position: nil)
  }
}
