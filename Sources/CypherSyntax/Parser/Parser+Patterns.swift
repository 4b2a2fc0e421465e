import Diagnostics

extension Parser {
  /// `pattern, pattern, …`.
  mutating func patterns() throws(SyntaxAbort) -> [PathPattern] {
    var patterns: [PathPattern] = []
    repeat { patterns.append(try pathPattern()) } while accept(.comma)
    return patterns
  }

  /// `[p =] [selector] [mode] elements`.
  mutating func pathPattern() throws(SyntaxAbort) -> PathPattern {
    let first = index
    note("a graph pattern")
    var variable: Name?
    if token.isName, peek(1).kind == .equal {
      variable = takeName()
      advance()
    } else if token.isName, !startsSelector(), !startsShortest(), pathModeAhead() == nil {
      let opensMode = isAt(.different)
      advance()
      if opensMode, index == collectAt {
        expected.formUnion(["'RELATIONSHIP'", "'RELATIONSHIPS'"])
      }
      note(isInsert ? "'='" : "a graph pattern")
      throw SyntaxAbort()
    }
    let selector = try selector()
    let mode = pathMode()
    let kind: PathPattern.Kind
    if startsShortest() {
      kind = .shortest(try shortestPath())
    } else {
      if variable != nil, index == collectAt {
        expected.formUnion(["'('", "'allShortestPaths'", "'shortestPath'"])
      }
      kind = .elements(try patternElements())
      note("a graph pattern")
    }
    return PathPattern(
      variable: variable, selector: selector, mode: mode, kind: kind, span: spanFrom(first))
  }

  private func startsShortest() -> Bool {
    (isAt(.shortestpath) || isAt(.allshortestpaths)) && peek(1).kind == .leftParenthesis
  }

  private func startsSelector() -> Bool {
    isAt(.any) || isAt(.all) || isAt(.shortest)
  }

  /// `shortestPath(elements)`.
  mutating func shortestPath() throws(SyntaxAbort) -> ShortestPathPattern {
    let first = index
    let isAll = isAt(.allshortestpaths)
    advance()
    try expect(.leftParenthesis)
    let elements = try patternElements()
    try expect(.rightParenthesis)
    return ShortestPathPattern(isAll: isAll, elements: elements, span: spanFrom(first))
  }

  // MARK: - Selectors and modes

  private mutating func selector() throws(SyntaxAbort) -> PathSelector? {
    let first = index
    let kind: PathSelector.Kind
    switch token.keyword {
    case .any where token.kind == .name:
      advance()
      if accept(.shortest) {
        kind = .shortest(nil)
      } else {
        kind = .any(selectorCount())
      }
      _ = acceptPathWord()
    case .all where token.kind == .name:
      advance()
      kind = accept(.shortest) ? .allShortest : .all
      _ = acceptPathWord()
    case .shortest where token.kind == .name:
      advance()
      let count = selectorCount()
      _ = acceptPathWord()
      if acceptAny(.group, .groups) != nil {
        kind = .shortestGroups(count)
      } else if count != nil {
        kind = .shortest(count)
      } else {
        throw SyntaxAbort()
      }
    default:
      return nil
    }
    return PathSelector(kind: kind, span: spanFrom(first))
  }

  /// `PATH` or `PATHS`; a mode may stand before it.
  private mutating func acceptPathWord() -> Bool {
    if version >= .cypher25, index == collectAt, isAfterShortest {
      expected.formUnion(["'ACYCLIC'", "'TRAIL'", "'WALK'"])
    }
    if pathModeAhead() != nil, peek(1).keyword == .path || peek(1).keyword == .paths {
      return false
    }
    return acceptAny(.path, .paths) != nil
  }

  private var isAfterShortest: Bool { index > 0 && tokens[index - 1].keyword == .shortest }

  private mutating func selectorCount() -> PathSelector.Count? {
    if at(.integerLiteral), let number = unsignedInteger() { return .number(number) }
    guard version >= .cypher25, let parameter = parameter() else { return nil }
    return .parameter(parameter)
  }

  /// The number token here, taken in as a fixed literal.
  mutating func unsignedInteger() -> UInt64? {
    guard token.kind == .integerLiteral, case .integer(let value) = numberValue(at: index) else {
      return nil
    }
    fix(index)
    advance()
    return value
  }

  private func pathModeAhead() -> PathMode.Kind? {
    guard version >= .cypher25, token.kind == .name else { return nil }
    return switch token.keyword {
    case .walk: .walk
    case .trail: .trail
    case .acyclic: .acyclic
    default: nil
    }
  }

  private mutating func pathMode() -> PathMode? {
    guard let kind = pathModeAhead() else { return nil }
    let first = index
    advance()
    _ = acceptAny(.path, .paths)
    return PathMode(kind: kind, span: spanFrom(first))
  }

  // MARK: - Elements

  /// Nodes, relationships and parenthesised parts, as far as they reach.
  mutating func patternElements() throws(SyntaxAbort) -> [PatternElement] {
    var elements: [PatternElement] = []
    try expectOpening()
    repeat {
      if isParenthesizedPart() {
        elements.append(.parenthesized(try parenthesizedPart()))
        continue
      }
      elements.append(.node(try node(mayBePath: true)))
      while isArrow() {
        elements.append(.relationship(try relationship()))
        try expectOpening()
        elements.append(.node(try node(mayBePath: false)))
      }
    } while isAt(.leftParenthesis)
    return elements
  }

  private mutating func expectOpening() throws(SyntaxAbort) {
    // Where a pattern as a whole may begin, that is what was expected, not its parenthesis.
    if !expected.contains("a graph pattern") { note("'('") }
    guard isAt(.leftParenthesis) else { throw SyntaxAbort() }
  }

  private func isParenthesizedPart() -> Bool {
    let next = peek(1)
    if next.kind == .leftParenthesis { return true }
    guard next.isName else { return false }
    let second = peek(2)
    if second.kind == .equal { return true }
    switch next.keyword {
    case .any, .all, .shortest:
      return second.kind == .leftParenthesis || second.kind == .integerLiteral
        || [.shortest, .path, .paths, .group, .groups].contains(second.keyword)
    case .walk, .trail, .acyclic:
      return version >= .cypher25
        && (second.kind == .leftParenthesis || second.keyword == .path || second.keyword == .paths)
    default: return false
    }
  }

  private mutating func parenthesizedPart() throws(SyntaxAbort) -> ParenthesizedPattern {
    let first = index
    try enter()
    advance()
    var variable: Name?
    if token.isName, peek(1).kind == .equal {
      variable = takeName()
      advance()
    }
    let selector = try selector()
    let modeIndex = index
    let mode = pathMode() == nil ? nil : text(of: modeIndex).uppercased()
    let modeEnd = index
    let elements = try patternElements()
    let predicate = accept(.where) ? try expression() : nil
    note("a graph pattern")
    try expect(.rightParenthesis)
    leave()
    try grow()
    let quantifier = try quantifier()
    if let mode {
      report(
        SyntaxFailures.pathModeInside(mode, isQuantified: quantifier != nil),
        at: span(of: modeEnd))
    }
    return ParenthesizedPattern(
      variable: variable, selector: selector, elements: elements, predicate: predicate,
      quantifier: quantifier, span: spanFrom(first))
  }

  private mutating func node(mayBePath: Bool) throws(SyntaxAbort) -> NodePattern {
    let first = index
    try expect(.leftParenthesis)
    if mayBePath, !isInsert { note("a graph pattern") }
    note("a variable name")
    let variable = isVariableAhead(closing: .rightParenthesis) ? takeName() : nil
    if mayBePath, variable != nil, !isInsert { note("a graph pattern") }
    let labels = try patternLabels()
    let properties = try properties()
    let predicate = !isInsert && accept(.where) ? try expression() : nil
    try expect(.rightParenthesis)
    return NodePattern(
      variable: variable, labels: labels, properties: properties, predicate: predicate,
      span: spanFrom(first))
  }

  /// Whether the name here is a variable: `IS` and `WHERE` may open the next part instead.
  private func isVariableAhead(closing: SyntaxToken.Kind) -> Bool {
    guard token.isName else { return false }
    guard isAt(.where) || isAt(.is) else { return true }
    let next = peek(1)
    switch next.kind {
    case closing, .colon, .leftBrace: return true
    case .star: return closing == .rightBracket
    case .name: return next.keyword == .where || (next.keyword == .is && isAt(.where))
    default: return false
    }
  }

  private mutating func patternLabels() throws(SyntaxAbort) -> LabelTest? {
    guard at(.colon) || at(.is) else { return nil }
    return try beside { parser throws(SyntaxAbort) in try parser.labelTest(inExpression: false) }
  }

  private mutating func properties() throws(SyntaxAbort) -> Expression? {
    if !isInsert, let parameter = parameter() {
      return Expression(.parameter(parameter), span: parameter.span)
    }
    guard at(.leftBrace) else { return nil }
    return try nestedMap()
  }

  /// A map with the depth of an expression counted.
  mutating func nestedMap() throws(SyntaxAbort) -> Expression {
    try enter()
    let before = height
    let stop = barStop
    barStop = -1
    height = 0
    let map = try map()
    try grow()
    barStop = stop
    height = max(before, height)
    leave()
    return map
  }

  // MARK: - Relationships

  private func isDash(_ token: SyntaxToken) -> Bool { token.kind == .minus || token.kind == .dash }

  private func isLeftHead(_ token: SyntaxToken) -> Bool {
    token.kind == .less || token.kind == .leftArrowHead
  }

  private func isRightHead(_ token: SyntaxToken) -> Bool {
    token.kind == .greater || token.kind == .rightArrowHead
  }

  private func isArrow() -> Bool { isDash(token) || (isLeftHead(token) && isDash(peek(1))) }

  private mutating func expectDash() throws(SyntaxAbort) {
    note("'-'")
    guard isDash(token) else { throw SyntaxAbort() }
    advance()
  }

  private mutating func relationship() throws(SyntaxAbort) -> RelationshipPattern {
    let first = index
    let pointsLeft = isLeftHead(token)
    if pointsLeft { advance() }
    try expectDash()
    var pattern = RelationshipPattern(
      direction: .either, variable: nil, types: nil, length: nil, properties: nil,
      predicate: nil, quantifier: nil, span: here)
    if version >= .cypher25 { note("'['") }
    if isAt(.leftBracket) { try details(&pattern) }
    try expectDash()
    let pointsRight = isRightHead(token)
    if pointsRight { advance() }
    if pointsLeft != pointsRight { pattern.direction = pointsLeft ? .left : .right }
    pattern.quantifier = try quantifier()
    pattern.span = spanFrom(first)
    return pattern
  }

  private mutating func details(_ pattern: inout RelationshipPattern) throws(SyntaxAbort) {
    advance()
    note("a variable name")
    if isVariableAhead(closing: .rightBracket) { pattern.variable = takeName() }
    pattern.types = try patternLabels()
    if at(.star) { pattern.length = try variableLength() }
    pattern.properties = try properties()
    if accept(.where) { pattern.predicate = try expression() }
    try expect(.rightBracket)
  }

  private mutating func variableLength() throws(SyntaxAbort) -> VariableLength {
    let first = index
    advance()
    let lower = at(.integerLiteral) ? try bound() : nil
    var upper = lower
    if accept(.dotDot) { upper = at(.integerLiteral) ? try bound() : nil }
    return VariableLength(lower: lower, upper: upper, span: spanFrom(first))
  }

  private mutating func bound() throws(SyntaxAbort) -> UInt64 {
    switch numberValue(at: index) {
    case .malformed(let form):
      throw abort(SyntaxFailures.malformedNumber(text(of: index), form), at: here)
    case .integer(let value) where value <= UInt64(Int64.max):
      fix(index)
      advance()
      return value
    default:
      report(SyntaxFailures.numberTooLarge(text(of: index), isFloat: false), at: here)
      fix(index)
      advance()
      return UInt64(Int64.max)
    }
  }

  // MARK: - Quantifiers

  /// `+`, `*`, `{n}`, `{n,m}`; only counted among what was expected once its brace is open.
  private mutating func quantifier() throws(SyntaxAbort) -> Quantifier? {
    let first = index
    let form: Quantifier.Form
    switch token.kind {
    case .plus:
      advance()
      form = .plus
    case .star:
      advance()
      form = .star
    case .leftBrace:
      advance()
      form = try bounds()
    default: return nil
    }
    return Quantifier(form: form, span: spanFrom(first))
  }

  private mutating func bounds() throws(SyntaxAbort) -> Quantifier.Form {
    let lower = at(.integerLiteral) ? try bound() : nil
    if let lower, accept(.rightBrace) { return .fixed(lower) }
    try expect(.comma)
    let upper = at(.integerLiteral) ? try bound() : nil
    try expect(.rightBrace)
    return .range(lower: lower, upper: upper)
  }

  // MARK: - Telling patterns from expressions

  /// Whether the parenthesis at `index` opens a node of a pattern with at least one relationship.
  ///
  /// Looks at what is directly inside the brackets and at the signs between them: `(a)-[r]-(b)` is a
  /// pattern, as it could also be a difference; `(a)-[1]-(b)` and `(a)<-(b)` are not.
  func isPattern(at index: Int) -> Bool {
    guard isNode(at: index), let close = partner(of: index) else { return false }
    var at = close + 1
    if isLeftHead(tokens[at]) { at += 1 }
    guard isDash(tokens[min(at, tokens.count - 1)]) else { return false }
    at += 1
    guard at < tokens.count else { return false }
    if tokens[at].kind == .leftBracket {
      guard isRelationship(at: at), let end = partner(of: at) else { return false }
      at = end + 1
    }
    guard at < tokens.count, isDash(tokens[at]) else { return false }
    at += 1
    if at < tokens.count, isRightHead(tokens[at]) { at += 1 }
    return at < tokens.count && isNode(at: at)
  }

  private func isNode(at index: Int) -> Bool {
    guard tokens[index].kind == .leftParenthesis, let close = partner(of: index) else {
      return false
    }
    return isInterior(index + 1, close)
  }

  private func isRelationship(at index: Int) -> Bool {
    guard let close = partner(of: index) else { return false }
    let start = index + 1
    if tokens[start].kind == .star { return true }
    if tokens[start].isName, tokens[start + 1].kind == .star { return true }
    return isInterior(start, close)
  }

  /// Whether what lies between brackets begins as the inside of a node or relationship does.
  private func isInterior(_ start: Int, _ close: Int) -> Bool {
    var at = start
    if at == close { return true }
    let token = tokens[at]
    if token.isName {
      if token.keyword == .where || token.keyword == .is, tokens[at + 1].kind != .dot,
        at + 1 < close
      {
        return true
      }
      at += 1
    }
    switch tokens[at].kind {
    case .colon: return true
    case .leftBrace, .parameter:
      let next = (partner(of: at) ?? at) + 1
      return next == close || tokens[min(next, close)].keyword == .where
    case .name:
      return at > start && (tokens[at].keyword == .where || tokens[at].keyword == .is)
    default: return at == close
    }
  }
}
