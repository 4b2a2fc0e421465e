import Diagnostics

// Calls whose arguments are not plain expressions.

extension Parser {
  /// `trim([LEADING | TRAILING | BOTH] [characters] FROM text)`; `nil` for the plain form.
  mutating func trimCall(_ name: QualifiedName, _ first: Int) throws(SyntaxAbort) -> Expression? {
    guard name.parts.count == 1, name.text.lowercased() == "trim", let open = openParenthesis(),
      hasFromInside(open)
    else { return nil }
    var side = FunctionCall.TrimSide.both
    let sideSpan = here
    if token.kind == .name, peek(1).kind != .rightParenthesis {
      switch text(of: index).uppercased() {
      case "LEADING": side = .leading
      case "TRAILING": side = .trailing
      case "BOTH": side = .both
      default: side = .both
      }
      if ["LEADING", "TRAILING", "BOTH"].contains(text(of: index).uppercased()) { advance() }
    }
    var characters: Expression?
    if !isAt(.from) { characters = try expression() }
    try expect(.from)
    let source = try expression()
    try expect(.rightParenthesis)
    let word = Expression(.literal(Literal(.string(side.text))), span: sideSpan)
    let arguments = [word] + (characters.map { [$0] } ?? []) + [source]
    return Expression(
      .function(FunctionCall(name: name, quantifier: nil, arguments: arguments, trim: side)),
      span: spanFrom(first))
  }

  private func openParenthesis() -> Int? {
    index > 0 && tokens[index - 1].kind == .leftParenthesis ? index - 1 : nil
  }

  /// Whether the word FROM stands directly within the parentheses.
  private func hasFromInside(_ open: Int) -> Bool {
    guard let close = partner(of: open) else { return false }
    var at = open + 1
    while at < close {
      if tokens[at].keyword == .from, tokens[at].kind == .name, at + 1 < close,
        at > open + 1 || beginsOperand(tokens[at + 1]), tokens[at - 1].kind != .dot,
        tokens[at + 1].kind != .dot, tokens[at - 1].kind != .comma
      {
        return true
      }
      at = (partner(of: at) ?? at) + 1
    }
    return false
  }

  /// Whether a token cannot go on with a variable, so that the word in front of it is none.
  private func beginsOperand(_ token: SyntaxToken) -> Bool {
    switch token.kind {
    case .stringLiteral, .name, .quotedName, .parameter, .integerLiteral, .floatLiteral:
      ![.is, .in, .and, .or, .xor, .starts, .ends, .contains, .not].contains(token.keyword)
    default: false
    }
  }

  /// The third argument of `vector(list, dimensions, TYPE)`: the type's main name as a variable.
  mutating func vectorType(_ name: QualifiedName, _ position: Int) throws(SyntaxAbort)
    -> Expression?
  {
    guard version >= .cypher25, position == 2, name.parts.count == 1,
      name.text.lowercased() == "vector", token.kind == .name
    else { return nil }
    let first = index
    let isSigned = isAt(.signed) && (peek(1).keyword == .integer || peek(1).keyword == .int)
    let end = isSigned ? 2 : 1
    let hasNotNull = peek(end).keyword == .not && peek(end + 1).keyword == .null
    guard isSigned || hasNotNull else { return nil }
    let coordinate = try vectorCoordinate()
    if accept(.not) { try expect(.null) }
    let span = spanFrom(first)
    return Expression(.variable(Name(coordinate.rawValue, span: span)), span: span)
  }
}
