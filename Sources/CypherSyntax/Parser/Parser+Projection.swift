import Diagnostics

extension Parser {
  /// What follows WITH or RETURN.
  mutating func projection(isWith: Bool) throws(SyntaxAbort) -> Projection {
    let first = index
    let quantifier = setQuantifier()
    var includesAll = false
    var starSpan: SourceSpan?
    var items: [ProjectionItem] = []
    if at(.star) {
      includesAll = true
      starSpan = here
      advance()
      while accept(.comma) { items.append(try projectionItem()) }
    } else {
      repeat { items.append(try projectionItem()) } while accept(.comma)
    }
    let grouping = version >= .cypher25 ? try groupBy() : nil
    let (order, skip, limit) = try orderAndPage()
    return Projection(
      quantifier: quantifier, includesAll: includesAll, starSpan: starSpan, items: items,
      grouping: grouping, order: order, skip: skip, limit: limit, span: spanFrom(first))
  }

  private mutating func setQuantifier() -> SetQuantifier? {
    note("'DISTINCT'")
    if version >= .cypher25 { note("'ALL'") }
    let next = peek(1)
    if isAt(.distinct), startsItem(next) {
      advance()
      return .distinct
    }
    if version >= .cypher25, isAt(.all), next.kind != .leftParenthesis, startsItem(next) {
      advance()
      return .all
    }
    return nil
  }

  /// Whether a token begins an item, so that the word before it is none.
  private func startsItem(_ token: SyntaxToken) -> Bool {
    switch token.kind {
    case .star, .quotedName, .stringLiteral, .interpolatedString, .integerLiteral, .floatLiteral,
      .parameter, .minus,
      .plus, .leftParenthesis, .leftBracket, .leftBrace:
      true
    case .name:
      switch token.keyword {
      case .as, .order, .skip, .limit, .offset, .where, .union, .return, .with, .in, .is, .and, .or,
        .xor:
        false
      default: true
      }
    default: false
    }
  }

  private mutating func projectionItem() throws(SyntaxAbort) -> ProjectionItem {
    let first = index
    let expression = try expression()
    let last = index - 1
    let source = spanFrom(first)
    let alias =
      accept(.as) ? try name(version < .cypher25 ? "an identifier" : "a variable name") : nil
    return ProjectionItem(
      expression: expression, alias: alias, sourceSpan: source, firstToken: first,
      lastToken: last, span: spanFrom(first))
  }

  private mutating func groupBy() throws(SyntaxAbort) -> GroupBy? {
    let first = index
    note("'GROUP BY'")
    guard isAt(.group) else { return nil }
    advance()
    try expect(.by)
    if index == collectAt { expected.formUnion(["'('", "'ALL'"]) }
    if isAt(.all), peek(1).kind != .leftParenthesis {
      advance()
      return GroupBy(keys: .all, span: spanFrom(first))
    }
    if isAt(.leftParenthesis), peek(1).kind == .rightParenthesis {
      advance()
      advance()
      return GroupBy(keys: .expressions([]), span: spanFrom(first))
    }
    var keys: [Expression] = []
    repeat { keys.append(try expression()) } while accept(.comma)
    return GroupBy(keys: .expressions(keys), span: spanFrom(first))
  }

  typealias OrderAndPage = (order: [SortItem], skip: Expression?, limit: Expression?)

  /// `[ORDER BY …] [SKIP …] [LIMIT …]`, each if it is there.
  mutating func orderAndPage() throws(SyntaxAbort) -> OrderAndPage {
    var order: [SortItem] = []
    note("'ORDER BY'")
    if isAt(.order) {
      advance()
      try expect(.by)
      repeat { order.append(try sortItem()) } while accept(.comma)
    }
    var skip: Expression?
    if acceptAny(.skip, .offset) != nil { skip = try expression() }
    let limit = accept(.limit) ? try expression() : nil
    return (order, skip, limit)
  }

  private mutating func sortItem() throws(SyntaxAbort) -> SortItem {
    let first = index
    let expression = try expression()
    let direction = acceptAny(.asc, .ascending, .desc, .descending)
    return SortItem(
      expression: expression, isDescending: direction == .desc || direction == .descending,
      span: spanFrom(first))
  }

  /// `YIELD …`, with order and page after commands.
  mutating func yieldClause(hasPage: Bool) throws(SyntaxAbort) -> YieldClause {
    let first = index
    advance()
    var result = YieldClause(
      includesAll: false, items: [], order: [], skip: nil, limit: nil, predicate: nil, span: here)
    if accept(.star) {
      result.includesAll = true
    } else {
      repeat { result.items.append(try yieldItem()) } while accept(.comma)
    }
    if hasPage { (result.order, result.skip, result.limit) = try orderAndPage() }
    if (hasPage || !result.includesAll), accept(.where) { result.predicate = try expression() }
    result.span = spanFrom(first)
    return result
  }

  private mutating func yieldItem() throws(SyntaxAbort) -> YieldClause.Item {
    let first = index
    let what = version < .cypher25 ? "an identifier" : "a variable name"
    let column = try name(what)
    let alias = accept(.as) ? try name(what) : nil
    return YieldClause.Item(column: column, alias: alias, span: spanFrom(first))
  }
}
