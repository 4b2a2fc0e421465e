import Diagnostics
import GraphValues

/// Puts the answers of several kernels for different rows together in one column.
struct ColumnMerger {
  private var parts: [(column: Column, rows: RowSet)] = []

  mutating func add(_ column: Column, _ rows: RowSet) {
    if !rows.isEmpty { parts.append((column, rows)) }
  }

  /// Fills `result` with all parts; rows of none are null.
  func merge(into result: Column, rowCount: Int, rows: RowSet) {
    if let first = parts.first, parts.count == 1, first.rows.count == rows.count,
      first.column.isConstant
    {
      result.setConstant(first.column.value(at: 0))
      return
    }
    let covered = parts.reduce(0) { $0 + $1.rows.count }
    if let kind = parts.first?.column.kind, kind != .values, covered == rows.count,
      parts.allSatisfy({ $0.column.kind == kind })
    {
      result.prepare(kind, rows: rowCount)
    } else {
      result.prepare(.values, rows: rowCount)
    }
    for part in parts {
      for index in 0..<part.rows.count {
        let row = part.rows[index]
        result.set(part.column.value(at: row), at: row)
      }
    }
  }
}

/// CASE: each branch is computed only for the rows that take it.
final class CaseKernel: Kernel {
  private let alternatives: [(when: Kernel, then: Kernel)]
  private let otherwise: Kernel?
  private let result = Column(.values)

  init(_ alternatives: [(when: Kernel, then: Kernel)], otherwise: Kernel?) {
    self.alternatives = alternatives
    self.otherwise = otherwise
  }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    var merger = ColumnMerger()
    var remaining = rows
    for alternative in alternatives {
      if remaining.isEmpty { break }
      let condition = try alternative.when.evaluate(batch, remaining)
      var taken: [UInt16] = []
      var left: [UInt16] = []
      for index in 0..<remaining.count {
        let row = remaining.number(index)
        if try condition.truth(at: Int(row)) == .yes { taken.append(row) } else { left.append(row) }
      }
      if taken.isEmpty { continue }
      let chosen = taken.count == remaining.count ? remaining : RowSet(taken)
      merger.add(try alternative.then.evaluate(batch, chosen), chosen)
      remaining = RowSet(left)
    }
    if let otherwise, !remaining.isEmpty {
      merger.add(try otherwise.evaluate(batch, remaining), remaining)
    }
    merger.merge(into: result, rowCount: batch.rowCount, rows: rows)
    return result
  }
}

/// `coalesce`: each operand is computed only for the rows in which those before it are null.
final class CoalesceKernel: Kernel {
  private let operands: [Kernel]
  private let result = Column(.values)

  init(_ operands: [Kernel]) { self.operands = operands }

  override var isRunConstant: Bool { operands.allSatisfy(\.isRunConstant) }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    var merger = ColumnMerger()
    var remaining = rows
    for operand in operands {
      if remaining.isEmpty { break }
      let column = try operand.evaluate(batch, remaining)
      var taken: [UInt16] = []
      var left: [UInt16] = []
      for index in 0..<remaining.count {
        let row = remaining.number(index)
        if column.isNull(at: Int(row)) { left.append(row) } else { taken.append(row) }
      }
      if taken.isEmpty { continue }
      merger.add(column, taken.count == remaining.count ? remaining : RowSet(taken))
      remaining = RowSet(left)
    }
    merger.merge(into: result, rowCount: batch.rowCount, rows: rows)
    return result
  }
}
