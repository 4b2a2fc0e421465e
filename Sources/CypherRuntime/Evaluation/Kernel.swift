import Diagnostics
import GraphValues

/// An expression compiled to work on columns.
///
/// Subclasses override `evaluate`. The column that it returns has a value for each of the rows asked
/// for, at the row's number (rows not asked for are unspecified), or is constant. It belongs to the
/// kernel, or to the batch, and is valid until the kernel is evaluated again.
class Kernel {
  /// Computes the expression for some rows of a batch.
  func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    throw .execution("a kernel without a computation")
  }

  /// Drops a large value that nobody reads any more, of kernels that pass such ones on step by step;
  /// tells whether it did.
  @discardableResult
  func letGo() -> Bool { false }

  /// Whether the value depends on nothing but the run: literals, parameters and functions of them.
  var isRunConstant: Bool { false }

  /// Computes the expression for one row.
  final func value(_ batch: Batch, row: Int) throws(Failure) -> Value {
    try evaluate(batch, RowSet(row: row)).value(at: row)
  }
}

/// An expression that has no value.
final class FailingKernel: Kernel {
  private let failure: Failure

  init(_ failure: Failure) { self.failure = failure }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column { throw failure }
}

/// A slot of the batch.
final class SlotKernel: Kernel {
  let index: Int
  private let missing = Column(.values, capacity: 1)

  init(_ index: Int) {
    self.index = index
    missing.setConstant(.null)
  }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    // A slot that no operator fills is null: a planner's optional part may never have run.
    batch.columns[index] ?? missing
  }
}

/// A literal, from the text being run where the plan serves several texts.
final class LiteralKernel: Kernel {
  private let context: ExecutionContext
  private let value: Value
  private let liftedIndex: Int?
  private let result = Column(.values, capacity: 1)
  private var run = -1

  init(_ value: Value, liftedIndex: Int?, _ context: ExecutionContext) {
    self.value = value
    self.liftedIndex = liftedIndex
    self.context = context
  }

  override var isRunConstant: Bool { true }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    if run != context.run {
      run = context.run
      if let liftedIndex, context.literals.indices.contains(liftedIndex) {
        result.setConstant(context.literals[liftedIndex])
      } else {
        result.setConstant(value)
      }
    }
    return result
  }
}

/// A parameter.
final class ParameterKernel: Kernel {
  private let context: ExecutionContext
  private let name: String
  private let result = Column(.values, capacity: 1)
  private var run = -1

  init(_ name: String, _ context: ExecutionContext) {
    self.name = name
    self.context = context
  }

  override var isRunConstant: Bool { true }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    if run != context.run {
      guard let value = context.parameters[name] else { throw .missingParameters([name]) }
      run = context.run
      result.setConstant(value)
    }
    return result
  }
}

/// A function of the value of one operand, row by row.
final class UnaryKernel: Kernel {
  private let operand: Kernel
  private let compute: (Value) throws(Failure) -> Value
  private let result = Column(.values)

  init(_ operand: Kernel, _ compute: @escaping (Value) throws(Failure) -> Value) {
    self.operand = operand
    self.compute = compute
  }

  override var isRunConstant: Bool { operand.isRunConstant }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    let column = try operand.evaluate(batch, rows)
    if column.isConstant {
      if !rows.isEmpty { result.setConstant(try compute(column.value(at: 0))) }
      return result
    }
    result.prepare(.values, rows: batch.rowCount)
    for index in 0..<rows.count {
      let row = rows[index]
      result.set(try compute(column.value(at: row)), at: row)
    }
    return result
  }
}

/// A function of the values of two operands, row by row.
final class BinaryKernel: Kernel {
  private let left: Kernel
  private let right: Kernel
  private let compute: (Value, Value) throws(Failure) -> Value
  private let result = Column(.values)

  init(
    _ left: Kernel, _ right: Kernel,
    _ compute: @escaping (Value, Value) throws(Failure) -> Value
  ) {
    self.left = left
    self.right = right
    self.compute = compute
  }

  override var isRunConstant: Bool { left.isRunConstant && right.isRunConstant }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    let first = try left.evaluate(batch, rows)
    let second = try right.evaluate(batch, rows)
    if first.isConstant && second.isConstant {
      if !rows.isEmpty {
        result.setConstant(try compute(first.value(at: 0), second.value(at: 0)))
      }
      return result
    }
    result.prepare(.values, rows: batch.rowCount)
    for index in 0..<rows.count {
      let row = rows[index]
      result.set(try compute(first.value(at: row), second.value(at: row)), at: row)
    }
    return result
  }
}

/// A function of the values of any number of operands, row by row.
final class ManyKernel: Kernel {
  private let operands: [Kernel]
  private let isDeterministic: Bool
  private let hasConstantResult: Bool
  private let compute: ([Value]) throws(Failure) -> Value
  private let result = Column(.values)

  /// Makes a kernel; `isDeterministic` says that equal operands give equal values, so that constant
  /// operands need one computation only.
  init(
    _ operands: [Kernel], isDeterministic: Bool = true, isRunConstant: Bool = true,
    _ compute: @escaping ([Value]) throws(Failure) -> Value
  ) {
    self.operands = operands
    self.isDeterministic = isDeterministic
    hasConstantResult = isDeterministic && isRunConstant
    self.compute = compute
  }

  override var isRunConstant: Bool { hasConstantResult && operands.allSatisfy(\.isRunConstant) }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    var columns: [Column] = []
    columns.reserveCapacity(operands.count)
    var isConstant = isDeterministic
    for operand in operands {
      let column = try operand.evaluate(batch, rows)
      if !column.isConstant { isConstant = false }
      columns.append(column)
    }
    if isConstant {
      if !rows.isEmpty { result.setConstant(try compute(columns.map { $0.value(at: 0) })) }
      return result
    }
    result.prepare(.values, rows: batch.rowCount)
    var arguments: [Value] = Array(repeating: .null, count: columns.count)
    for index in 0..<rows.count {
      let row = rows[index]
      for place in columns.indices { arguments[place] = columns[place].value(at: row) }
      result.set(try compute(arguments), at: row)
    }
    return result
  }
}
