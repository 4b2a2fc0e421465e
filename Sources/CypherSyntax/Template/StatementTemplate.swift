public import Diagnostics

/// Finds the template of a statement, the literals apart, without parsing it.
///
/// Statements that share a key differ in blanks, comments and the values of literals only, and equal
/// literals stand at the same places. One value of this type is kept and used again and again: its
/// buffers are reused. Reads about as fast as memory allows a byte loop to.
public struct StatementTemplate: Sendable {
  /// The key of the last statement scanned.
  public private(set) var key = TemplateKey()
  /// The values of its number and string literals in text order; `Literal.ordinal` counts them.
  public private(set) var literals: [TemplateLiteral] = []
  /// Where each literal stands.
  public private(set) var spans: [SourceSpan] = []

  private var numbers = LiteralNumbers()
  private var text: [UInt8] = []

  /// Makes an empty scanner.
  public init() {}

  /// Scans a statement into `key`, `literals` and `spans`.
  ///
  /// - Parameter statement: The statement as sent.
  /// - Returns: Whether the statement has a template. Texts with Unicode escapes, interpolated
  ///   strings, or literals that do not lex have none.
  public mutating func scan(_ statement: String) -> Bool {
    text.removeAll(keepingCapacity: true)
    text.append(contentsOf: statement.utf8)
    return scanText()
  }

  /// Scans a statement's UTF-8 bytes into `key`, `literals` and `spans`.
  ///
  /// - Parameter bytes: The statement as sent.
  /// - Returns: Whether the statement has a template.
  public mutating func scan(bytes: [UInt8]) -> Bool {
    text = bytes
    return scanText()
  }

  private mutating func scanText() -> Bool {
    literals.removeAll(keepingCapacity: true)
    spans.removeAll(keepingCapacity: true)
    numbers.removeAll()
    var writer = KeyWriter(reusing: &key.bytes)
    var position = 0
    while let literal = writer.copy(upToLiteralIn: text.span, from: &position) {
      guard let value = value(of: literal) else {
        writer.finish(into: &key)
        return false
      }
      literals.append(value)
      spans.append(SourceSpan(start: literal.start, end: literal.end))
      writer.append(placeholder: numbers.number(ofLastIn: literals), kind: value.kindByte)
    }
    let isComplete = writer.isComplete
    writer.finish(into: &key)
    return isComplete
  }

  private func value(of literal: KeyWriter.LiteralToken) -> TemplateLiteral? {
    switch literal.kind {
    case .plainString:
      return .string(String(decoding: text[literal.start + 1..<literal.end - 1], as: UTF8.self))
    case .escapedString:
      return .string(
        LiteralDecoder.string(text.span.extracting(literal.start + 1..<literal.end - 1)))
    case .decimal(let value):
      return .integer(value)
    case .number(let isFloat):
      let bytes = text.span.extracting(literal.start..<literal.end)
      if isFloat, let value = ShortFloat.value(bytes) { return .float(value) }
      switch LiteralDecoder.number(bytes, isFloat: isFloat) {
      case .integer(let magnitude) where magnitude <= UInt64(Int64.max):
        return .integer(Int64(magnitude))
      case .float(let value): return .float(value)
      default: return nil
      }
    }
  }
}

extension StatementTemplate {
  /// Finds the text between two tokens of a statement, for the name of an unaliased column.
  ///
  /// - Parameters:
  ///   - first: Index of the first token, as `ProjectionItem.firstToken`.
  ///   - last: Index of the last token.
  ///   - statement: A statement of the same template as the one that was parsed.
  ///   - version: The language that it was parsed in.
  /// - Returns: From the first token's start to the last one's end; `nil` if there are not as many.
  public static func text(
    fromToken first: Int, toToken last: Int, of statement: String,
    version: CypherVersion = .cypher5
  ) -> String? {
    let bytes = Array(statement.utf8)
    var lexer = Lexer(version: version)
    let tokens = lexer.tokens(of: bytes)
    guard first >= 0, first <= last, last < tokens.count - 1 else { return nil }
    return String(
      decoding: bytes[Int(tokens[first].start)..<Int(tokens[last].end)], as: UTF8.self)
  }
}

/// Reads floats that need no arithmetic beyond one exact multiplication or division.
private enum ShortFloat {
  private static let powers: [Double] = (0...22).map { exponent in
    (0..<exponent).reduce(1.0) { value, _ in value * 10 }
  }

  /// The value of `digits.digits` with at most 15 digits in all; `nil` for other forms.
  static func value(_ bytes: Span<UInt8>) -> Double? {
    guard bytes.count <= 16 else { return nil }
    var digits: UInt64 = 0
    var fraction = 0
    var isAfterPoint = false
    for index in 0..<bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: ".") {
        if isAfterPoint { return nil }
        isAfterPoint = true
      } else if byte.isDigit {
        digits = digits &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
        if isAfterPoint { fraction += 1 }
      } else {
        return nil
      }
    }
    // Below 2^53 and 10^22 both operands are exact, so the quotient is rounded once.
    guard digits < 1 << 53, fraction <= 22 else { return nil }
    return Double(digits) / powers[fraction]
  }
}
