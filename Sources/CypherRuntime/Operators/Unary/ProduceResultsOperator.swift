import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

/// `ProduceResults`: replaces references by records with labels, types and properties.
final class ProduceResultsOperator: Operator {
  private let slots: [Int]
  private let output: Batch
  private let hydrated: [Column]
  private let hydration: Hydration

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ input: Operator, _ columns: [ResultColumn]
  ) {
    slots = columns.map(\.slot.index)
    output = Batch(slotCount: compiler.slotCount)
    hydrated = slots.map { _ in Column(.values) }
    hydration = Hydration(compiler.context)
    super.init(node, compiler, inputs: [input])
  }

  override func produce() throws(Failure) -> Batch? {
    guard let batch = try input.next() else { return nil }
    let rows = batch.rows
    for (index, slot) in slots.enumerated() {
      guard let column = batch.columns[slot] else {
        let missing = hydrated[index]
        missing.setConstant(.null)
        output.columns[slot] = missing
        continue
      }
      output.columns[slot] =
        column.mayHoldEntities
        ? try hydrate(column, hydrated[index], batch.rowCount, rows) : column
    }
    output.restart(rowCount: batch.rowCount)
    if let selection = batch.selection { output.selection = selection }
    return output
  }

  private func hydrate(_ column: Column, _ target: Column, _ rowCount: Int, _ rows: RowSet)
    throws(Failure) -> Column
  {
    if column.isConstant {
      target.setConstant(try hydration.hydrate(column.value(at: 0)))
      return target
    }
    target.prepare(.values, rows: rowCount)
    for index in 0..<rows.count {
      let row = rows[index]
      target.set(try hydration.hydrate(column.value(at: row)), at: row)
    }
    return target
  }
}

extension Column {
  /// Whether there may be nodes, relationships or paths, perhaps within lists and maps.
  var mayHoldEntities: Bool {
    switch kind {
    case .nodes, .relationships: true
    case .integers, .floats, .booleans: false
    case .values: values.contains { $0.mayHoldEntities }
    }
  }
}

extension Value {
  fileprivate var mayHoldEntities: Bool {
    switch self {
    case .node, .relationship, .path, .list, .map: true
    default: false
    }
  }
}

/// Turns references to entities into records that are independent of the store.
final class Hydration {
  private let context: ExecutionContext
  private static let deepestNesting = 2_000

  init(_ context: ExecutionContext) { self.context = context }

  /// A value with records in place of all references within it.
  func hydrate(_ value: Value, depth: Int = 0) throws(Failure) -> Value {
    switch value {
    case .node(let id): return .nodeRecord(try node(id))
    case .relationship(let id): return .relationshipRecord(try relationship(id))
    case .path(let path): return .pathRecord(try record(path))
    case .list(let elements):
      if depth > Self.deepestNesting { throw .execution("lists nest too deeply to be returned") }
      guard elements.contains(where: \.mayHoldEntities) else { return value }
      var made: [Value] = []
      made.reserveCapacity(elements.count)
      for element in elements { made.append(try hydrate(element, depth: depth + 1)) }
      return .list(made)
    case .map(let map):
      if depth > Self.deepestNesting { throw .execution("maps nest too deeply to be returned") }
      guard map.entries.contains(where: { $0.value.mayHoldEntities }) else { return value }
      var made: [(key: String, value: Value)] = []
      for entry in map.entries {
        made.append((entry.key, try hydrate(entry.value, depth: depth + 1)))
      }
      return .map(MapValue(made))
    default: return value
    }
  }

  /// A node's record; of a deleted node, one without labels and properties.
  func node(_ id: NodeID) throws(Failure) -> NodeRecord {
    let transaction = context.transaction
    context.storeHits &+= 1
    do throws(StoreError) {
      let exists = try transaction.exists(id)
      let labels = exists ? try transaction.labels(of: id) : []
      let properties = exists ? try transaction.properties(of: id) : []
      return NodeRecord(
        id: id, elementID: context.elementID(id), labels: labels.map { transaction.name(of: $0) },
        properties: MapValue(properties.map { (transaction.name(of: $0.key), $0.value) }))
    } catch {
      throw Failure(error)
    }
  }

  /// A relationship's record; of a deleted one, one without type and properties.
  func relationship(_ id: RelationshipID) throws(Failure) -> RelationshipRecord {
    let transaction = context.transaction
    context.storeHits &+= 1
    do throws(StoreError) {
      let header = try transaction.header(of: id)
      let exists = try transaction.exists(id)
      let properties = exists ? try transaction.properties(of: id) : []
      return RelationshipRecord(
        id: id, elementID: context.elementID(id), start: header.start, end: header.end,
        startElementID: context.elementID(header.start),
        endElementID: context.elementID(header.end),
        type: exists ? transaction.name(of: header.type) : "",
        properties: MapValue(properties.map { (transaction.name(of: $0.key), $0.value) }))
    } catch {
      throw Failure(error)
    }
  }

  private func record(_ path: PathReference) throws(Failure) -> PathRecord {
    var nodes: [NodeRecord] = []
    nodes.reserveCapacity(path.nodes.count)
    for id in path.nodes { nodes.append(try node(id)) }
    var relationships: [RelationshipRecord] = []
    relationships.reserveCapacity(path.relationships.count)
    for id in path.relationships { relationships.append(try relationship(id)) }
    return PathRecord(nodes: nodes, relationships: relationships)
  }
}
