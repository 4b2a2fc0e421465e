import Diagnostics
import QueryPlan

extension Planning {
  func planCreate(_ pattern: CreatePattern, on input: Draft) throws(Failure) -> Draft {
    var plain = pattern
    plain.paths = []
    plain = try plain.mapExpressions { e throws(Failure) in try nested(e) }
    neverNull.formUnion(plain.filledSlots)
    let created = Draft(.create(plain), children: [input], rows: input.rows)
    return putTogether(pattern.paths, on: created)
  }

  func planMerge(_ merge: MergeClause, on input: Draft) throws(Failure) -> Draft {
    var graph = merge.pattern
    graph.paths = []
    let sought = try solve([graph], arguments: input.available)
    sought.scale(by: input.rows)
    var plain = merge
    plain.create.paths = []
    plain.create = try plain.create.mapExpressions { e throws(Failure) in try nested(e) }
    plain.onCreate = try ready(merge.onCreate)
    plain.onMatch = try ready(merge.onMatch)
    neverNull.formUnion(plain.create.filledSlots)
    let merged = Draft(
      .merge(plain), children: [input, sought], rows: max(input.rows, sought.rows))
    var paths = merge.create.paths
    for path in merge.pattern.paths where !paths.contains(where: { $0.slot == path.slot }) {
      paths.append(path)
    }
    return putTogether(paths, on: merged)
  }

  func planSet(_ items: [SetItem], on input: Draft) throws(Failure) -> Draft {
    Draft(.set(try ready(items)), children: [input], rows: input.rows)
  }

  func planRemove(_ items: [RemoveItem], on input: Draft) throws(Failure) -> Draft {
    let ready = try items.mapping { item throws(Failure) in
      try item.mapExpressions { e throws(Failure) in try nested(e) }
    }
    return Draft(.remove(ready), children: [input], rows: input.rows)
  }

  func planForEach(
    _ slot: Slot, _ list: Expression, _ body: [Clause], on input: Draft
  ) throws(Failure) -> Draft {
    let (base, lists) = try prepare([list], on: input)
    let inner = try plan(body, from: argument(base.available.union([slot])))
    let placeholder = PlanNode(.emptyRow, cardinality: 0, live: [])
    return Draft(
      .forEach(slot, list: lists.first ?? list, body: placeholder), children: [base, inner],
      rows: base.rows)
  }

  /// Remembers which way relationships are written, which paths print.
  func noteDirections(_ graph: PatternGraph) {
    for relationship in graph.relationships {
      directions[relationship.slot] = relationship.direction
    }
    for part in graph.shortest { noteDirections(part.pattern) }
  }

  /// Deletes entities; a path is put together where it is deleted.
  func planDelete(
    _ expressions: [Expression], isDetaching: Bool, on input: Draft
  ) throws(Failure) -> Draft {
    let whole = expressions.map { expression -> Expression in
      guard case .variable(let slot) = expression, let elements = pathElements[slot],
        elements.allSatisfy({ $0.slots.allSatisfy(input.available.contains) }),
        neverNull.isSuperset(of: elements.flatMap(\.slots).filter { slots[$0].kind == .node })
      else { return expression }
      return .path(elements)
    }
    let (base, ready) = try prepare(whole, on: input)
    return Draft(.delete(ready, isDetaching: isDetaching), children: [base], rows: base.rows)
  }

  /// Computes path variables.
  func putTogether(_ paths: [NamedPath], on input: Draft) -> Draft {
    if paths.isEmpty { return input }
    for path in paths { pathElements[path.slot] = path.elements }
    let items = paths.map {
      Projection.Item(slot: $0.slot, expression: .path($0.elements))
    }
    return Draft(.projection(items), children: [input], rows: input.rows)
  }

  private func ready(_ items: [SetItem]) throws(Failure) -> [SetItem] {
    try items.mapping { item throws(Failure) in
      try item.mapExpressions { e throws(Failure) in try nested(e) }
    }
  }
}
