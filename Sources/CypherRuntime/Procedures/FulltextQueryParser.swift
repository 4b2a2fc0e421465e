import Diagnostics

/// Reads queries from left to right.
struct FulltextQueryParser {
  private let source: [Unicode.Scalar]
  private let fields: [String]
  private let analyzer: TextAnalyzer
  private var place = 0

  init(_ text: String, fields: [String], analyzer: TextAnalyzer) {
    source = Array(text.unicodeScalars)
    self.fields = fields
    self.analyzer = analyzer
  }

  var current: Unicode.Scalar? { place < source.count ? source[place] : nil }

  private mutating func skipBlanks() {
    while let scalar = current, scalar.properties.isWhitespace { place += 1 }
  }

  /// Whether a word of the syntax, or its sign, begins here.
  private func joint(_ word: String, _ sign: String = "") -> Bool {
    let end = source[place...].firstIndex { $0.properties.isWhitespace || $0 == "(" }
    let text = source[place..<(end ?? source.count)]
    return text.elementsEqual(word.unicodeScalars)
      || (!sign.isEmpty && text.elementsEqual(sign.unicodeScalars))
  }

  /// Reads clauses up to the end or a closing parenthesis.
  mutating func clauses(field: Field, level: Int) throws(FulltextQueryError) -> FulltextQuery {
    guard level < 100 else { throw FulltextQueryError(text: "too many nested groups") }
    var parts: [(FulltextQuery.Occurrence, FulltextQuery)] = []
    skipBlanks()
    while let scalar = current, scalar != ")" {
      var occurrence = FulltextQuery.Occurrence.should
      let joins = joint("AND", "&&")
      if joins || joint("OR", "||") {
        guard !parts.isEmpty else { throw unexpected() }
        place += scalar == "A" ? 3 : 2
        skipBlanks()
        if joins {
          let last = parts.count - 1
          if case .should = parts[last].0 { parts[last].0 = .must }
          occurrence = .must
        }
      }
      if current != nil, joint("NOT") {
        place += 3
        occurrence = .mustNot
      } else if current == "+" || current == "-" || current == "!" {
        occurrence = current == "+" ? .must : .mustNot
        place += 1
      }
      skipBlanks()
      guard current != nil, current != ")" else { throw unexpected() }
      parts.append((occurrence, try clause(field: field, level: level)))
      skipBlanks()
    }
    if parts.isEmpty && level > 0 { throw unexpected() }
    if parts.count == 1, case .should = parts[0].0 { return parts[0].1 }
    return .boolean(parts)
  }

  /// Where words are looked for.
  enum Field {
    /// Nothing said: in all fields.
    case every
    case one(Int)
    /// In a field that the index does not have: nothing is found.
    case unknown
    /// `*:`, which only `*:*` means something with.
    case star
  }

  private mutating func clause(
    field: Field, level: Int, mayNameField: Bool = true
  ) throws(FulltextQueryError) -> FulltextQuery {
    if mayNameField, let named = fieldName() {
      return try clause(field: named, level: level, mayNameField: false)
    }
    skipBlanks()
    var query: FulltextQuery
    switch current {
    case "(":
      place += 1
      query = try clauses(field: field, level: level + 1)
      guard current == ")" else { throw unexpected() }
      place += 1
    case "\"": query = try quoted(field)
    case "[", "{": query = try range(field)
    case "/": query = try regularExpression(field)
    case nil, ")", ":", "]", "}", "~", "^", "+", "-", "!": throw unexpected()
    default: query = try word(field)
    }
    if current == "^" {
      place += 1
      guard let boost = number() else { throw unexpected() }
      query = .boosted(query, boost)
    }
    return query
  }

  /// Reads `name:` or `*:`, if that comes next.
  private mutating func fieldName() -> Field? {
    let start = place
    let (name, isPattern) = bareWord()
    guard current == ":", !name.isEmpty, !isPattern || name == "*" else {
      place = start
      return nil
    }
    place += 1
    if isPattern { return .star }
    return fields.firstIndex(of: name).map { .one($0) } ?? .unknown
  }

  private mutating func number() -> Double? {
    let start = place
    while let scalar = current, ("0"..."9").contains(scalar) || scalar == "." { place += 1 }
    return Double(String(String.UnicodeScalarView(source[start..<place])))
  }

  /// Reads up to a quotation mark; a backslash takes the next character as it is.
  private mutating func quotedText() throws(FulltextQueryError) -> String {
    let start = place
    place += 1
    var text = ""
    while let scalar = current, scalar != "\"" {
      if scalar == "\\", place + 1 < source.count { place += 1 }
      text.unicodeScalars.append(source[place])
      place += 1
    }
    guard current == "\"" else { throw unfinished(from: start) }
    place += 1
    return text
  }

  private mutating func quoted(_ field: Field) throws(FulltextQueryError) -> FulltextQuery {
    let text = try quotedText()
    var slop = 0
    if current == "~" {
      place += 1
      slop = number().map { Int($0) } ?? 0
    }
    let words = analyzer.words(in: text)
    return inFields(field) {
      words.count == 1 ? .term(field: $0, words[0]) : .phrase(field: $0, words, slop: slop)
    }
  }

  /// Reads `[low TO high]`; braces leave a bound out, `*` is no bound.
  private mutating func range(_ field: Field) throws(FulltextQueryError) -> FulltextQuery {
    let hasLow = current == "["
    place += 1
    let low = try bound()
    skipBlanks()
    if current != nil, joint("TO") { place += 2 }
    let high = try bound()
    skipBlanks()
    guard current == "]" || current == "}" else { throw unfinishedRange() }
    let hasHigh = current == "]"
    place += 1
    return inFields(field) {
      .pattern(field: $0) { word in
        (low.map { hasLow ? word >= $0 : word > $0 } ?? true)
          && (high.map { hasHigh ? word <= $0 : word < $0 } ?? true)
      }
    }
  }

  private mutating func bound() throws(FulltextQueryError) -> String? {
    skipBlanks()
    if current == "\"" { return analyzer.normalized(try quotedText()) }
    let start = place
    while let scalar = current, !scalar.properties.isWhitespace, scalar != "]", scalar != "}" {
      place += 1
    }
    guard place > start, current != nil else { throw unfinishedRange() }
    let text = String(String.UnicodeScalarView(source[start..<place]))
    return text == "*" ? nil : analyzer.normalized(text)
  }

  private mutating func regularExpression(
    _ field: Field
  ) throws(FulltextQueryError) -> FulltextQuery {
    let start = place
    place += 1
    var text = ""
    while let scalar = current, scalar != "/" {
      if scalar == "\\", place + 1 < source.count, source[place + 1] == "/" { place += 1 }
      text.unicodeScalars.append(source[place])
      place += 1
    }
    guard current == "/" else { throw unfinished(from: start) }
    place += 1
    let expression: RegularExpression
    do throws(Failure) {
      expression = try RegularExpression(analyzer.normalized(text))
    } catch {
      throw FulltextQueryError(text: error.message)
    }
    return inFields(field) {
      .pattern(field: $0) { word in (try? expression.matches(word)) ?? false }
    }
  }

  /// Reads up to a blank or a sign of the syntax; tells whether there are wildcards.
  private mutating func bareWord() -> (String, isPattern: Bool) {
    var text = ""
    var isPattern = false
    while let scalar = current {
      if scalar == "\\", place + 1 < source.count {
        place += 1
      } else if scalar.properties.isWhitespace || "()[]{}:\"~^!/".unicodeScalars.contains(scalar) {
        break
      } else if scalar == "*" || scalar == "?" {
        isPattern = true
      }
      text.unicodeScalars.append(source[place])
      place += 1
    }
    return (text, isPattern)
  }

  private mutating func word(_ field: Field) throws(FulltextQueryError) -> FulltextQuery {
    let (text, isPattern) = bareWord()
    if text.isEmpty { throw unexpected() }
    if current == "~" {
      place += 1
      let wanted = Array(analyzer.normalized(text).unicodeScalars)
      let distance = edits(number() ?? 2, length: wanted.count)
      return inFields(field) {
        .pattern(field: $0) { editDistance(wanted, Array($0.unicodeScalars)) <= distance }
      }
    }
    if isPattern {
      if text == "*", case .star = field { return .all }
      let pattern = Array(analyzer.normalized(text).unicodeScalars)
      return inFields(field) {
        .pattern(field: $0) { fitsWildcards(pattern[...], Array($0.unicodeScalars)[...]) }
      }
    }
    let words = analyzer.words(in: text)
    return inFields(field) { field in
      words.count == 1
        ? .term(field: field, words[0])
        : .boolean(words.map { (.should, .term(field: field, $0)) })
    }
  }

  /// How many edits a figure after `~` stands for: below one it is the share that must agree.
  private func edits(_ figure: Double, length: Int) -> Int {
    let edits = figure >= 1 ? figure : figure == 0 ? 0 : (1 - figure) * Double(length)
    return Int(min(edits, 2))
  }

  private func inFields(_ field: Field, _ make: (Int) -> FulltextQuery) -> FulltextQuery {
    switch field {
    case .one(let index): return make(index)
    case .unknown, .star: return .boolean([])
    case .every:
      if fields.count == 1 { return make(0) }
      return .boolean(fields.indices.map { (.should, make($0)) })
    }
  }
}

// MARK: - Failures

extension FulltextQueryParser {
  /// What stands where something else is wanted.
  func unexpected() -> FulltextQueryError {
    let wanted = [
      "<NOT>", "\"+\"", "\"-\"", "<BAREOPER>", "\"(\"", "\"*\"", "<QUOTED>", "<TERM>",
      "<PREFIXTERM>", "<WILDTERM>", "<REGEXPTERM>", "\"[\"", "\"{\"", "<NUMBER>", "<TERM>",
    ]
    return expected(wanted)
  }

  private func unfinishedRange() -> FulltextQueryError {
    expected(["\"TO\"", "<RANGE_QUOTED>", "<RANGE_GOOP>"])
  }

  private func expected(_ wanted: [String]) -> FulltextQueryError {
    let list = wanted.map { "\n    \($0) ..." }.joined()
    return FulltextQueryError(
      text:
        "Encountered \"\(found)\" at line 1, column \(place).\nWas expecting one of:\(list)\n    "
    )
  }

  /// The kind and the text of what stands here.
  private var found: String {
    guard let current else { return "<EOF>" }
    for word in ["AND", "OR", "NOT"] where joint(word) { return " <\(word)> \"\(word) \"" }
    return " \"\(current)\" \"\(current) \""
  }

  private func unfinished(from start: Int) -> FulltextQueryError {
    let rest = String(String.UnicodeScalarView(source[start...]))
      .split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"")
    return FulltextQueryError(
      text: "Lexical error at line 1, column \(source.count + 1).  Encountered: <EOF> after : "
        + "\"\(rest)\"", class: "TokenMgrError")
  }
}
