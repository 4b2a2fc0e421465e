import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  /// Checks which clauses follow each other and which one ends a query.
  func checkShape(_ single: AST.SingleQuery, _ place: QueryPlace) throws(Failure) {
    try checkUse(single, place)
    for (clause, next) in zip(single.clauses, single.clauses.dropFirst()) {
      try checkPair(clause, next)
    }
    guard let last = single.clauses.last else { return }
    try checkEnd(last, single, place)
  }

  private func checkUse(_ single: AST.SingleQuery, _ place: QueryPlace) throws(Failure) {
    for (index, clause) in single.clauses.enumerated() where index > 0 && clause.isUse {
      if index == 1, case .call = place, case .with = single.clauses[0] { continue }
      throw syntaxError(
        "USE clause must be either the first clause in a (sub-)query or preceded by an importing WITH clause in a sub-query.",
        at: clause.span.start,
        CauseText(
          code: "42N73", name: "invalid placement of USE clause",
          text:
            "The USE clause must be the first clause of a query or an operand to '... UNION ...' . In a CALL sub-query, it can also be the second clause if the first clause is an importing WITH."
        ))
    }
  }

  private func checkPair(_ clause: AST.Clause, _ next: AST.Clause) throws(Failure) {
    if case .returning(let returning) = clause {
      throw misplacedReturn(returning, next)
    }
    if case .finish = clause {
      throw syntaxError(
        "FINISH can only be used at the end of the query.", at: clause.span.start,
        CauseText(
          code: "42I38", name: "invalid position of clause",
          text: "'FINISH...' can only be used at the end of a query or subquery."))
    }
    guard clause.isUpdating, !next.isUpdating, !next.isHorizon, !isCypher25 else { return }
    if case .orderAndPage = next { return }
    throw syntaxError(
      "WITH is required between \(clause.word) and \(next.word)", at: next.span.start,
      CauseText(
        code: "42N24", name: "missing WITH",
        text: "A WITH clause is required between '\(clause.word)' and '\(next.word)'."))
  }

  private func misplacedReturn(_ returning: ReturnClause, _ next: AST.Clause) -> Failure {
    if case .orderAndPage(let order) = next {
      let skip =
        order.skip != nil && source(order.span).lowercased().hasPrefix("offset")
        ? "OFFSET" : "SKIP"
      let text = "`ORDER BY`, `\(skip)` and `LIMIT` can only be used in this order in `RETURN`."
      return syntaxError(
        "42I63: \(text)", at: returning.span.start,
        CauseText(code: "42I63", name: "wrong subclause order", text: text))
    }
    return syntaxError(
      "RETURN can only be used at the end of the query.", at: returning.span.start,
      CauseText(
        code: "42I38", name: "invalid position of clause",
        text: "'RETURN...' can only be used at the end of a query or subquery."))
  }

  private func checkEnd(
    _ last: AST.Clause, _ single: AST.SingleQuery, _ place: QueryPlace
  ) throws(Failure) {
    if case .expression = place { return }
    switch last {
    case .returning, .finish, .create, .merge, .set, .remove, .delete, .foreach: return
    case .callProcedure(let call):
      let isAlone = single.clauses.filter { !$0.isUse }.count == 1
      if call.yield == nil || (isAlone && place.isStatement) { return }
      throw incomplete("Query cannot conclude with CALL together with YIELD", at: last.span.start)
    case .callSubquery(let call) where !call.query.returns: return
    case .show, .terminate: return
    default:
      throw incomplete(
        "Query cannot conclude with \(last.word) (must be a RETURN clause, a FINISH clause, an update clause, a unit subquery call, or a procedure call with no YIELD).",
        at: last.span.start)
    }
  }

  private func incomplete(_ message: String, at offset: Int) -> Failure {
    syntaxError(
      message, at: offset,
      CauseText(
        code: "42N71", name: "incomplete query",
        text:
          "A query must conclude with a RETURN clause, a FINISH clause, an update clause, a unit subquery call, or a procedure call without a YIELD clause."
      ))
  }

  private static let multipleGraphs = CauseText(
    code: "42NA5", name: "accessing multiple graphs only supported on composite databases",
    text:
      "Accessing multiple graphs in the same query is only supported on composite databases. Connect to a composite database with the desired constituents."
  )

  /// Notes the graph that a query names, which the engine compares with the one in use.
  mutating func noteGraph(_ use: UseClause, _ place: QueryPlace) throws(Failure) {
    switch use.target {
    case .name(let name):
      if place.isStatement, let first = graphs.first,
        first.name.lowercased() != name.text.lowercased()
      {
        throw syntaxError(
          "Multiple graphs in the same query not allowed here. This feature is only available on composite databases.\nAttempted to access graph \(name.text)",
          at: use.span.start, Self.multipleGraphs)
      }
      graphs.append(
        GraphReference(
          name: name.text, offset: use.span.start, isNested: !place.isStatement))
    case .function(let call):
      throw syntaxError(
        "Dynamic graph lookup not allowed here. This feature is only available on composite databases.\nAttempted to access graph \(source(call.span).replacingQuotes)",
        at: use.span.start,
        CauseText(
          code: "42N72", name: "graph function only supported on composite databases",
          text:
            "Calling graph functions is only supported on composite databases. Use the name directly or connect to a composite database with the desired constituents."
        ))
    }
  }
}

extension AST.Query {
  /// Whether it gives rows to the query around.
  var returns: Bool {
    switch kind {
    case .single(let single):
      if case .returning? = single.clauses.last { true } else { false }
    case .union(let first, _): first.returns
    case .braced(let query): query.returns
    case .next(let parts): parts.last?.returns == true
    case .conditional(let conditional): conditional.branches.first?.query.returns == true
    }
  }
}

extension String {
  /// With double quotes for single ones.
  fileprivate var replacingQuotes: String {
    String(map { $0 == "'" ? "\"" : $0 })
  }
}
