import Diagnostics
import GraphValues
import QueryPlan

/// Rows kept in memory, column by column, and counted against the statement's limit.
final class RowBuffer {
  /// Slots of the columns, ascending.
  let slots: [Int]
  /// How many rows are kept.
  private(set) var count = 0
  private(set) var columns: [Column]
  private var bytes = 0
  private let context: ExecutionContext

  init(_ slots: [Slot], _ context: ExecutionContext) {
    self.slots = Set(slots).map(\.index).sorted()
    columns = self.slots.map { _ in Column(.values) }
    self.context = context
  }

  /// The column of a slot.
  func column(_ slot: Int) -> Column? {
    slots.firstIndex(of: slot).map { columns[$0] }
  }

  /// Appends the surviving rows of a batch.
  func append(_ batch: Batch) throws(Failure) {
    let rows = batch.rows
    var added = 0
    for (place, slot) in slots.enumerated() {
      let target = columns[place]
      guard let source = batch.columns[slot] else {
        for _ in 0..<rows.count { target.append(.null) }
        added += rows.count * 24
        continue
      }
      target.append(rows, of: source)
      added += rows.count * (source.kind == .values ? 24 : 9)
      if source.kind == .values {
        for index in 0..<rows.count { added += source.values[source.place(rows[index])].heapBytes }
      }
    }
    count += rows.count
    bytes += added
    try context.memory.hold(added)
  }

  /// Appends one row of a batch.
  func append(_ batch: Batch, row: Int) throws(Failure) {
    var added = 0
    for (place, slot) in slots.enumerated() {
      let value = batch.columns[slot]?.value(at: row) ?? .null
      columns[place].append(value)
      added += 24 + value.heapBytes
    }
    count += 1
    bytes += added
    try context.memory.hold(added)
  }

  /// Gives a batch the rows `start ..< start + length`, through columns of the caller's.
  func emit(_ start: Int, _ length: Int, into batch: Batch, _ copies: [Column]) {
    for (place, slot) in slots.enumerated() {
      copies[place].copy(start, length, from: columns[place])
      batch.columns[slot] = copies[place]
    }
    batch.restart(rowCount: length)
  }

  /// Gives a batch some rows in an order, through columns of the caller's.
  func emit(_ rows: [Int32], into batch: Batch, _ copies: [Column]) {
    for (place, slot) in slots.enumerated() {
      copies[place].gather(rows, from: columns[place])
      batch.columns[slot] = copies[place]
    }
    batch.restart(rowCount: rows.count)
  }

  /// Keeps some rows only, in an order.
  func keep(_ rows: [Int32]) {
    var kept: [Column] = []
    for column in columns {
      let copy = Column(column.kind, capacity: rows.count)
      copy.gather(rows, from: column)
      kept.append(copy)
    }
    columns = kept
    count = rows.count
    let now = columns.reduce(0) { $0 + $1.estimatedBytes }
    context.memory.release(bytes - now)
    bytes = now
  }

  /// Forgets all rows; small buffers stay.
  func clear() {
    if count > 0 {
      if count > 16_384 {
        columns = slots.map { _ in Column(.values) }
      } else {
        for column in columns { column.reset(.values) }
      }
    }
    context.memory.release(bytes)
    bytes = 0
    count = 0
  }
}
