import GraphValues
import Synchronization
import TestKit
import Testing

@testable import GraphStore

@Suite struct PropertyColumnTests {
  private static let keys = [
    "integer", "float", "few", "many", "mixed", "flag", "list", "late", "long", "numbers",
  ]

  /// A value for a key, none for some entities.
  private static func value(_ key: String, _ number: Int, _ generator: inout SeededGenerator)
    -> Value?
  {
    if generator.next() % 8 == 0 { return nil }
    let draw = Int(generator.next() % 1_000)
    return switch key {
    case "integer": .integer(Int64(draw) << Int64(draw % 50))
    case "float": .float(Double(draw) / 7)
    case "few": .string(["Jena", "Cork", "", "Siena and other long names of towns"][draw % 4])
    case "many": .string("text \(number) \(draw)")
    case "mixed":
      [.integer(1), .float(1), .string("1"), .boolean(true), .list([.integer(1)])][draw % 5]
    case "flag": .boolean(draw % 2 == 0)
    case "list": .list([.string("x"), .string("\(draw % 3)")])
    // Nothing tells at first that the last ones are different.
    case "late": number < 5_900 ? .integer(Int64(number)) : .string("late")
    case "long": .string(String(repeating: "ab", count: 600 + draw % 3))
    default: draw % 2 == 0 ? .integer(Int64(draw)) : .float(Double(draw))
    }
  }

  /// A graph whose nodes, or relationships, have properties of many kinds, and gaps among their ids.
  private static func graph(ofNodes: Bool, seed: UInt64) throws -> (Store, Column) {
    let store = try Store.memory()
    let transaction = try store.beginWrite()
    var generator = SeededGenerator(seed: seed)
    let tokens = try keys.map { try transaction.createKey(named: $0) }
    let type = try transaction.createType(named: "T")
    let ends = try (0..<2).map { _ in try transaction.createNode() }
    let entities = Column(ofNodes ? .nodes : .relationships)
    for number in 0..<6_000 {
      let properties = zip(keys, tokens).compactMap { key, token in
        value(key, number, &generator).map { (key: token, value: $0) }
      }
      let isGap = generator.next() % 16 == 0
      if ofNodes {
        let node = try transaction.createNode(properties: properties)
        if isGap { try transaction.deleteNode(node) } else { entities.append(.node(node)) }
      } else {
        let relationship = try transaction.createRelationship(
          type: type, from: ends[0], to: ends[1], properties: properties)
        if isGap {
          try transaction.deleteRelationship(relationship)
        } else {
          entities.append(.relationship(relationship))
        }
      }
      if number % 50 == 0 { entities.append(.null) }
    }
    try transaction.commit()
    return (store, entities)
  }

  private static func part(_ entities: Column, _ start: Int) -> Column {
    let part = Column(entities.kind)
    part.copy(start, min(1_000, entities.count - start), from: entities)
    return part
  }

  private static func expect(
    _ transaction: GraphTransaction, _ key: KeyToken, of entities: Column, _ selection: [UInt16]?
  ) throws {
    for start in stride(from: 0, to: entities.count, by: 1_000) {
      let part = part(entities, start)
      let rows = selection?.filter { Int($0) < part.count }
      let result = Column(.integers)
      try transaction.read(
        key, of: part, rowCount: part.count, selection: rows, into: result)
      #expect(result.count == part.count)
      for row in rows.map({ $0.map(Int.init) }) ?? Array(0..<part.count) {
        let wanted: Value =
          switch part.value(at: row) {
          case .node(let node): try transaction.property(key, of: node)
          case .relationship(let other): try transaction.property(key, of: other)
          default: .null
          }
        guard result.value(at: row).literal == wanted.literal else {
          Issue.record("row \(start + row): \(result.value(at: row)), not \(wanted)")
          return
        }
      }
    }
  }

  private static func readyCount(_ store: Store) -> Int {
    store.properties.withLock { $0.readyCount }
  }

  @Test(arguments: [true, false], [UInt64(1), 2])
  func columnsHaveWhatTheRecordsHave(ofNodes: Bool, seed: UInt64) throws {
    let (store, entities) = try Self.graph(ofNodes: ofNodes, seed: seed)
    let transaction = try store.beginRead()
    let some = (0..<1_000).filter { $0 % 3 != 1 }.map { UInt16($0) }
    for name in Self.keys {
      let key = try #require(transaction.key(named: name))
      for round in 0..<4 {
        try Self.expect(transaction, key, of: entities, round % 2 == 0 ? nil : some)
      }
    }
    #expect(Self.readyCount(store) == Self.keys.count)
    // A row that is not there is refused with and without.
    let missing = Column(entities.kind)
    for _ in 0..<100 {
      missing.append(ofNodes ? .node(NodeID(99_999)) : .relationship(RelationshipID(99_999)))
    }
    let key = try #require(transaction.key(named: "few"))
    #expect(throws: StoreError.self) {
      try transaction.read(key, of: missing, rowCount: 100, selection: nil, into: Column(.integers))
    }
  }

  @Test func aCommitIsSeenAtOnceAndNotByOlderReaders() throws {
    let (store, entities) = try Self.graph(ofNodes: true, seed: 3)
    let older = try store.beginRead()
    let key = try #require(older.key(named: "few"))
    for _ in 0..<3 { try Self.expect(older, key, of: entities, nil) }
    #expect(Self.readyCount(store) == 1)
    let writer = try store.beginWrite()
    // A writer that has changed nothing sees the same state.
    try Self.expect(writer, key, of: entities, nil)
    for row in 0..<entities.count {
      if case .node(let node) = entities.value(at: row), row % 2 == 0 {
        try writer.setProperty(key, of: node, to: .integer(Int64(row)))
      }
    }
    for _ in 0..<3 { try Self.expect(writer, key, of: entities, nil) }
    try writer.commit()
    let newer = try store.beginRead()
    for _ in 0..<3 {
      try Self.expect(older, key, of: entities, nil)
      try Self.expect(newer, key, of: entities, nil)
    }
    #expect(Self.readyCount(store) == 1)
  }

  @Test func tooLargeColumnsAreNotKept() throws {
    let (store, entities) = try Self.graph(ofNodes: true, seed: 4)
    var cache = PropertyCache()
    let transaction = try store.beginRead()
    let key = PropertyCache.Key(
      property: try #require(transaction.key(named: "many")).raw, isOfNodes: true)
    func progress(limitBytes: Int) throws -> PropertyColumnBuilder.Progress? {
      let offer = cache.offer(
        key, 1, rows: entities.count * 2, end: transaction.state.meta.nextNode,
        limitBytes: limitBytes)
      guard case .build(let builder) = offer else { return nil }
      var progress: PropertyColumnBuilder.Progress
      repeat {
        progress = try builder.advance(transaction.state, records: 500)
      } while progress.isMore
      cache.take(builder, progress, 1)
      return progress
    }
    // The first rows are only counted.
    #expect(try progress(limitBytes: 50_000) == nil)
    guard case .tooLarge? = try progress(limitBytes: 50_000) else {
      Issue.record("not too large")
      return
    }
    #expect(cache.readyCount == 0)
    #expect(try progress(limitBytes: 1 << 20) == nil)
  }

  @Test func manyReadersBuildOneColumn() async throws {
    let (store, entities) = try Self.graph(ofNodes: true, seed: 5)
    let rows = (0..<entities.count).map { entities.value(at: $0) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<6 {
        group.addTask {
          let entities = Column(.nodes)
          for row in rows { entities.append(row) }
          let transaction = try store.beginRead()
          let key = try #require(transaction.key(named: "mixed"))
          for _ in 0..<3 { try Self.expect(transaction, key, of: entities, nil) }
        }
      }
      try await group.waitForAll()
    }
    #expect(Self.readyCount(store) == 1)
  }
}

extension PropertyColumnBuilder.Progress {
  fileprivate var isMore: Bool { if case .more = self { true } else { false } }
}
