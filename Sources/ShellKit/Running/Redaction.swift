/// Takes secrets out of what goes into a history.
enum Redaction {
  private static let mask = "********"
  private static let connect = ":connect"
  /// Words behind or in which string literals are secrets.
  private static let secretWords = ["password", "passwd", "pwd", "pw", "secret", "token"]

  /// The text with passwords replaced.
  ///
  /// In `:connect` the value of `-p` and what stands in front of the address; elsewhere every string
  /// literal after a word that names a secret, up to the end of its clause.
  static func redacted(_ text: String) -> String {
    let lower = text.lowercased()
    var text = text
    if !isConnect(text[...]), secretWords.contains(where: { lower.contains($0) }) {
      text = withoutSecretLiterals(text)
    }
    guard lower.contains(connect) else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { isConnect($0) ? connectLine($0) : String($0) }.joined(separator: "\n")
  }

  private static func isConnect(_ line: Substring) -> Bool {
    line.drop { $0.isWhitespace }.prefix(connect.count).lowercased() == connect
  }

  private static func connectLine(_ line: Substring) -> String {
    var result = ""
    var rest = line
    var isSecret = false
    while let first = rest.first {
      if first.isWhitespace {
        result.append(rest.removeFirst())
        continue
      }
      if isSecret, first == "'" || first == "\"" {
        // Words in quotes are not one value, but were meant to be.
        rest = rest.dropFirst().drop { $0 != first }
      }
      let word = rest.prefix { !$0.isWhitespace }
      rest = rest[word.endIndex...]
      result += isSecret ? mask : connectWord(word)
      isSecret = !isSecret && (word == "-p" || word == "--password")
    }
    return result
  }

  private static func connectWord(_ word: Substring) -> String {
    for option in ["--password=", "-p"] where word.hasPrefix(option) && word != option {
      return option + mask
    }
    guard let end = word.lastIndex(of: "@") else { return String(word) }
    let start = word.firstRange(of: "://")?.upperBound ?? word.startIndex
    guard start < end, let colon = word[start..<end].firstIndex(of: ":") else {
      return String(word)
    }
    return word[...colon] + mask + word[end...]
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
