import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

/// Makes the nodes and relationships of CREATE, for each row all of them in the order of the text.
final class CreateOperator: Operator {
  private let creation: Creation

  init(_ node: PlanNode, _ pattern: CreatePattern, _ compiler: PlanCompiler, input: Operator)
    throws(Failure)
  {
    creation = try Creation(pattern, compiler)
    super.init(node, compiler, inputs: [input])
  }

  override func produce() throws(Failure) -> Batch? {
    guard let batch = try input.next() else { return nil }
    try creation.create(batch, batch.rows)
    return batch
  }
}

/// A pattern to create, compiled; also the creating half of MERGE.
final class Creation {
  private struct NodeStep {
    let slot: Int
    let labels: NameList
    let properties: PropertyMap?
    /// Whether the values depend on what earlier steps make.
    let isDependent: Bool
  }

  private struct RelationshipStep {
    let slot: Int
    let name: String
    let type: TokenReference<TypeToken>?
    let dynamicType: Kernel?
    let start: Slot
    let end: Slot
    let properties: PropertyMap?
    let isDependent: Bool
  }

  private enum Step {
    case node(NodeStep)
    case relationship(RelationshipStep)
  }

  private var steps: [Step] = []
  private var columns: [Column] = []
  private let paths: [(slot: Int, kernel: Kernel, column: Column)]
  private let writer: EntityWriter
  private let slots: SlotTable

  init(_ pattern: CreatePattern, _ compiler: PlanCompiler) throws(Failure) {
    writer = EntityWriter(context: compiler.context)
    slots = compiler.slots
    var paths: [(slot: Int, kernel: Kernel, column: Column)] = []
    for path in pattern.paths {
      paths.append(
        (path.slot.index, try compiler.kernel(.path(path.elements)), Column(.values)))
    }
    self.paths = paths
    var made: Set<Slot> = []
    for item in pattern.items {
      switch item {
      case .node(let node):
        columns.append(Column(.nodes))
        steps.append(
          .node(
            NodeStep(
              slot: node.slot.index, labels: try NameList(node.labels, compiler),
              properties: try PropertyMap(node.properties, compiler),
              isDependent: node.properties?.mentions(made) ?? false)))
        made.insert(node.slot)
      case .relationship(let relationship):
        columns.append(Column(.relationships))
        steps.append(.relationship(try Self.step(relationship, made, compiler)))
        made.insert(relationship.slot)
      }
    }
  }

  private static func step(
    _ relationship: CreatePattern.Relationship, _ made: Set<Slot>, _ compiler: PlanCompiler
  ) throws(Failure) -> RelationshipStep {
    var type: TokenReference<TypeToken>?
    var dynamicType: Kernel?
    switch relationship.type {
    case .name(let name): type = compiler.context.tokens.type(name)
    case .dynamic(let expression): dynamicType = try compiler.kernel(expression)
    }
    return RelationshipStep(
      slot: relationship.slot.index, name: compiler.slots[relationship.slot].name, type: type,
      dynamicType: dynamicType, start: relationship.start, end: relationship.end,
      properties: try PropertyMap(relationship.properties, compiler),
      isDependent: relationship.properties?.mentions(made) ?? false)
  }

  /// Makes the pattern for some rows of a batch and adds the new entities' columns to it.
  func create(_ batch: Batch, _ rows: RowSet) throws(Failure) {
    for (index, step) in steps.enumerated() {
      let column = columns[index]
      switch step {
      case .node(let node):
        column.prepare(.nodes, rows: batch.rowCount)
        batch.columns[node.slot] = column
        if !node.isDependent { try node.properties?.evaluate(batch, rows) }
      case .relationship(let relationship):
        column.prepare(.relationships, rows: batch.rowCount)
        batch.columns[relationship.slot] = column
        if !relationship.isDependent { try relationship.properties?.evaluate(batch, rows) }
      }
    }
    for index in 0..<rows.count {
      if index & 1_023 == 0 { try writer.context.checkCancelled() }
      try create(batch, row: rows[index])
    }
    try fillPaths(batch, rows)
  }

  private func fillPaths(_ batch: Batch, _ rows: RowSet) throws(Failure) {
    for path in paths {
      let values = try path.kernel.evaluate(batch, rows)
      path.column.prepare(.values, rows: batch.rowCount)
      for index in 0..<rows.count {
        path.column.set(values.value(at: rows[index]), at: rows[index])
      }
      batch.columns[path.slot] = path.column
    }
  }

  private func create(_ batch: Batch, row: Int) throws(Failure) {
    for (index, step) in steps.enumerated() {
      switch step {
      case .node(let node):
        if node.isDependent { try node.properties?.evaluate(batch, RowSet([UInt16(row)])) }
        let labels = try node.labels.tokens(batch, row: row, writer)
        let properties = try node.properties?.properties(row: row, writer) ?? []
        columns[index].set(word: try writer.createNode(labels, properties).raw, at: row)
      case .relationship(let relationship):
        let id = try create(relationship, batch, row: row)
        columns[index].set(word: id.raw, at: row)
      }
    }
  }

  private func create(_ step: RelationshipStep, _ batch: Batch, row: Int) throws(Failure)
    -> RelationshipID
  {
    if step.isDependent { try step.properties?.evaluate(batch, RowSet([UInt16(row)])) }
    let start = try end(step.start, of: step, batch, row)
    let end = try end(step.end, of: step, batch, row)
    let type: TypeToken
    if let reference = step.type {
      type = try writer.type(reference)
    } else {
      type = try dynamicType(step, batch, row)
    }
    let properties = try step.properties?.properties(row: row, writer) ?? []
    return try writer.createRelationship(type, from: start, to: end, properties)
  }

  private func end(_ slot: Slot, of step: RelationshipStep, _ batch: Batch, _ row: Int)
    throws(Failure) -> NodeID
  {
    guard let column = batch.columns[slot.index] else {
      throw .missingEnd(relationship: shown(step.name), node: slots[slot].name)
    }
    if column.kind == .nodes, !column.isNull(at: row) { return NodeID(column.word(at: row)) }
    switch column.value(at: row) {
    case .node(let id): return id
    case .nodeRecord(let record): return record.id
    case .null: throw .missingEnd(relationship: shown(step.name), node: slots[slot].name)
    default:
      let value = column.value(at: row)
      throw .invalidType(
        "Expected to find a node at '\(slots[slot].name)' but found instead: \(value.debugText)",
        value: value, expected: ["NODE"])
    }
  }

  /// Names made for unnamed relationships are shown as servers show them.
  private func shown(_ name: String) -> String {
    name.hasPrefix("anon_") ? "  UNNAMED\(name.dropFirst(5))" : name
  }

  private func dynamicType(_ step: RelationshipStep, _ batch: Batch, _ row: Int) throws(Failure)
    -> TypeToken
  {
    let value = try step.dynamicType?.value(batch, row: row) ?? .null
    let names = try NameList.names(value, of: "relationship type")
    guard let name = names.first, names.count == 1 else {
      throw .execution(
        "Exactly one relationship type must be specified, but \(names.count) were found.")
    }
    return try writer.type(named: name)
  }
}

extension Expression {
  /// Whether any of some slots occurs.
  func mentions(_ slots: Set<Slot>) -> Bool {
    guard !slots.isEmpty else { return false }
    return !usedSlots.isDisjoint(with: slots)
  }
}
