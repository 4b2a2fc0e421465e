import Diagnostics
import GraphValues
import QueryPlan

/// `Repeat(Trail)`: iterates a quantified pattern, depth first.
final class RepeatTrailOperator: ExpandingOperator {
  private let pattern: QuantifiedPattern
  private let uniqueAgainst: [Slot]
  private let innerRelationships: [Int]
  private let mayRepeat: Bool
  private let isInto: Bool
  private let isReversed: Bool
  private let right: Operator
  private let frame: ArgumentFrame
  private let innerFrom: Slot
  private let innerTo: Int
  private let groups: [(inner: Int, column: Column)]
  private var ends: Column?
  private var stack: [Iteration] = []
  private var target: NodeID?
  private var forbidden: Set<RelationshipID> = []
  private var source: Batch?
  private var sourceRow = 0

  /// A walk of some iterations, by its last one.
  private final class Iteration {
    private(set) var previous: Iteration?
    let depth: Int
    let node: NodeID
    let relationships: [RelationshipID]
    let values: [Value]

    init(
      after previous: Iteration?, at node: NodeID, _ relationships: [RelationshipID],
      _ values: [Value]
    ) {
      self.previous = previous
      depth = (previous?.depth ?? -1) + 1
      self.node = node
      self.relationships = relationships
      self.values = values
    }

    /// Whether a relationship is on the walk.
    func contains(_ relationship: RelationshipID) -> Bool {
      var current: Iteration? = self
      while let iteration = current {
        if iteration.relationships.contains(relationship) { return true }
        current = iteration.previous
      }
      return false
    }

    // Releases a long chain of walks one by one: the stack would not hold the recursion.
    deinit {
      guard var current = previous.take() else { return }
      while isKnownUniquelyReferenced(&current), let next = current.previous.take() {
        current = next
      }
    }
  }

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ left: Operator, _ rightNode: PlanNode,
    _ pattern: QuantifiedPattern, _ uniqueAgainst: [Slot], _ relationships: [Slot], isInto: Bool,
    isReversed: Bool
  ) throws(Failure) {
    self.pattern = pattern
    self.uniqueAgainst = uniqueAgainst
    innerRelationships = relationships.map(\.index)
    mayRepeat = pattern.inner.allowsRepeatedRelationships
    self.isInto = isInto
    self.isReversed = isReversed
    innerFrom = isReversed ? pattern.innerEnd : pattern.innerStart
    innerTo = (isReversed ? pattern.innerStart : pattern.innerEnd).index
    var slots = Set(node.children[0].live)
    rightNode.collectArguments(into: &slots)
    slots.remove(innerFrom)
    frame = ArgumentFrame(
      slotCount: compiler.slotCount, slots: slots.sorted(), parent: compiler.frame)
    right = try compiler.compile(rightNode, within: frame)
    groups = pattern.groups.map { ($0.inner.index, Column(.values)) }
    super.init(node, compiler, left)
    if !isInto { ends = makeColumn(isReversed ? pattern.left : pattern.right, .nodes) }
    for (group, place) in zip(pattern.groups, groups.indices) {
      adopt(groups[place].column, group.outer)
    }
  }

  override func open(_ source: Batch, _ row: Int) throws(Failure) -> Bool {
    let start = isReversed ? pattern.right : pattern.left
    guard let from = try source.node(start, row) else { return false }
    target = nil
    if isInto {
      guard let to = try source.node(isReversed ? pattern.left : pattern.right, row) else {
        return false
      }
      target = to
    }
    if pattern.range.minimum > pattern.range.maximum ?? Int.max { return false }
    forbidden = uniqueAgainst.isEmpty ? [] : source.relationships(uniqueAgainst, row)
    self.source = source
    sourceRow = row
    stack = [Iteration(after: nil, at: from, [], [])]
    return true
  }

  override func fill(_ limit: Int) throws(Failure) -> Int {
    var count = 0
    while count < limit, let walk = stack.popLast() {
      if walk.depth < pattern.range.maximum ?? Int.max { try iterate(walk) }
      if walk.depth >= pattern.range.minimum && (target == nil || target == walk.node) {
        emit(walk)
        count += 1
      }
    }
    isRowDone = stack.isEmpty
    return count
  }

  /// Finds all ways to go on from a walk.
  private func iterate(_ walk: Iteration) throws(Failure) {
    guard let source else { return }
    frame.set(source, row: sourceRow)
    frame.bind(innerFrom, to: .node(walk.node))
    right.reset()
    var found: [Iteration] = []
    while let batch = try right.next() {
      for index in 0..<batch.count {
        if let next = try iteration(after: walk, batch, batch.row(index)) { found.append(next) }
      }
    }
    stack.append(contentsOf: found.reversed())
  }

  private func iteration(after walk: Iteration, _ batch: Batch, _ row: Int) throws(Failure)
    -> Iteration?
  {
    guard case .node(let end) = batch.columns[innerTo]?.value(at: row) else { return nil }
    var relationships: [RelationshipID] = []
    for slot in innerRelationships {
      guard let id = batch.columns[slot]?.value(at: row).relationshipID else { continue }
      if !mayRepeat,
        relationships.contains(id) || forbidden.contains(id) || walk.contains(id)
      {
        return nil
      }
      relationships.append(id)
    }
    let values = groups.map { group -> Value in
      if group.inner == innerFrom.index { return .node(walk.node) }
      return batch.columns[group.inner]?.value(at: row) ?? .null
    }
    return Iteration(after: walk, at: end, relationships, values)
  }

  private func emit(_ walk: Iteration) {
    ends?.append(word: walk.node.raw)
    var iterations: [Iteration] = []
    var current: Iteration? = walk
    while let iteration = current, iteration.depth > 0 {
      iterations.append(iteration)
      current = iteration.previous
    }
    if !isReversed { iterations.reverse() }
    for place in groups.indices {
      groups[place].column.append(.list(iterations.map { $0.values[place] }))
    }
  }

  override func clearColumns() {
    ends?.reset(.nodes)
    for group in groups { group.column.reset(.values) }
  }

  override func reset() {
    super.reset()
    stack = []
    source = nil
  }
}
