import GraphValues
import LineEditor

/// What Tab offers: commands and their words, keywords, parameters.
struct CommandCompletion {
  /// Words of Cypher that are worth typing less.
  private static let keywords = [
    "ALL SHORTEST", "AND", "ANY", "AS", "ASC", "CALL", "CASE", "COLLECT", "CONSTRAINT",
    "CONTAINS", "COUNT", "CREATE", "DELETE", "DESC", "DETACH DELETE", "DISTINCT", "DROP", "ELSE",
    "END", "ENDS WITH", "EXISTS", "EXPLAIN", "FOR", "FOREACH", "IN TRANSACTIONS", "INDEX",
    "IS NOT NULL", "IS NULL", "LIMIT", "LOAD CSV", "MATCH", "MERGE", "NOT", "ON CREATE SET",
    "ON MATCH SET", "OPTIONAL MATCH", "OR", "ORDER BY", "PROFILE", "REMOVE", "REQUIRE", "RETURN",
    "SET", "SHORTEST", "SHOW", "SHOW CONSTRAINTS", "SHOW DATABASES", "SHOW FUNCTIONS",
    "SHOW INDEXES", "SHOW PROCEDURES", "SKIP", "STARTS WITH", "THEN", "UNION", "UNIQUE",
    "UNWIND", "WHEN", "WHERE", "WITH", "XOR", "YIELD",
  ]

  let shell: Shell

  /// Completes the word at the end of a text.
  ///
  /// - Parameter line: The text up to the cursor; a command can stand in a first line only.
  /// - Returns: `nil` when nothing fits.
  func complete(_ line: String) -> Completion? {
    let trimmed = line.drop { $0 == " " || $0 == "\t" }
    if !line.contains("\n"), trimmed.isEmpty || trimmed.first == ":" {
      return completeCommand(trimmed)
    }
    let word = Self.lastWord(line)
    if word.first == "$" {
      let names = shell.parameters.keys.sorted().map { "$\($0)" }
      return Self.completion(of: word, with: names, ignoringCase: false)
    }
    guard !word.isEmpty, Self.takesKeyword(line.dropLast(word.count)) else { return nil }
    return Self.completion(of: word, with: Self.keywords, ignoringCase: true, behind: " ")
  }

  /// Whether a keyword can stand behind a text: not in quotes and comments, nor as a property key.
  static func takesKeyword(_ text: Substring) -> Bool {
    var rest = text
    var isName = false
    while let first = rest.popFirst() {
      switch (first, rest.first) {
      case ("'", _), ("\"", _), ("`", _):
        guard let end = endOfQuoted(first, rest) else { return false }
        rest = rest[rest.index(after: end)...]
        isName = false
      case ("/", "/"):
        guard let end = rest.firstIndex(of: "\n") else { return false }
        rest = rest[end...]
      case ("/", "*"):
        guard let end = rest.dropFirst().firstRange(of: "*/") else { return false }
        rest = rest[end.upperBound...]
      default: isName = first == "."
      }
    }
    return !isName
  }

  private static func endOfQuoted(_ quote: Character, _ text: Substring) -> Substring.Index? {
    var isEscaped = false
    return text.indices.first { index in
      if isEscaped {
        isEscaped = false
        return false
      }
      isEscaped = text[index] == "\\" && quote != "`"
      return text[index] == quote
    }
  }

  private func completeCommand(_ text: Substring) -> Completion? {
    guard let blank = text.firstIndex(of: " ") else {
      let names = CommandCatalogue.commands.map(\.name)
      guard
        var completion = Self.completion(of: String(text), with: names, ignoringCase: true)
      else { return nil }
      completion.listing = Self.withSummaries(completion.listing)
      return completion
    }
    guard let command = CommandCatalogue.command(named: text[..<blank].lowercased()) else {
      return nil
    }
    let word = Self.lastWord(String(text))
    return Self.completion(of: word, with: command.completions(shell), ignoringCase: true)
  }

  /// Commands with what they do, as wide as each other.
  private static func withSummaries(_ names: [String]) -> [String] {
    let summaries = names.map { CommandCatalogue.command(named: $0)?.summary ?? "" }
    let width = zip(names, summaries).reduce(0) { max($0, $1.0.count + $1.1.count) }
    return zip(names, summaries).map { name, summary in
      let gap = String(repeating: " ", count: width - name.count - summary.count + 1)
      return "\(name)\(gap)(\(summary))"
    }
  }

  private static func lastWord(_ line: String) -> String {
    let end = line.lastIndex { !($0.isLetter || $0.isNumber || "$_:-".contains($0)) }
    return String(end.map { line[line.index(after: $0)...] } ?? line[...])
  }

  /// The one word that fits, or the common beginning of several and the list of them.
  private static func completion(
    of word: String, with words: [String], ignoringCase: Bool, behind: String = ""
  ) -> Completion? {
    let wanted = ignoringCase ? word.lowercased() : word
    let fitting = words.filter { candidate in
      (ignoringCase ? candidate.lowercased() : candidate).hasPrefix(wanted)
    }
    guard let first = fitting.first else { return nil }
    if fitting.count == 1 {
      return Completion(
        replacedCharacters: word.count, insertion: first + behind, listing: [])
    }
    let common = fitting.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
    let insertion = common.count > word.count ? common : word
    return Completion(replacedCharacters: word.count, insertion: insertion, listing: fitting)
  }
}

extension String {
  /// The characters that both strings begin with.
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
