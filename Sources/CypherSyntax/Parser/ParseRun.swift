import Diagnostics

/// One text on its way through lexer and parser.
struct ParseRun {
  private let original: String
  private let text: DecodedText
  private let isTooLong: Bool

  init(_ original: String, _ bytes: [UInt8]) {
    self.original = original
    isTooLong = bytes.count >= Int(Int32.max)
    text = DecodedText(isTooLong ? [] : bytes)
  }

  /// Parses in the version that the statement's prefix names.
  func result(_ defaultVersion: CypherVersion) -> ParseResult {
    if let failure = unreadable() {
      return ParseResult(statement: nil, version: defaultVersion, failures: [failure])
    }
    var parser = self.parser(defaultVersion)
    let prefix = try? parser.prefix()
    let version = prefix.flatMap(PrefixCheck.version) ?? defaultVersion
    if let failure = prefix.flatMap(PrefixCheck.failure) {
      return ParseResult(statement: nil, version: version, failures: [failure])
    }
    return result(in: version)
  }

  private func result(in version: CypherVersion) -> ParseResult {
    var parser = self.parser(version)
    do {
      let statement = try parser.statements()
      var result = ParseResult(
        statement: statement, version: version, failures: placed(parser.failures),
        fixedLiterals: parser.fixedLiterals.sorted())
      if parser.hasLegacyNames { result.legacyNames = Self.legacyNames(in: parser) }
      return result
    } catch {
      var failure = self.failure(of: parser) { parser in _ = try? parser.statements() }
      if version < .cypher25, failure.causes.first?.gqlStatus == "42I06", isFine(in: .cypher25) {
        failure.causes.append(SyntaxFailures.otherVersionCause)
      }
      return ParseResult(statement: nil, version: version, failures: [failure])
    }
  }

  private static func legacyNames(in parser: Parser) -> [LegacyName] {
    parser.tokens.indices.compactMap { index in
      guard parser.tokens[index].kind == .name else { return nil }
      let text = parser.text(of: index)
      let character = text.unicodeScalars.first {
        $0.isASCII
          ? $0 == "$" || UInt8(ascii: $0).isIgnorableControl : CharacterClass.isIgnorableInName($0)
      }
      return character.map {
        LegacyName(text: text, character: $0, span: parser.span(of: index))
      }
    }
  }

  private func isFine(in version: CypherVersion) -> Bool {
    var parser = self.parser(version)
    return (try? parser.statements()) != nil && parser.failures.isEmpty
  }

  /// Parses an expression that stands alone.
  func expression(_ version: CypherVersion) -> Result<Expression, Failure> {
    if let failure = unreadable() { return .failure(failure) }
    var parser = self.parser(version)
    do {
      let expression = try parser.expression()
      guard parser.at(.endOfText) else { throw SyntaxAbort() }
      if let failure = placed(parser.failures).first { return .failure(failure) }
      return .success(expression)
    } catch {
      return .failure(
        failure(of: parser) { parser in
          _ = try? parser.expression()
          _ = parser.at(.endOfText)
        })
    }
  }

  private func parser(_ version: CypherVersion) -> Parser {
    var lexer = Lexer(version: version)
    let tokens = lexer.tokens(of: text.bytes)
    return Parser(
      version: version, text: text, tokens: tokens, hasComments: lexer.hasComments,
      hasLegacyNames: lexer.hasLegacyNameCharacters)
  }

  // MARK: - Failures

  private func unreadable() -> Failure? {
    if isTooLong {
      var failure = SyntaxFailures.tooLong()
      failure.position = SourcePosition(offset: 0, line: 1, column: 1)
      return failure
    }
    guard let offset = text.brokenEscape else { return nil }
    let rest = original.utf8.dropFirst(offset).prefix(4)
    var failure = SyntaxFailures.brokenUnicodeEscape(String(decoding: rest, as: UTF8.self))
    failure.position = SourcePosition(ofByte: offset, in: original)
    return failure
  }

  /// What ended `parser`: its own words, or what was expected at the token where it stopped.
  private func failure(of parser: Parser, again: (inout Parser) -> Void) -> Failure {
    if let failure = parser.abortFailure { return placed([failure])[0] }
    let token = parser.token
    switch token.kind {
    case .unclosedString: return placed(SyntaxFailures.unclosedString(), parser)
    case .unclosedComment: return placed(SyntaxFailures.unclosedComment(), parser)
    default: break
    }
    var second = self.parser(parser.version)
    second.collectAt = parser.index
    again(&second)
    let input =
      switch token.kind {
      case .endOfText: ""
      case .parameter: "$"
      default: parser.text(of: parser.index)
      }
    let shown = input.utf8.count > Self.longestWord ? String(input.prefix(100)) + "…" : input
    let failure = SyntaxFailures.invalidInput(
      shown, expected: Self.ordered(parser.told[parser.index] ?? second.expected))
    return placed(failure, parser)
  }

  /// Bytes of the longest word that a message repeats whole.
  private static let longestWord = 4_000

  private func placed(_ failure: Failure, _ parser: Parser) -> Failure {
    placed(failure, at: parser.span(of: parser.index).start)
  }

  private func placed(_ failure: Failure, at offset: Int) -> Failure {
    var failure = failure
    failure.position = SourcePosition(ofByte: offset, in: original)
    return failure
  }

  /// Turns byte offsets into positions.
  private func placed(_ failures: [Failure]) -> [Failure] {
    failures.map { failure in
      // A failure about the whole statement keeps its place at line 0.
      guard let position = failure.position, failure.causes.first?.gqlStatus != "42I15" else {
        return failure
      }
      return placed(failure, at: position.offset)
    }
  }

  /// Rules first, then tokens by their last word, then numbers, then the end of the text.
  private static func ordered(_ expected: Set<String>) -> [String] {
    func key(_ item: String) -> (Int, String) {
      if item == "<EOF>" { return (3, item) }
      if item == "an integer value" || item == "a float value" { return (2, item) }
      if item.hasPrefix("'") {
        let words = item.dropFirst().dropLast().split(separator: " ")
        return (1, (words.last.map(String.init) ?? "") + (words.count > 1 ? " " + item : ""))
      }
      return (0, item)
    }
    return expected.map { (key($0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
  }
}
