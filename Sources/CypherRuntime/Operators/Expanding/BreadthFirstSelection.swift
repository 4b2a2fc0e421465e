import Diagnostics
import GraphValues
import QueryPlan

/// Finds what `SHORTEST 1`, `ALL SHORTEST` and `SHORTEST 1 GROUP` of one repeated relationship keep, by
/// one search by breadth from the known end: time grows with the graph, not with its walks.
final class BreadthFirstSelection {
  private let part: ShortestPattern
  private let relationship: PatternRelationship
  private let start: Slot
  private let target: Slot
  private let isInto: Bool
  private let isForward: Bool
  private let isSingle: Bool
  private let expander: HopExpander
  private let predicates: [Kernel]
  private let conjunction: Kernel
  private let truths = Column(.booleans)
  private let frame: LocalFrame
  private let found: Batch
  private let targets = Column(.nodes)
  private let lists = Column(.values)
  private let starts = Column(.nodes, capacity: 1)
  private let paths: [(slot: Int, kernel: Kernel)]
  private let context: ExecutionContext
  /// How nodes were first reached: their depth, and all hops by which.
  private var depths: [NodeID: Int] = [:]
  private var arrivals: [NodeID: [Hop]] = [:]

  /// `nil` for parts that need more than a search by breadth.
  init?(_ compiler: PlanCompiler, _ part: ShortestPattern, target: Slot, isInto: Bool)
    throws(Failure)
  {
    switch part.selector {
    case .shortest(1): isSingle = true
    case .allShortest, .groups(1): isSingle = false
    default: return nil
    }
    let pattern = part.pattern
    guard let relationship = pattern.relationships.first, pattern.relationships.count == 1,
      pattern.quantified.isEmpty, pattern.shortest.isEmpty, !relationship.isBound,
      !pattern.allowsRepeatedRelationships, part.left != part.right,
      Set([relationship.left, relationship.right]) == [part.left, part.right],
      let length = relationship.length, length.minimum <= 1
    else { return nil }
    let start = target == part.left ? part.right : part.left
    // Conditions on the walk itself decide which walks count, not which are shortest.
    let walk = Set([relationship.slot] + pattern.paths.map(\.slot))
    let isAboutEnds = pattern.predicates.allSatisfy {
      $0.usedSlots.isDisjoint(with: walk) && !$0.hasSubquery
    }
    guard isAboutEnds else { return nil }
    self.part = part
    self.relationship = relationship
    self.start = start
    self.target = target
    self.isInto = isInto
    isForward = relationship.left == start
    context = compiler.context
    expander = try HopExpander(
      compiler, types: relationship.types, relationshipTest: relationship.hopPredicate)
    predicates = try compiler.conditions(pattern.predicates)
    conjunction = JunctionKernel(predicates, isConjunction: true)
    let used = pattern.predicates.reduce(into: Set<Slot>()) { $0.formUnion($1.usedSlots) }
    frame = LocalFrame(slotCount: compiler.slotCount, used: used, locals: [target])
    found = Batch(slotCount: compiler.slotCount)
    var paths: [(slot: Int, kernel: Kernel)] = []
    for path in pattern.paths {
      paths.append((path.slot.index, PathKernel(path.elements, compiler.context)))
    }
    self.paths = paths
  }

  /// Appends the matches for the row in `source`; false when the walks must be enumerated after all.
  func search(_ source: Batch, into buffer: RowBuffer) throws(Failure) -> Bool {
    guard let from = try source.node(start, 0) else { return true }
    var wanted: NodeID?
    if isInto {
      guard let to = try source.node(target, 0) else { return true }
      wanted = to
    }
    let minimum = relationship.length?.minimum ?? 1
    let maximum = relationship.length?.maximum ?? Int.max
    if minimum > maximum { return true }
    let direction = isForward ? relationship.direction : relationship.direction.reversed
    frame.enter(source, row: 0)
    let canHop = expander.enter(source, row: 0)
    // Both ways, a walk back to its start must not go home by the relationship it left by.
    if minimum > 0 && direction == .both && (wanted == nil || wanted == from) {
      if try !accepted([from]).isEmpty { return false }
    }
    clearFound(from)
    depths = minimum == 0 ? [from: 0] : [:]
    arrivals = [:]
    defer {
      depths = [:]
      arrivals = [:]
    }
    if minimum == 0, wanted == nil || wanted == from, try !accepted([from]).isEmpty {
      try emit(from, from, into: buffer)
    }
    if canHop { try advance(from, wanted, direction, maximum, buffer) }
    try flush(into: buffer)
    return true
  }

  private func advance(
    _ from: NodeID, _ wanted: NodeID?, _ direction: Direction, _ maximum: Int, _ buffer: RowBuffer
  ) throws(Failure) {
    var frontier = [from]
    var depth = 0
    var hops: [Hop] = []
    while !frontier.isEmpty && depth < maximum {
      depth += 1
      var next: [NodeID] = []
      for node in frontier {
        hops.removeAll(keepingCapacity: true)
        try expander.append(from: node, direction, to: &hops)
        for hop in hops {
          let arrival = Hop(relationship: hop.relationship, node: node)
          if let known = depths[hop.node] {
            if known == depth && !isSingle { arrivals[hop.node]?.append(arrival) }
            continue
          }
          depths[hop.node] = depth
          arrivals[hop.node] = [arrival]
          next.append(hop.node)
        }
      }
      let bytes = next.count * 96
      try context.memory.hold(bytes)
      defer { context.memory.release(bytes) }
      if let wanted {
        if depths[wanted] == depth {
          if try !accepted([wanted]).isEmpty { try emit(wanted, from, into: buffer) }
          return
        }
      } else {
        for end in try accepted(next) { try emit(end, from, into: buffer) }
      }
      frontier = next.filter { $0 != from }
      try context.checkCancelled()
    }
  }

  /// The nodes that meet the conditions on the target.
  private func accepted(_ nodes: [NodeID]) throws(Failure) -> [NodeID] {
    if predicates.isEmpty { return nodes }
    var kept: [NodeID] = []
    var place = 0
    while place < nodes.count {
      let end = min(place + Batch.rowsPerBatch, nodes.count)
      frame.bind(0, to: nodes[place..<end].map { Value.node($0) }[...])
      let batch = frame.batch
      try batch.filter(predicates, conjunction: conjunction, truths)
      for index in 0..<batch.count { kept.append(nodes[place + batch.row(index)]) }
      place = end
    }
    return kept
  }

  /// Adds the walks that reach an end: one, or all of the shortest.
  private func emit(_ end: NodeID, _ from: NodeID, into buffer: RowBuffer) throws(Failure) {
    var open: [(node: NodeID, walk: [RelationshipID])] = []
    if let last = arrivals[end] {
      for hop in last.reversed() { open.append((hop.node, [hop.relationship])) }
    } else {
      try add(end, [], into: buffer)
    }
    while let (node, walk) = open.popLast() {
      guard node != from, let before = arrivals[node] else {
        try add(end, walk, into: buffer)
        if isSingle { return }
        continue
      }
      for hop in before.reversed() { open.append((hop.node, walk + [hop.relationship])) }
    }
  }

  private func add(_ end: NodeID, _ backward: [RelationshipID], into buffer: RowBuffer)
    throws(Failure)
  {
    targets.append(word: end.raw)
    let walk = isForward ? backward.reversed() : backward
    lists.append(.list(walk.map { .relationship($0) }))
    if targets.count == Batch.rowsPerBatch { try flush(into: buffer) }
  }

  private func clearFound(_ from: NodeID) {
    targets.reset(.nodes)
    lists.reset(.values)
    starts.reset(.nodes)
    starts.append(word: from.raw)
    starts.isConstant = true
  }

  private func flush(into buffer: RowBuffer) throws(Failure) {
    if targets.count == 0 { return }
    found.columns[start.index] = starts
    found.columns[target.index] = targets
    found.columns[relationship.slot.index] = lists
    found.restart(rowCount: targets.count)
    for path in paths { found.columns[path.slot] = try path.kernel.evaluate(found, found.rows) }
    try buffer.append(found)
    targets.reset(.nodes)
    lists.reset(.values)
  }
}

extension Expression {
  /// Whether a query that was not planned is in the expression.
  fileprivate var hasSubquery: Bool {
    if case .subquery = self { return true }
    return operands.contains { $0.hasSubquery }
  }
}
