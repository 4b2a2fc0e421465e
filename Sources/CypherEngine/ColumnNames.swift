import CypherSyntax
import QueryPlan

/// Names of a result's columns, also for another text of the same template.
///
/// The name of an unaliased expression is its text, so that it differs where literals or blanks do.
/// The expression's first and last token have the same numbers in every text of a template.
struct ColumnNames {
  private let text: String
  private let names: [String]
  private var ranges: [(column: Int, first: Int, last: Int)] = []

  init(_ columns: [ResultColumn], _ text: String) {
    self.text = text
    names = columns.map(\.name)
    guard columns.contains(where: { $0.sourceStart != nil }) else { return }
    let tokens = SyntaxToken.tokens(in: text)
    var starts: [Int: Int] = [:]
    var ends: [Int: Int] = [:]
    for (place, token) in tokens.enumerated() {
      starts[Int(token.start)] = starts[Int(token.start)] ?? place
      ends[Int(token.end)] = place
    }
    for (index, column) in columns.enumerated() {
      guard let start = column.sourceStart, let end = column.sourceEnd,
        let first = starts[start], let last = ends[end]
      else { continue }
      ranges.append((index, first, last))
    }
  }

  /// The names that the columns have in a text.
  func names(in other: String) -> [String] {
    if ranges.isEmpty || other == text { return names }
    let bytes = Array(other.utf8)
    let tokens = SyntaxToken.tokens(in: other)
    var result = names
    for range in ranges where range.first <= range.last && range.last < tokens.count {
      let span = Int(tokens[range.first].start)..<Int(tokens[range.last].end)
      result[range.column] = String(decoding: bytes[span], as: UTF8.self)
    }
    return result
  }
}
