import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

/// `AllNodesScan`, `NodeByLabelScan`, `IntersectionNodeByLabelsScan`.
final class NodeScanOperator: LeafOperator {
  private let labels: [TokenReference<LabelToken>]
  private var nodes = Column(.nodes)
  private var cursor: NodeCursor?
  /// Where the statement writes: what was there when the scan was opened.
  private let snapshot: EntitySnapshot?

  init(_ node: PlanNode, _ compiler: PlanCompiler, _ slot: Slot, labels: [String]) {
    self.labels = labels.map { compiler.context.tokens.label($0) }
    snapshot = compiler.writes ? EntitySnapshot(.nodes) : nil
    super.init(node, compiler)
    nodes = makeColumn(slot, .nodes)
  }

  override func open(_ source: Batch, _ row: Int) throws(Failure) -> Bool {
    var tokens: [LabelToken] = []
    for label in labels {
      guard let token = label.resolve(context.transaction) else { return false }
      tokens.append(token)
    }
    let cursor = context.transaction.scanNodes(labels: tokens)
    self.cursor = cursor
    try snapshot?.take { (column, limit) throws(StoreError) in
      try cursor.fill(column, limit: limit)
    }
    return true
  }

  override func fill(_ limit: Int) throws(Failure) -> Int {
    if let snapshot {
      let count = snapshot.fill(nodes, limit)
      context.storeHits &+= count
      return count
    }
    guard let cursor else { return 0 }
    let nodes = nodes
    let count = try reading { () throws(StoreError) in try cursor.fill(nodes, limit: limit) }
    context.storeHits &+= count
    if count == 0 { self.cursor = nil }
    return count
  }

  override func clearColumns() { nodes.reset(.nodes) }

  override func reset() {
    super.reset()
    cursor = nil
  }
}

/// `UnionNodeByLabelsScan`: merges the scans of several labels, each node once.
final class UnionLabelScanOperator: LeafOperator {
  private let labels: [TokenReference<LabelToken>]
  private let isStable: Bool
  private var nodes = Column(.nodes)
  private var parts: [Part] = []

  /// One label's scan and the nodes of it that wait.
  private struct Part {
    let cursor: NodeCursor
    let waiting = Column(.nodes)
    var position = 0
    var isDone = false
  }

  init(_ node: PlanNode, _ compiler: PlanCompiler, _ slot: Slot, labels: [String]) {
    self.labels = labels.map { compiler.context.tokens.label($0) }
    isStable = compiler.writes
    super.init(node, compiler)
    nodes = makeColumn(slot, .nodes)
  }

  override func open(_ source: Batch, _ row: Int) throws(Failure) -> Bool {
    parts.removeAll()
    for label in labels {
      guard let token = label.resolve(context.transaction) else { continue }
      parts.append(Part(cursor: context.transaction.scanNodes(labels: [token])))
    }
    for index in parts.indices.reversed() where try !refill(index) { parts.remove(at: index) }
    return !parts.isEmpty
  }

  override func fill(_ limit: Int) throws(Failure) -> Int {
    var count = 0
    while count < limit && !parts.isEmpty {
      var least = UInt64.max
      for part in parts { least = min(least, part.waiting.word(at: part.position)) }
      for index in parts.indices.reversed()
      where parts[index].waiting.word(at: parts[index].position) == least {
        parts[index].position += 1
        if parts[index].position == parts[index].waiting.count, try !refill(index) {
          parts.remove(at: index)
        }
      }
      nodes.append(word: least)
      count += 1
    }
    context.storeHits &+= count
    return count
  }

  /// Whether more nodes of a label came.
  private func refill(_ index: Int) throws(Failure) -> Bool {
    let part = parts[index]
    part.waiting.reset(.nodes)
    parts[index].position = 0
    if part.isDone { return false }
    // A statement that writes reads the whole scan at once, before it writes.
    parts[index].isDone = isStable
    var count = 0
    repeat {
      let read = try reading { () throws(StoreError) in
        try part.cursor.fill(part.waiting, limit: 256)
      }
      count += read
      if read == 0 { break }
    } while isStable
    return count > 0
  }
}

/// `SubtractionNodeByLabelsScan`: nodes with some labels and without others.
final class SubtractionLabelScanOperator: LeafOperator {
  private let labels: [TokenReference<LabelToken>]
  private let excluded: [TokenReference<LabelToken>]
  private let waiting = Column(.nodes)
  private var nodes = Column(.nodes)
  private var cursor: NodeCursor?
  private let snapshot: EntitySnapshot?

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ slot: Slot, labels: [String], excluded: [String]
  ) {
    self.labels = labels.map { compiler.context.tokens.label($0) }
    self.excluded = excluded.map { compiler.context.tokens.label($0) }
    snapshot = compiler.writes ? EntitySnapshot(.nodes) : nil
    super.init(node, compiler)
    nodes = makeColumn(slot, .nodes)
  }

  override func open(_ source: Batch, _ row: Int) throws(Failure) -> Bool {
    var tokens: [LabelToken] = []
    for label in labels {
      guard let token = label.resolve(context.transaction) else { return false }
      tokens.append(token)
    }
    let cursor = context.transaction.scanNodes(labels: tokens)
    self.cursor = cursor
    try snapshot?.take { (column, limit) throws(StoreError) in
      try cursor.fill(column, limit: limit)
    }
    return true
  }

  override func fill(_ limit: Int) throws(Failure) -> Int {
    guard let cursor else { return 0 }
    let transaction = context.transaction
    while true {
      waiting.reset(.nodes)
      let waiting = waiting
      let read: Int
      if let snapshot {
        read = snapshot.fill(waiting, limit)
      } else {
        read = try reading { () throws(StoreError) in try cursor.fill(waiting, limit: limit) }
      }
      if read == 0 { return 0 }
      context.storeHits &+= read
      var kept = (0..<read).map { UInt16($0) }
      for label in excluded {
        guard let token = label.resolve(transaction) else { continue }
        var dropped = kept
        do throws(StoreError) {
          try transaction.keepRows(having: token, of: waiting, in: &dropped)
        } catch {
          throw Failure(error)
        }
        let gone = Set(dropped)
        kept.removeAll { gone.contains($0) }
      }
      for row in kept { nodes.append(word: waiting.word(at: Int(row))) }
      if !kept.isEmpty { return kept.count }
    }
  }
}

/// `NodeByIdSeek`, `NodeByElementIdSeek`.
final class NodeByIDSeekOperator: LeafOperator {
  private let ids: Kernel
  private let isList: Bool
  private let isElementID: Bool
  private var found: [UInt64] = []
  private var position = 0
  private var nodes = Column(.nodes)

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ slot: Slot, _ ids: Expression, isList: Bool,
    isElementID: Bool
  ) throws(Failure) {
    self.ids = try compiler.kernel(ids)
    self.isList = isList
    self.isElementID = isElementID
    super.init(node, compiler)
    nodes = makeColumn(slot, .nodes)
  }

  override func open(_ source: Batch, _ row: Int) throws(Failure) -> Bool {
    let wanted = EntityIDs.read(
      try ids.value(source, row: row), isList: isList, isElementID: isElementID, prefix: "4")
    found.removeAll(keepingCapacity: true)
    position = 0
    for id in wanted {
      let exists = try reading { () throws(StoreError) in
        try context.transaction.exists(NodeID(id))
      }
      context.storeHits &+= 1
      if exists { found.append(id) }
    }
    return !found.isEmpty
  }

  override func fill(_ limit: Int) throws(Failure) -> Int {
    let end = min(position + limit, found.count)
    let count = end - position
    for id in found[position..<end] { nodes.append(word: id) }
    position = end
    isRowDone = position == found.count
    return count
  }
}

/// Entities that a scan found when it was opened, so that later writes do not change it.
final class EntitySnapshot {
  private let kind: Column.Kind
  private var found: Column
  private var position = 0

  init(_ kind: Column.Kind) {
    self.kind = kind
    found = Column(kind)
  }

  /// Reads a scan to its end.
  func take(_ read: (Column, Int) throws(StoreError) -> Int) throws(Failure) {
    found.reset(kind)
    position = 0
    do throws(StoreError) {
      while try read(found, 4_096) > 0 {}
    } catch {
      throw Failure(error)
    }
  }

  /// Takes what was read.
  func take(_ column: Column) {
    found = column
    position = 0
  }

  /// Appends up to `limit` of the entities; 0 at the end.
  func fill(_ target: Column, _ limit: Int) -> Int {
    let count = min(limit, found.count - position)
    for row in position..<position + count { target.append(word: found.word(at: row)) }
    position += count
    return count
  }
}

/// Ids that an expression gives.
enum EntityIDs {
  /// The ids in a value, each once; what is no id is left out.
  static func read(_ value: Value, isList: Bool, isElementID: Bool, prefix: String) -> [UInt64] {
    let values: [Value]
    if isList { values = value.listElements } else { values = [value] }
    var ids: [UInt64] = []
    var seen: Set<UInt64> = []
    for value in values {
      guard let id = isElementID ? elementID(value, prefix) : number(value) else { continue }
      if seen.insert(id).inserted { ids.append(id) }
    }
    return ids
  }

  private static func number(_ value: Value) -> UInt64? {
    switch value {
    case .integer(let number): UInt64(exactly: number)
    case .float(let number): UInt64(exactly: number)
    default: nil
    }
  }

  private static func elementID(_ value: Value, _ prefix: String) -> UInt64? {
    guard case .string(let text) = value else { return nil }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == prefix else { return nil }
    return UInt64(parts[2])
  }
}
