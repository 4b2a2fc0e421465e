import Diagnostics

extension Parser {
  /// `:expression` or `IS expression`.
  mutating func labelTest(inExpression: Bool) throws(SyntaxAbort) -> LabelTest {
    let first = index
    let opener = try labelOpener(inExpression: inExpression)
    let usesColon = opener == .colon
    // In expressions what may go on a label test is told as what may go on an expression.
    let collecting = collectAt
    if inExpression, index != collecting { collectAt = -1 }
    let expression: LabelExpression
    do {
      expression = try labelExpression(usesColon: usesColon)
      collectAt = collecting
    } catch {
      collectAt = collecting
      throw error
    }
    return LabelTest(opener: opener, expression: expression, span: spanFrom(first))
  }

  private mutating func labelOpener(inExpression: Bool) throws(SyntaxAbort) -> LabelTest.Opener {
    if accept(.colon) { return .colon }
    try expect(.is)
    guard inExpression, version >= .cypher25 else { return .is }
    let isNegated = isAt(.not) && labelFollows(peek(1))
    if isNegated { advance() }
    if isAt(.labeled), labelFollows(peek(1)) {
      advance()
      return isNegated ? .isNotLabeled : .isLabeled
    }
    return isNegated ? .isNot : .is
  }

  private func labelFollows(_ token: SyntaxToken) -> Bool {
    switch token.kind {
    case .name, .quotedName, .percent, .exclamation, .leftParenthesis, .dollar, .parameter: true
    default: false
    }
  }

  /// `a:b`, `a|b`, `a|:b`: the weakest level.
  private mutating func labelExpression(usesColon: Bool) throws(SyntaxAbort) -> LabelExpression {
    let first = index
    let start = try labelConjunction(usesColon: usesColon)
    var operands = [start]
    var hasColons = false
    while index != barStop, !isInsert, at(.bar) {
      guard labelFollows(peek(1)) || (peek(1).kind == .colon && labelFollows(peek(2))) else {
        break
      }
      advance()
      if usesColon, isAt(.colon) {
        hasColons = true
        advance()
      }
      operands.append(try labelConjunction(usesColon: usesColon))
    }
    if operands.count == 1 { return start }
    try grow()
    return LabelExpression(
      kind: hasColons ? .colonOr(operands) : .or(operands), span: spanFrom(first))
  }

  /// `a & b` and `a : b`.
  private mutating func labelConjunction(usesColon: Bool) throws(SyntaxAbort) -> LabelExpression {
    let first = index
    let start = try labelTerm(usesColon: usesColon)
    var operands = [start]
    var usesColons = false
    while at(.ampersand) || (at(.colon) && labelFollows(peek(1))) {
      let isColon = isAt(.colon)
      if operands.count > 1, isColon != usesColons {
        // `a&b:c` mixes the two forms: what stands left becomes one operand.
        let left = combined(operands, usesColons, first)
        operands = [left]
        try grow()
      }
      usesColons = isColon
      advance()
      operands.append(try labelTerm(usesColon: usesColon))
    }
    if operands.count == 1 { return start }
    try grow()
    return combined(operands, usesColons, first)
  }

  private func combined(
    _ operands: [LabelExpression], _ usesColons: Bool, _ first: Int
  ) -> LabelExpression {
    LabelExpression(kind: usesColons ? .colonAnd(operands) : .and(operands), span: spanFrom(first))
  }

  private mutating func labelTerm(usesColon: Bool) throws(SyntaxAbort) -> LabelExpression {
    let first = index
    note(isInsert ? "an identifier" : "a node label/relationship type name")
    if isInsert, !token.isName { throw SyntaxAbort() }
    switch token.kind {
    case .exclamation:
      advance()
      try enter()
      let inner = try labelTerm(usesColon: usesColon)
      leave()
      try grow()
      return LabelExpression(kind: .not(inner), span: spanFrom(first))
    case .leftParenthesis:
      advance()
      try enter()
      let stop = barStop
      barStop = -1
      let inner = try labelExpression(usesColon: usesColon)
      barStop = stop
      try expect(.rightParenthesis)
      leave()
      try grow()
      return LabelExpression(kind: .parenthesized(inner), span: spanFrom(first))
    case .percent:
      advance()
      return LabelExpression(kind: .wildcard, span: spanFrom(first))
    case .dollar, .parameter:
      return LabelExpression(kind: .dynamic(try dynamicLabel()), span: spanFrom(first))
    case .name, .quotedName:
      let name = takeName()
      return LabelExpression(kind: .name(name), span: name.span)
    default:
      if index == collectAt { expected.formUnion(["'$'", "'%'", "'('"]) }
      throw SyntaxAbort()
    }
  }

  /// `$(e)`, `$all(e)`, `$any(e)`.
  mutating func dynamicLabel() throws(SyntaxAbort) -> DynamicLabel {
    let first = index
    var quantifier = DynamicLabel.Quantifier.all
    if isAt(.parameter) {
      switch parameterName(at: index).lowercased() {
      case "any": quantifier = .any
      case "all": break
      default:
        var place = here
        place.start += 1
        throw abort(
          SyntaxFailures.invalidInput(
            parameterName(at: index), expected: ["'('", "'ALL'", "'ANY'"]), at: place)
      }
    }
    advance()
    try expect(.leftParenthesis)
    let expression = try expression()
    try expect(.rightParenthesis)
    return DynamicLabel(quantifier: quantifier, expression: expression, span: spanFrom(first))
  }

  /// `:A:B`, `IS A`, `:$(e)` of SET and REMOVE.
  mutating func labelList() throws(SyntaxAbort) -> LabelList {
    let first = index
    let usesIs = isAt(.is)
    advance()
    var items: [LabelList.Item] = []
    repeat {
      if index == collectAt { expected.insert("'$'") }
      if isAt(.dollar) || isAt(.parameter) {
        items.append(.dynamic(try dynamicLabel()))
      } else {
        items.append(.name(try name()))
      }
    } while accept(.colon)
    return LabelList(usesIs: usesIs, items: items, span: spanFrom(first))
  }
}
