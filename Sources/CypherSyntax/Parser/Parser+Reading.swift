import Diagnostics

extension Parser {
  /// What follows the word MATCH; also the pattern form of subquery expressions.
  mutating func matchBody(
    isOptional: Bool, first: Int, isSubquery: Bool
  ) throws(SyntaxAbort) -> MatchClause {
    let mode = try matchMode()
    let patterns = try patterns()
    var hints: [Hint] = []
    while !isSubquery, at(.using) { hints.append(try hint()) }
    let takesSearch = !isSubquery && version >= .cypher25
    var searches = takesSearch ? try searchClauses() : []
    var predicate: Expression?
    if accept(.where) { predicate = try expression() }
    if takesSearch, searches.isEmpty { searches = try searchClauses() }
    return MatchClause(
      isOptional: isOptional, mode: mode, patterns: patterns, hints: hints, predicate: predicate,
      searches: searches, span: spanFrom(first))
  }

  /// Whether the braces of a subquery expression hold a pattern rather than a query.
  func startsPatternBody() -> Bool {
    if isAt(.leftParenthesis) { return true }
    guard token.isName else { return false }
    if peek(1).kind == .equal { return true }
    switch token.keyword {
    case .any, .all, .shortest, .shortestpath, .allshortestpaths, .walk, .trail, .acyclic:
      return true
    case .different: return peek(1).keyword == .relationships || peek(1).keyword == .relationship
    case .repeatable: return peek(1).keyword == .elements || peek(1).keyword == .element
    default: return false
    }
  }

  private var isDash: Bool { token.kind == .minus }

  private mutating func matchMode() throws(SyntaxAbort) -> MatchMode? {
    let first = index
    if index == collectAt, isDash { expected.formUnion(["'DIFFERENT'", "'REPEATABLE'"]) }
    guard peek(1).kind == .name, token.kind == .name else { return nil }
    let kind: MatchMode.Kind
    switch (token.keyword, peek(1).keyword) {
    case (.different, .relationships), (.different, .relationship): kind = .differentRelationships
    case (.repeatable, .elements), (.repeatable, .element): kind = .repeatableElements
    default: return nil
    }
    let isSingular = peek(1).keyword == .relationship || peek(1).keyword == .element
    advance()
    advance()
    if isSingular, isAt(.bindings) { advance() }
    return MatchMode(kind: kind, span: spanFrom(first))
  }

  private mutating func hint() throws(SyntaxAbort) -> Hint {
    let first = index
    advance()
    if accept(.scan) {
      let variable = try name("a variable name")
      try expect(.colon)
      return Hint(
        kind: .scan(variable: variable, label: try name("a node label/relationship type name")),
        span: spanFrom(first))
    }
    if accept(.join) {
      try expect(.on)
      return Hint(kind: .join(try names("a variable name")), span: spanFrom(first))
    }
    if at(.btree) {
      throw abort(
        SyntaxFailures.oldSyntax(
          "Index type BTREE is no longer supported for USING index hint. Use TEXT, RANGE or POINT instead."
        ), at: here)
    }
    var type: IndexType?
    if let keyword = acceptAny(.range, .text, .point) {
      type = keyword == .range ? .range : keyword == .text ? .text : .point
    }
    try expect(.index)
    let isSeek = isAt(.seek) && peek(1).isName
    if isSeek { advance() }
    let variable = try name("a variable name")
    try expect(.colon)
    let label = try name("a node label/relationship type name")
    try expect(.leftParenthesis)
    let keys = try names()
    try expect(.rightParenthesis)
    return Hint(
      kind: .index(type: type, isSeek: isSeek, variable: variable, label: label, keys: keys),
      span: spanFrom(first))
  }

  private mutating func searchClauses() throws(SyntaxAbort) -> [SearchClause] {
    at(.search) ? [try searchClause()] : []
  }

  private mutating func searchClause() throws(SyntaxAbort) -> SearchClause {
    let first = index
    advance()
    let variable = try name("a variable name")
    try expect(.in)
    try expect(.leftParenthesis)
    let kind: SearchClause.Kind = isAt(.fulltext) ? .fulltext : .vector
    try expectAny(.vector, .fulltext)
    try expect(.index)
    let name = try nameOrParameter()
    try expect(.for)
    let query = try expression()
    var search = SearchClause(
      variable: variable, kind: kind, index: name, query: query, predicate: nil, analyzer: nil,
      skip: nil, limit: nil, score: nil, span: here)
    if accept(.where) { search.predicate = try expression() }
    note("'WITH ANALYZER'")
    if isAt(.with) {
      advance()
      try expect(.analyzer)
      search.analyzer = try expression()
    }
    if acceptAny(.skip, .offset) != nil { search.skip = try expression() }
    try expect(.limit)
    search.limit = try expression()
    try expect(.rightParenthesis)
    if accept(.score) {
      try expect(.as)
      search.score = try self.name("a variable name")
    }
    search.span = spanFrom(first)
    return search
  }

  mutating func loadCSV() throws(SyntaxAbort) -> LoadCSVClause {
    let first = index
    advance()
    try expect(.csv)
    let hasHeaders = accept(.with)
    if hasHeaders { try expect(.headers) }
    try expect(.from)
    let url = try expression()
    try expect(.as)
    let variable = try name("a variable name")
    var terminator: LoadCSVClause.FieldTerminator?
    if accept(.fieldterminator) {
      note("a string")
      guard isAt(.stringLiteral) else { throw SyntaxAbort() }
      terminator = LoadCSVClause.FieldTerminator(text: stringValue(at: index), span: here)
      fix(index)
      advance()
    }
    return LoadCSVClause(
      hasHeaders: hasHeaders, url: url, variable: variable, fieldTerminator: terminator,
      span: spanFrom(first))
  }

  // MARK: - CALL

  mutating func call(isOptional: Bool, first: Int) throws(SyntaxAbort) -> Clause {
    advance()
    if at(.leftBrace) { return try callSubquery(nil, isOptional, first) }
    if at(.leftParenthesis) { return try callSubquery(try scope(), isOptional, first) }
    let procedure = try qualifiedName()
    var arguments: [Expression]?
    if accept(.leftParenthesis) {
      var list: [Expression] = []
      if !at(.rightParenthesis) {
        note("','")
        repeat { list.append(try expression()) } while accept(.comma)
      }
      try expect(.rightParenthesis)
      arguments = list
    }
    let yield = at(.yield) ? try yieldClause(hasPage: false) : nil
    return .callProcedure(
      CallProcedureClause(
        isOptional: isOptional, procedure: procedure, arguments: arguments, yield: yield,
        span: spanFrom(first)))
  }

  private mutating func scope() throws(SyntaxAbort) -> CallSubqueryClause.Scope {
    advance()
    let scope: CallSubqueryClause.Scope
    if accept(.star) {
      scope = .all
    } else if at(.rightParenthesis) {
      scope = .variables([])
    } else {
      scope = .variables(try names("a variable name"))
    }
    try expect(.rightParenthesis)
    return scope
  }

  private mutating func callSubquery(
    _ scope: CallSubqueryClause.Scope?, _ isOptional: Bool, _ first: Int
  ) throws(SyntaxAbort) -> Clause {
    let query = try bracedQuery()
    let transactions = at(.in) ? try inTransactions() : nil
    return .callSubquery(
      CallSubqueryClause(
        isOptional: isOptional, scope: scope, query: query, transactions: transactions,
        span: spanFrom(first)))
  }

  private mutating func inTransactions() throws(SyntaxAbort) -> InTransactions {
    let first = index
    advance()
    var result = InTransactions(
      isConcurrent: false, concurrency: nil, batchSizes: [], errorBehaviours: [], reports: [],
      disjointBy: [], span: here)
    if !at(.transactions) {
      if !at(.concurrent) { result.concurrency = try expression() }
      try expect(.concurrent)
      result.isConcurrent = true
      try expect(.transactions)
    } else {
      advance()
    }
    while try transactionOption(&result) {}
    result.span = spanFrom(first)
    return result
  }

  private mutating func transactionOption(
    _ result: inout InTransactions
  ) throws(SyntaxAbort) -> Bool {
    let first = index
    if accept(.of) {
      let rows = try expression()
      try expectAny(.row, .rows)
      result.batchSizes.append(InTransactions.BatchSize(rows: rows, span: spanFrom(first)))
      return true
    }
    if accept(.on) {
      try expect(.error)
      result.errorBehaviours.append(try errorBehaviour(first))
      return true
    }
    if accept(.report) {
      try expect(.status)
      try expect(.as)
      let variable = try name("a variable name")
      result.reports.append(InTransactions.Report(variable: variable, span: spanFrom(first)))
      return true
    }
    if version >= .cypher25, accept(.disjoint) {
      try expect(.by)
      result.disjointBy.append(try expression())
      return true
    }
    return false
  }

  private mutating func errorBehaviour(
    _ first: Int
  ) throws(SyntaxAbort) -> InTransactions.ErrorBehaviour {
    var seconds: Expression?
    var kind = InTransactions.ErrorBehaviour.Kind.fail
    let isRetry = accept(.retry)
    if isRetry {
      if accept(.for) {
        seconds = try expression()
        try expectAny(.sec, .second, .seconds)
      }
      guard accept(.then) else {
        return InTransactions.ErrorBehaviour(
          kind: .fail, isRetry: true, retrySeconds: seconds, span: spanFrom(first))
      }
    }
    guard let word = acceptAny(.break, .continue, .fail) else { throw SyntaxAbort() }
    kind = word == .break ? .stop : word == .continue ? .proceed : .fail
    return InTransactions.ErrorBehaviour(
      kind: kind, isRetry: isRetry, retrySeconds: seconds, span: spanFrom(first))
  }
}
