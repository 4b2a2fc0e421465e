import Diagnostics
import GraphValues
import QueryPlan

extension PatternSolver {
  /// All ways to begin a component that do not start at the argument.
  func accessPaths(for component: Component) throws(Failure) -> [State] {
    var states: [State] = []
    for node in component.nodes where !problem.arguments.contains(node) {
      states += try accessPaths(for: node)
    }
    for step in component.steps {
      guard case .relationship(let relationship) = problem.connections[step] else { continue }
      states += try accessPaths(for: relationship, step: step)
    }
    return states
  }

  /// A leaf with the conditions that it meets by itself.
  struct Leaf {
    var operation: PlanOperation
    var solved: Set<Int> = []
    /// Rows that it finds; `nil` leaves it to the estimate of the pattern.
    var rows: Double?
    var costPerRow: Double
    var order: [OrderColumn] = []
    /// Whether a hint asks for it.
    var isHinted = false
    /// What must be checked besides the pattern's conditions.
    var check: Expression?
  }

  private func state(of leaf: Leaf, nodes: Set<Slot>, step: Int?) throws(Failure) -> State {
    // Bound nodes are known wherever a plan begins.
    let nodes = nodes.union(boundNodes)
    var state = State(
      draft: planning.argument(problem.arguments), steps: Set([step].compactMap { $0 }),
      nodes: nodes, solved: leaf.solved)
    let rows = estimate(nodes: nodes, steps: state.steps, solved: leaf.solved)
    let cost = (leaf.rows ?? rows) * leaf.costPerRow + Cost.perRow
    state.draft = Draft(
      leaf.operation, rows: leaf.rows ?? rows, cost: leaf.isHinted ? cost - 1e12 : cost,
      arguments: problem.arguments, order: leaf.order)
    if let check = leaf.check { state.draft = try planning.filter(state.draft, by: [check]) }
    return try applyPredicates(to: state)
  }

  // MARK: Nodes

  private func accessPaths(for node: Slot) throws(Failure) -> [State] {
    var leaves = idSeeks(of: node)
    leaves += labelScans(of: node)
    leaves += indexSeeks(of: node)
    if leaves.isEmpty {
      leaves.append(Leaf(operation: .allNodesScan(node), costPerRow: Cost.allNodesRow))
    }
    var states: [State] = []
    for leaf in leaves { states.append(try state(of: leaf, nodes: [node], step: nil)) }
    return states + (try disjunctionPaths(of: node))
  }

  /// Seeks by id, index or, where a condition is about labels alone, label.
  func seeks(of node: Slot) throws(Failure) -> [State] {
    var leaves = idSeeks(of: node) + indexSeeks(of: node)
    if leaves.isEmpty {
      let labels = labelScans(of: node)
      let rest = problem.predicates.indices.filter { index in
        !labels.contains { $0.solved.contains(index) }
      }
      if rest.isEmpty { leaves = labels }
    }
    var states: [State] = []
    for leaf in leaves { states.append(try state(of: leaf, nodes: [node], step: nil)) }
    return states
  }

  private func idSeeks(of entity: Slot) -> [Leaf] {
    ids(of: entity).map { found in
      Leaf(
        operation: .nodeByIDSeek(
          entity, ids: found.value, isList: found.isList, isElementID: found.isElementID),
        solved: [found.index], rows: found.isList ? Estimate.elements(of: found.value) : 1,
        costPerRow: Cost.lookUp)
    }
  }

  /// Conditions that say what `id(e)` or `elementId(e)` is.
  private func ids(
    of entity: Slot
  ) -> [(index: Int, value: Expression, isList: Bool, isElementID: Bool)] {
    problem.predicates.indices.compactMap { index in
      let isList: Bool
      let sides: [(Expression, Expression)]
      switch problem.predicates[index].expression {
      case .comparison(.equal, let left, let right):
        (isList, sides) = (false, [(left, right), (right, left)])
      case .membership(let left, let list): (isList, sides) = (true, [(left, list)])
      default: return nil
      }
      for (call, value) in sides {
        guard case .function(let name, [.variable(entity)]) = call, isKnown(value) else { continue }
        switch name.lowercased() {
        case "id": return (index, value, isList, false)
        case "elementid": return (index, value, isList, true)
        default: continue
        }
      }
      return nil
    }
  }

  /// Whether an expression can be computed before the pattern is matched.
  func isKnown(_ expression: Expression) -> Bool {
    expression.slots.isSubset(of: problem.arguments)
      && !expression.contains { if case .subquery = $0 { true } else { false } }
  }

  private func labelScans(of node: Slot) -> [Leaf] {
    (conditionsOfSlot[node] ?? []).flatMap { index -> [Leaf] in
      guard case .hasLabels(.variable(node), let labels) = problem.predicates[index].expression,
        let operation = labelScan(of: node, labels)
      else { return [] }
      var leaf = Leaf(
        operation: operation, solved: [index], costPerRow: Cost.scanRow,
        order: [OrderColumn(expression: .variable(node), isDescending: false)])
      if case .name(let name) = labels {
        leaf.isHinted = problem.hints.contains(.scan(variable: node, name: name))
      }
      return [leaf]
    }
  }

  private func labelScan(of node: Slot, _ labels: LabelExpression) -> PlanOperation? {
    switch labels {
    case .name(let name): return .nodeByLabelScan(node, label: name)
    case .or(let parts):
      let names = parts.compactMap(\.name)
      return names.count == parts.count ? .unionNodeByLabelsScan(node, labels: names) : nil
    case .and(let parts):
      let names = parts.compactMap(\.name)
      let excluded = parts.compactMap(\.excludedName)
      guard !names.isEmpty, names.count + excluded.count == parts.count else { return nil }
      return excluded.isEmpty
        ? .intersectionNodeByLabelsScan(node, labels: names)
        : .subtractionNodeByLabelsScan(node, labels: names, excluded: excluded)
    default: return nil
    }
  }

  // MARK: Relationships

  private func accessPaths(
    for relationship: PatternRelationship, step: Int
  ) throws(Failure) -> [State] {
    let ends = [relationship.left, relationship.right]
    guard relationship.length == nil, !relationship.isBound, ends[0] != ends[1],
      !ends.contains(where: { problem.arguments.contains($0) })
    else { return [] }
    let isDirected = relationship.direction != .both
    let (start, end) = relationship.direction == .incoming ? (ends[1], ends[0]) : (ends[0], ends[1])
    let slot = relationship.slot
    var leaves = ids(of: slot).map { found in
      Leaf(
        operation: .relationshipByIDSeek(
          slot, left: start, right: end, ids: found.value, isList: found.isList,
          isElementID: found.isElementID, isDirected: isDirected),
        solved: [found.index],
        rows: (found.isList ? Estimate.elements(of: found.value) : 1) * (isDirected ? 1 : 2),
        costPerRow: Cost.lookUp)
    }
    let types = relationship.types
    if !types.isEmpty {
      let labels: LabelExpression =
        types.count == 1 ? .name(types[0]) : .or(types.map { .name($0) })
      for place in leaves.indices {
        leaves[place].check = .hasLabels(.variable(slot), labels)
      }
    }
    leaves += relationshipIndexSeeks(of: relationship, start: start, end: end)
    leaves.append(
      Leaf(
        operation: types.isEmpty
          ? .allRelationshipsScan(slot, left: start, right: end, isDirected: isDirected)
          : .relationshipTypeScan(
            slot, left: start, right: end, types: types, isDirected: isDirected),
        costPerRow: isDirected ? Cost.relationshipScanRow : Cost.relationshipScanRow / 2,
        isHinted: problem.hints.contains(.scan(variable: slot, name: types.first ?? ""))))
    var states: [State] = []
    for leaf in leaves { states.append(try state(of: leaf, nodes: Set(ends), step: step)) }
    return states
  }
}

extension LabelExpression {
  /// The name when this is just a name.
  var name: String? {
    if case .name(let name) = self { name } else { nil }
  }

  /// The name when this is the negation of just a name.
  var excludedName: String? {
    if case .not(.name(let name)) = self { name } else { nil }
  }
}
