import Diagnostics
import QueryPlan

extension Planning {
  /// WITH or RETURN.
  func planProjection(_ projection: Projection, on input: Draft) throws(Failure) -> Draft {
    var draft = input
    noteOrder(of: projection)
    var pending = projection.items.filter { $0.expression != .variable($0.slot) }
    if projection.isAggregating {
      draft = try planAggregation(projection, on: draft)
    }
    if projection.isDistinct {
      draft = try planDistinct(projection.items, on: draft)
      pending = []
    }
    if !projection.orderBy.isEmpty {
      draft = try planOrder(projection, pending: &pending, on: draft)
    } else {
      draft = try planPage(projection, keys: [], on: draft)
    }
    draft = try project(pending, on: draft)
    for item in projection.items { inheritNullability(item) }
    if let predicate = projection.predicate {
      draft = try filter(draft, by: [predicate])
    }
    return draft
  }

  private func noteOrder(of projection: Projection) {
    guard projection.isAggregating else { return noteOrder(of: projection.items.map(\.slot)) }
    noteOrder(of: projection.grouping.map(\.slot))
    noteOrder(of: projection.aggregates.map(\.slot))
  }

  private func inheritNullability(_ item: Projection.Item) {
    guard case .variable(let source) = item.expression, source != item.slot else { return }
    if neverNull.contains(source) { neverNull.insert(item.slot) }
    knownLabels[item.slot] = knownLabels[source]
  }

  /// Computes items that are not there yet.
  func project(_ items: [Projection.Item], on input: Draft) throws(Failure) -> Draft {
    if items.isEmpty { return input }
    let (base, expressions) = try prepare(
      items.map(\.expression), targets: items.map(\.slot), on: input)
    let ready = zip(items, expressions).map {
      Projection.Item(slot: $0.slot, expression: $1)
    }.filter { $0.expression != .variable($0.slot) }
    if ready.isEmpty { return base }
    let names = Dictionary(ready.map { ($0.expression, $0.slot) }, uniquingKeysWith: { $1 })
    let order = base.order.map { column in
      names[column.expression].map {
        OrderColumn(expression: .variable($0), isDescending: column.isDescending)
      } ?? column
    }
    return Draft(.projection(ready), children: [base], rows: base.rows, order: order)
  }

  private func planAggregation(
    _ whole: Projection, on allRows: Draft
  ) throws(Failure) -> Draft {
    var (projection, input) = (whole, allRows)
    if let extreme = planExtreme(whole, on: allRows) { return extreme }
    if let (rows, sum) = withoutLastHop(projection, input) {
      (input, projection.aggregates) = (rows, [sum])
    }
    let expressions =
      projection.grouping.map(\.expression)
      + projection.aggregates.flatMap(\.call.arguments)
    let (base, ready) = try prepare(expressions, on: input)
    var rest = ready[...]
    let grouping = projection.grouping.map {
      Projection.Item(slot: $0.slot, expression: rest.popFirst() ?? $0.expression)
    }
    let aggregates = projection.aggregates.map { aggregate in
      var call = aggregate.call
      call.arguments = call.arguments.map { rest.popFirst() ?? $0 }
      return Projection.Aggregate(slot: aggregate.slot, call: call)
    }
    for item in projection.grouping { inheritNullability(item) }
    // Groups come in the order of their first rows.
    if let column = base.order.first, column.expression.isProperty,
      let sorted = grouping.first(where: { $0.expression == column.expression })
    {
      base.useOrder()
      return Draft(
        .orderedAggregation(grouping: grouping, aggregates: aggregates), children: [base],
        rows: base.rows.squareRoot(), arguments: base.available.subtracting(base.filled),
        order: [
          OrderColumn(expression: .variable(sorted.slot), isDescending: column.isDescending)
        ])
    }
    return Draft(
      .eagerAggregation(grouping: grouping, aggregates: aggregates), children: [base],
      rows: grouping.isEmpty ? 1 : base.rows.squareRoot(),
      arguments: base.available.subtracting(base.filled))
  }

  private func planDistinct(_ items: [Projection.Item], on input: Draft) throws(Failure) -> Draft {
    let (base, expressions) = try prepare(items.map(\.expression), on: input)
    let ready = zip(items, expressions).map {
      Projection.Item(slot: $0.slot, expression: $1)
    }
    if ready.count == 1, let column = base.order.first, column.expression == ready[0].expression {
      let order = OrderColumn(
        expression: .variable(ready[0].slot), isDescending: column.isDescending)
      base.useOrder()
      return Draft(
        .orderedDistinct(ready[0]), children: [base], rows: base.rows * Estimate.distinct,
        arguments: base.available.subtracting(base.filled), order: [order])
    }
    return Draft(
      .distinct(ready), children: [base], rows: base.rows * Estimate.distinct,
      arguments: base.available.subtracting(base.filled))
  }

  /// Sorts, skips and limits; what sorting does not need is left in `pending`.
  private func planOrder(
    _ projection: Projection, pending: inout [Projection.Item], on input: Draft
  ) throws(Failure) -> Draft {
    var draft = input
    if isOrdered(input, by: projection) {
      return try planPage(projection, keys: [], on: input)
    }
    // One key of which the rows come in the opposite order sorts nothing beforehand.
    let sorted = min(sortedCount(input, by: projection), max(0, projection.orderBy.count - 1))
    let itemSlots = Set(pending.map(\.slot))
    var needed = projection.orderBy.map(\.expression).slots.intersection(itemSlots)
    var keyItems: [Projection.Item] = []
    var keys: [SortKey] = []
    var keySlots: Set<Slot> = []
    var computed = Dictionary(
      projection.items.map { ($0.expression, $0.slot) }, uniquingKeysWith: { _, last in last })
    for item in projection.orderBy {
      let slot: Slot
      if case .variable(let known) = item.expression {
        slot = known
      } else if let same = computed[item.expression] {
        slot = same
        if itemSlots.contains(slot) { needed.insert(slot) }
      } else {
        slot = slots.add(text(item.expression), .value)
        keyItems.append(Projection.Item(slot: slot, expression: item.expression))
        computed[item.expression] = slot
      }
      if keySlots.insert(slot).inserted {
        keys.append(SortKey(slot: slot, isDescending: item.isDescending))
      }
    }
    draft = try project(pending.filter { needed.contains($0.slot) }, on: draft)
    draft = try project(keyItems, on: draft)
    pending.removeAll { needed.contains($0.slot) }
    // Equal keys are sorted by once only.
    let known = keys.count == projection.orderBy.count ? sorted : 0
    if known > 0 { draft.useOrder() }
    let computedKeys = Dictionary(
      keyItems.map { ($0.slot, $0.expression) }, uniquingKeysWith: { first, _ in first })
    let order = keys.map {
      OrderColumn(
        expression: computedKeys[$0.slot] ?? .variable($0.slot), isDescending: $0.isDescending)
    }
    return try planPage(projection, keys: keys, sorted: known, order: order, on: draft)
  }

  /// Whether the rows come in the order asked for because an index gives them so, or can be made to by
  /// reading it backwards.
  private func isOrdered(_ input: Draft, by projection: Projection) -> Bool {
    guard sortedCount(input, by: projection) == projection.orderBy.count else { return false }
    if projection.orderBy[0].isDescending != input.order[0].isDescending {
      guard projection.orderBy.count == 1, input.turnAround() else { return false }
    }
    input.useOrder()
    return true
  }

  /// By how many of the keys the rows come sorted: all but the last in the order of the index.
  private func sortedCount(_ input: Draft, by projection: Projection) -> Int {
    // Behind groups and distinct rows, what is sorted by are their columns.
    let isGrouped = projection.isDistinct || projection.isAggregating
    let values = Dictionary(
      isGrouped ? [] : projection.items.map { ($0.slot, $0.expression) },
      uniquingKeysWith: { first, _ in first })
    let pairs = zip(projection.orderBy, input.order).prefix { key, column in
      isValue(column.expression) && key.expression.substituting(values) == column.expression
        && (key.isDescending == column.isDescending || projection.orderBy.count == 1)
    }
    return pairs.count
  }

  /// Whether it is no node or relationship, which scans give in the order of their ids.
  private func isValue(_ expression: Expression) -> Bool {
    if case .variable(let slot) = expression { slots[slot].kind == .value } else { true }
  }

  /// The least or greatest value of a property that the rows come in the order of: the first one.
  private func planExtreme(_ projection: Projection, on input: Draft) -> Draft? {
    guard projection.grouping.isEmpty, projection.aggregates.count == 1,
      let call = projection.aggregates.first?.call, let column = input.order.first,
      call.function == .minimum || call.function == .maximum,
      let value = call.arguments.first, value == column.expression, value.isProperty
    else { return nil }
    let isDescending = call.function == .maximum
    if column.isDescending != isDescending, !input.turnAround() { return nil }
    input.useOrder()
    let slot = projection.aggregates[0].slot
    let order = [OrderColumn(expression: .variable(slot), isDescending: isDescending)]
    let values = Draft(
      .projection([Projection.Item(slot: slot, expression: value)]), children: [input],
      rows: input.rows, order: order)
    let first = Draft(
      .limit(.literal(Literal(.integer(1)))), children: [values], rows: min(1, input.rows))
    return Draft(.optional(nulls: [slot]), children: [first], rows: 1)
  }

  /// Sorts by `keys`, of which the rows come sorted by the first `sorted`, skips and limits.
  private func planPage(
    _ projection: Projection, keys: [SortKey], sorted: Int = 0, order: [OrderColumn] = [],
    on input: Draft
  ) throws(Failure) -> Draft {
    var draft = input
    let skip = try projection.skip.mapping { e throws(Failure) in try nested(e) }
    let limit = try projection.limit.mapping { e throws(Failure) in try nested(e) }
    if let limit {
      let count = Estimate.count(limit)
      if !keys.isEmpty {
        let kept = skip.map { Expression.arithmetic(.add, limit, $0) } ?? limit
        draft = Draft(
          sorted > 0
            ? .partialSort(keys, sorted: sorted, limit: kept) : .top(keys, limit: kept),
          children: [draft],
          rows: min(draft.rows, count + (skip.map(Estimate.count) ?? 0)), order: order)
        if let skip { draft = Draft(.skip(skip), children: [draft], rows: min(draft.rows, count)) }
        return draft
      }
      if let skip {
        let left = max(0, draft.rows - Estimate.count(skip))
        draft = Draft(.skip(skip), children: [draft], rows: left)
      }
      let writes = draft.writesLazily
      return Draft(
        writes ? .exhaustiveLimit(limit) : .limit(limit), children: [draft],
        rows: min(draft.rows, count))
    }
    if !keys.isEmpty {
      draft = Draft(
        sorted > 0 ? .partialSort(keys, sorted: sorted, limit: nil) : .sort(keys),
        children: [draft], rows: draft.rows, order: order)
    }
    if let skip {
      let left = max(0, draft.rows - Estimate.count(skip))
      draft = Draft(.skip(skip), children: [draft], rows: left)
    }
    return draft
  }
}

extension Draft {
  /// Whether rows leave here before all writes below are done.
  var writesLazily: Bool {
    switch operation {
    case .eager, .sort, .top, .eagerAggregation, .orderedAggregation, .exhaustiveLimit: false
    default: operation.isWrite || children.contains { $0.writesLazily }
    }
  }
}
