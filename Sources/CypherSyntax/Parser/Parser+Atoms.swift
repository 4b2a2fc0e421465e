import Diagnostics

// What expressions are made of: literals, names and all that brackets hold.

extension Parser {
  /// A literal, parameter, variable, call, bracketed form, CASE, subquery or pattern.
  mutating func atom() throws(SyntaxAbort) -> Expression {
    let first = index
    let token = token
    switch token.kind {
    case .integerLiteral, .floatLiteral: return try number()
    case .stringLiteral: return string()
    case .interpolatedString: return try interpolatedString()
    case .parameter:
      let parameter = Parameter(name: parameterName(at: index), span: here)
      advance()
      return Expression(.parameter(parameter), span: spanFrom(first))
    case .leftParenthesis: return try enclosed(.parenthesis)
    case .leftBracket: return try enclosed(.bracket)
    case .leftBrace: return try enclosed(.brace)
    case .name: return try word()
    case .quotedName: return try named()
    case .dollar:
      advance()
      if index == collectAt { expected = ["an identifier", "an integer value"] }
      throw SyntaxAbort()
    default: throw SyntaxAbort()
    }
  }

  private enum Bracket { case parenthesis, bracket, brace, call, keyword }

  /// Reads a form that holds others, one level down, and counts it for the height.
  private mutating func enclosed(_ bracket: Bracket) throws(SyntaxAbort) -> Expression {
    try enter()
    let before = height
    let stop = barStop
    height = 0
    barStop = -1
    let result: Expression =
      switch bracket {
      case .parenthesis: try parenthesized()
      case .bracket: try bracketed()
      case .brace: try map()
      case .call: try call()
      case .keyword: try keywordForm()
      }
    try grow()
    barStop = stop
    height = max(before, height)
    leave()
    return result
  }

  // MARK: - Literals

  /// The value of the number token at `index`.
  func numberValue(at index: Int) -> NumberValue {
    let token = tokens[index]
    let bytes = text.bytes.span.extracting(Int(token.start)..<Int(token.end))
    return LiteralDecoder.number(bytes, isFloat: token.kind == .floatLiteral)
  }

  private mutating func number() throws(SyntaxAbort) -> Expression {
    let first = index
    let span = here
    let isFloat = token.kind == .floatLiteral
    let ordinal = Int(ordinals[index])
    let literal: Literal.Value
    switch numberValue(at: index) {
    case .integer(let magnitude) where magnitude <= UInt64(Int64.max):
      literal = .integer(Int64(magnitude))
    case .float(let value):
      literal = .float(value)
    case .malformed(let form) where version < .cypher25 || !isOldForm():
      // What does not fit elsewhere comes first, so the number is only remembered.
      report(SyntaxFailures.malformedNumber(text(of: index), form), at: span)
      literal = isFloat ? .float(0) : .integer(0)
    case .malformed: throw SyntaxAbort()
    case .integer, .integerTooLarge, .floatTooLarge:
      let isNegated = negatedToken == index
      let digits = (isNegated ? "-" : "") + text(of: index)
      report(
        SyntaxFailures.numberTooLarge(digits, isFloat: isFloat),
        at: isNegated ? self.span(of: index - 1) : span)
      literal = isFloat ? .float(.infinity) : .integer(.max)
    }
    advance()
    return Expression(.literal(Literal(literal, ordinal: ordinal)), span: spanFrom(first))
  }

  /// Whether the number here has a form that Cypher 25 does not even name: `012`, `0b1`, `0X1`.
  private func isOldForm() -> Bool {
    let text = text(of: index)
    return text.hasPrefix("0") && !text.hasPrefix("0x") && !text.hasPrefix("0o")
  }

  private mutating func string() -> Expression {
    let ordinal = Int(ordinals[index])
    let span = here
    let value = stringValue(at: index)
    advance()
    return Expression(.literal(Literal(.string(value), ordinal: ordinal)), span: span)
  }

  /// The decoded text of the string token at `index`.
  func stringValue(at index: Int) -> String {
    let token = tokens[index]
    return LiteralDecoder.string(
      text.bytes.span.extracting(Int(token.start) + 1..<Int(token.end) - 1))
  }

  // MARK: - Words

  /// A word: a literal, a form with a keyword of its own, a call, or a variable.
  private mutating func word() throws(SyntaxAbort) -> Expression {
    if let literal = wordLiteral() { return literal }
    return isKeywordForm() ? try enclosed(.keyword) : try named()
  }

  /// A literal that is a word.
  private mutating func wordLiteral() -> Expression? {
    let value: Literal.Value
    switch token.keyword {
    case .true: value = .boolean(true)
    case .false: value = .boolean(false)
    case .null: value = .null
    case .nan: value = .float(.nan)
    case .inf, .infinity: value = .float(.infinity)
    default: return nil
    }
    let span = here
    advance()
    return Expression(.literal(Literal(value)), span: span)
  }

  /// Whether the word here opens a form of its own rather than being a name.
  private mutating func isKeywordForm() -> Bool {
    let next = peek(1).kind
    switch token.keyword {
    case .case: return startsCase()
    case .exists, .count, .collect:
      if next == .leftBrace { noteSeveralReadings(at: index + 2) }
      return next == .leftBrace && peek(2).kind != .rightBrace
    case .all, .any, .noneOf, .single:
      if next == .leftParenthesis, peek(2).isName { noteSeveralReadings(at: index + 3) }
      return next == .leftParenthesis && peek(2).isName && peek(3).keyword == .in
    case .reduce:
      if next == .leftParenthesis, peek(2).isName { noteSeveralReadings(at: index + 3) }
      return next == .leftParenthesis && peek(2).isName && peek(3).kind == .equal
    case .allreduce:
      return version >= .cypher25 && next == .leftParenthesis && peek(2).isName
        && peek(3).kind == .equal
    case .shortestpath, .allshortestpaths: return next == .leftParenthesis
    default: return false
    }
  }

  /// Whether CASE begins a CASE expression rather than being a variable.
  private mutating func startsCase() -> Bool {
    let next = peek(1)
    if next.keyword == .when, next.kind == .name { return hasWholeBranch() }
    switch next.kind {
    case .name:
      switch next.keyword {
      case .end, .else, .as, .order, .skip, .limit, .and, .or, .xor, .in, .is: return false
      default: return true
      }
    case .quotedName, .stringLiteral, .interpolatedString, .integerLiteral, .floatLiteral,
      .parameter, .minus, .plus,
      .leftParenthesis, .leftBracket, .leftBrace:
      return true
    default: return false
    }
  }

  /// Whether a THEN and an END follow outside of brackets and of inner CASEs.
  private mutating func hasWholeBranch() -> Bool {
    // Within a CASE whose END was found, inner ones have theirs.
    if index < knownCaseEnd { return true }
    var at = index + 2
    var depth = 0
    var hasThen = false
    while at < tokens.count {
      let token = tokens[at]
      switch token.keyword {
      case .case where tokens[at - 1].kind != .dot && tokens[at - 1].keyword != .end: depth += 1
      case .then where depth == 0: hasThen = true
      case .end where tokens[at - 1].kind != .dot:
        if depth == 0 {
          if hasThen { knownCaseEnd = at }
          return hasThen
        }
        depth -= 1
      default: break
      }
      at = (partner(of: at) ?? at) + 1
    }
    return false
  }

  /// A name that may turn out to be a call or a map projection.
  private mutating func named() throws(SyntaxAbort) -> Expression {
    if isCall() { return try enclosed(.call) }
    if peek(1).kind == .leftBrace, startsProjection() { return try enclosed(.call) }
    let name = takeName()
    return Expression(.variable(name), span: name.span)
  }

  /// Whether the braces behind a name hold items of a map projection.
  private func startsProjection() -> Bool {
    let inside = peek(2)
    return inside.kind == .dot || inside.kind == .rightBrace || inside.isName
  }

  /// `name(`, `ns.name(`.
  private func isCall() -> Bool {
    var at = index + 1
    while at + 1 < tokens.count, tokens[at].kind == .dot, tokens[at + 1].isName { at += 2 }
    guard tokens[min(at, tokens.count - 1)].kind == .leftParenthesis else { return false }
    // Only `count` takes a star; with other names the parenthesis is what does not fit.
    guard version < .cypher25, tokens[at + 1].kind == .star else { return true }
    return isAt(.count) && at == index + 1 && peek(3).kind == .rightParenthesis
  }

  private mutating func call() throws(SyntaxAbort) -> Expression {
    let first = index
    if peek(1).kind == .leftBrace { return try mapProjection() }
    if isAt(.count), peek(1).kind == .leftParenthesis, peek(2).kind == .star {
      advance()
      advance()
      advance()
      try expect(.rightParenthesis)
      return Expression(.countAll, span: spanFrom(first))
    }
    let name = try qualifiedName()
    try expect(.leftParenthesis)
    if let trim = try trimCall(name, first) { return trim }
    var quantifier: SetQuantifier?
    if version >= .cypher25, index == collectAt { expected.formUnion(["'ALL'", "'DISTINCT'"]) }
    if isAt(.distinct), !endsArgument(peek(1)) {
      advance()
      quantifier = .distinct
    } else if isAt(.all), !endsArgument(peek(1)), peek(1).kind != .leftParenthesis {
      advance()
      quantifier = .all
    }
    var arguments: [Expression] = []
    if !at(.rightParenthesis) {
      repeat {
        if let type = try vectorType(name, arguments.count) {
          arguments.append(type)
        } else {
          arguments.append(try expression())
        }
      } while accept(.comma)
    }
    try expect(.rightParenthesis)
    return Expression(
      .function(FunctionCall(name: name, quantifier: quantifier, arguments: arguments)),
      span: spanFrom(first))
  }

  /// Whether a token shows that the word before it was a variable.
  private func endsArgument(_ token: SyntaxToken) -> Bool {
    switch token.kind {
    case .rightParenthesis, .comma, .dot, .equal, .notEqual, .less, .greater, .lessOrEqual,
      .greaterOrEqual, .colon, .star, .slash, .percent, .caret, .bar, .doubleBar, .equalTilde,
      .endOfText:
      true
    default: false
    }
  }

  // MARK: - Braces

  /// `{a: 1, b: 2}`.
  mutating func map() throws(SyntaxAbort) -> Expression {
    let first = index
    try expect(.leftBrace)
    var entries: [MapEntry] = []
    if !at(.rightBrace) {
      repeat {
        let key = try name()
        try expect(.colon)
        entries.append(MapEntry(key: key, value: try expression()))
      } while accept(.comma)
    }
    try expect(.rightBrace)
    return Expression(.map(entries), span: spanFrom(first))
  }

  private mutating func mapProjection() throws(SyntaxAbort) -> Expression {
    let first = index
    let variable = takeName()
    try expect(.leftBrace)
    var items: [MapProjection.Item] = []
    if !at(.rightBrace) {
      repeat { items.append(try projectionItem()) } while accept(.comma)
    }
    try expect(.rightBrace)
    return Expression(
      .mapProjection(MapProjection(variable: variable, items: items)), span: spanFrom(first))
  }

  private mutating func projectionItem() throws(SyntaxAbort) -> MapProjection.Item {
    if accept(.dot) {
      return accept(.star) ? .allProperties : .property(try name())
    }
    let name = try name()
    guard accept(.colon) else { return .variable(name) }
    return .entry(MapEntry(key: name, value: try expression()))
  }

  // MARK: - Parentheses

  private mutating func parenthesized() throws(SyntaxAbort) -> Expression {
    let first = index
    if isPattern(at: index) {
      let pattern = try patternOfNodes()
      return Expression(.pattern(pattern), span: spanFrom(first))
    }
    try expect(.leftParenthesis)
    let inner = try expression()
    try expect(.rightParenthesis)
    return inner
  }

  /// A pattern in an expression: nodes and relationships without path variable or selector.
  private mutating func patternOfNodes() throws(SyntaxAbort) -> PathPattern {
    let first = index
    let elements = try patternElements()
    return PathPattern(
      variable: nil, selector: nil, mode: nil, kind: .elements(elements), span: spanFrom(first))
  }
}
