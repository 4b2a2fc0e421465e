import Diagnostics
import GraphValues
import QueryPlan

/// `Optional`: the input, or the argument's row with nulls when there is none.
final class OptionalOperator: Operator {
  private let nulls: [Int]
  private let frame: ArgumentFrame
  private let output: Batch
  private let null = Column(.values, capacity: 1)
  private var hasRows = false
  private var isDone = false

  init(_ node: PlanNode, _ compiler: PlanCompiler, _ input: Operator, _ nulls: [Slot]) {
    self.nulls = nulls.map(\.index)
    frame = compiler.frame
    output = Batch(slotCount: compiler.slotCount)
    null.setConstant(.null)
    super.init(node, compiler, inputs: [input])
  }

  override func produce() throws(Failure) -> Batch? {
    if isDone { return nil }
    if let batch = try input.next() {
      hasRows = true
      return batch
    }
    isDone = true
    if hasRows { return nil }
    output.columns = frame.batch.columns
    for slot in nulls { output.columns[slot] = null }
    output.restart(rowCount: 1)
    return output
  }

  override func reset() {
    super.reset()
    hasRows = false
    isDone = false
  }
}
