import Diagnostics
import GraphValues
import QueryPlan

/// `TransactionApply`, `TransactionForeach`: runs the right side for batches of left rows, each batch in
/// a transaction of its own.
///
/// Left rows are all read in the snapshot of before; while an operator above has rows of this one, the
/// transaction is a snapshot that has the batches committed so far, or at the end the one that writes.
final class TransactionApplyOperator: Operator {
  private let frame: ArgumentFrame
  private let batching: TransactionBatching
  private let rowsKernel: Kernel?
  private let argument: ArgumentFrame
  private let isUnit: Bool
  private let columns: [Int]
  private let passed: [Int]
  private let pending: RowBuffer
  private let results: RowBuffer
  private let output: Batch
  private let copies: [Column]
  private let pendingBatch: Batch
  private let pendingCopies: [Column]
  private let statusColumn = Column(.values)
  private var committed = 0
  private var hasStopped = false
  private var isInputDone = false
  private var rowsPerTransaction: Int?
  private var isEmitting = false
  private var position = 0
  private var current: Batch?
  private var currentPosition = 0

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ left: Operator, _ right: Operator,
    _ frame: ArgumentFrame, _ batching: TransactionBatching, isUnit: Bool, _ columns: [Slot]
  ) throws(Failure) {
    self.frame = frame
    self.batching = batching
    self.isUnit = isUnit
    self.columns = columns.map(\.index)
    passed = compiler.passedSlots(of: node)
    argument = compiler.frame
    rowsKernel = try batching.rows.map { (rows) throws(Failure) in try compiler.kernel(rows) }
    var leftSlots = Set(node.children[0].live)
    node.children[1].collectArguments(into: &leftSlots)
    pending = RowBuffer(leftSlots.sorted(), compiler.context)
    var resultSlots = Set(node.live).union(columns)
    if let status = batching.status { resultSlots.insert(status) }
    results = RowBuffer(resultSlots.sorted(), compiler.context)
    copies = results.slots.map { _ in Column(.values) }
    pendingCopies = pending.slots.map { _ in Column(.values) }
    output = Batch(slotCount: compiler.slotCount)
    pendingBatch = Batch(slotCount: compiler.slotCount)
    super.init(node, compiler, inputs: [left, right])
  }

  override func produce() throws(Failure) -> Batch? {
    let batch = try advance()
    if let control = context.transactionControl {
      context.transaction =
        batch == nil && batching.precedesWrites
        ? try control.writingBehindBatches() : try control.transactionBehindBatches()
    }
    return batch
  }

  private func advance() throws(Failure) -> Batch? {
    while true {
      if isEmitting {
        if position < results.count {
          let length = min(context.rowsPerBatch, results.count - position)
          results.emit(position, length, into: output, copies)
          position += length
          return output
        }
        isEmitting = false
        results.clear()
      }
      if isInputDone && pending.count == 0 { return nil }
      try collect()
      if pending.count == 0 { return nil }
      try runBatch()
      isEmitting = true
      position = 0
    }
  }

  /// Reads as many left rows as one transaction takes.
  private func collect() throws(Failure) {
    let most: Int
    if let rowsPerTransaction { most = rowsPerTransaction } else { most = try readRowCount() }
    rowsPerTransaction = most
    if let control = context.transactionControl { context.transaction = control.outerTransaction }
    while pending.count < most && !isInputDone {
      if current == nil {
        guard let batch = try inputs[0].next() else {
          isInputDone = true
          return
        }
        current = batch
        currentPosition = 0
      }
      guard let batch = current else { return }
      while currentPosition < batch.count && pending.count < most {
        try pending.append(batch, row: batch.row(currentPosition))
        currentPosition += 1
      }
      if currentPosition == batch.count { current = nil }
    }
  }

  private func readRowCount() throws(Failure) -> Int {
    guard let rowsKernel else { return 1_000 }
    let value = try rowsKernel.value(argument.batch, row: 0)
    if case .integer(let number) = value, number > 0 { return Int(number) }
    var failure = Failure.invalidQuota(value, "OF ... ROWS")
    failure.message = failure.message.replacingSuffix(
      "Must be a non-negative integer.",
      with: "Must be a positive integer. (Transactions committed: \(committed))")
    throw failure
  }

  private func runBatch() throws(Failure) {
    pending.emit(0, pending.count, into: pendingBatch, pendingCopies)
    if hasStopped {
      try emitStatus(.skipped)
      pending.clear()
      return
    }
    guard let control = context.transactionControl else {
      throw Failure(
        code: "Neo.DatabaseError.Transaction.TransactionStartFailed",
        message: "A query with 'CALL { ... } IN TRANSACTIONS' can only be executed in an implicit "
          + "transaction, but tried to execute in an explicit transaction.")
    }
    let before = context.counters
    do throws(Failure) {
      context.transaction = try control.beginBatch()
      let id = control.batchTransactionID
      try runRows()
      try control.commitBatch()
      context.transaction = control.outerTransaction
      committed += 1
      try setStatus(.committed(id: id))
    } catch {
      let id = control.batchTransactionID
      control.rollbackBatch()
      context.transaction = control.outerTransaction
      context.counters = before
      results.clear()
      if batching.onError == .fail || context.cancellation.isCancelled {
        var failure = error
        failure.message += " (Transactions committed: \(committed))"
        throw failure
      }
      if batching.onError == .stop { hasStopped = true }
      try emitStatus(.failed(id: id, message: error.message))
    }
    pending.clear()
  }

  /// Runs the right side for the pending rows and keeps what comes out.
  private func runRows() throws(Failure) {
    for row in 0..<pendingBatch.rowCount {
      frame.set(pendingBatch, row: row)
      inputs[1].reset()
      while let batch = try inputs[1].next() {
        if !isUnit { try appendResult(batch) }
      }
      if isUnit { try results.append(pendingBatch, row: row) }
    }
  }

  private func appendResult(_ batch: Batch) throws(Failure) {
    // Rows of the right side carry the columns of the left row that are live above.
    frame.pass(passed, to: batch)
    try results.append(batch)
  }

  /// How a batch ended.
  private enum Outcome {
    case committed(id: String)
    case failed(id: String, message: String)
    case skipped

    var value: Value {
      let fields: (id: Value, isStarted: Bool, isCommitted: Bool, message: Value) =
        switch self {
        case .committed(let id): (.string(id), true, true, .null)
        case .failed(let id, let message): (.string(id), true, false, .string(message))
        case .skipped: (.null, false, false, .null)
        }
      return .map(
        MapValue([
          ("transactionId", fields.id), ("started", .boolean(fields.isStarted)),
          ("committed", .boolean(fields.isCommitted)), ("errorMessage", fields.message),
        ]))
    }
  }

  private func setStatus(_ outcome: Outcome) throws(Failure) {
    guard let status = batching.status, let column = results.column(status.index) else { return }
    column.reset(.values)
    for _ in 0..<results.count { column.append(outcome.value) }
  }

  /// Passes the rows of a batch that had no effect: with nulls and the status.
  private func emitStatus(_ outcome: Outcome) throws(Failure) {
    let null = Column(.values, capacity: 1)
    null.setConstant(.null)
    for slot in columns { pendingBatch.columns[slot] = null }
    for row in 0..<pendingBatch.rowCount { try results.append(pendingBatch, row: row) }
    try setStatus(outcome)
  }

  override func reset() {
    super.reset()
    committed = 0
    hasStopped = false
    isInputDone = false
    rowsPerTransaction = nil
    isEmitting = false
    current = nil
    pending.clear()
    results.clear()
  }
}

extension String {
  /// The text with its end replaced, when it ends so.
  fileprivate func replacingSuffix(_ suffix: String, with other: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) + other : self
  }
}
