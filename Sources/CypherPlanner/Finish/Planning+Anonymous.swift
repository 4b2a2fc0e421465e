import QueryPlan

extension Planning {
  /// Numbers variables without a name in the order of the text, a relationship before the node that
  /// it leads to; others, such as locals that analysis made, come behind.
  func numberAnonymous(in query: BoundQuery) {
    anonymousNumber = 0
    var numbering = AnonymousNumbering()
    numbering.visit(query)
    for slot in numbering.order where slots[slot].isAnonymous { numberAnonymous(slot) }
    let known = Set(numbering.order)
    for index in slots.entries.indices where slots.entries[index].isAnonymous {
      if !known.contains(Slot(index)) { numberAnonymous(Slot(index)) }
    }
  }
}

/// The order in which variables appear.
private struct AnonymousNumbering {
  var order: [Slot] = []
  private var seen: Set<Slot> = []

  private mutating func add(_ slot: Slot) {
    if seen.insert(slot).inserted { order.append(slot) }
  }

  mutating func visit(_ query: BoundQuery) {
    for arm in query.arms { for clause in arm.clauses { visit(clause) } }
  }

  private mutating func visit(_ clause: Clause) {
    switch clause {
    case .match(let graph, _): visit(graph)
    case .create(let pattern): visit(pattern)
    case .merge(let merge):
      visit(merge.pattern)
      visit(merge.create)
    case .forEach(_, _, let body): for inner in body { visit(inner) }
    case .callSubquery(let call): visit(call.query)
    default: clause.forEachExpression { visit($0) }
    }
  }

  private mutating func visit(_ graph: PatternGraph) {
    let steps = graph.relationships.map { (slot: $0.slot, left: $0.left, right: $0.right) }
    visit(nodes: graph.nodes, steps)
    for part in graph.quantified { visit(part.inner) }
    for part in graph.shortest { visit(part.pattern) }
    for predicate in graph.predicates { visit(predicate) }
  }

  private mutating func visit(_ pattern: CreatePattern) {
    var nodes: [Slot] = []
    var steps: [(slot: Slot, left: Slot, right: Slot)] = []
    for item in pattern.items {
      switch item {
      case .node(let node): nodes.append(node.slot)
      case .relationship(let relationship):
        steps.append((relationship.slot, relationship.start, relationship.end))
      }
    }
    let own = Set(nodes)
    let bound = steps.flatMap { [$0.left, $0.right] }.filter { !own.contains($0) }
    seen.formUnion(bound)
    visit(nodes: nodes, steps)
    for expression in pattern.expressions { visit(expression) }
  }

  private mutating func visit(
    nodes: [Slot], _ steps: [(slot: Slot, left: Slot, right: Slot)]
  ) {
    var touching: [Slot: [Int]] = [:]
    for (place, step) in steps.enumerated() {
      touching[step.left, default: []].append(place)
      if step.right != step.left { touching[step.right, default: []].append(place) }
    }
    for node in nodes {
      for step in (touching[node] ?? []).map({ steps[$0] })
      where step.right == node && seen.contains(step.left)
        || step.left == node && seen.contains(step.right)
      {
        add(step.slot)
      }
      add(node)
    }
    for step in steps { add(step.slot) }
  }

  private mutating func visit(_ expression: Expression) {
    if case .subquery(let subquery) = expression {
      if subquery.isPattern, subquery.kind == .collect {
        subquery.query.columns.forEach { add($0.slot) }
      }
      visit(subquery.query)
    }
    for child in expression.children { visit(child) }
  }
}
