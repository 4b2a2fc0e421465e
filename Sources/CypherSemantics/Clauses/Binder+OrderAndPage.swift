import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  /// Binds sort keys, which see the items and, unless lost, what was there before.
  mutating func bindOrder(
    _ order: [CypherSyntax.SortItem], _ projection: inout Bound.Projection,
    _ draft: ProjectionDraft, _ place: ProjectionPlace
  ) throws(Failure) {
    for key in order {
      if !draft.isAggregating, key.expression.containsAggregate,
        computed[key.expression] == nil
      {
        throw syntaxError(
          "Cannot use aggregation in ORDER BY if there are no aggregate expressions in the preceding \(place.clause)",
          at: place.offset,
          CauseText(
            code: "42N23", name: "missing reference to aggregation function",
            text:
              "The aggregating function must be included in the \(place.clause) clause for use in 'ORDER BY ...'."
          ))
      }
      let outer = computed
      if key.expression.containsAggregate, computed[key.expression] == nil {
        // Beside an aggregate only names, properties and aggregates of the items stand for themselves.
        computed = computed.filter { $0.key.isAggregateCall || $0.key.isAccessChain }
      }
      aggregation = nil
      context.isInOrder = true
      let expression = try bindExpression(key.expression)
      context.isInOrder = false
      computed = outer
      projection.orderBy.append(
        Bound.Projection.SortItem(expression: expression, isDescending: key.isDescending))
    }
  }

  /// Binds SKIP or LIMIT: a constant that is no negative number.
  mutating func bindPage(
    _ word: String, _ expression: AST.Expression?
  ) throws(Failure) -> Bound.Expression? {
    guard let expression else { return nil }
    fixLiterals(of: expression)
    try refuseVariables(expression, word)
    let outer = (context.pageWord, aggregation, computed)
    context.pageWord = word
    aggregation = nil
    computed = [:]
    let typed = try bind(expression)
    (context.pageWord, aggregation, computed) = outer
    try checkPage(expression, typed, word, minimum: 0)
    return typed.expression
  }

  /// Refuses values that are surely no count.
  func checkPage(
    _ expression: AST.Expression, _ typed: Typed, _ word: String, minimum: Int64
  ) throws(Failure) {
    let kind = minimum == 0 ? "non-negative" : "positive"
    func refuse(_ value: String) -> Failure {
      syntaxError(
        "Invalid input. '\(value)' is not a valid value. Must be a \(kind) integer.",
        at: position(of: expression),
        CauseText(
          code: "42N31", name: "specified number out of range",
          text:
            "Expected '\(word)' to be INTEGER NOT NULL in the range \(minimum) to 9223372036854775807 but found \(value)."
        ))
    }
    switch expression.constantValue {
    case .integer(let value)?:
      if value < minimum { throw refuse(String(value)) }
    case .other(let text)?: throw refuse(text)
    case nil:
      if typed.type.mayBe(.number) { return }
      try expect(.integer, typed.type, expression)
    }
  }

  /// Checks the time of `RETRY FOR … SECONDS`: any number that is not negative.
  func checkSeconds(_ expression: AST.Expression, _ typed: Typed) throws(Failure) {
    let found: String
    switch expression.constantValue {
    case .integer(let value)?:
      if value >= 0 { return }
      found = String(value)
    case .other(let text)?:
      if typed.type.mayBe(.number), let value = Double(text), value >= 0 { return }
      found = text
    case nil: return try expect(.float, typed.type, expression)
    }
    throw syntaxError(
      "Invalid input. '\(found)' is not a valid value. Must be a non-negative number.",
      at: position(of: expression),
      CauseText(
        code: "42N31", name: "specified number out of range",
        text:
          "Expected 'RETRY ... SECONDS' to be NUMBER in the range 0.0 to 1.7976931348623157E308 but found \(found)."
      ))
  }

  func refuseVariables(_ expression: AST.Expression, _ word: String) throws(Failure) {
    for name in expression.freeVariables(hiding: []) {
      throw syntaxError(
        "It is not allowed to refer to variables in \(word), so that the value for \(word) can be statically calculated.",
        at: name.offset, pageCause(word))
    }
  }
}

/// The value of an expression of literals.
private enum ConstantValue {
  case integer(Int64)
  case other(String)
}

extension AST.Expression {
  /// The value of a literal, with its sign and plain arithmetic on whole numbers.
  fileprivate var constantValue: ConstantValue? {
    switch kind {
    case .literal(let literal): literal.constantValue
    case .unary(let sign, let operand):
      switch operand.constantValue {
      case .integer(let value)?: .integer(sign == .minus ? 0 &- value : value)
      case .other(let text)?: .other(sign == .minus ? "-" + text : text)
      case nil: nil
      }
    case .binary(let sign, let left, let right):
      Self.fold(sign, left.constantValue, right.constantValue)
    default: nil
    }
  }

  private static func fold(
    _ sign: BinaryOperator, _ left: ConstantValue?, _ right: ConstantValue?
  ) -> ConstantValue? {
    guard case .integer(let first)? = left, case .integer(let second)? = right else { return nil }
    let result: (partialValue: Int64, overflow: Bool)
    switch sign {
    case .add: result = first.addingReportingOverflow(second)
    case .subtract: result = first.subtractingReportingOverflow(second)
    case .multiply: result = first.multipliedReportingOverflow(by: second)
    default: return nil
    }
    return result.overflow ? nil : .integer(result.partialValue)
  }

  /// Whether a variable of this name, not bound by itself, is in it.
  func reads(_ name: String) -> Bool { freeVariables(hiding: []).contains { $0.name == name } }

  /// The variables in it that it does not bind itself, with where a mistake about them is placed.
  func freeVariables(hiding hidden: Set<String>) -> [(name: String, offset: Int)] {
    switch kind {
    case .variable(let name):
      return hidden.contains(name.text) ? [] : [(name.text, name.span.start)]
    case .mapProjection(let projection):
      let own = projection.variable
      let first = hidden.contains(own.text) ? [] : [(own.text, own.span.start)]
      return first + children.flatMap { $0.freeVariables(hiding: hidden) }
    case .listComprehension(let comprehension):
      return hiding(comprehension.variable, hidden)
    case .quantified(let quantified): return hiding(quantified.variable, hidden)
    case .reduce(let reduce), .allReduce(let reduce, _):
      let inner = hidden.union([reduce.accumulator.text, reduce.variable.text])
      return children.flatMap { $0.freeVariables(hiding: inner) }
    default: return children.flatMap { $0.freeVariables(hiding: hidden) }
    }
  }

  private func hiding(_ variable: Name, _ hidden: Set<String>) -> [(name: String, offset: Int)] {
    let inner = hidden.union([variable.text])
    return children.flatMap { $0.freeVariables(hiding: inner) }
  }
}

extension AST.Literal {
  fileprivate var constantValue: ConstantValue {
    switch value {
    case .null: .other("null")
    case .boolean(let value): .other(value ? "true" : "false")
    case .integer(let value): .integer(value)
    case .float(let value): .other("\(value)")
    case .string(let value): .other(value)
    }
  }
}
