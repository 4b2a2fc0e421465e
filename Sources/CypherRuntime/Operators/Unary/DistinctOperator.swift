import Diagnostics
import GraphValues
import QueryPlan

/// `Distinct`: passes each different row once, at its first coming.
final class DistinctOperator: Operator {
  private let items: [(slot: Int, kernel: Kernel)]
  private let table: GroupTable
  private var groups: [Int32] = []

  init(_ node: PlanNode, _ compiler: PlanCompiler, _ input: Operator, _ items: [Projection.Item])
    throws(Failure)
  {
    var compiled: [(slot: Int, kernel: Kernel)] = []
    for item in items { compiled.append((item.slot.index, try compiler.kernel(item.expression))) }
    self.items = compiled
    table = GroupTable(keyCount: items.count, compiler.context)
    super.init(node, compiler, inputs: [input])
  }

  override func produce() throws(Failure) -> Batch? {
    guard let batch = try input.next() else { return nil }
    let rows = batch.rows
    var columns: [Column] = []
    columns.reserveCapacity(items.count)
    for item in items { columns.append(try item.kernel.evaluate(batch, rows)) }
    for (item, column) in zip(items, columns) { batch.columns[item.slot] = column }
    groups.removeAll(keepingCapacity: true)
    var next = Int32(table.count)
    try table.assign(columns, rows, to: &groups)
    var fresh: [UInt16] = []
    for index in 0..<rows.count where groups[index] == next {
      fresh.append(rows.number(index))
      next += 1
    }
    if fresh.count < rows.count { batch.selection = fresh }
    return batch
  }

  override func reset() {
    super.reset()
    table.clear()
  }
}

/// `OrderedDistinct`: equal values come one after the other, so that only the last is held.
final class OrderedDistinctOperator: Operator {
  private let slot: Int
  private let kernel: Kernel
  private var last: Value?

  init(_ node: PlanNode, _ compiler: PlanCompiler, _ input: Operator, _ item: Projection.Item)
    throws(Failure)
  {
    slot = item.slot.index
    kernel = try compiler.kernel(item.expression)
    super.init(node, compiler, inputs: [input])
  }

  override func produce() throws(Failure) -> Batch? {
    guard let batch = try input.next() else { return nil }
    let rows = batch.rows
    let column = try kernel.evaluate(batch, rows)
    batch.columns[slot] = column
    var fresh: [UInt16] = []
    for index in 0..<rows.count {
      let value = column.value(at: rows[index])
      if let last, last.isEquivalent(to: value) { continue }
      last = value
      fresh.append(rows.number(index))
    }
    if fresh.count < rows.count { batch.selection = fresh }
    return batch
  }

  override func reset() {
    super.reset()
    last = nil
  }
}
