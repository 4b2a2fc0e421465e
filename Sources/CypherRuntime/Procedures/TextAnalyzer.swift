import Foundation
import GraphValues

/// How texts are cut into words for full-text search.
enum TextAnalyzer: String, CaseIterable {
  case arabic, armenian, basque, brazilian, bulgarian, catalan, cjk, classic, czech, danish, dutch
  case email, english, finnish, french, galician, german, greek, hindi, hungarian, indonesian
  case irish, italian, keyword, latvian, lithuanian, norwegian, persian, portuguese, romanian
  case russian, simple, sorani, spanish, standard
  case standardWithFolding = "standard-folding"
  case standardWithoutStopWords = "standard-no-stop-words"
  case stop, swedish, thai, turkish
  case unicodeWhitespace = "unicode_whitespace"
  case url
  case urlOrEmail = "url_or_email"
  case whitespace

  /// One sentence.
  var summary: String {
    switch self {
    case .keyword: "The whole text is one word."
    case .simple: "Runs of letters are words, in lower case."
    case .stop: "Runs of letters are words, in lower case; English stop words are left out."
    case .standard, .classic, .email, .url, .urlOrEmail, .cjk:
      "Words as Unicode parts them, in lower case; English stop words are left out."
    case .standardWithFolding: "As standard, and without accents."
    case .standardWithoutStopWords:
      "Words as Unicode parts them, in lower case; none is left out."
    case .whitespace: "What stands between blanks is a word, as it is written."
    case .unicodeWhitespace: "What stands between blanks of any script is a word, as it is written."
    case .english: "As standard, and words are cut down to their stems."
    default: "Words as Unicode parts them, in lower case; stems are not told apart."
    }
  }

  /// The words that are left out.
  var stopWords: Set<String> {
    switch self {
    case .standard, .classic, .email, .url, .urlOrEmail, .cjk, .standardWithFolding, .english,
      .stop:
      Self.englishStopWords
    default: []
    }
  }

  private static let englishStopWords: Set<String> = [
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it",
    "no", "not", "of", "on", "or", "such", "that", "the", "their", "then", "there", "these",
    "they", "this", "to", "was", "will", "with",
  ]

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
    case .simple, .stop:
      return finish(text.unicodeScalars.split { !$0.properties.isAlphabetic }.map { String($0) })
    default: return finish(standardWords(of: text))
    }
  }

  /// A part of a word or a pattern, written as words stand in the index: nothing is cut or left
  /// out.
  func normalized(_ text: String) -> String {
    switch self {
    case .keyword, .whitespace, .unicodeWhitespace: text
    case .standardWithFolding: folded(text.lowercased())
    default: text.lowercased()
    }
  }

  private func finish(_ words: [String]) -> [String] {
    let left = stopWords
    return words.compactMap { word in
      var word = normalized(word)
      if self == .english, let end = word.lastIndex(where: { $0 == "'" || $0 == "\u{2019}" }),
        word[end...].dropFirst() == "s"
      {
        word = String(word[..<end])
      }
      guard !left.contains(word) else { return nil }
      return self == .english ? EnglishStem.of(word) : word
    }
  }

  private func folded(_ text: String) -> String {
    text.folding(options: .diacriticInsensitive, locale: nil)
  }
}

/// Cuts a text where Unicode parts words (UAX 29): a full stop within a number or a name, an
/// apostrophe within a word hold it together; an ideograph is a word of its own.
private func standardWords(of text: String) -> [String] {
  let scalars = Array(text.unicodeScalars)
  var words: [String] = []
  var word = String.UnicodeScalarView()
  func finish() {
    if word.contains(where: { $0 != "_" }) { words.append(String(word)) }
    word = String.UnicodeScalarView()
  }
  for (place, scalar) in scalars.enumerated() {
    if isIdeograph(scalar) {
      finish()
      word.append(scalar)
      finish()
    } else if isLetter(scalar) || isDigit(scalar) || scalar == "_" || isMark(scalar) {
      word.append(scalar)
    } else if let before = word.last, place + 1 < scalars.count,
      joins(scalar, before, scalars[place + 1])
    {
      word.append(scalar)
    } else {
      finish()
    }
  }
  finish()
  return words
}

private func joins(
  _ scalar: Unicode.Scalar, _ before: Unicode.Scalar, _ after: Unicode.Scalar
) -> Bool {
  if isLetter(before), isLetter(after), !isIdeograph(after) {
    return ".':\u{B7}\u{2018}\u{2019}\u{2024}\u{2027}\u{FF0E}\u{FF07}\u{FF1A}".unicodeScalars
      .contains(scalar)
  }
  guard isDigit(before), isDigit(after) else { return false }
  return ".,;'\u{2018}\u{2019}\u{2024}\u{FF0C}\u{FF0E}\u{FF1B}\u{FF07}".unicodeScalars
    .contains(scalar)
}

private func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic }

private func isDigit(_ scalar: Unicode.Scalar) -> Bool {
  scalar.properties.generalCategory == .decimalNumber
}

private func isMark(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .spacingMark, .enclosingMark: true
  default: false
  }
}

/// Han and Hiragana.
private func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
  scalar.properties.isIdeographic || (0x3041...0x309F).contains(scalar.value)
}
