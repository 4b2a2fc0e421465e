import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  /// Binds what is evaluated once per element: aggregates are not allowed there.
  mutating func withoutAggregates<Result>(
    _ body: (inout Binder) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let outer = aggregation
    if aggregation?.isInMixedItem == true {
      // Variables of a mixed item still count there; only aggregates are refused.
      aggregation?.refusesAggregates = true
      let result = try body(&self)
      aggregation?.refusesAggregates = outer?.refusesAggregates ?? false
      return result
    }
    aggregation = nil
    let result = try body(&self)
    aggregation = outer
    return result
  }

  /// Binds the list that a comprehension or quantifier walks.
  mutating func bindWalkedList(_ list: AST.Expression) throws(Failure) -> Typed {
    let typed = try bind(list)
    try expect(StaticType(.list), typed.type, list)
    return typed
  }

  mutating func bindListComprehension(
    _ comprehension: ListComprehension
  ) throws(Failure) -> Typed {
    let list = try bindWalkedList(comprehension.list)
    let element = list.type.kinds == .list ? list.type.element : .any
    return try withLocal(comprehension.variable, element) { (binder, slot) throws(Failure) in
      try binder.withoutAggregates { (binder) throws(Failure) in
        var predicate: Bound.Expression?
        if let condition = comprehension.predicate {
          predicate = try binder.bindCondition(condition).expression
        }
        var projection: Typed?
        if let result = comprehension.projection { projection = try binder.bind(result) }
        return Typed(
          .listComprehension(
            slot, list: list.expression, predicate: predicate, projection: projection?.expression),
          .list(of: projection?.type ?? element))
      }
    }
  }

  mutating func bindQuantified(
    _ quantified: QuantifiedPredicate, at offset: Int
  ) throws(Failure) -> Typed {
    guard let predicate = quantified.predicate else {
      let name = quantified.kind.bound.rawValue
      throw syntaxError(
        "\(name)(...) requires a WHERE predicate", at: offset,
        CauseText(
          code: "42N70", name: "function without required WHERE clause",
          text: "The function \(name)() requires a WHERE clause."))
    }
    let list = try bindWalkedList(quantified.list)
    let element = list.type.kinds == .list ? list.type.element : .any
    return try withLocal(quantified.variable, element) { (binder, slot) throws(Failure) in
      try binder.withoutAggregates { (binder) throws(Failure) in
        let condition = try binder.bindCondition(predicate).expression
        return Typed(
          .quantifier(quantified.kind.bound, slot, list: list.expression, predicate: condition),
          .boolean)
      }
    }
  }

  mutating func bindReduce(_ reduce: Reduce, at offset: Int) throws(Failure) -> Typed {
    guard let step = reduce.step else {
      throw syntaxError(
        "reduce(...) requires '| expression' (an accumulation expression)", at: offset,
        CauseText(
          code: "42N41", name: "missing |-expression",
          text: "The reduce() function requires a '| expression' (an accumulation expression)."))
    }
    let initial = try bind(reduce.initial)
    let list = try bindWalkedList(reduce.list)
    let element = list.type.kinds == .list ? list.type.element : .any
    return try withLocal(reduce.accumulator, .any) { (binder, accumulator) throws(Failure) in
      binder.scope[reduce.accumulator.text]?.type = initial.type
      let known = binder.scope[reduce.accumulator.text]
      return try binder.withLocal(reduce.variable, element) { (binder, slot) throws(Failure) in
        // Of two equal names the accumulator's counts.
        if reduce.variable.text == reduce.accumulator.text {
          binder.scope[reduce.accumulator.text] = known
        }
        let next = try binder.withoutAggregates { (binder) throws(Failure) in
          try binder.bind(step)
        }
        try binder.checkAccumulator(initial.type, next.type, step)
        return Typed(
          .reduce(
            accumulator: accumulator, initial: initial.expression, slot, list: list.expression,
            step: next.expression),
          initial.type.joined(with: next.type))
      }
    }
  }

  private func checkAccumulator(
    _ accumulator: StaticType, _ step: StaticType, _ expression: AST.Expression
  ) throws(Failure) {
    if step.fits(accumulator) || accumulator.fits(step) { return }
    throw valueTypeError(
      "Type mismatch: accumulator is \(accumulator.messageActual) but expression has type \(step.messageActual)",
      at: position(of: expression),
      "Invalid input '\(step.causeActual)' for accumulator. Expected to be \(accumulator.causeNames)."
    )
  }

  /// Binds `allReduce(a = i, x IN l | e, p)`, whether `p` holds of every accumulator on the way.
  ///
  /// It is a reduction over pairs of the accumulator and the answer so far.
  mutating func bindAllReduce(
    _ reduce: Reduce, _ predicate: AST.Expression, at offset: Int
  ) throws(Failure) -> Typed {
    guard let step = reduce.step else { return try bindReduce(reduce, at: offset) }
    let initial = try bindExpression(reduce.initial)
    let list = try bindWalkedList(reduce.list)
    let element = list.type.kinds == .list ? list.type.element : .any
    return try withLocal(reduce.accumulator, .any) { (binder, accumulator) throws(Failure) in
      try binder.withLocal(reduce.variable, element) { (binder, slot) throws(Failure) in
        let next = try binder.withoutAggregates { (binder) throws(Failure) in
          try binder.bindExpression(step)
        }
        let condition = try binder.withoutAggregates { (binder) throws(Failure) in
          try binder.bindCondition(predicate).expression
        }
        return Typed(
          binder.allReduce(accumulator, initial, slot, list.expression, next, condition), .boolean)
      }
    }
  }

  private mutating func allReduce(
    _ accumulator: Slot, _ initial: Bound.Expression, _ slot: Slot, _ list: Bound.Expression,
    _ next: Bound.Expression, _ condition: Bound.Expression
  ) -> Bound.Expression {
    func index(_ value: Int64) -> Bound.Expression { .literal(Bound.Literal(.integer(value))) }
    let pair = slots.addAnonymous(.value)
    let value = slots.addAnonymous(.value)
    let previous: Bound.Expression = .element(.variable(pair), index(0))
    let answer: Bound.Expression = .element(.variable(pair), index(1))
    let advance: Bound.Expression = .letting(
      value, .letting(accumulator, previous, in: next),
      in: .list([
        .variable(value),
        .and([answer, .letting(accumulator, .variable(value), in: condition)]),
      ]))
    let start: Bound.Expression = .list([initial, .literal(Bound.Literal(.boolean(true)))])
    return .element(
      .reduce(accumulator: pair, initial: start, slot, list: list, step: advance), index(1))
  }

  /// The simple form compares its operand, evaluated once, in each alternative.
  mutating func bindCase(_ expression: CaseExpression) throws(Failure) -> Typed {
    guard let operand = expression.operand else {
      return try bindAlternatives(expression, operand: nil)
    }
    let value = try bindExpression(operand)
    if value.isTrivial { return try bindAlternatives(expression, operand: value) }
    let slot = slots.addAnonymous(.value)
    let typed = try bindAlternatives(expression, operand: .variable(slot))
    return Typed(.letting(slot, value, in: typed.expression), typed.type)
  }

  private mutating func bindAlternatives(
    _ expression: CaseExpression, operand: Bound.Expression?
  ) throws(Failure) -> Typed {
    var alternatives: [CaseAlternative] = []
    var type: StaticType?
    for branch in expression.branches {
      var tests: [Bound.Expression] = []
      for test in branch.tests { tests.append(try bindTest(test, operand)) }
      let result = try bind(branch.result)
      type = type.map { $0.joined(with: result.type) } ?? result.type
      alternatives.append(
        CaseAlternative(when: tests.count == 1 ? tests[0] : .or(tests), then: result.expression))
    }
    var otherwise: Typed?
    if let last = expression.otherwise { otherwise = try bind(last) }
    if let last = otherwise { type = type.map { $0.joined(with: last.type) } }
    return Typed(.caseWhen(alternatives, otherwise: otherwise?.expression), type ?? .any)
  }

  private mutating func bindTest(
    _ test: CaseExpression.Test, _ operand: Bound.Expression?
  ) throws(Failure) -> Bound.Expression {
    guard let operand else {
      guard case .expression(let condition) = test else {
        return .literal(Bound.Literal(.null))
      }
      return try bindCondition(condition).expression
    }
    switch test {
    case .expression(let value): return .comparison(.equal, operand, try bindExpression(value))
    case .comparison(let sign, let value):
      return .comparison(sign.bound, operand, try bindExpression(value))
    case .binary(let sign, let value): return try bindBinaryTest(sign, operand, value)
    case .isNull(let isNegated): return isNegated ? .isNotNull(operand) : .isNull(operand)
    case .isTyped(let type, let isNegated):
      return negated(.isType(operand, try bindType(type)), isNegated).expression
    case .isNormalized(let form, let isNegated):
      return negated(.isNormalized(operand, form.bound), isNegated).expression
    case .labels(let labels):
      let bound = try bindLabels(labels, .nodeTest)
      return negated(.hasLabels(operand, bound), labels.isNegated).expression
    }
  }

  private mutating func bindBinaryTest(
    _ sign: BinaryOperator, _ operand: Bound.Expression, _ value: AST.Expression
  ) throws(Failure) -> Bound.Expression {
    let right = try bind(value)
    switch sign {
    case .in:
      try expectOperand(StaticType(.list), right.type, value)
      return .membership(operand, list: right.expression)
    case .startsWith: return .stringMatch(.startsWith, operand, right.expression)
    case .endsWith: return .stringMatch(.endsWith, operand, right.expression)
    case .contains: return .stringMatch(.contains, operand, right.expression)
    default: return .stringMatch(.matches, operand, right.expression)
    }
  }
}

extension QuantifiedPredicate.Kind {
  var bound: QueryPlan.Quantifier {
    switch self {
    case .all: .all
    case .any: .any
    case .none: .none
    case .single: .single
    }
  }
}
