// Lists and comprehensions.

extension Parser {
  mutating func bracketed() throws(SyntaxAbort) -> Expression {
    let first = index
    if peek(1).isName, peek(2).keyword == .in, !hasCommaInside(first) {
      return try listComprehension()
    }
    if let start = patternComprehensionStart() { return try patternComprehension(start) }
    noteReadings(of: first)
    try expect(.leftBracket)
    var elements: [Expression] = []
    if !isAt(.rightBracket) {
      repeat { elements.append(try expression()) } while accept(.comma)
    }
    try expect(.rightBracket)
    return Expression(.list(elements), span: spanFrom(first))
  }

  /// After `[x` and `[(x)` a list may go on, and a comprehension.
  private mutating func noteReadings(of open: Int) {
    if peek(1).isName {
      noteSeveralReadings(at: open + 2)
    } else if peek(1).kind == .leftParenthesis, peek(2).isName,
      peek(3).kind == .rightParenthesis || peek(3).kind == .colon, let close = partner(of: open + 1)
    {
      noteSeveralReadings(at: close + 1)
    }
  }

  /// Where several readings of what stands before a token are left, and none goes on with it, only what
  /// they have in common is told.
  mutating func noteSeveralReadings(at place: Int) {
    guard place < tokens.count, tokens[place].kind != .endOfText else { return }
    told[place] = ["an expression"]
  }

  /// Whether a comma stands directly within the brackets that open at `open`.
  private func hasCommaInside(_ open: Int) -> Bool {
    guard let close = partner(of: open) else { return false }
    var at = open + 1
    while at < close {
      if tokens[at].kind == .comma { return true }
      at = (partner(of: at) ?? at) + 1
    }
    return false
  }

  /// The last `|` directly within the brackets that open at `open`.
  func lastBarInside(_ open: Int) -> Int? {
    guard let close = partner(of: open) else { return nil }
    var at = open + 1
    var last: Int?
    while at < close {
      if tokens[at].kind == .bar { last = at }
      at = (partner(of: at) ?? at) + 1
    }
    return last
  }

  private mutating func listComprehension() throws(SyntaxAbort) -> Expression {
    let first = index
    barStop = comprehensionBar(first)
    advance()
    let variable = takeName()
    advance()
    let list = try expression()
    var predicate: Expression?
    if accept(.where) { predicate = try expression() }
    var projection: Expression?
    if accept(.bar) {
      barStop = -1
      projection = try expression()
    }
    try expect(.rightBracket)
    return Expression(
      .listComprehension(
        ListComprehension(
          variable: variable, list: list, predicate: predicate, projection: projection)),
      span: spanFrom(first))
  }

  /// The bar of a list comprehension; -1 where the last one can only belong to a label test.
  ///
  /// `[x IN l WHERE x:A|B]` has a label expression and no projection.
  private func comprehensionBar(_ open: Int) -> Int {
    guard let bar = lastBarInside(open), let close = partner(of: open) else { return -1 }
    var before = bar
    while before > open, isPartOfLabels(tokens[before - 1]) { before -= 1 }
    guard before < bar, tokens[before].kind == .colon || hasColon(before, bar) else { return bar }
    return tokens[bar + 1..<close].allSatisfy(isPartOfLabels) ? -1 : bar
  }

  private func hasColon(_ start: Int, _ end: Int) -> Bool {
    tokens[start..<end].contains { $0.kind == .colon }
  }

  private func isPartOfLabels(_ token: SyntaxToken) -> Bool {
    switch token.kind {
    case .quotedName, .colon, .bar, .ampersand, .exclamation, .percent, .leftParenthesis,
      .rightParenthesis:
      true
    case .name: token.keyword != .where && token.keyword != .in
    default: false
    }
  }

  /// Where the pattern of a pattern comprehension begins, past a path variable.
  private func patternComprehensionStart() -> Int? {
    var start = index + 1
    if peek(1).isName, peek(2).kind == .equal { start += 2 }
    guard start < tokens.count, tokens[start].kind == .leftParenthesis, isPattern(at: start) else {
      return nil
    }
    return start
  }

  private mutating func patternComprehension(_ start: Int) throws(SyntaxAbort) -> Expression {
    let first = index
    barStop = lastBarInside(first) ?? -1
    advance()
    var variable: Name?
    if start > first + 1 {
      variable = takeName()
      advance()
    }
    let elements = try patternElements()
    var pattern = PathPattern(
      variable: nil, selector: nil, mode: nil, kind: .elements(elements), span: spanFrom(start))
    guard variable != nil || isAt(.bar) || isAt(.where) else {
      return try list(first, startingWith: pattern, at: start)
    }
    pattern.variable = variable
    pattern.span = spanFrom(first + 1)
    var predicate: Expression?
    if accept(.where) { predicate = try expression() }
    try expect(.bar)
    barStop = -1
    let projection = try expression()
    try expect(.rightBracket)
    return Expression(
      .patternComprehension(
        PatternComprehension(pattern: pattern, predicate: predicate, projection: projection)),
      span: spanFrom(first))
  }

  /// A list whose first element begins with a pattern.
  private mutating func list(
    _ first: Int, startingWith pattern: PathPattern, at start: Int
  ) throws(SyntaxAbort) -> Expression {
    let seed = Expression(.pattern(pattern), span: pattern.span)
    try grow()
    var elements = [try expression(1, startingWith: (seed, start))]
    while accept(.comma) { elements.append(try expression()) }
    try expect(.rightBracket)
    return Expression(.list(elements), span: spanFrom(first))
  }
}
