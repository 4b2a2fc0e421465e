import GraphValues
import KeyValueStore

extension GraphState {
  mutating func createIndex(
    _ name: String, _ kind: IndexKind, _ target: SchemaTarget, _ keys: [KeyToken],
    _ options: MapValue, owner: SchemaRuleID? = nil
  ) throws(StoreError) -> IndexDescriptor {
    try willChange()
    if owner == nil { try checkName(name) }
    let index = IndexDescriptor(
      id: SchemaRuleID(UInt32(truncatingIfNeeded: meta.nextRule)), name: name, kind: kind,
      target: target, keys: keys, options: options, owningConstraint: owner)
    meta.nextRule += 1
    var schema = rules.schema
    schema.indexes.append(index)
    try putRule(index.id, index.document)
    replaceSchema(schema)
    if kind == .range { try populate(index) }
    return index
  }

  mutating func dropIndex(_ id: SchemaRuleID) throws(StoreError) {
    try willChange()
    guard let index = rules.schema.index(id) else { throw .schemaRuleNotFound(id.raw) }
    try removeEntries(of: index)
    var schema = rules.schema
    schema.indexes.removeAll { $0.id == id }
    try removeRule(id)
    replaceSchema(schema)
  }

  mutating func createConstraint(
    _ name: String, _ kind: ConstraintKind, _ target: SchemaTarget, _ keys: [KeyToken],
    _ options: MapValue
  ) throws(StoreError) -> ConstraintDescriptor {
    try willChange()
    try checkName(name)
    let id = SchemaRuleID(UInt32(truncatingIfNeeded: meta.nextRule))
    meta.nextRule += 1
    let indexID = kind.hasIndex ? SchemaRuleID(id.raw + 1) : nil
    let constraint = ConstraintDescriptor(
      id: id, name: name, kind: kind, target: target, keys: keys, ownedIndex: indexID,
      options: options)
    var schema = rules.schema
    schema.constraints.append(constraint)
    try putRule(id, constraint.document)
    replaceSchema(schema)
    do throws(StoreError) {
      if kind != .unique { try checkData(constraint) }
      if kind.hasIndex { _ = try createIndex(name, .range, target, keys, options, owner: id) }
    } catch .constraintViolation(let violation) {
      throw .constraintCreationFailed(constraint, violation)
    }
    return constraint
  }

  mutating func dropConstraint(_ id: SchemaRuleID) throws(StoreError) {
    try willChange()
    guard let constraint = rules.schema.constraint(id) else { throw .schemaRuleNotFound(id.raw) }
    if let index = constraint.ownedIndex { try dropIndex(index) }
    var schema = rules.schema
    schema.constraints.removeAll { $0.id == id }
    try removeRule(id)
    replaceSchema(schema)
  }

  /// The two indexes that a fresh store has, under the names that the original gives them.
  mutating func createLookupIndexes() throws(StoreError) {
    let options = MapValue([
      ("indexProvider", .string("token-lookup-1.0")), ("indexConfig", .map(MapValue())),
    ])
    _ = try createIndex("index_460996c0", .lookup, .nodes([]), [], options)
    _ = try createIndex("index_1b9dcc97", .lookup, .relationships([]), [], options)
  }

  // MARK: Rules

  private func checkName(_ name: String) throws(StoreError) {
    let schema = rules.schema
    if schema.index(named: name) != nil || schema.constraint(named: name) != nil {
      throw .schemaNameTaken(name)
    }
  }

  private mutating func replaceSchema(_ schema: Schema) {
    rules = SchemaState(schema)
    meta.schemaVersion = .random(in: 1...UInt64.max)
  }

  private mutating func setRuleKey(_ id: SchemaRuleID) {
    key.removeAll()
    key.append(MainKey.rule.rawValue)
    key.append(big: id.raw)
  }

  private mutating func putRule(_ id: SchemaRuleID, _ document: Value) throws(StoreError) {
    setRuleKey(id)
    block.removeAll()
    block.append(try DocumentCodec.encode(document))
    try space.put(in: trees.main, key, block)
  }

  private mutating func removeRule(_ id: SchemaRuleID) throws(StoreError) {
    setRuleKey(id)
    try space.remove(in: trees.main, key)
  }

  // MARK: Data

  /// Calls `body` with all entities that a rule is about, batch by batch.
  private mutating func forEachEntity(
    of target: SchemaTarget, _ body: (inout GraphState, [UInt64]) throws(StoreError) -> Void
  ) throws(StoreError) {
    let kind: LinkKey = target.isNodes ? .labelMembers : .typeMembers
    for token in target.rawTokens {
      var first: UInt64 = 0
      while true {
        var ids: [UInt64] = []
        let isEnd = try appendMembers(kind, token, from: first, limit: 4_096, to: &ids)
        try body(&self, ids)
        guard !isEnd, let last = ids.last else { break }
        first = last + 1
      }
    }
  }

  /// Enters all entities; where some values are to be unique and are not, the failure tells of the least
  /// of them, whatever order the entities come in.
  private mutating func populate(_ index: IndexDescriptor) throws(StoreError) {
    let isNodes = index.target.isNodes
    var least: (form: [UInt8], violation: ConstraintViolation)?
    try forEachEntity(of: index.target) { (state: inout GraphState, ids) throws(StoreError) in
      for id in ids {
        let entity: EntityID =
          isNodes ? .node(NodeID(id)) : .relationship(RelationshipID(id))
        var properties: [PropertyChange] = []
        for key in index.keys {
          properties.append((key.raw, try state.property(key, of: entity)))
        }
        do throws(StoreError) {
          for change in try state.entryChanges([index], old: nil, new: properties, entity) {
            try state.apply(change, id)
          }
        } catch .constraintViolation(let violation) {
          let form = Self.form(of: properties, index) ?? []
          if let least, !form.lexicographicallyPrecedes(least.form) { continue }
          least = (form, violation)
        }
      }
    }
    if let least { throw .constraintViolation(least.violation) }
  }

  private mutating func checkData(_ constraint: ConstraintDescriptor) throws(StoreError) {
    let isNodes = constraint.target.isNodes
    try forEachEntity(of: constraint.target) { (state: inout GraphState, ids) throws(StoreError) in
      for id in ids {
        try state.check(
          constraint, isNodes ? .node(NodeID(id)) : .relationship(RelationshipID(id)))
      }
    }
  }

  private mutating func removeEntries(of index: IndexDescriptor) throws(StoreError) {
    var entryKey = ByteBuffer()
    while true {
      entryKey.removeAll()
      entryKey.append(big: index.id.raw)
      guard try space.copyEntry(in: trees.entries, from: &entryKey, shared: 4, to: &block) else {
        break
      }
      try space.remove(in: trees.entries, entryKey)
    }
    for kind in [CounterKey.Kind.indexEntries, .indexValues] {
      let counter = CounterKey(kind, index.id.raw)
      counters.add(-Int64(try count(counter)), to: counter)
    }
  }
}
