import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

/// `Expand(All)`.
final class ExpandAllOperator: ExpandingOperator {
  private let expansion: Expansion
  private let types: TypeFilter
  private var neighbours: Column?
  private var relationships: Column?
  private var origin = NodeID(0)
  private var tokens: [TypeToken]?
  private var resume: ExpandPosition?
  private let counted = Column(.nodes)
  private let adjacency: AdjacencySource
  /// The places in the arrays that are left of the open row, where arrays are in use.
  private var places: Range<Int>?

  init(_ node: PlanNode, _ compiler: PlanCompiler, _ input: Operator, _ expansion: Expansion) {
    self.expansion = expansion
    types = TypeFilter(expansion.types, compiler.context.tokens)
    adjacency = AdjacencySource(expansion.direction, compiler.context)
    super.init(node, compiler, input)
    if isLive(expansion.to) { neighbours = makeColumn(expansion.to, .nodes) }
    if isLive(expansion.relationship) {
      relationships = makeColumn(expansion.relationship, .relationships)
    }
  }

  override func begin(_ source: Batch) throws(Failure) {
    tokens = types.resolve(context.transaction)
    places = nil
    if tokens?.isEmpty != true { try adjacency.expect(source.count, tokens) }
  }

  override func open(_ source: Batch, _ row: Int) throws(Failure) -> Bool {
    if let tokens, tokens.isEmpty { return false }
    guard let from = try source.node(expansion.from, row) else { return false }
    if let index = adjacency.index {
      let found = index.range(of: from.raw)
      places = found
      return !found.isEmpty
    }
    places = nil
    origin = from
    resume = nil
    return true
  }

  override func fillRows(
    _ source: Batch, _ rows: RowSet, _ position: inout Int, _ limit: Int,
    _ sources: inout [Int32]
  ) throws(Failure) -> Int? {
    guard let index = adjacency.index, let nodes = source.columns[expansion.from.index],
      nodes.kind == .nodes, !nodes.hasNulls
    else { return nil }
    var made = 0
    var left = places
    let keepsSources = passesColumns
    while made < limit && position < rows.count {
      let row = rows[position]
      let found = left ?? index.range(of: nodes.word(at: row))
      let taken = found.count <= limit - made ? found : found.prefix(limit - made)
      if !taken.isEmpty {
        neighbours?.append(index.neighbours, taken)
        relationships?.append(index.relationships, taken)
        if keepsSources {
          for _ in taken { sources.append(Int32(truncatingIfNeeded: row)) }
        }
        made += taken.count
      }
      if taken.upperBound < found.upperBound {
        left = taken.upperBound..<found.upperBound
      } else {
        left = nil
        position += 1
      }
    }
    places = left
    context.storeHits &+= made
    return made
  }

  override func reset() {
    super.reset()
    places = nil
  }

  private func fill(_ limit: Int, _ index: AdjacencyIndex, _ left: Range<Int>) -> Int {
    let taken = left.prefix(limit)
    neighbours?.append(index.neighbours, taken)
    relationships?.append(index.relationships, taken)
    isRowDone = taken.upperBound == left.upperBound
    places = isRowDone ? nil : taken.upperBound..<left.upperBound
    context.storeHits &+= taken.count
    return taken.count
  }

  override func fill(_ limit: Int) throws(Failure) -> Int {
    if let places, let index = adjacency.index { return fill(limit, index, places) }
    let column = neighbours ?? relationships ?? counted
    if neighbours == nil && relationships == nil { counted.reset(.nodes) }
    let before = column.count
    repeat {
      do throws(StoreError) {
        resume = try context.transaction.appendNeighbours(
          of: origin, expansion.direction, types: tokens, limit: limit, resume: resume,
          neighbours: neighbours ?? (relationships == nil ? counted : nil),
          relationships: relationships, typeTokens: nil)
      } catch {
        throw Failure(error)
      }
      // A piece may hold nothing but loops that were seen from their other side.
    } while column.count == before && resume != nil
    let count = column.count - before
    context.storeHits &+= count + 1
    isRowDone = resume == nil
    return count
  }

  override func clearColumns() {
    neighbours?.reset(.nodes)
    relationships?.reset(.relationships)
  }
}

extension Batch {
  /// The node in a slot; `nil` when it is null.
  @inline(__always)
  func node(_ slot: Slot, _ row: Int) throws(Failure) -> NodeID? {
    guard let column = columns[slot.index] else { return nil }
    if column.kind == .nodes {
      return column.isNull(at: row) ? nil : NodeID(column.word(at: row))
    }
    let value = column.value(at: row)
    switch value {
    case .null: return nil
    case .node(let id): return id
    default:
      throw .invalidType(
        "Expected to find a node at '\(slot.index)' but found \(value.debugText) instead",
        value: value, expected: ["NODE"])
    }
  }
}

/// `Expand(Into)`.
final class ExpandIntoOperator: ExpandingOperator {
  private let expansion: Expansion
  private let types: TypeFilter
  private let found = Column(.relationships)
  private var relationships: Column?
  private var position = 0
  private var tokens: [TypeToken]?
  private let adjacency: AdjacencySource
  /// The places in the arrays that are left of a row, where arrays are in use.
  private var places: Range<Int>?

  init(_ node: PlanNode, _ compiler: PlanCompiler, _ input: Operator, _ expansion: Expansion) {
    self.expansion = expansion
    types = TypeFilter(expansion.types, compiler.context.tokens)
    adjacency = AdjacencySource(expansion.direction, compiler.context)
    super.init(node, compiler, input)
    if isLive(expansion.relationship) {
      relationships = makeColumn(expansion.relationship, .relationships)
    }
  }

  override func begin(_ source: Batch) throws(Failure) {
    tokens = types.resolve(context.transaction)
    places = nil
    // The arrays of one type and direction are sorted by neighbour.
    if tokens?.count == 1, expansion.direction != .both {
      try adjacency.expect(source.count, tokens)
    }
  }

  override func fillRows(
    _ source: Batch, _ rows: RowSet, _ position: inout Int, _ limit: Int,
    _ sources: inout [Int32]
  ) throws(Failure) -> Int? {
    guard let index = adjacency.index, let from = source.columns[expansion.from.index],
      let to = source.columns[expansion.to.index], from.kind == .nodes, to.kind == .nodes,
      !from.hasNulls, !to.hasNulls
    else { return nil }
    var made = 0
    var left = places
    while made < limit && position < rows.count {
      let row = rows[position]
      let found = left ?? index.places(of: to.word(at: row), from: from.word(at: row))
      let taken = found.count <= limit - made ? found : found.prefix(limit - made)
      if !taken.isEmpty {
        relationships?.append(index.relationships, taken)
        for _ in taken { sources.append(Int32(truncatingIfNeeded: row)) }
        made += taken.count
      }
      if taken.upperBound < found.upperBound {
        left = taken.upperBound..<found.upperBound
      } else {
        left = nil
        position += 1
      }
    }
    places = left
    context.storeHits &+= rows.count
    return made
  }

  override func reset() {
    super.reset()
    places = nil
  }

  override func open(_ source: Batch, _ row: Int) throws(Failure) -> Bool {
    if let tokens, tokens.isEmpty { return false }
    guard let from = try source.node(expansion.from, row),
      let to = try source.node(expansion.to, row)
    else { return false }
    found.reset(.relationships)
    position = 0
    do throws(StoreError) {
      try context.transaction.appendRelationships(
        between: from, to, expansion.direction, types: tokens, to: found)
    } catch {
      throw Failure(error)
    }
    context.storeHits &+= found.count + 1
    return found.count > 0
  }

  override func fill(_ limit: Int) throws(Failure) -> Int {
    let count = min(limit, found.count - position)
    if let relationships {
      for row in position..<position + count { relationships.append(word: found.word(at: row)) }
    }
    position += count
    isRowDone = position == found.count
    return count
  }

  override func clearColumns() { relationships?.reset(.relationships) }
}

/// `OptionalExpand(All)`, `OptionalExpand(Into)`: one row of nulls where nothing meets the predicates.
final class OptionalExpandOperator: ExpandingOperator {
  private let expansion: Expansion
  private let isInto: Bool
  private let types: TypeFilter
  private let predicates: [Kernel]
  private let conjunction: Kernel
  private let truths = Column(.booleans)
  private let frame: LocalFrame
  private let foundNodes = Column(.nodes)
  private let foundRelationships = Column(.relationships)
  private var neighbours: Column?
  private var relationships: Column?
  private var tokens: [TypeToken]?
  private var origin: NodeID?
  private var resume: ExpandPosition?
  private var hasFound = false

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ input: Operator, _ expansion: Expansion,
    isInto: Bool, _ predicates: [Expression]
  ) throws(Failure) {
    self.expansion = expansion
    self.isInto = isInto
    types = TypeFilter(expansion.types, compiler.context.tokens)
    self.predicates = try compiler.conditions(predicates)
    conjunction = JunctionKernel(self.predicates, isConjunction: true)
    let used = predicates.reduce(into: Set<Slot>()) { $0.formUnion($1.usedSlots) }
    let own = isInto ? [expansion.relationship] : [expansion.to, expansion.relationship]
    frame = LocalFrame(slotCount: compiler.slotCount, used: used, locals: own)
    super.init(node, compiler, input)
    if !isInto { neighbours = makeColumn(expansion.to, .nodes) }
    relationships = makeColumn(expansion.relationship, .relationships)
  }

  override func begin(_ source: Batch) throws(Failure) {
    tokens = types.resolve(context.transaction)
  }

  override func open(_ source: Batch, _ row: Int) throws(Failure) -> Bool {
    hasFound = false
    resume = nil
    origin = nil
    foundNodes.reset(.nodes)
    foundRelationships.reset(.relationships)
    frame.enter(source, row: row)
    if let tokens, tokens.isEmpty { return true }
    guard let from = try source.node(expansion.from, row) else { return true }
    if isInto {
      guard let to = try source.node(expansion.to, row) else { return true }
      do throws(StoreError) {
        try context.transaction.appendRelationships(
          between: from, to, expansion.direction, types: tokens, to: foundRelationships)
      } catch {
        throw Failure(error)
      }
    } else {
      origin = from
    }
    return true
  }

  override func fill(_ limit: Int) throws(Failure) -> Int {
    while true {
      if !isInto { try read(limit) }
      let count = foundRelationships.count
      context.storeHits &+= count + 1
      isRowDone = origin == nil
      if count > 0 {
        let kept = try keep(count)
        if kept > 0 {
          hasFound = true
          return kept
        }
      }
      if !isRowDone { continue }
      if hasFound { return 0 }
      neighbours?.appendNull()
      relationships?.appendNull()
      return 1
    }
  }

  private func read(_ limit: Int) throws(Failure) {
    foundNodes.reset(.nodes)
    foundRelationships.reset(.relationships)
    guard let from = origin else { return }
    do throws(StoreError) {
      resume = try context.transaction.appendNeighbours(
        of: from, expansion.direction, types: tokens, limit: limit, resume: resume,
        neighbours: foundNodes, relationships: foundRelationships, typeTokens: nil)
    } catch {
      throw Failure(error)
    }
    if resume == nil { origin = nil }
  }

  /// Moves what meets the predicates to the output.
  private func keep(_ count: Int) throws(Failure) -> Int {
    let batch = frame.batch
    if !predicates.isEmpty {
      if !isInto { batch.columns[expansion.to.index] = foundNodes }
      batch.columns[expansion.relationship.index] = foundRelationships
      batch.restart(rowCount: count)
      try batch.filter(predicates, conjunction: conjunction, truths)
    } else {
      batch.restart(rowCount: count)
    }
    let rows = batch.rows
    neighbours?.append(rows, of: foundNodes)
    relationships?.append(rows, of: foundRelationships)
    return rows.count
  }

  override func clearColumns() {
    neighbours?.reset(.nodes)
    relationships?.reset(.relationships)
  }
}

/// `ProjectEndpoints`: the ends of relationships that are known.
final class ProjectEndpointsOperator: ExpandingOperator {
  private let relationship: Slot
  private let left: Slot
  private let right: Slot
  private let isLeftBound: Bool
  private let isRightBound: Bool
  private let types: TypeFilter
  private let direction: Direction
  private let length: HopRange?
  private var leftColumn: Column?
  private var rightColumn: Column?
  private var pairs: [(NodeID, NodeID)] = []

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ input: Operator, _ relationship: Slot,
    left: Slot, right: Slot, isLeftBound: Bool, isRightBound: Bool, types: [String],
    _ direction: Direction, _ length: HopRange?
  ) {
    self.relationship = relationship
    self.left = left
    self.right = right
    self.isLeftBound = isLeftBound
    self.isRightBound = isRightBound
    self.types = TypeFilter(types, compiler.context.tokens)
    self.direction = direction
    self.length = length
    super.init(node, compiler, input)
    if !isLeftBound { leftColumn = makeColumn(left, .nodes) }
    if !isRightBound && left != right { rightColumn = makeColumn(right, .nodes) }
  }

  override func open(_ source: Batch, _ row: Int) throws(Failure) -> Bool {
    pairs.removeAll(keepingCapacity: true)
    guard let column = source.columns[relationship.index] else { return false }
    let tokens = types.resolve(context.transaction)
    var ends: [(NodeID, NodeID)] = []
    switch (column.value(at: row), length) {
    case (.relationship(let id), nil): ends = try self.ends([id], tokens)
    case (.list(let elements), let length?):
      guard elements.count >= length.minimum, elements.count <= length.maximum ?? Int.max else {
        return false
      }
      if elements.isEmpty { return false }
      var ids: [RelationshipID] = []
      for element in elements {
        guard case .relationship(let id) = element else { return false }
        ids.append(id)
      }
      if Set(ids).count < ids.count { return false }
      ends = try self.ends(ids, tokens)
    default: return false
    }
    let boundLeft = isLeftBound ? try source.node(left, row) : nil
    let boundRight = isRightBound ? try source.node(right, row) : nil
    if isLeftBound && boundLeft == nil || isRightBound && boundRight == nil { return false }
    for (start, end) in ends {
      if let boundLeft, boundLeft != start { continue }
      if let boundRight, boundRight != end { continue }
      if left == right && start != end { continue }
      pairs.append((start, end))
    }
    pairs.reverse()
    return !pairs.isEmpty
  }

  /// The ends of a walk over relationships, for each direction in which it can be walked.
  private func ends(_ ids: [RelationshipID], _ tokens: [TypeToken]?) throws(Failure)
    -> [(NodeID, NodeID)]
  {
    var headers: [RelationshipHeader] = []
    for id in ids {
      let header = try context.header(of: id)
      if let tokens, !tokens.contains(header.type) { return [] }
      headers.append(header)
    }
    guard let first = headers.first else { return [] }
    var found: [(NodeID, NodeID)] = []
    let starts =
      switch direction {
      case .outgoing: [first.start]
      case .incoming: [first.end]
      case .both: first.start == first.end ? [first.start] : [first.start, first.end]
      }
    for start in starts {
      var current = start
      var isConnected = true
      for header in headers {
        switch direction {
        case .outgoing where header.start == current: current = header.end
        case .incoming where header.end == current: current = header.start
        case .both where header.start == current: current = header.end
        case .both where header.end == current: current = header.start
        default: isConnected = false
        }
        if !isConnected { break }
      }
      if isConnected { found.append((start, current)) }
    }
    return found
  }

  override func fill(_ limit: Int) throws(Failure) -> Int {
    var count = 0
    while count < limit, let (start, end) = pairs.popLast() {
      leftColumn?.append(word: start.raw)
      rightColumn?.append(word: end.raw)
      count += 1
    }
    isRowDone = pairs.isEmpty
    return count
  }
}
