import CypherSyntax
import Diagnostics
import QueryPlan

// Queries made of queries: NEXT, WHEN and braces. Their bound forms are made of what single queries
// have: a part of NEXT goes on with the rows of the part before, a choice is a CALL of a union whose
// arms are guarded by the number of the branch.

extension Binder {
  /// Binds `part NEXT part …`: the columns of one part are the scope of the next.
  mutating func bindNext(
    _ parts: [AST.Query], _ place: QueryPlace
  ) throws(Failure) -> BoundResult {
    try refuseWithoutScope("NEXT", place, at: parts.first?.span.start)
    var clauses: [Bound.Clause] = []
    var result = BoundResult(query: BoundQuery(arms: [], columns: []))
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      result = try bindPart(part, isLast ? place : .part, isFirst: index == 0, &clauses)
      if isLast { break }
      enterColumns(result, returns: part.returns, &clauses)
    }
    result.query.arms = [Bound.SingleQuery(clauses: clauses)]
    result.query.armColumns = []
    result.query.isDistinctUnion = false
    return result
  }

  private mutating func bindPart(
    _ part: AST.Query, _ place: QueryPlace, isFirst: Bool, _ clauses: inout [Bound.Clause]
  ) throws(Failure) -> BoundResult {
    if case .single(let single) = part.unbraced.kind {
      let result = try bindSingle(single, place)
      clauses += result.query.arms.first?.clauses ?? []
      return result
    }
    return try bindPerRow(part.unbraced, place, &clauses)
  }

  /// Binds a query that runs once for each row, as CALL does, with all variables imported.
  private mutating func bindPerRow(
    _ query: AST.Query, _ place: QueryPlace, _ clauses: inout [Bound.Clause]
  ) throws(Failure) -> BoundResult {
    let outer = (scope, usedSlots)
    for name in scope.variables.keys { scope.variables[name]?.origin = .imported }
    usedSlots = []
    let result = try bindQuery(query, place)
    let imports = usedSlots.intersection(outer.0.slots)
    (scope, usedSlots) = (outer.0, outer.1.union(imports))
    clauses.append(
      .callSubquery(
        SubqueryCall(
          imports: imports.sorted(), query: result.query, isUnit: !query.returns)))
    if place.isStatement || !isPart(place), query.returns {
      let items = result.query.columns.map {
        Bound.Projection.Item(slot: $0.slot, expression: .variable($0.slot))
      }
      clauses.append(.project(Bound.Projection(items: items, isReturn: true)))
    }
    return result
  }

  private func isPart(_ place: QueryPlace) -> Bool {
    if case .part = place { true } else { false }
  }

  /// Makes the columns of a part the scope; a part without columns leaves one row.
  private mutating func enterColumns(
    _ result: BoundResult, returns: Bool, _ clauses: inout [Bound.Clause]
  ) {
    scope.variables = scope.variables.filter { $0.value.isConstant }
    if returns {
      if case .project(var projection)? = clauses.last {
        projection.isReturn = false
        clauses[clauses.count - 1] = .project(projection)
      }
      for (column, type) in zip(result.query.columns, result.types) {
        scope[column.name] = Variable(slot: column.slot, type: type, origin: .clause)
      }
      return
    }
    if case .finish? = clauses.last { clauses.removeLast() }
    let count = Bound.Projection.Aggregate(
      slot: slots.addAnonymous(.value), call: AggregateCall(.countAll, arguments: []))
    let item = Bound.Projection.Item(slot: count.slot, expression: .variable(count.slot))
    clauses.append(
      .project(Bound.Projection(items: [item], isAggregating: true, aggregates: [count])))
  }

  /// Binds `WHEN p THEN q … ELSE q`.
  mutating func bindConditional(
    _ conditional: ConditionalQuery, _ place: QueryPlace
  ) throws(Failure) -> BoundResult {
    try refuseWithoutScope("WHEN", place, at: conditional.span.start)
    var alternatives: [CaseAlternative] = []
    for (index, branch) in conditional.branches.enumerated() {
      let predicate = try bindCondition(branch.predicate).expression
      alternatives.append(CaseAlternative(when: predicate, then: Self.number(index)))
    }
    let chosen = slots.addAnonymous(.value)
    let choice = Bound.Projection.Item(
      slot: chosen,
      expression: .caseWhen(
        alternatives, otherwise: Self.number(conditional.branches.count)))
    let queries = conditional.branches.map(\.query) + [conditional.otherwise].compactMap { $0 }
    let outer = (scope, usedSlots)
    usedSlots = []
    let results = try bindBranches(
      queries, starts: conditional.branches.map(\.span.start), place)
    let imports = usedSlots.intersection(outer.0.slots)
    scope = outer.0
    usedSlots = outer.1.union(imports)
    let returns = queries.first?.returns == true
    var union = joined(guarded(results, chosen, imports), isDistinct: false)
    if results.count == 1 { union = single(union, results) }
    var clauses: [Bound.Clause] = [
      .project(Bound.Projection(items: keptItems() + [choice])),
      .callSubquery(
        SubqueryCall(
          imports: imports.sorted() + [chosen], query: union.query, isUnit: !returns)),
    ]
    if returns {
      let items = union.query.columns.map {
        Bound.Projection.Item(slot: $0.slot, expression: .variable($0.slot))
      }
      clauses.append(.project(Bound.Projection(items: items, isReturn: true)))
    }
    return BoundResult(
      query: BoundQuery(
        arms: [Bound.SingleQuery(clauses: clauses)], columns: union.query.columns),
      types: union.types)
  }

  private static func number(_ index: Int) -> Bound.Expression {
    .literal(Bound.Literal(.integer(Int64(index))))
  }

  private mutating func bindBranches(
    _ queries: [AST.Query], starts branchStarts: [Int], _ place: QueryPlace
  ) throws(Failure) -> [BoundResult] {
    for name in scope.variables.keys { scope.variables[name]?.origin = .imported }
    let outside = scope
    var results: [BoundResult] = []
    for query in queries {
      scope = outside
      if query.returns != queries[0].returns || (query.finishes && !query.returns) {
        throw unevenBranches(at: query.span.start)
      }
      let result = try bindQuery(query.unbraced, place)
      if let first = results.first,
        Set(first.query.columns.map(\.name)) != Set(result.query.columns.map(\.name))
      {
        let isElse = results.count == branchStarts.count
        throw differentBranches(
          at: isElse ? wordBefore(query.span.start) : branchStarts[results.count])
      }
      results.append(result)
    }
    return results
  }

  private func unevenBranches(at offset: Int) -> Failure {
    let text = "All conditional queries need to either return rows or update the graph."
    return syntaxError(
      "42N3A: \(text)", at: offset,
      CauseText(code: "42N3A", name: "incompatible conditional query", text: text))
  }

  private func differentBranches(at offset: Int) -> Failure {
    let text =
      "All conditional queries must have the same return column names. Use `AS` to ensure columns have the same name."
    return syntaxError(
      "42N39: \(text)", at: offset,
      CauseText(code: "42N39", name: "incompatible return column names", text: text))
  }

  private func refuseWithoutScope(
    _ word: String, _ place: QueryPlace, at offset: Int?
  ) throws(Failure) {
    guard case .call(let call) = place, !call.hasScopeClause else { return }
    let text =
      "Not possible to enclose \(word) in 'CALL { ... }'. Use 'CALL () { ... }' instead."
    throw syntaxError(
      "42N3C: \(text)", at: offset,
      CauseText(code: "42N3C", name: "invalid use of CALL { ... }", text: text))
  }

  /// Each branch behind the condition that it is the chosen one.
  private mutating func guarded(
    _ results: [BoundResult], _ chosen: Slot, _ imports: Set<Slot>
  ) -> [BoundResult] {
    var arms: [BoundResult] = []
    for (index, result) in results.enumerated() {
      var arm = flattened(result, imports: imports, isGuarded: true)
      let kept = (imports.sorted() + [chosen]).map {
        Bound.Projection.Item(slot: $0, expression: .variable($0))
      }
      var filter = Bound.Projection(items: kept)
      filter.predicate = .comparison(.equal, .variable(chosen), Self.number(index))
      arm.query.arms[0].clauses.insert(.project(filter), at: 0)
      arms.append(arm)
    }
    return arms
  }

  /// One branch alone needs no union.
  private func single(_ union: BoundResult, _ results: [BoundResult]) -> BoundResult {
    var union = union
    let items = zip(union.query.columns, union.query.armColumns.first ?? []).map {
      Bound.Projection.Item(slot: $0.slot, expression: .variable($1))
    }
    if !items.isEmpty, !union.query.arms.isEmpty {
      if case .project(var last)? = union.query.arms[0].clauses.last {
        last.isReturn = false
        let end = union.query.arms[0].clauses.count - 1
        union.query.arms[0].clauses[end] = .project(last)
      }
      union.query.arms[0].clauses.append(
        .project(Bound.Projection(items: items, isReturn: true)))
    }
    union.query.armColumns = []
    return union
  }

  /// A query as one arm: a union of its own becomes a CALL, and so does, behind a guard, one that
  /// aggregates, which would give a row for no row.
  func flattened(
    _ result: BoundResult, imports: Set<Slot>, isGuarded: Bool = false
  ) -> BoundResult {
    let aggregates =
      isGuarded
      && result.query.arms.contains { arm in
        arm.clauses.contains { clause in
          if case .project(let projection) = clause { projection.isAggregating } else { false }
        }
      }
    guard result.query.arms.count > 1 || aggregates else { return result }
    var clauses: [Bound.Clause] = [
      .callSubquery(
        SubqueryCall(
          imports: imports.sorted(), query: result.query, isUnit: result.query.columns.isEmpty))
    ]
    if !result.query.columns.isEmpty {
      let items = result.query.columns.map {
        Bound.Projection.Item(slot: $0.slot, expression: .variable($0.slot))
      }
      clauses.append(.project(Bound.Projection(items: items, isReturn: true)))
    }
    return BoundResult(
      query: BoundQuery(
        arms: [Bound.SingleQuery(clauses: clauses)], columns: result.query.columns),
      types: result.types)
  }
}

extension AST.Query {
  /// The query inside of braces around it.
  var unbraced: AST.Query {
    if case .braced(let inner) = kind { inner.unbraced } else { self }
  }

  /// Whether it ends in FINISH.
  fileprivate var finishes: Bool {
    if case .finish? = singles.last?.clauses.last { true } else { false }
  }
}
