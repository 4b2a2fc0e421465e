import Diagnostics
import GraphValues

/// A truth value of the language.
enum Truth: UInt8 {
  case no = 0
  case yes = 1
  case unknown = 2

  init(_ flag: Bool) { self = flag ? .yes : .no }

  init(_ flag: Bool?) {
    switch flag {
    case .some(true): self = .yes
    case .some(false): self = .no
    case .none: self = .unknown
    }
  }

  var value: Value {
    switch self {
    case .no: .boolean(false)
    case .yes: .boolean(true)
    case .unknown: .null
    }
  }
}

extension Value {
  /// What the value is as a condition; lists count by whether they have elements.
  func truth() throws(Failure) -> Truth {
    switch self {
    case .boolean(let flag): return Truth(flag)
    case .null: return .unknown
    case .list(let elements): return Truth(!elements.isEmpty)
    case .path, .pathRecord: return .yes
    default:
      throw OperatorFailures.notPredicate(self)
    }
  }
}

extension Column {
  /// What a row is as a condition.
  @inline(__always)
  func truth(at row: Int) throws(Failure) -> Truth {
    if kind == .booleans {
      if isNull(at: row) { return .unknown }
      return word(at: row) != 0 ? .yes : .no
    }
    return try value(at: row).truth()
  }

  /// Sets a row of booleans.
  @inline(__always)
  func set(_ truth: Truth, at row: Int) {
    if truth == .unknown { setNull(at: row) } else { set(word: UInt64(truth.rawValue), at: row) }
  }

  /// Makes the column one truth value for all rows.
  func setConstant(_ truth: Truth) { setConstant(truth.value) }
}

/// AND or OR of two or more operands.
///
/// An operand that decides hides failures of the others, whichever stands first; therefore a failing
/// operand is computed again row by row, and its failure is thrown only where nothing decides. A value
/// that is no truth value is a failure at once, unless an operand before it decides.
final class JunctionKernel: Kernel {
  private let operands: [Kernel]
  private let deciding: Truth
  private let result = Column(.booleans)

  /// Makes a kernel: `isConjunction` for AND.
  init(_ operands: [Kernel], isConjunction: Bool) {
    self.operands = operands
    deciding = isConjunction ? .no : .yes
  }

  override var isRunConstant: Bool { operands.allSatisfy(\.isRunConstant) }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    result.prepare(.booleans, rows: batch.rowCount)
    let neutral: UInt64 = deciding == .no ? 1 : 0
    for index in 0..<rows.count { result.set(word: neutral, at: rows[index]) }
    var remaining = rows
    var failures: [Int: Failure] = [:]
    for operand in operands {
      if remaining.isEmpty { break }
      var kept: [UInt16] = []
      kept.reserveCapacity(remaining.count)
      let column: Column?
      do throws(Failure) { column = try operand.evaluate(batch, remaining) } catch { column = nil }
      if let column {
        for index in 0..<remaining.count {
          let row = remaining[index]
          apply(try column.truth(at: row), row, &kept)
        }
      } else {
        try evaluateOneByOne(operand, batch, remaining, &kept, &failures)
      }
      if kept.count < remaining.count { remaining = RowSet(kept) }
    }
    if !failures.isEmpty {
      for index in 0..<remaining.count {
        if let failure = failures[remaining[index]] { throw failure }
      }
    }
    return result
  }

  @inline(__always)
  private func apply(_ truth: Truth, _ row: Int, _ kept: inout [UInt16]) {
    if truth == deciding {
      result.set(word: UInt64(deciding.rawValue), at: row)
    } else {
      if truth == .unknown { result.setNull(at: row) }
      kept.append(UInt16(truncatingIfNeeded: row))
    }
  }

  private func evaluateOneByOne(
    _ operand: Kernel, _ batch: Batch, _ rows: RowSet, _ kept: inout [UInt16],
    _ failures: inout [Int: Failure]
  ) throws(Failure) {
    for index in 0..<rows.count {
      let row = rows[index]
      let value: Value
      do throws(Failure) {
        value = try operand.value(batch, row: row)
      } catch {
        if failures[row] == nil { failures[row] = error }
        kept.append(UInt16(truncatingIfNeeded: row))
        continue
      }
      apply(try value.truth(), row, &kept)
    }
  }
}

/// XOR.
final class ExclusiveKernel: Kernel {
  private let left: Kernel
  private let right: Kernel
  private let result = Column(.booleans)

  init(_ left: Kernel, _ right: Kernel) {
    self.left = left
    self.right = right
  }

  override var isRunConstant: Bool { left.isRunConstant && right.isRunConstant }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    let first = try left.evaluate(batch, rows)
    let second = try right.evaluate(batch, rows)
    result.prepare(.booleans, rows: batch.rowCount)
    for index in 0..<rows.count {
      let row = rows[index]
      let a = try first.truth(at: row)
      let b = try second.truth(at: row)
      result.set(a == .unknown || b == .unknown ? .unknown : Truth(a != b), at: row)
    }
    return result
  }
}

/// NOT.
final class NotKernel: Kernel {
  private let operand: Kernel
  private let result = Column(.booleans)

  init(_ operand: Kernel) { self.operand = operand }

  override var isRunConstant: Bool { operand.isRunConstant }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    let column = try operand.evaluate(batch, rows)
    if column.isConstant && !rows.isEmpty {
      let truth = try column.truth(at: 0)
      result.setConstant(truth == .unknown ? .unknown : Truth(truth == .no))
      return result
    }
    result.prepare(.booleans, rows: batch.rowCount)
    for index in 0..<rows.count {
      let row = rows[index]
      let truth = try column.truth(at: row)
      result.set(truth == .unknown ? .unknown : Truth(truth == .no), at: row)
    }
    return result
  }
}

/// `IS NULL` and `IS NOT NULL`.
final class NullTestKernel: Kernel {
  private let operand: Kernel
  private let answerForNull: Bool
  private let result = Column(.booleans)

  init(_ operand: Kernel, answerForNull: Bool) {
    self.operand = operand
    self.answerForNull = answerForNull
  }

  override var isRunConstant: Bool { operand.isRunConstant }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    let column = try operand.evaluate(batch, rows)
    if column.isConstant && !rows.isEmpty {
      result.setConstant(.boolean(column.isNull(at: 0) == answerForNull))
      return result
    }
    result.prepare(.booleans, rows: batch.rowCount)
    for index in 0..<rows.count {
      let row = rows[index]
      result.set(word: column.isNull(at: row) == answerForNull ? 1 : 0, at: row)
    }
    return result
  }
}
