import Diagnostics
import GraphValues
import QueryPlan

/// `+`, `-`, `*`, `/`, `%`, `^`, `||`, with loops of their own for columns of numbers.
final class ArithmeticKernel: Kernel {
  private let operation: ArithmeticOperator
  private let left: Kernel
  private let right: Kernel
  private let result = Column(.values)

  init(_ operation: ArithmeticOperator, _ left: Kernel, _ right: Kernel) {
    self.operation = operation
    self.left = left
    self.right = right
  }

  override var isRunConstant: Bool { left.isRunConstant && right.isRunConstant }

  override func letGo() -> Bool {
    result.reset(.values)
    return true
  }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    let computed = try compute(batch, rows)
    if operation == .add || operation == .concatenate {
      // Of a text that grows from operator to operator only the longest is kept.
      left.letGo()
      right.letGo()
    }
    return computed
  }

  private func compute(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    let first = try left.evaluate(batch, rows)
    let second = try right.evaluate(batch, rows)
    if first.isConstant && second.isConstant && !rows.isEmpty {
      let value = try first.value(at: 0).computed(operation, second.value(at: 0))
      result.setConstant(value)
      return result
    }
    let hasNulls = first.hasNulls || second.hasNulls
    switch (first.kind, second.kind) {
    case (.integers, .integers) where !hasNulls && operation.hasIntegerLoop:
      try computeIntegers(first, second, batch.rowCount, rows)
    case (.floats, .floats) where !hasNulls && operation.hasFloatLoop:
      computeFloats(first, second, batch.rowCount, rows) {
        Double(bitPattern: $0)
      } _: {
        Double(bitPattern: $0)
      }
    case (.integers, .floats) where !hasNulls && operation.hasFloatLoop:
      computeFloats(first, second, batch.rowCount, rows) {
        Double(Int64(bitPattern: $0))
      } _: {
        Double(bitPattern: $0)
      }
    case (.floats, .integers) where !hasNulls && operation.hasFloatLoop:
      computeFloats(first, second, batch.rowCount, rows) {
        Double(bitPattern: $0)
      } _: {
        Double(Int64(bitPattern: $0))
      }
    default: try computeValues(first, second, batch.rowCount, rows)
    }
    return result
  }

  private func computeValues(_ first: Column, _ second: Column, _ rowCount: Int, _ rows: RowSet)
    throws(Failure)
  {
    result.prepare(.values, rows: rowCount)
    for index in 0..<rows.count {
      let row = rows[index]
      let value = try first.value(at: row).computed(operation, second.value(at: row))
      result.set(value, at: row)
    }
  }

  private func computeIntegers(_ first: Column, _ second: Column, _ rowCount: Int, _ rows: RowSet)
    throws(Failure)
  {
    result.prepare(.integers, rows: rowCount)
    let isFine =
      switch operation {
      case .add: integerLoop(first, second, rows) { $0.addingReportingOverflow($1) }
      case .subtract: integerLoop(first, second, rows) { $0.subtractingReportingOverflow($1) }
      case .multiply: integerLoop(first, second, rows) { $0.multipliedReportingOverflow(by: $1) }
      case .divide: integerLoop(first, second, rows) { $0.dividedReportingOverflow(by: $1) }
      default: integerLoop(first, second, rows) { $0.remainderReportingOverflow(dividingBy: $1) }
      }
    // Overflow, division by zero and the one quotient that wraps are told apart by the general way.
    if !isFine { try computeValues(first, second, rowCount, rows) }
  }

  @inline(__always)
  private func integerLoop(
    _ first: Column, _ second: Column, _ rows: RowSet,
    _ compute: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
  ) -> Bool {
    let a = first.wordSpan
    let b = second.wordSpan
    let stepA = first.isConstant ? 0 : 1
    let stepB = second.isConstant ? 0 : 1
    let target = result
    var answers = target.mutableWords
    var overflow = false
    for index in 0..<rows.count {
      let row = rows[index]
      let answer = compute(Int64(bitPattern: a[row &* stepA]), Int64(bitPattern: b[row &* stepB]))
      overflow = overflow || answer.overflow
      answers[row] = UInt64(bitPattern: answer.partialValue)
    }
    return !overflow
  }

  @inline(__always)
  private func computeFloats(
    _ first: Column, _ second: Column, _ rowCount: Int, _ rows: RowSet,
    _ decodeFirst: (UInt64) -> Double, _ decodeSecond: (UInt64) -> Double
  ) {
    result.prepare(.floats, rows: rowCount)
    switch operation {
    case .add: floatLoop(first, second, rows, decodeFirst, decodeSecond) { $0 + $1 }
    case .subtract: floatLoop(first, second, rows, decodeFirst, decodeSecond) { $0 - $1 }
    case .multiply: floatLoop(first, second, rows, decodeFirst, decodeSecond) { $0 * $1 }
    default: floatLoop(first, second, rows, decodeFirst, decodeSecond) { $0 / $1 }
    }
  }

  @inline(__always)
  private func floatLoop(
    _ first: Column, _ second: Column, _ rows: RowSet, _ decodeFirst: (UInt64) -> Double,
    _ decodeSecond: (UInt64) -> Double, _ compute: (Double, Double) -> Double
  ) {
    let a = first.wordSpan
    let b = second.wordSpan
    let stepA = first.isConstant ? 0 : 1
    let stepB = second.isConstant ? 0 : 1
    let target = result
    var answers = target.mutableWords
    for index in 0..<rows.count {
      let row = rows[index]
      let answer = compute(decodeFirst(a[row &* stepA]), decodeSecond(b[row &* stepB]))
      answers[row] = answer.bitPattern
    }
  }
}

extension ArithmeticOperator {
  /// Whether columns of integers have a loop of their own.
  fileprivate var hasIntegerLoop: Bool {
    switch self {
    case .add, .subtract, .multiply, .divide, .modulo: true
    case .power, .concatenate: false
    }
  }

  /// Whether columns of floats have a loop of their own.
  fileprivate var hasFloatLoop: Bool {
    switch self {
    case .add, .subtract, .multiply, .divide: true
    case .modulo, .power, .concatenate: false
    }
  }
}

extension Value {
  /// An operator applied to two values.
  func computed(_ operation: ArithmeticOperator, _ other: Value) throws(Failure) -> Value {
    if operation == .add || operation == .concatenate {
      try LargestValue.checkJoined(self, other)
    }
    do throws(ValueError) {
      switch operation {
      case .add: return try adding(other, Zones.rules)
      case .subtract: return try subtracting(other, Zones.rules)
      case .multiply: return try multiplied(by: other)
      case .divide: return try divided(by: other)
      case .modulo: return try modulo(other)
      case .power: return try raised(to: other)
      case .concatenate: return try concatenated(with: other)
      }
    } catch {
      throw Failure(error)
    }
  }
}
