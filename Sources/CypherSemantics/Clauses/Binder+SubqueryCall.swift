import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  mutating func bindSubqueryCall(_ call: CallSubqueryClause) throws(Failure) -> Bound.Clause {
    let outer = (scope, context, usedSlots, labelStyles)
    if call.scope == nil { remark(onImporting: call, call.query.importedNames) }
    if let transactions = call.transactions { try checkTransactions(transactions, call) }
    let place = QueryPlace.CallPlace(
      outerNames: scope.names, hasScopeClause: call.scope != nil, importable: scope)
    scope = try importedScope(call)
    usedSlots = []
    context.callDepth += 1
    context.shadowable = outer.0.names.subtracting(scope.names)
    if call.transactions != nil, context.expressionDepth == 0 {
      context.isInTransactions = true
      callsInTransactions = true
    }
    let result = try bindQuery(call.query, .call(place))
    let used = usedSlots
    (scope, context, usedSlots, labelStyles) = outer
    let imports = used.intersection(scope.slots)
    usedSlots.formUnion(imports)
    if call.query.updates(procedures), call.transactions == nil { context.hasWritten = true }
    for (column, type) in zip(result.query.columns, result.types) {
      scope[column.name] = Variable(slot: column.slot, type: type, origin: .clause)
    }
    let isUnit = !call.query.returns
    if isUnit, call.isOptional {
      remark(.redundantOptionalSubquery(at: SourcePosition(ofByte: call.span.start, in: text)))
    }
    var transactions = try bindTransactions(call.transactions)
    // A subquery expression cannot write, so that nothing is to be committed there.
    if context.expressionDepth > 0 { transactions = nil }
    return .callSubquery(
      SubqueryCall(
        imports: imports.sorted(), query: result.query, isUnit: isUnit,
        isOptional: call.isOptional, transactions: transactions))
  }

  /// What a scope clause lets in; nothing without one.
  private mutating func importedScope(_ call: CallSubqueryClause) throws(Failure) -> Scope {
    var imported = Scope()
    switch call.scope {
    case nil: break
    case .all?:
      imported = scope
      for name in imported.variables.keys { imported.variables[name]?.origin = .imported }
    case .variables(let names)?:
      for name in names {
        var variable = try lookUp(name)
        variable.origin = .imported
        imported[name.text] = variable
      }
    }
    return imported
  }

  /// The old form: a first WITH of bare names says what is imported.
  mutating func bindImports(
    _ clauses: inout ArraySlice<AST.Clause>, _ call: QueryPlace.CallPlace
  ) throws(Failure) {
    guard case .with(let with)? = clauses.first else { return }
    let projection = with.projection
    let isPlain = projection.items.allSatisfy(\.isPassedThrough)
    guard isPlain else {
      let outside = projection.items.contains { $0.expression.mentions(call.importable) }
      guard outside else { return }
      let odd = projection.items.first { !$0.isPassedThrough }
      throw invalidImport(
        "Aliasing or expressions are not supported.", odd.map { source($0.span) } ?? "", with)
    }
    // Without a reference to the outside it is a WITH as any other.
    guard projection.includesAll || !projection.items.isEmpty else { return }
    if projection.isDistinct { throw invalidImport("DISTINCT is not allowed.", "DISTINCT", with) }
    if !projection.order.isEmpty {
      throw invalidImport("ORDER BY is not allowed.", "ORDER BY", with)
    }
    if projection.skip != nil { throw invalidImport("SKIP is not allowed.", "SKIP", with) }
    if projection.limit != nil { throw invalidImport("LIMIT is not allowed.", "LIMIT", with) }
    if with.predicate != nil { throw invalidImport("WHERE is not allowed.", "WHERE", with) }
    if projection.includesAll { scope = call.importable }
    for item in projection.items {
      guard case .variable(let name) = item.expression.kind else { continue }
      guard var variable = call.importable[name.text] else {
        throw undefinedVariable(name.text, at: name.span.start)
      }
      variable.origin = .clause
      scope[name.text] = variable
      usedSlots.insert(variable.slot)
    }
    clauses.removeFirst()
  }

  private func invalidImport(_ what: String, _ text: String, _ with: WithClause) -> Failure {
    syntaxError(
      "Importing WITH should consist only of simple references to outside variables. \(what)",
      at: with.span.start,
      CauseText(
        code: "42I28", name: "invalid use of importing WITH",
        text:
          "Importing WITH can consist only of direct references to outside variables. '\(text)' is not allowed."
      ))
  }

  private mutating func bindTransactions(
    _ transactions: InTransactions?
  ) throws(Failure) -> TransactionBatching? {
    guard let transactions else { return nil }
    var rows: Bound.Expression?
    if let size = transactions.batchSizes.first {
      fixLiterals(of: size.rows)
      try refuseVariables(size.rows, "OF ... ROWS")
      let typed = try bind(size.rows)
      try checkPage(size.rows, typed, "OF ... ROWS", minimum: 1)
      rows = typed.expression
    }
    if let concurrency = transactions.concurrency {
      fixLiterals(of: concurrency)
      try refuseVariables(concurrency, "IN ... CONCURRENT")
      try checkPage(concurrency, try bind(concurrency), "IN ... CONCURRENT", minimum: 1)
    }
    let behaviour = transactions.errorBehaviours.first
    if let seconds = behaviour?.retrySeconds {
      fixLiterals(of: seconds)
      try refuseVariables(seconds, "RETRY ... SECONDS")
      try checkSeconds(seconds, try bind(seconds))
    }
    var status: Slot?
    if let report = transactions.reports.first { status = try declare(report.variable, .map) }
    let action: TransactionBatching.ErrorAction =
      switch behaviour?.kind {
      case .proceed?: .proceed
      case .stop?: .stop
      case .fail?, nil: .fail
      }
    return TransactionBatching(rows: rows, onError: action, status: status)
  }

  private func checkTransactions(
    _ transactions: InTransactions, _ call: CallSubqueryClause
  ) throws(Failure) {
    func refuse(_ message: String, _ code: String, _ name: String, _ text: String) -> Failure {
      syntaxError(
        message, at: transactions.span.start, CauseText(code: code, name: name, text: text))
    }
    if context.isInTransactions {
      throw syntaxError(
        "Nested CALL { ... } IN TRANSACTIONS is not supported", at: call.span.start,
        CauseText(
          code: "42N58", name: "unsupported use of nesting",
          text: "Nested 'CALL { ... } IN TRANSACTIONS is not supported."))
    }
    if context.callDepth > 0 {
      throw syntaxError(
        "CALL { ... } IN TRANSACTIONS nested in a regular CALL is not supported",
        at: call.span.start,
        CauseText(
          code: "42N58", name: "unsupported use of nesting",
          text: "Nested 'CALL { ... } IN TRANSACTIONS is not supported."))
    }
    if context.isInUnion {
      throw syntaxError(
        "CALL { ... } IN TRANSACTIONS in a UNION is not supported", at: call.span.start,
        CauseText(
          code: "42N47", name: "invalid use of UNION and CALL IN TRANSACTIONS",
          text: "'CALL { ... } IN TRANSACTIONS' is not supported in '... UNION ...'."))
    }
    if context.hasWritten {
      throw syntaxError(
        "CALL { ... } IN TRANSACTIONS after a write clause is not supported", at: call.span.start,
        CauseText(
          code: "42I25", name: "invalid use of CALL IN TRANSACTIONS",
          text: "'CALL { ... } IN TRANSACTIONS' is not supported after a write clause."))
    }
    try checkTransactionOptions(transactions)
  }

  private func checkTransactionOptions(_ transactions: InTransactions) throws(Failure) {
    func duplicated(_ what: String, at offset: Int) -> Failure {
      syntaxError(
        "Duplicated \(what) parameters", at: offset,
        CauseText(
          code: "42N19", name: "duplicate clause", text: "Duplicate `\(what)` clause."))
    }
    if let second = transactions.errorBehaviours.dropFirst().first {
      throw duplicated("ON ERROR", at: second.span.start)
    }
    if let second = transactions.batchSizes.dropFirst().first {
      throw duplicated("OF ROWS", at: second.span.start)
    }
    if let second = transactions.reports.dropFirst().first {
      throw duplicated("REPORT STATUS", at: second.span.start)
    }
    let kind = transactions.errorBehaviours.first?.kind ?? .fail
    if kind == .fail, let report = transactions.reports.first {
      throw syntaxError(
        "REPORT STATUS can only be used when specifying ON ERROR CONTINUE or ON ERROR BREAK",
        at: report.span.start,
        CauseText(
          code: "42I36", name: "invalid use of REPORT STATUS",
          text:
            "'REPORT STATUS' can only be used when specifying 'ON ERROR CONTINUE' or 'ON ERROR BREAK'."
        ))
    }
  }
}

extension AST.Query {
  /// The names that an importing WITH lists first.
  fileprivate var importedNames: [String] {
    guard case .with(let with)? = singles.first?.clauses.first else { return [] }
    if with.projection.includesAll { return ["*"] }
    return with.projection.items.compactMap { item in
      if case .variable(let name) = item.expression.kind { name.text } else { nil }
    }
  }
}

extension AST.ProjectionItem {
  /// Whether it is a bare variable under its own name.
  fileprivate var isPassedThrough: Bool {
    guard case .variable(let name) = expression.kind else { return false }
    return alias == nil || alias?.text == name.text
  }
}

extension AST.Expression {
  /// Whether a variable of the scope is named in it.
  fileprivate func mentions(_ scope: Scope) -> Bool {
    if case .variable(let name) = kind { return scope[name.text] != nil }
    return children.contains { $0.mentions(scope) }
  }
}
