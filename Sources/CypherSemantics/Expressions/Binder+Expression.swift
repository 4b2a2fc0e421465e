import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  /// Binds an expression.
  mutating func bind(_ expression: AST.Expression) throws(Failure) -> Typed {
    if !computed.isEmpty, let known = computed[expression] {
      usedSlots.insert(known.slot)
      return Typed(.variable(known.slot), known.type)
    }
    if let collected = aggregation, collected.isInMixedItem, let key = collected.keys[expression] {
      return Typed(.variable(key.slot), key.type)
    }
    return try bindKind(expression)
  }

  /// Binds an expression whose type does not matter.
  mutating func bindExpression(_ expression: AST.Expression) throws(Failure) -> Bound.Expression {
    try bind(expression).expression
  }

  // Each case calls a function of its own, so that a deep tree costs little stack per level.
  private mutating func bindKind(_ expression: AST.Expression) throws(Failure) -> Typed {
    switch expression.kind {
    case .literal, .interpolatedString, .parameter, .variable, .property, .index, .slice, .list,
      .map, .mapProjection:
      try bindAtom(expression)
    case .unary, .binary, .chain, .comparison, .not, .and, .or, .xor, .isNull, .isNotNull, .isTyped,
      .isNormalized, .labelTest:
      try bindOperation(expression)
    case .listComprehension, .patternComprehension, .quantified, .reduce, .allReduce, .caseWhen,
      .function, .countAll, .pattern, .exists, .count, .collect:
      try bindConstruct(expression)
    }
  }

  private mutating func bindAtom(_ expression: AST.Expression) throws(Failure) -> Typed {
    switch expression.kind {
    case .literal(let literal): bindLiteral(literal)
    case .interpolatedString(let parts): try bindInterpolated(parts)
    case .parameter(let parameter): bindParameter(parameter)
    case .variable(let name): try bindVariable(name)
    case .property(let base, let key): try bindProperty(Operand(try bind(base), base), key)
    case .index(let base, let index): try bindIndex(Operand(try bind(base), base), index)
    case .slice(let base, let lower, let upper):
      try bindSlice(Operand(try bind(base), base), lower, upper)
    case .list(let items): try bindList(items)
    case .map(let entries): try bindMap(entries)
    case .mapProjection(let projection): try bindMapProjection(projection)
    default: Typed(.literal(Bound.Literal(.null)), .any)
    }
  }

  private mutating func bindOperation(_ expression: AST.Expression) throws(Failure) -> Typed {
    switch expression.kind {
    case .unary(let sign, let operand): try bindUnary(sign, operand)
    case .binary(let sign, let left, let right):
      try bindBinary(sign, Operand(try bind(left), left), right)
    case .chain(let base, let links): try bindChain(base, links)
    case .comparison(let first, let links): try bindComparison(first, links)
    case .not(let operand):
      Typed(.not(try bindCondition(operand, isOperand: true).expression), .boolean)
    case .and(let operands): Typed(.and(try bindConditions(operands)), .boolean)
    case .or(let operands): Typed(.or(try bindConditions(operands)), .boolean)
    case .xor(let operands): try bindExclusive(operands)
    case .isNull(let operand): Typed(.isNull(try bindExpression(operand)), .boolean)
    case .isNotNull(let operand): Typed(.isNotNull(try bindExpression(operand)), .boolean)
    case .isTyped(let operand, let type, let isNegated):
      try bindTypeTest(operand, type, isNegated: isNegated)
    case .isNormalized(let operand, let form, let isNegated):
      negated(.isNormalized(try bindExpression(operand), form.bound), isNegated)
    case .labelTest(let operand, let test): try bindLabelTest(operand, test)
    default: Typed(.literal(Bound.Literal(.null)), .any)
    }
  }

  private mutating func bindConstruct(_ expression: AST.Expression) throws(Failure) -> Typed {
    switch expression.kind {
    case .listComprehension(let comprehension): try bindListComprehension(comprehension)
    case .patternComprehension(let comprehension):
      try bindPatternComprehension(comprehension, expression.span)
    case .quantified(let quantified): try bindQuantified(quantified, at: expression.span.start)
    case .reduce(let reduce): try bindReduce(reduce, at: expression.span.start)
    case .allReduce(let reduce, let predicate):
      try bindAllReduce(reduce, predicate, at: expression.span.start)
    case .caseWhen(let alternatives): try bindCase(alternatives)
    case .function(let call): try bindFunction(call, expression.span)
    case .countAll: try bindAggregate(.countAll, [], isDistinct: false, "count", expression.span)
    case .pattern(let pattern): try bindPatternPredicate(pattern)
    case .exists(let body): try bindSubquery(.exists, body, expression.span)
    case .count(let body): try bindSubquery(.count, body, expression.span)
    case .collect(let body): try bindSubquery(.collect, body, expression.span)
    default: Typed(.literal(Bound.Literal(.null)), .any)
    }
  }

  func negated(_ expression: Bound.Expression, _ isNegated: Bool) -> Typed {
    Typed(isNegated ? .not(expression) : expression, .boolean)
  }
}
