import Diagnostics
import GraphValues
import QueryPlan

/// `ShortestPath`: `shortestPath()` and `allShortestPaths()` between known ends.
final class ShortestPathOperator: ExpandingOperator {
  private let search: ShortestPathSearch
  private let expander: HopExpander
  private let finder: ShortestPathFinder
  private let predicates: [Kernel]
  private let conjunction: Kernel
  private let truths = Column(.booleans)
  private let frame: LocalFrame
  private var paths = Column(.values)
  private var lists: Column?
  private var found: [ShortestPathFinder.Walk] = []

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ input: Operator, _ search: ShortestPathSearch
  ) throws(Failure) {
    self.search = search
    expander = try HopExpander(
      compiler, types: search.expansion.types, relationshipTest: search.hopPredicate)
    finder = ShortestPathFinder(expander, search.expansion.direction, compiler.context)
    predicates = try compiler.conditions(search.predicates)
    conjunction = JunctionKernel(predicates, isConjunction: true)
    let used = search.predicates.reduce(into: Set<Slot>()) { $0.formUnion($1.usedSlots) }
    frame = LocalFrame(
      slotCount: compiler.slotCount, used: used,
      locals: [search.path, search.expansion.relationship])
    super.init(node, compiler, input)
    paths = makeColumn(search.path, .values)
    if isLive(search.expansion.relationship) {
      lists = makeColumn(search.expansion.relationship, .values)
    }
  }

  override func open(_ source: Batch, _ row: Int) throws(Failure) -> Bool {
    found = []
    guard let from = try source.node(search.expansion.from, row),
      let to = try source.node(search.expansion.to, row)
    else { return false }
    frame.enter(source, row: row)
    let canHop = expander.enter(source, row: row)
    if from == to {
      if search.range.minimum > 0 {
        guard search.allowsCommonEnds else { throw .shortestPathWithCommonEnds }
        found = canHop ? try findLonger(from, to, 1, search.range.maximum ?? Int.max) : []
        if !search.isAll, found.count > 1 { found = [found[0]] }
        return !found.isEmpty
      }
      found = try keep([ShortestPathFinder.Walk(nodes: [from], relationships: [])])
      return !found.isEmpty
    }
    let maximum = search.range.maximum ?? Int.max
    if !canHop || search.range.minimum > maximum { return false }
    let shortest = try finder.find(
      from: from, to: to, maximum: maximum, all: search.isAll || !predicates.isEmpty)
    found = try keep(shortest)
    if found.isEmpty, let length = shortest.first?.relationships.count {
      found = try findLonger(from, to, length + 1, maximum)
    }
    if !search.isAll, found.count > 1 { found = [found[0]] }
    found.reverse()
    return !found.isEmpty
  }

  override func fill(_ limit: Int) throws(Failure) -> Int {
    var count = 0
    while count < limit, let walk = found.popLast() {
      paths.append(walk.path)
      lists?.append(walk.list)
      count += 1
    }
    isRowDone = found.isEmpty
    return count
  }

  /// The walks that meet the conditions on whole paths.
  private func keep(_ walks: [ShortestPathFinder.Walk]) throws(Failure)
    -> [ShortestPathFinder.Walk]
  {
    if predicates.isEmpty || walks.isEmpty { return walks }
    var kept: [ShortestPathFinder.Walk] = []
    for walk in walks {
      frame.bind(0, to: walk.path)
      frame.bind(1, to: walk.list)
      let batch = frame.batch
      try batch.filter(predicates, conjunction: conjunction, truths)
      if batch.count > 0 {
        kept.append(walk)
        if !search.isAll { return kept }
      }
    }
    return kept
  }

  /// Goes through all longer walks, shortest first, until some meet the conditions.
  private func findLonger(_ start: NodeID, _ end: NodeID, _ length: Int, _ maximum: Int)
    throws(Failure) -> [ShortestPathFinder.Walk]
  {
    var level = [ShortestPathFinder.Walk(nodes: [start], relationships: [])]
    var held = 0
    defer { context.memory.release(held) }
    var hops: [Hop] = []
    var depth = 0
    while !level.isEmpty && depth < maximum {
      depth += 1
      var next: [ShortestPathFinder.Walk] = []
      var complete: [ShortestPathFinder.Walk] = []
      for walk in level {
        guard let last = walk.nodes.last else { continue }
        hops.removeAll(keepingCapacity: true)
        try expander.append(from: last, search.expansion.direction, to: &hops)
        for hop in hops where !walk.relationships.contains(hop.relationship) {
          var longer = walk
          longer.nodes.append(hop.node)
          longer.relationships.append(hop.relationship)
          if hop.node == end && depth >= length { complete.append(longer) }
          next.append(longer)
        }
      }
      let bytes = next.count * (80 + 16 * depth)
      held += bytes
      try context.memory.hold(bytes)
      let kept = try keep(complete)
      if !kept.isEmpty { return kept }
      level = next
      try context.checkCancelled()
    }
    return []
  }

  override func clearColumns() {
    paths.reset(.values)
    lists?.reset(.values)
  }
}

extension ShortestPathFinder.Walk {
  /// The walk as a path.
  var path: Value {
    .path(PathReference(nodes: nodes, relationships: relationships))
  }

  /// The walk's relationships as a list.
  var list: Value { .list(relationships.map { .relationship($0) }) }
}

extension Failure {
  /// A shortest path was sought from a node to itself.
  static var shortestPathWithCommonEnds: Failure {
    Failure(
      code: "Neo.DatabaseError.Statement.ExecutionFailed",
      message: """
        The shortest path algorithm does not work when the start and end nodes are the same. This can happen if you
        perform a shortestPath search after a cartesian product that might have the same start and end nodes for some
        of the rows passed to shortestPath. If you would rather not experience this exception, and can accept the
        possibility of missing results for those rows, disable this in the Neo4j configuration by setting
        `dbms.cypher.forbid_shortestpath_common_nodes` to false. If you cannot accept missing results, and really want the
        shortestPath between two common nodes, then re-write the query using a standard Cypher variable length pattern
        expression followed by ordering by path length and limiting to one result.
        """,
      gqlStatus: "51N23",
      gqlDescription: "system configuration or operation exception - cyclic shortest path search "
        + "disabled. Cannot find the shortest path when the start and end nodes are the same. To "
        + "enable this behavior, set 'dbms.cypher.forbid_shortestpath_common_nodes' to false.")
  }
}
