import Diagnostics
import GraphValues
import QueryPlan

extension PatternSolver {
  /// The plans that do one more step, if it can be done.
  ///
  /// A step whose conditions need other parts of the pattern waits for them unless `isForced`.
  func extend(
    _ state: State, by step: Int, isForced: Bool = false
  ) throws(Failure) -> [State] {
    let connection = problem.connections[step]
    let pending = connection.required.subtracting(state.draft.available)
    if !isForced && !pending.isEmpty && !pending.isDisjoint(with: problem.filledSlots) { return [] }
    switch connection {
    case .relationship(let relationship):
      if relationship.isBound { return [try projectEnds(state, step, relationship)] }
      let ends = [relationship.left, relationship.right].filter { state.nodes.contains($0) }
      if ends.isEmpty { return [] }
      let starts = ends.count == 2 ? Array(ends.prefix(1)) : ends
      var result: [State] = []
      for start in starts {
        result.append(
          relationship.length == nil
            ? try expand(state, step, relationship, from: start)
            : try varExpand(state, step, relationship, from: start))
      }
      return result
    case .quantified(let part):
      if state.nodes.contains(part.left) {
        return [try iterate(state, step, part, isReversed: false)]
      }
      if state.nodes.contains(part.right) {
        return [try iterate(state, step, part, isReversed: true)]
      }
      return []
    }
  }

  private func added(
    _ operation: PlanOperation, _ others: [Draft] = [], to state: State, step: Int, nodes: [Slot],
    costPerInput: Double = Cost.perRow, costPerRow: Double = Cost.perRow
  ) throws(Failure) -> State {
    var next = state
    next.steps.insert(step)
    next.nodes.formUnion(nodes)
    let rows = estimate(nodes: next.nodes, steps: next.steps, solved: next.solved)
    next.draft = Draft(
      operation, children: [state.draft] + others, rows: rows,
      cost: state.draft.cost + state.draft.rows * costPerInput + rows * costPerRow)
    return try applyPredicates(to: next)
  }

  private func expand(
    _ state: State, _ step: Int, _ relationship: PatternRelationship, from start: Slot
  ) throws(Failure) -> State {
    let isForward = start == relationship.left
    let end = isForward ? relationship.right : relationship.left
    let expansion = Expansion(
      from: start, relationship: relationship.slot, to: end,
      direction: isForward ? relationship.direction : relationship.direction.reversed,
      types: relationship.types)
    let isInto = state.nodes.contains(end)
    return try added(
      isInto ? .expandInto(expansion) : .expandAll(expansion), to: state, step: step, nodes: [end],
      costPerInput: isInto ? Cost.expandInto : Cost.perRow,
      costPerRow: isInto ? Cost.perRow : Cost.expandAll)
  }

  private func varExpand(
    _ state: State, _ step: Int, _ relationship: PatternRelationship, from start: Slot
  ) throws(Failure) -> State {
    let isForward = start == relationship.left
    let end = isForward ? relationship.right : relationship.left
    let isInto = state.nodes.contains(end)
    let expansion = Expansion(
      from: start, relationship: relationship.slot, to: end,
      direction: isForward ? relationship.direction : relationship.direction.reversed,
      types: relationship.types)
    let hop = try planning.nested(relationship.hopPredicate)
    var length = VariableLength(
      range: relationship.length ?? HopRange(minimum: 1, maximum: 1), mode: isInto ? .into : .all,
      hopPredicate: hop, isReversed: !isForward)
    length.mayRepeat = relationship.mayRepeat
    var state = state
    try inline(relationship, from: start, into: &length, &state)
    return try added(
      .varLengthExpand(expansion, length), to: state, step: step, nodes: [end],
      costPerInput: isInto ? Cost.expandInto : Cost.perRow,
      costPerRow: isInto ? Cost.perRow : Cost.expandAll)
  }

  private func projectEnds(
    _ state: State, _ step: Int, _ relationship: PatternRelationship
  ) throws(Failure) -> State {
    let isLeftBound = state.nodes.contains(relationship.left)
    let isRightBound = state.nodes.contains(relationship.right)
    return try added(
      .projectEndpoints(
        relationship.slot, left: relationship.left, right: relationship.right,
        isLeftBound: isLeftBound, isRightBound: isRightBound, types: relationship.types,
        direction: relationship.direction, length: relationship.length),
      to: state, step: step, nodes: [relationship.left, relationship.right],
      costPerInput: Cost.lookUp)
  }

  private func iterate(
    _ state: State, _ step: Int, _ part: QuantifiedPattern, isReversed: Bool
  ) throws(Failure) -> State {
    let end = isReversed ? part.left : part.right
    let isInto = state.nodes.contains(end)
    let start = isReversed ? part.innerEnd : part.innerStart
    let inner = try innerPlan(of: part, step, from: start)
    let relationships = part.inner.relationships.map(\.slot)
    return try added(
      .repeatTrail(
        part, uniqueAgainst: [], innerRelationships: relationships, isInto: isInto,
        isReversed: isReversed),
      [inner], to: state, step: step, nodes: [part.left, part.right],
      costPerRow: 2 * Cost.expandAll)
  }

  /// The plan of one iteration, made once for each direction.
  private func innerPlan(
    of part: QuantifiedPattern, _ step: Int, from start: Slot
  ) throws(Failure) -> Draft {
    let key = InnerKey(step: step, start: start)
    if let known = innerPlans[key] { return known }
    planning.neverNull.insert(start)
    let outer = problem.connections[step].required
    let plan = try planning.solve([part.inner], arguments: outer.union([start]))
    innerPlans[key] = plan
    return plan
  }

  // MARK: Conditions

  /// Filters by all conditions that can be decided now.
  func applyPredicates(to state: State) throws(Failure) -> State {
    let ready = conditions(newTo: state).filter { index in
      !state.solved.contains(index)
        && problem.predicates[index].slots.isSubset(of: state.draft.available)
        && !isLeftToTheEnd(problem.predicates[index].expression)
    }
    var next = state
    next.examined = state.draft.available
    if ready.isEmpty { return next }
    let questions = ready.filter { index in
      planning.isSemiApply(problem.predicates[index].expression, over: state.draft.available)
    }
    let plain = ready.filter { !questions.contains($0) }
    if !plain.isEmpty {
      next.solved.formUnion(plain)
      let expressions = try planning.ordered(plain.map { problem.predicates[$0].expression })
        .mapping { e throws(Failure) in try planning.nested(e) }
      next.draft = Draft(
        .filter(expressions), children: [state.draft],
        rows: estimate(nodes: next.nodes, steps: next.steps, solved: next.solved),
        cost: state.draft.cost + state.draft.rows * Cost.of(expressions))
    }
    for question in questions {
      next.solved.insert(question)
      next.draft = try ask(question, of: next.draft)
    }
    return next
  }

  /// The conditions that may have become ready since a plan was last looked at, in their order.
  ///
  /// A pattern of many steps has a condition for each two of them: most plans need not look at most.
  private func conditions(newTo state: State) -> [Int] {
    var found = state.examined.isEmpty ? conditionsOnNothing : []
    for slot in state.draft.available where !state.examined.contains(slot) {
      found.formUnion(conditionsOfSlot[slot] ?? [])
    }
    return found.sorted()
  }

  /// Whether a condition is met last, by an operator that counts: where one node is all that is
  /// looked for, no step would have to do with fewer rows.
  private func isLeftToTheEnd(_ condition: Expression) -> Bool {
    problem.nodes.count == 1 && problem.connections.isEmpty && problem.shortest.isEmpty
      && condition.comparesSubquery
  }

  /// Filters by a condition that is a subquery; its plan is made once.
  private func ask(_ index: Int, of draft: Draft) throws(Failure) -> Draft {
    if let known = questions[index] {
      return Draft(
        known.operation, children: [draft] + known.children.dropFirst(),
        rows: draft.rows * problem.predicates[index].selectivity,
        cost: draft.cost + draft.rows * known.children[1].cost)
    }
    let made = try planning.filter(draft, by: [problem.predicates[index].expression])
    if made.children.count > 1 { questions[index] = made }
    return made
  }

  // MARK: Joins

  /// All pairs of rows.
  func product(_ left: State, _ right: State) throws(Failure) -> State {
    let (first, second) = left.draft.rows <= right.draft.rows ? (left, right) : (right, left)
    var next = merged(first, second)
    next.draft = Draft(
      .cartesianProduct, children: [first.draft, second.draft],
      rows: first.draft.rows * second.draft.rows,
      cost: first.draft.cost + max(1, first.draft.rows) * second.draft.cost)
    return try applyPredicates(to: next)
  }

  func canHashJoin(_ left: State, _ right: State) -> Bool {
    let shared = left.nodes.intersection(right.nodes).subtracting(boundNodes)
    if left.steps.isEmpty || right.steps.isEmpty { return false }
    return left.steps.isDisjoint(with: right.steps) && !shared.isEmpty
      && left.draft.filled.isSuperset(of: shared) && right.draft.filled.isSuperset(of: shared)
  }

  func hashJoin(_ left: State, _ right: State) throws(Failure) -> State {
    let shared = left.nodes.intersection(right.nodes).subtracting(boundNodes)
    var next = merged(left, right)
    let rows = estimate(nodes: next.nodes, steps: next.steps, solved: next.solved)
    let isHinted = problem.hints.contains {
      if case .join(let slots) = $0 { Set(slots) == shared } else { false }
    }
    next.draft = Draft(
      .nodeHashJoin(shared.sorted()), children: [left.draft, right.draft], rows: rows,
      cost: (isHinted ? -1e12 : 0) + left.draft.cost + right.draft.cost + left.draft.rows
        * Cost.probeBuild
        + right.draft.rows * Cost.probeSearch)
    return try applyPredicates(to: next)
  }

  private func merged(_ left: State, _ right: State) -> State {
    State(
      draft: left.draft, steps: left.steps.union(right.steps), nodes: left.nodes.union(right.nodes),
      solved: left.solved.union(right.solved))
  }

  /// Joins components.
  func join(_ states: [State]) throws(Failure) -> State {
    // Other leaves take what they need from the row handed in: it need not be joined with them.
    var rest = states.count > 1 ? states.filter { !$0.draft.isArgument } : states
    let solved = states.filter(\.draft.isArgument).reduce(into: Set<Int>()) {
      $0.formUnion($1.solved)
    }
    for place in rest.indices { rest[place].solved.formUnion(solved) }
    guard !rest.isEmpty else {
      return try applyPredicates(to: State(draft: planning.argument(problem.arguments)))
    }
    while rest.count > 1 {
      var best: (state: State, left: Int, right: Int)?
      // Where no condition looks at two of them, all that counts is which two are the smallest.
      let isLinked = hasLink(between: rest)
      let considered = joinable(rest, isLinked: isLinked)
      for left in considered {
        for right in considered where right > left {
          let joined =
            isLinked
            ? try cheapestJoin(rest[left], rest[right]) : try product(rest[left], rest[right])
          if best.map({ isCheaper(joined, $0.state) }) ?? true { best = (joined, left, right) }
        }
      }
      guard let best else { break }
      rest.remove(at: best.right)
      rest[best.left] = best.state
    }
    return rest[0]
  }

  /// Which of the plans are tried as partners: all, or those with the fewest rows where all pairs
  /// would be too many.
  private func joinable(_ states: [State], isLinked: Bool) -> [Int] {
    guard states.count > Self.mostPartners else { return Array(states.indices) }
    let byRows = states.indices.sorted {
      (states[$0].draft.rows, $0) < (states[$1].draft.rows, $1)
    }
    return byRows.prefix(isLinked ? Self.mostPartners / 4 : 2).sorted()
  }

  /// Whether a condition is left that needs more than one of the plans.
  private func hasLink(between states: [State]) -> Bool {
    let solved = states.reduce(into: Set<Int>()) { $0.formUnion($1.solved) }
    return solved.count < problem.predicates.count
  }

  private func cheapestJoin(_ left: State, _ right: State) throws(Failure) -> State {
    var candidates = try valueHashJoins(left, right)
    for (first, second) in [(left, right), (right, left)] {
      if let joined = try dependentJoin(first, second) { candidates.append(joined) }
    }
    let product = try product(left, right)
    return candidates.reduce(product) { isCheaper($1, $0) ? $1 : $0 }
  }

  private func valueHashJoins(_ left: State, _ right: State) throws(Failure) -> [State] {
    var found: [State] = []
    for (index, predicate) in problem.predicates.enumerated() {
      guard !left.solved.contains(index), !right.solved.contains(index),
        case .comparison(.equal, let one, let other) = predicate.expression
      else { continue }
      for (first, second) in [(left, right), (right, left)] {
        let isSplit =
          { (a: Expression, b: Expression) in
            !a.slots.isDisjoint(with: first.draft.filled)
              && a.slots.isSubset(of: first.draft.available)
              && a.slots.isDisjoint(with: second.draft.filled)
              && !b.slots.isDisjoint(with: second.draft.filled)
              && b.slots.isSubset(of: second.draft.available)
              && b.slots.isDisjoint(with: first.draft.filled)
          }
        let sides = isSplit(one, other) ? (one, other) : isSplit(other, one) ? (other, one) : nil
        guard let sides else { continue }
        var next = merged(first, second)
        next.solved.insert(index)
        next.draft = Draft(
          .valueHashJoin(try planning.nested(sides.0), try planning.nested(sides.1)),
          children: [first.draft, second.draft],
          rows: first.draft.rows * second.draft.rows * predicate.selectivity,
          cost: first.draft.cost + second.draft.cost + first.draft.rows * Cost.probeBuild
            + second.draft.rows * Cost.probeSearch)
        found.append(try applyPredicates(to: next))
      }
    }
    return found
  }
}
