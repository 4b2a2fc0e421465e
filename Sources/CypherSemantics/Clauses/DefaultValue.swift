import QueryPlan

/// Reads the defaults of procedures' inputs: `null`, booleans, numbers, quoted strings, `{}` and `[]`.
enum DefaultValue {
  static func parse(_ text: String) -> Bound.Expression {
    switch text {
    case "null": return literal(.null)
    case "true": return literal(.boolean(true))
    case "false": return literal(.boolean(false))
    case "{}": return .map([])
    case "[]": return .list([])
    default: break
    }
    if let number = Int64(text) { return literal(.integer(number)) }
    if let number = Double(text) { return literal(.float(number.bitPattern)) }
    if text.count >= 2, let quote = text.first, quote == "'" || quote == "\"", text.last == quote {
      return literal(.string(String(text.dropFirst().dropLast())))
    }
    return literal(.string(text))
  }

  private static func literal(_ content: Bound.Literal.Content) -> Bound.Expression {
    .literal(Bound.Literal(content))
  }
}
