import Diagnostics
import GraphValues
import QueryPlan

/// A part of a compiled plan that yields batches of rows.
///
/// Pulled by `next()` until that gives `nil`, then, or at any time, `reset()` and pulled again; buffers
/// are kept. A batch that was returned is valid until the operator's next call. Subclasses override
/// `produce()`, and `reset()` where they keep state, calling `super`.
class Operator {
  /// The operator of the plan that this runs.
  final let node: PlanNode
  /// The run's inputs, counters and limits.
  final let context: ExecutionContext
  /// Where rows come from, left first.
  final let inputs: [Operator]
  /// Whether each row of the input or argument is treated apart from all others, with no effects on the
  /// graph, so that an apply may hand in many rows at once.
  final let isRowWise: Bool
  /// Rows that left this operator in this run.
  final private(set) var rowsProduced = 0
  /// Reads of the store by this operator and its inputs in this run.
  final private(set) var inclusiveHits = 0
  /// Whether this operator or one below it changes anything outside its rows.
  final let hasEffects: Bool

  init(_ node: PlanNode, _ compiler: PlanCompiler, inputs: [Operator] = [], isRowWise: Bool = false)
  {
    self.node = node
    self.context = compiler.context
    self.inputs = inputs
    hasEffects = node.operation.hasEffects || inputs.contains { $0.hasEffects }
    self.isRowWise = isRowWise && !hasEffects
  }

  /// The next batch with at least one surviving row, or `nil` at the end.
  final func next() throws(Failure) -> Batch? {
    let hits = context.storeHits
    while true {
      try context.checkCancelled()
      guard let batch = try produce() else {
        inclusiveHits &+= context.storeHits &- hits
        return nil
      }
      let count = batch.count
      if count == 0 { continue }
      rowsProduced &+= count
      inclusiveHits &+= context.storeHits &- hits
      return batch
    }
  }

  /// Makes the next batch, which may have no surviving row; `nil` at the end, also when asked again.
  func produce() throws(Failure) -> Batch? { nil }

  /// Starts over, with a new argument or in a new run; resets the inputs as well.
  func reset() {
    for input in inputs { input.reset() }
  }

  /// Forgets what earlier runs counted.
  func clearProfile() {
    rowsProduced = 0
    inclusiveHits = 0
    for input in inputs { input.clearProfile() }
  }

  /// The input of an operator that has one.
  final var input: Operator { inputs[0] }
}
