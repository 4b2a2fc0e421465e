import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

/// Changes the graph for the writing operators, counting what is changed.
struct EntityWriter {
  let context: ExecutionContext

  private var transaction: GraphTransaction { context.transaction }

  /// Runs a change and tells what the store refuses in the language's words.
  func writing<Result>(_ body: () throws(StoreError) -> Result) throws(Failure) -> Result {
    do throws(StoreError) {
      return try body()
    } catch {
      throw Failure(error, transaction)
    }
  }

  /// Runs a change that needs its entities to be there.
  private func changing<Result>(_ body: () throws(StoreError) -> Result) throws(Failure) -> Result {
    do throws(StoreError) {
      return try body()
    } catch {
      switch error {
      case .nodeNotFound(let id): throw .unableToLoad(.node(id), context.databaseID)
      case .relationshipNotFound(let id):
        throw .unableToLoad(.relationship(id), context.databaseID)
      default: throw Failure(error, transaction)
      }
    }
  }

  // MARK: Tokens

  /// The token of a label, made when it is new.
  func label(_ reference: TokenReference<LabelToken>) throws(Failure) -> LabelToken {
    if let token = reference.resolve(transaction) { return token }
    try Self.checkName(reference.name, of: .label)
    let token = try writing { () throws(StoreError) in
      try transaction.createLabel(named: reference.name)
    }
    reference.note(token, transaction)
    return token
  }

  /// The token of a relationship type, made when it is new.
  func type(_ reference: TokenReference<TypeToken>) throws(Failure) -> TypeToken {
    if let token = reference.resolve(transaction) { return token }
    try Self.checkName(reference.name, of: .type)
    let token = try writing { () throws(StoreError) in
      try transaction.createType(named: reference.name)
    }
    reference.note(token, transaction)
    return token
  }

  /// The token of a property key, made when it is new.
  func key(_ reference: TokenReference<KeyToken>) throws(Failure) -> KeyToken {
    if let token = reference.resolve(transaction) { return token }
    try Self.checkName(reference.name, of: .key)
    let token = try writing { () throws(StoreError) in
      try transaction.createKey(named: reference.name)
    }
    reference.note(token, transaction)
    return token
  }

  /// The token of a label whose name was computed.
  func label(named name: String) throws(Failure) -> LabelToken {
    if let token = transaction.label(named: name) { return token }
    try Self.checkName(name, of: .label)
    return try writing { () throws(StoreError) in try transaction.createLabel(named: name) }
  }

  /// The token of a relationship type whose name was computed.
  func type(named name: String) throws(Failure) -> TypeToken {
    if let token = transaction.type(named: name) { return token }
    try Self.checkName(name, of: .type)
    return try writing { () throws(StoreError) in try transaction.createType(named: name) }
  }

  /// The token of a key whose name was computed.
  func key(named name: String) throws(Failure) -> KeyToken {
    if let token = transaction.key(named: name) { return token }
    try Self.checkName(name, of: .key)
    return try writing { () throws(StoreError) in try transaction.createKey(named: name) }
  }

  private static func checkName(
    _ name: String, of token: Failure.NamedToken
  ) throws(Failure) {
    if name.isEmpty || name.utf8.contains(0) { throw .tokenName(name, of: token) }
  }

  // MARK: Making

  /// Makes a node.
  func createNode(_ labels: [LabelToken], _ properties: [(key: KeyToken, value: Value)])
    throws(Failure) -> NodeID
  {
    let node = try writing { () throws(StoreError) in
      try transaction.createNode(labels: labels, properties: properties)
    }
    context.counters.nodesCreated += 1
    context.counters.labelsAdded += labels.count
    context.counters.propertiesSet += properties.count
    context.storeHits &+= 1 + labels.count + properties.count
    return node
  }

  /// Makes a relationship.
  func createRelationship(
    _ type: TypeToken, from start: NodeID, to end: NodeID,
    _ properties: [(key: KeyToken, value: Value)]
  ) throws(Failure) -> RelationshipID {
    let relationship = try changing { () throws(StoreError) in
      try transaction.createRelationship(type: type, from: start, to: end, properties: properties)
    }
    context.counters.relationshipsCreated += 1
    context.counters.propertiesSet += properties.count
    context.storeHits &+= 1 + properties.count
    return relationship
  }

  // MARK: Properties

  /// Sets a property of an entity that may be null; null values remove.
  ///
  /// `countsAbsent` tells whether a null for an absent property counts as a change. A value for an
  /// entity that was deleted counts and goes with it.
  func setProperty(
    _ entity: EntityID, _ key: KeyToken, to value: Value, countsAbsent: Bool = false
  ) throws(Failure) {
    let wasThere: Bool
    do throws(StoreError) {
      switch entity {
      case .node(let id): wasThere = try transaction.setProperty(key, of: id, to: value)
      case .relationship(let id): wasThere = try transaction.setProperty(key, of: id, to: value)
      }
    } catch {
      guard try isDeleted(entity) else { throw Failure(error, transaction) }
      wasThere = false
    }
    context.storeHits &+= 1
    if wasThere || countsAbsent || !value.isNull { context.counters.propertiesSet += 1 }
  }

  /// Replaces all properties, or merges some into them.
  func setProperties(
    _ entity: EntityID, _ properties: [(key: KeyToken, value: Value)], replacing: Bool
  ) throws(Failure) {
    var changes = properties
    if replacing {
      for old in try self.properties(of: entity)
      where !properties.contains(where: { $0.key == old.key }) {
        changes.append((old.key, .null))
      }
    }
    for change in changes {
      try setProperty(entity, change.key, to: change.value, countsAbsent: true)
    }
  }

  /// All properties of an entity; none when it was deleted.
  func properties(of entity: EntityID) throws(Failure) -> [(key: KeyToken, value: Value)] {
    try writing { () throws(StoreError) in
      switch entity {
      case .node(let id):
        try transaction.isDeleted(id) ? [] : try transaction.properties(of: id)
      case .relationship(let id):
        try transaction.isDeleted(id) ? [] : try transaction.properties(of: id)
      }
    }
  }

  /// A map's entries with tokens.
  ///
  /// Keys of nulls are looked up only, not made: a null for a name that the store does not know
  /// changes nothing.
  func tokens(of map: MapValue) throws(Failure) -> [(key: KeyToken, value: Value)] {
    var result: [(key: KeyToken, value: Value)] = []
    result.reserveCapacity(map.count)
    for entry in map.entries {
      if entry.value.isNull {
        if let token = transaction.key(named: entry.key) { result.append((token, .null)) }
      } else {
        result.append((try key(named: entry.key), entry.value))
      }
    }
    return result
  }

  // MARK: Labels

  /// Gives a node labels.
  func addLabels(_ labels: [LabelToken], to node: NodeID) throws(Failure) {
    for label in labels {
      let isNew = try changing { () throws(StoreError) in
        try transaction.addLabel(label, to: node)
      }
      context.storeHits &+= 1
      if isNew { context.counters.labelsAdded += 1 }
    }
  }

  /// Takes labels from a node.
  func removeLabels(_ labels: [LabelToken], from node: NodeID) throws(Failure) {
    for label in labels {
      let wasThere = try writing { () throws(StoreError) in
        try transaction.removeLabel(label, from: node)
      }
      context.storeHits &+= 1
      if wasThere { context.counters.labelsRemoved += 1 }
    }
  }

  // MARK: Deleting

  /// Deletes a relationship; nothing when it is gone already.
  func delete(_ relationship: RelationshipID) throws(Failure) {
    let existed = try writing { () throws(StoreError) in
      try transaction.deleteRelationship(relationship)
    }
    context.storeHits &+= 1
    if existed { context.counters.relationshipsDeleted += 1 }
  }

  /// Deletes a node; nothing when it is gone already.
  ///
  /// Relationships must be gone at the commit.
  func delete(_ node: NodeID, isDetaching: Bool) throws(Failure) {
    context.storeHits &+= 1
    if isDetaching {
      let removed = try writing { () throws(StoreError) in
        try transaction.detachDeleteNode(node)
      }
      guard let removed else { return }
      context.counters.nodesDeleted += 1
      context.counters.relationshipsDeleted += removed
    } else {
      let existed = try writing { () throws(StoreError) in try transaction.deleteNode(node) }
      if existed { context.counters.nodesDeleted += 1 }
    }
  }
}

extension EntityID {
  /// The entity that a value refers to; `nil` for null.
  ///
  /// - Throws: A type failure when the value is neither a node nor a relationship.
  static func of(_ value: Value) throws(Failure) -> EntityID? {
    switch value {
    case .null: return nil
    case .node(let id): return .node(id)
    case .relationship(let id): return .relationship(id)
    case .nodeRecord(let record): return .node(record.id)
    case .relationshipRecord(let record): return .relationship(record.id)
    default:
      throw .invalidType(
        "Expected to find a node or relationship at but found \(value.debugText) instead",
        value: value, expected: ["NODE", "RELATIONSHIP"])
    }
  }
}
