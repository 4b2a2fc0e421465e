import GraphValues
import KeyValueStore

extension GraphState {
  /// Adds an entry to a node's adjacency; the entry must be new.
  mutating func insertAdjacency(
    _ node: UInt64, _ word: UInt32, neighbour: UInt64, relationship: UInt64
  ) throws(StoreError) {
    AdjacencyKey.set(&key, node: node, word: word, neighbour, relationship)
    var place = 0
    var isLast = true
    if try space.copyEntry(
      in: trees.links, from: &key, shared: AdjacencyKey.prefixSize, to: &block)
    {
      place = try AdjacencyBlock(block.bytes, node: node).lowerBound(neighbour, relationship)
      isLast = key.count == AdjacencyKey.lastSize
    } else {
      AdjacencyKey.setLast(&key, node: node, word: word)
    }
    let count = block.count / 16
    if count >= AdjacencyBlock.capacity {
      try split(node, word, at: isLast && place == count ? count : count / 2)
      return try insertAdjacency(node, word, neighbour: neighbour, relationship: relationship)
    }
    block.insert(at: (count + place) * 8, little: relationship)
    block.insert(at: place * 8, little: neighbour)
    try space.put(in: trees.links, key, block)
  }

  /// Moves the first entries of the block in `block`, found under `key`, to a block of their own.
  ///
  /// Entries that come in ascending order leave full blocks behind, hence the choice of the place.
  private mutating func split(_ node: UInt64, _ word: UInt32, at place: Int) throws(StoreError) {
    let halves = Self.halves(of: block, at: place)
    if halves.upper.count == 0 {
      try space.remove(in: trees.links, key)
    } else {
      try space.put(in: trees.links, key, halves.upper)
    }
    AdjacencyKey.set(
      &key, node: node, word: word, halves.lower.bytes.uint64(at: (place - 1) * 8),
      halves.lower.bytes.uint64(at: (place * 2 - 1) * 8))
    try space.put(in: trees.links, key, halves.lower)
  }

  /// Two buffers cannot be in a tuple, since they are not copyable.
  private struct Halves: ~Copyable {
    var lower = ByteBuffer(capacity: AdjacencyBlock.capacity * 16)
    var upper = ByteBuffer(capacity: AdjacencyBlock.capacity * 16)
  }

  private static func halves(of block: borrowing ByteBuffer, at place: Int) -> Halves {
    var halves = Halves()
    let count = block.count / 16
    let bytes = block.bytes
    halves.lower.append(bytes.part(0, place * 8))
    halves.lower.append(bytes.part(count * 8, place * 8))
    halves.upper.append(bytes.part(place * 8, (count - place) * 8))
    halves.upper.append(bytes.part((count + place) * 8, (count - place) * 8))
    return halves
  }

  /// Removes an entry from a node's adjacency.
  mutating func removeAdjacency(
    _ node: UInt64, _ word: UInt32, neighbour: UInt64, relationship: UInt64
  ) throws(StoreError) {
    AdjacencyKey.set(&key, node: node, word: word, neighbour, relationship)
    guard
      try space.copyEntry(
        in: trees.links, from: &key, shared: AdjacencyKey.prefixSize, to: &block),
      let place = try Self.place(of: neighbour, relationship, in: block, node)
    else { throw StoreError.corrupt(record: node, expected: "adjacency of a relationship") }
    let count = block.count / 16
    block.remove(at: (count + place) * 8, count: 8)
    block.remove(at: place * 8, count: 8)
    if count == 1 {
      try space.remove(in: trees.links, key)
      return
    }
    try space.put(in: trees.links, key, block)
    if count <= AdjacencyBlock.capacity / 4, key.count == AdjacencyKey.size {
      try mergeIntoNext(node, word)
    }
  }

  private static func place(
    of neighbour: UInt64, _ relationship: UInt64, in block: borrowing ByteBuffer, _ node: UInt64
  ) throws(StoreError) -> Int? {
    let found = try AdjacencyBlock(block.bytes, node: node)
    let place = found.lowerBound(neighbour, relationship)
    guard place < found.count, found.neighbour(place) == neighbour,
      found.relationship(place) == relationship
    else { return nil }
    return place
  }

  /// Moves the entries of the small block in `block`, which lies under `key`, to the block behind it
  /// when both together are well below a full block.
  private mutating func mergeIntoNext(_ node: UInt64, _ word: UInt32) throws(StoreError) {
    var nextKey = ByteBuffer()
    nextKey.append(contentsOf: key)
    // The next key after this one.
    nextKey.append(0)
    var next = ByteBuffer()
    guard
      try space.copyEntry(
        in: trees.links, from: &nextKey, shared: AdjacencyKey.prefixSize, to: &next)
    else { return }
    let (count, nextCount) = (block.count / 16, next.count / 16)
    guard count + nextCount <= AdjacencyBlock.capacity * 3 / 4 else { return }
    let merged = Self.merged(block, count, next, nextCount)
    try space.remove(in: trees.links, key)
    try space.put(in: trees.links, nextKey, merged)
  }

  private static func merged(
    _ first: borrowing ByteBuffer, _ count: Int, _ second: borrowing ByteBuffer, _ nextCount: Int
  ) -> ByteBuffer {
    var merged = ByteBuffer(capacity: AdjacencyBlock.capacity * 16)
    merged.append(first.bytes.part(0, count * 8))
    merged.append(second.bytes.part(0, nextCount * 8))
    merged.append(first.bytes.part(count * 8, count * 8))
    merged.append(second.bytes.part(nextCount * 8, nextCount * 8))
    return merged
  }

  /// How many relationships a node has by direction and type, block by block, without reading them.
  mutating func degrees(of node: UInt64) throws(StoreError) -> [(word: UInt32, count: Int)] {
    var degrees: [(word: UInt32, count: Int)] = []
    AdjacencyKey.setPrefix(&key, node: node, word: 0)
    var cursor = try space.cursor(trees.links)
    var found = try cursor.seek(key.bytes)
    while found, AdjacencyKey.node(cursor.key) == node {
      degrees.append(
        (AdjacencyKey.word(cursor.key), try AdjacencyBlock(cursor.value, node: node).count))
      found = try cursor.next()
    }
    return degrees
  }

  /// Whether a node has any relationship.
  mutating func hasRelationships(_ node: UInt64) throws(StoreError) -> Bool {
    AdjacencyKey.setPrefix(&key, node: node, word: 0)
    var cursor = try space.cursor(trees.links)
    return try cursor.seek(key.bytes) && AdjacencyKey.node(cursor.key) == node
  }
}
