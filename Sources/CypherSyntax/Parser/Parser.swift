import Diagnostics

/// Thrown when the tokens do not fit; what is wrong stands in the parser.
struct SyntaxAbort: Error {}

/// Recursive descent over one statement's tokens.
///
/// Never looks back: a few tokens ahead, and the place of the matching bracket, decide between
/// forms. When a token does not fit, the statement is read again with `collectAt` at that token,
/// and every question that the parser asks there is written down as something that was expected.
struct Parser {
  let version: CypherVersion
  let text: DecodedText
  let tokens: [SyntaxToken]
  /// For each opening bracket the index of its closing one; -1 where there is none.
  let partners: [Int32]

  /// Where the parser stands.
  var index = 0
  /// How many constructs around the current token are open.
  var depth = 0
  /// The height of the highest expression completed since it was last reset.
  var height = 0
  /// How many number and string tokens stand before each token.
  let ordinals: [Int32]
  /// The `|` that ends the list of a comprehension, `reduce` or FOREACH; no label expression goes on
  /// over it.
  var barStop = -1
  /// The token that a minus stands before, for the place of numbers that are too large.
  var negatedToken = -1
  /// The END of the outermost CASE that was looked through.
  var knownCaseEnd = -1
  /// Whether the braces of a query are open around the current token.
  var isNested = false

  /// What is wrong besides the token that ended parsing.
  var failures: [Failure] = []
  /// What ended parsing, where it is not simply an unexpected token.
  var abortFailure: Failure?
  /// Ordinals of literals that are no expressions.
  var fixedLiterals: [Int] = []
  /// The token whose alternatives are collected; -1 for none.
  var collectAt = -1
  /// The alternatives, as they are shown.
  var expected: Set<String> = []

  /// What is told at a token where several readings end at once, in place of all that they expect.
  var told: [Int: Set<String>] = [:]

  /// Whether the text holds comments, which make an empty statement a different failure.
  let hasComments: Bool
  /// Whether a name holds a character that only Cypher 5 takes there.
  let hasLegacyNames: Bool
  /// Whether the patterns of INSERT are being read, which take no expressions but maps.
  var isInsert = false

  init(
    version: CypherVersion, text: DecodedText, tokens: [SyntaxToken], hasComments: Bool = false,
    hasLegacyNames: Bool = false
  ) {
    self.version = version
    self.hasComments = hasComments
    self.hasLegacyNames = hasLegacyNames
    self.text = text
    self.tokens = tokens
    self.partners = Self.partners(of: tokens)
    var ordinal: Int32 = 0
    self.ordinals = tokens.map { token in
      defer { if token.isLiteral { ordinal += 1 } }
      return ordinal
    }
  }

  private static func partners(of tokens: [SyntaxToken]) -> [Int32] {
    var partners = [Int32](repeating: -1, count: tokens.count)
    var open: [(kind: SyntaxToken.Kind, index: Int)] = []
    for (index, token) in tokens.enumerated() {
      let closes: SyntaxToken.Kind
      switch token.kind {
      case .leftParenthesis, .leftBracket, .leftBrace:
        open.append((token.kind, index))
        continue
      case .rightParenthesis: closes = .leftParenthesis
      case .rightBracket: closes = .leftBracket
      case .rightBrace: closes = .leftBrace
      default: continue
      }
      if let last = open.last, last.kind == closes {
        partners[last.index] = Int32(index)
        open.removeLast()
      }
    }
    return partners
  }
}

// MARK: - Tokens

extension Parser {
  var token: SyntaxToken { tokens[index] }

  /// The token `offset` places on; the end token from there on.
  func peek(_ offset: Int) -> SyntaxToken { tokens[min(index + offset, tokens.count - 1)] }

  /// The closing bracket of the opening one at `index`.
  func partner(of index: Int) -> Int? {
    guard index < partners.count, partners[index] >= 0 else { return nil }
    return Int(partners[index])
  }

  mutating func advance() {
    if index < tokens.count - 1 { index += 1 }
  }

  /// Writes down something that may stand at the current token.
  mutating func note(_ what: String) {
    if index == collectAt { expected.insert(what) }
  }

  func isAt(_ kind: SyntaxToken.Kind) -> Bool { token.kind == kind }

  func isAt(_ keyword: Keyword) -> Bool { token.keyword == keyword }

  /// Whether the token is the sign; if not, it was expected.
  mutating func at(_ kind: SyntaxToken.Kind) -> Bool {
    if index == collectAt { expected.insert(kind.display) }
    return token.kind == kind
  }

  /// Whether the token is the keyword; if not, it was expected.
  mutating func at(_ keyword: Keyword) -> Bool {
    if index == collectAt { expected.insert("'\(keyword.text)'") }
    return token.keyword == keyword
  }

  mutating func accept(_ kind: SyntaxToken.Kind) -> Bool {
    guard at(kind) else { return false }
    advance()
    return true
  }

  mutating func accept(_ keyword: Keyword) -> Bool {
    guard at(keyword) else { return false }
    advance()
    return true
  }

  mutating func acceptAny(_ keywords: Keyword...) -> Keyword? {
    var found: Keyword?
    for keyword in keywords where at(keyword) { found = keyword }
    if found != nil { advance() }
    return found
  }

  mutating func expect(_ kind: SyntaxToken.Kind) throws(SyntaxAbort) {
    guard accept(kind) else { throw SyntaxAbort() }
  }

  mutating func expect(_ keyword: Keyword) throws(SyntaxAbort) {
    guard accept(keyword) else { throw SyntaxAbort() }
  }

  /// The keyword, or one of its other spellings.
  mutating func expectAny(_ keywords: Keyword...) throws(SyntaxAbort) {
    var found = false
    for keyword in keywords where at(keyword) { found = true }
    guard found else { throw SyntaxAbort() }
    advance()
  }
}

// MARK: - Places and texts

extension Parser {
  /// The span of one token in the text as sent.
  func span(of index: Int) -> SourceSpan {
    let token = tokens[min(index, tokens.count - 1)]
    return SourceSpan(start: text.origin(Int(token.start)), end: text.origin(Int(token.end)))
  }

  /// The span of the current token.
  var here: SourceSpan { span(of: index) }

  /// From the token at `first` to the last one read.
  func spanFrom(_ first: Int) -> SourceSpan {
    let end = max(index - 1, first)
    return SourceSpan(start: span(of: first).start, end: span(of: end).end)
  }

  /// A token's text after decoding of Unicode escapes.
  func text(of index: Int) -> String {
    let token = tokens[min(index, tokens.count - 1)]
    return String(decoding: text.bytes[Int(token.start)..<Int(token.end)], as: UTF8.self)
  }

  /// Remembers that a number or string token is taken in without an expression.
  mutating func fix(_ index: Int) {
    if tokens[index].isLiteral { fixedLiterals.append(Int(ordinals[index])) }
  }

  /// Ends parsing with a failure of its own words.
  mutating func abort(_ failure: Failure, at span: SourceSpan) -> SyntaxAbort {
    abortFailure = positioned(failure, at: span)
    return SyntaxAbort()
  }

  /// Writes down a failure and goes on.
  mutating func report(_ failure: Failure, at span: SourceSpan) {
    failures.append(positioned(failure, at: span))
  }

  private func positioned(_ failure: Failure, at span: SourceSpan) -> Failure {
    var failure = failure
    // Byte offset until the door puts the position in its place.
    failure.position = SourcePosition(offset: span.start, line: 0, column: 0)
    return failure
  }
}

// MARK: - Depth

extension Parser {
  /// Opens one more construct around what follows.
  ///
  /// A query counts for several: reading it, and walking it later, goes through many more functions.
  mutating func enter(_ weight: Int = 1) throws(SyntaxAbort) {
    depth += weight
    if depth > CypherParser.maximumDepth {
      throw abort(SyntaxFailures.tooDeep(CypherParser.maximumDepth), at: here)
    }
  }

  mutating func leave(_ weight: Int = 1) { depth -= weight }

  /// What a query in braces counts for.
  static var queryWeight: Int { 5 }

  /// Reads something that stands beside what came before, so that their heights do not add up.
  mutating func beside<Part>(
    _ read: (inout Parser) throws(SyntaxAbort) -> Part
  ) throws(SyntaxAbort) -> Part {
    let before = height
    height = 0
    let part = try read(&self)
    height = max(before, height)
    return part
  }

  /// Puts one more node above what has just been read.
  mutating func grow() throws(SyntaxAbort) {
    height += 1
    if depth + height > CypherParser.maximumDepth {
      throw abort(SyntaxFailures.tooDeep(CypherParser.maximumDepth), at: here)
    }
  }
}

// MARK: - Names

extension Parser {
  /// A word or quoted name, whatever keyword it spells.
  mutating func name(_ what: String = "an identifier") throws(SyntaxAbort) -> Name {
    note(what)
    guard token.isName else { throw SyntaxAbort() }
    return takeName()
  }

  /// The name at the current token, which must be one.
  mutating func takeName() -> Name {
    let token = token
    let name: Name
    if token.kind == .quotedName {
      let bytes = text.bytes.span.extracting(Int(token.start)..<Int(token.end))
      name = Name(LiteralDecoder.quotedName(bytes), isQuoted: true, span: here)
    } else {
      name = Name(text(of: index), span: here)
    }
    advance()
    return name
  }

  /// `a.b.c`.
  mutating func qualifiedName(_ what: String = "an identifier") throws(SyntaxAbort) -> QualifiedName
  {
    let first = index
    var parts = [try name(what)]
    while accept(.dot) { parts.append(try name()) }
    return QualifiedName(parts: parts, span: spanFrom(first))
  }

  /// `a, b, c`.
  mutating func names(_ what: String = "an identifier") throws(SyntaxAbort) -> [Name] {
    var names = [try name(what)]
    while accept(.comma) { names.append(try name(what)) }
    return names
  }

  /// A parameter, where the current token is one.
  mutating func parameter() -> Parameter? {
    note("a parameter")
    guard token.kind == .parameter else { return nil }
    let parameter = Parameter(name: parameterName(at: index), span: here)
    advance()
    return parameter
  }

  /// The name in a parameter token: blanks may follow the dollar.
  func parameterName(at index: Int) -> String {
    let token = tokens[index]
    var start = Int(token.start) + 1
    let end = Int(token.end)
    while start < end, CharacterClass.table[Int(text.bytes[start])] == CharacterClass.blank {
      start += 1
    }
    let bytes = text.bytes.span.extracting(start..<end)
    if start < end, text.bytes[start] == UInt8(ascii: "`") {
      return LiteralDecoder.quotedName(bytes)
    }
    return String(decoding: text.bytes[start..<end], as: UTF8.self)
  }

  /// A name with points, or a parameter; only databases and their aliases have points.
  mutating func nameOrParameter(_ what: String? = nil) throws(SyntaxAbort) -> NameOrParameter {
    if let what { note(what) } else { note("a parameter") }
    if isAt(.parameter), let parameter = parameter() { return .parameter(parameter) }
    let first = index
    var parts = [try name(what ?? "an identifier")]
    while isAt(.dot) {
      advance()
      parts.append(try name(what ?? "an identifier"))
    }
    if let what { note(what) }
    return .name(QualifiedName(parts: parts, span: spanFrom(first)))
  }
}

extension SyntaxToken.Kind {
  /// How the sign is shown among what was expected.
  var display: String {
    switch self {
    case .dot: "'.'"
    case .dotDot: "'..'"
    case .comma: "','"
    case .colon: "':'"
    case .doubleColon: "'::'"
    case .semicolon: "';'"
    case .leftParenthesis: "'('"
    case .rightParenthesis: "')'"
    case .leftBracket: "'['"
    case .rightBracket: "']'"
    case .leftBrace: "'{'"
    case .rightBrace: "'}'"
    case .plus: "'+'"
    case .plusEqual: "'+='"
    case .minus, .dash: "'-'"
    case .star: "'*'"
    case .slash: "'/'"
    case .percent: "'%'"
    case .caret: "'^'"
    case .equal: "'='"
    case .equalTilde: "'=~'"
    case .notEqual: "'<>'"
    case .exclamationEqual: "'!='"
    case .less, .leftArrowHead: "'<'"
    case .lessOrEqual: "'<='"
    case .greater, .rightArrowHead: "'>'"
    case .greaterOrEqual: "'>='"
    case .bar: "'|'"
    case .doubleBar: "'||'"
    case .ampersand: "'&'"
    case .exclamation: "'!'"
    case .dollar: "'$'"
    case .integerLiteral: "an integer value"
    case .floatLiteral: "a float value"
    case .stringLiteral, .unclosedString: "a string"
    case .interpolatedString: "an interpolated string"
    case .parameter: "a parameter"
    case .name, .quotedName: "an identifier"
    case .comment, .unclosedComment, .invalid: "a comment"
    case .endOfText: "<EOF>"
    }
  }
}
