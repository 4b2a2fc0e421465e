import Diagnostics
import GraphValues
import QueryPlan

/// An operand that counts as a condition: notes when it is a list or path, which has a truth value but
/// is deprecated as one.
final class ConditionKernel: Kernel {
  private let operand: Kernel
  private let context: ExecutionContext

  init(_ operand: Kernel, _ context: ExecutionContext) {
    self.operand = operand
    self.context = context
  }

  override var isRunConstant: Bool { operand.isRunConstant }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    let column = try operand.evaluate(batch, rows)
    if column.kind == .booleans || context.hasListAsCondition || rows.isEmpty { return column }
    if column.isConstant {
      context.hasListAsCondition = column.value(at: 0).isListOrPath
      return column
    }
    for index in 0..<rows.count where column.value(at: rows[index]).isListOrPath {
      context.hasListAsCondition = true
      break
    }
    return column
  }
}

extension Value {
  fileprivate var isListOrPath: Bool {
    switch self {
    case .list, .path, .pathRecord: true
    default: false
    }
  }
}

extension PlanCompiler {
  /// Compiles an expression whose truth is asked for.
  func condition(_ expression: Expression) throws(Failure) -> Kernel {
    let compiled = try kernel(expression)
    return expression.isTruthValue ? compiled : ConditionKernel(compiled, context)
  }

  /// Compiles several of them.
  func conditions(_ expressions: [Expression]) throws(Failure) -> [Kernel] {
    var compiled: [Kernel] = []
    compiled.reserveCapacity(expressions.count)
    for expression in expressions { compiled.append(try condition(expression)) }
    return compiled
  }
}

extension Expression {
  /// Whether nothing but booleans and null can come of it.
  fileprivate var isTruthValue: Bool {
    switch self {
    case .not, .and, .or, .xor, .comparison, .isNull, .isNotNull, .isType, .isNormalized,
      .hasLabels, .membership, .stringMatch, .areDisjoint, .quantifier:
      true
    case .literal(let literal): literal.value.kindIsBoolean
    default: false
    }
  }
}

extension Value {
  fileprivate var kindIsBoolean: Bool { if case .boolean = self { true } else { false } }
}
