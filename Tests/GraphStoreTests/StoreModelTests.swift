import GraphStore
import GraphValues
import TestKit
import Testing

/// A store and its model, driven by the same random operations.
private struct Driver {
  let directory: TemporaryDirectory?
  var store: Store?
  var transaction: GraphTransaction?
  var model = StoreModel()
  var generator: SeededGenerator
  var labels: [LabelToken] = []
  var types: [TypeToken] = []
  var keys: [KeyToken] = []
  var indexes: [IndexDescriptor] = []

  init(seed: UInt64, inMemory: Bool) throws {
    generator = SeededGenerator(seed: seed)
    directory = inMemory ? nil : TemporaryDirectory()
    try open()
    let transaction = try current()
    labels = try ["A", "B", "C"].map { try transaction.createLabel(named: $0) }
    types = try ["T", "U", "V"].map { try transaction.createType(named: $0) }
    keys = try ["k", "l", "m"].map { try transaction.createKey(named: $0) }
    try transaction.commit()
    self.transaction = nil
  }

  mutating func open() throws {
    if let directory {
      var options = StoreOptions()
      options.durability = .relaxed
      store = try Store.open(directory: directory.path, options: options)
    } else {
      store = try Store.memory()
    }
  }

  mutating func current() throws -> GraphTransaction {
    if let transaction { return transaction }
    let begun = try #require(store).beginWrite()
    transaction = begun
    return begun
  }

  mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &generator) < percent
  }

  mutating func properties() -> [(key: KeyToken, value: Value)] {
    keys.filter { _ in Bool.random(using: &generator) }.map { ($0, randomValue(&generator)) }
  }

  mutating func node() -> UInt64? {
    // A few nodes get most relationships.
    if chance(60) { return model.nodes.keys.sorted().prefix(3).randomElement(using: &generator) }
    return model.nodes.keys.sorted().randomElement(using: &generator)
  }

  mutating func operate() throws {
    let transaction = try current()
    switch Int.random(in: 0..<100, using: &generator) {
    case 0..<18: try createNode(transaction)
    case 18..<68: try createRelationship(transaction)
    case 68..<78: try changeNode(transaction)
    case 78..<84:
      guard let id = model.relationships.keys.sorted().randomElement(using: &generator),
        let key = keys.randomElement(using: &generator)
      else { return }
      let value: Value = chance(25) ? .null : randomValue(&generator)
      let had = try transaction.setProperty(key, of: RelationshipID(id), to: value)
      #expect(had == (model.relationships[id]?.properties[key.raw] != nil))
      model.relationships[id]?.properties[key.raw] = value.isNull ? nil : value
    case 84..<96:
      guard let id = model.relationships.keys.sorted().randomElement(using: &generator) else {
        return
      }
      #expect(try transaction.deleteRelationship(RelationshipID(id)))
      model.relationships[id] = nil
    case 96..<98:
      guard let id = model.nodes.keys.sorted().randomElement(using: &generator) else { return }
      let incident = model.incident(id)
      #expect(try transaction.detachDeleteNode(NodeID(id)) == incident.count)
      for relationship in incident { model.relationships[relationship] = nil }
      model.nodes[id] = nil
      #expect(try transaction.isDeleted(NodeID(id)))
    default: try changeSchema(transaction)
    }
  }

  mutating func createNode(_ transaction: GraphTransaction) throws {
    let chosen = labels.filter { _ in Bool.random(using: &generator) }
    let properties = properties()
    let id = try transaction.createNode(labels: chosen, properties: properties)
    #expect(model.nodes[id.raw] == nil)
    var node = StoreModel.Node(labels: Set(chosen.map(\.raw)))
    for (key, value) in properties { node.properties[key.raw] = value }
    model.nodes[id.raw] = node
  }

  mutating func createRelationship(_ transaction: GraphTransaction) throws {
    guard let start = node(), let end = node(), let type = types.randomElement(using: &generator)
    else { return }
    let properties = chance(20) ? properties() : []
    let id = try transaction.createRelationship(
      type: type, from: NodeID(start), to: NodeID(end), properties: properties)
    var relationship = StoreModel.Relationship(
      header: RelationshipHeader(type: type, start: NodeID(start), end: NodeID(end)))
    for (key, value) in properties { relationship.properties[key.raw] = value }
    model.relationships[id.raw] = relationship
  }

  mutating func changeNode(_ transaction: GraphTransaction) throws {
    guard let id = model.nodes.keys.sorted().randomElement(using: &generator),
      let label = labels.randomElement(using: &generator),
      let key = keys.randomElement(using: &generator)
    else { return }
    if chance(30) {
      let had = model.nodes[id]?.labels.contains(label.raw) == true
      if Bool.random(using: &generator) {
        #expect(try transaction.addLabel(label, to: NodeID(id)) == !had)
        model.nodes[id]?.labels.insert(label.raw)
      } else {
        #expect(try transaction.removeLabel(label, from: NodeID(id)) == had)
        model.nodes[id]?.labels.remove(label.raw)
      }
    } else if chance(30) {
      let replacing = Bool.random(using: &generator)
      let properties = properties()
      try transaction.setProperties(properties, of: NodeID(id), replacing: replacing)
      if replacing { model.nodes[id]?.properties = [:] }
      for (key, value) in properties { model.nodes[id]?.properties[key.raw] = value }
    } else {
      let value: Value = chance(25) ? .null : randomValue(&generator)
      let had = try transaction.setProperty(key, of: NodeID(id), to: value)
      #expect(had == (model.nodes[id]?.properties[key.raw] != nil))
      model.nodes[id]?.properties[key.raw] = value.isNull ? nil : value
    }
  }

  mutating func changeSchema(_ transaction: GraphTransaction) throws {
    if let index = indexes.first, chance(50) {
      try transaction.dropIndex(index.id)
      indexes.removeFirst()
    } else if indexes.count < 3 {
      let composite = chance(30)
      let target: SchemaTarget =
        chance(70)
        ? .nodes([labels[Int.random(in: 0..<3, using: &generator)]])
        : .relationships([types[Int.random(in: 0..<3, using: &generator)]])
      indexes.append(
        try transaction.createIndex(
          named: "i\(generator.next())", .range, on: target,
          composite ? [keys[0], keys[1]] : [keys[Int.random(in: 0..<3, using: &generator)]]))
    }
  }

  // MARK: Comparing

  mutating func compare() throws {
    let transaction = try current()
    try compareNodes(transaction)
    try compareRelationships(transaction)
    for node in model.nodes.keys { try compareAdjacency(transaction, node) }
    for index in indexes { try compareIndex(transaction, index) }
    #expect(try transaction.check().isEmpty)
  }

  func compareNodes(_ transaction: GraphTransaction) throws {
    let scan = transaction.scanNodes()
    let all = try drain { try scan.fill($0, limit: 10) }
    #expect(all == model.nodes.keys.sorted())
    #expect(try transaction.nodeCount() == model.nodes.count)
    for label in labels {
      let expected = model.nodes.filter { $0.value.labels.contains(label.raw) }.keys.sorted()
      let cursor = transaction.scanNodes(labels: [label])
      let found = Column(.nodes)
      while try cursor.fill(found, limit: 7) > 0 {}
      #expect(words(found) == expected)
      #expect(try transaction.nodeCount(label) == expected.count)
    }
    let both = transaction.scanNodes(labels: [labels[0], labels[1]])
    let expected = model.nodes.filter {
      $0.value.labels.isSuperset(of: [labels[0].raw, labels[1].raw])
    }
    #expect(try drain { try both.fill($0, limit: 5) } == expected.keys.sorted())
    for (id, node) in model.nodes {
      #expect(try Set(transaction.labels(of: NodeID(id)).map(\.raw)) == node.labels)
      expectSame(try transaction.properties(of: NodeID(id)), node.properties)
      for key in keys {
        let value = try transaction.property(key, of: NodeID(id))
        #expect(isSame(value, node.properties[key.raw] ?? .null))
      }
    }
  }

  func compareRelationships(_ transaction: GraphTransaction) throws {
    let cursor = transaction.scanRelationships()
    let (ids, starts, ends, types) = (
      Column(.relationships), Column(.nodes), Column(.nodes), Column(.integers)
    )
    while try cursor.fill(ids, starts: starts, ends: ends, typeTokens: types, limit: 10) > 0 {}
    #expect(words(ids) == model.relationships.keys.sorted())
    for row in 0..<ids.count {
      let header = model.relationships[ids.word(at: row)]?.header
      #expect(header?.start.raw == starts.word(at: row))
      #expect(header?.end.raw == ends.word(at: row))
      #expect(header.map { UInt64($0.type.raw) } == types.word(at: row))
    }
    for (id, relationship) in model.relationships {
      #expect(try transaction.header(of: RelationshipID(id)) == relationship.header)
      expectSame(try transaction.properties(of: RelationshipID(id)), relationship.properties)
    }
    for type in self.types {
      let expected = model.relationships.filter { $0.value.header.type == type }
      let found = Column(.relationships)
      let ends = Column(.nodes)
      let cursor = transaction.scanRelationships(types: [type])
      while try cursor.fill(found, ends: ends, limit: 9) > 0 {}
      #expect(words(found) == expected.keys.sorted())
      #expect(try transaction.relationshipCount(type: type) == expected.count)
      for label in labels {
        let from = expected.values.filter { has($0.header.start, label) }.count
        let to = expected.values.filter { has($0.header.end, label) }.count
        #expect(try transaction.relationshipCount(type: type, start: label) == from)
        #expect(try transaction.relationshipCount(type: type, end: label) == to)
      }
    }
    for label in labels {
      let from = model.relationships.values.filter { has($0.header.start, label) }.count
      #expect(try transaction.relationshipCount(start: label) == from)
    }
    #expect(try transaction.relationshipCount() == model.relationships.count)
  }

  func has(_ node: NodeID, _ label: LabelToken) -> Bool {
    model.nodes[node.raw]?.labels.contains(label.raw) == true
  }

  func compareAdjacency(_ transaction: GraphTransaction, _ node: UInt64) throws {
    for direction in [Direction.outgoing, .incoming, .both] {
      for chosen in [nil, [types[0]], [types[2], types[1]]] as [[TypeToken]?] {
        let expected = model.relationships.filter { entry in
          let header = entry.value.header
          guard chosen?.contains(header.type) ?? true else { return false }
          return (direction != .incoming && header.start.raw == node)
            || (direction != .outgoing && header.end.raw == node)
        }
        let (neighbours, found) = (Column(.nodes), Column(.relationships))
        var resume: ExpandPosition?
        repeat {
          resume = try transaction.appendNeighbours(
            of: NodeID(node), direction, types: chosen, limit: 13, resume: resume,
            neighbours: neighbours, relationships: found, typeTokens: nil)
        } while resume != nil
        #expect(words(found).sorted() == expected.keys.sorted())
        for row in 0..<found.count {
          let header = model.relationships[found.word(at: row)]?.header
          let other = neighbours.word(at: row)
          #expect(
            header?.start.raw == node && header?.end.raw == other
              || header?.end.raw == node && header?.start.raw == other)
        }
        #expect(
          try transaction.degree(of: NodeID(node), direction, types: chosen) == expected.count)
        let other = words(neighbours).first ?? node
        let between = Column(.relationships)
        try transaction.appendRelationships(
          between: NodeID(node), NodeID(other), direction, types: chosen, to: between)
        let expectedBetween = expected.filter { entry in
          let header = entry.value.header
          return (direction != .incoming && header.start.raw == node && header.end.raw == other)
            || (direction != .outgoing && header.end.raw == node && header.start.raw == other)
        }
        #expect(words(between).sorted() == expectedBetween.keys.sorted())
      }
    }
  }

  mutating func compareIndex(_ transaction: GraphTransaction, _ index: IndexDescriptor) throws {
    var entries: [(id: UInt64, values: [Value])] = []
    if index.target.isNodes {
      for (id, node) in model.nodes where node.labels.contains(index.target.rawTokens[0]) {
        let values = index.keys.compactMap { node.properties[$0.raw] }
        if values.count == index.keys.count { entries.append((id, values)) }
      }
    } else {
      for (id, one) in model.relationships where one.header.type.raw == index.target.rawTokens[0] {
        let values = index.keys.compactMap { one.properties[$0.raw] }
        if values.count == index.keys.count { entries.append((id, values)) }
      }
    }
    let all = try transaction.scanIndex(index.id, .equal([]))
    let found = try drain(index.target.isNodes) { try all.fill($0, limit: 11) }
    #expect(found.sorted() == entries.map(\.id).sorted())
    #expect(try transaction.statistics(of: index.id).entryCount == entries.count)
    let values = Dictionary(uniqueKeysWithValues: entries.map { ($0.id, $0.values) })
    for (left, right) in zip(found, found.dropFirst()) {
      // Values that were cut are in order by their first bytes only.
      guard let left = values[left]?.first, let right = values[right]?.first else { continue }
      if case .string(let text) = left, text.utf8.count > 480 { continue }
      #expect(left.order(to: right) != .greater, "\(left) \(right)")
    }
    let backwards = try transaction.scanIndex(index.id, .equal([]), descending: true)
    #expect(
      try drain(index.target.isNodes) { try backwards.fill($0, limit: 3) } == found.reversed())
    for entry in entries.prefix(5) {
      let expected = entries.filter { other in
        zip(other.values, entry.values).allSatisfy { $0.equals($1) == true }
      }
      let seek = try transaction.scanIndex(index.id, .equal(entry.values))
      #expect(
        try drain(index.target.isNodes) { try seek.fill($0, limit: 2) }.sorted()
          == expected.map(\.id).sorted(), "\(entry.values)")
    }
  }

  func drain(_ isNodes: Bool = true, _ fill: (Column) throws -> Int) throws -> [UInt64] {
    let column = Column(isNodes ? .nodes : .relationships)
    while try fill(column) > 0 {}
    return words(column)
  }

  func words(_ column: Column) -> [UInt64] { (0..<column.count).map { column.word(at: $0) } }

  func expectSame(_ list: [(key: KeyToken, value: Value)], _ expected: [UInt32: Value]) {
    #expect(list.map(\.key.raw) == expected.keys.sorted())
    for (key, value) in list { #expect(isSame(value, expected[key.raw] ?? .null)) }
  }

  // MARK: Ending

  /// Runs some operations as a statement that is kept or undone.
  mutating func statement() throws {
    let transaction = try current()
    let before = (model, indexes)
    try transaction.beginStatement()
    let added = chance(20) ? try transaction.createLabel(named: "x\(generator.next())") : nil
    for _ in 0..<Int.random(in: 1...12, using: &generator) { try operate() }
    if chance(60) {
      try transaction.commitStatement()
    } else {
      try transaction.rollbackStatement()
      (model, indexes) = before
      if let added { #expect(transaction.name(of: added) == "") }
    }
  }
}

@Suite struct StoreModelTests {
  @Test(arguments: UInt64(0)..<12)
  func agreesWithDictionaries(seed: UInt64) throws {
    var driver = try Driver(seed: seed, inMemory: seed % 2 == 0)
    var committed = (driver.model, driver.indexes)
    for _ in 0..<24 {
      for _ in 0..<Int.random(in: 1...8, using: &driver.generator) { try driver.statement() }
      for _ in 0..<Int.random(in: 0...20, using: &driver.generator) { try driver.operate() }
      if driver.chance(30) { try driver.compare() }
      if driver.chance(70) {
        try driver.transaction?.commit()
        committed = (driver.model, driver.indexes)
      } else {
        driver.transaction?.rollback()
        (driver.model, driver.indexes) = committed
      }
      driver.transaction = nil
      if driver.directory != nil, driver.chance(30) {
        driver.store = nil
        try driver.open()
      }
    }
    try driver.compare()
  }
}
