import Diagnostics
import GraphValues
import QueryPlan

extension PatternSolver {
  /// Finds a shortest part once its ends are known, or one of them.
  func addShortest(_ part: ShortestPattern, to state: State) throws(Failure) -> State {
    switch part.selector {
    case .legacySingle, .legacyAll: try addLegacy(part, to: state)
    default: try addSelected(part, to: state)
    }
  }

  private func addLegacy(_ part: ShortestPattern, to state: State) throws(Failure) -> State {
    guard let relationship = part.pattern.relationships.first else { return state }
    var next = state
    let named = (problem.paths + part.pattern.paths).first { path in
      path.elements.contains { $0.slots == [relationship.slot] }
    }
    let path = named?.slot ?? planning.anonymous(.path)
    let known = state.draft.available.union([path, relationship.slot])
    let aboutPath = problem.predicates.indices.filter { index in
      !state.solved.contains(index) && problem.predicates[index].slots.isSubset(of: known)
    }
    let relationships = Expression.function("relationships", [.variable(path)])
    let isList = relationship.length != nil
    let inner = part.pattern.predicates.flatMap(\.conjuncts)
    let conditions = try (aboutPath.map { problem.predicates[$0].expression } + inner)
      .mapping { e throws(Failure) in
        let onPath = isList ? e.substituting([relationship.slot: relationships]) : e
        return try planning.nested(onPath)
      }
    let hop = try planning.nested(relationship.hopPredicate)
    let search = ShortestPathSearch(
      expansion: Expansion(
        from: relationship.left, relationship: relationship.slot, to: relationship.right,
        direction: relationship.direction, types: relationship.types),
      range: relationship.length ?? HopRange(minimum: 1, maximum: 1), hopPredicate: hop,
      path: path, isAll: part.selector == .legacyAll, predicates: conditions)
    next.solved.formUnion(aboutPath)
    next.draft = Draft(
      .shortestPath(search), children: [state.draft], rows: state.draft.rows,
      cost: state.draft.cost + state.draft.rows * 12)
    return next
  }

  private func addSelected(_ part: ShortestPattern, to state: State) throws(Failure) -> State {
    var part = part
    var inside = part.pattern
    // Conditions on one end alone hold before the selection as well as after it.
    inside.paths += problem.paths.filter { path in
      !inside.paths.contains(where: { $0.slot == path.slot })
    }
    part.pattern = inside
    var inner = inside
    inner.paths = []
    let solved = try planning.solve([inner], arguments: state.draft.available)
    let draft = planning.putTogether(inside.paths, on: solved)
    draft.scale(by: state.draft.rows)
    var next = state
    let ends = state.draft.available
    let isInto = ends.contains(part.left) && ends.contains(part.right)
    let target = ends.contains(part.left) ? part.right : part.left
    let placeholder = PlanNode(.emptyRow, cardinality: 0, live: [])
    next.draft = Draft(
      .statefulShortestPath(part, target: target, isInto: isInto, inner: placeholder),
      children: [state.draft, draft], rows: state.draft.rows,
      cost: state.draft.cost + draft.cost)
    return try applyPredicates(to: next)
  }
}
