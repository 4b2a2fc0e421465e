import QueryPlan

extension CreatePattern {
  /// The slots that it fills, paths included.
  var filledSlots: Set<Slot> {
    var filled = Set(paths.map(\.slot))
    for item in items {
      switch item {
      case .node(let node): filled.insert(node.slot)
      case .relationship(let relationship): filled.insert(relationship.slot)
      }
    }
    return filled
  }

  /// The ends of relationships that were bound before, each once, in the order of the text.
  var boundEnds: [Slot] {
    var ends: [Slot] = []
    var known = filledSlots
    for case .relationship(let relationship) in items {
      for end in [relationship.start, relationship.end] where known.insert(end).inserted {
        ends.append(end)
      }
    }
    return ends
  }

  /// The slots that must be there before.
  var readSlots: Set<Slot> {
    var read = expressions.slots
    for item in items {
      if case .relationship(let relationship) = item {
        read.formUnion([relationship.start, relationship.end])
      }
    }
    for path in paths { for element in path.elements { read.formUnion(element.slots) } }
    return read.subtracting(filledSlots)
  }

  /// Properties and dynamic names.
  var expressions: [Expression] {
    items.flatMap { item -> [Expression] in
      switch item {
      case .node(let node):
        node.labels.compactMap(\.expression) + [node.properties].compactMap { $0 }
      case .relationship(let relationship):
        [relationship.type.expression, relationship.properties].compactMap { $0 }
      }
    }
  }

  /// The same with all expressions replaced.
  func mapExpressions<E: Error>(
    _ transform: (Expression) throws(E) -> Expression
  ) throws(E) -> CreatePattern {
    var copy = self
    copy.items = try items.mapping { item throws(E) in
      switch item {
      case .node(var node):
        node.labels = try node.labels.mapping { n throws(E) in try n.mapExpression(transform) }
        node.properties = try node.properties.mapping(transform)
        return .node(node)
      case .relationship(var relationship):
        relationship.type = try relationship.type.mapExpression(transform)
        relationship.properties = try relationship.properties.mapping(transform)
        return .relationship(relationship)
      }
    }
    return copy
  }
}

extension NameExpression {
  /// What computes a dynamic name.
  var expression: Expression? {
    if case .dynamic(let expression) = self { expression } else { nil }
  }

  /// The fixed name.
  var name: String? {
    if case .name(let name) = self { name } else { nil }
  }

  /// The same with the expression replaced.
  func mapExpression<E: Error>(
    _ transform: (Expression) throws(E) -> Expression
  ) throws(E) -> NameExpression {
    guard case .dynamic(let expression) = self else { return self }
    return .dynamic(try transform(expression))
  }
}

extension SetItem {
  /// All its expressions, the entity first.
  var expressions: [Expression] {
    switch self {
    case .property(let entity, _, let value): [entity, value]
    case .properties(let entity, let items): [entity] + items.map(\.value)
    case .dynamicProperty(let entity, let key, let value): [entity, key, value]
    case .replaceProperties(let entity, let map), .mergeProperties(let entity, let map):
      [entity, map]
    case .labels(let slot, let names): [.variable(slot)] + names.compactMap(\.expression)
    }
  }

  /// The same with all expressions replaced.
  func mapExpressions<E: Error>(
    _ transform: (Expression) throws(E) -> Expression
  ) throws(E) -> SetItem {
    switch self {
    case .property(let entity, let key, let value):
      return .property(try transform(entity), key: key, value: try transform(value))
    case .properties(let entity, let items):
      return .properties(
        try transform(entity),
        try items.mapping { item throws(E) in try item.mapValue(transform) })
    case .dynamicProperty(let entity, let key, let value):
      return .dynamicProperty(
        try transform(entity), key: try transform(key), value: try transform(value))
    case .replaceProperties(let entity, let map):
      return .replaceProperties(try transform(entity), map: try transform(map))
    case .mergeProperties(let entity, let map):
      return .mergeProperties(try transform(entity), map: try transform(map))
    case .labels(let slot, let names):
      return .labels(
        slot, try names.mapping { name throws(E) in try name.mapExpression(transform) })
    }
  }
}

extension [SetItem] {
  /// The slots that all of them read.
  var slots: Set<Slot> { flatMap(\.expressions).slots }
}

extension RemoveItem {
  /// All its expressions, the entity first.
  var expressions: [Expression] {
    switch self {
    case .property(let entity, _): [entity]
    case .dynamicProperty(let entity, let key): [entity, key]
    case .labels(let slot, let names): [.variable(slot)] + names.compactMap(\.expression)
    }
  }

  /// The same with all expressions replaced.
  func mapExpressions<E: Error>(
    _ transform: (Expression) throws(E) -> Expression
  ) throws(E) -> RemoveItem {
    switch self {
    case .property(let entity, let key): return .property(try transform(entity), key: key)
    case .dynamicProperty(let entity, let key):
      return .dynamicProperty(try transform(entity), key: try transform(key))
    case .labels(let slot, let names):
      return .labels(
        slot, try names.mapping { name throws(E) in try name.mapExpression(transform) })
    }
  }
}

extension SetItem {
  /// The variable whose entity changes, if a variable names it.
  var target: Slot? {
    switch self {
    case .property(let entity, _, _), .properties(let entity, _),
      .dynamicProperty(let entity, _, _),
      .replaceProperties(let entity, _), .mergeProperties(let entity, _):
      if case .variable(let slot) = entity { slot } else { nil }
    case .labels(let slot, _): slot
    }
  }
}

extension RemoveItem {
  /// The variable whose entity changes, if a variable names it.
  var target: Slot? {
    switch self {
    case .property(let entity, _), .dynamicProperty(let entity, _):
      if case .variable(let slot) = entity { slot } else { nil }
    case .labels(let slot, _): slot
    }
  }
}
