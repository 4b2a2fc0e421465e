import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  /// Binds what stands in a subquery expression: outer names are constants there, inner ones do not
  /// leak, and the outer slots used are collected.
  mutating func withSubquery<Result>(
    _ body: (inout Binder) throws(Failure) -> Result
  ) throws(Failure) -> (result: Result, arguments: Set<Slot>) {
    // A failure ends the whole walk, so the state is put back after success only.
    let outer = (scope, usedSlots, aggregation, computed, lostNames, context, labelStyles)
    scope = scope.asOuter
    usedSlots = []
    aggregation = nil
    computed = [:]
    context.expressionDepth += 1
    context.pageWord = nil
    let result = try body(&self)
    let used = usedSlots
    (scope, usedSlots, aggregation, computed, lostNames, context, labelStyles) = outer
    var arguments: Set<Slot> = []
    for (name, variable) in scope.variables where used.contains(variable.slot) {
      arguments.insert(variable.slot)
      noteOuterUse(name.text, variable)
    }
    usedSlots.formUnion(arguments)
    return (result, arguments)
  }

  /// Inside of a mixed item, outer variables of a subquery count as those of the item.
  private mutating func noteOuterUse(_ name: String, _ variable: Variable) {
    guard let collected = aggregation, collected.isInMixedItem, variable.origin == .clause else {
      return
    }
    let isKey = collected.keys.values.contains { $0.slot == variable.slot }
    let use = firstUses[variable.slot] ?? Name(name, span: SourceSpan(start: 0, end: 0))
    if !isKey { aggregation?.noteVariable(use) }
  }

  mutating func bindSubquery(
    _ kind: Subquery.Kind, _ body: SubqueryBody, _ span: SourceSpan
  ) throws(Failure) -> Typed {
    if context.refusesSubqueries { throw subqueryInMerge(at: span.start) }
    try refusePatternInPage(at: span.start)
    let (query, arguments) = try withSubquery { (binder) throws(Failure) in
      switch body {
      case .pattern(let match):
        let graph = try binder.bindMatchPattern(match)
        return BoundResult(
          query: BoundQuery(
            arms: [Bound.SingleQuery(clauses: [.match(graph, isOptional: false)])], columns: []))
      case .query(let query):
        return try binder.bindSubqueryBody(kind, query, span)
      }
    }
    let expression = Bound.Expression.subquery(
      Subquery(
        kind: kind, query: query.query.grouped(byOuter: arguments), arguments: arguments,
        isPattern: false))
    switch kind {
    case .exists: return Typed(expression, .boolean)
    case .count: return Typed(expression, .integer)
    case .collect, .first: return Typed(expression, .list(of: query.types.first ?? .any))
    }
  }

  func subqueryInMerge(at offset: Int) -> Failure {
    syntaxError(
      "Subquery expressions are not allowed in a MERGE clause.", at: offset,
      CauseText(
        code: "42I48", name: "invalid use of a subquery in MERGE",
        text: "Subqueries are not allowed in a MERGE clause."))
  }

  func refusePatternInPage(at offset: Int) throws(Failure) {
    guard let word = context.pageWord else { return }
    throw syntaxError(
      "It is not allowed to use patterns in the expression for \(word), so that the value for \(word) can be statically calculated.",
      at: offset, pageCause(word))
  }

  func pageCause(_ word: String) -> CauseText {
    CauseText(
      code: "42N28", name: "patterns or variables not statically inferrable",
      text: "Only statically inferrable patterns and variables are allowed in '\(word)'.")
  }

  private mutating func bindSubqueryBody(
    _ kind: Subquery.Kind, _ query: AST.Query, _ span: SourceSpan
  ) throws(Failure) -> BoundResult {
    let name = kind.name
    if query.updates(procedures) {
      throw syntaxError(
        "\(name.article) \(name.title) Expression cannot contain any updates", at: span.start,
        CauseText(
          code: "42N57", name: "invalid use of data-modifications in expressions",
          text: "'\(name.title)' cannot contain any updating clauses."))
    }
    if kind == .collect, query.returnsAllOfNothing(scope) { throw notOneColumn(at: span.start) }
    let bound = try bindQuery(query, .expression(kind))
    if kind == .collect {
      guard bound.query.columns.count == 1, query.returns else {
        throw notOneColumn(at: span.start)
      }
    }
    return bound
  }

  private func notOneColumn(at offset: Int) -> Failure {
    syntaxError(
      "A Collect Expression must end with a single return column.", at: offset,
      CauseText(
        code: "42N22", name: "single return column required",
        text: "A COLLECT subquery must end with a single return column."))
  }

  /// `(a)-->(b)` where a boolean is wanted.
  mutating func bindPatternCondition(_ pattern: PathPattern) throws(Failure) -> Typed {
    if context.refusesSubqueries { throw subqueryInMerge(at: pattern.span.start) }
    try refusePatternInPage(at: pattern.span.start)
    let (graph, arguments) = try withSubquery { (binder) throws(Failure) in
      var context = PatternContext(.predicate)
      let draft = try binder.draftPatterns([pattern], &context)
      return try binder.finishGraph(draft, context)
    }
    let query = BoundQuery(
      arms: [Bound.SingleQuery(clauses: [.match(graph, isOptional: false)])], columns: [])
    return Typed(
      .subquery(Subquery(kind: .exists, query: query, arguments: arguments, isPattern: true)),
      .boolean)
  }

  /// A pattern where no boolean is wanted: only `shortestPath()` has a value of its own.
  mutating func bindPatternPredicate(_ pattern: PathPattern) throws(Failure) -> Typed {
    guard case .shortest(let shortest) = pattern.kind else {
      // The mistakes inside of the pattern come first.
      _ = try bindPatternCondition(pattern)
      throw syntaxError(
        "A pattern expression should only be used in order to test the existence of a pattern. It should therefore only be used in contexts that evaluate to a boolean, e.g. inside the function exists() or in a WHERE-clause. No other uses are allowed, instead they should be replaced by a pattern comprehension.",
        at: pattern.span.start,
        CauseText(
          code: "42I34", name: "invalid use of pattern expression",
          text:
            "A pattern expression can only be used to test the existence of a pattern. Use a pattern comprehension instead."
        ))
    }
    return try bindShortestExpression(pattern, isAll: shortest.isAll)
  }

  private mutating func bindShortestExpression(
    _ pattern: PathPattern, isAll: Bool
  ) throws(Failure) -> Typed {
    try refusePatternInPage(at: pattern.span.start)
    let (bound, arguments) = try withSubquery { (binder) throws(Failure) in
      var context = PatternContext(.shortestExpression)
      context.keepsAll = true
      let path = binder.slots.addAnonymous(.path)
      let draft = try binder.draftPatterns([pattern], &context, pathSlot: path)
      let graph = try binder.finishGraph(draft, context)
      return (graph, path)
    }
    let item = Bound.Projection.Item(slot: bound.1, expression: .variable(bound.1))
    let query = BoundQuery(
      arms: [
        Bound.SingleQuery(clauses: [
          .match(bound.0, isOptional: false),
          .project(Bound.Projection(items: [item], isReturn: true)),
        ])
      ], columns: [ResultColumn(name: "path", slot: bound.1)])
    return Typed(
      .subquery(
        Subquery(
          kind: isAll ? .collect : .first, query: query, arguments: arguments, isPattern: true)),
      isAll ? .list(of: .path) : .path)
  }

  mutating func bindPatternComprehension(
    _ comprehension: PatternComprehension, _ span: SourceSpan
  ) throws(Failure) -> Typed {
    if context.refusesSubqueries { throw subqueryInMerge(at: span.start) }
    try refusePatternInPage(at: span.start)
    let (bound, arguments) = try withSubquery { (binder) throws(Failure) in
      var context = PatternContext(.comprehension)
      let draft = try binder.draftPatterns([comprehension.pattern], &context)
      var graph = try binder.finishGraph(draft, context)
      if let predicate = comprehension.predicate {
        graph.predicates += try binder.bindCondition(predicate).expression.conjuncts
        graph.arguments.formUnion(binder.usedSlots.intersection(binder.scope.constantSlots))
      }
      return (graph, try binder.bind(comprehension.projection))
    }
    let slot = slots.addAnonymous(Self.kind(of: bound.1.type))
    let item = Bound.Projection.Item(slot: slot, expression: bound.1.expression)
    let query = BoundQuery(
      arms: [
        Bound.SingleQuery(clauses: [
          .match(bound.0, isOptional: false),
          .project(Bound.Projection(items: [item], isReturn: true)),
        ])
      ], columns: [ResultColumn(name: "element", slot: slot)])
    return Typed(
      .subquery(Subquery(kind: .collect, query: query, arguments: arguments, isPattern: true)),
      .list(of: bound.1.type))
  }
}

extension AST.Query {
  /// Whether it is `RETURN *` alone.
  fileprivate func returnsAllOfNothing(_ scope: Scope) -> Bool {
    guard case .single(let single) = kind, single.clauses.count == 1,
      case .returning(let returning) = single.clauses[0]
    else { return false }
    return returning.projection.includesAll && returning.projection.items.isEmpty
  }
}

extension Subquery.Kind {
  /// How messages call it.
  var name: (article: String, title: String) {
    switch self {
    case .exists: ("An", "Exists")
    case .count: ("A", "Count")
    case .collect, .first: ("A", "Collect")
    }
  }
}

extension BoundQuery {
  /// The query of a subquery expression, whose WITH keep the outer variables that it reads: those that
  /// aggregate group by them, and so give no row where there is none to aggregate.
  fileprivate func grouped(byOuter slots: Set<Slot>) -> BoundQuery {
    if slots.isEmpty { return self }
    let keys = slots.sorted().map { Bound.Projection.Item(slot: $0, expression: .variable($0)) }
    var query = self
    for arm in query.arms.indices {
      for index in query.arms[arm].clauses.indices.dropLast() {
        guard case .project(var projection) = query.arms[arm].clauses[index],
          projection.isAggregating
        else { continue }
        let known = Set(projection.grouping.map(\.slot))
        projection.grouping = keys.filter { !known.contains($0.slot) } + projection.grouping
        query.arms[arm].clauses[index] = .project(projection)
      }
    }
    return query
  }
}
