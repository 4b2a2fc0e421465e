import Diagnostics

// Forms that open with a word of their own.

extension Parser {
  mutating func keywordForm() throws(SyntaxAbort) -> Expression {
    switch token.keyword {
    case .case: return try caseExpression()
    case .exists, .count, .collect: return try subquery()
    case .reduce, .allreduce: return try reduce()
    case .shortestpath, .allshortestpaths:
      let first = index
      let pattern = try shortestPath()
      return Expression(
        .pattern(
          PathPattern(
            variable: nil, selector: nil, mode: nil, kind: .shortest(pattern),
            span: spanFrom(first))), span: spanFrom(first))
    default: return try quantifiedPredicate()
    }
  }

  private mutating func quantifiedPredicate() throws(SyntaxAbort) -> Expression {
    let first = index
    let kind: QuantifiedPredicate.Kind =
      switch token.keyword {
      case .all: .all
      case .any: .any
      case .noneOf: .none
      default: .single
      }
    let word = text(of: index).lowercased()
    advance()
    advance()
    let variable = takeName()
    advance()
    let list = try expression()
    var predicate: Expression?
    if accept(.where) { predicate = try expression() }
    try expect(.rightParenthesis)
    if predicate == nil {
      if version >= .cypher25 { return plainCall(first, variable, list) }
      report(SyntaxFailures.quantifierWithoutWhere(word), at: span(of: first))
    }
    return Expression(
      .quantified(
        QuantifiedPredicate(kind: kind, variable: variable, list: list, predicate: predicate)),
      span: spanFrom(first))
  }

  /// What Cypher 25 makes of `all(x IN list)`: a function of that name with a boolean.
  private func plainCall(_ first: Int, _ variable: Name, _ list: Expression) -> Expression {
    let name = Name(text(of: first), span: span(of: first))
    let test = Expression(
      .binary(.in, Expression(.variable(variable), span: variable.span), list),
      span: variable.span.union(list.span))
    return Expression(
      .function(
        FunctionCall(
          name: QualifiedName(parts: [name], span: name.span), quantifier: nil,
          arguments: [test])), span: spanFrom(first))
  }

  private mutating func reduce() throws(SyntaxAbort) -> Expression {
    let first = index
    let isAllReduce = isAt(.allreduce)
    advance()
    barStop = lastBarInside(index) ?? -1
    advance()
    let accumulator = takeName()
    try expect(.equal)
    let initial = try expression()
    try expect(.comma)
    let variable = try name("a variable name")
    try expect(.in)
    let list = try expression()
    var step: Expression?
    if accept(.bar) {
      barStop = -1
      step = try expression()
    }
    var reduce = Reduce(
      accumulator: accumulator, initial: initial, variable: variable, list: list, step: step)
    if isAllReduce {
      guard step != nil, at(.comma) else {
        throw isAt(.rightParenthesis)
          ? abort(SyntaxFailures.allReduceSignature(), at: span(of: first)) : SyntaxAbort()
      }
      advance()
      let predicate = try expression()
      try expect(.rightParenthesis)
      return Expression(.allReduce(reduce, predicate: predicate), span: spanFrom(first))
    }
    try expect(.rightParenthesis)
    if step == nil { report(SyntaxFailures.reduceWithoutStep(), at: span(of: first)) }
    reduce.step = step
    return Expression(.reduce(reduce), span: spanFrom(first))
  }

  private mutating func subquery() throws(SyntaxAbort) -> Expression {
    let first = index
    let keyword = token.keyword
    advance()
    try expect(.leftBrace)
    try enter(Self.queryWeight)
    let wasNested = isNested
    isNested = true
    let body: SubqueryBody
    if keyword != .collect, startsPatternBody() {
      let clause = try matchBody(isOptional: false, first: index, isSubquery: true)
      body = .pattern(clause)
    } else {
      body = .query(try query())
    }
    if isAt(.endOfText) { throw SyntaxAbort() }
    isNested = wasNested
    leave(Self.queryWeight)
    try expect(.rightBrace)
    let kind: ExpressionKind =
      switch keyword {
      case .exists: .exists(body)
      case .count: .count(body)
      default: .collect(body)
      }
    return Expression(kind, span: spanFrom(first))
  }
}
