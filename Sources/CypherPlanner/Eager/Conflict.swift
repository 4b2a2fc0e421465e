import QueryPlan

extension Planning {
  /// Why a write and a read may not interleave; none when they may.
  ///
  /// The texts are those of `Details`, without the operators. `isSameRow` tells whether each row has an entity of its own in the variable that is
  /// written.
  func conflicts(
    _ write: Write, _ read: Read, requirements: Requirements, isSameRow: (Slot) -> Bool
  ) -> [String] {
    switch (write, read) {
    case (.unknown, _): return ["read/create conflict"]
    case (.createNode(let labels, let properties), .nodes(let slot)):
      return creation(labels, properties, of: slot, requirements)
    case (.createRelationship(let type), .relationships(let types, _)),
      (.createRelationship(let type), .degree(let types, _)):
      guard let type else { return ["read/create conflict"] }
      if types.isEmpty { return ["read/create conflict"] }
      return types.contains(type)
        ? ["read/set conflict for relationship type: \(Self.quoted(type))"] : []
    case (.label(let name, let target), .label(let asked, let slot)):
      if let name, let asked, name != asked { return [] }
      if let target, target == slot, isSameRow(target) { return [] }
      guard let label = name ?? asked else { return ["read/set conflict for label"] }
      return ["read/set conflict for label: \(Self.quoted(label))"]
    case (.property(let key, let kind, let target), .property(let asked, let askedKind, let slot)):
      if let key, let asked, key != asked { return [] }
      if !kind.overlaps(askedKind) { return [] }
      if let target, target == slot, isSameRow(target) { return [] }
      guard let property = key ?? asked else { return ["read/set conflict for all properties"] }
      return ["read/set conflict for property: \(Self.quoted(property))"]
    case (.delete(let kind, _), .nodes(let slot)), (.delete(let kind, _), .ends(let slot)):
      if kind == .relationship { return [] }
      return ["read/delete conflict for variable: \(name(slot))"]
    case (.delete, .relationships(_, let slot)), (.delete, .degree(_, let slot)):
      return ["read/delete conflict for variable: \(name(slot))"]
    case (.delete(let kind, let target), .label(_, let slot?)),
      (.delete(let kind, let target), .property(_, _, let slot?)),
      (.delete(let kind, let target), .target(let slot)):
      return deletion(of: target, kind, whileUsing: slot, isSameRow: isSameRow)
    default: return []
    }
  }

  /// Deleting what `slot` may hold in a row that comes later: its labels and properties are gone, and
  /// it cannot be changed any more.
  private func deletion(
    of target: Slot?, _ kind: EntityKind, whileUsing slot: Slot, isSameRow: (Slot) -> Bool
  ) -> [String] {
    let used = AccessFinder(slots: slots).kind(of: slot)
    if used == .unknown || !kind.overlaps(used) { return [] }
    if let target, target == slot, isSameRow(target) { return [] }
    return ["read/delete conflict for variable: \(name(slot))"]
  }

  private func creation(
    _ labels: Set<String>?, _ properties: Set<String>?, of slot: Slot, _ needs: Requirements
  ) -> [String] {
    let neededLabels = needs.labels[slot] ?? []
    let neededKeys = needs.properties[slot] ?? []
    if let labels, !neededLabels.isSubset(of: labels) { return [] }
    if let properties, !neededKeys.isSubset(of: properties) { return [] }
    if neededLabels.isEmpty && neededKeys.isEmpty { return ["read/create conflict"] }
    return neededLabels.sorted().map { "read/set conflict for label: \(Self.quoted($0))" }
      + neededKeys.sorted().map { "read/set conflict for property: \(Self.quoted($0))" }
  }
}

/// What variables must have to survive the conditions of a plan.
struct Requirements {
  /// Labels by node.
  var labels: [Slot: Set<String>] = [:]
  /// Properties that are not null, by entity.
  var properties: [Slot: Set<String>] = [:]

  /// Adds what the operators of a plan ask for.
  mutating func add(_ draft: Draft) {
    switch draft.operation {
    case .nodeByLabelScan(let slot, let label): labels[slot, default: []].insert(label)
    case .intersectionNodeByLabelsScan(let slot, let names),
      .subtractionNodeByLabelsScan(let slot, let names, _):
      labels[slot, default: []].formUnion(names)
    case .nodeIndexSeek(let slot, let index, _):
      labels[slot, default: []].insert(index.entityName)
      properties[slot, default: []].formUnion(index.properties)
    case .filter(let predicates): predicates.forEach { add($0) }
    default: break
    }
    for child in draft.children { add(child) }
  }

  private mutating func add(_ predicate: Expression) {
    switch predicate {
    case .and(let parts): parts.forEach { add($0) }
    case .hasLabels(.variable(let slot), let names):
      labels[slot, default: []].formUnion(names.required)
    case .comparison(_, let left, let right):
      for case .property(.variable(let slot), let key) in [left, right] {
        properties[slot, default: []].insert(key)
      }
    case .membership(.property(.variable(let slot), let key), _),
      .stringMatch(_, .property(.variable(let slot), let key), _),
      .isNotNull(.property(.variable(let slot), let key)):
      properties[slot, default: []].insert(key)
    default: break
    }
  }
}
