public import GraphValues
import KeyValueStore
import Synchronization

/// All adjacency of one type and direction as arrays, built once per snapshot.
///
/// The entries of node `n` are those at `range(of: n)`. With one type and one direction they ascend by
/// neighbour; else they come type by type, outgoing first, and a loop comes once.
public final class AdjacencyIndex: Sendable {
  /// Where each node's entries start; ends with the number of entries.
  ///
  /// Nodes beyond have none.
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

  /// The places of a node's entries.
  @inlinable public func range(of node: UInt64) -> Range<Int> {
    guard node < UInt64(offsets.count &- 1) else { return 0..<0 }
    return Int(offsets[Int(node)])..<Int(offsets[Int(node) &+ 1])
  }

  /// How many entries a node has.
  @inlinable public func degree(of node: UInt64) -> Int { range(of: node).count }

  var bytes: Int { offsets.count * 4 + neighbours.count * 8 }
}

/// Adjacency indexes of one snapshot; those of older ones go when a newer one asks.
struct AdjacencyCache {
  struct Key: Hashable {
    let type: UInt32?
    let direction: Direction
  }
  private var snapshotID: UInt64 = 0
  private var indexes: [Key: AdjacencyIndex] = [:]
  private var bytes = 0

  func index(_ key: Key, _ snapshotID: UInt64) -> AdjacencyIndex? {
    self.snapshotID == snapshotID ? indexes[key] : nil
  }

  mutating func insert(
    _ index: AdjacencyIndex, _ key: Key, _ snapshotID: UInt64, limitBytes: Int
  ) {
    guard snapshotID >= self.snapshotID else { return }
    if snapshotID > self.snapshotID || bytes + index.bytes > limitBytes {
      indexes.removeAll()
      bytes = 0
    }
    self.snapshotID = snapshotID
    indexes[key] = index
    bytes += index.bytes
  }
}

extension GraphTransaction {
  /// The adjacency of a type (all types for `nil`) in one direction as arrays, from the cache or built
  /// now.
  ///
  /// - Returns: `nil` when it would not fit the memory bound, when ids do not fit 32 bits, or when
  ///   this transaction has changes.
  public func adjacencyIndex(type: TypeToken?, _ direction: Direction) throws(StoreError)
    -> AdjacencyIndex?
  {
    guard let snapshotID = cachedSnapshotID else { return nil }
    let key = AdjacencyCache.Key(type: type?.raw, direction: direction)
    if let index = store.adjacency.withLock({ $0.index(key, snapshotID) }) { return index }
    let entries = try relationshipCount(type: type) ?? 0
    let sides = direction == .both ? 2 : 1
    guard state.meta.nextNode < UInt64(UInt32.max),
      state.meta.nextRelationship < UInt64(UInt32.max),
      entries * sides < Int(UInt32.max),
      entries * sides * 8 + Int(state.meta.nextNode) * 4 <= store.cacheLimitBytes
    else { return nil }
    let index = try state.buildAdjacencyIndex(key, entries: entries * sides)
    let limit = store.cacheLimitBytes
    store.adjacency.withLock { $0.insert(index, key, snapshotID, limitBytes: limit) }
    return index
  }
}

extension GraphState {
  fileprivate mutating func buildAdjacencyIndex(_ wanted: AdjacencyCache.Key, entries: Int)
    throws(StoreError) -> AdjacencyIndex
  {
    var offsets: [UInt32] = []
    var neighbours: [UInt32] = []
    var relationships: [UInt32] = []
    offsets.reserveCapacity(Int(meta.nextNode) + 1)
    neighbours.reserveCapacity(entries)
    relationships.reserveCapacity(entries)
    AdjacencyKey.setPrefix(&key, node: 0, word: 0)
    var cursor = try space.cursor(trees.links)
    var found = try cursor.seek(key.bytes)
    while found, let node = AdjacencyKey.node(cursor.key) {
      let word = AdjacencyKey.word(cursor.key)
      if wanted.contains(word) {
        guard node < meta.nextNode else { throw .corrupt(record: node, expected: "node id") }
        let start = UInt32(truncatingIfNeeded: neighbours.count)
        while UInt64(offsets.count) <= node { offsets.append(start) }
        let block = try AdjacencyBlock(cursor.value, node: node)
        let skipsLoops = wanted.direction == .both && word & AdjacencyKey.incomingBit != 0
        for index in 0..<block.count {
          let neighbour = block.neighbour(index)
          if skipsLoops && neighbour == node { continue }
          neighbours.append(UInt32(truncatingIfNeeded: neighbour))
          relationships.append(UInt32(truncatingIfNeeded: block.relationship(index)))
        }
      }
      found = try cursor.next()
    }
    offsets.append(UInt32(truncatingIfNeeded: neighbours.count))
    return AdjacencyIndex(
      offsets: offsets, neighbours: neighbours, relationships: relationships)
  }
}

extension AdjacencyCache.Key {
  fileprivate func contains(_ word: UInt32) -> Bool {
    if let type, word & ~AdjacencyKey.incomingBit != type { return false }
    switch direction {
    case .both: return true
    case .incoming: return word & AdjacencyKey.incomingBit != 0
    case .outgoing: return word & AdjacencyKey.incomingBit == 0
    }
  }
}

extension GraphTransaction {
  /// The adjacency of a type (all types for `nil`) in one direction, if it has been built for this
  /// snapshot.
  public func cachedAdjacencyIndex(type: TypeToken?, _ direction: Direction) -> AdjacencyIndex? {
    guard let snapshotID = cachedSnapshotID else { return nil }
    let key = AdjacencyCache.Key(type: type?.raw, direction: direction)
    return store.adjacency.withLock { $0.index(key, snapshotID) }
  }
}
