public import GraphValues

extension GraphTransaction {
  /// Makes a node.
  ///
  /// Null properties are left out; of a repeated key the last counts.
  ///
  /// - Throws: `notStorable`, `constraintViolation` for uniqueness, before anything is written.
  public func createNode(
    labels: [LabelToken] = [], properties: [(key: KeyToken, value: Value)] = []
  ) throws(StoreError) -> NodeID {
    var raw = labels.map(\.raw)
    if raw.count > 1 { raw = Set(raw).sorted() }
    return NodeID(try state.createNode(raw, [PropertyChange](normalising: properties)))
  }

  /// Makes a relationship; null properties are left out.
  ///
  /// - Throws: `nodeNotFound` when an end is missing, `notStorable`, `constraintViolation`.
  public func createRelationship(
    type: TypeToken, from start: NodeID, to end: NodeID,
    properties: [(key: KeyToken, value: Value)] = []
  ) throws(StoreError) -> RelationshipID {
    RelationshipID(
      try state.createRelationship(
        RelationshipHeader(type: type, start: start, end: end),
        [PropertyChange](normalising: properties)))
  }

  /// Sets a node's property; null removes it.
  ///
  /// - Returns: Whether the node had the property before.
  @discardableResult
  public func setProperty(_ key: KeyToken, of node: NodeID, to value: Value) throws(StoreError)
    -> Bool
  {
    try state.setProperties(ofNode: node.raw, [(key.raw, value)], replacing: false)
  }

  /// Sets a relationship's property; null removes it.
  ///
  /// - Returns: Whether the relationship had the property before.
  @discardableResult
  public func setProperty(_ key: KeyToken, of relationship: RelationshipID, to value: Value)
    throws(StoreError) -> Bool
  {
    try state.setProperties(
      ofRelationship: relationship.raw, [(key.raw, value)], replacing: false)
  }

  /// Sets several properties of a node at once.
  ///
  /// Nulls remove. With `replacing`, all others go.
  public func setProperties(
    _ properties: [(key: KeyToken, value: Value)], of node: NodeID, replacing: Bool
  ) throws(StoreError) {
    _ = try state.setProperties(
      ofNode: node.raw, [PropertyChange](normalising: properties), replacing: replacing)
  }

  /// Sets several properties of a relationship at once.
  ///
  /// Nulls remove. With `replacing`, all others go.
  public func setProperties(
    _ properties: [(key: KeyToken, value: Value)], of relationship: RelationshipID, replacing: Bool
  ) throws(StoreError) {
    _ = try state.setProperties(
      ofRelationship: relationship.raw, [PropertyChange](normalising: properties),
      replacing: replacing)
  }

  /// Gives a node a label.
  ///
  /// - Returns: Whether it did not have it.
  @discardableResult
  public func addLabel(_ label: LabelToken, to node: NodeID) throws(StoreError) -> Bool {
    try state.setLabel(label.raw, of: node.raw, to: true)
  }

  /// Takes a label from a node.
  ///
  /// - Returns: Whether it had it.
  @discardableResult
  public func removeLabel(_ label: LabelToken, from node: NodeID) throws(StoreError) -> Bool {
    try state.setLabel(label.raw, of: node.raw, to: false)
  }

  /// Deletes a node.
  ///
  /// Relationships that it still has must be gone when the statement or the transaction commits, else
  /// that throws `nodeHasRelationships`.
  ///
  /// - Returns: Whether it existed.
  @discardableResult
  public func deleteNode(_ node: NodeID) throws(StoreError) -> Bool {
    try state.deleteNode(node.raw)
  }

  /// Deletes a node with its relationships.
  ///
  /// - Returns: How many relationships went with it, or `nil` when the node did not exist.
  @discardableResult
  public func detachDeleteNode(_ node: NodeID) throws(StoreError) -> Int? {
    try state.detachDeleteNode(node.raw)
  }

  /// Deletes a relationship.
  ///
  /// - Returns: Whether it existed.
  @discardableResult
  public func deleteRelationship(_ relationship: RelationshipID) throws(StoreError) -> Bool {
    try state.deleteRelationship(relationship.raw)
  }
}
