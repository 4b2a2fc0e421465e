import Diagnostics
import QueryPlan

extension Planning {
  /// Plans clauses one after the other, on top of `input`.
  func plan(_ clauses: [Clause], from input: Draft) throws(Failure) -> Draft {
    var draft = input
    var rest = clauses[...]
    while let clause = rest.popFirst() {
      if draft.depth > StatementPlan.maximumDepth { throw StatementPlan.tooDeep }
      try checkCancelled()
      if case .match(let graph, let isOptional) = clause {
        if isOptional {
          draft = try planOptionalMatch(graph, on: draft)
          continue
        }
        if let counted = try planCount(graph, before: &rest, on: draft) {
          draft = counted
          continue
        }
        var graphs = [graph]
        while case .match(let next, isOptional: false)? = rest.first, canJoin(next, to: graphs) {
          graphs.append(next)
          rest.removeFirst()
        }
        draft = try planMatch(graphs, on: draft)
      } else if case .create(var pattern) = clause {
        // Nothing is looked for between one CREATE and the next: one operator can make all of it.
        while pattern.paths.isEmpty, case .create(let next)? = rest.first,
          !next.expressions.contains(where: \.containsSubquery)
        {
          pattern.items += next.items
          pattern.paths = next.paths
          rest.removeFirst()
        }
        draft = try planCreate(pattern, on: draft)
      } else {
        draft = try plan(clause, on: draft)
      }
    }
    return draft
  }

  private func plan(_ clause: Clause, on input: Draft) throws(Failure) -> Draft {
    switch clause {
    case .match(let graph, let isOptional):
      return isOptional
        ? try planOptionalMatch(graph, on: input) : try planMatch([graph], on: input)
    case .unwind(let list, let slot): return try planUnwind(list, slot, on: input)
    case .project(let projection): return try planProjection(projection, on: input)
    case .create(let pattern): return try planCreate(pattern, on: input)
    case .merge(let merge): return try planMerge(merge, on: input)
    case .set(let items): return try planSet(items, on: input)
    case .remove(let items): return try planRemove(items, on: input)
    case .delete(let expressions, let isDetaching):
      return try planDelete(expressions, isDetaching: isDetaching, on: input)
    case .forEach(let slot, let list, let body):
      return try planForEach(slot, list, body, on: input)
    case .callProcedure(let call): return try planProcedure(call, on: input)
    case .callSubquery(let call): return try planSubquery(call, on: input)
    case .loadCSV(var clause):
      let (base, url) = try prepare([clause.url], on: input)
      clause.url = url.first ?? clause.url
      return Draft(.loadCSV(clause), children: [base], rows: base.rows * Estimate.csvRows)
    case .finish: return input
    }
  }

  private func planUnwind(
    _ list: Expression, _ slot: Slot, on input: Draft
  ) throws(Failure) -> Draft {
    let (base, lists) = try prepare([list], on: input)
    let list = lists.first ?? list
    return Draft(
      .unwind(list, slot), children: [base], rows: base.rows * Estimate.elements(of: list))
  }

  private func planProcedure(_ call: ProcedureCall, on input: Draft) throws(Failure) -> Draft {
    var plain = call
    plain.isOptional = false
    plain.predicate = nil
    guard call.isOptional else {
      let (base, arguments) = try prepare(call.arguments, on: input)
      plain.arguments = arguments
      let draft = Draft(
        .procedureCall(plain), children: [base],
        rows: base.rows * (call.yields.isEmpty ? 1 : Estimate.procedureRows))
      return try call.predicate.mapping { p throws(Failure) in try filter(draft, by: [p]) } ?? draft
    }
    plain.arguments = try call.arguments.mapping { a throws(Failure) in try nested(a) }
    let leaf = argument(input.available)
    var inner = Draft(.procedureCall(plain), children: [leaf], rows: Estimate.procedureRows)
    if let predicate = call.predicate { inner = try filter(inner, by: [predicate]) }
    inner = Draft(
      .optional(nulls: call.yields.map(\.slot)), children: [inner], rows: max(1, inner.rows))
    return attach(inner, to: input)
  }

  private func planSubquery(_ call: SubqueryCall, on input: Draft) throws(Failure) -> Draft {
    var inner = try plan(call.query, arguments: Set(call.imports))
    let columns = call.query.columns.map(\.slot)
    if let transactions = call.transactions {
      var batching = transactions
      batching.rows = try transactions.rows.mapping { e throws(Failure) in try nested(e) }
      if call.isOptional, !call.isUnit {
        inner = optional(inner, nulls: Set(columns), arguments: Set(call.imports))
      }
      inner.scale(by: input.rows)
      return Draft(
        .transactionApply(batching, isUnit: call.isUnit, columns: call.isUnit ? [] : columns),
        children: [input, inner], rows: call.isUnit ? input.rows : inner.rows)
    }
    if call.isUnit {
      inner.scale(by: input.rows)
      return Draft(.subqueryForeach, children: [input, inner], rows: input.rows)
    }
    if call.isOptional {
      if let expanded = optionalExpand(inner) { return attach(expanded, to: input) }
      inner = optional(inner, nulls: Set(columns), arguments: Set(call.imports))
    }
    return attach(inner, to: input)
  }

  /// `draft`, or a row in which `nulls` are null where it has none.
  func optional(_ draft: Draft, nulls: Set<Slot>, arguments: Set<Slot>) -> Draft {
    neverNull.subtract(nulls)
    return Draft(
      .optional(nulls: nulls.sorted()), children: [draft], rows: max(1, draft.rows),
      arguments: arguments)
  }
}
