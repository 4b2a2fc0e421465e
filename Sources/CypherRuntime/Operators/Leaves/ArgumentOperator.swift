import Diagnostics
import GraphValues
import QueryPlan

/// `Argument`: the rows that an enclosing apply hands in.
final class ArgumentOperator: Operator {
  private let frame: ArgumentFrame
  private let output: Batch
  private let slots: [Int]
  private var isDone = false

  init(_ node: PlanNode, _ compiler: PlanCompiler, _ slots: [Slot]) {
    frame = compiler.frame
    output = Batch(slotCount: compiler.slotCount)
    self.slots = Set(slots).union(node.live).map(\.index) + compiler.markers
    super.init(node, compiler, isRowWise: true)
  }

  override func produce() throws(Failure) -> Batch? {
    if isDone { return nil }
    isDone = true
    let source = frame.batch
    for slot in slots { output.columns[slot] = source.columns[slot] }
    output.restart(rowCount: source.rowCount)
    if let selection = source.selection { output.selection = selection }
    return output
  }

  override func reset() { isDone = false }
}

/// A leaf without rows.
final class EmptyRowOperator: Operator {
  init(_ node: PlanNode, _ compiler: PlanCompiler) {
    super.init(node, compiler, isRowWise: true)
  }
}
