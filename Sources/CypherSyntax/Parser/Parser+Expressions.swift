import Diagnostics

/// How tightly operators bind; greater binds tighter.
private enum Level {
  static let or = 1
  static let xor = 2
  static let and = 3
  static let not = 4
  static let comparison = 5
  static let test = 6
  static let sum = 7
  static let product = 8
  static let power = 9
  static let unary = 10
}

extension Parser {
  /// An expression of the lowest level.
  mutating func expression() throws(SyntaxAbort) -> Expression {
    try expression(Level.or)
  }

  /// An expression whose operators bind at least as tightly as `minimum`.
  ///
  /// `height` ends as the greater of what it was and the expression's height.
  mutating func expression(
    _ minimum: Int, startingWith seed: (expression: Expression, first: Int)? = nil
  ) throws(SyntaxAbort) -> Expression {
    let outer = height
    if seed == nil { height = 0 }
    try enter()
    let first = seed?.first ?? index
    let left: Expression
    if let seed {
      left = try postfix(seed.expression, first: first)
    } else {
      left = try operand(minimum)
    }
    // A level 6 operator takes no further operator of its level or above.
    var ceiling = Level.unary
    var run = ChainDraft(left)
    while true {
      note("an expression")
      guard let level = operatorLevel(), level >= minimum, level <= ceiling else { break }
      let leftHeight = height
      height = 0
      if level >= Level.sum {
        let link = try arithmetic(level)
        run.append(link, span: spanFrom(first))
        height = max(height, leftHeight)
        try grow(along: run)
      } else {
        run = ChainDraft(try extended(run.expression, level, first))
        height = max(height, leftHeight)
        try grow()
      }
      if level == Level.test { ceiling = Level.comparison }
    }
    leave()
    height = max(height, outer)
    return run.expression
  }

  /// Puts one more step above what has just been read: a node, or one more of a list.
  private mutating func grow(along run: ChainDraft) throws(SyntaxAbort) {
    if run.count <= ChainDraft.longestTree { return try grow() }
    if run.count > ChainDraft.longest {
      throw abort(SyntaxFailures.tooManySteps(ChainDraft.longest), at: here)
    }
  }

  /// What an expression starts with: `NOT`, signs, or an atom with its postfixes.
  private mutating func operand(_ minimum: Int) throws(SyntaxAbort) -> Expression {
    note("an expression")
    let first = index
    if isAt(.not), minimum <= Level.not, startsOperand(at: index + 1) {
      advance()
      let inner = try expression(Level.not)
      try grow()
      return Expression(.not(inner), span: spanFrom(first))
    }
    if isAt(.minus) || isAt(.plus) {
      return try signed(first)
    }
    return try postfix(try atom(), first: first)
  }

  /// Signs bind tighter than `^`; a minus before the least integer belongs to it.
  private mutating func signed(_ first: Int) throws(SyntaxAbort) -> Expression {
    let isMinus = isAt(.minus)
    advance()
    if isMinus, token.kind == .integerLiteral,
      case .integer(let magnitude) = numberValue(at: index), magnitude == 1 << 63
    {
      fix(index)
      advance()
      let literal = Expression(.literal(Literal(.integer(.min))), span: spanFrom(first))
      return try postfix(literal, first: first)
    }
    try enter()
    if isMinus { negatedToken = index }
    let inner = try operand(Level.unary)
    leave()
    try grow()
    return Expression(.unary(isMinus ? .minus : .plus, inner), span: spanFrom(first))
  }

  /// Whether a token can begin an operand of an operator that is itself a word.
  private func startsOperand(at index: Int) -> Bool {
    let token = tokens[min(index, tokens.count - 1)]
    switch token.kind {
    case .name:
      switch token.keyword {
      case .and, .or, .xor, .as, .in, .is, .then, .else, .end: return false
      default: return true
      }
    case .quotedName, .stringLiteral, .interpolatedString, .integerLiteral, .floatLiteral,
      .parameter, .plus, .minus,
      .leftParenthesis, .leftBracket, .leftBrace:
      return true
    default: return false
    }
  }

  /// The level of the operator at the current token.
  private func operatorLevel() -> Int? {
    switch token.kind {
    case .plus, .minus, .doubleBar: Level.sum
    case .star, .slash, .percent: Level.product
    case .caret: Level.power
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .exclamationEqual:
      Level.comparison
    case .equalTilde, .doubleColon: Level.test
    case .name:
      switch token.keyword {
      case .or: Level.or
      case .xor: Level.xor
      case .and: Level.and
      case .in, .contains, .is: Level.test
      case .starts, .ends: peek(1).keyword == .with ? Level.test : nil
      default: nil
      }
    default: nil
    }
  }

  /// Reads one operator, or a run of the same level, and what stands right of it.
  private mutating func extended(
    _ left: Expression, _ level: Int, _ first: Int
  ) throws(SyntaxAbort) -> Expression {
    switch level {
    case Level.or: try logical(left, .or, level, first)
    case Level.xor: try logical(left, .xor, level, first)
    case Level.and: try logical(left, .and, level, first)
    case Level.comparison: try comparison(left, first)
    default: try test(left, first)
    }
  }

  private mutating func logical(
    _ left: Expression, _ keyword: Keyword, _ level: Int, _ first: Int
  ) throws(SyntaxAbort) -> Expression {
    var operands = [left]
    repeat {
      advance()
      operands.append(try expression(level + 1))
    } while isAt(keyword)
    let span = spanFrom(first)
    return switch keyword {
    case .or: Expression(.or(operands), span: span)
    case .xor: Expression(.xor(operands), span: span)
    default: Expression(.and(operands), span: span)
    }
  }

  private mutating func comparison(_ left: Expression, _ first: Int) throws(SyntaxAbort)
    -> Expression
  {
    var links: [ComparisonLink] = []
    while let comparison = comparisonOperator() {
      let operatorSpan = here
      advance()
      let operand = try expression(Level.test)
      links.append(
        ComparisonLink(operator: comparison, operatorSpan: operatorSpan, operand: operand))
    }
    if isAt(.exclamationEqual) { throw unknownInequality() }
    return Expression(.comparison(first: left, links), span: spanFrom(first))
  }

  mutating func unknownInequality() -> SyntaxAbort {
    let message =
      "Unknown operation '!=' (you probably meant to use '<>', which is the operator for inequality testing)"
    return abort(
      SyntaxFailures.syntax(
        message, cause: "42I49", condition: "invalid inequality operator",
        text:
          "Unknown inequality operator '!='. The operator for inequality in Cypher is '<>'."),
      at: here)
  }

  func comparisonOperator() -> ComparisonOperator? {
    switch token.kind {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    default: nil
    }
  }

  private mutating func arithmetic(_ level: Int) throws(SyntaxAbort) -> ChainLink.Kind {
    let binary: BinaryOperator =
      switch token.kind {
      case .plus: .add
      case .minus: .subtract
      case .doubleBar: .concatenate
      case .star: .multiply
      case .slash: .divide
      case .percent: .modulo
      default: .power
      }
    advance()
    return .binary(binary, try expression(level + 1))
  }

  /// `IN`, `IS …`, string tests: none of them takes another of its kind.
  private mutating func test(_ left: Expression, _ first: Int) throws(SyntaxAbort) -> Expression {
    if isAt(.is) { return try isTest(left, first) }
    if isAt(.doubleColon) {
      advance()
      let type = try typeExpression()
      return Expression(.isTyped(left, type, isNegated: false), span: spanFrom(first))
    }
    let binary = try stringOrListOperator()
    let right = try expression(Level.sum)
    return Expression(.binary(binary, left, right), span: spanFrom(first))
  }

  /// Reads `=~`, `IN`, `CONTAINS`, `STARTS WITH`, `ENDS WITH`.
  mutating func stringOrListOperator() throws(SyntaxAbort) -> BinaryOperator {
    let token = token
    advance()
    switch token.keyword {
    case .in: return .in
    case .contains: return .contains
    case .starts:
      try expect(.with)
      return .startsWith
    case .ends:
      try expect(.with)
      return .endsWith
    default: return .regularExpression
    }
  }

  private mutating func isTest(_ left: Expression, _ first: Int) throws(SyntaxAbort) -> Expression {
    advance()
    if version >= .cypher25, index == collectAt {
      expected.formUnion([
        "a node label/relationship type name", "'!'", "'$'", "'%'", "'('", "'LABELED'",
      ])
    }
    let isNegated = accept(.not)
    if accept(.null) {
      let kind: ExpressionKind = isNegated ? .isNotNull(left) : .isNull(left)
      return Expression(kind, span: spanFrom(first))
    }
    if accept(.doubleColon) || accept(.typed) {
      let type = try typeExpression()
      return Expression(.isTyped(left, type, isNegated: isNegated), span: spanFrom(first))
    }
    let form = try normalForm()
    return Expression(.isNormalized(left, form: form, isNegated: isNegated), span: spanFrom(first))
  }

  /// `[NFC] NORMALIZED`.
  mutating func normalForm() throws(SyntaxAbort) -> NormalForm {
    var form = NormalForm.nfc
    if let keyword = acceptAny(.nfc, .nfd, .nfkc, .nfkd) {
      form =
        switch keyword {
        case .nfd: .nfd
        case .nfkc: .nfkc
        case .nfkd: .nfkd
        default: .nfc
        }
    }
    try expect(.normalized)
    return form
  }

  // MARK: - Postfixes

  /// `.key`, `[i]`, `[a..b]`, and at the end a label test.
  mutating func postfix(_ atom: Expression, first: Int) throws(SyntaxAbort) -> Expression {
    var run = ChainDraft(atom)
    while true {
      if isAt(.dot) {
        advance()
        run.append(.property(try name("an identifier")), span: spanFrom(first))
      } else if isAt(.leftBracket) {
        let link = try indexOrSlice()
        run.append(link, span: spanFrom(first))
      } else {
        break
      }
      try grow(along: run)
    }
    let result = run.expression
    guard startsLabelTest() else { return result }
    let before = height
    height = 0
    let labels = try labelTest(inExpression: true)
    height = max(before, height)
    try grow()
    return Expression(.labelTest(result, labels), span: spanFrom(first))
  }

  /// `:` always opens a label test here; `IS` only before something that reads as a label.
  private func startsLabelTest() -> Bool {
    if isAt(.colon) { return true }
    guard isAt(.is) else { return false }
    var next = peek(1)
    if version >= .cypher25, next.keyword == .not { next = peek(2) }
    switch next.kind {
    case .quotedName, .percent, .exclamation, .leftParenthesis, .dollar, .parameter: return true
    case .name:
      switch next.keyword {
      case .null, .not, .typed, .normalized: return false
      case .nfc, .nfd, .nfkc, .nfkd:
        return (peek(1).keyword == .not ? peek(3) : peek(2)).keyword != .normalized
      default: return true
      }
    default: return false
    }
  }

  private mutating func indexOrSlice() throws(SyntaxAbort) -> ChainLink.Kind {
    let before = height
    height = 0
    advance()
    var lower: Expression?
    if !at(.dotDot) {
      lower = try expression()
      if !at(.dotDot) {
        try expect(.rightBracket)
        height = max(before, height)
        guard let lower else { throw SyntaxAbort() }
        return .index(lower)
      }
    }
    advance()
    var upper: Expression?
    if !at(.rightBracket) { upper = try expression() }
    try expect(.rightBracket)
    height = max(before, height)
    return .slice(lower: lower, upper: upper)
  }
}
