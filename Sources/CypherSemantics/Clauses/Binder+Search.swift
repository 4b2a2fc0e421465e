import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  /// Binds a MATCH that takes what an index finds.
  ///
  /// The index is asked first, once for each row; the pattern and its conditions then keep of the finds
  /// those that fit.
  mutating func bindSearch(
    _ match: MatchClause, _ search: SearchClause
  ) throws(Failure) -> [Bound.Clause] {
    if match.isOptional { throw unsupported("OPTIONAL MATCH with SEARCH") }
    if search.predicate != nil { throw unsupported("WHERE within SEARCH") }
    let isNode = try checkSearched(match, search)
    let query = try bind(search.query).expression
    // Nothing is found by null.
    let (element, asked) = (slots.addAnonymous(.value), slots.addAnonymous(.value))
    let given = Bound.Expression.listComprehension(
      element, list: .list([query]), predicate: .isNotNull(.variable(element)), projection: nil)
    let call = try searchCall(search, isNode: isNode, .variable(asked))
    return [.unwind(list: given, asked), .callProcedure(call), try bindMatch(match)]
  }

  private mutating func searchCall(
    _ search: SearchClause, isNode: Bool, _ query: Bound.Expression
  ) throws(Failure) -> ProcedureCall {
    let index = bindName(search.index)
    let limit = try bindPage("LIMIT", search.limit) ?? .literal(Bound.Literal(.integer(0)))
    let name: String
    let arguments: [Bound.Expression]
    switch search.kind {
    case .vector:
      name = "db.index.vector.query"
      arguments = [index, limit, query]
    case .fulltext:
      name = "db.index.fulltext.query"
      var options = [QueryPlan.MapItem(key: "limit", value: limit)]
      if let skip = try bindPage("SKIP", search.skip) {
        options.append(QueryPlan.MapItem(key: "skip", value: skip))
      }
      if let analyzer = search.analyzer {
        options.append(QueryPlan.MapItem(key: "analyzer", value: try bindExpression(analyzer)))
      }
      arguments = [index, query, .map(options)]
    }
    guard let signature = procedures.signature(named: name + (isNode ? "Nodes" : "Relationships"))
    else { throw unsupported("SEARCH") }
    var yields = [
      ProcedureCall.Yield(
        column: isNode ? "node" : "relationship",
        slot: try declare(search.variable, isNode ? .node : .relationship))
    ]
    if let score = search.score {
      yields.append(ProcedureCall.Yield(column: "score", slot: try declare(score, .float)))
    }
    return ProcedureCall(signature: signature, arguments: arguments, yields: yields)
  }

  /// Checks that the pattern is about what is searched; whether that is a node.
  private func checkSearched(
    _ match: MatchClause, _ search: SearchClause
  ) throws(Failure) -> Bool {
    guard match.patterns.count == 1, let pattern = match.patterns.first,
      case .elements(let parts) = pattern.kind, pattern.selector == nil
    else {
      let text =
        "In order to have a search clause, a MATCH statement can only have a single node or relationship pattern and no selectors."
      throw syntaxError(
        text, at: match.span.start,
        CauseText(code: "42I72", name: "invalid use of SEARCH", text: text))
    }
    var isNode: Bool?
    for part in parts {
      let (name, isOfNode): (Name?, Bool)
      switch part {
      case .node(let node): (name, isOfNode) = (node.variable, true)
      case .relationship(let relationship): (name, isOfNode) = (relationship.variable, false)
      case .parenthesized: throw unsupported("SEARCH with parentheses in its pattern")
      }
      guard let name else { continue }
      guard name.text == search.variable.text else {
        if parts.contains(where: { $0.names(search.variable.text) }) {
          let text =
            "In order to have a search clause, a MATCH statement can only have one bound variable."
          throw syntaxError(
            text, at: name.span.start,
            CauseText(code: "42I70", name: "invalid use of SEARCH", text: text))
        }
        continue
      }
      isNode = isOfNode
    }
    guard let isNode else {
      throw undefinedVariable(search.variable.text, at: search.variable.span.start)
    }
    return isNode
  }

  /// A form of the language that is understood but not carried out.
  func unsupported(_ form: String) -> Failure {
    Failure(
      code: "Neo.ClientError.Statement.NotSupported", message: "\(form) is not supported here.")
  }
}

extension PatternElement {
  fileprivate func names(_ variable: String) -> Bool {
    switch self {
    case .node(let node): node.variable?.text == variable
    case .relationship(let relationship): relationship.variable?.text == variable
    case .parenthesized: false
    }
  }
}
