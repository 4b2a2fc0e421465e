import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  /// Binds MATCH: pattern, hints and WHERE.
  mutating func bindMatch(_ match: MatchClause) throws(Failure) -> Bound.Clause {
    .match(try bindMatchPattern(match), isOptional: match.isOptional)
  }

  mutating func bindMatchPattern(_ match: MatchClause) throws(Failure) -> PatternGraph {
    try checkModes(match)
    try checkPathModes(match)
    try checkSelectors(match)
    var usedBefore = usedSlots
    usedSlots = []
    let slotsBefore = slots.count
    notes.repeatedRelationships = []
    labelStyles = LabelStyles()
    var context = PatternContext(.match)
    let draft = try draftPatterns(match.patterns, &context)
    var graph = try finish(draft, context)
    if match.mode?.kind == .repeatableElements { graph.allowRepeatedRelationships() }
    if let predicate = match.predicate {
      labelStyles = LabelStyles()
      graph.predicates += try bindCondition(predicate).expression.conjuncts
    }
    graph.hints = try bindHints(match.hints, graph)
    // What was there before has a lower number than what the clause itself declares.
    graph.arguments = usedSlots.filter { $0.index < slotsBefore }
    usedBefore.formUnion(usedSlots)
    usedSlots = usedBefore
    remark(on: match, graph, repeated: notes.repeatedRelationships)
    remark(onExhaustiveSearches: match)
    return graph
  }

  /// Binds the conditions of a pattern inside an expression.
  mutating func finishGraph(
    _ draft: PatternDraft, _ context: PatternContext
  ) throws(Failure) -> PatternGraph {
    var graph = try finish(draft, context)
    graph.arguments = usedSlots.intersection(scope.constantSlots)
    return graph
  }

  private func checkModes(_ match: MatchClause) throws(Failure) {
    guard let mode = match.mode else { return }
    let name =
      mode.kind == .repeatableElements ? "REPEATABLE ELEMENTS" : "DIFFERENT RELATIONSHIPS"
    if !isCypher25 {
      throw syntaxError(
        "Match modes such as `\(name)` are not supported in Cypher 5.", at: mode.span.start,
        CauseText(
          code: "42N54", name: "unsupported match mode",
          text: "The match mode \(name) is not supported."))
    }
  }

  private func checkSelectors(_ match: MatchClause) throws(Failure) {
    guard match.patterns.count > 1, match.mode?.kind != .repeatableElements,
      let pattern = match.patterns.first(where: { $0.selector?.isSelective == true })
    else { return }
    let text =
      "Multiple path patterns cannot be used in the same clause in combination with a selective path selector."
    throw syntaxError(
      text, at: pattern.span.start,
      CauseText(code: "42I45", name: "invalid use of multiple path patterns", text: text))
  }
}

extension PathSelector {
  /// Whether it drops matches.
  var isSelective: Bool {
    if case .all = kind { false } else { true }
  }
}
