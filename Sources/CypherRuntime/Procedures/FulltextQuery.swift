/// A query in Lucene's classic syntax.
indirect enum FulltextQuery {
  /// Whether a part must, may or must not be there.
  enum Occurrence {
    case must
    case should
    case mustNot
  }

  /// One word, in one field.
  case term(field: Int, String)
  /// Words next to each other, with so many others between them.
  case phrase(field: Int, [String], slop: Int)
  /// Words that a test accepts; they score alike.
  case pattern(field: Int, (String) -> Bool)
  /// Several parts.
  case boolean([(Occurrence, FulltextQuery)])
  /// A part that counts more or less.
  case boosted(FulltextQuery, Double)
  /// Every document.
  case all
}

/// Why a query is malformed.
struct FulltextQueryError: Error {
  let text: String
}

extension FulltextQuery {
  /// Reads a query; words without a field are looked for in all fields.
  static func parse(
    _ text: String, fields: [String], analyzer: TextAnalyzer
  ) throws(FulltextQueryError) -> FulltextQuery {
    var parser = FulltextQueryParser(text, fields: fields, analyzer: analyzer)
    let query = try parser.clauses(field: nil, level: 0)
    if parser.current != nil { throw parser.unexpected() }
    return query
  }
}

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

  /// What stands where something else is wanted.
  func unexpected() -> FulltextQueryError {
    let found = current.map { " \"\($0)\" \"\($0) \"" } ?? "\"<EOF>\""
    let wanted = [
      "<NOT>", "\"+\"", "\"-\"", "<BAREOPER>", "\"(\"", "\"*\"", "<QUOTED>", "<TERM>",
      "<PREFIXTERM>", "<WILDTERM>", "<REGEXPTERM>", "\"[\"", "\"{\"", "<NUMBER>", "<TERM>",
    ]
    let list = wanted.map { "\n    \($0) ..." }.joined()
    return FulltextQueryError(
      text: "Encountered \(found) at line 1, column \(place).\nWas expecting one of:\(list)\n    ")
  }

  private func unfinishedRange() -> FulltextQueryError {
    let list = ["\"TO\"", "<RANGE_QUOTED>", "<RANGE_GOOP>"].map { "\n    \($0) ..." }.joined()
    return FulltextQueryError(
      text:
        "Encountered \"<EOF>\" at line 1, column \(place).\nWas expecting one of:\(list)\n    ")
  }

  private mutating func skipBlanks() {
    while let scalar = current, scalar.properties.isWhitespace { place += 1 }
  }

  private func word(at place: Int, is word: String) -> Bool {
    let scalars = Array(word.unicodeScalars)
    guard place + scalars.count <= source.count,
      source[place..<(place + scalars.count)].elementsEqual(scalars)
    else { return false }
    let next = place + scalars.count
    return next == source.count || source[next].properties.isWhitespace || source[next] == "("
  }

  /// Reads clauses up to the end or a closing parenthesis.
  mutating func clauses(field: Int?, level: Int) throws(FulltextQueryError) -> FulltextQuery {
    guard level < 100 else { throw FulltextQueryError(text: "too many nested groups") }
    var parts: [(FulltextQuery.Occurrence, FulltextQuery)] = []
    skipBlanks()
    while let scalar = current, scalar != ")" {
      var occurrence = FulltextQuery.Occurrence.should
      if word(at: place, is: "AND") || word(at: place, is: "OR") || scalar == "&" || scalar == "|" {
        guard !parts.isEmpty else { throw unexpected() }
        let joins = word(at: place, is: "AND") || scalar == "&"
        while let next = current, !next.properties.isWhitespace { _ = next; place += 1 }
        skipBlanks()
        if joins {
          let last = parts.count - 1
          if case .should = parts[last].0 { parts[last].0 = .must }
          occurrence = .must
        }
      }
      if word(at: place, is: "NOT") {
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

  private mutating func clause(
    field: Int?, level: Int
  ) throws(FulltextQueryError) -> FulltextQuery {
    var query: FulltextQuery
    switch current {
    case "(":
      place += 1
      query = try clauses(field: field, level: level + 1)
      guard current == ")" else { throw unexpected() }
      place += 1
    case "\"": query = try quoted(field: field)
    case "[", "{":
      place += 1
      if current == nil { throw unfinishedRange() }
      throw unexpected()
    case "]", "}", "~", "^": throw unexpected()
    default:
      let (text, isPattern) = try bareWord()
      if current == ":" {
        place += 1
        guard let named = fields.firstIndex(of: text) else {
          skipBlanks()
          _ = try clause(field: nil, level: level + 1)
          return .boolean([])
        }
        return try clause(field: named, level: level + 1)
      }
      query = try wordQuery(text, isPattern: isPattern, field: field)
    }
    if current == "^" {
      place += 1
      query = .boosted(query, number() ?? 1)
    }
    return query
  }

  private mutating func number() -> Double? {
    var text = ""
    while let scalar = current, (scalar.value >= 0x30 && scalar.value <= 0x39) || scalar == "." {
      text.unicodeScalars.append(scalar)
      place += 1
    }
    return Double(text)
  }

  private mutating func quoted(field: Int?) throws(FulltextQueryError) -> FulltextQuery {
    place += 1
    var text = ""
    while let scalar = current, scalar != "\"" {
      if scalar == "\\", place + 1 < source.count { place += 1 }
      text.unicodeScalars.append(source[place])
      place += 1
    }
    guard current == "\"" else { throw unexpected() }
    place += 1
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

  /// Reads up to a blank or a sign of the syntax; tells whether there are wildcards.
  private mutating func bareWord() throws(FulltextQueryError) -> (String, isPattern: Bool) {
    var text = ""
    var isPattern = false
    while let scalar = current {
      if scalar == "\\", place + 1 < source.count {
        place += 1
        text.unicodeScalars.append(source[place])
        place += 1
        continue
      }
      if scalar.properties.isWhitespace || "()[]{}:\"~^".unicodeScalars.contains(scalar) { break }
      if scalar == "*" || scalar == "?" { isPattern = true }
      text.unicodeScalars.append(scalar)
      place += 1
    }
    if text.isEmpty { throw unexpected() }
    return (text, isPattern)
  }

  private mutating func wordQuery(
    _ text: String, isPattern: Bool, field: Int?
  ) throws(FulltextQueryError) -> FulltextQuery {
    if current == "~" {
      place += 1
      let distance = Int(number() ?? 2)
      let wanted = Array(text.lowercased().unicodeScalars)
      return inFields(field) { field in
        .pattern(field: field) { word in
          editDistance(wanted, Array(word.unicodeScalars)) <= distance
        }
      }
    }
    if isPattern {
      if text == "*" && field == nil { return .all }
      let pattern = Array(text.lowercased().unicodeScalars)
      return inFields(field) { field in
        .pattern(field: field) { fitsWildcards(pattern[...], Array($0.unicodeScalars)[...]) }
      }
    }
    let words = analyzer.words(in: text)
    return inFields(field) { field in
      words.count == 1
        ? .term(field: field, words[0])
        : .boolean(words.map { (.should, .term(field: field, $0)) })
    }
  }

  private func inFields(_ field: Int?, _ make: (Int) -> FulltextQuery) -> FulltextQuery {
    if let field { return make(field) }
    if fields.count == 1 { return make(0) }
    return .boolean(fields.indices.map { (.should, make($0)) })
  }
}

/// Whether a word fits a pattern of `*` and `?`.
private func fitsWildcards(
  _ pattern: ArraySlice<Unicode.Scalar>, _ word: ArraySlice<Unicode.Scalar>
) -> Bool {
  var (pattern, word) = (pattern, word)
  var fallback: (pattern: ArraySlice<Unicode.Scalar>, word: ArraySlice<Unicode.Scalar>)?
  while true {
    if let first = pattern.first, first == "*" {
      pattern = pattern.dropFirst()
      fallback = (pattern, word)
    } else if let first = pattern.first, let letter = word.first, first == "?" || first == letter {
      pattern = pattern.dropFirst()
      word = word.dropFirst()
    } else if pattern.isEmpty && word.isEmpty {
      return true
    } else if let (rest, start) = fallback, !start.isEmpty {
      pattern = rest
      word = start.dropFirst()
      fallback = (rest, word)
    } else {
      return false
    }
  }
}

/// How many letters must change, come or go to turn one word into another.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  var row = Array(0...right.count)
  for (i, one) in left.enumerated() {
    var previous = row[0]
    row[0] = i + 1
    for (j, two) in right.enumerated() {
      let above = row[j + 1]
      row[j + 1] = min(above + 1, row[j] + 1, previous + (one == two ? 0 : 1))
      previous = above
    }
  }
  return row[right.count]
}
