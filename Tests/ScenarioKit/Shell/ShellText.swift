import Foundation

/// Texts of the shell with what differs from run to run taken out.
enum ShellText {
  /// The text with times and ids replaced, and the entries of maps sorted.
  static func comparable(_ text: String, volatile: Set<String>) -> String {
    var text = text
    func replace(_ pattern: String, _ template: String) {
      text = text.replacingOccurrences(of: pattern, with: template, options: .regularExpression)
    }
    replace(
      "after -?\\d+ ms, results consumed after another -?\\d+ ms",
      "after N ms, results consumed after another N ms")
    if volatile.contains("plan") {
      replace("(?m)^Time: \\d+", "Time: N")
      replace("(\\| \"(?:EXPLAIN|PROFILE)\".*?\\| )\\d+ *\\|", "$1N |")
    }
    replace("(Node\\(|node<|Relationship\\(|relationship<)\\d+", "$1#")
    return sortingEntries(of: sortingExpectations(of: text))
  }

  /// What a parser expected stands in the order of its tables: sorted here.
  private static func sortingExpectations(of text: String) -> String {
    let one = "(?:'[^'\\n]*'|<EOF>|an expression)"
    let pattern = "expected (?:an expression, )?(\(one)(?:(?:, | or )\(one))*) \\("
    guard let expression = try? NSRegularExpression(pattern: pattern) else { return text }
    var result = text
    let whole = NSRange(text.startIndex..., in: text)
    for match in expression.matches(in: text, range: whole).reversed() {
      guard let old = Range(match.range(at: 1), in: text),
        let new = Range(match.range(at: 1), in: result)
      else { continue }
      let words = text[old].replacingOccurrences(of: " or ", with: ", ").components(
        separatedBy: ", ")
      result.replaceSubrange(new, with: words.sorted().joined(separator: "|"))
    }
    return result
  }

  /// Entries of maps and properties stand in the order of a hash table: sorted here.
  private static func sortingEntries(of text: String) -> String {
    let characters = Array(text)
    var result: [Character] = []
    var at = 0
    while at < characters.count {
      if characters[at] == "{", let (sorted, end) = sortedMap(characters, from: at, depth: 0) {
        result += sorted
        at = end
      } else {
        result.append(characters[at])
        at += 1
      }
    }
    return String(result)
  }

  /// A map that begins at an index and ends on its line, with its entries sorted.
  private static func sortedMap(
    _ text: [Character], from start: Int, depth: Int
  ) -> (sorted: [Character], end: Int)? {
    guard depth < 100 else { return nil }
    var entries: [String] = []
    var entry: [Character] = []
    var nesting = 0
    var quote: Character?
    var at = start + 1
    while at < text.count, text[at] != "\n" {
      let character = text[at]
      if let open = quote {
        if character == open, text[at - 1] != "\\" { quote = nil }
      } else if character == "\"" || character == "`" {
        quote = character
      } else if character == "{" {
        guard let (inner, end) = sortedMap(text, from: at, depth: depth + 1) else { return nil }
        entry += inner
        at = end
        continue
      } else if character == "[" || character == "(" {
        nesting += 1
      } else if character == "]" || character == ")" {
        nesting -= 1
      } else if character == "}" {
        entries.append(String(entry))
        return (Array("{" + entries.sorted().joined(separator: ", ") + "}"), at + 1)
      } else if character == ",", nesting == 0, at + 1 < text.count, text[at + 1] == " " {
        entries.append(String(entry))
        entry = []
        at += 2
        continue
      }
      entry.append(character)
      at += 1
    }
    return nil
  }
}
