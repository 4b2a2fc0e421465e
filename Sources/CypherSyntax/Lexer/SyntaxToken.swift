public import Diagnostics

/// One token of a statement: its kind and its bytes' place.
public struct SyntaxToken: Hashable, Sendable {
  /// The kinds of tokens.
  public enum Kind: UInt8, Hashable, Sendable {
    /// A word: a keyword, or a name without back-ticks.
    case name
    /// A name in back-ticks.
    case quotedName
    /// `'…'` or `"…"`.
    case stringLiteral
    /// `s'…{e}…'`, in Cypher 25.
    case interpolatedString
    /// A number without point and exponent; may be malformed.
    case integerLiteral
    /// A number with point or exponent; may be malformed.
    case floatLiteral
    /// `$name`, `$0`.
    case parameter
    /// `// …` or `/* … */`; not part of the stream that the parser reads.
    case comment
    /// `$` that no name follows.
    case dollar
    /// `.`
    case dot
    /// `..`
    case dotDot
    /// `,`
    case comma
    /// `:`
    case colon
    /// `::`
    case doubleColon
    /// `;`
    case semicolon
    /// `(`
    case leftParenthesis
    /// `)`
    case rightParenthesis
    /// `[`
    case leftBracket
    /// `]`
    case rightBracket
    /// `{`
    case leftBrace
    /// `}`
    case rightBrace
    /// `+`
    case plus
    /// `+=`
    case plusEqual
    /// `-`
    case minus
    /// `*`
    case star
    /// `/`
    case slash
    /// `%`
    case percent
    /// `^`
    case caret
    /// `=`
    case equal
    /// `=~`
    case equalTilde
    /// `<>`
    case notEqual
    /// `!=`, which is no operator.
    case exclamationEqual
    /// `<`
    case less
    /// `<=`
    case lessOrEqual
    /// `>`
    case greater
    /// `>=`
    case greaterOrEqual
    /// `|`
    case bar
    /// `||`
    case doubleBar
    /// `&`
    case ampersand
    /// `!`
    case exclamation
    /// A dash other than `-`, which arrows take for it.
    case dash
    /// A look-alike of `<`, which arrows take for it.
    case leftArrowHead
    /// A look-alike of `>`, which arrows take for it.
    case rightArrowHead
    /// A string without its closing quote; reaches to the end of the text.
    case unclosedString
    /// A block comment without its end; reaches to the end of the text.
    case unclosedComment
    /// A byte or character that begins no token.
    case invalid
    /// The end of the text; the last token of every stream.
    case endOfText
  }

  /// What it is.
  public var kind: Kind
  /// Which keyword a `name` spells, if any; keywords are names wherever the grammar leaves no doubt.
  public var keyword: Keyword?
  /// Offset of the first byte.
  public var start: Int32
  /// Offset behind the last byte.
  public var end: Int32

  init(_ kind: Kind, _ start: Int, _ end: Int, keyword: Keyword? = nil) {
    self.kind = kind
    self.keyword = keyword
    self.start = Int32(truncatingIfNeeded: start)
    self.end = Int32(truncatingIfNeeded: end)
  }

  /// Where it stands.
  public var span: SourceSpan { SourceSpan(start: Int(start), end: Int(end)) }

  /// Whether it is a word or a name in back-ticks.
  var isName: Bool { kind == .name || kind == .quotedName }

  /// Whether it counts in the numbering of literals.
  var isLiteral: Bool { kind == .stringLiteral || kind == .integerLiteral || kind == .floatLiteral }
}

extension SyntaxToken {
  /// Splits a text into tokens, for highlighting and completion.
  ///
  /// Never fails: what cannot be read becomes an `invalid`, `unclosedString` or `unclosedComment`
  /// token. The last token is `endOfText`. Unicode escapes outside literals are not decoded here.
  ///
  /// - Parameters:
  ///   - text: A statement or a part of one.
  ///   - version: Decides about characters of names and interpolated strings.
  ///   - includingComments: Whether comments are tokens; blanks never are.
  /// - Returns: Tokens in text order.
  public static func tokens(
    in text: String, version: CypherVersion = .cypher5, includingComments: Bool = false
  ) -> [SyntaxToken] {
    let bytes = Array(text.utf8)
    var lexer = Lexer(version: version, keepsComments: includingComments)
    return lexer.tokens(of: bytes)
  }
}
