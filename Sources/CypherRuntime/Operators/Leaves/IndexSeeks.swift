import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

/// Finds the entities that an index seek asks for, for one row after the other.
final class IndexSeeker {
  private let reference: IndexReference
  private let seek: CompiledSeek
  private let context: ExecutionContext
  private let isNodes: Bool
  private var index: SchemaRuleID?
  private var isRange = true
  private var schemaVersion: UInt64?
  private var run = -1
  private var cursor: IndexCursor?
  private var waitingValues: [Value] = []
  private var test: ((Value) -> Bool)?
  /// Which of the index's properties is tested.
  private var testedProperty = 0
  private var scan: EntityScan?
  private let buffer = Column(.nodes)
  /// Where the statement writes: what was there when the seek was opened.
  private let snapshot: EntitySnapshot?

  /// A seek with its expressions compiled.
  private enum CompiledSeek {
    case equal([Kernel])
    case anyOf(Kernel)
    case range(prefix: [Kernel], lower: (Kernel, Bool)?, upper: (Kernel, Bool)?)
    case startsWith(Kernel)
    case endsWith(Kernel)
    case contains(Kernel)
    case scan
  }

  init(
    _ reference: IndexReference, _ seek: QueryPlan.IndexSeek, _ compiler: PlanCompiler,
    isNodes: Bool
  ) throws(Failure) {
    self.reference = reference
    self.isNodes = isNodes
    context = compiler.context
    snapshot = compiler.writes ? EntitySnapshot(isNodes ? .nodes : .relationships) : nil
    switch seek {
    case .equal(let values): self.seek = .equal(try compiler.kernels(values))
    case .anyOf(let list): self.seek = .anyOf(try compiler.kernel(list))
    case .range(let prefix, let lower, let upper):
      var bounds: [(Kernel, Bool)?] = []
      for bound in [lower, upper] {
        if let bound {
          bounds.append((try compiler.kernel(bound.value), bound.isInclusive))
        } else {
          bounds.append(nil)
        }
      }
      self.seek = .range(prefix: try compiler.kernels(prefix), lower: bounds[0], upper: bounds[1])
    case .startsWith(let text): self.seek = .startsWith(try compiler.kernel(text))
    case .endsWith(let text): self.seek = .endsWith(try compiler.kernel(text))
    case .contains(let text): self.seek = .contains(try compiler.kernel(text))
    case .scan: self.seek = .scan
    }
  }

  /// Begins the seek for a row; false when nothing can be found.
  func open(_ batch: Batch, _ row: Int) throws(Failure) -> Bool {
    guard try openSeek(batch, row) else { return false }
    guard let snapshot else { return true }
    let kind: Column.Kind = isNodes ? .nodes : .relationships
    let found = Column(kind)
    while try read(found, 1_024) > 0 {}
    snapshot.take(found)
    return found.count > 0
  }

  /// Appends up to `limit` found entities; 0 at the end.
  func fill(_ entities: Column, _ limit: Int) throws(Failure) -> Int {
    if let snapshot { return snapshot.fill(entities, limit) }
    return try read(entities, limit)
  }

  private func openSeek(_ batch: Batch, _ row: Int) throws(Failure) -> Bool {
    cursor = nil
    scan = nil
    test = nil
    testedProperty = 0
    waitingValues.removeAll(keepingCapacity: true)
    let index = try resolve()
    guard isRange else { return try openScan(batch, row) }
    switch seek {
    case .equal(let kernels):
      var values: [Value] = []
      values.reserveCapacity(kernels.count)
      for kernel in kernels {
        let value = try kernel.value(batch, row: row)
        if !value.isSeekable { return false }
        values.append(value)
      }
      return try start(index, .equal(values))
    case .anyOf(let kernel):
      var seen: Set<GroupingKey> = []
      for value in try kernel.value(batch, row: row).listElements where value.isSeekable {
        if seen.insert(GroupingKey(value)).inserted { waitingValues.append(value) }
      }
      waitingValues.reverse()
      return try startNextValue()
    case .range(let prefix, let lower, let upper):
      return try openRange(prefix, lower, upper, batch, row)
    case .startsWith(let kernel):
      guard case .string(let text) = try kernel.value(batch, row: row) else { return false }
      return try start(index, .startsWith(prefix: [], text))
    case .endsWith, .contains:
      // The index gives all strings; which of them fit is seen from the property itself.
      guard let test = try makeTest(batch, row) else { return false }
      self.test = test
      return try start(index, .strings(prefix: []))
    case .scan: return try start(index, .equal([]))
    }
  }

  private func openRange(
    _ prefix: [Kernel], _ lower: (Kernel, Bool)?, _ upper: (Kernel, Bool)?, _ batch: Batch,
    _ row: Int
  ) throws(Failure) -> Bool {
    var values: [Value] = []
    for kernel in prefix {
      let value = try kernel.value(batch, row: row)
      if !value.isSeekable { return false }
      values.append(value)
    }
    // Without bounds the next property only has to be there, as it is in every entry.
    if lower == nil, upper == nil { return try start(try resolve(), .equal(values)) }
    let low = try lower?.0.value(batch, row: row)
    let high = try upper?.0.value(batch, row: row)
    if let low, !low.isComparableBound { return false }
    if let high, !high.isComparableBound { return false }
    switch low ?? high {
    case .list?:
      // The store gives all lists, in an order of its own.
      test = try makeTest(batch, row)
      testedProperty = prefix.count
    case .point(let point)?:
      return try openEqual(to: .point(point), values, prefix, lower, upper, batch, row)
    case .duration(let duration)?:
      return try openEqual(to: .duration(duration), values, prefix, lower, upper, batch, row)
    default: break
    }
    if let low, let high, low.isLess(than: high) == nil { return false }
    let lowerBound = low.map { value in
      lower?.1 == true ? GraphStore.IndexBound.inclusive(value) : .exclusive(value)
    }
    let upperBound = high.map { value in
      upper?.1 == true ? GraphStore.IndexBound.inclusive(value) : .exclusive(value)
    }
    return try start(try resolve(), .range(prefix: values, lower: lowerBound, upper: upperBound))
  }

  /// What has no order is within bounds only where it equals them.
  private func openEqual(
    to value: Value, _ before: [Value], _ prefix: [Kernel], _ lower: (Kernel, Bool)?,
    _ upper: (Kernel, Bool)?, _ batch: Batch, _ row: Int
  ) throws(Failure) -> Bool {
    if lower?.1 == false || upper?.1 == false { return false }
    test = try makeTest(batch, row)
    testedProperty = prefix.count
    return try start(try resolve(), .equal(before + [value]))
  }

  private func read(_ entities: Column, _ limit: Int) throws(Failure) -> Int {
    while true {
      let kind: Column.Kind = isNodes ? .nodes : .relationships
      let target = test == nil ? entities : buffer
      if test != nil { buffer.reset(kind) }
      let read: Int
      if let cursor {
        read = try reading { () throws(StoreError) in try cursor.fill(target, limit: limit) }
      } else if let scan {
        read = try reading { () throws(StoreError) in try scan.fill(target, limit: limit) }
      } else {
        return 0
      }
      context.storeHits &+= read
      if read == 0 {
        cursor = nil
        scan = nil
        if try !startNextValue() { return 0 }
        continue
      }
      guard let test else { return read }
      let kept = try keep(read, test, into: entities)
      if kept > 0 { return kept }
    }
  }

  private func keep(_ read: Int, _ test: (Value) -> Bool, into entities: Column) throws(Failure)
    -> Int
  {
    guard reference.properties.indices.contains(testedProperty),
      let key = context.transaction.key(named: reference.properties[testedProperty])
    else { return 0 }
    let values = Column(.values)
    do throws(StoreError) {
      try context.transaction.read(
        key, of: buffer, rowCount: read, selection: nil, into: values)
    } catch {
      throw Failure(error)
    }
    var kept = 0
    for row in 0..<read where test(values.value(at: row)) {
      entities.append(from: buffer, row: row)
      kept += 1
    }
    return kept
  }

  private func startNextValue() throws(Failure) -> Bool {
    guard let value = waitingValues.popLast() else { return false }
    return try start(try resolve(), .equal([value]))
  }

  private func start(_ index: SchemaRuleID, _ predicate: IndexPredicate) throws(Failure) -> Bool {
    do throws(StoreError) {
      cursor = try context.transaction.scanIndex(
        index, predicate, descending: reference.isDescending)
    } catch {
      throw Failure(error)
    }
    return true
  }

  private func resolve() throws(Failure) -> SchemaRuleID {
    let version = context.transaction.schemaVersion
    if let index, schemaVersion == version, run == context.run { return index }
    guard let found = context.transaction.schema.index(named: reference.name) else {
      throw .execution("an index that the plan uses is gone: \(reference.name)")
    }
    schemaVersion = version
    run = context.run
    index = found.id
    isRange = found.kind == .range
    return found.id
  }

  // MARK: Indexes that the store keeps no entries for

  /// Scans the entities that the index covers and tests their property.
  private func openScan(_ batch: Batch, _ row: Int) throws(Failure) -> Bool {
    guard let test = try makeTest(batch, row) else { return false }
    self.test = test
    let transaction = context.transaction
    if isNodes {
      guard let label = transaction.label(named: reference.entityName) else { return false }
      scan = .nodes(transaction.scanNodes(labels: [label]))
    } else {
      guard let type = transaction.type(named: reference.entityName) else { return false }
      scan = .relationships(transaction.scanRelationships(types: [type]))
    }
    return true
  }

  private enum EntityScan {
    case nodes(NodeCursor)
    case relationships(RelationshipCursor)

    func fill(_ column: Column, limit: Int) throws(StoreError) -> Int {
      switch self {
      case .nodes(let cursor): try cursor.fill(column, limit: limit)
      case .relationships(let cursor): try cursor.fill(column, limit: limit)
      }
    }
  }

  /// What the first property must be like; `nil` when nothing can be.
  private func makeTest(_ batch: Batch, _ row: Int) throws(Failure) -> ((Value) -> Bool)? {
    switch seek {
    case .equal(let kernels):
      guard let first = kernels.first else { return { !$0.isNull } }
      let wanted = try first.value(batch, row: row)
      return { $0.isEqual(to: wanted) }
    case .anyOf(let kernel):
      let list = try kernel.value(batch, row: row)
      return { value in
        if case .boolean(true) = value.isMember(of: list) { true } else { false }
      }
    case .range(_, let lower, let upper):
      let low = try lower?.0.value(batch, row: row)
      let high = try upper?.0.value(batch, row: row)
      let isLowIncluded = lower?.1 ?? true
      let isHighIncluded = upper?.1 ?? true
      return { value in
        if let low {
          let isAbove = isLowIncluded ? value.isGreaterOrEqual(to: low) : value.isGreater(than: low)
          if isAbove != true { return false }
        }
        if let high {
          let isBelow = isHighIncluded ? value.isLessOrEqual(to: high) : value.isLess(than: high)
          if isBelow != true { return false }
        }
        return true
      }
    case .startsWith(let kernel): return try textTest(kernel, batch, row) { $0.starts(with: $1) }
    case .endsWith(let kernel): return try textTest(kernel, batch, row) { $0.ends(with: $1) }
    case .contains(let kernel): return try textTest(kernel, batch, row) { $0.contains(text: $1) }
    case .scan: return { !$0.isNull }
    }
  }

  private func textTest(
    _ kernel: Kernel, _ batch: Batch, _ row: Int, _ holds: @escaping (Value, Value) -> Value
  ) throws(Failure) -> ((Value) -> Bool)? {
    let wanted = try kernel.value(batch, row: row)
    guard case .string = wanted else { return nil }
    return { value in
      if case .boolean(true) = holds(value, wanted) { true } else { false }
    }
  }
}

extension Value {
  /// Whether anything can be equal to the value.
  fileprivate var isSeekable: Bool {
    switch self {
    case .null: false
    case .integer, .string, .boolean: true
    default: isEqual(to: self)
    }
  }

  /// Whether anything can be less or greater than the value.
  fileprivate var isComparableBound: Bool { isLessOrEqual(to: self) == true }
}

/// `NodeIndexSeek`, `NodeUniqueIndexSeek`, `NodeIndexSeekByRange`, `NodeIndexScan` and their like.
final class NodeIndexSeekOperator: LeafOperator {
  private let seeker: IndexSeeker
  private var nodes = Column(.nodes)

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ slot: Slot, _ index: IndexReference,
    _ seek: QueryPlan.IndexSeek
  ) throws(Failure) {
    seeker = try IndexSeeker(index, seek, compiler, isNodes: true)
    super.init(node, compiler)
    nodes = makeColumn(slot, .nodes)
  }

  override func open(_ source: Batch, _ row: Int) throws(Failure) -> Bool {
    try seeker.open(source, row)
  }

  override func fill(_ limit: Int) throws(Failure) -> Int { try seeker.fill(nodes, limit) }

  override func clearColumns() { nodes.reset(.nodes) }
}

/// `DirectedRelationshipIndexSeek` and its like.
final class RelationshipIndexSeekOperator: LeafOperator {
  private let seeker: IndexSeeker
  private let found = Column(.relationships)
  private var columns: RelationshipColumns?

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ slot: Slot, left: Slot, right: Slot,
    _ index: IndexReference, _ seek: QueryPlan.IndexSeek, isDirected: Bool
  ) throws(Failure) {
    seeker = try IndexSeeker(index, seek, compiler, isNodes: false)
    super.init(node, compiler)
    columns = RelationshipColumns(self, slot, left: left, right: right, isDirected: isDirected)
  }

  override func open(_ source: Batch, _ row: Int) throws(Failure) -> Bool {
    try seeker.open(source, row)
  }

  override func fill(_ limit: Int) throws(Failure) -> Int {
    guard let columns else { return 0 }
    while true {
      found.reset(.relationships)
      let read = try seeker.fill(found, max(1, limit / 2))
      if read == 0 { return 0 }
      var count = 0
      for row in 0..<read {
        let id = RelationshipID(found.word(at: row))
        let header = try context.header(of: id)
        count += columns.append(id.raw, from: header.start.raw, to: header.end.raw)
      }
      if count > 0 { return count }
    }
  }

  override func clearColumns() { columns?.clear() }
}
