import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

/// Fills a relationship and its ends; undirected, each relationship in both directions, a loop once.
final class RelationshipColumns {
  private let relationships: Column
  private let left: Column
  private let right: Column
  private let isDirected: Bool

  init(
    _ owner: MultiplyingOperator, _ slot: Slot, left: Slot, right: Slot, isDirected: Bool
  ) {
    relationships = owner.makeColumn(slot, .relationships)
    self.left = owner.makeColumn(left, .nodes)
    // A pattern from a node to itself names one slot twice.
    self.right = left == right ? self.left : owner.makeColumn(right, .nodes)
    self.isDirected = isDirected
    isSelfLoop = left == right
  }

  private let isSelfLoop: Bool

  /// Empties the columns.
  func clear() {
    relationships.reset(.relationships)
    left.reset(.nodes)
    right.reset(.nodes)
  }

  /// Appends one relationship; gives the number of rows.
  func append(_ relationship: UInt64, from start: UInt64, to end: UInt64) -> Int {
    if isSelfLoop {
      guard start == end else { return 0 }
      relationships.append(word: relationship)
      left.append(word: start)
      return 1
    }
    relationships.append(word: relationship)
    left.append(word: start)
    right.append(word: end)
    if isDirected || start == end { return 1 }
    relationships.append(word: relationship)
    left.append(word: end)
    right.append(word: start)
    return 2
  }

  /// Whether rows can go straight into the columns.
  var isPlain: Bool { isDirected && !isSelfLoop }

  /// Reads rows of a directed scan straight into the columns.
  func fill(_ cursor: RelationshipCursor, _ limit: Int) throws(StoreError) -> Int {
    try cursor.fill(relationships, starts: left, ends: right, limit: limit)
  }
}

/// `DirectedAllRelationshipsScan`, `UndirectedRelationshipTypeScan` and their like.
final class RelationshipScanOperator: LeafOperator {
  private let types: TypeFilter
  private var columns: RelationshipColumns?
  private var cursor: RelationshipCursor?
  private let relationships = Column(.relationships)
  private let starts = Column(.nodes)
  private let ends = Column(.nodes)
  private let isStable: Bool
  /// The next row of a scan that was read to its end when it was opened.
  private var position = 0

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ slot: Slot, left: Slot, right: Slot,
    types: [String], isDirected: Bool
  ) {
    self.types = TypeFilter(types, compiler.context.tokens)
    isStable = compiler.writes
    super.init(node, compiler)
    columns = RelationshipColumns(self, slot, left: left, right: right, isDirected: isDirected)
  }

  override func open(_ source: Batch, _ row: Int) throws(Failure) -> Bool {
    let tokens = types.resolve(context.transaction)
    if let tokens, tokens.isEmpty { return false }
    let cursor = context.transaction.scanRelationships(types: tokens)
    self.cursor = cursor
    if isStable {
      clearRead()
      position = 0
      while try read(cursor, 4_096) > 0 {}
    }
    return true
  }

  private func clearRead() {
    relationships.reset(.relationships)
    starts.reset(.nodes)
    ends.reset(.nodes)
  }

  private func read(_ cursor: RelationshipCursor, _ limit: Int) throws(Failure) -> Int {
    let count = try reading { () throws(StoreError) in
      try cursor.fill(relationships, starts: starts, ends: ends, limit: limit)
    }
    context.storeHits &+= count
    return count
  }

  private func fillStable(_ columns: RelationshipColumns, _ limit: Int) -> Int {
    var count = 0
    while count < limit && position < relationships.count {
      count += columns.append(
        relationships.word(at: position), from: starts.word(at: position),
        to: ends.word(at: position))
      position += 1
    }
    return count
  }

  override func fill(_ limit: Int) throws(Failure) -> Int {
    guard let cursor, let columns else { return 0 }
    if isStable { return fillStable(columns, limit) }
    if columns.isPlain {
      let count = try reading { () throws(StoreError) in try columns.fill(cursor, limit) }
      context.storeHits &+= count
      return count
    }
    while true {
      clearRead()
      let read = try read(cursor, max(1, limit / 2))
      if read == 0 { return 0 }
      var count = 0
      for row in 0..<read {
        count += columns.append(
          relationships.word(at: row), from: starts.word(at: row), to: ends.word(at: row))
      }
      if count > 0 { return count }
    }
  }

  override func clearColumns() { columns?.clear() }
}

/// `DirectedRelationshipByIdSeek` and its like.
final class RelationshipByIDSeekOperator: LeafOperator {
  private let ids: Kernel
  private let isList: Bool
  private let isElementID: Bool
  private var wanted: [UInt64] = []
  private var position = 0
  private var columns: RelationshipColumns?

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ slot: Slot, left: Slot, right: Slot,
    _ ids: Expression, isList: Bool, isElementID: Bool, isDirected: Bool
  ) throws(Failure) {
    self.ids = try compiler.kernel(ids)
    self.isList = isList
    self.isElementID = isElementID
    super.init(node, compiler)
    columns = RelationshipColumns(self, slot, left: left, right: right, isDirected: isDirected)
  }

  override func open(_ source: Batch, _ row: Int) throws(Failure) -> Bool {
    wanted = EntityIDs.read(
      try ids.value(source, row: row), isList: isList, isElementID: isElementID, prefix: "5")
    position = 0
    return !wanted.isEmpty
  }

  override func fill(_ limit: Int) throws(Failure) -> Int {
    guard let columns else { return 0 }
    var count = 0
    while count < limit && position < wanted.count {
      let id = RelationshipID(wanted[position])
      position += 1
      context.storeHits &+= 1
      let exists = try reading { () throws(StoreError) in try context.transaction.exists(id) }
      if !exists { continue }
      let header = try context.header(of: id)
      count += columns.append(id.raw, from: header.start.raw, to: header.end.raw)
    }
    return count
  }

  override func clearColumns() { columns?.clear() }
}

/// `NodeCountFromCountStore`, `RelationshipCountFromCountStore`.
final class CountStoreOperator: LeafOperator {
  private let count: (GraphTransaction) throws(StoreError) -> Int
  private var column = Column(.integers)

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ slot: Slot,
    _ count: @escaping (GraphTransaction) throws(StoreError) -> Int
  ) {
    self.count = count
    super.init(node, compiler)
    column = makeColumn(slot, .integers)
  }

  override func open(_ source: Batch, _ row: Int) throws(Failure) -> Bool { true }

  override func fill(_ limit: Int) throws(Failure) -> Int {
    context.storeHits &+= 1
    do throws(StoreError) {
      column.append(word: UInt64(bitPattern: Int64(try count(context.transaction))))
    } catch {
      throw Failure(error)
    }
    isRowDone = true
    return 1
  }

  /// The number of nodes, or the product of several numbers.
  static func nodes(_ labels: [TokenReference<LabelToken>?])
    -> (GraphTransaction) throws(StoreError) -> Int
  {
    { (transaction) throws(StoreError) in
      var product = 1
      for label in labels {
        var count = 0
        if let label {
          if let token = label.resolve(transaction) { count = try transaction.nodeCount(token) }
        } else {
          count = try transaction.nodeCount()
        }
        let (next, overflow) = product.multipliedReportingOverflow(by: count)
        product = overflow ? Int.max : next
      }
      return product
    }
  }

  /// The number of relationships of some types with at most one labelled end.
  static func relationships(
    start: TokenReference<LabelToken>?, types: TypeFilter, end: TokenReference<LabelToken>?
  ) -> (GraphTransaction) throws(StoreError) -> Int {
    { (transaction) throws(StoreError) in
      let startToken = start?.resolve(transaction)
      let endToken = end?.resolve(transaction)
      if start != nil && startToken == nil || end != nil && endToken == nil { return 0 }
      guard let tokens = types.resolve(transaction) else {
        return try transaction.relationshipCount(start: startToken, end: endToken) ?? 0
      }
      var sum = 0
      for token in Set(tokens) {
        sum +=
          try transaction.relationshipCount(type: token, start: startToken, end: endToken) ?? 0
      }
      return sum
    }
  }
}
