public import GraphValues

/// All adjacency of one type and direction as two arrays, built once per snapshot.
///
/// `neighbours[offsets[n] ..< offsets[n + 1]]` are the neighbours of node `n`, ascending.
public final class AdjacencyIndex: Sendable {
  /// One more than the highest node id that has an entry; ends with the number of entries.
  public let offsets: [UInt32]
  /// The neighbours' ids, node after node.
  public let neighbours: [UInt32]
  /// The relationships' ids beside them.
  public let relationships: [UInt32]

  init(offsets: [UInt32], neighbours: [UInt32], relationships: [UInt32]) {
    self.offsets = offsets
    self.neighbours = neighbours
    self.relationships = relationships
  }
}

/// Adjacency indexes of one snapshot.
struct AdjacencyCache {
}

extension GraphTransaction {
  /// The adjacency of a type (all types for `nil`) in one direction as arrays, from the cache or built
  /// now.
  ///
  /// - Returns: `nil` when it would not fit the memory bound, when ids do not fit 32 bits, or when
  ///   this transaction has changes.
  public func adjacencyIndex(type: TypeToken?, _ direction: Direction) throws(StoreError)
    -> AdjacencyIndex?
  { nil }
}
