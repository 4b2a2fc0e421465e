import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

/// Changes properties and labels for each row, item by item.
final class SetOperator: Operator {
  private let changes: ChangeList

  init(_ node: PlanNode, _ items: [SetItem], _ compiler: PlanCompiler, input: Operator)
    throws(Failure)
  {
    changes = try ChangeList(items, compiler)
    super.init(node, compiler, inputs: [input])
  }

  override func produce() throws(Failure) -> Batch? {
    guard let batch = try input.next() else { return nil }
    try changes.apply(batch, batch.rows)
    return batch
  }
}

/// The items of SET, compiled; also of MERGE's ON CREATE and ON MATCH.
final class ChangeList {
  private enum Change {
    case property(Kernel, TokenReference<KeyToken>, Kernel)
    case properties(Kernel, [(key: TokenReference<KeyToken>, value: Kernel)])
    case dynamicProperty(Kernel, key: Kernel, Kernel)
    case replaceProperties(Kernel, Kernel)
    case mergeProperties(Kernel, Kernel)
    case labels(Int, NameList)
  }

  private let changes: [Change]
  private let writer: EntityWriter

  /// Whether there is nothing to do.
  var isEmpty: Bool { changes.isEmpty }

  init(_ items: [SetItem], _ compiler: PlanCompiler) throws(Failure) {
    writer = EntityWriter(context: compiler.context)
    var changes: [Change] = []
    for item in items { changes.append(try Self.compile(item, compiler)) }
    self.changes = changes
  }

  private static func compile(_ item: SetItem, _ compiler: PlanCompiler) throws(Failure) -> Change {
    let tokens = compiler.context.tokens
    switch item {
    case .property(let entity, let key, let value):
      return .property(
        try compiler.kernel(entity), tokens.key(key), try compiler.kernel(value))
    case .properties(let entity, let items):
      var entries: [(key: TokenReference<KeyToken>, value: Kernel)] = []
      for item in items { entries.append((tokens.key(item.key), try compiler.kernel(item.value))) }
      return .properties(try compiler.kernel(entity), entries)
    case .dynamicProperty(let entity, let key, let value):
      return .dynamicProperty(
        try compiler.kernel(entity), key: try compiler.kernel(key), try compiler.kernel(value))
    case .replaceProperties(let entity, let map):
      return .replaceProperties(try compiler.kernel(entity), try Self.kernel(ofMap: map, compiler))
    case .mergeProperties(let entity, let map):
      return .mergeProperties(try compiler.kernel(entity), try Self.kernel(ofMap: map, compiler))
    case .labels(let slot, let names):
      return .labels(slot.index, try NameList(names, compiler))
    }
  }

  /// A null of the text is told by another name than one that was computed.
  private static func kernel(ofMap map: Expression, _ compiler: PlanCompiler) throws(Failure)
    -> Kernel
  {
    guard case .literal(let literal) = map, literal.value.isNull else {
      return try compiler.kernel(map)
    }
    return FailingKernel(
      .invalidType(
        "Expected Null() to be a map, but it was :`NO_VALUE`", value: .null, expected: ["MAP"]))
  }

  /// Applies all changes to each of some rows, row after row.
  func apply(_ batch: Batch, _ rows: RowSet) throws(Failure) {
    for index in 0..<rows.count {
      if index & 1_023 == 0 { try writer.context.checkCancelled() }
      let row = rows[index]
      for change in changes { try apply(change, batch, row) }
    }
  }

  private func apply(_ change: Change, _ batch: Batch, _ row: Int) throws(Failure) {
    switch change {
    case .property(let kernel, let key, let value):
      let entity = try EntityID.of(try kernel.value(batch, row: row))
      let value = try value.value(batch, row: row)
      guard let entity else { return }
      try set(entity, key, value, countsAbsent: false)
    case .properties(let kernel, let entries):
      guard let entity = try EntityID.of(try kernel.value(batch, row: row)) else { return }
      var values: [Value] = []
      for entry in entries { values.append(try entry.value.value(batch, row: row)) }
      for (entry, value) in zip(entries, values) {
        try set(entity, entry.key, value, countsAbsent: true)
      }
    case .dynamicProperty(let kernel, let key, let value):
      let entity = try EntityID.of(try kernel.value(batch, row: row))
      let name = try Self.keyName(try key.value(batch, row: row))
      let value = try value.value(batch, row: row)
      guard let entity else { return }
      try writer.setProperty(entity, try writer.key(named: name), to: value)
    case .replaceProperties(let kernel, let map):
      try setAll(kernel, map, batch, row, replacing: true)
    case .mergeProperties(let kernel, let map):
      try setAll(kernel, map, batch, row, replacing: false)
    case .labels(let slot, let names):
      guard case .node(let node)? = try EntityID.of(batch.columns[slot]?.value(at: row) ?? .null)
      else { return }
      try writer.addLabels(try names.tokens(batch, row: row, writer), to: node)
    }
  }

  /// Sets one property; a null for a name that the store does not know changes nothing, but counts
  /// like one for any other property that is absent.
  private func set(
    _ entity: EntityID, _ key: TokenReference<KeyToken>, _ value: Value, countsAbsent: Bool
  ) throws(Failure) {
    if value.isNull {
      guard let token = key.resolve(writer.context.transaction) else {
        if countsAbsent { writer.context.counters.propertiesSet += 1 }
        return
      }
      try writer.setProperty(entity, token, to: .null, countsAbsent: countsAbsent)
    } else {
      try writer.setProperty(entity, try writer.key(key), to: value)
    }
  }

  private func setAll(
    _ kernel: Kernel, _ map: Kernel, _ batch: Batch, _ row: Int, replacing: Bool
  ) throws(Failure) {
    guard let entity = try EntityID.of(try kernel.value(batch, row: row)) else { return }
    let entries = try writer.tokens(of: try writer.map(of: try map.value(batch, row: row)))
    try writer.setProperties(entity, entries, replacing: replacing)
  }

  /// The key of a dynamic property.
  static func keyName(_ value: Value) throws(Failure) -> String {
    guard case .string(let name) = value else {
      throw .invalidType(
        "Expected the property key to be a string, but was \(value.debugText)", value: value,
        expected: ["STRING"])
    }
    return name
  }
}
