import Foundation
import GraphStore
import GraphValues
import KeyValueStore
import TestKit
import Testing

@Suite struct StoreTests {
  @Test func aFreshStoreHasLookupIndexes() throws {
    let directory = TemporaryDirectory()
    for _ in 0..<2 {
      let reader = try Store.open(directory: directory.path).beginRead()
      #expect(reader.schema.indexes.map(\.name) == ["index_460996c0", "index_1b9dcc97"])
      #expect(reader.schema.indexes.map(\.kind) == [.lookup, .lookup])
    }
  }

  @Test func isNotMadeWhenItMustExist() {
    let directory = TemporaryDirectory()
    var options = StoreOptions()
    options.createsWhenMissing = false
    #expect(throws: StoreError.self) {
      _ = try Store.open(directory: directory.path, options: options)
    }
  }

  // Nobody's rights bind root, who may write to what is only to be read.
  @Test(.enabled(if: geteuid() != 0)) func whatCannotBeWrittenIsOpenedForReading() throws {
    let directory = TemporaryDirectory()
    do { _ = try Store.open(directory: directory.path).usedBytes }
    let files = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    func allow(_ directoryMode: Int, _ fileMode: Int) throws {
      for file in files {
        try FileManager.default.setAttributes(
          [.posixPermissions: fileMode], ofItemAtPath: directory.path + "/" + file)
      }
      try FileManager.default.setAttributes(
        [.posixPermissions: directoryMode], ofItemAtPath: directory.path)
    }
    try allow(0o555, 0o444)
    defer { try? allow(0o755, 0o644) }
    let store = try Store.open(directory: directory.path)
    #expect(store.isReadOnly)
    #expect(try store.beginRead().schema.indexes.count == 2)
    #expect(throws: StoreError.self) { _ = try store.beginWrite() }
  }

  @Test func anotherFormatIsRefused() throws {
    let directory = TemporaryDirectory()
    do {
      let environment = try Environment.open(
        directory: directory.path, trees: [TreeName("")])
      var transaction = try environment.beginWrite(deadlineSeconds: 1)
      var key = ByteBuffer()
      var value = ByteBuffer()
      key.append(1)
      value.append(little: UInt64(77))
      try transaction.put(in: environment.trees[0], key.bytes, value.bytes)
      try transaction.commit(sync: false)
    }
    do throws(StoreError) {
      _ = try Store.open(directory: directory.path).beginRead()
      Issue.record("opened")
    } catch {
      guard case .unsupportedFormat(77, 1) = error else {
        Issue.record(error)
        return
      }
    }
  }

  @Test func aBackupIsAStore() throws {
    let (one, two) = (TemporaryDirectory(), TemporaryDirectory())
    let store = try Store.open(directory: one.path)
    let transaction = try store.beginWrite()
    let label = try transaction.createLabel(named: "L")
    _ = try transaction.createNode(labels: [label])
    try transaction.commit()
    try store.backup(to: two.path)
    #expect(try Store.open(directory: two.path).beginRead().nodeCount(label) == 1)
  }

  /// What is broken behind the store's back is found, and reading it throws rather than traps.
  @Test(arguments: UInt64(0)..<40)
  func damageIsFound(seed: UInt64) throws {
    let directory = TemporaryDirectory()
    do {
      let transaction = try Store.open(directory: directory.path).beginWrite()
      let label = try transaction.createLabel(named: "L")
      let type = try transaction.createType(named: "T")
      let key = try transaction.createKey(named: "k")
      _ = try transaction.createIndex(named: "i", .range, on: .nodes([label]), [key])
      for number in 0..<UInt64(20) {
        let node = try transaction.createNode(
          labels: [label],
          properties: [(key, .list([.string("a\(number)"), .string("b")]))])
        _ = try transaction.createRelationship(
          type: type, from: node, to: NodeID(0), properties: [(key, .string("x"))])
      }
      #expect(try transaction.check().isEmpty)
      try transaction.commit()
    }
    var generator = SeededGenerator(seed: seed)
    do {
      let names = [
        TreeName("nodes", hasNumberKeys: true), TreeName("relationships", hasNumberKeys: true),
        TreeName("links"),
      ]
      let environment = try Environment.open(directory: directory.path, trees: names)
      let tree = environment.trees[Int(seed % 3)]
      var transaction = try environment.beginWrite(deadlineSeconds: 1)
      var (key, value) = try Self.entry(transaction, tree, Int(generator.next() % 20))
      switch generator.next() % 3 {
      case 0: value.removeLast(min(value.count, Int(generator.next() % 9) + 1))
      case 1: value[Int(generator.next() % UInt64(value.count))] ^= 0x55
      default: value = (0..<value.count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
      }
      var keyBuffer = ByteBuffer()
      var valueBuffer = ByteBuffer()
      keyBuffer.append(key)
      valueBuffer.append(value)
      if tree == environment.trees[2] {
        try transaction.put(in: tree, keyBuffer.bytes, valueBuffer.bytes)
      } else {
        let number = key.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        try transaction.put(in: tree, number: number, valueBuffer.bytes)
      }
      key.removeAll()
      try transaction.commit(sync: false)
    }
    let reader = try Store.open(directory: directory.path).beginRead()
    let problems = try reader.check()
    // One flipped letter of a text without an index is a text as good as any.
    #expect(!problems.isEmpty || seed % 3 == 1)
    for number in 0..<UInt64(20) {
      let (columns, ids) = (Column(.nodes), Column(.relationships))
      do throws(StoreError) {
        _ = try reader.properties(of: NodeID(number))
        _ = try reader.properties(of: RelationshipID(number))
        _ = try reader.appendNeighbours(
          of: NodeID(number), .both, types: nil, limit: 99, resume: nil, neighbours: columns,
          relationships: ids, typeTokens: nil)
      } catch {
        guard case .corrupt = error else {
          Issue.record(error)
          continue
        }
      }
    }
  }

  private static func entry(_ transaction: borrowing Transaction, _ tree: Tree, _ number: Int)
    throws -> ([UInt8], [UInt8])
  {
    var cursor = try Cursor.open(transaction, tree)
    for _ in 0...number where try !cursor.next() { break }
    return (cursor.key.bytes(), cursor.value.bytes())
  }

  @Test func aFullMapLeavesTheStoreIntact() throws {
    let directory = TemporaryDirectory()
    var options = StoreOptions()
    options.mapSizeBytes = 1 << 20
    options.durability = .relaxed
    let store = try Store.open(directory: directory.path, options: options)
    let transaction = try store.beginWrite()
    let key = try transaction.createKey(named: "k")
    _ = try transaction.createNode(properties: [(key, .integer(1))])
    try transaction.commit()
    let failing = try store.beginWrite()
    do throws(StoreError) {
      for _ in 0..<1_000 {
        _ = try failing.createNode(
          properties: [(key, .string(String(repeating: "x", count: 5_000)))])
      }
      Issue.record("the map took more than it has")
    } catch {
      guard case .mapFull(limitBytes: 1 << 20) = error else {
        Issue.record(error)
        return
      }
    }
    failing.rollback()
    let reader = try store.beginRead()
    #expect(try reader.nodeCount() == 1)
  }
}
