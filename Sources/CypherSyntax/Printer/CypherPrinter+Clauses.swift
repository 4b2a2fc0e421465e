// Queries and clauses.

extension CypherPrinter {
  mutating func query(_ query: Query) {
    switch query.kind {
    case .single(let single): list(single.clauses, separator: " ") { $0.clause($1) }
    case .union(let first, let arms):
      self.query(first)
      for arm in arms {
        write(arm.isAll ? " UNION ALL " : " UNION ")
        self.query(arm.query)
      }
    case .braced(let inner): enclosed("{ ", " }") { $0.query(inner) }
    case .next(let parts): list(parts, separator: " NEXT ") { $0.query($1) }
    case .conditional(let conditional):
      list(conditional.branches, separator: " ") { printer, branch in
        printer.write("WHEN ")
        printer.expression(branch.predicate)
        printer.write(" THEN ")
        printer.query(branch.query)
      }
      if let otherwise = conditional.otherwise {
        write(" ELSE ")
        self.query(otherwise)
      }
    }
  }

  mutating func clause(_ clause: Clause) {
    switch clause {
    case .use(let clause): use(clause)
    case .match(let clause):
      write(clause.isOptional ? "OPTIONAL MATCH " : "MATCH ")
      matchBody(clause)
    case .unwind(let clause): unwind(clause)
    case .with(let clause):
      write("WITH ")
      projection(clause.projection)
      predicate(clause.predicate)
    case .returning(let clause):
      write("RETURN ")
      projection(clause.projection)
    case .finish: write("FINISH")
    case .letting(let clause):
      write("LET ")
      list(clause.items) { printer, item in
        printer.variable(item.variable)
        printer.write(" = ")
        printer.expression(item.value)
      }
    case .filter(let clause):
      write("FILTER WHERE ")
      expression(clause.predicate)
    case .orderAndPage(let clause): page(clause.order, clause.skip, clause.limit, isFirst: true)
    case .loadCSV(let clause): loadCSV(clause)
    case .callProcedure(let clause): call(clause)
    case .callSubquery(let clause): call(clause)
    case .show(let clause): show(clause)
    case .terminate(let clause): terminate(clause)
    default: updating(clause)
    }
  }

  mutating func predicate(_ predicate: Expression?) {
    guard let predicate else { return }
    write(" WHERE ")
    expression(predicate)
  }

  mutating func use(_ clause: UseClause) {
    write("USE ")
    switch clause.target {
    case .name(let name): qualifiedName(name)
    case .function(let call): expression(call)
    }
  }

  // MARK: - Reading

  mutating func matchBody(_ clause: MatchClause) {
    switch clause.mode?.kind {
    case .differentRelationships: write("DIFFERENT RELATIONSHIPS ")
    case .repeatableElements: write("REPEATABLE ELEMENTS ")
    case nil: break
    }
    list(clause.patterns) { $0.pathPattern($1) }
    for hint in clause.hints { self.hint(hint) }
    if let search = clause.search { self.search(search) }
    predicate(clause.predicate)
  }

  private mutating func hint(_ hint: Hint) {
    write(" USING ")
    switch hint.kind {
    case .index(let type, let isSeek, let name, let label, let keys):
      if let type { write("\(type.rawValue) ") }
      write(isSeek ? "INDEX SEEK " : "INDEX ")
      variable(name)
      write(":")
      plainName(label)
      enclosed("(", ")") { printer in printer.list(keys) { $0.plainName($1) } }
    case .scan(let name, let label):
      write("SCAN ")
      variable(name)
      write(":")
      plainName(label)
    case .join(let names):
      write("JOIN ON ")
      list(names) { $0.variable($1) }
    }
  }

  private mutating func search(_ search: SearchClause) {
    write(" SEARCH ")
    variable(search.variable)
    enclosed(" IN (", ")") { printer in
      printer.write(search.kind == .vector ? "VECTOR INDEX " : "FULLTEXT INDEX ")
      printer.nameOrParameter(search.index)
      printer.write(" FOR ")
      printer.expression(search.query)
      printer.predicate(search.predicate)
      if let analyzer = search.analyzer {
        printer.write(" WITH ANALYZER ")
        printer.expression(analyzer)
      }
      printer.page([], search.skip, search.limit, isFirst: false)
    }
    if let score = search.score {
      write(" SCORE AS ")
      variable(score)
    }
  }

  private mutating func unwind(_ clause: UnwindClause) {
    if clause.isFor {
      write("FOR ")
      variable(clause.variable)
      write(" IN ")
      expression(clause.list)
    } else {
      write("UNWIND ")
      expression(clause.list)
      write(" AS ")
      variable(clause.variable)
    }
  }

  private mutating func loadCSV(_ clause: LoadCSVClause) {
    write(clause.hasHeaders ? "LOAD CSV WITH HEADERS FROM " : "LOAD CSV FROM ")
    expression(clause.url)
    write(" AS ")
    variable(clause.variable)
    if let terminator = clause.fieldTerminator {
      write(" FIELDTERMINATOR \(Self.string(terminator.text))")
    }
  }

  // MARK: - Projections

  mutating func projection(_ projection: Projection) {
    switch projection.quantifier {
    case .distinct: write("DISTINCT ")
    case .all: write("ALL ")
    case nil: break
    }
    if projection.includesAll { write(projection.items.isEmpty ? "*" : "*, ") }
    list(projection.items) { printer, item in
      printer.expression(item.expression)
      if let alias = item.alias {
        printer.write(" AS ")
        printer.variable(alias)
      }
    }
    switch projection.grouping?.keys {
    case .all: write(" GROUP BY ALL")
    case .expressions(let keys) where keys.isEmpty: write(" GROUP BY ()")
    case .expressions(let keys):
      write(" GROUP BY ")
      list(keys) { $0.expression($1) }
    case nil: break
    }
    page(projection.order, projection.skip, projection.limit, isFirst: false)
  }

  mutating func page(
    _ order: [SortItem], _ skip: Expression?, _ limit: Expression?, isFirst: Bool
  ) {
    var separator = isFirst ? "" : " "
    if !order.isEmpty {
      write("\(separator)ORDER BY ")
      list(order) { printer, item in
        printer.expression(item.expression)
        if item.isDescending { printer.write(" DESC") }
      }
      separator = " "
    }
    if let skip {
      write("\(separator)SKIP ")
      expression(skip)
      separator = " "
    }
    if let limit {
      write("\(separator)LIMIT ")
      expression(limit)
    }
  }

  mutating func yield(_ yield: YieldClause?) {
    guard let yield else { return }
    write(" YIELD ")
    if yield.includesAll { write("*") }
    list(yield.items) { printer, item in
      printer.variable(item.column)
      if let alias = item.alias {
        printer.write(" AS ")
        printer.variable(alias)
      }
    }
    page(yield.order, yield.skip, yield.limit, isFirst: false)
    predicate(yield.predicate)
  }

  // MARK: - CALL

  private mutating func call(_ clause: CallProcedureClause) {
    write(clause.isOptional ? "OPTIONAL CALL " : "CALL ")
    list(clause.procedure.parts, separator: ".") { $0.plainName($1) }
    if let arguments = clause.arguments {
      enclosed("(", ")") { printer in printer.list(arguments) { $0.expression($1) } }
    }
    yield(clause.yield)
  }

  private mutating func call(_ clause: CallSubqueryClause) {
    write(clause.isOptional ? "OPTIONAL CALL " : "CALL ")
    switch clause.scope {
    case .all: write("(*) ")
    case .variables(let names):
      enclosed("(", ") ") { printer in printer.list(names) { $0.variable($1) } }
    case nil: break
    }
    enclosed("{ ", " }") { $0.query(clause.query) }
    if let transactions = clause.transactions { inTransactions(transactions) }
  }

  private mutating func inTransactions(_ transactions: InTransactions) {
    write(" IN ")
    if let concurrency = transactions.concurrency {
      expression(concurrency)
      write(" ")
    }
    write(transactions.isConcurrent ? "CONCURRENT TRANSACTIONS" : "TRANSACTIONS")
    for size in transactions.batchSizes {
      write(" OF ")
      expression(size.rows)
      write(" ROWS")
    }
    for behaviour in transactions.errorBehaviours { onError(behaviour) }
    for report in transactions.reports {
      write(" REPORT STATUS AS ")
      variable(report.variable)
    }
    for key in transactions.disjointBy {
      write(" DISJOINT BY ")
      expression(key)
    }
  }

  private mutating func onError(_ behaviour: InTransactions.ErrorBehaviour) {
    write(" ON ERROR ")
    if behaviour.isRetry {
      write("RETRY ")
      if let seconds = behaviour.retrySeconds {
        write("FOR ")
        expression(seconds)
        write(" SECONDS ")
      }
      write("THEN ")
    }
    switch behaviour.kind {
    case .fail: write("FAIL")
    case .proceed: write("CONTINUE")
    case .stop: write("BREAK")
    }
  }
}
