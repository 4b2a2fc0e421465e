import GraphValues
import KeyValueStore

extension GraphState {
  /// Adds new entries, ascending, to a node's adjacency in one direction and type.
  mutating func insertAdjacency(
    _ node: UInt64, _ word: UInt32, _ entries: ArraySlice<PendingLinks.Entry>
  ) throws(StoreError) {
    var rest = entries
    while let first = rest.first {
      AdjacencyKey.set(&key, node: node, word: word, first.neighbour, first.relationship)
      let exists = try space.copyEntry(
        in: trees.links, from: &key, shared: AdjacencyKey.prefixSize, to: &block)
      if !exists { AdjacencyKey.setLast(&key, node: node, word: word) }
      let count = block.count / 16
      let bound = AdjacencyKey.bound(key.bytes)
      // As many as lie in this block's range and fit.
      var taken = 0
      for entry in rest {
        if count + taken >= AdjacencyBlock.capacity { break }
        if let bound, (entry.neighbour, entry.relationship) > bound { break }
        taken += 1
      }
      if taken == 0 {
        let isBehind =
          exists
          ? try Self.isBehind(block, first, node) && bound == nil : false
        try split(node, word, at: isBehind ? count : count / 2)
        continue
      }
      try Self.merge(rest.prefix(taken), into: &block, &merged, node)
      try space.put(in: trees.links, key, merged)
      rest = rest.dropFirst(taken)
    }
  }

  /// Whether an entry comes behind all entries of a block.
  private static func isBehind(
    _ block: borrowing ByteBuffer, _ entry: PendingLinks.Entry, _ node: UInt64
  ) throws(StoreError) -> Bool {
    let block = try AdjacencyBlock(block.bytes, node: node)
    return block.lowerBound(entry.neighbour, entry.relationship) == block.count
  }

  /// Merges new entries with those of a block.
  private static func merge(
    _ entries: ArraySlice<PendingLinks.Entry>, into block: inout ByteBuffer,
    _ merged: inout ByteBuffer, _ node: UInt64
  ) throws(StoreError) {
    merged.removeAll()
    guard block.count > 0 else {
      for entry in entries { merged.append(little: entry.neighbour) }
      for entry in entries { merged.append(little: entry.relationship) }
      return
    }
    if entries.count == 1, let entry = entries.first {
      let count = block.count / 16
      let place = try AdjacencyBlock(block.bytes, node: node)
        .lowerBound(entry.neighbour, entry.relationship)
      block.insert(at: (count + place) * 8, little: entry.relationship)
      block.insert(at: place * 8, little: entry.neighbour)
      swap(&block, &merged)
      return
    }
    let old = try AdjacencyBlock(block.bytes, node: node)
    var places: [Int] = []
    places.reserveCapacity(entries.count)
    for entry in entries { places.append(old.lowerBound(entry.neighbour, entry.relationship)) }
    for isNeighbour in [true, false] {
      var from = 0
      for (entry, place) in zip(entries, places) {
        let range = from..<place
        merged.append(isNeighbour ? old.neighbours(range) : old.relationships(range))
        merged.append(little: isNeighbour ? entry.neighbour : entry.relationship)
        from = place
      }
      let range = from..<old.count
      merged.append(isNeighbour ? old.neighbours(range) : old.relationships(range))
    }
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
    var lower = ByteBuffer()
    var upper = ByteBuffer()
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
    try flushLinks()
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
    var merged = ByteBuffer()
    merged.append(first.bytes.part(0, count * 8))
    merged.append(second.bytes.part(0, nextCount * 8))
    merged.append(first.bytes.part(count * 8, count * 8))
    merged.append(second.bytes.part(nextCount * 8, nextCount * 8))
    return merged
  }

  /// How many relationships a node has by direction and type, block by block, without reading them.
  mutating func degrees(of node: UInt64) throws(StoreError) -> [(word: UInt32, count: Int)] {
    try flushLinks()
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
    try flushLinks()
    AdjacencyKey.setPrefix(&key, node: node, word: 0)
    var cursor = try space.cursor(trees.links)
    return try cursor.seek(key.bytes) && AdjacencyKey.node(cursor.key) == node
  }
}
