import GraphValues
import QueryPlan

extension Expression {
  /// A subquery that asks for no more than how many relationships a known node has, or whether there
  /// are any, as an expression that counts them; `nil` for anything else.
  var asDegree: Expression? {
    guard case .subquery(let subquery) = self, let degree = subquery.degree else { return nil }
    switch subquery.kind {
    case .exists: return .comparison(.greater, degree, .literal(Literal(.integer(0))))
    case .count: return degree
    case .collect, .first: return nil
    }
  }
}

extension Subquery {
  fileprivate var degree: Expression? {
    guard query.arms.count == 1, let clauses = query.arms.first?.clauses, let first = clauses.first,
      case .match(let graph, isOptional: false) = first,
      clauses.dropFirst().allSatisfy(\.keepsRows),
      graph.nodes.count == 2, graph.relationships.count == 1, graph.quantified.isEmpty,
      graph.shortest.isEmpty, graph.predicates.isEmpty, let step = graph.relationships.first,
      step.length == nil, !step.isBound, step.left != step.right
    else { return nil }
    if Set(step.types).count != step.types.count { return nil }
    switch (arguments.contains(step.left), arguments.contains(step.right)) {
    case (true, false): return .degree(step.left, step.direction, types: step.types)
    case (false, true): return .degree(step.right, step.direction.reversed, types: step.types)
    default: return nil
    }
  }
}

extension Clause {
  /// Whether as many rows leave as come in, and nothing can fail.
  fileprivate var keepsRows: Bool {
    guard case .project(let projection) = self else { return false }
    return !projection.isAggregating && !projection.isDistinct && projection.skip == nil
      && projection.limit == nil && projection.predicate == nil
      && projection.items.allSatisfy { if case .variable = $0.expression { true } else { false } }
  }
}
