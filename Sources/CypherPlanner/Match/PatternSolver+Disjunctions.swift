import Diagnostics
import QueryPlan

extension PatternSolver {
  /// Ways to find a node by a disjunction: one leaf for each alternative, united, each node once.
  func disjunctionPaths(of node: Slot) throws(Failure) -> [State] {
    var states: [State] = []
    for (index, predicate) in problem.predicates.enumerated() {
      guard case .or(let alternatives) = predicate.expression,
        predicate.slots.subtracting(problem.arguments) == [node],
        !predicate.expression.containsSubquery
      else { continue }
      if let state = try united(alternatives, index, node) { states.append(state) }
    }
    return states
  }

  private func united(
    _ alternatives: [Expression], _ index: Int, _ node: Slot
  ) throws(Failure) -> State? {
    var parts: [Draft] = []
    for alternative in alternatives {
      guard let part = try seek(alternative, instead: index, node) else { return nil }
      parts.append(part)
    }
    // What finds most comes first.
    parts = parts.enumerated().sorted { one, other in
      let (left, right) = (one.element.breadth, other.element.breadth)
      return left == right ? one.offset < other.offset : left > right
    }.map(\.element)
    guard var whole = parts.first else { return nil }
    for part in parts.dropFirst() {
      whole = Draft(
        .union(left: [node], right: [node], into: [node]), children: [whole, part],
        rows: whole.rows + part.rows, arguments: problem.arguments)
    }
    let item = Projection.Item(slot: node, expression: .variable(node))
    whole = Draft(
      .distinct([item]), children: [whole], rows: whole.rows,
      cost: whole.cost + whole.rows, arguments: problem.arguments)
    // Each part met the conditions on labels, too.
    let labels = problem.predicates.indices.filter { problem.predicates[$0].label?.node == node }
    let state = State(draft: whole, nodes: boundNodes.union([node]), solved: Set(labels + [index]))
    return try applyPredicates(to: state)
  }

  /// The cheapest seek for one alternative; `nil` when there is only a scan with a filter.
  private func seek(
    _ alternative: Expression, instead index: Int, _ node: Slot
  ) throws(Failure) -> Draft? {
    var sub = problem
    sub.nodes = [node]
    sub.connections = []
    sub.shortest = []
    sub.paths = []
    sub.predicates = problem.predicates.enumerated().compactMap { place, predicate in
      if place == index { return nil }
      return predicate.label?.node == node ? predicate : nil
    }
    for part in alternative.conjuncts {
      sub.predicates.append(
        Predicate(
          expression: part, slots: part.slots,
          selectivity: Estimate.selectivity(part, in: planning)))
    }
    let solver = PatternSolver(sub, planning: planning)
    let seeks = try solver.seeks(of: node)
    guard let best = seeks.min(by: isCheaper) else { return nil }
    return try solver.complete(best).draft
  }
}

extension Draft {
  /// How much a seek may find, by its kind.
  fileprivate var breadth: Int {
    switch operation {
    case .nodeIndexSeek(_, let index, .equal), .nodeIndexSeek(_, let index, .anyOf):
      index.isUnique ? 0 : index.kind == .point ? 2 : 1
    default: children.first?.breadth ?? 3
    }
  }
}
