import Diagnostics
import GraphValues
import QueryPlan

/// `Argument`: the rows that an enclosing apply hands in.
final class ArgumentOperator: Operator {
  private let frame: ArgumentFrame
  /// Made for the first row; of a plan with very many variables dropped after the last one, since
  /// each leaf of thousands of UNION arms has a place for all of them.
  private var output: Batch?
  private let slotCount: Int
  private let slots: [Int]
  private var isDone = false

  init(_ node: PlanNode, _ compiler: PlanCompiler, _ slots: [Slot]) {
    frame = compiler.frame
    slotCount = compiler.slotCount
    self.slots = Set(slots).union(node.live).map(\.index) + compiler.markers
    super.init(node, compiler, isRowWise: true)
  }

  override func produce() throws(Failure) -> Batch? {
    if isDone {
      if slotCount > Batch.manySlots { output = nil }
      return nil
    }
    isDone = true
    let source = frame.batch
    let output = output ?? Batch(slotCount: slotCount)
    self.output = output
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

extension Batch {
  /// From how many slots on batches are not kept longer than they are needed.
  static let manySlots = 1_000
}
