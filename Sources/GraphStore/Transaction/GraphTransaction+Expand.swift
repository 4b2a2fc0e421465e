public import GraphValues

/// Where an expansion stopped, to go on from there.
public struct ExpandPosition: Sendable, Hashable {
  let word: UInt32
  let neighbour: UInt64
  let relationship: UInt64
}

extension GraphTransaction {
  /// Appends the neighbours of a node, outgoing relationships first, then type by type; within one
  /// type ascending by neighbour, then by relationship.
  ///
  /// A loop appears once, whatever the direction.
  ///
  /// - Parameters:
  ///   - node: Need not exist; one that does not has no neighbours.
  ///   - direction: Which ends of the relationships to follow.
  ///   - types: The types to follow; `nil` for all. Repeated types count once.
  ///   - limit: Most entries to append, at least 1.
  ///   - resume: Where an earlier call stopped; `nil` starts at the beginning.
  ///   - neighbours: A column of nodes, or `nil` when nobody asks.
  ///   - relationships: A column of relationships, or `nil` when nobody asks.
  ///   - typeTokens: A column of integers that gets the types' numbers, or `nil`.
  /// - Returns: Where to resume, or `nil` when nothing is left. What is left may turn out to be empty.
  /// - Throws: `corrupt` when a block does not decode.
  public func appendNeighbours(
    of node: NodeID, _ direction: Direction, types: [TypeToken]?, limit: Int,
    resume: ExpandPosition?, neighbours: Column?, relationships: Column?, typeTokens: Column?
  ) throws(StoreError) -> ExpandPosition? {
    try state.appendNeighbours(
      of: node.raw, direction, types: types, limit: limit, resume: resume, neighbours,
      relationships, typeTokens)
  }

  /// How many relationships a node has; a loop counts once.
  ///
  /// Reads the sizes of blocks, not the relationships.
  public func degree(of node: NodeID, _ direction: Direction, types: [TypeToken]?)
    throws(StoreError) -> Int
  {
    try state.degree(of: node.raw, direction, types: types)
  }

  /// Appends the relationships between two nodes, found by binary search.
  ///
  /// - Parameters:
  ///   - node: The node from which the direction is seen.
  ///   - other: The other end.
  ///   - direction: `outgoing` for those from `node` to `other`.
  ///   - types: The types that count; `nil` for all.
  ///   - relationships: Keeps what it holds.
  /// - Throws: `corrupt` when a block does not decode.
  public func appendRelationships(
    between node: NodeID, _ other: NodeID, _ direction: Direction, types: [TypeToken]?,
    to relationships: Column
  ) throws(StoreError) {
    try state.appendRelationships(
      between: node.raw, other.raw, direction, types: types, to: relationships)
  }
}
