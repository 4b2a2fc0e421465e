import Diagnostics
import GraphValues
import QueryPlan

/// `VarLengthExpand(All)`, `VarLengthExpand(Into)`, and the pruning forms.
///
/// Walks depth first with a stack of its own; no relationship occurs twice on a walk, unless it may.
final class VarLengthExpandOperator: ExpandingOperator {
  private let expansion: Expansion
  private let walk: VariableLength
  private let expander: HopExpander
  private var ends: Column?
  private var lists: Column?
  private var target: NodeID?
  private var forbidden: Set<RelationshipID> = []
  private var start = NodeID(0)
  private var isStartPending = false
  /// The hops still to try at each depth, and how many of them are left.
  private var levels: [(hops: [Hop], next: Int)] = []
  private var path: [RelationshipID] = []
  private var pathSet: Set<RelationshipID> = []
  private var pruned: [NodeID] = []
  private var seenEnds: Set<NodeID> = []

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ input: Operator, _ expansion: Expansion,
    _ walk: VariableLength
  ) throws(Failure) {
    self.expansion = expansion
    self.walk = walk
    expander = try HopExpander(
      compiler, types: expansion.types, relationshipTest: walk.hopPredicate,
      nodeTest: walk.nodePredicate)
    super.init(node, compiler, input)
    if walk.mode != .into { ends = makeColumn(expansion.to, .nodes) }
    if walk.mode != .pruning && isLive(expansion.relationship) {
      lists = makeColumn(expansion.relationship, .values)
    }
  }

  override func open(_ source: Batch, _ row: Int) throws(Failure) -> Bool {
    guard let from = try source.node(expansion.from, row) else { return false }
    target = nil
    if walk.mode == .into {
      guard let to = try source.node(expansion.to, row) else { return false }
      target = to
    }
    let maximum = walk.range.maximum ?? Int.max
    if walk.range.minimum > maximum { return false }
    forbidden = walk.uniqueAgainst.isEmpty ? [] : source.relationships(walk.uniqueAgainst, row)
    start = from
    levels.removeAll(keepingCapacity: true)
    path.removeAll(keepingCapacity: true)
    pathSet.removeAll(keepingCapacity: true)
    seenEnds.removeAll(keepingCapacity: true)
    pruned.removeAll(keepingCapacity: true)
    isStartPending = walk.range.minimum == 0
    let canHop = expander.enter(source, row: row)
    if walk.mode == .pruning && walk.range.minimum <= 1 {
      isStartPending = false
      if canHop { try prune(from, maximum) }
      if walk.range.minimum == 0 && !pruned.contains(from) { pruned.append(from) }
      pruned.reverse()
      return !pruned.isEmpty
    }
    if canHop && maximum > 0 { try descend(from) }
    return isStartPending || !levels.isEmpty
  }

  override func fill(_ limit: Int) throws(Failure) -> Int {
    if walk.mode == .pruning && walk.range.minimum <= 1 { return fillPruned(limit) }
    var count = 0
    if isStartPending {
      isStartPending = false
      count += emit(start)
    }
    var steps = 0
    while count < limit, let level = levels.indices.last {
      steps &+= 1
      if steps & 0x3FFF == 0 { try context.checkCancelled() }
      guard levels[level].next < levels[level].hops.count else {
        levels.removeLast()
        if let last = path.popLast(), path.count >= 16 { pathSet.remove(last) }
        continue
      }
      let hop = levels[level].hops[levels[level].next]
      levels[level].next += 1
      if contains(hop.relationship) { continue }
      if path.count >= 16 { pathSet.insert(hop.relationship) }
      path.append(hop.relationship)
      if path.count >= walk.range.minimum { count += emit(hop.node) }
      if path.count < walk.range.maximum ?? Int.max {
        try descend(hop.node)
      } else if let last = path.popLast(), path.count >= 16 {
        pathSet.remove(last)
      }
    }
    isRowDone = levels.isEmpty
    return count
  }

  /// Whether a relationship is on the walk already, or must not be used.
  ///
  /// The first sixteen are looked through, later ones are in a set.
  private func contains(_ relationship: RelationshipID) -> Bool {
    if walk.mayRepeat { return false }
    if path.prefix(16).contains(relationship) { return true }
    if path.count > 16 && pathSet.contains(relationship) { return true }
    return !forbidden.isEmpty && forbidden.contains(relationship)
  }

  private func descend(_ node: NodeID) throws(Failure) {
    var hops: [Hop] = []
    try expander.append(from: node, expansion.direction, to: &hops)
    levels.append((hops, 0))
  }

  /// Appends a row when the walk so far is one; gives how many.
  private func emit(_ end: NodeID) -> Int {
    if let target, target != end { return 0 }
    if walk.mode == .pruning && !seenEnds.insert(end).inserted { return 0 }
    ends?.append(word: end.raw)
    if let lists {
      let ids = walk.isReversed ? path.reversed() : path
      lists.append(.list(ids.map { .relationship($0) }))
    }
    return 1
  }

  // MARK: Each end once

  private func fillPruned(_ limit: Int) -> Int {
    var count = 0
    while count < limit, let end = pruned.popLast() {
      ends?.append(word: end.raw)
      count += 1
    }
    isRowDone = pruned.isEmpty
    return count
  }

  /// Breadth first: a node's shortest walk repeats nothing, so reaching it at all suffices.
  ///
  /// Only the start itself needs two ways that part at their first hop when relationships go both ways.
  private func prune(_ start: NodeID, _ maximum: Int) throws(Failure) {
    struct Reached {
      var depth: Int
      var branch: RelationshipID?
    }
    var reached: [NodeID: Reached] = [start: Reached(depth: 0, branch: nil)]
    var frontier = [start]
    var depth = 0
    var closes = false
    var hops: [Hop] = []
    while !frontier.isEmpty && depth < maximum {
      depth += 1
      var next: [NodeID] = []
      for node in frontier {
        hops.removeAll(keepingCapacity: true)
        try expander.append(from: node, expansion.direction, to: &hops)
        let origin = reached[node]
        for hop in hops where forbidden.isEmpty || !forbidden.contains(hop.relationship) {
          if let known = reached[hop.node] {
            let branch = origin?.branch ?? hop.relationship
            let length = (origin?.depth ?? 0) + 1 + known.depth
            if hop.node == start {
              closes =
                closes || walk.mayRepeat || expansion.direction != .both || node == start
                || origin?.branch != hop.relationship
            } else if expansion.direction == .both, known.branch != branch, length <= maximum {
              closes = true
            }
            continue
          }
          reached[hop.node] = Reached(depth: depth, branch: origin?.branch ?? hop.relationship)
          pruned.append(hop.node)
          next.append(hop.node)
        }
      }
      frontier = next
    }
    if closes { pruned.append(start) }
  }

  override func clearColumns() {
    ends?.reset(.nodes)
    lists?.reset(.values)
  }
}
