import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  /// Requires that a value may be of one of the kinds, lists aside of any content.
  func expect(
    _ expected: StaticType, _ actual: StaticType, _ expression: AST.Expression
  ) throws(Failure) {
    if actual.fits(expected) { return }
    throw mismatch(expected, actual, expression)
  }

  /// The failure of a value that has none of the types wanted.
  func mismatch(
    _ expected: StaticType, _ actual: StaticType, _ expression: AST.Expression
  ) -> Failure {
    let offset = position(of: expression)
    switch expression.kind {
    case .parameter(let parameter):
      return valueTypeError(
        "Type mismatch for parameter '\(parameter.name)': expected \(expected.messageNames) but was \(actual.messageActual)",
        at: offset,
        "Invalid input '\(actual.causeActual)' for  parameter: \(parameter.name). Expected to be \(expected.causeNames)."
      )
    case .variable(let name):
      return valueTypeError(
        "Type mismatch: expected \(expected.messageNames) but was \(actual.messageActual)",
        at: offset,
        "Invalid input '\(actual.causeActual)' for `\(name.text)`. Expected to be \(expected.causeNames)."
      )
    default: return operandMismatch(expected, actual, expression)
    }
  }

  /// The failure of an operator's operand.
  func operandMismatch(
    _ expected: StaticType, _ actual: StaticType, _ expression: AST.Expression
  ) -> Failure {
    if case .parameter = expression.kind {
      return mismatch(expected, actual, expression, asParameter: true)
    }
    return syntaxError(
      "Type mismatch: expected \(expected.messageNames) but was \(actual.messageActual)",
      at: position(of: expression),
      CauseText(
        code: "22NB1", name: "type mismatch",
        text:
          "Type mismatch: expected to be \(expected.causeNames) but was '\(actual.causeActual)'."))
  }

  private func mismatch(
    _ expected: StaticType, _ actual: StaticType, _ expression: AST.Expression, asParameter: Bool
  ) -> Failure { mismatch(expected, actual, expression) }

  /// Requires an operand's type.
  func expectOperand(
    _ expected: StaticType, _ actual: StaticType, _ expression: AST.Expression
  ) throws(Failure) {
    if actual.fits(expected) { return }
    throw operandMismatch(expected, actual, expression)
  }

  /// Binds a condition: a boolean, or an expression over patterns.
  mutating func bindCondition(
    _ expression: AST.Expression, isOperand: Bool = false
  ) throws(Failure) -> Typed {
    let typed: Typed
    if case .pattern(let pattern) = expression.kind {
      typed = try bindPatternCondition(pattern)
    } else {
      typed = try bind(expression)
    }
    if typed.type.kinds == .list, !isParameter(expression) {
      throw syntaxError(
        "Coercion of list to boolean is not allowed. Please use `NOT isEmpty(...)` instead.",
        at: position(of: expression),
        CauseText(
          code: "22N37", name: "invalid coercion", text: "Cannot coerce LIST to BOOLEAN."))
    }
    if isOperand {
      try expectOperand(.boolean, typed.type, expression)
    } else {
      try expect(.boolean, typed.type, expression)
    }
    return typed
  }

  private func isParameter(_ expression: AST.Expression) -> Bool {
    if case .parameter = expression.kind { true } else { false }
  }

  mutating func bindConditions(
    _ expressions: [AST.Expression]
  ) throws(Failure) -> [Bound.Expression] {
    var bound: [Bound.Expression] = []
    bound.reserveCapacity(expressions.count)
    for expression in expressions {
      bound.append(try bindCondition(expression, isOperand: true).expression)
    }
    return bound
  }
}

extension StaticType {
  /// Whether a value of this type may be of `expected`; numbers convert to FLOAT, lists may differ.
  func fits(_ expected: StaticType) -> Bool {
    if mayBe(expected.kinds.subtracting(.list)) { return true }
    if kinds.contains(.integer), expected.kinds.contains(.float) { return true }
    guard kinds.contains(.list), expected.kinds.contains(.list) else { return false }
    return expected.element.isAny || element.isAny || element.fits(expected.element)
  }
}
