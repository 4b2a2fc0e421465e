import CypherPlanner
import GraphStore
import GraphValues
import QueryPlan

/// Answers the planner's questions from the store's transactional counts.
///
/// A store that cannot be read gives zeros here: the plan is then poor, and running it reports the
/// error.
struct StoreStatistics: Statistics {
  private let transaction: GraphTransaction

  init(_ transaction: GraphTransaction) { self.transaction = transaction }

  var nodeCount: Double { Double((try? transaction.nodeCount()) ?? 0) }

  func nodeCount(label: String) -> Double {
    guard let token = transaction.label(named: label) else { return 0 }
    return Double((try? transaction.nodeCount(token)) ?? 0)
  }

  func relationshipCount(type: String?, start: String?, end: String?) -> Double {
    var typeToken: TypeToken?
    if let type {
      guard let token = transaction.type(named: type) else { return 0 }
      typeToken = token
    }
    var startToken: LabelToken?
    if let start {
      guard let token = transaction.label(named: start) else { return 0 }
      startToken = token
    }
    var endToken: LabelToken?
    if let end {
      guard let token = transaction.label(named: end) else { return 0 }
      endToken = token
    }
    let count = try? transaction.relationshipCount(
      type: typeToken, start: startToken, end: endToken)
    return Double(count ?? 0)
  }

  func indexes(_ entity: SchemaEntity, name: String) -> [CypherPlanner.IndexStatistics] {
    let schema = transaction.schema
    let rawToken: UInt32?
    switch entity {
    case .node: rawToken = transaction.label(named: name)?.raw
    case .relationship: rawToken = transaction.type(named: name)?.raw
    }
    guard let rawToken else { return [] }
    return schema.indexes.compactMap { index in
      guard index.target.isNodes == (entity == .node), index.target.rawTokens == [rawToken],
        let kind = QueryPlan.IndexKind(index.kind), !index.keys.isEmpty
      else { return nil }
      let figures = try? transaction.statistics(of: index.id)
      let reference = IndexReference(
        name: index.name, entityName: name, properties: index.keys.map { transaction.name(of: $0) },
        isUnique: index.owningConstraint != nil)
      return CypherPlanner.IndexStatistics(
        reference: reference, kind: kind, entries: Double(figures?.entryCount ?? 0),
        distinctValues: Double(figures?.distinctCount ?? 0))
    }
  }

  func hasExistenceConstraint(_ entity: SchemaEntity, name: String, property: String) -> Bool {
    guard let key = transaction.key(named: property) else { return false }
    let rawToken: UInt32?
    switch entity {
    case .node: rawToken = transaction.label(named: name)?.raw
    case .relationship: rawToken = transaction.type(named: name)?.raw
    }
    guard let rawToken else { return false }
    return transaction.schema.constraints.contains { constraint in
      guard constraint.target.isNodes == (entity == .node),
        constraint.target.rawTokens == [rawToken], constraint.keys.contains(key)
      else { return false }
      return constraint.kind == .existence || constraint.kind == .key
    }
  }
}

extension QueryPlan.IndexKind {
  /// The planner's name of a kind that holds properties in an order or by value.
  init?(_ kind: GraphStore.IndexKind) {
    switch kind {
    case .range: self = .range
    case .text: self = .text
    case .point: self = .point
    case .fulltext, .lookup, .vector: return nil
    }
  }
}
