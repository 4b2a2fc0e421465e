import Diagnostics
import GraphValues
import QueryPlan

/// `EagerAggregation` and `OrderedAggregation`: groups and aggregates.
final class AggregationOperator: Operator {
  private let grouping: [(slot: Int, kernel: Kernel)]
  private let aggregates: [(slot: Int, aggregate: CompiledAggregate)]
  private let table: GroupTable
  private let output: Batch
  private let copies: [Column]
  private var groups: [Int32] = []
  private var isFilled = false
  private var position = 0
  private var groupCount = 0

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ input: Operator, _ grouping: [Projection.Item],
    _ aggregates: [Projection.Aggregate]
  ) throws(Failure) {
    var keys: [(slot: Int, kernel: Kernel)] = []
    for item in grouping { keys.append((item.slot.index, try compiler.kernel(item.expression))) }
    self.grouping = keys
    var compiled: [(slot: Int, aggregate: CompiledAggregate)] = []
    for aggregate in aggregates {
      compiled.append((aggregate.slot.index, try CompiledAggregate(aggregate.call, compiler)))
    }
    self.aggregates = compiled
    table = GroupTable(keyCount: keys.count, compiler.context)
    output = Batch(slotCount: compiler.slotCount)
    copies = (0..<keys.count + compiled.count).map { _ in Column(.values) }
    super.init(node, compiler, inputs: [input])
  }

  override func produce() throws(Failure) -> Batch? {
    if !isFilled { try aggregate() }
    guard position < groupCount else { return nil }
    let length = min(context.rowsPerBatch, groupCount - position)
    for (index, key) in grouping.enumerated() {
      copies[index].copy(position, length, from: table.keys[index])
      output.columns[key.slot] = copies[index]
    }
    for (index, entry) in aggregates.enumerated() {
      let column = copies[grouping.count + index]
      column.reset(.values)
      for group in position..<position + length {
        column.append(try entry.aggregate.accumulator.result(group))
      }
      output.columns[entry.slot] = column
    }
    output.restart(rowCount: length)
    position += length
    return output
  }

  private func aggregate() throws(Failure) {
    while let batch = try input.next() {
      let rows = batch.rows
      if grouping.isEmpty {
        groupCount = 1
        for entry in aggregates { try entry.aggregate.update(batch, rows, nil, 1) }
        continue
      }
      var columns: [Column] = []
      columns.reserveCapacity(grouping.count)
      for key in grouping { columns.append(try key.kernel.evaluate(batch, rows)) }
      groups.removeAll(keepingCapacity: true)
      try table.assign(columns, rows, to: &groups)
      groupCount = table.count
      for entry in aggregates { try entry.aggregate.update(batch, rows, groups, groupCount) }
    }
    if grouping.isEmpty && groupCount == 0 {
      groupCount = 1
      for entry in aggregates { entry.aggregate.accumulator.reserve(1) }
    }
    isFilled = true
  }

  override func reset() {
    super.reset()
    isFilled = false
    position = 0
    groupCount = 0
    table.clear()
    for entry in aggregates { entry.aggregate.clear() }
  }
}

/// An aggregate with its arguments compiled and its state by group.
final class CompiledAggregate {
  /// The state.
  let accumulator: Accumulator
  private let argument: Kernel?
  private let parameter: Kernel?
  private let seen: GroupTable?
  private let groupNumbers = Column(.integers)
  private var seenGroups: [Int32] = []

  init(_ call: AggregateCall, _ compiler: PlanCompiler) throws(Failure) {
    argument = try call.arguments.first.map { (first) throws(Failure) in try compiler.kernel(first)
    }
    parameter =
      call.arguments.count > 1
      ? try compiler.kernel(call.arguments[1]) : nil
    seen = call.isDistinct ? GroupTable(keyCount: 2, compiler.context) : nil
    accumulator = Accumulator.make(call.function, compiler.context)
  }

  /// Takes rows in; `groups` is `nil` when all belong to group 0.
  func update(_ batch: Batch, _ rows: RowSet, _ groups: [Int32]?, _ groupCount: Int)
    throws(Failure)
  {
    accumulator.reserve(groupCount)
    guard let argument else {
      accumulator.countRows(rows.count, groups)
      return
    }
    let column = try argument.evaluate(batch, rows)
    if let parameter {
      try accumulator.takeParameter(try parameter.evaluate(batch, rows), rows, groups)
    }
    guard let seen else {
      try accumulator.update(column, rows, groups)
      return
    }
    try updateDistinct(seen, column, batch, rows, groups)
  }

  private func updateDistinct(
    _ seen: GroupTable, _ column: Column, _ batch: Batch, _ rows: RowSet, _ groups: [Int32]?
  ) throws(Failure) {
    groupNumbers.prepare(.integers, rows: batch.rowCount)
    for index in 0..<rows.count {
      let group = groups?[index] ?? 0
      groupNumbers.set(word: UInt64(UInt32(bitPattern: group)), at: rows[index])
    }
    seenGroups.removeAll(keepingCapacity: true)
    var next = Int32(seen.count)
    try seen.assign([groupNumbers, column], rows, to: &seenGroups)
    var fresh: [UInt16] = []
    var freshGroups: [Int32] = []
    for index in 0..<rows.count where seenGroups[index] == next {
      fresh.append(rows.number(index))
      freshGroups.append(groups?[index] ?? 0)
      next += 1
    }
    if fresh.isEmpty { return }
    try accumulator.update(column, RowSet(fresh), groups == nil ? nil : freshGroups)
  }

  /// Forgets everything.
  func clear() {
    accumulator.clear()
    seen?.clear()
  }
}
