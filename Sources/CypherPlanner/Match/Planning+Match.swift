import Diagnostics
import GraphValues
import QueryPlan

extension Planning {
  /// MATCH clauses that follow each other, on top of `input`.
  func planMatch(_ graphs: [PatternGraph], on input: Draft) throws(Failure) -> Draft {
    attach(try solve(graphs, arguments: input.available), to: input)
  }

  /// OPTIONAL MATCH.
  func planOptionalMatch(_ graph: PatternGraph, on input: Draft) throws(Failure) -> Draft {
    let before = neverNull
    let part = try solve([graph], arguments: input.available)
    neverNull = before
    let introduced = graph.filledSlots.subtracting(input.available)
    if introduced.isEmpty && graph.paths.isEmpty {
      // Nothing new to be null: each row passes exactly once or as often as it matches.
      return attach(optional(part, nulls: [], arguments: input.available), to: input)
    }
    if let expanded = optionalExpand(part) { return attach(expanded, to: input) }
    return attach(
      optional(part, nulls: introduced, arguments: input.available), to: input)
  }

  /// The twin of a plan that is one expansion from the argument, perhaps with conditions.
  func optionalExpand(_ part: Draft) -> Draft? {
    var step = part
    var predicates: [Expression] = []
    if case .filter(let conditions) = part.operation, let child = part.children.first {
      predicates = conditions
      step = child
    }
    guard let leaf = step.children.first, case .argument = leaf.operation else { return nil }
    let rows = max(1, part.rows)
    switch step.operation {
    case .expandAll(let expansion):
      return Draft(
        .optionalExpandAll(expansion, predicates: predicates), children: [leaf], rows: rows,
        cost: part.cost)
    case .expandInto(let expansion):
      return Draft(
        .optionalExpandInto(expansion, predicates: predicates), children: [leaf], rows: rows,
        cost: part.cost)
    default: return nil
    }
  }

  /// More clauses than this are not solved together.
  private static var mostGraphsTogether: Int { 100 }

  /// Whether `next` may be solved together with the clauses before it.
  func canJoin(_ next: PatternGraph, to graphs: [PatternGraph]) -> Bool {
    guard graphs.count < Self.mostGraphsTogether, next.shortest.isEmpty,
      graphs.allSatisfy({ $0.shortest.isEmpty && $0.paths.isEmpty })
    else { return false }
    if next.relationships.contains(where: \.isBound) { return false }
    let filled = graphs.reduce(into: Set<Slot>()) { $0.formUnion($1.filledSlots) }
    let own = next.relationships.map(\.slot) + next.quantified.flatMap { $0.groups.map(\.outer) }
    return filled.isDisjoint(with: own)
  }

  /// Finds the cheapest plan for patterns, from an argument with the slots `arguments`.
  func solve(_ graphs: [PatternGraph], arguments: Set<Slot>) throws(Failure) -> Draft {
    // Each step becomes an operator on top of the others.
    let steps = graphs.reduce(0) { $0 + $1.relationships.count + $1.quantified.count }
    let nodes = graphs.reduce(0) { $0 + $1.nodes.count }
    if max(steps, nodes - 1) > StatementPlan.maximumDepth { throw StatementPlan.tooDeep }
    let problem = PatternProblem(graphs, arguments: arguments, planning: self)
    let solver = PatternSolver(problem, planning: self)
    let draft = try solver.solve()
    for node in problem.nodes { neverNull.insert(node) }
    for case .relationship(let relationship) in problem.connections {
      neverNull.insert(relationship.slot)
    }
    for predicate in problem.predicates {
      if let label = predicate.label { knownLabels[label.node, default: []].insert(label.name) }
    }
    return draft
  }
}
