public import GraphValues

/// The fixed part of a relationship.
public struct RelationshipHeader: Sendable, Hashable {
  /// Its type.
  public let type: TypeToken
  /// Where it starts.
  public let start: NodeID
  /// Where it ends.
  public let end: NodeID

  /// Puts a header together.
  @inlinable public init(type: TypeToken, start: NodeID, end: NodeID) {
    self.type = type
    self.start = start
    self.end = end
  }
}

extension GraphTransaction {
  /// Whether a node exists.
  public func exists(_ node: NodeID) throws(StoreError) -> Bool { try state.exists(node) }

  /// Whether a relationship exists.
  public func exists(_ relationship: RelationshipID) throws(StoreError) -> Bool {
    try state.exists(relationship)
  }

  /// Whether a node existed once and does no more.
  public func isDeleted(_ node: NodeID) throws(StoreError) -> Bool {
    guard node.raw < state.meta.nextNode else { return false }
    return try !state.exists(node)
  }

  /// Whether a relationship existed once and does no more.
  public func isDeleted(_ relationship: RelationshipID) throws(StoreError) -> Bool {
    guard relationship.raw < state.meta.nextRelationship else { return false }
    return try !state.exists(relationship)
  }

  /// A node's labels by ascending token.
  ///
  /// - Throws: `nodeNotFound`; so do the other reads of a node.
  public func labels(of node: NodeID) throws(StoreError) -> [LabelToken] {
    try state.labels(of: node.raw).map(LabelToken.init)
  }

  /// Whether a node has a label.
  public func hasLabel(_ label: LabelToken, _ node: NodeID) throws(StoreError) -> Bool {
    try state.hasLabel(label, node)
  }

  /// A node's property; null when it has none of this key.
  public func property(_ key: KeyToken, of node: NodeID) throws(StoreError) -> Value {
    try state.property(key, of: node)
  }

  /// A relationship's property; null when it has none of this key.
  ///
  /// - Throws: `relationshipNotFound`; so do the other reads of a relationship.
  public func property(_ key: KeyToken, of relationship: RelationshipID) throws(StoreError)
    -> Value
  {
    try state.property(key, of: relationship)
  }

  /// A node's properties by ascending key token.
  public func properties(of node: NodeID) throws(StoreError) -> [(key: KeyToken, value: Value)] {
    try state.properties(of: node)
  }

  /// A relationship's properties by ascending key token.
  public func properties(of relationship: RelationshipID) throws(StoreError)
    -> [(key: KeyToken, value: Value)]
  {
    try state.properties(of: relationship)
  }

  /// A relationship's type and ends.
  ///
  /// Of one that this transaction deleted, what it had.
  public func header(of relationship: RelationshipID) throws(StoreError) -> RelationshipHeader {
    try state.header(of: relationship)
  }

  // MARK: Batches

  /// Appends the property of each node or relationship of a column to another column.
  ///
  /// Null entities and missing properties become null. Rows outside the selection get a filler, so
  /// that row numbers stay the same.
  ///
  /// - Parameters:
  ///   - key: The property.
  ///   - entities: Nodes, relationships, or values of these two.
  ///   - rowCount: How many rows to append; a constant column is read at row 0.
  ///   - selection: The rows that count, ascending; `nil` for all.
  ///   - result: Keeps what it holds.
  /// - Throws: `nodeNotFound`, `relationshipNotFound` for an entity that is not there.
  public func read(
    _ key: KeyToken, of entities: Column, rowCount: Int, selection: [UInt16]?, into result: Column
  ) throws(StoreError) {
    // A filled column keeps its rows; those that are read in bulk are empty.
    if result.count == 0,
      let column = try propertyColumn(key, of: entities, rows: selection?.count ?? rowCount)
    {
      if column.read(of: entities, rowCount: rowCount, selection: selection, into: result) {
        return
      }
      result.reset(.integers)
    }
    try state.read(key, of: entities, rowCount: rowCount, selection: selection, into: result)
  }

  /// Keeps, in a selection, the rows whose node has a label; null and missing nodes go.
  public func keepRows(
    having label: LabelToken, of nodes: Column, in selection: inout [UInt16]
  ) throws(StoreError) {
    try state.keepRows(having: label, of: nodes, in: &selection)
  }

  /// Appends type (as integers, token numbers), start and end of each relationship of a column.
  ///
  /// Null relationships become nulls; rows outside the selection get a filler.
  public func readHeaders(
    of relationships: Column, rowCount: Int, selection: [UInt16]?, types: Column?, starts: Column?,
    ends: Column?
  ) throws(StoreError) {
    try state.readHeaders(
      of: relationships, rowCount: rowCount, selection: selection, types: types, starts: starts,
      ends: ends)
  }
}
