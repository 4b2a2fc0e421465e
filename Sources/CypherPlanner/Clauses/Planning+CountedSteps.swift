import Diagnostics
import GraphValues
import QueryPlan

extension Planning {
  /// A counted chain without its last hop: instead of walking it, the degrees of the nodes before it
  /// are added, less the relationships of the chain that the hop must not use again.
  ///
  /// - Parameters:
  ///   - projection: Its only aggregate counts rows.
  ///   - input: What is counted.
  /// - Returns: The rows before the last hop and a slot to be summed up, or `nil` where hops have to
  ///   be walked.
  func withoutLastHop(
    _ projection: Projection, _ input: Draft
  ) -> (Draft, Projection.Aggregate)? {
    guard projection.aggregates.count == 1, let aggregate = projection.aggregates.first,
      !aggregate.call.isDistinct, let (step, excluded, below) = lastHop(input),
      isChain(below), countsRows(aggregate.call, step)
    else { return nil }
    let used = projection.grouping.map(\.expression).slots
    guard used.isDisjoint(with: [step.to, step.relationship]) else { return nil }
    var degree = Expression.degree(step.from, step.direction, types: step.types)
    for relationship in excluded {
      guard slots[relationship].kind == .relationship,
        let fits = mayFollow(relationship, step, below: below)
      else { return nil }
      let one = Expression.caseWhen(
        [CaseAlternative(when: fits, then: .literal(Literal(.integer(1))))],
        otherwise: .literal(Literal(.integer(0))))
      degree = .arithmetic(.subtract, degree, one)
    }
    let sum = AggregateCall(.sum, arguments: [degree])
    var draft = below
    if !projection.grouping.isEmpty {
      // A group exists only where there is a row.
      let some = Expression.comparison(.greater, degree, .literal(Literal(.integer(0))))
      draft = Draft(.filter([some]), children: [below], rows: below.rows)
    }
    return (draft, Projection.Aggregate(slot: aggregate.slot, call: sum))
  }

  /// The expansion on top of a plan, the relationships it must differ from, and what is below.
  private func lastHop(_ draft: Draft) -> (step: Expansion, excluded: [Slot], below: Draft)? {
    var top = draft
    var excluded: [Slot] = []
    if case .filter(let predicates) = draft.operation, let child = draft.children.first {
      for predicate in predicates {
        guard case .areDisjoint(let one, let other) = predicate else { return nil }
        excluded += [one, other]
      }
      top = child
    }
    guard case .expandAll(let step) = top.operation, let below = top.children.first else {
      return nil
    }
    for place in stride(from: 0, to: excluded.count, by: 2)
    where !excluded[place...(place + 1)].contains(step.relationship) {
      return nil
    }
    return (step, excluded.filter { $0 != step.relationship }, below)
  }

  /// Whether there is another hop below: a single one is counted as fast as its degree is read.
  private func isChain(_ draft: Draft) -> Bool {
    switch draft.operation {
    case .expandAll, .expandInto: true
    case .filter: draft.children.first.map(isChain) ?? false
    default: false
    }
  }

  private func countsRows(_ call: AggregateCall, _ step: Expansion) -> Bool {
    switch call.function {
    case .countAll: return true
    case .count:
      guard case .variable(let slot)? = call.arguments.first else { return false }
      return slot == step.to || slot == step.relationship || neverNull.contains(slot)
    default: return false
    }
  }

  /// The condition under which a step could use a relationship of the chain.
  private func mayFollow(
    _ relationship: Slot, _ step: Expansion, below: Draft
  ) -> Expression? {
    guard let earlier = expansion(of: relationship, in: below) else { return nil }
    let types = Set(earlier.types)
    var parts: [Expression] = []
    if !step.types.isEmpty, types.isEmpty || !types.isSubset(of: step.types) {
      let names = step.types.map { LabelExpression.name($0) }
      let test = names.count == 1 ? names[0] : LabelExpression.or(names)
      parts.append(.hasLabels(.variable(relationship), test))
    }
    let atStart = end(of: relationship, earlier, isStart: true)
    let atEnd = end(of: relationship, earlier, isStart: false)
    let from = Expression.variable(step.from)
    switch step.direction {
    case .outgoing: parts.append(.comparison(.equal, atStart, from))
    case .incoming: parts.append(.comparison(.equal, atEnd, from))
    case .both:
      parts.append(
        .or([.comparison(.equal, atStart, from), .comparison(.equal, atEnd, from)]))
    }
    return Expression.conjunction(parts)
  }

  private func expansion(of relationship: Slot, in draft: Draft) -> Expansion? {
    switch draft.operation {
    case .expandAll(let step) where step.relationship == relationship: return step
    case .expandInto(let step) where step.relationship == relationship: return step
    case .filter, .expandAll, .expandInto:
      return draft.children.first.flatMap { expansion(of: relationship, in: $0) }
    default: return nil
    }
  }

  /// An end of a relationship: the variable that is known to hold it, or what the store says.
  private func end(of relationship: Slot, _ step: Expansion, isStart: Bool) -> Expression {
    switch step.direction {
    case .outgoing: .variable(isStart ? step.from : step.to)
    case .incoming: .variable(isStart ? step.to : step.from)
    case .both: .function(isStart ? "startNode" : "endNode", [.variable(relationship)])
    }
  }
}
