import Formatting

/// A map expression that sets parameters, from one of the forms that users may write.
struct ParameterExpression: Equatable, Sendable {
  /// The map, as Cypher.
  let map: String

  /// Reads `{a: 1, b: 2}`, `a => 1`, `a: 1` or `a 1`; `nil` when it is none of these.
  ///
  /// Only the shape is looked at; what stands inside is for the engine to judge.
  init?(_ source: String) {
    let text = Self.trimmed(source)
    if text.utf8.first == 0x7B {
      map = String(text)
      return
    }
    guard let (name, rest) = Self.name(in: text) else { return nil }
    let behind = rest.drop { $0.isWhitespace }
    if behind.hasPrefix("=>") {
      let value = behind.dropFirst(2).drop { $0.isWhitespace }
      if !value.isEmpty {
        map = "{\(name): \(value)}"
        return
      }
    }
    let hasColon = rest.first == ":"
    let value = (hasColon ? rest.dropFirst() : rest).drop { $0.isWhitespace }
    let isApart = hasColon || rest.first?.isWhitespace ?? false
    guard isApart, !value.isEmpty, !(hasColon && value.hasPrefix("=>")) else { return nil }
    map = "{\(name): \(value)}"
  }

  /// Without blanks around it and `;` at its end.
  private static func trimmed(_ source: String) -> Substring {
    var text = source.drop { $0.isWhitespace }
    while let last = text.last, last.isWhitespace || last == ";" { text.removeLast() }
    return text
  }

  /// The name at the start of a text, with its backticks, and what follows.
  private static func name(in text: Substring) -> (Substring, Substring)? {
    if text.first == "`" {
      var place = text.index(after: text.startIndex)
      while let end = text[place...].firstIndex(of: "`") {
        let next = text.index(after: end)
        if next < text.endIndex, text[next] == "`" {
          place = text.index(after: next)
          continue
        }
        guard text.distance(from: text.startIndex, to: end) > 1 else { return nil }
        return (text[..<next], text[next...])
      }
      return nil
    }
    let scalars = text.unicodeScalars
    let end =
      scalars.firstIndex { scalar in
        let isDigit = scalar.value >= 0x30 && scalar.value <= 0x39
        return !(scalar == "_" || isDigit || NameText.isLetter(scalar))
      } ?? scalars.endIndex
    guard NameText.isPlain(String(text[..<end])) else { return nil }
    return (text[..<end], text[end...])
  }
}
