import Formatting
import GraphValues
import LineEditor

/// What Tab offers within Cypher: keywords, parameters, variables, and the names of the graph.
enum StatementCompletion {
  /// Words of Cypher that are worth typing less.
  private static let keywords = [
    "ALL SHORTEST", "AND", "ANY", "AS", "ASC", "CALL", "CASE", "COLLECT", "CONSTRAINT",
    "CONTAINS", "COUNT", "CREATE", "DELETE", "DESC", "DETACH DELETE", "DISTINCT", "DROP", "ELSE",
    "END", "ENDS WITH", "EXISTS", "EXPLAIN", "FOR", "FOREACH", "IN TRANSACTIONS", "INDEX",
    "IS NOT NULL", "IS NULL", "LIMIT", "LOAD CSV", "MATCH", "MERGE", "NOT", "ON CREATE SET",
    "ON MATCH SET", "OPTIONAL MATCH", "OR", "ORDER BY", "PROFILE", "REMOVE", "REQUIRE", "RETURN",
    "SET", "SHORTEST", "SHOW", "SHOW CONSTRAINTS", "SHOW DATABASES", "SHOW FUNCTIONS",
    "SHOW INDEXES", "SHOW PROCEDURES", "SKIP", "STARTS WITH", "THEN", "UNION", "UNIQUE",
    "UNWIND", "USE", "WHEN", "WHERE", "WITH", "XOR", "YIELD",
  ]

  /// Completes the word at the end of a text.
  ///
  /// - Parameters:
  ///   - text: The text up to the cursor.
  ///   - names: What the database knows.
  ///   - parameters: The names of the shell's parameters.
  /// - Returns: `nil` when nothing fits.
  static func complete(_ text: String, _ names: KnownNames, parameters: [String]) -> Completion? {
    var context = CompletionContext.atEnd(of: text)
    // `date.tr` may go on as a function; where none fits, the first name stands for something with keys.
    if context.place == .qualified,
      !names.functions.contains(where: { CompletionWord.fits($0, context.word) })
    {
      context.becomeKey()
    }
    let word = context.word
    let words: [CompletionWord] =
      switch context.place {
      case .nothing: []
      // Without a letter everything would do.
      case .word where word.isEmpty: []
      case .word:
        context.variables.filter { $0 != word }.map { CompletionWord($0) }
          + names.functions.map { CompletionWord($0, behind: "(") }
          + keywords.map { CompletionWord($0, behind: " ") }
      case .label: quoted(names.labels)
      case .relationshipType: quoted(names.relationshipTypes)
      case .labelOrType: quoted(names.labels + names.relationshipTypes)
      case .propertyKey: quoted(names.propertyKeys)
      case .qualified: names.functions.map { CompletionWord($0, behind: "(") }
      case .procedure: names.procedures.map { CompletionWord($0, behind: "(") }
      case .column(let procedure): (names.columns[procedure] ?? []).map { CompletionWord($0) }
      case .database: quoted(names.databases)
      case .parameter: parameters.map { CompletionWord("$" + shown($0), key: "$" + $0) }
      }
    return CompletionWord.completion(of: word, length: context.length, with: words)
  }

  private static func quoted(_ names: [String]) -> [CompletionWord] {
    names.map { CompletionWord(shown($0), key: $0) }
  }

  private static func shown(_ name: String) -> String {
    var bytes: [UInt8] = []
    NameText.append(name, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A word that Tab may offer.
struct CompletionWord {
  /// What is inserted.
  let text: String
  /// What the typed word is held against.
  let key: String
  /// What goes behind it when it is the only one.
  let behind: String

  init(_ text: String, key: String? = nil, behind: String = "") {
    self.text = text
    self.key = key ?? text
    self.behind = behind
  }

  /// More words than these are not listed.
  private static let mostListed = 120
  /// How wide a list is made.
  private static let width = 78

  /// Whether a name begins like a word, in any letter case.
  static func fits(_ name: String, _ word: String) -> Bool {
    name.lowercased().hasPrefix(word.lowercased())
  }

  /// The one word that fits, or the common beginning of several and the list of them.
  ///
  /// - Parameters:
  ///   - word: What has been typed.
  ///   - length: How many characters of the text it takes.
  ///   - words: What may be meant.
  ///   - isTable: Whether the list stands in columns, rather than one word a line.
  /// - Returns: `nil` when nothing fits.
  static func completion(
    of word: String, length: Int, with words: [CompletionWord], isTable: Bool = true
  ) -> Completion? {
    let fitting = words.filter { fits($0.key, word) }
    guard let first = fitting.first else { return nil }
    if fitting.count == 1 {
      return Completion(
        replacedCharacters: length, insertion: first.text + first.behind, listing: [])
    }
    let common = fitting.dropFirst().reduce(first.key) { $0.commonPrefix(with: $1.key) }
    let isLonger = common.count > word.count
    let texts = fitting.map(\.text)
    return Completion(
      // What is already there stays, with its back-tick.
      replacedCharacters: isLonger ? length : 0, insertion: isLonger ? common : "",
      listing: isTable ? table(texts) : texts)
  }

  /// Words in columns, down before across.
  private static func table(_ words: [String]) -> [String] {
    let shown = words.prefix(mostListed)
    let widest = shown.reduce(0) { max($0, $1.count) } + 2
    let columns = max(1, width / widest)
    let rows = (shown.count + columns - 1) / columns
    var lines = (0..<rows).map { row in
      let cells = stride(from: row, to: shown.count, by: rows).map { shown[$0] }
      return cells.dropLast().reduce(into: "") { line, cell in
        line += cell + String(repeating: " ", count: widest - cell.count)
      } + (cells.last ?? "")
    }
    if words.count > shown.count { lines.append("… and \(words.count - shown.count) more") }
    return lines
  }
}

extension String {
  /// The characters that both strings begin with.
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
