import Diagnostics

extension Parser {
  /// Everything up to the end of the text.
  mutating func statements() throws(SyntaxAbort) -> Statement {
    let prefix = try prefix()
    let first = index
    var statement = try statement(prefix)
    var count = 1
    while isAt(.semicolon) {
      advance()
      if isAt(.endOfText) { break }
      // Only one statement may stand here; a second one is read to tell a typing error from two.
      note("<EOF>")
      _ = try self.statement(StatementPrefix(modes: [], versions: [], options: []))
      count += 1
    }
    guard at(.endOfText) else { throw SyntaxAbort() }
    if count > 1 {
      abortFailure = SyntaxFailures.severalStatements(count)
      throw SyntaxAbort()
    }
    statement.span = spanFrom(min(first, prefixStart ?? first))
    return statement
  }

  private mutating func statement(_ prefix: StatementPrefix) throws(SyntaxAbort) -> Statement {
    let first = index
    if index == collectAt { noteStatementStarts() }
    let body: Statement.Body
    if let command = try schemaCommand() {
      body = .schema(command)
    } else if let command = try administrationCommand(use: nil, first: first) {
      body = .administration(command)
    } else {
      body = try queryOrUsedCommand(first)
    }
    return Statement(prefix: prefix, body: body, span: spanFrom(first))
  }

  /// A query, or a command behind `USE`, which is refused later.
  private mutating func queryOrUsedCommand(_ first: Int) throws(SyntaxAbort) -> Statement.Body {
    if isAt(.use) {
      let use = try use()
      if let command = try administrationCommand(use: use, first: first) {
        return .administration(command)
      }
      if let command = try schemaCommand() { return .schema(command) }
      if version < .cypher25, isAt(.show) || isAt(.terminate) {
        var query = try showCommands()
        if case .single(var single) = query.kind {
          single.clauses.insert(.use(use), at: 0)
          query.kind = .single(single)
        }
        return .query(query)
      }
      index = first
    } else if version < .cypher25, isAt(.show) || isAt(.terminate) {
      return .query(try showCommands())
    } else if version < .cypher25, isAt(.using), peek(1).keyword == .periodic,
      peek(2).keyword == .commit
    {
      throw abort(
        SyntaxFailures.oldSyntax(
          "The PERIODIC COMMIT query hint is no longer supported. Please use CALL { ... } IN TRANSACTIONS instead."
        ), at: span(of: index + 1))
    }
    return .query(try query())
  }

  private mutating func noteStatementStarts() {
    expected.formUnion([
      "'ALTER'", "'USING PERIODIC COMMIT'", "'START DATABASE'", "'STOP DATABASE'",
      "'DEALLOCATE'", "'DENY'", "'DROP'", "'DRYRUN'", "'GRANT'", "'REALLOCATE'", "'RENAME'",
      "'REVOKE'", "'ENABLE SERVER'", "'SHOW'", "'TERMINATE'",
    ])
    if version >= .cypher25 { expected.remove("'USING PERIODIC COMMIT'") }
  }

  /// Cypher 5's `SHOW` and `TERMINATE`, which stand outside queries: `RETURN` only behind `YIELD`.
  private mutating func showCommands() throws(SyntaxAbort) -> Query {
    let first = index
    var clauses: [Clause] = []
    var hasYield = false
    while true {
      if isAt(.show) {
        let show = try show()
        hasYield = show.yield != nil
        clauses.append(.show(show))
      } else if isAt(.terminate) {
        let terminate = try terminate()
        hasYield = terminate.yield != nil
        clauses.append(.terminate(terminate))
      } else {
        break
      }
      let isCombinable = clauses.last.map(isAboutTransactions) ?? false
      guard isCombinable, at(.show) || at(.terminate) else { break }
    }
    if hasYield, at(.return) {
      let start = index
      advance()
      let projection = try projection(isWith: false)
      clauses.append(
        .returning(ReturnClause(projection: projection, span: spanFrom(start))))
    }
    note("<EOF>")
    let span = spanFrom(first)
    return Query(kind: .single(SingleQuery(clauses: clauses, span: span)), span: span)
  }

  private func isAboutTransactions(_ clause: Clause) -> Bool {
    switch clause {
    case .terminate: true
    case .show(let show): if case .transactions = show.subject { true } else { false }
    default: false
    }
  }

  // MARK: - Prefix

  /// Index of the first token of the prefix, if there is one.
  private var prefixStart: Int? { tokens.first?.kind == .endOfText ? nil : 0 }

  /// `EXPLAIN`, `PROFILE`, `CYPHER [version] key=value …` in any order.
  mutating func prefix() throws(SyntaxAbort) -> StatementPrefix {
    var prefix = StatementPrefix(modes: [], versions: [], options: [])
    while token.kind == .name {
      if isAt(.explain) || isAt(.profile) {
        prefix.modes.append(
          StatementPrefix.Mode(kind: isAt(.explain) ? .explain : .profile, span: here))
        advance()
      } else if isAt(.cypher) {
        advance()
        if token.kind == .integerLiteral || token.kind == .floatLiteral {
          prefix.versions.append(Name(text(of: index), span: here))
          fix(index)
          advance()
        }
        while token.isName, peek(1).kind == .equal { prefix.options.append(option()) }
      } else {
        break
      }
    }
    if isAt(.endOfText), !hasComments || !prefix.isEmpty {
      throw abort(SyntaxFailures.emptyStatement(), at: SourceSpan(start: 0, end: 0))
    }
    return prefix
  }

  private mutating func option() -> StatementPrefix.Option {
    let first = index
    let key = takeName()
    advance()
    var value = Name(text(of: index), span: here)
    if token.isName {
      value = takeName()
    } else {
      fix(index)
      advance()
    }
    return StatementPrefix.Option(key: key, value: value, span: spanFrom(first))
  }
}
