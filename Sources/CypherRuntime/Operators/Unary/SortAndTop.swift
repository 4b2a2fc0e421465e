import Diagnostics
import GraphValues
import QueryPlan

/// `Sort`.
final class SortOperator: Operator {
  private let keys: [SortKey]
  private let buffer: RowBuffer
  private let output: Batch
  private let copies: [Column]
  private var order: [Int32]?
  private var position = 0

  init(_ node: PlanNode, _ compiler: PlanCompiler, _ input: Operator, _ keys: [SortKey]) {
    self.keys = keys
    buffer = RowBuffer(node.live + keys.map(\.slot), compiler.context)
    copies = buffer.slots.map { _ in Column(.values) }
    output = Batch(slotCount: compiler.slotCount)
    super.init(node, compiler, inputs: [input])
  }

  override func produce() throws(Failure) -> Batch? {
    if order == nil {
      while let batch = try input.next() { try buffer.append(batch) }
      order = RowOrder(buffer, keys).sorted(buffer.count)
    }
    guard let order, position < order.count else {
      buffer.clear()
      return nil
    }
    let end = min(position + context.rowsPerBatch, order.count)
    buffer.emit(Array(order[position..<end]), into: output, copies)
    position = end
    return output
  }

  override func reset() {
    super.reset()
    order = nil
    position = 0
    buffer.clear()
  }
}

/// `Top`: sorts, but keeps no more than about twice the rows that are wanted.
final class TopOperator: Operator {
  private let keys: [SortKey]
  private let quota: RowQuota
  private let frame: ArgumentFrame
  private let buffer: RowBuffer
  private let output: Batch
  private let copies: [Column]
  private var order: [Int32]?
  private var position = 0
  /// The first key of the worst row that is kept, once enough are.
  private var bound: Value?

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ input: Operator, _ keys: [SortKey],
    _ limit: Expression
  ) throws(Failure) {
    self.keys = keys
    quota = RowQuota(try compiler.kernel(limit), clause: "LIMIT")
    frame = compiler.frame
    buffer = RowBuffer(node.live + keys.map(\.slot), compiler.context)
    copies = buffer.slots.map { _ in Column(.values) }
    output = Batch(slotCount: compiler.slotCount)
    super.init(node, compiler, inputs: [input])
  }

  override func produce() throws(Failure) -> Batch? {
    if order == nil { try collect() }
    guard let order, position < order.count else {
      buffer.clear()
      return nil
    }
    let end = min(position + context.rowsPerBatch, order.count)
    buffer.emit(Array(order[position..<end]), into: output, copies)
    position = end
    return output
  }

  private func collect() throws(Failure) {
    let limit = try quota.read(frame.batch)
    if limit == 0 {
      if hasEffects { while try input.next() != nil {} }
      order = []
      return
    }
    let (doubled, overflow) = limit.addingReportingOverflow(max(limit, 4_096))
    let most = overflow ? Int.max : doubled
    while let batch = try input.next() {
      if let bound { dropWorse(than: bound, batch) }
      if batch.count == 0 { continue }
      try buffer.append(batch)
      if buffer.count > most { shrink(to: limit) }
    }
    order = Array(RowOrder(buffer, keys).sorted(buffer.count).prefix(limit))
  }

  private func shrink(to limit: Int) {
    let best = Array(RowOrder(buffer, keys).sorted(buffer.count).prefix(limit))
    buffer.keep(best)
    if let first = keys.first, let column = buffer.column(first.slot.index) {
      bound = column.value(at: limit - 1)
    }
  }

  /// Drops rows whose first key alone puts them behind all that are kept.
  private func dropWorse(than bound: Value, _ batch: Batch) {
    guard let key = keys.first, let column = batch.columns[key.slot.index] else { return }
    let rows = batch.rows
    var kept: [UInt16] = []
    switch (column.kind, bound) {
    case (.integers, .integer(let limit)) where !column.hasNulls:
      keepWords(column, rows, key.isDescending, &kept) {
        Int64(bitPattern: $0) <= limit
      } _: {
        Int64(bitPattern: $0) >= limit
      }
    case (.floats, .float(let limit)) where !column.hasNulls:
      let word = limit.orderWord
      keepWords(column, rows, key.isDescending, &kept) {
        Double(bitPattern: $0).orderWord <= word
      } _: {
        Double(bitPattern: $0).orderWord >= word
      }
    default:
      let worse: ValueOrder = key.isDescending ? .less : .greater
      for index in 0..<rows.count where column.value(at: rows[index]).order(to: bound) != worse {
        kept.append(rows.number(index))
      }
    }
    if kept.count < rows.count { batch.selection = kept }
  }

  @inline(__always)
  private func keepWords(
    _ column: Column, _ rows: RowSet, _ isDescending: Bool, _ kept: inout [UInt16],
    _ isLow: (UInt64) -> Bool, _ isHigh: (UInt64) -> Bool
  ) {
    let words = column.wordSpan
    let step = column.isConstant ? 0 : 1
    for index in 0..<rows.count {
      let word = words[rows[index] &* step]
      if isDescending ? isHigh(word) : isLow(word) { kept.append(rows.number(index)) }
    }
  }

  override func reset() {
    super.reset()
    order = nil
    position = 0
    bound = nil
    buffer.clear()
  }
}

/// `Eager`: reads its input to the end first.
final class EagerOperator: Operator {
  private let buffer: RowBuffer
  private let output: Batch
  private let copies: [Column]
  private var isFilled = false
  private var position = 0

  init(_ node: PlanNode, _ compiler: PlanCompiler, _ input: Operator) {
    buffer = RowBuffer(node.live, compiler.context)
    copies = buffer.slots.map { _ in Column(.values) }
    output = Batch(slotCount: compiler.slotCount)
    super.init(node, compiler, inputs: [input])
  }

  override func produce() throws(Failure) -> Batch? {
    if !isFilled {
      while let batch = try input.next() { try buffer.append(batch) }
      isFilled = true
    }
    guard position < buffer.count else {
      buffer.clear()
      position = 0
      return nil
    }
    let length = min(context.rowsPerBatch, buffer.count - position)
    buffer.emit(position, length, into: output, copies)
    position += length
    return output
  }

  override func reset() {
    super.reset()
    isFilled = false
    position = 0
    buffer.clear()
  }
}
