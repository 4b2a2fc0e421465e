import Diagnostics
import QueryPlan

extension PatternSolver {
  /// A component solved anew for each row of what comes before it, where a condition between the two
  /// may turn a scan into a seek; `nil` where it cannot.
  func dependentJoin(_ left: State, _ right: State) throws(Failure) -> State? {
    guard let component = right.component, !component.isBound,
      let (sub, places) = subproblem(component, after: left)
    else { return nil }
    let solver = PatternSolver(sub, planning: planning)
    let inner = try solver.solve(component: component)
    inner.draft.scale(by: left.draft.rows)
    var next = left
    next.component = nil
    next.steps.formUnion(component.steps)
    next.nodes.formUnion(component.nodes)
    next.solved.formUnion(inner.solved.map { places[$0] })
    next.draft = Draft(
      .apply, children: [left.draft, inner.draft], rows: inner.draft.rows,
      cost: left.draft.cost + inner.draft.cost)
    return try applyPredicates(to: next)
  }

  /// A component alone, with the slots of `left` as arguments, and where its conditions stand in
  /// this problem.
  private func subproblem(
    _ component: Component, after left: State
  ) -> (PatternProblem, places: [Int])? {
    let own = slots(of: component)
    let known = left.draft.available.union(own)
    var isLinked = false
    var places: [Int] = []
    for (index, predicate) in problem.predicates.enumerated() where !left.solved.contains(index) {
      guard predicate.slots.isSubset(of: known), !predicate.slots.isDisjoint(with: own) else {
        continue
      }
      places.append(index)
      if !predicate.slots.isSubset(of: own), canSeek(predicate.expression, own: own) {
        isLinked = true
      }
    }
    if !isLinked { return nil }
    var sub = problem
    sub.arguments = left.draft.available
    sub.nodes = component.nodes
    sub.shortest = []
    sub.paths = []
    sub.predicates = places.map { problem.predicates[$0] }
    return (sub, places)
  }

  private func slots(of component: Component) -> Set<Slot> {
    var own = Set(component.nodes)
    for step in component.steps { own.formUnion(problem.connections[step].filledSlots) }
    return own
  }

  /// Whether a condition compares a property of `own` with something else, as indexes serve.
  private func canSeek(_ predicate: Expression, own: Set<Slot>) -> Bool {
    func isSide(_ one: Expression, _ other: Expression) -> Bool {
      let isSought: Bool =
        switch one {
        case .property(.variable(let slot), _): own.contains(slot)
        case .function(_, let arguments):
          if case .variable(let slot)? = arguments.first { own.contains(slot) } else { false }
        default: false
        }
      return isSought && other.slots.isDisjoint(with: own)
    }
    switch predicate {
    case .comparison(let op, let left, let right):
      return op != .notEqual && (isSide(left, right) || isSide(right, left))
    case .membership(let left, let right): return isSide(left, right)
    case .stringMatch(_, let left, let right): return isSide(left, right)
    default: return false
    }
  }
}
