import Diagnostics
import GraphValues
import QueryPlan

/// Finds a cheap plan for a pattern: access paths, order of steps, joins.
///
/// Nodes that steps connect form components; those that hold bound nodes count as one, which starts
/// at the argument. Each component is solved by dynamic programming over the sets of steps that are
/// done (greedily when there are many), then components are joined.
final class PatternSolver {
  let planning: Planning
  var problem: PatternProblem
  /// Conditions that are subqueries, as operators over some input.
  var questions: [Int: Draft] = [:]
  /// Plans of iterations.
  var innerPlans: [InnerKey: Draft] = [:]
  /// More steps than this are solved greedily.
  static let exhaustiveLimit = 7
  /// More steps than this are done in the order of the text, wherever they can.
  static let comparedSteps = 40
  /// More components than this are joined by comparing only the smallest.
  static let mostPartners = 24

  /// The conditions that look at each slot, by their places.
  lazy var conditionsOfSlot: [Slot: [Int]] = {
    var found: [Slot: [Int]] = [:]
    for (index, predicate) in problem.predicates.enumerated() {
      for slot in predicate.slots { found[slot, default: []].append(index) }
    }
    return found
  }()

  /// The conditions that look at no slot.
  lazy var conditionsOnNothing = Set(
    problem.predicates.indices.filter { problem.predicates[$0].slots.isEmpty })

  /// The pattern's nodes that are bound before it.
  let boundNodes: Set<Slot>

  init(_ problem: PatternProblem, planning: Planning) {
    self.problem = problem
    self.planning = planning
    boundNodes = problem.arguments.intersection(problem.nodes)
  }

  /// Whether two partial plans find nodes of their own only.
  func areApart(_ left: State, _ right: State) -> Bool {
    left.nodes.intersection(right.nodes).isSubset(of: boundNodes)
      && left.steps.isDisjoint(with: right.steps)
  }

  /// An iteration of a quantified step, by where it starts.
  struct InnerKey: Hashable {
    var step: Int
    var start: Slot
  }

  /// A partial plan: which steps it has done and which conditions it has met.
  struct State {
    var draft: Draft
    var steps: Set<Int> = []
    var nodes: Set<Slot> = []
    var solved: Set<Int> = []
    /// The slots with which it was last looked which conditions can be met.
    var examined: Set<Slot> = []
    /// The component that this solves, as long as it is joined with no other.
    var component: Component?
  }

  /// The whole plan.
  func solve() throws(Failure) -> Draft {
    var states: [State] = []
    let targets = Set(problem.shortest.compactMap(freeTarget))
    for component in components() where targets.isDisjoint(with: component.nodes) {
      var state = try solve(component: component)
      state.component = component
      states.append(state)
    }
    var whole = try join(states)
    for part in problem.shortest { whole = try addShortest(part, to: whole) }
    let paths = problem.paths.filter { !whole.draft.available.contains($0.slot) }
    whole.draft = planning.putTogether(paths, on: whole.draft)
    return try complete(whole).draft
  }

  /// Whatever conditions are left, whether or not their slots are known.
  func complete(_ state: State) throws(Failure) -> State {
    let rest = problem.predicates.indices.filter { !state.solved.contains($0) }
    var state = state
    state.draft = try planning.filter(
      state.draft, by: rest.map { problem.predicates[$0].expression })
    state.solved.formUnion(rest)
    return state
  }

  // MARK: Components

  /// A part of the pattern that steps hold together.
  struct Component {
    var nodes: [Slot]
    var steps: [Int]
    var isBound: Bool
  }

  private func components() -> [Component] {
    var group: [Slot: Int] = [:]
    for (index, node) in problem.nodes.enumerated() { group[node] = index }
    func merge(_ left: Slot, _ right: Slot) {
      guard let into = group[left], let from = group[right], into != from else { return }
      for (slot, number) in group where number == from { group[slot] = into }
    }
    for connection in problem.connections {
      merge(connection.left, connection.right)
      for slot in connection.required {
        let owner = problem.connections.first { $0.filledSlots.contains(slot) }?.left ?? slot
        if group[owner] != nil { merge(connection.left, owner) }
      }
    }
    var bound = problem.nodes.filter { problem.arguments.contains($0) }
    for case .relationship(let relationship) in problem.connections
    where relationship.isBound && problem.arguments.contains(relationship.slot) {
      bound.append(relationship.left)
    }
    if let first = bound.first { for node in bound.dropFirst() { merge(first, node) } }
    var order: [Int] = []
    for node in problem.nodes {
      if let number = group[node], !order.contains(number) { order.append(number) }
    }
    return order.map { number in
      Component(
        nodes: problem.nodes.filter { group[$0] == number },
        steps: problem.connections.indices.filter {
          group[problem.connections[$0].left] == number
        },
        isBound: bound.contains { group[$0] == number })
    }
  }

  /// The cheapest plan of one component.
  func solve(component: Component) throws(Failure) -> State {
    var leaves: [State] = []
    if component.isBound {
      let leaf = planning.argument(problem.arguments)
      leaves.append(
        try applyPredicates(
          to: State(draft: leaf, nodes: Set(component.nodes).intersection(problem.arguments))))
    }
    leaves += try accessPaths(for: component)
    if component.steps.isEmpty {
      let whole = leaves.filter { $0.nodes.isSuperset(of: component.nodes) }
      if let best = whole.min(by: isCheaper) { return best }
    }
    if component.steps.count <= Self.exhaustiveLimit,
      let best = try exhaustive(component, leaves: leaves)
    {
      return best
    }
    return try greedy(component, leaves: leaves)
  }

  func isCheaper(_ left: State, _ right: State) -> Bool {
    left.draft.cost == right.draft.cost
      ? left.draft.rows < right.draft.rows : left.draft.cost < right.draft.cost
  }

  // MARK: Searching

  private struct Key: Hashable {
    var steps: Set<Int>
    var nodes: Set<Slot>
  }

  private func exhaustive(_ component: Component, leaves: [State]) throws(Failure) -> State? {
    // Kept in the order found: equal plans must not depend on hashing.
    var places: [Key: Int] = [:]
    var best: [State] = []
    func keep(_ state: State) {
      let key = Key(steps: state.steps, nodes: state.nodes)
      guard let place = places[key] else {
        places[key] = best.count
        best.append(state)
        return
      }
      if !isCheaper(best[place], state) { best[place] = state }
    }
    for leaf in leaves { keep(leaf) }
    for pair in try pairs(of: best, in: component) { keep(pair) }
    for size in 0..<component.steps.count {
      for state in best.filter({ $0.steps.count == size }) {
        try planning.checkCancelled()
        for step in component.steps where !state.steps.contains(step) {
          for next in try extend(state, by: step) { keep(next) }
        }
      }
      let sized = best.filter { $0.steps.count == size + 1 }
      for left in sized {
        for right in best
        where canHashJoin(left, right)
          && left.steps.count + right.steps.count <= component.steps.count
        {
          keep(try hashJoin(right, left))
          keep(try hashJoin(left, right))
        }
      }
    }
    let whole = best.filter {
      $0.steps.count == component.steps.count && $0.nodes.isSuperset(of: component.nodes)
    }
    return whole.min(by: isCheaper)
  }

  /// Two small leaves side by side, between which steps will then look.
  private func pairs(of leaves: [State], in component: Component) throws(Failure) -> [State] {
    var found: [State] = []
    for (index, left) in leaves.enumerated() where left.draft.rows <= 20 {
      for right in leaves[..<index]
      where right.draft.rows <= 20 && areApart(left, right) && left.steps.isEmpty
        && right.steps.isEmpty && !left.draft.isArgument && !right.draft.isArgument
      {
        found.append(try product(left, right))
      }
    }
    return found
  }

  private func greedy(_ component: Component, leaves: [State]) throws(Failure) -> State {
    var best: State?
    let starts = component.isBound ? Array(leaves.prefix(1)) : leaves.sorted(by: isCheaper)
    let tries = component.steps.count > Self.comparedSteps ? 1 : 4
    for start in starts.prefix(tries) {
      let state = try grow(start, over: component, leaves: leaves)
      if best.map({ isCheaper(state, $0) }) ?? true { best = state }
    }
    return best ?? State(draft: planning.argument(problem.arguments))
  }

  private func grow(
    _ start: State, over component: Component, leaves: [State]
  ) throws(Failure) -> State {
    var state = start
    while true {
      try planning.checkCancelled()
      let missing = component.steps.filter { !state.steps.contains($0) }
      var candidates: [State] = []
      for step in missing {
        candidates += try extend(state, by: step)
        if missing.count > Self.comparedSteps, !candidates.isEmpty { break }
      }
      if let next = candidates.min(by: {
        ($0.draft.rows, $0.draft.cost) < ($1.draft.rows, $1.draft.cost)
      }) {
        state = next
        continue
      }
      // Nothing can be walked from here: take another node in.
      let others = leaves.filter {
        !state.nodes.isSuperset(of: $0.nodes) && areApart(state, $0)
      }
      if let other = others.min(by: isCheaper) {
        state = try product(state, other)
        continue
      }
      for step in missing { candidates += try extend(state, by: step, isForced: true) }
      guard let next = candidates.first else { return state }
      state = next
    }
  }
}
