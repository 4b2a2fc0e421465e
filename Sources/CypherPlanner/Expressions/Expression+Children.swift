import QueryPlan

extension Expression {
  /// The expressions directly within, in the order of the text; a subquery has none.
  var children: [Expression] {
    switch self {
    case .literal, .parameter, .variable, .subquery, .nestedPlan, .path, .areDisjoint, .degree: []
    case .property(let base, _), .not(let base), .negate(let base), .unaryPlus(let base),
      .isNull(let base), .isNotNull(let base), .isType(let base, _), .isNormalized(let base, _):
      [base]
    case .element(let left, let right), .xor(let left, let right),
      .comparison(_, let left, let right), .arithmetic(_, let left, let right),
      .membership(let left, let right), .stringMatch(_, let left, let right):
      [left, right]
    case .slice(let base, let from, let to): [base] + [from, to].compactMap { $0 }
    case .list(let items), .and(let items), .or(let items), .function(_, let items): items
    case .map(let items): items.map(\.value)
    case .mapProjection(let base, let items): [base] + items.compactMap(\.expression)
    case .hasLabels(let base, let labels): [base] + labels.expressions
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

  /// The same expression with those directly within replaced.
  func mapChildren<E: Error>(
    _ transform: (Expression) throws(E) -> Expression
  ) throws(E) -> Expression {
    switch self {
    case .literal, .parameter, .variable, .subquery, .nestedPlan, .path, .areDisjoint, .degree:
      return self
    case .property(let base, let key): return .property(try transform(base), key: key)
    case .not(let base): return .not(try transform(base))
    case .negate(let base): return .negate(try transform(base))
    case .unaryPlus(let base): return .unaryPlus(try transform(base))
    case .isNull(let base): return .isNull(try transform(base))
    case .isNotNull(let base): return .isNotNull(try transform(base))
    case .isType(let base, let type): return .isType(try transform(base), type)
    case .isNormalized(let base, let form): return .isNormalized(try transform(base), form)
    case .element(let left, let right): return .element(try transform(left), try transform(right))
    case .xor(let left, let right): return .xor(try transform(left), try transform(right))
    case .comparison(let op, let left, let right):
      return .comparison(op, try transform(left), try transform(right))
    case .arithmetic(let op, let left, let right):
      return .arithmetic(op, try transform(left), try transform(right))
    case .membership(let left, let list):
      return .membership(try transform(left), list: try transform(list))
    case .stringMatch(let op, let left, let right):
      return .stringMatch(op, try transform(left), try transform(right))
    case .slice(let base, let from, let to):
      return .slice(
        try transform(base), from: try from.mapping(transform), to: try to.mapping(transform))
    case .list(let items): return .list(try items.mapping(transform))
    case .and(let items): return .and(try items.mapping(transform))
    case .or(let items): return .or(try items.mapping(transform))
    case .function(let name, let items): return .function(name, try items.mapping(transform))
    default: return try mapCompound(transform)
    }
  }

  private func mapCompound<E: Error>(
    _ transform: (Expression) throws(E) -> Expression
  ) throws(E) -> Expression {
    switch self {
    case .map(let items):
      return .map(try items.mapping { item throws(E) in try item.mapValue(transform) })
    case .mapProjection(let base, let items):
      return .mapProjection(
        try transform(base),
        try items.mapping { item throws(E) in
          guard case .entry(let entry) = item else { return item }
          return .entry(try entry.mapValue(transform))
        })
    case .hasLabels(let base, let labels):
      return .hasLabels(try transform(base), try labels.mapExpressions(transform))
    case .caseWhen(let alternatives, let otherwise):
      return .caseWhen(
        try alternatives.mapping { alternative throws(E) in
          CaseAlternative(
            when: try transform(alternative.when), then: try transform(alternative.then))
        }, otherwise: try otherwise.mapping(transform))
    case .aggregate(let call):
      return .aggregate(
        AggregateCall(
          call.function, isDistinct: call.isDistinct,
          arguments: try call.arguments.mapping(transform)))
    case .listComprehension(let local, let list, let predicate, let projection):
      return .listComprehension(
        local, list: try transform(list), predicate: try predicate.mapping(transform),
        projection: try projection.mapping(transform))
    case .quantifier(let quantifier, let local, let list, let predicate):
      return .quantifier(
        quantifier, local, list: try transform(list), predicate: try transform(predicate))
    case .reduce(let accumulator, let initial, let local, let list, let step):
      return .reduce(
        accumulator: accumulator, initial: try transform(initial), local,
        list: try transform(list), step: try transform(step))
    case .letting(let local, let value, let body):
      return .letting(local, try transform(value), in: try transform(body))
    default: return self
    }
  }

  /// The same expression with some slots replaced by expressions.
  func substituting(_ replacements: [Slot: Expression]) -> Expression {
    if replacements.isEmpty { return self }
    if case .variable(let slot) = self { return replacements[slot] ?? self }
    return mapChildren { $0.substituting(replacements) }
  }
}

extension MapItem {
  /// The same entry with its value replaced.
  func mapValue<E: Error>(
    _ transform: (Expression) throws(E) -> Expression
  ) throws(E) -> MapItem {
    MapItem(key: key, value: try transform(value))
  }
}

extension MapProjectionItem {
  /// The expression of an entry.
  var expression: Expression? {
    if case .entry(let entry) = self { entry.value } else { nil }
  }
}
