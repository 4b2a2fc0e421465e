import CypherSyntax

/// What the word at the end of a Cypher text may be.
struct CompletionContext: Equatable {
  /// What can stand there.
  enum Place: Equatable {
    /// Nothing that is known: within quotes and comments, or where a name is made up.
    case nothing
    /// A keyword, a function or a variable.
    case word
    case label
    case relationshipType
    case labelOrType
    case propertyKey
    /// Behind points: a function, or a property key of what its first name stands for.
    case qualified
    case procedure
    /// A column of a procedure.
    case column(of: String)
    case database
    case parameter
  }

  var place: Place
  /// What has been typed of it: without back-ticks, and with the names and points before it where it is
  /// `qualified` or a `procedure`.
  var word: String
  /// How many characters of the text it takes.
  var length: Int
  /// The variables that the text has, in its order.
  var variables: [String]

  /// Takes what stands behind the last point for a property key.
  mutating func becomeKey() {
    place = .propertyKey
    word = String(
      word[(word.lastIndex(of: ".").map { word.index(after: $0) } ?? word.startIndex)...])
    length = word.unicodeScalars.count
  }

  /// Reads a text up to the cursor; of several statements the last one counts.
  static func atEnd(of text: String) -> CompletionContext {
    var reader = ContextReader(text)
    return reader.context()
  }
}

/// Reads the tokens of an unfinished statement backwards.
private struct ContextReader {
  private let bytes: [UInt8]
  private var tokens: [SyntaxToken]
  private var isOpen = false

  init(_ text: String) {
    bytes = Array(text.utf8)
    tokens = SyntaxToken.tokens(in: text, includingComments: true).dropLast()
    if let last = tokens.last {
      let isLineComment = last.kind == .comment && bytes[Int(last.start) + 1] == UInt8(ascii: "/")
      isOpen =
        last.kind == .unclosedString || last.kind == .unclosedComment
        || isLineComment && Int(last.end) == bytes.count
    }
    tokens.removeAll { $0.kind == .comment }
    if let end = tokens.lastIndex(where: { $0.kind == .semicolon }) {
      tokens.removeSubrange(...end)
    }
  }

  mutating func context() -> CompletionContext {
    if isOpen { return make(.nothing, "", from: bytes.count) }
    if let tick = tokens.lastIndex(where: { $0.kind == .invalid && text($0) == "`" }) {
      let start = Int(tokens[tick].start)
      tokens.removeSubrange(tick...)
      return make(place(behind: tokens.count), text(start + 1, bytes.count), from: start)
    }
    guard let last = tokens.last, Int(last.end) == bytes.count else {
      return make(place(behind: tokens.count), "", from: bytes.count)
    }
    switch last.kind {
    case .name:
      tokens.removeLast()
      return qualified(from: Int(last.start))
    case .dot:
      return qualified(from: bytes.count)
    case .parameter, .dollar:
      tokens.removeLast()
      return make(.parameter, text(last), from: Int(last.start))
    case .integerLiteral, .floatLiteral, .quotedName, .stringLiteral, .interpolatedString:
      return make(.nothing, "", from: bytes.count)
    default:
      return make(place(behind: tokens.count), "", from: bytes.count)
    }
  }

  private func make(_ place: CompletionContext.Place, _ word: String, from start: Int)
    -> CompletionContext
  {
    CompletionContext(
      place: place, word: word, length: text(start, bytes.count).unicodeScalars.count,
      variables: variables)
  }

  /// A word that names and points may stand before.
  private func qualified(from start: Int) -> CompletionContext {
    let word = text(start, bytes.count)
    guard tokens.last?.kind == .dot else {
      return make(place(behind: tokens.count), word, from: start)
    }
    var first = tokens.count - 1
    var end = start
    while first >= 1, tokens[first].kind == .dot, tokens[first - 1].kind == .name,
      tokens[first].end == end, tokens[first - 1].end == tokens[first].start
    {
      end = Int(tokens[first - 1].start)
      first -= 2
    }
    // `first` is where the token before all of it stands.
    let qualifier = text(end, start)
    guard !qualifier.isEmpty else {
      let isKey =
        switch tokens.dropLast().last?.kind {
        case .integerLiteral, .floatLiteral, .dotDot, nil: false
        default: true
        }
      return make(isKey ? .propertyKey : .nothing, word, from: start)
    }
    if first >= 0, tokens[first].keyword == .call {
      return make(.procedure, qualifier + word, from: end)
    }
    let name = String(qualifier.prefix { $0 != "." })
    if variables.contains(name) { return make(.propertyKey, word, from: start) }
    return make(.qualified, qualifier + word, from: end)
  }

  /// What can stand behind the first tokens.
  private func place(behind count: Int) -> CompletionContext.Place {
    guard count > 0 else { return .word }
    let last = tokens[count - 1]
    switch last.kind {
    case .colon: return place(behindColon: count - 1)
    case .bar, .ampersand, .exclamation, .leftParenthesis:
      guard let colon = labelColon(before: count) else { return .word }
      return place(behindColon: colon)
    case .leftBrace, .comma:
      if let column = column(before: count) { return column }
      guard let open = openBracket(before: count), tokens[open].kind == .leftBrace else {
        return .word
      }
      return isMap(open) ? .propertyKey : .word
    case .name: return place(behind: last, count)
    default: return .word
    }
  }

  private func place(behind word: SyntaxToken, _ count: Int) -> CompletionContext.Place {
    switch word.keyword {
    case .call: .procedure
    case .use, .database: .database
    case .as: .nothing
    default: column(before: count) ?? .word
    }
  }

  /// A colon makes a label, a type, or a key of a map, whose value may be anything.
  private func place(behindColon colon: Int) -> CompletionContext.Place {
    guard let open = openBracket(before: colon) else {
      let clause = tokens[..<colon].last { Self.clauses.contains($0.keyword) }
      return clause?.keyword == .set || clause?.keyword == .remove ? .label : .labelOrType
    }
    switch tokens[open].kind {
    case .leftParenthesis: return .label
    case .leftBracket:
      let before = open > 0 ? tokens[open - 1].kind : .comma
      return before == .minus || before == .dash ? .relationshipType : .labelOrType
    default:
      let isKey =
        colon >= 2 && (colon - 2 == open || tokens[colon - 2].kind == .comma) && isMap(open)
      return isKey ? .word : .labelOrType
    }
  }

  /// The colon of the label expression that goes on behind the first tokens.
  private func labelColon(before count: Int) -> Int? {
    var index = count - 1
    while index >= 0 {
      switch tokens[index].kind {
      case .colon: return index
      case .bar, .ampersand, .exclamation, .quotedName, .rightParenthesis, .percent: index -= 1
      case .name, .leftParenthesis:
        // `(n` of a pattern ends the expression: only an operator or a colon goes on with it.
        guard index > 0 else { return nil }
        switch tokens[index - 1].kind {
        case .colon, .bar, .ampersand, .exclamation, .leftParenthesis: index -= 1
        default: return nil
        }
      default: return nil
      }
    }
    return nil
  }

  /// The innermost bracket that is open behind the first tokens.
  private func openBracket(before count: Int) -> Int? {
    var depth = 0
    for index in stride(from: count - 1, through: 0, by: -1) {
      switch tokens[index].kind {
      case .rightParenthesis, .rightBracket, .rightBrace: depth += 1
      case .leftParenthesis, .leftBracket, .leftBrace:
        if depth == 0 { return index }
        depth -= 1
      default: break
      }
    }
    return nil
  }

  /// Whether a brace begins a map rather than a subquery or a quantifier.
  private func isMap(_ brace: Int) -> Bool {
    guard brace > 0 else { return false }
    let before = tokens[brace - 1]
    if before.kind == .rightParenthesis {
      // Of a label expression, or else of a path pattern or a subquery's scope.
      return openBracket(before: brace - 1).map { labelColon(before: $0) != nil } ?? false
    }
    return before.kind != .name || !Self.subqueries.contains(before.keyword)
  }

  /// Behind `CALL a.b(…) YIELD` and what has been named there: the procedure whose columns fit.
  private func column(before count: Int) -> CompletionContext.Place? {
    var index = count - 1
    while index >= 0, tokens[index].keyword != .yield {
      guard tokens[index].kind == .comma || tokens[index].kind == .name else { return nil }
      index -= 1
    }
    index -= 1
    if index >= 0, tokens[index].kind == .rightParenthesis {
      guard let open = openBracket(before: index) else { return nil }
      index = open - 1
    }
    let end = index
    while index >= 2, tokens[index].kind == .name, tokens[index - 1].kind == .dot { index -= 2 }
    guard index >= 1, tokens[index].kind == .name, tokens[index - 1].keyword == .call else {
      return nil
    }
    return .column(of: text(Int(tokens[index].start), Int(tokens[end].end)))
  }

  /// Names that neither are keys, labels or functions nor belong to others.
  private var variables: [String] {
    var found: [String] = []
    for (index, token) in tokens.enumerated() where token.kind == .name && token.keyword == nil {
      let before = index > 0 ? tokens[index - 1].kind : .comma
      let next = index + 1 < tokens.count ? tokens[index + 1].kind : .endOfText
      let isOther =
        switch before {
        case .colon, .dot, .bar, .ampersand, .exclamation, .doubleColon, .leftBrace: true
        case .comma: next == .colon && isKey(index)
        default: false
        }
      if isOther || next == .leftParenthesis || next == .dot { continue }
      let name = text(token)
      if !found.contains(name) { found.append(name) }
    }
    return found
  }

  private func isKey(_ index: Int) -> Bool {
    openBracket(before: index).map { tokens[$0].kind == .leftBrace } ?? false
  }

  private func text(_ token: SyntaxToken) -> String { text(Int(token.start), Int(token.end)) }

  private func text(_ start: Int, _ end: Int) -> String {
    String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private static let clauses: Set<Keyword?> = [
    .set, .remove, .where, .return, .with, .match, .create, .merge, .on,
  ]
  private static let subqueries: Set<Keyword?> = [
    .call, .exists, .count, .collect, .then, .else, .when, .union,
  ]
}
