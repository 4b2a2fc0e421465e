import Diagnostics

extension Parser {
  /// A whole query: in Cypher 25 parts joined by NEXT, else a union.
  mutating func query() throws(SyntaxAbort) -> Query {
    let first = index
    var parts = [try unionQuery()]
    while version >= .cypher25, !endsOpenly(), accept(.next) { parts.append(try unionQuery()) }
    if parts.count == 1 { return parts[0] }
    return Query(kind: .next(parts), span: spanFrom(first))
  }

  private mutating func unionQuery() throws(SyntaxAbort) -> Query {
    let first = index
    let start = try queryArm(isFirst: true)
    var arms: [UnionArm] = []
    if case .conditional = start.kind { return start }
    while !endsOpenly(), at(.union) {
      let word = index
      advance()
      let isAll = isAt(.all)
      if isAll || isAt(.distinct) { advance() }
      let span = spanFrom(word)
      arms.append(UnionArm(isAll: isAll, query: try queryArm(isFirst: false), span: span))
    }
    if arms.isEmpty { return start }
    return Query(kind: .union(first: start, arms: arms), span: spanFrom(first))
  }

  /// Whether the text ends within braces, where the server names no more than the clause's own words.
  private func endsOpenly() -> Bool { isNested && isAt(.endOfText) }

  private mutating func queryArm(isFirst: Bool) throws(SyntaxAbort) -> Query {
    let first = index
    if version >= .cypher25 {
      if at(.leftBrace) {
        let inner = try bracedQuery()
        return Query(kind: .braced(inner), span: spanFrom(first))
      }
      if isAt(.use), let query = try usedBraces(first) { return query }
      if isFirst ? at(.when) : false {
        try enter()
        let conditional = try conditional()
        leave()
        return Query(kind: .conditional(conditional), span: spanFrom(first))
      }
    }
    let clauses = try clauses()
    return Query(
      kind: .single(SingleQuery(clauses: clauses, span: spanFrom(first))), span: spanFrom(first))
  }

  /// `USE graph { clauses }`: the graph becomes the first clause within; `nil` where no brace follows.
  private mutating func usedBraces(_ first: Int) throws(SyntaxAbort) -> Query? {
    let use = try use()
    guard isAt(.leftBrace) else {
      index = first
      return nil
    }
    var inner = try bracedQuery()
    guard case .single(var single) = inner.kind else { throw SyntaxAbort() }
    single.clauses.insert(.use(use), at: 0)
    inner.kind = .single(single)
    return Query(kind: .braced(inner), span: spanFrom(first))
  }

  /// `{ query }`, one level down.
  mutating func bracedQuery() throws(SyntaxAbort) -> Query {
    try expect(.leftBrace)
    try enter(Self.queryWeight)
    let wasNested = isNested
    isNested = true
    let query = try query()
    if isAt(.endOfText) { throw SyntaxAbort() }
    isNested = wasNested
    leave(Self.queryWeight)
    try expect(.rightBrace)
    try grow()
    return query
  }

  private mutating func conditional() throws(SyntaxAbort) -> ConditionalQuery {
    let first = index
    var branches: [ConditionalQuery.Branch] = []
    while at(.when) {
      let start = index
      advance()
      let predicate = try expression()
      try expect(.then)
      let query = try queryArm(isFirst: false)
      branches.append(
        ConditionalQuery.Branch(predicate: predicate, query: query, span: spanFrom(start)))
    }
    let otherwise = accept(.else) ? try queryArm(isFirst: false) : nil
    return ConditionalQuery(branches: branches, otherwise: otherwise, span: spanFrom(first))
  }

  /// Clauses one after the other, at least one.
  mutating func clauses() throws(SyntaxAbort) -> [Clause] {
    var clauses: [Clause] = []
    while true {
      if index == collectAt, !(isNested && isAt(.endOfText) && !clauses.isEmpty) {
        noteClauseStarts()
      }
      // Clauses stand beside each other: what one of them is high does not count for the next.
      let before = height
      height = 0
      guard let clause = try clause() else {
        height = before
        break
      }
      height = max(before, height)
      clauses.append(clause)
    }
    if clauses.isEmpty { throw SyntaxAbort() }
    if !isNested { note("<EOF>") }
    return clauses
  }

  /// Writes down every word that may begin a clause.
  private mutating func noteClauseStarts() {
    expected.formUnion([
      "'ORDER BY'", "'CALL'", "'CREATE'", "'LOAD CSV'", "'DELETE'", "'DETACH'", "'FINISH'",
      "'FOREACH'", "'INSERT'", "'LIMIT'", "'MATCH'", "'MERGE'", "'NODETACH'", "'OFFSET'",
      "'OPTIONAL'", "'REMOVE'", "'RETURN'", "'SET'", "'SKIP'", "'UNWIND'", "'USE'", "'WITH'",
    ])
    if version >= .cypher25 {
      expected.formUnion(["'FILTER'", "'FOR'", "'LET'", "'SHOW'", "'TERMINATE'"])
    }
  }

  /// The clause at the current token; `nil` where none begins.
  private mutating func clause() throws(SyntaxAbort) -> Clause? {
    guard token.kind == .name, let keyword = token.keyword else { return nil }
    let first = index
    switch keyword {
    case .use: return .use(try use())
    case .match, .optional, .call, .unwind, .load, .for, .let, .filter, .show, .terminate:
      return try readingClause(keyword, first)
    case .create, .insert:
      advance()
      isInsert = keyword == .insert
      let patterns = try patterns()
      isInsert = false
      return .create(
        CreateClause(isInsert: keyword == .insert, patterns: patterns, span: spanFrom(first)))
    case .merge: return .merge(try merge())
    case .set: return .set(try set())
    case .remove: return .remove(try remove())
    case .delete, .detach, .nodetach: return .delete(try delete())
    case .foreach: return .foreach(try foreach())
    case .with:
      advance()
      let projection = try projection(isWith: true)
      let predicate = accept(.where) ? try expression() : nil
      return .with(WithClause(projection: projection, predicate: predicate, span: spanFrom(first)))
    case .return:
      advance()
      return .returning(
        ReturnClause(projection: try projection(isWith: false), span: spanFrom(first)))
    case .finish:
      advance()
      return .finish(FinishClause(span: spanFrom(first)))
    case .order, .skip, .offset, .limit:
      let (order, skip, limit) = try orderAndPage()
      return .orderAndPage(
        OrderAndPageClause(order: order, skip: skip, limit: limit, span: spanFrom(first)))
    default: return nil
    }
  }

  private mutating func readingClause(
    _ keyword: Keyword, _ first: Int
  ) throws(SyntaxAbort) -> Clause? {
    switch keyword {
    case .match:
      advance()
      return .match(try matchBody(isOptional: false, first: first, isSubquery: false))
    case .optional:
      advance()
      if at(.call) { return try call(isOptional: true, first: first) }
      try expect(.match)
      return .match(try matchBody(isOptional: true, first: first, isSubquery: false))
    case .call: return try call(isOptional: false, first: first)
    case .unwind:
      advance()
      let list = try expression()
      try expect(.as)
      let variable = try name("a variable name")
      return .unwind(
        UnwindClause(isFor: false, list: list, variable: variable, span: spanFrom(first)))
    case .load: return .loadCSV(try loadCSV())
    case .show where version >= .cypher25: return .show(try show())
    case .terminate where version >= .cypher25: return .terminate(try terminate())
    case .for where version >= .cypher25:
      advance()
      let variable = try name("a variable name")
      try expect(.in)
      let list = try expression()
      return .unwind(
        UnwindClause(isFor: true, list: list, variable: variable, span: spanFrom(first)))
    case .let where version >= .cypher25: return .letting(try letting())
    case .filter where version >= .cypher25:
      advance()
      if isAt(.where) { advance() }
      return .filter(FilterClause(predicate: try expression(), span: spanFrom(first)))
    default: return nil
    }
  }

  private mutating func letting() throws(SyntaxAbort) -> LetClause {
    let first = index
    advance()
    var items: [LetClause.Item] = []
    repeat {
      let variable = try name("a variable name")
      try expect(.equal)
      items.append(LetClause.Item(variable: variable, value: try expression()))
    } while accept(.comma)
    return LetClause(items: items, span: spanFrom(first))
  }

  /// `USE [GRAPH] name`, `USE function(…)`.
  mutating func use() throws(SyntaxAbort) -> UseClause {
    let first = index
    advance()
    if at(.graph), peek(1).isName { advance() }
    let hasParentheses = accept(.leftParenthesis)
    note("an identifier")
    guard token.isName else { throw SyntaxAbort() }
    let start = index
    let name = try qualifiedName()
    let target: UseClause.Target
    if isAt(.leftParenthesis) {
      index = start
      target = .function(try expression())
    } else {
      target = .name(name)
    }
    if hasParentheses { try expect(.rightParenthesis) }
    return UseClause(target: target, span: spanFrom(first))
  }
}
