import CypherPlanner
import CypherSemantics
import GraphStore
import QueryPlan

extension StatementNotifications {
  /// Remarks on labels and types whose indexes cannot serve, as the property's name is computed.
  func unusedIndexes(_ transaction: GraphTransaction) -> [SemanticNotification] {
    guard case .query(let query) = bound.body else { return [] }
    let statistics = StoreStatistics(transaction)
    var labels: [String] = []
    var types: [String] = []
    for graph in query.matchedGraphs {
      for slot in graph.dynamicallyRead {
        for name in graph.names(of: slot) {
          if bound.slots[slot].kind == .relationship {
            if !types.contains(name), !statistics.indexes(.relationship, name: name).isEmpty {
              types.append(name)
            }
          } else if !labels.contains(name), !statistics.indexes(.node, name: name).isEmpty {
            labels.append(name)
          }
        }
      }
    }
    return [(labels, true), (types, false)].compactMap { names, isNode in
      names.isEmpty ? nil : .dynamicProperty(names, isNode: isNode)
    }
  }
}

extension BoundStatement.Body {
  /// Whether a condition of a MATCH reads a property whose name is computed.
  var readsDynamicKeys: Bool {
    guard case .query(let query) = self else { return false }
    return query.matchedGraphs.contains { !$0.dynamicallyRead.isEmpty }
  }
}

extension BoundQuery {
  /// The patterns of its MATCH clauses, those of subqueries that are called too.
  fileprivate var matchedGraphs: [PatternGraph] {
    var found: [PatternGraph] = []
    for clause in arms.flatMap(\.clauses) {
      switch clause {
      case .match(let graph, _): found.append(graph)
      case .callSubquery(let call): found += call.query.matchedGraphs
      default: break
      }
    }
    return found
  }
}

extension PatternGraph {
  /// The variables of which a condition reads a property by a computed name, where an index could help
  /// if the name were known.
  fileprivate var dynamicallyRead: [Slot] { predicates.compactMap(\.dynamicallyRead) }

  /// The labels or types that a variable certainly has.
  fileprivate func names(of slot: Slot) -> [String] {
    if let relationship = relationships.first(where: { $0.slot == slot }) {
      return relationship.types.count == 1 ? relationship.types : []
    }
    return predicates.compactMap { predicate in
      guard case .hasLabels(.variable(slot), .name(let name)) = predicate else { return nil }
      return name
    }
  }
}

extension Expression {
  fileprivate var dynamicallyRead: Slot? {
    switch self {
    case .comparison(let sign, let left, let right) where sign != .notEqual:
      left.dynamicOwner ?? right.dynamicOwner
    case .membership(let element, list: _): element.dynamicOwner
    case .stringMatch(.startsWith, let text, _): text.dynamicOwner
    case .isNotNull(let value): value.dynamicOwner
    default: nil
    }
  }

  private var dynamicOwner: Slot? {
    guard case .element(.variable(let slot), let key) = self else { return nil }
    if case .literal = key { return nil }
    return slot
  }
}
