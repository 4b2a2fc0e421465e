/// Takes secrets out of what goes into a history.
enum Redaction {
  private static let mask = "********"
  /// Words behind or in which string literals are secrets.
  private static let secretWords = ["password", "passwd", "pwd", "pw", "secret", "token"]

  /// The text with passwords replaced.
  ///
  /// In `:connect` the value of `-p`; elsewhere every string literal after a word that names a
  /// secret, up to the end of its clause.
  static func redacted(_ text: String) -> String {
    if text.lowercased().hasPrefix(":connect") { return connectLine(text) }
    let lower = text.lowercased()
    guard secretWords.contains(where: { lower.contains($0) }) else { return text }
    return withoutSecretLiterals(text)
  }

  private static func connectLine(_ text: String) -> String {
    var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    for index in words.indices {
      if index + 1 < words.count, words[index] == "-p" || words[index] == "--password" {
        words[index + 1] = mask
      } else if words[index].hasPrefix("--password=") {
        words[index] = "--password=\(mask)"
      } else if words[index].hasPrefix("-p"), !words[index].hasPrefix("-p="), words[index] != "-p" {
        words[index] = "-p\(mask)"
      }
    }
    return words.joined(separator: " ")
  }

  private static func withoutSecretLiterals(_ text: String) -> String {
    var result = ""
    var word = ""
    var isSecret = false
    var quote: Character?
    var isEscaped = false
    for character in text {
      if let open = quote {
        if isEscaped {
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == open {
          quote = nil
          if isSecret { result += mask }
          result.append(character)
          continue
        }
        if !isSecret { result.append(character) }
        continue
      }
      if character.isLetter || character == "_" {
        word.append(character)
      } else {
        if namesSecret(word) { isSecret = true }
        word = ""
        if character == ";" || character == "," { isSecret = false }
        if character == "'" || character == "\"" { quote = character }
      }
      result.append(character)
    }
    if quote != nil && isSecret { result += mask }
    return result
  }

  private static func namesSecret(_ word: String) -> Bool {
    let lower = word.lowercased()
    return secretWords.contains { lower == $0 || ($0.count > 2 && lower.contains($0)) }
  }
}
