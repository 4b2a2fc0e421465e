public import Diagnostics

/// What parsing a statement yields: the tree as far as it goes, and what is wrong.
public struct ParseResult: Sendable {
  /// The tree; `nil` where the text is too broken to have one.
  public var statement: Statement?
  /// The version of the language that the statement is in: its prefix's, else the default.
  public var version: CypherVersion
  /// What is wrong, in text order; empty for a statement that may go on to the semantic check.
  public var failures: [Failure]
  /// Numbers of the literal tokens that the tree takes in otherwise than as literal expressions.
  ///
  /// They are bounds of quantifiers, versions, field terminators and the like, as ordinals. A plan
  /// serves statements of the same template only if these have the same values.
  public var fixedLiterals: [Int]
  /// Names without back-ticks that only Cypher 5 takes so, for a character in them.
  public var legacyNames: [LegacyName] = []

  /// Makes a result.
  public init(
    statement: Statement?, version: CypherVersion = .cypher5, failures: [Failure],
    fixedLiterals: [Int] = []
  ) {
    self.statement = statement
    self.version = version
    self.failures = failures
    self.fixedLiterals = fixedLiterals
  }
}

/// A name without back-ticks with a character that later versions take in back-ticks only.
public struct LegacyName: Sendable, Hashable {
  /// The name.
  public var text: String
  /// The first such character of it.
  public var character: Unicode.Scalar
  /// Where the name stands.
  public var span: SourceSpan
}

/// The door to the parser.
public enum CypherParser {
  /// The depth that no tree exceeds, counting nested expressions, patterns and queries.
  ///
  /// Deeper text is answered with a syntax error, so that code that walks trees may recurse.
  public static let maximumDepth = 400

  /// Parses one statement; a semicolon behind it is allowed.
  ///
  /// - Parameters:
  ///   - text: The statement as sent.
  ///   - defaultVersion: The language where the statement does not choose with `CYPHER 25`.
  /// - Returns: The tree, or failures with their positions, or both.
  public static func parse(
    _ text: String, defaultVersion: CypherVersion = .cypher5
  ) -> ParseResult {
    ParseRun(text, Array(text.utf8)).result(defaultVersion)
  }

  /// Parses one statement from bytes, which must be UTF-8.
  ///
  /// - Parameters:
  ///   - bytes: The statement as sent.
  ///   - defaultVersion: The language where the statement does not choose with `CYPHER 25`.
  /// - Returns: The tree, or failures with their positions, or both.
  public static func parse(
    bytes: [UInt8], defaultVersion: CypherVersion = .cypher5
  ) -> ParseResult {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let failure = malformed(
        String(decoding: bytes, as: UTF8.self), at: validPrefix(of: bytes[...]))
      return ParseResult(statement: nil, version: defaultVersion, failures: [failure])
    }
    return ParseRun(text, bytes).result(defaultVersion)
  }

  /// The failure of a statement with bytes that are not UTF-8.
  ///
  /// - Parameters:
  ///   - text: The statement, with U+FFFD for those bytes.
  ///   - offset: Where the first of them stood.
  /// - Returns: A syntax error with its position.
  public static func malformed(_ text: String, at offset: Int) -> Failure {
    var failure = SyntaxFailures.notUTF8()
    failure.position = SourcePosition(ofByte: offset, in: text)
    return failure
  }

  /// How many bytes from the start are whole characters of UTF-8.
  static func validPrefix(of bytes: ArraySlice<UInt8>) -> Int {
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var count = 0
    while case .valid(let scalar) = parser.parseScalar(from: &iterator) { count += scalar.count }
    return count
  }

  /// Parses an expression that stands alone, as the shell's `:param` commands hold it.
  ///
  /// - Parameters:
  ///   - text: Nothing but the expression.
  ///   - version: The language.
  /// - Returns: The expression, or what is wrong.
  public static func parseExpression(
    _ text: String, version: CypherVersion = .cypher5
  ) -> Result<Expression, Failure> {
    ParseRun(text, Array(text.utf8)).expression(version)
  }
}
