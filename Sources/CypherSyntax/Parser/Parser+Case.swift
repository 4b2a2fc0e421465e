import Diagnostics

extension Parser {
  /// `CASE [operand] WHEN … THEN … [ELSE …] END`.
  mutating func caseExpression() throws(SyntaxAbort) -> Expression {
    let first = index
    try expect(.case)
    var operand: Expression?
    if !(isAt(.when) && startsTest(peek(1))) { operand = try expression() }
    var branches: [CaseExpression.Branch] = []
    while at(.when) { branches.append(try branch(isSimple: operand != nil)) }
    guard !branches.isEmpty else {
      if operand != nil { told[index] = ["'WHEN'"] }
      throw SyntaxAbort()
    }
    var otherwise: Expression?
    if accept(.else) { otherwise = try expression() }
    try expect(.end)
    return Expression(
      .caseWhen(CaseExpression(operand: operand, branches: branches, otherwise: otherwise)),
      span: spanFrom(first))
  }

  /// Whether a token can follow `WHEN`, so that `WHEN` is not a variable.
  private func startsTest(_ token: SyntaxToken) -> Bool {
    switch token.kind {
    case .dot, .rightParenthesis, .comma, .endOfText: false
    case .name: token.keyword != .when
    default: true
    }
  }

  private mutating func branch(isSimple: Bool) throws(SyntaxAbort) -> CaseExpression.Branch {
    let first = index
    try expect(.when)
    var tests: [CaseExpression.Test] = []
    if isSimple {
      repeat { tests.append(try test()) } while accept(.comma)
    } else {
      tests.append(.expression(try expression()))
    }
    try expect(.then)
    let result = try expression()
    return CaseExpression.Branch(tests: tests, result: result, span: spanFrom(first))
  }

  /// What a simple CASE compares with: a value, or an operator and its right side.
  private mutating func test() throws(SyntaxAbort) -> CaseExpression.Test {
    if let comparison = comparisonOperator() {
      advance()
      return .comparison(comparison, try expression(6))
    }
    switch (token.kind, token.keyword) {
    case (.equalTilde, _):
      return .binary(try stringOrListOperator(), try expression(7))
    case (.doubleColon, _):
      advance()
      return .isTyped(try typeExpression(), isNegated: false)
    case (.name, .in) where takesOperators, (.name, .contains) where takesOperators:
      return .binary(try stringOrListOperator(), try expression(7))
    case (.name, .starts) where peek(1).keyword == .with,
      (.name, .ends) where peek(1).keyword == .with:
      return .binary(try stringOrListOperator(), try expression(7))
    // In Cypher 5 `IS ::` is a variable before a test of its own.
    case (.name, .is)
    where peek(1).kind == .name || peek(1).kind == .doubleColon && version >= .cypher25:
      return try isTest()
    default:
      return .expression(try expression())
    }
  }

  /// Whether the word here is an operator with its right side; in Cypher 5 it is a variable.
  private var takesOperators: Bool { version >= .cypher25 && startsRightSide(peek(1)) }

  private func startsRightSide(_ token: SyntaxToken) -> Bool {
    switch token.kind {
    case .name: token.keyword != .then
    case .quotedName, .stringLiteral, .integerLiteral, .floatLiteral, .parameter, .leftParenthesis,
      .leftBracket,
      .leftBrace, .minus, .plus:
      true
    default: false
    }
  }

  private mutating func isTest() throws(SyntaxAbort) -> CaseExpression.Test {
    try expect(.is)
    let isNegated = accept(.not)
    if accept(.null) { return .isNull(isNegated: isNegated) }
    if version >= .cypher25 && accept(.doubleColon) || accept(.typed) {
      return .isTyped(try typeExpression(), isNegated: isNegated)
    }
    return .isNormalized(try normalForm(), isNegated: isNegated)
  }
}
