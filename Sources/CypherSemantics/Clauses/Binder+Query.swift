import CypherSyntax
import Diagnostics
import QueryPlan

/// Where a query stands.
enum QueryPlace {
  /// The statement itself.
  case statement
  /// The braces of EXISTS, COUNT or COLLECT.
  case expression(Subquery.Kind)
  /// The braces of CALL.
  case call(CallPlace)
  /// Before NEXT.
  case part

  /// Facts about the CALL around.
  struct CallPlace {
    /// Names of the query around that may not be returned.
    var outerNames: Set<String>
    /// Whether a scope clause says what is imported.
    var hasScopeClause: Bool
    /// The variables that an importing WITH may name.
    var importable: Scope
  }
}

/// A query, bound, and what is known of its columns.
struct BoundResult {
  var query: BoundQuery
  var types: [StaticType] = []
}

extension Binder {
  /// Binds a query; its arms begin with the scope of the moment.
  mutating func bindQuery(
    _ query: AST.Query, _ place: QueryPlace
  ) throws(Failure) -> BoundResult {
    switch query.kind {
    case .single(let single): return try bindSingle(single, place)
    case .braced(let inner): return try bindQuery(inner, place)
    case .union(let first, let arms): return try bindUnion(first, arms, place)
    case .next(let parts): return try bindNext(parts, place)
    case .conditional(let conditional): return try bindConditional(conditional, place)
    }
  }

  private mutating func bindUnion(
    _ first: AST.Query, _ arms: [UnionArm], _ place: QueryPlace
  ) throws(Failure) -> BoundResult {
    if let odd = arms.first(where: { $0.isAll != arms.first?.isAll }) {
      throw syntaxError(
        "Invalid combination of UNION and UNION ALL", at: odd.span.start,
        CauseText(
          code: "42I40", name: "invalid use of UNION and UNION ALL",
          text: "UNION and UNION ALL cannot be combined."))
    }
    let names = first.writtenColumns(self)
    for arm in arms {
      guard let names, let others = arm.query.writtenColumns(self), Set(names) != Set(others)
      else { continue }
      throw differentColumns(at: arm.span.start)
    }
    let outside = scope
    let outerUnion = context.isInUnion
    context.isInUnion = true
    var results = [try bindQuery(first, place)]
    for arm in arms {
      scope = outside
      let result = try bindQuery(arm.query, place)
      if Set(result.query.columns.map(\.name)) != Set(results[0].query.columns.map(\.name)) {
        throw differentColumns(at: arm.span.start)
      }
      results.append(result)
    }
    scope = outside
    context.isInUnion = outerUnion
    let imports = usedSlots.intersection(outside.slots)
    results = results.map { flattened($0, imports: imports) }
    return joined(results, isDistinct: arms.first?.isAll == false)
  }

  private func differentColumns(at offset: Int) -> Failure {
    syntaxError(
      "All sub queries in an UNION must have the same return column names", at: offset,
      CauseText(
        code: "42N39", name: "incompatible return column names",
        text:
          "All UNION subqueries must have the same return column names. Use `AS` to ensure columns have the same name."
      ))
  }

  /// Arms under columns of their own, in the order of the first arm.
  mutating func joined(_ results: [BoundResult], isDistinct: Bool) -> BoundResult {
    let first = results[0].query.columns
    var columns: [ResultColumn] = []
    var types: [StaticType] = []
    for (index, column) in first.enumerated() {
      var type = results[0].types[index]
      for result in results.dropFirst() {
        if let place = result.query.columns.firstIndex(where: { $0.name == column.name }) {
          type = type.joined(with: result.types[place])
        }
      }
      types.append(type)
      columns.append(
        ResultColumn(
          name: column.name, slot: newSlot(column.name, type), sourceStart: column.sourceStart,
          sourceEnd: column.sourceEnd))
    }
    let arms = results.flatMap(\.query.arms)
    let armColumns = results.map { result in
      columns.compactMap { column in
        result.query.columns.first { $0.name == column.name }?.slot
      }
    }
    return BoundResult(
      query: BoundQuery(
        arms: arms, isDistinctUnion: isDistinct, columns: columns, armColumns: armColumns),
      types: types)
  }

  /// Binds clauses one after the other.
  mutating func bindSingle(
    _ single: AST.SingleQuery, _ place: QueryPlace
  ) throws(Failure) -> BoundResult {
    try checkShape(single, place)
    // Each would only be refused after much work.
    if single.clauses.lazy.filter(\.hasOwnOperator).count > StatementPlan.maximumDepth {
      throw StatementPlan.tooDeep
    }
    var clauses = single.clauses[...]
    if case .call(let call) = place, !call.hasScopeClause {
      try bindImports(&clauses, call)
    }
    var bound: [Bound.Clause] = []
    var result = BoundResult(query: BoundQuery(arms: [], columns: []))
    for clause in clauses {
      switch clause {
      case .use(let use): try noteGraph(use, place)
      case .with(let with): bound.append(try bindWith(with, place))
      case .returning(let returning):
        let projected = try bindReturn(returning, place)
        bound.append(.project(projected.projection))
        result.query.columns = projected.columns
        result.types = projected.types
      case .finish: bound.append(.finish)
      case .callProcedure(let call):
        let isStandalone = single.clauses.filter { !$0.isUse }.count == 1
        let yields = try bindProcedureCall(call, isStandalone: isStandalone)
        bound.append(.callProcedure(yields.call))
        if isStandalone, yields.call.signature.outputs.isEmpty == false, place.isStatement {
          try addStandaloneReturn(yields, &bound, &result)
        }
      case .callSubquery(let call): bound.append(try bindSubqueryCall(call))
      case .show, .terminate: throw misplacedCommand(clause)
      case .match(let match):
        if let search = match.search {
          bound += try bindSearch(match, search)
        } else {
          bound.append(try bindMatch(match))
        }
      default: bound.append(try bindClause(clause))
      }
      if clause.isUpdating { context.hasWritten = true }
    }
    result.query.arms = [Bound.SingleQuery(clauses: bound)]
    return result
  }

  private func misplacedCommand(_ clause: AST.Clause) -> Failure {
    syntaxError(
      "Invalid use of \(clause.word) in this context.", at: clause.span.start,
      CauseText(
        code: "42N17", name: "unsupported request",
        text: "'\(clause.word)' is not allowed in this context."))
  }

  private mutating func bindWith(
    _ with: WithClause, _ place: QueryPlace
  ) throws(Failure) -> Bound.Clause {
    let result = try bindProjection(
      with.projection, predicate: with.predicate,
      ProjectionPlace(clause: "WITH", offset: with.span.start, aliasPlace: "WITH"))
    return .project(result.projection)
  }

  private mutating func bindReturn(
    _ returning: ReturnClause, _ place: QueryPlace
  ) throws(Failure) -> ProjectionResult {
    var projection = ProjectionPlace(
      clause: "RETURN", offset: returning.span.start, isReturn: true)
    if case .part = place { projection.aliasPlace = "RETURN followed by NEXT" }
    if case .call(let call) = place {
      projection.aliasPlace =
        call.hasScopeClause ? "CALL () { RETURN ... }" : "CALL { RETURN ... }"
      projection.forbiddenNames = call.outerNames
    }
    return try bindProjection(returning.projection, predicate: nil, projection)
  }

  private mutating func addStandaloneReturn(
    _ call: BoundProcedureCall, _ bound: inout [Bound.Clause], _ result: inout BoundResult
  ) throws(Failure) {
    let items = call.call.yields.map {
      Bound.Projection.Item(slot: $0.slot, expression: .variable($0.slot))
    }
    bound.append(.project(Bound.Projection(items: items, isReturn: true)))
    result.query.columns = zip(call.names, call.call.yields).map {
      ResultColumn(name: $0, slot: $1.slot)
    }
    result.types = call.types
  }
}

extension QueryPlace {
  var isStatement: Bool {
    if case .statement = self { true } else { false }
  }
}

extension AST.Clause {
  var isUse: Bool {
    if case .use = self { true } else { false }
  }
}

extension AST.Query {
  /// The column names as far as the text tells them: `nil` with `*`, none without RETURN.
  fileprivate func writtenColumns(_ binder: Binder) -> [String]? {
    switch kind {
    case .single(let single):
      guard case .returning(let returning)? = single.clauses.last else {
        if case .callProcedure? = single.clauses.last { return nil }
        return []
      }
      if returning.projection.includesAll { return nil }
      return returning.projection.items.map { item in
        if let alias = item.alias { return alias.text }
        if case .variable(let name) = item.expression.kind,
          item.sourceSpan == item.expression.span
        {
          return name.text
        }
        return binder.source(item.sourceSpan)
      }
    case .union(let first, _): return first.writtenColumns(binder)
    case .braced(let query): return query.writtenColumns(binder)
    case .next(let parts): return parts.last?.writtenColumns(binder)
    case .conditional: return nil
    }
  }
}
