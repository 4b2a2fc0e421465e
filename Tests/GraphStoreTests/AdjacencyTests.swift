import GraphStore
import GraphValues
import TestKit
import Testing

private func words(_ column: Column) -> [UInt64] {
  (0..<column.count).map { column.word(at: $0) }
}

/// The outgoing neighbours of a node, read in pieces.
private func neighbours(
  _ transaction: GraphTransaction, _ node: NodeID, _ direction: Direction, limit: Int
) throws -> [[UInt64]] {
  let (nodes, relationships) = (Column(.nodes), Column(.relationships))
  var resume: ExpandPosition?
  repeat {
    resume = try transaction.appendNeighbours(
      of: node, direction, types: nil, limit: limit, resume: resume, neighbours: nodes,
      relationships: relationships, typeTokens: nil)
  } while resume != nil
  return zip(words(nodes), words(relationships)).map { [$0, $1] }
}

@Suite struct AdjacencyTests {
  /// Some thousand relationships fill many blocks, which split and merge.
  @Test(arguments: [UInt64(1), 2, 3, 4])
  func keepsSupernodesInOrder(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let transaction = try Store.memory().beginWrite()
    let type = try transaction.createType(named: "T")
    let nodes = try (0..<200).map { _ in try transaction.createNode() }
    let hub = nodes[100]
    var expected: [(neighbour: NodeID, relationship: RelationshipID)] = []
    for round in 0..<6 {
      for number in 0..<700 {
        // In one round ascending, else anywhere, loops too.
        let other = round == 0 ? nodes[number * 200 / 700] : nodes[Int(generator.next() % 200)]
        let id = try transaction.createRelationship(type: type, from: hub, to: other)
        expected.append((other, id))
      }
      expected.shuffle(using: &generator)
      for _ in 0..<(round < 3 ? 300 : 1_000) {
        guard let gone = expected.popLast() else { break }
        #expect(try transaction.deleteRelationship(gone.relationship))
      }
      let sorted = expected.map { [$0.neighbour.raw, $0.relationship.raw] }
        .sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }
      for limit in [100, 241, 10_000] {
        #expect(try neighbours(transaction, hub, .outgoing, limit: limit) == sorted)
      }
      #expect(try transaction.degree(of: hub, .outgoing, types: nil) == expected.count)
      #expect(try transaction.degree(of: hub, .both, types: [type]) == expected.count)
      let loops = expected.filter { $0.neighbour == hub }.count
      #expect(try transaction.degree(of: hub, .incoming, types: nil) == loops)
      for other in nodes.prefix(120) {
        let found = Column(.relationships)
        try transaction.appendRelationships(between: hub, other, .both, types: nil, to: found)
        let wanted = expected.filter { $0.neighbour == other }.map(\.relationship.raw).sorted()
        #expect(words(found) == wanted)
        let back = Column(.relationships)
        try transaction.appendRelationships(
          between: other, hub, .incoming, types: [type], to: back)
        #expect(words(back) == wanted)
      }
    }
  }

  @Test func buildsArraysOfASnapshot() throws {
    let store = try Store.memory()
    let transaction = try store.beginWrite()
    let (one, two) = (
      try transaction.createType(named: "T"), try transaction.createType(named: "U")
    )
    let nodes = try (0..<5).map { _ in try transaction.createNode() }
    for (type, from, to) in [(one, 3, 1), (one, 0, 4), (two, 0, 2), (one, 0, 0), (one, 0, 1)] {
      _ = try transaction.createRelationship(type: type, from: nodes[from], to: nodes[to])
    }
    #expect(try transaction.adjacencyIndex(type: one, .outgoing) == nil)
    try transaction.commit()

    let reader = try store.beginRead()
    let index = try #require(try reader.adjacencyIndex(type: one, .outgoing))
    #expect(index.offsets == [0, 3, 3, 3, 4])
    #expect(index.neighbours == [0, 1, 4, 1])
    #expect(index.relationships == [3, 4, 1, 0])
    #expect(index.degree(of: 0) == 3)
    #expect(index.degree(of: 4) == 0)
    #expect(index.range(of: 77).isEmpty)
    #expect(try reader.adjacencyIndex(type: one, .outgoing) === index)
    let both = try #require(try reader.adjacencyIndex(type: nil, .both))
    #expect(both.degree(of: 0) == 4)
    #expect(both.degree(of: 1) == 2)
    let incoming = try #require(try reader.adjacencyIndex(type: two, .incoming))
    #expect(incoming.offsets == [0, 0, 0, 1])

    let writer = try store.beginWrite()
    _ = try writer.createRelationship(type: one, from: nodes[4], to: nodes[0])
    try writer.commit()
    #expect(try reader.adjacencyIndex(type: one, .outgoing)?.degree(of: 4) == 0)
    #expect(try store.beginRead().adjacencyIndex(type: one, .outgoing)?.degree(of: 4) == 1)
  }

  @Test func scansGoOnAfterWrites() throws {
    let transaction = try Store.memory().beginWrite()
    let label = try transaction.createLabel(named: "L")
    let key = try transaction.createKey(named: "k")
    let index = try transaction.createIndex(named: "i", .range, on: .nodes([label]), [key])
    for number in 0..<1_000 {
      _ = try transaction.createNode(labels: [label], properties: [(key, .integer(Int64(number)))])
    }
    let byLabel = transaction.scanNodes(labels: [label])
    let all = transaction.scanNodes()
    let byValue = try transaction.scanIndex(
      index.id, .range(prefix: [], lower: .inclusive(.integer(0)), upper: nil))
    let columns = (0..<3).map { _ in Column(.nodes) }
    var rounds = 0
    while true {
      let filled = [
        try byLabel.fill(columns[0], limit: 64), try all.fill(columns[1], limit: 64),
        try byValue.fill(columns[2], limit: 64),
      ]
      if filled.allSatisfy({ $0 == 0 }) { break }
      // What was read goes; something comes that the scans do not see.
      for row in (columns[0].count - filled[0])..<columns[0].count {
        try transaction.deleteNode(NodeID(columns[0].word(at: row)))
      }
      rounds += 1
    }
    #expect(rounds == 16)
    for column in columns { #expect(words(column) == (0..<1_000).map { UInt64($0) }) }
    #expect(try transaction.nodeCount() == 0)
  }
}
