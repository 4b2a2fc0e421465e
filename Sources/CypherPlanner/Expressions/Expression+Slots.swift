import QueryPlan

extension Expression {
  /// The slots that must hold values before this can be computed; locals of comprehensions are not
  /// among them.
  var slots: Set<Slot> {
    var found: Set<Slot> = []
    collectSlots(into: &found)
    return found
  }

  /// Adds `slots` to a set.
  func collectSlots(into found: inout Set<Slot>) {
    switch self {
    case .variable(let slot): found.insert(slot)
    case .degree(let slot, _, _): found.insert(slot)
    case .areDisjoint(let left, let right):
      found.insert(left)
      found.insert(right)
    case .path(let elements):
      for element in elements { found.formUnion(element.slots) }
    case .subquery(let subquery): found.formUnion(subquery.arguments)
    case .nestedPlan(let plan): found.formUnion(plan.arguments)
    case .listComprehension(let local, let list, let predicate, let projection):
      list.collectSlots(into: &found)
      collect([predicate, projection], without: [local], into: &found)
    case .quantifier(_, let local, let list, let predicate):
      list.collectSlots(into: &found)
      collect([predicate], without: [local], into: &found)
    case .reduce(let accumulator, let initial, let local, let list, let step):
      initial.collectSlots(into: &found)
      list.collectSlots(into: &found)
      collect([step], without: [local, accumulator], into: &found)
    case .letting(let local, let value, let body):
      value.collectSlots(into: &found)
      collect([body], without: [local], into: &found)
    default:
      for child in children { child.collectSlots(into: &found) }
    }
  }

  private func collect(
    _ bodies: [Expression?], without locals: [Slot], into found: inout Set<Slot>
  ) {
    var inner: Set<Slot> = []
    for body in bodies { body?.collectSlots(into: &inner) }
    found.formUnion(inner.subtracting(locals))
  }

  /// Whether this or anything within satisfies the condition.
  func contains(where condition: (Expression) -> Bool) -> Bool {
    condition(self) || children.contains { $0.contains(where: condition) }
  }

  /// The members of a conjunction, flattened; the expression itself otherwise.
  var conjuncts: [Expression] {
    if case .and(let parts) = self { parts.flatMap(\.conjuncts) } else { [self] }
  }

  /// The conjunction of some expressions; `nil` of none.
  static func conjunction(_ parts: [Expression]) -> Expression? {
    parts.count > 1 ? .and(parts) : parts.first
  }

  /// Whether this is the constant `true`.
  var isTrue: Bool {
    if case .literal(let literal) = self, literal.content == .boolean(true) { true } else { false }
  }
}

extension PathElement {
  /// The slots it reads.
  var slots: [Slot] {
    switch self {
    case .node(let slot), .relationship(let slot), .relationshipList(let slot): [slot]
    case .groups(let slots): slots
    }
  }
}

extension LabelExpression {
  /// The expressions of dynamic names.
  var expressions: [Expression] {
    switch self {
    case .name, .any: []
    case .and(let parts), .or(let parts): parts.flatMap(\.expressions)
    case .not(let part): part.expressions
    case .dynamicAll(let expression), .dynamicAny(let expression): [expression]
    }
  }

  /// The same condition with the expressions of dynamic names replaced.
  func mapExpressions<E: Error>(
    _ transform: (Expression) throws(E) -> Expression
  ) throws(E) -> LabelExpression {
    switch self {
    case .name, .any: return self
    case .and(let parts):
      return .and(try parts.mapping { p throws(E) in try p.mapExpressions(transform) })
    case .or(let parts):
      return .or(try parts.mapping { p throws(E) in try p.mapExpressions(transform) })
    case .not(let part): return .not(try part.mapExpressions(transform))
    case .dynamicAll(let expression): return .dynamicAll(try transform(expression))
    case .dynamicAny(let expression): return .dynamicAny(try transform(expression))
    }
  }
}

extension Array {
  /// `map` that keeps the type of the error.
  func mapping<T, E: Error>(_ transform: (Element) throws(E) -> T) throws(E) -> [T] {
    var result: [T] = []
    result.reserveCapacity(count)
    for element in self { result.append(try transform(element)) }
    return result
  }
}

extension Optional {
  /// `map` that keeps the type of the error.
  func mapping<T, E: Error>(_ transform: (Wrapped) throws(E) -> T) throws(E) -> T? {
    guard let self else { return nil }
    return try transform(self)
  }
}
