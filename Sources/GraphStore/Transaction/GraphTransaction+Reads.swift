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
  public func exists(_ node: NodeID) throws(StoreError) -> Bool { false }
  /// Whether a relationship exists.
  public func exists(_ relationship: RelationshipID) throws(StoreError) -> Bool { false }

  /// Whether a node existed once and does no more.
  public func isDeleted(_ node: NodeID) throws(StoreError) -> Bool { false }
  /// Whether a relationship existed once and does no more.
  public func isDeleted(_ relationship: RelationshipID) throws(StoreError) -> Bool { false }

  /// A node's labels by ascending token.
  public func labels(of node: NodeID) throws(StoreError) -> [LabelToken] { [] }
  /// Whether a node has a label.
  public func hasLabel(_ label: LabelToken, _ node: NodeID) throws(StoreError) -> Bool { false }

  /// A node's property; null when it has none of this key.
  public func property(_ key: KeyToken, of node: NodeID) throws(StoreError) -> Value { .null }
  /// A relationship's property; null when it has none of this key.
  public func property(_ key: KeyToken, of relationship: RelationshipID) throws(StoreError)
    -> Value
  { .null }

  /// A node's properties by ascending key token.
  public func properties(of node: NodeID) throws(StoreError) -> [(key: KeyToken, value: Value)] {
    []
  }
  /// A relationship's properties by ascending key token.
  public func properties(of relationship: RelationshipID) throws(StoreError)
    -> [(key: KeyToken, value: Value)]
  { [] }

  /// A relationship's type and ends.
  public func header(of relationship: RelationshipID) throws(StoreError) -> RelationshipHeader {
    throw .relationshipNotFound(relationship)
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
  ///   - selection: The rows that count; `nil` for all.
  ///   - result: Keeps what it holds.
  /// - Throws: `nodeNotFound`, `relationshipNotFound` for an entity that is not there.
  public func read(
    _ key: KeyToken, of entities: Column, rowCount: Int, selection: [UInt16]?, into result: Column
  ) throws(StoreError) {}

  /// Keeps, in a selection, the rows whose node has a label. Null and missing nodes go.
  public func keepRows(
    having label: LabelToken, of nodes: Column, in selection: inout [UInt16]
  ) throws(StoreError) {}

  /// Appends type (as integers, token numbers), start and end of each relationship of a column.
  ///
  /// Null relationships become nulls; rows outside the selection get a filler.
  public func readHeaders(
    of relationships: Column, rowCount: Int, selection: [UInt16]?, types: Column?, starts: Column?,
    ends: Column?
  ) throws(StoreError) {}
}
