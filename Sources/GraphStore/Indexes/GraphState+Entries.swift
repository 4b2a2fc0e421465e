import GraphValues
import KeyValueStore

/// What a change of an entity does to one index: the forms of its values before and after.
struct EntryChange {
  let index: SchemaRuleID
  let old: [UInt8]?
  let new: [UInt8]?
}

extension GraphState {
  /// What a change does to some indexes; checks uniqueness before anything is written.
  ///
  /// - Parameters:
  ///   - indexes: Those that the entity is in, before or after.
  ///   - old: Its properties before; `nil` when it was not in the indexes.
  ///   - new: Its properties after; `nil` when it leaves them.
  ///   - entity: Whose change it is.
  /// - Returns: One change for each index where the form differs.
  /// - Throws: `constraintViolation`.
  mutating func entryChanges(
    _ indexes: [IndexDescriptor], old: [PropertyChange]?, new: [PropertyChange]?,
    _ entity: EntityID
  ) throws(StoreError) -> [EntryChange] {
    if indexes.isEmpty { return [] }
    var changes: [EntryChange] = []
    for index in indexes {
      let before = old.flatMap { Self.form(of: $0, index) }
      let after = new.flatMap { Self.form(of: $0, index) }
      if before == after { continue }
      if let after, let new, let constraint = rules.uniqueness[index.id] {
        try checkUnique(constraint, index, after, new, entity)
      }
      changes.append(EntryChange(index: index.id, old: before, new: after))
    }
    return changes
  }

  /// The form of an index's properties; `nil` when one is missing.
  static func form(of properties: [PropertyChange], _ index: IndexDescriptor) -> [UInt8]? {
    var buffer = ByteBuffer()
    for key in index.keys {
      guard let value = properties.value(of: key.raw), IndexKey.append(value, to: &buffer) else {
        return nil
      }
    }
    return buffer.bytes.bytes()
  }

  private mutating func checkUnique(
    _ constraint: ConstraintDescriptor, _ index: IndexDescriptor, _ form: [UInt8],
    _ properties: [PropertyChange], _ entity: EntityID
  ) throws(StoreError) {
    let values = index.keys.map { properties.value(of: $0.raw) ?? .null }
    // NaN equals nothing, itself included.
    for value in values where value.containsNaN { return }
    guard let other = try firstEntity(index, form, besides: entity.raw) else { return }
    throw .constraintViolation(
      ConstraintViolation(
        constraint: constraint, entity: entity,
        reason: .duplicate(
          other: index.target.isNodes ? .node(NodeID(other)) : .relationship(RelationshipID(other)),
          values: values)))
  }

  /// The first entity under a form other than one.
  mutating func firstEntity(_ index: IndexDescriptor, _ form: [UInt8], besides entity: UInt64)
    throws(StoreError) -> UInt64?
  {
    let isCut = form.count > IndexKey.limit
    setEntryPrefix(index.id, form)
    let prefixSize = key.count
    var candidates: [UInt64] = []
    do {
      var cursor = try space.cursor(trees.entries)
      var found = try cursor.seek(key.bytes)
      while found, cursor.key.byteCount == prefixSize + 8, cursor.key.starts(with: key.bytes) {
        let other = cursor.key.bigEndianUInt64(at: prefixSize)
        if other != entity { candidates.append(other) }
        if !isCut && !candidates.isEmpty { break }
        found = try cursor.next()
      }
    }
    if !isCut { return candidates.first }
    for candidate in candidates where try self.form(ofEntity: candidate, index) == form {
      return candidate
    }
    return nil
  }

  /// The whole form of an entity's values in an index, from its record.
  func form(ofEntity entity: UInt64, _ index: IndexDescriptor) throws(StoreError) -> [UInt8]? {
    var properties: [PropertyChange] = []
    for key in index.keys {
      let value =
        index.target.isNodes
        ? try property(key, of: NodeID(entity)) : try property(key, of: RelationshipID(entity))
      properties.append((key.raw, value))
    }
    return Self.form(of: properties, index)
  }

  // MARK: Writing

  /// Puts index and values into `key`; a form that is too long is cut.
  mutating func setEntryPrefix(_ index: SchemaRuleID, _ form: [UInt8]) {
    key.removeAll()
    key.append(big: index.raw)
    key.append(form.count > IndexKey.limit ? Array(form[..<IndexKey.limit]) : form)
  }

  mutating func apply(_ change: EntryChange, _ entity: UInt64) throws(StoreError) {
    if let old = change.old {
      setEntryPrefix(change.index, old)
      let shared = key.count
      key.append(big: entity)
      if let isShared = try space.removeBesideNeighbours(in: trees.entries, key, shared: shared) {
        counters.add(-1, to: CounterKey(.indexEntries, change.index.raw))
        if !isShared { counters.add(-1, to: CounterKey(.indexValues, change.index.raw)) }
      }
    }
    if let new = change.new {
      setEntryPrefix(change.index, new)
      let shared = key.count
      key.append(big: entity)
      // A value says that the key was cut, and the record must be looked at.
      block.removeAll()
      if new.count > IndexKey.limit { block.append(1) }
      let isShared = try space.putBesideNeighbours(
        in: trees.entries, key, block, shared: shared)
      counters.add(1, to: CounterKey(.indexEntries, change.index.raw))
      if !isShared { counters.add(1, to: CounterKey(.indexValues, change.index.raw)) }
    }
  }
}

extension Value {
  /// Whether it is NaN or a list with one: it equals nothing then.
  var containsNaN: Bool {
    switch self {
    case .float(let number): number.isNaN
    case .list(let elements): elements.contains { $0.containsNaN }
    default: false
    }
  }
}
