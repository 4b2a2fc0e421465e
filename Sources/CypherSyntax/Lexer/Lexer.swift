/// Cuts UTF-8 bytes into tokens.
///
/// Blanks and comments separate tokens and leave none. One pass, no backtracking, no allocation
/// besides the array of tokens.
struct Lexer {
  let version: CypherVersion
  let keepsComments: Bool
  /// Whether a name holds characters that only Cypher 5 takes.
  private(set) var hasLegacyNameCharacters = false
  /// Whether there are comments.
  private(set) var hasComments = false
  private var tokens: [SyntaxToken] = []

  init(version: CypherVersion, keepsComments: Bool = false) {
    self.version = version
    self.keepsComments = keepsComments
  }

  /// Cuts all bytes; the last token is `endOfText`.
  ///
  /// Texts over 2 GiB are not tokens any more: their rest is one invalid token.
  mutating func tokens(of bytes: [UInt8]) -> [SyntaxToken] {
    tokens(of: bytes, in: bytes.indices)
  }

  /// Cuts a part of the bytes; tokens count from the beginning of all.
  mutating func tokens(of bytes: [UInt8], in range: Range<Int>) -> [SyntaxToken] {
    tokens.removeAll()
    tokens.reserveCapacity(min(range.count / 4 + 8, 1 << 16))
    guard bytes.count < Int(Int32.max) else {
      return [SyntaxToken(.invalid, 0, 1), SyntaxToken(.endOfText, 1, 1)]
    }
    let span = bytes.span.extracting(0..<range.upperBound)
    var position = range.lowerBound
    while position < span.count {
      position = step(span, position)
    }
    tokens.append(SyntaxToken(.endOfText, span.count, span.count))
    return tokens
  }

  private mutating func step(_ bytes: Span<UInt8>, _ start: Int) -> Int {
    let byte = bytes[start]
    switch CharacterClass.table[Int(byte)] {
    case CharacterClass.blank:
      return start + 1
    case CharacterClass.letter:
      return name(bytes, start)
    case CharacterClass.digit:
      return number(bytes, start)
    case CharacterClass.multibyte:
      return multibyte(bytes, start)
    default:
      return symbol(bytes, start, byte)
    }
  }

  private mutating func add(_ kind: SyntaxToken.Kind, _ start: Int, _ end: Int) -> Int {
    tokens.append(SyntaxToken(kind, start, end))
    return end
  }

  private mutating func symbol(_ bytes: Span<UInt8>, _ start: Int, _ byte: UInt8) -> Int {
    let next: UInt8 = start + 1 < bytes.count ? bytes[start + 1] : 0
    switch byte {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return string(bytes, start, .stringLiteral)
    case UInt8(ascii: "`"): return quotedName(bytes, start)
    case UInt8(ascii: "/"):
      if next == UInt8(ascii: "/") || next == UInt8(ascii: "*") {
        return comment(bytes, start, isBlock: next == UInt8(ascii: "*"))
      }
      return add(.slash, start, start + 1)
    case UInt8(ascii: "$"): return parameter(bytes, start)
    case UInt8(ascii: "."):
      if next == UInt8(ascii: ".") { return add(.dotDot, start, start + 2) }
      if next.isDigit { return number(bytes, start) }
      return add(.dot, start, start + 1)
    default:
      let (kind, length) = Self.symbolKind(byte, next)
      return add(kind, start, start + length)
    }
  }

  private static func symbolKind(_ byte: UInt8, _ next: UInt8) -> (SyntaxToken.Kind, Int) {
    switch (byte, next) {
    case (UInt8(ascii: ":"), UInt8(ascii: ":")): (.doubleColon, 2)
    case (UInt8(ascii: "+"), UInt8(ascii: "=")): (.plusEqual, 2)
    case (UInt8(ascii: "="), UInt8(ascii: "~")): (.equalTilde, 2)
    case (UInt8(ascii: "<"), UInt8(ascii: ">")): (.notEqual, 2)
    case (UInt8(ascii: "<"), UInt8(ascii: "=")): (.lessOrEqual, 2)
    case (UInt8(ascii: ">"), UInt8(ascii: "=")): (.greaterOrEqual, 2)
    case (UInt8(ascii: "!"), UInt8(ascii: "=")): (.exclamationEqual, 2)
    case (UInt8(ascii: "|"), UInt8(ascii: "|")): (.doubleBar, 2)
    case (UInt8(ascii: ","), _): (.comma, 1)
    case (UInt8(ascii: ":"), _): (.colon, 1)
    case (UInt8(ascii: ";"), _): (.semicolon, 1)
    case (UInt8(ascii: "("), _): (.leftParenthesis, 1)
    case (UInt8(ascii: ")"), _): (.rightParenthesis, 1)
    case (UInt8(ascii: "["), _): (.leftBracket, 1)
    case (UInt8(ascii: "]"), _): (.rightBracket, 1)
    case (UInt8(ascii: "{"), _): (.leftBrace, 1)
    case (UInt8(ascii: "}"), _): (.rightBrace, 1)
    case (UInt8(ascii: "+"), _): (.plus, 1)
    case (UInt8(ascii: "-"), _): (.minus, 1)
    case (UInt8(ascii: "*"), _): (.star, 1)
    case (UInt8(ascii: "%"), _): (.percent, 1)
    case (UInt8(ascii: "^"), _): (.caret, 1)
    case (UInt8(ascii: "="), _): (.equal, 1)
    case (UInt8(ascii: "<"), _): (.less, 1)
    case (UInt8(ascii: ">"), _): (.greater, 1)
    case (UInt8(ascii: "|"), _): (.bar, 1)
    case (UInt8(ascii: "&"), _): (.ampersand, 1)
    case (UInt8(ascii: "!"), _): (.exclamation, 1)
    default: (.invalid, 1)
    }
  }

  // MARK: - Names

  private mutating func name(_ bytes: Span<UInt8>, _ start: Int) -> Int {
    let end = nameEnd(bytes, start)
    let keyword = Keyword.find(bytes, start, end)
    if version >= .cypher25, end == start + 1, bytes[start] | 0x20 == UInt8(ascii: "s"),
      end < bytes.count, bytes[end] == UInt8(ascii: "'") || bytes[end] == UInt8(ascii: "\"")
    {
      return interpolatedString(bytes, start)
    }
    tokens.append(SyntaxToken(.name, start, end, keyword: keyword))
    return end
  }

  /// Where the characters that may go on a name end.
  private mutating func nameEnd(_ bytes: Span<UInt8>, _ start: Int) -> Int {
    var position = start
    while position < bytes.count {
      let byte = bytes[position]
      switch CharacterClass.table[Int(byte)] {
      case CharacterClass.letter, CharacterClass.digit:
        position += 1
      case CharacterClass.multibyte:
        guard let (scalar, length) = decodeScalar(bytes, position), partOfName(scalar) else {
          return position
        }
        position += length
      default:
        guard byte == UInt8(ascii: "$") || byte.isIgnorableControl, version == .cypher5 else {
          return position
        }
        hasLegacyNameCharacters = true
        position += 1
      }
    }
    return position
  }

  private mutating func partOfName(_ scalar: Unicode.Scalar) -> Bool {
    if CharacterClass.goesOnName(scalar) { return true }
    guard version == .cypher5, CharacterClass.isIgnorableInName(scalar) else { return false }
    hasLegacyNameCharacters = true
    return true
  }

  private mutating func quotedName(_ bytes: Span<UInt8>, _ start: Int) -> Int {
    var position = start + 1
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "`") {
        guard position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "`") else {
          return add(.quotedName, start, position + 1)
        }
        position += 1
      }
      position += 1
    }
    // Without its end the back-tick alone is wrong, as the parser will say.
    return add(.invalid, start, start + 1)
  }

  private mutating func parameter(_ bytes: Span<UInt8>, _ start: Int) -> Int {
    var position = start + 1
    while position < bytes.count, CharacterClass.table[Int(bytes[position])] == CharacterClass.blank
    {
      position += 1
    }
    guard position < bytes.count else { return add(.dollar, start, start + 1) }
    if bytes[position] == UInt8(ascii: "`") {
      let before = tokens.count
      let end = quotedName(bytes, position)
      let isClosed = tokens[before].kind == .quotedName
      tokens.removeLast(tokens.count - before)
      return isClosed ? add(.parameter, start, end) : add(.dollar, start, start + 1)
    }
    let isName =
      switch CharacterClass.table[Int(bytes[position])] {
      case CharacterClass.letter, CharacterClass.digit: true
      case CharacterClass.multibyte:
        decodeScalar(bytes, position).map { CharacterClass.startsName($0.0) } ?? false
      default: false
      }
    guard isName else { return add(.dollar, start, start + 1) }
    return add(.parameter, start, nameEnd(bytes, position))
  }

  // MARK: - Literals

  private mutating func string(
    _ bytes: Span<UInt8>, _ start: Int, _ kind: SyntaxToken.Kind
  ) -> Int {
    let quote = bytes[start]
    var position = start + 1
    while position < bytes.count {
      let byte = bytes[position]
      if byte == quote { return add(kind, start, position + 1) }
      position += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    return add(.unclosedString, start, bytes.count)
  }

  /// `s'…{e}…'`: braces nest, and strings within braces hide quotes and braces.
  private mutating func interpolatedString(_ bytes: Span<UInt8>, _ start: Int) -> Int {
    let quote = bytes[start + 1]
    var position = start + 2
    var depth = 0
    var inner: UInt8 = 0
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\\") {
        position += 2
        continue
      }
      if inner != 0 {
        if byte == inner { inner = 0 }
      } else if depth == 0 {
        if byte == quote { return add(.interpolatedString, start, position + 1) }
        if byte == UInt8(ascii: "{") { depth = 1 }
      } else if byte == UInt8(ascii: "{") {
        depth += 1
      } else if byte == UInt8(ascii: "}") {
        depth -= 1
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"")
        || byte == UInt8(ascii: "`")
      {
        inner = byte
      }
      position += 1
    }
    return add(.unclosedString, start, bytes.count)
  }

  /// A number with all letters and digits that touch it: whether it is well-formed is told later.
  private mutating func number(_ bytes: Span<UInt8>, _ start: Int) -> Int {
    let (end, isFloat) = numberEnd(bytes, start)
    return add(isFloat ? .floatLiteral : .integerLiteral, start, end)
  }

  /// Where a number and all that touches it end, and whether it has a point or an exponent.
  mutating func numberEnd(_ bytes: Span<UInt8>, _ start: Int) -> (end: Int, isFloat: Bool) {
    var position = digitsEnd(bytes, start)
    var isFloat = false
    if position + 1 < bytes.count, bytes[position] == UInt8(ascii: "."),
      bytes[position + 1].isDigit
    {
      isFloat = true
      position = digitsEnd(bytes, position + 1)
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      var exponent = position + 1
      if exponent < bytes.count,
        bytes[exponent] == UInt8(ascii: "+") || bytes[exponent] == UInt8(ascii: "-")
      {
        exponent += 1
      }
      if exponent < bytes.count, bytes[exponent].isDigit {
        isFloat = true
        position = digitsEnd(bytes, exponent)
      }
    }
    return (nameEnd(bytes, position), isFloat)
  }

  private func digitsEnd(_ bytes: Span<UInt8>, _ start: Int) -> Int {
    var position = start
    while position < bytes.count, bytes[position].isDigit || bytes[position] == UInt8(ascii: "_") {
      position += 1
    }
    return position
  }

  // MARK: - The rest

  private mutating func comment(_ bytes: Span<UInt8>, _ start: Int, isBlock: Bool) -> Int {
    hasComments = true
    var position = start + 2
    if isBlock {
      while position + 1 < bytes.count {
        if bytes[position] == UInt8(ascii: "*"), bytes[position + 1] == UInt8(ascii: "/") {
          if keepsComments { tokens.append(SyntaxToken(.comment, start, position + 2)) }
          return position + 2
        }
        position += 1
      }
      return add(.unclosedComment, start, bytes.count)
    }
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n"),
      bytes[position] != UInt8(ascii: "\r")
    {
      position += 1
    }
    if keepsComments { tokens.append(SyntaxToken(.comment, start, position)) }
    return position
  }

  private mutating func multibyte(_ bytes: Span<UInt8>, _ start: Int) -> Int {
    guard let (scalar, length) = decodeScalar(bytes, start) else {
      return add(.invalid, start, start + 1)
    }
    if CharacterClass.isBlank(scalar, version) { return start + length }
    if CharacterClass.startsName(scalar) { return name(bytes, start) }
    let kind: SyntaxToken.Kind =
      switch scalar {
      case "\u{AD}", "\u{2010}"..."\u{2015}", "\u{2212}", "\u{FE58}", "\u{FE63}", "\u{FF0D}": .dash
      case "\u{27E8}", "\u{3008}", "\u{FE64}", "\u{FF1C}": .leftArrowHead
      case "\u{27E9}", "\u{3009}", "\u{FE65}", "\u{FF1E}": .rightArrowHead
      default: .invalid
      }
    return add(kind, start, start + length)
  }
}
