import QueryPlan

extension Expression {
  /// The slots that the expression reads, local ones included.
  var usedSlots: Set<Slot> {
    var slots: Set<Slot> = []
    collectSlots(into: &slots)
    return slots
  }

  private func collectSlots(into slots: inout Set<Slot>) {
    switch self {
    case .variable(let slot): slots.insert(slot)
    case .nestedPlan(let nested): slots.formUnion(nested.arguments)
    case .subquery(let subquery): slots.formUnion(subquery.arguments)
    case .degree(let slot, _, _): slots.insert(slot)
    case .areDisjoint(let left, let right): slots.formUnion([left, right])
    case .path(let elements):
      for element in elements {
        switch element {
        case .node(let slot), .relationship(let slot), .relationshipList(let slot):
          slots.insert(slot)
        case .groups(let group): slots.formUnion(group)
        }
      }
    default: break
    }
    for operand in operands { operand.collectSlots(into: &slots) }
  }

  /// The expressions directly within this one.
  var operands: [Expression] {
    switch self {
    case .literal, .parameter, .variable, .nestedPlan, .subquery, .path, .areDisjoint, .degree: []
    case .property(let operand, _), .not(let operand), .negate(let operand),
      .unaryPlus(let operand), .isNull(let operand), .isNotNull(let operand),
      .isType(let operand, _), .isNormalized(let operand, _):
      [operand]
    case .element(let left, let right), .xor(let left, let right),
      .comparison(_, let left, let right), .arithmetic(_, let left, let right),
      .membership(let left, let right), .stringMatch(_, let left, let right):
      [left, right]
    case .slice(let list, let from, let to): [list] + [from, to].compactMap { $0 }
    case .list(let elements), .and(let elements), .or(let elements), .function(_, let elements):
      elements
    case .map(let items): items.map(\.value)
    case .mapProjection(let subject, let items):
      [subject]
        + items.compactMap { item in
          if case .entry(let entry) = item { entry.value } else { nil }
        }
    case .hasLabels(let operand, let labels): [operand] + labels.operands
    case .caseWhen(let alternatives, let otherwise):
      alternatives.flatMap { [$0.when, $0.then] } + [otherwise].compactMap { $0 }
    case .aggregate(let call): call.arguments
    case .listComprehension(_, let list, let predicate, let projection):
      [list] + [predicate, projection].compactMap { $0 }
    case .quantifier(_, _, let list, let predicate): [list, predicate]
    case .reduce(_, let initial, _, let list, let step): [initial, list, step]
    case .letting(_, let value, let body): [value, body]
    }
  }
}

extension LabelExpression {
  /// The expressions that give names.
  fileprivate var operands: [Expression] {
    switch self {
    case .name, .any: []
    case .and(let parts), .or(let parts): parts.flatMap(\.operands)
    case .not(let part): part.operands
    case .dynamicAll(let expression), .dynamicAny(let expression): [expression]
    }
  }
}
