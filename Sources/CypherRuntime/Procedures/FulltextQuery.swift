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
  /// Which of the parser's exceptions tells it.
  var `class` = "ParseException"
}

extension FulltextQuery {
  /// Reads a query; words without a field are looked for in all fields.
  static func parse(
    _ text: String, fields: [String], analyzer: TextAnalyzer
  ) throws(FulltextQueryError) -> FulltextQuery {
    var parser = FulltextQueryParser(text, fields: fields, analyzer: analyzer)
    let query = try parser.clauses(field: .every, level: 0)
    if parser.current != nil { throw parser.unexpected() }
    return query
  }
}
