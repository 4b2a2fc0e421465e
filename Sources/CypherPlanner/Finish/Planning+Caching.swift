import QueryPlan

/// A property of the entity in a variable.
struct PropertyRead: Hashable {
  /// The variable.
  var slot: Slot
  /// The property.
  var key: String
}

extension Planning {
  /// Finds out which properties print as `cache[…]`: those that are read more than once, and those of
  /// an index that are read or belong to an entity that is returned whole.
  func noteCaching(in root: Draft) {
    var reads: [PropertyRead: Int] = [:]
    var sought: Set<PropertyRead> = []
    note(root, returned: [], &reads, &sought)
    for (read, count) in reads where count > 1 || sought.contains(read) {
      cachedProperties.insert(read)
    }
    gatherReads(in: root, known: sought)
  }

  private func note(
    _ draft: Draft, returned: Set<Slot>, _ reads: inout [PropertyRead: Int],
    _ sought: inout Set<PropertyRead>
  ) {
    var returned = returned
    switch draft.operation {
    case .produceResults(let columns):
      returned.formUnion(columns.map(\.slot).filter { slots[$0].kind != .value })
    case .projection(let items), .distinct(let items), .eagerAggregation(let items, _):
      for item in items {
        if case .variable(let source) = item.expression, returned.contains(item.slot) {
          returned.insert(source)
        }
      }
    case .nodeIndexSeek(let slot, let index, let seek):
      note(index, seek, slot, &sought)
    case .relationshipIndexSeek(let slot, _, _, let index, let seek, _):
      note(index, seek, slot, &sought)
    default: break
    }
    returnedEntities.formUnion(returned)
    for expression in draft.operation.expressions { count(expression, &reads) }
    for child in draft.children { note(child, returned: returned, &reads, &sought) }
  }

  private func note(
    _ index: IndexReference, _ seek: IndexSeek, _ slot: Slot, _ sought: inout Set<PropertyRead>
  ) {
    if !seek.knowsValues(index) { return }
    for key in index.properties { sought.insert(PropertyRead(slot: slot, key: key)) }
  }

  private func count(_ expression: Expression, _ reads: inout [PropertyRead: Int]) {
    if case .property(.variable(let slot), let key) = expression, slots[slot].kind != .value {
      reads[PropertyRead(slot: slot, key: key), default: 0] += 1
    }
    for child in expression.children { count(child, &reads) }
  }

  /// What an index seek prints behind its conditions.
  func cacheDetails(_ index: IndexReference, _ seek: IndexSeek, _ slot: Slot) -> String {
    if !seek.knowsValues(index) || seeksForMerge { return "" }
    let keys = index.properties.filter { key in
      returnedEntities.contains(slot)
        || cachedProperties.contains(PropertyRead(slot: slot, key: key))
    }
    return keys.map { ", cache[" + name(slot) + "." + Self.quoted($0) + "]" }.joined()
  }
}

extension IndexSeek {
  /// Whether the index, or what is sought, tells the properties of what is found.
  func knowsValues(_ index: IndexReference) -> Bool {
    switch self {
    case .equal, .anyOf: true
    default: index.kind == .range
    }
  }
}
