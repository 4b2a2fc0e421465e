import Diagnostics
import GraphValues
import QueryPlan

/// `PartialSort` and `PartialTop`: sorts rows that come sorted by the first keys, one run of equal ones
/// after the other, so that little is held and a limit ends the reading.
final class PartialSortOperator: Operator {
  private let keys: [SortKey]
  private let sortedKeys: ArraySlice<SortKey>
  private let quota: RowQuota?
  private let frame: ArgumentFrame
  private let buffer: RowBuffer
  private let output: Batch
  private let copies: [Column]
  /// The rows of the buffer in order, the first `ready` of which nothing can come before.
  private var order: [Int32] = []
  private var ready = 0
  private var position = 0
  private var isAtEnd = false
  /// How many rows may still leave, once known.
  private var remaining: Int?

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ input: Operator, _ keys: [SortKey], sorted: Int,
    _ limit: Expression?
  ) throws(Failure) {
    self.keys = keys
    sortedKeys = keys.prefix(sorted)
    quota = try limit.map { (count) throws(Failure) in
      RowQuota(try compiler.kernel(count), clause: "LIMIT")
    }
    frame = compiler.frame
    buffer = RowBuffer(node.live + keys.map(\.slot), compiler.context)
    copies = buffer.slots.map { _ in Column(.values) }
    output = Batch(slotCount: compiler.slotCount)
    super.init(node, compiler, inputs: [input])
  }

  override func produce() throws(Failure) -> Batch? {
    if remaining == nil { remaining = try quota?.read(frame.batch) ?? .max }
    guard let left = remaining, left > 0 else { return try finish() }
    while position >= ready {
      if isAtEnd { return try finish() }
      try advance()
    }
    let end = min(position + context.rowsPerBatch, ready, position + min(left, ready))
    buffer.emit(Array(order[position..<end]), into: output, copies)
    remaining = left - (end - position)
    position = end
    return output
  }

  /// Reads until a run has ended.
  private func advance() throws(Failure) {
    if position > 0 {
      buffer.keep(Array(order[ready...]))
      position = 0
      ready = 0
    }
    guard let batch = try input.next() else {
      isAtEnd = true
      sort(upTo: buffer.count)
      return
    }
    try buffer.append(batch)
    sort(upTo: startOfLastRun)
  }

  private func sort(upTo end: Int) {
    ready = end
    if end > 0 { order = RowOrder(buffer, keys).sorted(buffer.count) }
  }

  /// The first row of the buffer that has the sorted keys of the last one.
  private var startOfLastRun: Int {
    let columns = sortedKeys.compactMap { buffer.column($0.slot.index) }
    var row = buffer.count - 1
    let last = columns.map { $0.value(at: row) }
    while row > 0, zip(columns, last).allSatisfy({ $0.value(at: row - 1).order(to: $1) == .equal })
    {
      row -= 1
    }
    return row
  }

  private func finish() throws(Failure) -> Batch? {
    if hasEffects, !isAtEnd { while try input.next() != nil {} }
    isAtEnd = true
    buffer.clear()
    return nil
  }

  override func reset() {
    super.reset()
    buffer.clear()
    order = []
    ready = 0
    position = 0
    isAtEnd = false
    remaining = nil
  }
}
