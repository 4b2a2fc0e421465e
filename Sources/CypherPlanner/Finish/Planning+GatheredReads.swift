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
    /// Where there are fewest rows with a variable.
    var narrowest: [Slot: Draft] = [:]
  }

  private func gather(_ draft: Draft, _ state: inout Gathering) {
    for (place, child) in draft.children.enumerated() {
      let before = state.narrowest
      gather(child, &state)
      if place == 0 { continue }
      // What a right side finds for itself is no place for reads of the left side's variables.
      if case .apply = draft.operation { continue }
      state.narrowest.merge(before) { $1 }
    }
    var reads: [PropertyRead] = []
    for expression in ordered(draft.operation) {
      var found: [PropertyRead] = []
      collect(expression, into: &found)
      if found.isEmpty { continue }
      // What a comprehension calls its elements has no value outside of it.
      let outer = expression.slots
      reads += found.filter { outer.contains($0.slot) && !reads.contains($0) }
    }
    let fresh = reads.filter { !state.known.contains($0) }
    state.known.formUnion(fresh)
    defer { noteWidth(of: draft, &state) }
    guard let input = draft.children.first else { return }
    var here: [PropertyRead] = []
    for read in fresh {
      if let narrow = state.narrowest[read.slot], narrow.rows + 0.5 < input.rows {
        narrow.readFirst(.property(.variable(read.slot), key: read.key))
        cachedProperties.insert(read)
      } else {
        here.append(read)
      }
    }
    guard draft.operation.readsForAllRows, draft.children.count == 1 else { return }
    let counts = Dictionary(here.map { ($0.slot, 1) }, uniquingKeysWith: +)
    let gathered = here.filter { counts[$0.slot, default: 0] > 1 }
    if gathered.isEmpty { return }
    cachedProperties.formUnion(gathered)
    draft.children[0] = Draft(
      .cacheProperties(gathered.map { .property(.variable($0.slot), key: $0.key) }),
      children: [input], rows: input.rows, order: input.order)
  }

  private func noteWidth(of draft: Draft, _ state: inout Gathering) {
    for slot in draft.available where slots[slot].kind != .value {
      if let known = state.narrowest[slot], known.rows < draft.rows { continue }
      state.narrowest[slot] = draft
    }
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
