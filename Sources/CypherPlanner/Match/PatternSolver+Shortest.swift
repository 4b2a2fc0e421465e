import Diagnostics
import GraphValues
import QueryPlan

extension PatternSolver {
  /// Finds a shortest part once its ends are known, or one of them.
  func addShortest(_ part: ShortestPattern, to state: State) throws(Failure) -> State {
    switch part.selector {
    case .legacySingle: try addPath(part, isAll: false, isLegacy: true, to: state)
    case .legacyAll: try addPath(part, isAll: true, isLegacy: true, to: state)
    case .shortest(1) where isBreadthFirst(part, from: state):
      try addPath(part, isAll: false, isLegacy: false, to: state)
    case .allShortest where isBreadthFirst(part, from: state):
      try addPath(part, isAll: true, isLegacy: false, to: state)
    default: try addSelected(part, to: state)
    }
  }

  /// The end of a part that its search finds by itself; `nil` when both are looked up first.
  ///
  /// A selection whose ends are not known starts at the end that is found more cheaply.
  func freeTarget(_ part: ShortestPattern) -> Slot? {
    if part.selector == .legacySingle || part.selector == .legacyAll { return nil }
    if problem.shortest.count > 1 || !problem.connections.isEmpty { return nil }
    if part.left == part.right { return nil }
    switch (problem.arguments.contains(part.left), problem.arguments.contains(part.right)) {
    case (true, true): return nil
    case (true, false): return isEasilyFound(part.right) ? nil : part.right
    case (false, true): return isEasilyFound(part.left) ? nil : part.left
    case (false, false):
      if isEasilyFound(part.right) { return isEasilyFound(part.left) ? nil : part.left }
      return part.right
    }
  }

  /// Whether a seek finds a node, so that few walks are looked for.
  private func isEasilyFound(_ node: Slot) -> Bool {
    guard let seeks = try? seeks(of: node) else { return false }
    return seeks.contains { state in
      state.draft.rows <= 2 && !state.draft.operation.isLabelScan
    }
  }

  /// Whether a part is one relationship of variable length between two nodes that are known, so that
  /// a search by breadth finds its shortest walks.
  private func isBreadthFirst(_ part: ShortestPattern, from state: State) -> Bool {
    guard part.pattern.relationships.count == 1, part.pattern.quantified.isEmpty,
      let relationship = part.pattern.relationships.first, !relationship.isBound,
      let length = relationship.length, length.minimum <= 1
    else { return false }
    return state.nodes.isSuperset(of: [relationship.left, relationship.right])
      && relationship.left == part.left && relationship.right == part.right
  }

  private func addPath(
    _ part: ShortestPattern, isAll: Bool, isLegacy: Bool, to state: State
  ) throws(Failure) -> State {
    guard let relationship = part.pattern.relationships.first else { return state }
    var next = state
    let named = (problem.paths + part.pattern.paths).filter { path in
      path.elements.contains { $0.slots == [relationship.slot] }
    }
    let path = named.first?.slot ?? planning.anonymous(.path)
    let known = state.draft.available.union([path, relationship.slot])
    // The clause's WHERE is part of a legacy search, but acts after a selector.
    let aboutPath = problem.predicates.indices.filter { index in
      isLegacy && !state.solved.contains(index)
        && problem.predicates[index].slots.isSubset(of: known)
    }
    let relationships = Expression.function("relationships", [.variable(path)])
    // What the search knows of a walk is its path, whichever name a condition has for it.
    var knownParts: [Slot: Expression] = [:]
    if relationship.length != nil { knownParts[relationship.slot] = relationships }
    for other in named where other.slot != path { knownParts[other.slot] = .variable(path) }
    let inner = part.pattern.predicates.flatMap(\.conjuncts)
    let conditions = try (aboutPath.map { problem.predicates[$0].expression } + inner)
      .mapping { e throws(Failure) in
        try planning.nested(e.substituting(knownParts))
      }
    let hop = try planning.nested(relationship.hopPredicate)
    let search = ShortestPathSearch(
      expansion: Expansion(
        from: relationship.left, relationship: relationship.slot, to: relationship.right,
        direction: relationship.direction, types: relationship.types),
      range: relationship.length ?? HopRange(minimum: 1, maximum: 1), hopPredicate: hop,
      path: path, isAll: isAll, predicates: conditions, allowsCommonEnds: !isLegacy)
    next.solved.formUnion(aboutPath)
    next.draft = Draft(
      .shortestPath(search), children: [state.draft], rows: state.draft.rows,
      cost: state.draft.cost + state.draft.rows * 12)
    return next
  }

  private func addSelected(_ part: ShortestPattern, to state: State) throws(Failure) -> State {
    var part = part
    part.pattern.paths += problem.paths.filter { path in
      !part.pattern.paths.contains(where: { $0.slot == path.slot })
    }
    let known = state.draft.available
    let isInto = known.contains(part.left) && known.contains(part.right)
    let target = known.contains(part.left) ? part.right : part.left
    var next = state
    var inner = part.pattern
    inner.paths = []
    // Conditions on the ends hold before the selection as well as after it.
    let about = problem.predicates.indices.filter { index in
      !state.solved.contains(index)
        && problem.predicates[index].slots.isSubset(of: known.union([target]))
    }
    inner.predicates += about.map { problem.predicates[$0].expression }
    part.pattern.predicates = inner.predicates
    next.solved.formUnion(about)
    let outer = inner.predicates.slots.union(inner.filledSlots).intersection(known)
    // Conditions on a path wait until it is put together.
    let paths = Set(part.pattern.paths.map(\.slot))
    let onPaths = inner.predicates.filter { !$0.slots.isDisjoint(with: paths) }
    inner.predicates.removeAll { !$0.slots.isDisjoint(with: paths) }
    let solved = try planning.solve(
      [inner], arguments: outer.union(isInto ? [part.left, part.right] : []))
    let whole = planning.putTogether(part.pattern.paths, on: solved)
    let draft = try planning.filter(whole, by: onPaths)
    draft.scale(by: state.draft.rows)
    let placeholder = PlanNode(.emptyRow, cardinality: 0, live: [])
    next.nodes.insert(target)
    next.draft = Draft(
      .statefulShortestPath(part, target: target, isInto: isInto, inner: placeholder),
      children: [state.draft, draft], rows: state.draft.rows,
      cost: state.draft.cost + draft.cost)
    return try applyPredicates(to: next)
  }
}

extension PlanOperation {
  /// Whether this scans by label.
  fileprivate var isLabelScan: Bool {
    switch self {
    case .nodeByLabelScan, .unionNodeByLabelsScan, .intersectionNodeByLabelsScan,
      .subtractionNodeByLabelsScan:
      true
    default: false
    }
  }
}
