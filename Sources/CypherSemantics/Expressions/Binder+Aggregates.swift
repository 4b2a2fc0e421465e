import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  /// Binds a call of an aggregating function: its value is in a slot of the projection around.
  mutating func bindAggregate(
    _ function: AggregateFunction, _ arguments: [AST.Expression], isDistinct: Bool,
    _ name: String, _ span: SourceSpan
  ) throws(Failure) -> Typed {
    if context.isInOrder { throw unprojectedAggregate(span) }
    guard let outer = aggregation, !outer.refusesAggregates else {
      throw misplacedAggregate(name, span)
    }
    if outer.isInsideAggregate { throw nestedAggregate(span) }
    if function != .countAll {
      try checkAggregateArity(function, arguments.count, name, at: span.start)
    }
    aggregation?.isInsideAggregate = true
    aggregation?.isInMixedItem = false
    var bound: [Bound.Expression] = []
    var types: [StaticType] = []
    for (index, argument) in arguments.enumerated() {
      let typed = try bind(argument)
      try checkAggregated(function, typed.type, argument, index, called: name)
      bound.append(typed.expression)
      types.append(typed.type)
    }
    try refuseRandom(bound)
    if function.isPercentile, arguments.count == 2 { try checkPercentile(arguments[1]) }
    aggregation?.isInsideAggregate = false
    aggregation?.isInMixedItem = outer.isInMixedItem
    let call = AggregateCall(function, isDistinct: isDistinct, arguments: bound)
    return addAggregate(call, function.resultType(of: types.first ?? .any))
  }

  private mutating func addAggregate(_ call: AggregateCall, _ type: StaticType) -> Typed {
    if let known = aggregation?.slot(of: call) { return Typed(.variable(known), type) }
    let slot = slots.addAnonymous(.value)
    aggregation?.add(call, slot)
    return Typed(.variable(slot), type)
  }

  private func checkAggregateArity(
    _ function: AggregateFunction, _ count: Int, _ name: String, at offset: Int
  ) throws(Failure) {
    let wanted = function.isPercentile ? 2 : 1
    guard count != wanted else { return }
    let signatures = FunctionCatalogue.signatures(of: name, isCypher25: isCypher25)
    let word = count < wanted ? "Insufficient" : "Too many"
    let texts = signatures.map(\.text).joined(separator: " or ")
    throw syntaxError(
      "\(word) parameters for function '\(name)'", at: offset,
      CauseText(
        code: "42I13", name: "invalid number of procedure or function arguments",
        text:
          "The procedure or function call does not provide the required number of arguments; expected \(wanted) but got \(count). The procedure or function \(signatures.first?.name ?? name)() has the signature: \(texts)."
      ))
  }

  private func checkAggregated(
    _ function: AggregateFunction, _ actual: StaticType, _ argument: AST.Expression, _ index: Int,
    called name: String
  ) throws(Failure) {
    let expected: StaticType
    switch function {
    case .sum, .average: expected = StaticType(TypeKinds.number.union(.duration))
    case .sampleDeviation, .populationDeviation, .percentileContinuous: expected = .float
    case .percentileDiscrete: expected = index == 0 ? StaticType(.number) : .float
    default: return
    }
    if actual.fits(expected) { return }
    if case .parameter = argument.kind { throw mismatch(expected, actual, argument) }
    throw valueTypeError(
      "Type mismatch: expected \(expected.messageNames) but was \(actual.messageActual)",
      at: position(of: argument),
      "Invalid input '\(actual.causeActual)' for argument at index \(index) of function \(name)(). Expected to be \(expected.causeNames)."
    )
  }

  private func refuseRandom(_ arguments: [Bound.Expression]) throws(Failure) {
    guard arguments.contains(where: \.isRandom) else { return }
    throw Failure(
      code: "Neo.ClientError.Statement.SyntaxError",
      message: "Can't use non-deterministic (random) functions inside of aggregate functions.",
      gqlStatus: "22000", gqlDescription: "data exception",
      causes: [
        CauseText(
          code: "22N34", name: "invalid use of aggregate function",
          text: "Cannot use non-deterministic function inside an aggregate function."
        ).link
      ])
  }

  private mutating func checkPercentile(_ argument: AST.Expression) throws(Failure) {
    var written = source(argument.span)
    if case .literal(let literal) = argument.kind, literal.value == .null {
      written = "NULL"
    } else {
      guard let value = argument.constantNumber else { return }
      fixLiterals(of: argument)
      guard !(value >= 0 && value <= 1) else { return }
    }
    throw syntaxError(
      "Invalid input '\(written)' is not a valid argument, must be a number in the range 0.0 to 1.0",
      at: argument.span.start,
      CauseText(
        code: "42N31", name: "specified number out of range",
        text:
          "Expected 'percentile range' to be FLOAT in the range 0.0 to 1.0 but found \(written)."
      ))
  }

  func misplacedAggregate(_ name: String, _ span: SourceSpan) -> Failure {
    syntaxError(
      "Invalid use of aggregating function \(name)(...) in this context", at: span.start,
      aggregateCause(span))
  }

  private func unprojectedAggregate(_ span: SourceSpan) -> Failure {
    syntaxError(
      "Illegal aggregation expression(s) in order by: \(source(span)). If an aggregation expression is used in order by, it also needs to be a projection item on it's own. For example, in 'RETURN n.a, 1 + count(*) ORDER BY count(*) + 1' the aggregation expression 'count(*) + 1' is not a projection item on its own, but it could be rewritten to 'RETURN n.a, 1 + count(*) AS cnt ORDER BY 1 + count(*)'.",
      at: span.start, aggregateCause(span))
  }

  private func nestedAggregate(_ span: SourceSpan) -> Failure {
    syntaxError(
      "Can't use aggregate functions inside of aggregate functions.", at: span.start,
      aggregateCause(span))
  }

  func aggregateCause(_ span: SourceSpan) -> CauseText {
    CauseText(
      code: "42I24", name: "invalid use of aggregate function",
      text: "Aggregate expression '\(source(span))' is not allowed in this context.")
  }
}

extension AggregateFunction {
  var isPercentile: Bool { self == .percentileContinuous || self == .percentileDiscrete }

  func resultType(of argument: StaticType) -> StaticType {
    switch self {
    case .countAll, .count: .integer
    case .sum:
      argument.kinds == .integer || argument.kinds == .float || argument.kinds == .duration
        ? argument : StaticType(TypeKinds.number.union(.duration))
    case .average:
      argument.kinds.isSubset(of: .number) ? .float : StaticType(TypeKinds.number.union(.duration))
    case .minimum, .maximum: argument
    case .collect: .list(of: argument)
    case .sampleDeviation, .populationDeviation, .percentileContinuous: .float
    case .percentileDiscrete: argument.kinds.isSubset(of: .number) ? argument : StaticType(.number)
    }
  }
}

extension Bound.Expression {
  /// Whether a function that gives another result at each call stands in it.
  fileprivate var isRandom: Bool {
    if case .function(let name, _) = self,
      name == "rand" || name == "randomUUID"
    {
      return true
    }
    return parts.contains(where: \.isRandom)
  }

  /// The operands of operators and calls; what comprehensions and subqueries hold is left out.
  var parts: [Bound.Expression] {
    switch self {
    case .function(_, let arguments), .list(let arguments), .and(let arguments),
      .or(let arguments):
      arguments
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right),
      .xor(let left, let right), .element(let left, let right),
      .membership(let left, let right):
      [left, right]
    case .not(let operand), .negate(let operand), .unaryPlus(let operand), .isNull(let operand),
      .isNotNull(let operand), .property(let operand, _):
      [operand]
    case .map(let items): items.map(\.value)
    case .caseWhen(let alternatives, let otherwise):
      alternatives.flatMap { [$0.when, $0.then] } + (otherwise.map { [$0] } ?? [])
    default: []
    }
  }
}

extension AST.Expression {
  /// The value of a number literal with its sign; `nil` for anything else.
  var constantNumber: Double? {
    switch kind {
    case .literal(let literal):
      switch literal.value {
      case .integer(let value): return Double(value)
      case .float(let value): return value
      default: return nil
      }
    case .unary(let sign, let operand):
      return operand.constantNumber.map { sign == .minus ? -$0 : $0 }
    default: return nil
    }
  }
}
