import GraphValues

/// How texts are cut into words for full-text search.
enum TextAnalyzer: String, CaseIterable {
  case keyword
  case simple
  case standard
  case standardWithoutStopWords = "standard-no-stop-words"
  case whitespace
  case unicodeWhitespace = "unicode_whitespace"

  /// One sentence.
  var summary: String {
    switch self {
    case .keyword: "The whole text is one word."
    case .simple: "Runs of letters are words, in lower case."
    case .standard: "Runs of letters and digits are words, in lower case."
    case .standardWithoutStopWords:
      "Runs of letters and digits are words, in lower case; none is left out."
    case .whitespace: "What stands between blanks is a word, as it is written."
    case .unicodeWhitespace: "What stands between blanks of any script is a word, as it is written."
    }
  }

  /// The words of a string, or of the strings of a list, in order.
  func words(of value: Value) -> [String] {
    switch value {
    case .string(let text): words(in: text)
    case .list(let elements): elements.flatMap { words(of: $0) }
    default: []
    }
  }

  /// The words of a text.
  func words(in text: String) -> [String] {
    switch self {
    case .keyword: return text.isEmpty ? [] : [text]
    case .whitespace, .unicodeWhitespace:
      return text.unicodeScalars.split { $0.properties.isWhitespace }.map { String($0) }
    case .simple: return split(text) { $0.properties.isAlphabetic }
    case .standard, .standardWithoutStopWords:
      return split(text) {
        $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "_"
      }
    }
  }

  private func split(_ text: String, _ belongs: (Unicode.Scalar) -> Bool) -> [String] {
    text.unicodeScalars.split { !belongs($0) }.map { String($0).lowercased() }
  }
}
