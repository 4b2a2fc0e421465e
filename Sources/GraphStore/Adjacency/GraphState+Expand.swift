import GraphValues
import KeyValueStore

/// The columns that an expansion fills.
private struct ExpandOutput {
  let neighbours: Column?
  let relationships: Column?
  let types: Column?

  func append(_ block: borrowing AdjacencyBlock, _ range: Range<Int>, _ word: UInt32) {
    if range.isEmpty { return }
    neighbours?.append(packedWords: block.neighbours(range))
    relationships?.append(packedWords: block.relationships(range))
    if let types {
      for _ in range { types.append(word: UInt64(word & ~AdjacencyKey.incomingBit)) }
    }
  }
}

extension GraphState {
  /// See `GraphTransaction.appendNeighbours`.
  mutating func appendNeighbours(
    of node: UInt64, _ direction: Direction, types: [TypeToken]?, limit: Int,
    resume: ExpandPosition?, _ neighbours: Column?, _ relationships: Column?, _ typeTokens: Column?
  ) throws(StoreError) -> ExpandPosition? {
    if !pending.isEmpty { try flushLinks() }
    let output = ExpandOutput(
      neighbours: neighbours, relationships: relationships, types: typeTokens)
    var rest = max(limit, 1)
    for incoming in [false, true] {
      if direction == (incoming ? .outgoing : .incoming) { continue }
      // A loop was seen among the outgoing ones.
      let skipsLoops = incoming && direction == .both
      for words in Self.words(types, incoming: incoming) {
        if let resume, resume.word > words.upperBound { continue }
        let start = resume.flatMap { words.contains($0.word) ? $0 : nil }
        let stopped = try Self.append(
          space, trees.links, &key, node, words, start, skipsLoops, &rest, output)
        if let stopped { return stopped }
      }
    }
    return nil
  }

  /// The ranges of direction and type to read, ascending.
  ///
  /// One range, the usual case, is not put into an array.
  private static func words(_ types: [TypeToken]?, incoming: Bool) -> Words {
    let bit: UInt32 = incoming ? AdjacencyKey.incomingBit : 0
    guard let types else { return Words(first: bit...(bit | ~AdjacencyKey.incomingBit)) }
    if types.count == 1 { return Words(first: (types[0].raw | bit)...(types[0].raw | bit)) }
    var ranges = Set(types.map { $0.raw | bit }).sorted().map { $0...$0 }
    if ranges.isEmpty { return Words(first: nil) }
    let first = ranges.removeFirst()
    return Words(first: first, others: ranges)
  }

  private struct Words: Sequence, IteratorProtocol {
    var first: ClosedRange<UInt32>?
    var others: [ClosedRange<UInt32>] = []
    private var place = 0

    init(first: ClosedRange<UInt32>?, others: [ClosedRange<UInt32>] = []) {
      self.first = first
      self.others = others
    }

    mutating func next() -> ClosedRange<UInt32>? {
      if let range = first {
        first = nil
        return range
      }
      guard place < others.count else { return nil }
      place += 1
      return others[place - 1]
    }
  }

  /// Appends what lies in one range of direction and type.
  ///
  /// - Returns: Where it stopped, when `rest` ran out.
  private static func append(
    _ space: borrowing KeySpace, _ links: Tree, _ key: inout ByteBuffer, _ node: UInt64,
    _ words: ClosedRange<UInt32>, _ start: ExpandPosition?, _ skipsLoops: Bool, _ rest: inout Int,
    _ output: ExpandOutput
  ) throws(StoreError) -> ExpandPosition? {
    if let start {
      AdjacencyKey.set(&key, node: node, word: start.word, start.neighbour, start.relationship)
    } else {
      AdjacencyKey.setPrefix(&key, node: node, word: words.lowerBound)
    }
    var first = start
    var cursor = try space.cursor(links)
    var found = try cursor.seek(key.bytes)
    while found, AdjacencyKey.node(cursor.key) == node {
      let word = AdjacencyKey.word(cursor.key)
      guard words.contains(word) else { break }
      let block = try AdjacencyBlock(cursor.value, node: node)
      var from = 0
      if let position = first, position.word == word {
        from = block.lowerBound(position.neighbour, position.relationship)
        if from < block.count, block.neighbour(from) == position.neighbour,
          block.relationship(from) == position.relationship
        {
          from += 1
        }
      }
      first = nil
      let end = min(block.count, from + rest)
      if skipsLoops {
        let loops = block.range(of: node)
        let before = from..<max(from, min(end, loops.lowerBound))
        let behind = max(from, loops.upperBound)..<max(from, loops.upperBound, end)
        output.append(block, before, word)
        output.append(block, behind, word)
        rest -= before.count + behind.count
      } else {
        output.append(block, from..<end, word)
        rest -= end - from
      }
      if rest == 0 || end < block.count {
        return ExpandPosition(
          word: word, neighbour: block.neighbour(end - 1), relationship: block.relationship(end - 1)
        )
      }
      if words.count == 1, cursor.key.byteCount == AdjacencyKey.lastSize { break }
      found = try cursor.next()
    }
    return nil
  }

  /// See `GraphTransaction.degree`.
  mutating func degree(of node: UInt64, _ direction: Direction, types: [TypeToken]?)
    throws(StoreError) -> Int
  {
    if !pending.isEmpty { try flushLinks() }
    var sum = 0
    for incoming in [false, true] {
      if direction == (incoming ? .outgoing : .incoming) { continue }
      for words in Self.words(types, incoming: incoming) {
        sum += try Self.degree(
          space, trees.links, &key, node, words, skipsLoops: incoming && direction == .both)
      }
    }
    return sum
  }

  private static func degree(
    _ space: borrowing KeySpace, _ links: Tree, _ key: inout ByteBuffer, _ node: UInt64,
    _ words: ClosedRange<UInt32>, skipsLoops: Bool
  ) throws(StoreError) -> Int {
    AdjacencyKey.setPrefix(&key, node: node, word: words.lowerBound)
    var sum = 0
    var cursor = try space.cursor(links)
    var found = try cursor.seek(key.bytes)
    while found, AdjacencyKey.node(cursor.key) == node,
      words.contains(AdjacencyKey.word(cursor.key))
    {
      let block = try AdjacencyBlock(cursor.value, node: node)
      sum += block.count
      if skipsLoops { sum -= block.range(of: node).count }
      if words.count == 1, cursor.key.byteCount == AdjacencyKey.lastSize { break }
      found = try cursor.next()
    }
    return sum
  }

  /// See `GraphTransaction.appendRelationships`.
  mutating func appendRelationships(
    between node: UInt64, _ other: UInt64, _ direction: Direction, types: [TypeToken]?,
    to relationships: Column
  ) throws(StoreError) {
    if !pending.isEmpty { try flushLinks() }
    for incoming in [false, true] {
      if direction == (incoming ? .outgoing : .incoming) { continue }
      if incoming, direction == .both, node == other { continue }
      for words in Self.words(types, incoming: incoming) {
        try Self.append(space, trees.links, &key, node, other, words, to: relationships)
      }
    }
  }

  private static func append(
    _ space: borrowing KeySpace, _ links: Tree, _ key: inout ByteBuffer, _ node: UInt64,
    _ other: UInt64, _ words: ClosedRange<UInt32>, to relationships: Column
  ) throws(StoreError) {
    var word = words.lowerBound
    while true {
      AdjacencyKey.set(&key, node: node, word: word, other, 0)
      var cursor = try space.cursor(links)
      var found = try cursor.seek(key.bytes)
      while found, AdjacencyKey.node(cursor.key) == node, AdjacencyKey.word(cursor.key) == word {
        let block = try AdjacencyBlock(cursor.value, node: node)
        let range = block.range(of: other)
        relationships.append(packedWords: block.relationships(range))
        // More of them can only lie behind a block that ends with them.
        if range.upperBound < block.count { break }
        found = try cursor.next()
      }
      // The next type that the node has.
      guard found, AdjacencyKey.node(cursor.key) == node else { return }
      let next = max(AdjacencyKey.word(cursor.key), word &+ 1)
      guard words.contains(next) else { return }
      word = next
    }
  }
}
