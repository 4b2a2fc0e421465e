import Diagnostics
import GraphValues
import QueryPlan

/// `EXISTS { … }`, `COUNT { … }`, `COLLECT { … }` and pattern expressions: runs a plan for each row.
final class NestedPlanKernel: Kernel {
  private let kind: Subquery.Kind
  private let root: Operator
  private let frame: ArgumentFrame
  private let column: Int?
  private let context: ExecutionContext
  private let result = Column(.values)

  init(
    _ kind: Subquery.Kind, root: Operator, frame: ArgumentFrame, column: Slot?,
    _ context: ExecutionContext
  ) {
    self.kind = kind
    self.root = root
    self.frame = frame
    self.column = column?.index
    self.context = context
  }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    switch kind {
    case .exists: result.prepare(.booleans, rows: batch.rowCount)
    case .count: result.prepare(.integers, rows: batch.rowCount)
    case .collect, .first: result.prepare(.values, rows: batch.rowCount)
    }
    for index in 0..<rows.count {
      let row = rows[index]
      frame.set(batch, row: row)
      root.reset()
      result.set(try run(), at: row)
    }
    return result
  }

  private func run() throws(Failure) -> Value {
    switch kind {
    case .exists: return .boolean(try root.next() != nil)
    case .count:
      var count: Int64 = 0
      while let found = try root.next() { count += Int64(found.count) }
      return .integer(count)
    case .collect:
      var values: [Value] = []
      while let found = try root.next() {
        guard let column, let source = found.columns[column] else { continue }
        try context.memory.hold(found.count * 24)
        for index in 0..<found.count { values.append(source.value(at: found.row(index))) }
      }
      context.memory.release(values.count * 24)
      return .list(values)
    case .first:
      guard let found = try root.next(), let column, let source = found.columns[column] else {
        return .null
      }
      return source.value(at: found.row(0))
    }
  }
}
