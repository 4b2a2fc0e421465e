import Diagnostics
import QueryPlan

extension Planning {
  /// Turns the plan of a whole statement into operators.
  ///
  /// - Throws: A failure when an operator reads what nobody fills, which is a mistake of ours.
  func finishStatement(_ draft: Draft, given: Set<Slot>) throws(Failure) -> PlanNode {
    let (node, outer) = settle(draft, needed: [])
    let missing = outer.subtracting(given)
    if missing.isEmpty { return node }
    throw Failure(
      code: "Neo.DatabaseError.Statement.ExecutionFailed",
      message: "The plan has no operator that fills \(names(missing.sorted())).")
  }

  /// Takes out operators that compute what nobody needs.
  func removeIdle(_ root: Draft) {
    _ = settle(root, needed: [])
    func collapse(_ draft: Draft) {
      for place in draft.children.indices {
        while draft.children[place].isIdle, let below = draft.children[place].children.first {
          draft.children[place] = below
        }
        collapse(draft.children[place])
      }
    }
    collapse(root)
  }

  /// Turns a chosen plan into operators: settles what stays live and what `Details` say.
  func finish(_ draft: Draft, needed: Set<Slot> = []) -> PlanNode {
    settle(draft, needed: needed).node
  }

  /// An operator and the slots that its leaves must take from an outer row.
  private func settle(_ draft: Draft, needed: Set<Slot>) -> (node: PlanNode, outer: Set<Slot>) {
    if draft.operation.endsScope {
      let passing = needed.subtracting(draft.filled)
      if !passing.isEmpty { return settleBeside(draft, needed: needed, passing: passing) }
    }
    if draft.children.isEmpty { return settleLeaf(draft, needed: needed) }
    prune(draft, needed: needed)
    if case .projection(let items) = draft.operation {
      let kept = items.filter { needed.contains($0.slot) || !$0.expression.isHarmless }
      if kept.isEmpty {
        draft.isIdle = true
        return settle(draft.children[0], needed: needed)
      }
      draft.operation = .projection(kept)
    }
    switch draft.operation {
    case .cartesianProduct, .nodeHashJoin, .valueHashJoin, .leftOuterHashJoin, .union:
      return settleJoin(draft, needed: needed)
    case _ where draft.children.count > 1: return settleNested(draft, needed: needed)
    default:
      let below = draft.operation.endsScope ? [] : needed.subtracting(draft.operation.fills)
      let child = settle(draft.children[0], needed: below.union(draft.operation.reads))
      var made = node(draft, [child.node], needed)
      if case .optional = draft.operation {
        made = PlanNode(
          made.operation, children: made.children, cardinality: made.cardinality, live: made.live,
          details: names(child.outer.sorted()), order: made.order)
      }
      return (made, child.outer)
    }
  }

  /// Walks to distinct ends only where nobody sees walks or how many there are.
  private func prune(_ draft: Draft, needed: Set<Slot>) {
    if draft.ignoresRepeats == nil { draft.ignoresRepeats = false }
    let passesOn =
      draft.operation.removesRepeats
      || draft.ignoresRepeats == true && draft.operation.isBlindToRepeats
    for child in draft.children { child.ignoresRepeats = passesOn }
    switch draft.operation {
    case .semiApply, .letSemiApply, .selectOrSemiApply:
      draft.children.last?.ignoresRepeats = true
    default: break
    }
    guard draft.ignoresRepeats == true,
      case .varLengthExpand(let step, var length) = draft.operation,
      length.mode == .all, !needed.contains(step.relationship), length.uniqueAgainst.isEmpty
    else { return }
    length.mode = .pruning
    draft.operation = .varLengthExpand(step, length)
  }

  /// An operator that drops what it does not fill, while operators above still read outer slots:
  /// these come from the left side of an apply.
  private func settleBeside(
    _ draft: Draft, needed: Set<Slot>, passing: Set<Slot>
  ) -> (node: PlanNode, outer: Set<Slot>) {
    let right = settle(draft, needed: needed.intersection(draft.filled))
    let outer = right.outer.union(passing)
    let leaf = PlanNode(
      .argument(outer.sorted()), cardinality: draft.rows, live: outer.sorted(),
      details: names(outer.sorted()))
    let apply = PlanNode(
      .apply, children: [leaf, right.node], cardinality: draft.rows, live: needed.sorted())
    return (apply, outer)
  }

  private func settleLeaf(
    _ draft: Draft, needed: Set<Slot>
  ) -> (node: PlanNode, outer: Set<Slot>) {
    var operation = draft.operation
    var outer = needed.subtracting(operation.fills)
    if case .argument = operation {
      operation = .argument(outer.sorted())
    } else {
      outer.formUnion(operation.reads)
    }
    let details = details(of: operation, live: needed)
    return (
      PlanNode(
        operation, cardinality: draft.rows, live: needed.sorted(), details: details,
        order: orderText(of: draft)), outer
    )
  }

  private func settleJoin(
    _ draft: Draft, needed: Set<Slot>
  ) -> (node: PlanNode, outer: Set<Slot>) {
    let (left, right) = (draft.children[0], draft.children[1])
    var leftNeeds = needed.subtracting(right.filled.subtracting(left.filled))
    var rightNeeds = needed.intersection(right.filled.subtracting(left.filled))
    switch draft.operation {
    case .nodeHashJoin(let slots), .leftOuterHashJoin(let slots):
      leftNeeds.formUnion(slots)
      rightNeeds.formUnion(slots)
    case .valueHashJoin(let one, let other):
      leftNeeds.formUnion(one.slots)
      rightNeeds.formUnion(other.slots)
    case .union(let one, let other, _): (leftNeeds, rightNeeds) = (Set(one), Set(other))
    default: break
    }
    let settledLeft = settle(left, needed: leftNeeds)
    let settledRight = settle(right, needed: rightNeeds)
    return (
      node(draft, [settledLeft.node, settledRight.node], needed),
      settledLeft.outer.union(settledRight.outer)
    )
  }

  /// Operators that run their right side for each left row.
  private func settleNested(
    _ draft: Draft, needed: Set<Slot>
  ) -> (node: PlanNode, outer: Set<Slot>) {
    let (left, right) = (draft.children[0], draft.children[1])
    let printed = printsLiterals
    if case .forEach = draft.operation { printsLiterals = true }
    defer { printsLiterals = printed }
    let reads = draft.operation.reads
    var rightNeeds: Set<Slot> = []
    var locals: Set<Slot> = []
    switch draft.operation {
    case .apply, .conditionalApply, .antiConditionalApply, .transactionApply, .merge:
      let fromRight = right.filled.subtracting(left.filled)
      rightNeeds = needed.union(reads).intersection(fromRight)
      if case .merge(let clause) = draft.operation {
        let set = (clause.onMatch + clause.onCreate).slots
        rightNeeds.formUnion(set.intersection(fromRight))
      }
    case .rollUpApply(_, let column): rightNeeds = [column]
    case .forEach(let slot, _, _): locals = [slot]
    case .repeatTrail(let part, _, let relationships, _, let isReversed):
      rightNeeds = Set(relationships + part.groups.map(\.inner))
      rightNeeds.insert(isReversed ? part.innerStart : part.innerEnd)
      locals = [isReversed ? part.innerEnd : part.innerStart]
    case .statefulShortestPath(let part, _, _, _):
      rightNeeds = part.pattern.filledSlots.intersection(right.available)
    default: break
    }
    seeksForMerge = draft.isUniqueMerge
    let settledRight = settle(right, needed: rightNeeds)
    seeksForMerge = false
    printsLiterals = printed
    let outer = settledRight.outer.subtracting(locals)
    let own = draft.operation.fills.union(right.filled.subtracting(left.filled))
    var leftNeeds = needed.subtracting(
      draft.operation.inputsPassedOn == 2 ? own : draft.operation.fills)
    leftNeeds.formUnion(outer)
    leftNeeds.formUnion(reads.subtracting(rightNeeds))
    let settledLeft = settle(left, needed: leftNeeds)
    switch draft.operation {
    case .forEach(let slot, let list, _):
      draft.operation = .forEach(slot, list: list, body: settledRight.node)
      return (node(draft, [settledLeft.node], needed), settledLeft.outer)
    case .statefulShortestPath(let part, let target, let isInto, _):
      draft.operation = .statefulShortestPath(
        part, target: target, isInto: isInto, inner: settledRight.node)
      return (node(draft, [settledLeft.node], needed), settledLeft.outer)
    default: return (node(draft, [settledLeft.node, settledRight.node], needed), settledLeft.outer)
    }
  }

  private func node(_ draft: Draft, _ children: [PlanNode], _ needed: Set<Slot>) -> PlanNode {
    PlanNode(
      draft.operation, children: children, cardinality: draft.rows, live: needed.sorted(),
      details: details(of: draft.operation, live: needed),
      itemDetails: itemDetails(of: draft.operation), order: orderText(of: draft))
  }

  /// The order of an operator whose inputs are settled, where it is told.
  private func orderText(of draft: Draft) -> String {
    draft.showsOrder = draft.tellsOrder(draft.children.first?.showsOrder ?? false)
    return draft.showsOrder ? text(of: draft.order) : ""
  }
}

extension PlanOperation {
  /// Whether rows that repeat make no difference to what leaves.
  fileprivate var removesRepeats: Bool {
    switch self {
    case .distinct, .orderedDistinct: true
    case .eagerAggregation(_, let aggregates), .orderedAggregation(_, let aggregates):
      aggregates.allSatisfy {
        $0.call.isDistinct || $0.call.function == .minimum || $0.call.function == .maximum
      }
    default: false
    }
  }

  /// Whether repeated rows lead to repeated rows and to nothing else.
  fileprivate var isBlindToRepeats: Bool {
    switch self {
    case .filter, .projection, .cacheProperties, .expandAll, .expandInto, .varLengthExpand,
      .projectEndpoints,
      .unwind, .apply, .cartesianProduct, .nodeHashJoin, .valueHashJoin, .sort, .union,
      .semiApply, .letSemiApply, .optionalExpandAll, .optionalExpandInto, .optional:
      true
    default: false
    }
  }
}

extension Expression {
  /// Whether computing this cannot fail, so that nobody notices when it is left out.
  fileprivate var isHarmless: Bool {
    switch self {
    case .literal, .parameter, .variable, .path: true
    default: false
    }
  }
}
