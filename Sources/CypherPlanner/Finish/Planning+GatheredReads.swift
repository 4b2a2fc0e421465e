import QueryPlan

/// Properties are gathered below an operator that reads several of one entity for every row, and where
/// there are fewest rows if an operator above finds more of them.
extension Planning {
  /// Puts `cacheProperties` where properties are read together.
  func gatherReads(in root: Draft, known: Set<PropertyRead>) {
    var state = Gathering(known: known)
    gather(root, &state)
  }

  private struct Gathering {
    /// Properties that were read below.
    var known: Set<PropertyRead>
  }

  private func gather(_ draft: Draft, _ state: inout Gathering) {
    for child in draft.children { gather(child, &state) }
    var reads: [PropertyRead] = []
    for expression in ordered(draft.operation) { collect(expression, into: &reads) }
    let fresh = reads.filter { !state.known.contains($0) }
    state.known.formUnion(fresh)
    guard draft.operation.readsForAllRows, draft.children.count == 1 else { return }
    let counts = Dictionary(fresh.map { ($0.slot, 1) }, uniquingKeysWith: +)
    let gathered = fresh.filter { counts[$0.slot, default: 0] > 1 }
    if gathered.isEmpty { return }
    cachedProperties.formUnion(gathered)
    let input = draft.children[0]
    draft.children[0] = Draft(
      .cacheProperties(gathered.map { .property(.variable($0.slot), key: $0.key) }),
      children: [input], rows: input.rows, order: input.order)
  }

  /// The expressions of an operator in the order of its details.
  private func ordered(_ operation: PlanOperation) -> [Expression] {
    switch operation {
    case .projection(let items), .distinct(let items):
      inPlanOrder(items, \.slot).map(\.expression)
    case .eagerAggregation(let grouping, let aggregates),
      .orderedAggregation(let grouping, let aggregates):
      inPlanOrder(grouping, \.slot).map(\.expression)
        + inPlanOrder(aggregates, \.slot).flatMap(\.call.arguments)
    default: operation.expressions
    }
  }

  /// The properties of entities in an expression, each once, in its order.
  private func collect(_ expression: Expression, into reads: inout [PropertyRead]) {
    if case .property(.variable(let slot), let key) = expression, slots[slot].kind != .value {
      let read = PropertyRead(slot: slot, key: key)
      if !reads.contains(read) { reads.append(read) }
    }
    for child in expression.children { collect(child, into: &reads) }
  }
}

extension PlanOperation {
  /// Whether all of its expressions are computed for each row, as those of a filter are not.
  fileprivate var readsForAllRows: Bool {
    switch self {
    case .projection, .distinct, .orderedDistinct, .eagerAggregation, .orderedAggregation: true
    default: false
    }
  }
}
