import CypherPlanner
import CypherSemantics
import GraphStore
import QueryPlan

extension StatementNotifications {
  /// Remarks on hints that name indexes which do not exist.
  func missingIndexes(_ transaction: GraphTransaction) -> [SemanticNotification] {
    guard case .query(let query) = bound.body else { return [] }
    let statistics = StoreStatistics(transaction)
    return query.indexHints.compactMap { hint in
      let isNode = bound.slots[hint.variable].kind != .relationship
      let known = statistics.indexes(isNode ? .node : .relationship, name: hint.name)
      if known.contains(where: { $0.reference.properties == hint.properties }) { return nil }
      return .missingIndex(
        variable: bound.slots[hint.variable].name, of: hint.name, hint.properties, isNode: isNode)
    }
  }
}

extension BoundQuery {
  fileprivate typealias IndexHint = (variable: Slot, name: String, properties: [String])

  /// The indexes that hints name, in the order of the text.
  fileprivate var indexHints: [IndexHint] {
    var found: [IndexHint] = []
    for clause in arms.flatMap(\.clauses) {
      switch clause {
      case .match(let graph, _):
        for case .index(let variable, let name, let properties) in graph.hints {
          found.append((variable, name, properties))
        }
      case .callSubquery(let call): found += call.query.indexHints
      default: break
      }
    }
    return found
  }
}
