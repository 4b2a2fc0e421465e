import Diagnostics

extension Parser {
  /// `s'…{e}…'`: each expression in braces is read by a parser of its own.
  mutating func interpolatedString() throws(SyntaxAbort) -> Expression {
    let first = index
    let end = Int(token.end) - 1
    var position = Int(token.start) + 2
    var parts: [InterpolatedPart] = []
    var start = position
    while position < end {
      switch text.bytes[position] {
      case UInt8(ascii: "\\"):
        position += 2
        continue
      case UInt8(ascii: "{"):
        appendText(start..<position, to: &parts)
        let close = closingBrace(position, end)
        parts.append(.expression(try embedded(position + 1..<close)))
        position = close
        start = close + 1
      case UInt8(ascii: "}"):
        throw abort(SyntaxFailures.invalidInput("}", expected: ["an expression"]), at: here)
      default: break
      }
      position += 1
    }
    appendText(start..<end, to: &parts)
    advance()
    return Expression(.interpolatedString(parts), span: spanFrom(first))
  }

  private func appendText(_ range: Range<Int>, to parts: inout [InterpolatedPart]) {
    guard !range.isEmpty else { return }
    let bytes = text.bytes.span.extracting(range)
    parts.append(.text(LiteralDecoder.string(bytes, escapesBraces: true)))
  }

  /// The brace that closes the one at `open`, past nested braces and strings.
  private func closingBrace(_ open: Int, _ end: Int) -> Int {
    var depth = 0
    var quote: UInt8 = 0
    var position = open
    while position < end {
      let byte = text.bytes[position]
      if byte == UInt8(ascii: "\\") {
        position += 2
        continue
      }
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == UInt8(ascii: "{") {
        depth += 1
      } else if byte == UInt8(ascii: "}") {
        depth -= 1
        if depth == 0 { return position }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"")
        || byte == UInt8(ascii: "`")
      {
        quote = byte
      }
      position += 1
    }
    return end
  }

  private mutating func embedded(_ range: Range<Int>) throws(SyntaxAbort) -> Expression {
    try enter()
    var lexer = Lexer(version: version)
    let tokens = lexer.tokens(of: text.bytes, in: range)
    var inner = Parser(version: version, text: text, tokens: tokens)
    inner.depth = depth
    let expression: Expression
    do {
      expression = try inner.expression()
      guard inner.isAt(.endOfText) else { throw SyntaxAbort() }
    } catch {
      if let failure = inner.abortFailure {
        abortFailure = failure
        throw SyntaxAbort()
      }
      let input = inner.isAt(.endOfText) ? "}" : inner.text(of: inner.index)
      throw abort(
        SyntaxFailures.invalidInput(input, expected: ["an expression"]),
        at: inner.span(of: inner.index))
    }
    failures.append(contentsOf: inner.failures)
    height = max(height, inner.height)
    leave()
    return expression
  }
}
