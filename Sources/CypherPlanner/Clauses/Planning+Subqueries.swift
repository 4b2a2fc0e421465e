import Diagnostics
import QueryPlan

extension Planning {
  /// Expressions ready to be computed over `input`, which gets operators that answer subqueries
  /// beforehand where these are needed for every row.
  ///
  /// - Parameters:
  ///   - expressions: What will be computed.
  ///   - targets: Where each value goes; a subquery that is a whole expression fills its target
  ///     directly, and the expression becomes that variable.
  ///   - input: The rows.
  /// - Returns: The input with what was added, and the expressions.
  /// - Throws: A failure of planning a subquery.
  func prepare(
    _ expressions: [Expression], targets: [Slot] = [], on input: Draft
  ) throws(Failure) -> (Draft, [Expression]) {
    var draft = input
    var ready: [Expression] = []
    for (index, expression) in expressions.enumerated() {
      let target = index < targets.count ? targets[index] : nil
      ready.append(try hoist(expression.normalised, into: target, on: &draft))
    }
    return (draft, ready)
  }

  private func hoist(
    _ expression: Expression, into target: Slot?, on draft: inout Draft
  ) throws(Failure) -> Expression {
    if let degree = expression.asDegree { return degree }
    if let subquery = expression.asSubquery, subquery.kind != .first,
      subquery.arguments.isSubset(of: draft.available)
    {
      let slot = target ?? anonymous()
      draft = try answer(subquery, into: slot, on: draft)
      return .variable(slot)
    }
    guard expression.computesAllParts else { return try nested(expression) }
    return try expression.mapChildren { child throws(Failure) in
      try hoist(child, into: nil, on: &draft)
    }
  }

  /// Computes a subquery for each row of `input`.
  private func answer(
    _ subquery: Subquery, into slot: Slot, on input: Draft
  ) throws(Failure) -> Draft {
    let inner = try plan(subquery.query, arguments: subquery.arguments)
    switch subquery.kind {
    case .exists:
      return Draft(
        .letSemiApply(slot, isNegated: false), children: [input, inner], rows: input.rows,
        cost: input.cost + input.rows * inner.cost)
    case .count:
      let aggregate = Projection.Aggregate(
        slot: slot, call: AggregateCall(.countAll, arguments: []))
      let counted = Draft(
        .eagerAggregation(grouping: [], aggregates: [aggregate]), children: [inner], rows: 1,
        arguments: subquery.arguments)
      return attach(counted, to: input)
    case .collect, .first:
      let column = subquery.query.columns.first?.slot ?? slot
      inner.scale(by: input.rows)
      return Draft(
        .rollUpApply(list: slot, column: column), children: [input, inner], rows: input.rows)
    }
  }

  /// Keeps the rows of `draft` that meet all predicates; EXISTS becomes a semi-apply.
  func filter(_ draft: Draft, by predicates: [Expression]) throws(Failure) -> Draft {
    let parts = predicates.map(\.normalised).flatMap(\.conjuncts)
      .map(\.withListsForAlternatives).filter { !$0.isTrue }
    var draft = draft
    let others = parts.filter { !isSemiApply($0, over: draft.available) }
    let counting = others.filter(\.comparesSubquery)
    let plain = ordered(others.filter { !$0.comparesSubquery })
    if !plain.isEmpty {
      let ready = try plain.mapping { part throws(Failure) in try nested(part) }
      draft = kept(draft, by: ready, of: plain)
    }
    if !counting.isEmpty {
      var input = draft
      let ready = try counting.mapping { part throws(Failure) in
        try hoist(part, into: nil, on: &input)
      }
      draft = kept(input, by: ready, of: counting)
    }
    for part in parts where isSemiApply(part, over: draft.available) {
      draft = try semiApply(part, to: draft)
    }
    return draft
  }

  private func kept(_ draft: Draft, by ready: [Expression], of predicates: [Expression]) -> Draft {
    var rows = draft.rows
    for part in predicates { rows *= Estimate.selectivity(part, in: self) }
    return Draft(
      .filter(ready), children: [draft], rows: rows,
      cost: draft.cost + draft.rows * Cost.of(ready))
  }

  /// Whether a predicate is better answered by an operator than by an expression.
  func isSemiApply(_ predicate: Expression, over available: Set<Slot>) -> Bool {
    switch predicate {
    case .not(let part): return part.asExists?.arguments.isSubset(of: available) ?? false
    case .or(let parts):
      let asking = parts.filter { isSemiApply($0, over: available) }
      return asking.count == 1
        && parts.allSatisfy { part in
          isSemiApply(part, over: available) || !part.containsSubquery
        }
    default: return predicate.asExists?.arguments.isSubset(of: available) ?? false
    }
  }

  private func semiApply(_ predicate: Expression, to input: Draft) throws(Failure) -> Draft {
    switch predicate {
    case .or(let parts):
      let asking = parts.first { isSemiApply($0, over: input.available) } ?? predicate
      let others = parts.filter { $0 != asking }
      let rest = others.count > 1 ? Expression.or(others) : others.first ?? .literal(Literal(.null))
      let (subquery, isNegated) = asking.existence
      guard let subquery else { return input }
      let inner = try plan(subquery.query, arguments: subquery.arguments)
      return Draft(
        .selectOrSemiApply(rest, isNegated: isNegated), children: [input, inner],
        rows: input.rows * Estimate.unknown, cost: input.cost + input.rows * inner.cost)
    default:
      let (subquery, isNegated) = predicate.existence
      guard let subquery else { return input }
      let inner = try plan(subquery.query, arguments: subquery.arguments)
      return Draft(
        .semiApply(isNegated: isNegated), children: [input, inner],
        rows: input.rows * Estimate.selectivity(predicate, in: self),
        cost: input.cost + input.rows * inner.cost)
    }
  }

  /// The same for the condition of a hop.
  func nested(_ hop: HopPredicate?) throws(Failure) -> HopPredicate? {
    guard let hop else { return nil }
    return HopPredicate(slot: hop.slot, expression: try nested(hop.expression))
  }

  /// An expression whose subqueries are planned, to be run for each row that asks.
  func nested(_ expression: Expression) throws(Failure) -> Expression {
    if let degree = expression.asDegree { return degree }
    guard case .subquery(let subquery) = expression else {
      return try expression.mapChildren { child throws(Failure) in try nested(child) }
    }
    if let known = nestedPlans[subquery] { return .nestedPlan(known) }
    let draft = try plan(subquery.query, arguments: subquery.arguments)
    if subquery.kind == .exists { draft.ignoresRepeats = true }
    let column = subquery.query.columns.first?.slot
    let needsColumn = subquery.kind == .collect || subquery.kind == .first
    let needed: Set<Slot> = needsColumn ? Set([column].compactMap { $0 }) : []
    let plan = NestedPlan(
      kind: subquery.kind, plan: finish(draft, needed: needed),
      column: needsColumn ? column : nil, arguments: subquery.arguments.sorted(),
      text: text(expression))
    nestedPlans[subquery] = plan
    return .nestedPlan(plan)
  }
}

extension Expression {
  /// The subquery when this is one.
  fileprivate var asSubquery: Subquery? {
    if case .subquery(let subquery) = self { subquery } else { nil }
  }

  /// The subquery when this is EXISTS.
  fileprivate var asExists: Subquery? {
    guard case .subquery(let subquery) = self, subquery.kind == .exists, asDegree == nil else {
      return nil
    }
    return subquery
  }

  /// EXISTS, or its negation.
  fileprivate var existence: (subquery: Subquery?, isNegated: Bool) {
    if case .not(let part) = self { (part.asExists, true) } else { (asExists, false) }
  }

  /// Whether this compares what COUNT or COLLECT finds.
  var comparesSubquery: Bool {
    guard case .comparison(_, let left, let right) = self else { return false }
    return [left, right].contains { side in
      guard let subquery = side.asSubquery, side.asDegree == nil else { return false }
      return subquery.kind == .count || subquery.kind == .collect
    }
  }

  /// Whether there is a subquery in it that is not planned yet.
  var containsSubquery: Bool {
    contains { if case .subquery = $0 { true } else { false } }
  }

  /// Whether computing this computes everything directly within, whatever the values.
  fileprivate var computesAllParts: Bool {
    switch self {
    case .subquery, .caseWhen, .and, .or, .listComprehension, .quantifier, .reduce, .aggregate,
      .letting:
      false
    case .function(let name, _): name.lowercased() != "coalesce"
    default: containsSubquery
    }
  }
}
