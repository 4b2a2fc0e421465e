import QueryPlan

extension AccessFinder {
  /// What an operator itself changes.
  func writes(of operation: PlanOperation) -> [Write] {
    switch operation {
    case .create(let pattern): return writes(of: pattern)
    case .merge(let clause):
      return writes(of: clause.create) + (clause.onCreate + clause.onMatch).flatMap(writes)
    case .set(let items): return items.flatMap(writes)
    case .remove(let items): return items.flatMap(writes)
    case .delete(let expressions, let isDetaching):
      return expressions.map { deletion(of: $0, isDetaching: isDetaching) }
    case .procedureCall(let call) where operation.isWrite && !call.signature.name.isEmpty:
      return [.unknown]
    default: return []
    }
  }

  private func writes(of pattern: CreatePattern) -> [Write] {
    pattern.items.map { item in
      switch item {
      case .node(let node):
        let names = node.labels.map(\.name)
        return .createNode(
          labels: names.contains(nil) ? nil : Set(names.compactMap { $0 }),
          properties: keys(of: node.properties))
      case .relationship(let relationship):
        return .createRelationship(type: relationship.type.name)
      }
    }
  }

  private func keys(of properties: Expression?) -> Set<String>? {
    guard let properties else { return [] }
    guard case .map(let items) = properties else { return nil }
    return Set(items.map(\.key))
  }

  private func target(_ expression: Expression) -> (kind: EntityKind, slot: Slot?) {
    if case .variable(let slot) = expression { (kind(of: slot), slot) } else { (.unknown, nil) }
  }

  private func writes(of item: SetItem) -> [Write] {
    switch item {
    case .property(let entity, let key, _):
      let (kind, slot) = target(entity)
      return [.property(key, kind, of: slot)]
    case .properties(let entity, let items):
      let (kind, slot) = target(entity)
      return items.map { .property($0.key, kind, of: slot) }
    case .dynamicProperty(let entity, _, _), .replaceProperties(let entity, _):
      let (kind, slot) = target(entity)
      return [.property(nil, kind, of: slot)]
    case .mergeProperties(let entity, let map):
      let (kind, slot) = target(entity)
      guard let keys = keys(of: map) else { return [.property(nil, kind, of: slot)] }
      return keys.sorted().map { .property($0, kind, of: slot) }
    case .labels(let slot, let names): return names.map { .label($0.name, of: slot) }
    }
  }

  private func writes(of item: RemoveItem) -> [Write] {
    switch item {
    case .property(let entity, let key):
      let (kind, slot) = target(entity)
      return [.property(key, kind, of: slot)]
    case .dynamicProperty(let entity, _):
      let (kind, slot) = target(entity)
      return [.property(nil, kind, of: slot)]
    case .labels(let slot, let names): return names.map { .label($0.name, of: slot) }
    }
  }

  /// Nodes may take relationships along.
  private func deletion(of expression: Expression, isDetaching: Bool) -> Write {
    let (kind, slot) = target(expression)
    return .delete(isDetaching && kind == .node ? .unknown : kind, slot)
  }
}
