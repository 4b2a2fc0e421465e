import Diagnostics
import GraphValues
import QueryPlan

/// FOREACH: runs updating clauses for each element of a list; rows pass through unchanged.
final class ForEachOperator: Operator {
  private let slot: Int
  private let list: Kernel
  private let body: Operator
  private let argument: ArgumentFrame
  private let element: Batch

  init(
    _ node: PlanNode, _ slot: Slot, list: Expression, _ compiler: PlanCompiler, input: Operator,
    body: Operator, argument: ArgumentFrame
  ) throws(Failure) {
    self.slot = slot.index
    self.list = try compiler.kernel(list)
    self.body = body
    self.argument = argument
    element = Batch(slotCount: compiler.slotCount)
    super.init(node, compiler, inputs: [input])
  }

  override func clearProfile() {
    super.clearProfile()
    body.clearProfile()
  }

  override func produce() throws(Failure) -> Batch? {
    guard let batch = try input.next() else { return nil }
    let rows = batch.rows
    for index in 0..<rows.count { try run(batch, rows[index]) }
    return batch
  }

  private func run(_ batch: Batch, _ row: Int) throws(Failure) {
    let elements: [Value]
    switch try list.value(batch, row: row) {
    case .null: return
    case .list(let values): elements = values
    case let value: elements = [value]
    }
    element.restart(rowCount: 1)
    element.columns.removeAll()
    // Only what the body reads: others may be left over from an earlier use of the batch.
    for index in argument.slots.map(\.index) where index != slot {
      guard let column = batch.columns[index] else { continue }
      let copy = Column(.values, capacity: 1)
      copy.setConstant(column.value(at: row))
      element.columns[index] = copy
    }
    let local = Column(.values, capacity: 1)
    element.columns[slot] = local
    for value in elements {
      local.setConstant(value)
      argument.set(element, row: 0)
      body.reset()
      while try body.next() != nil {}
    }
  }
}
