import Foundation
import GraphStore
import GraphValues
import TestKit
import Testing

@Suite struct TransactionTests {
  @Test func aStatementIsUndoneWithItsNames() throws {
    let store = try Store.memory()
    let transaction = try store.beginWrite()
    let kept = try transaction.createLabel(named: "Kept")
    let version = transaction.tokenVersion
    try transaction.beginStatement()
    _ = try transaction.createLabel(named: "Gone")
    _ = try transaction.createNode(labels: [kept])
    #expect(transaction.tokenVersion != version)
    try transaction.rollbackStatement()
    #expect(transaction.tokenVersion == version)
    #expect(transaction.label(named: "Gone") == nil)
    #expect(try transaction.nodeCount(kept) == 0)
    let other = try transaction.createLabel(named: "Other")
    #expect(other.raw == kept.raw + 1)
    try transaction.commit()
    let reader = try store.beginRead()
    #expect(reader.labels.map { reader.name(of: $0) } == ["Kept", "Other"])
  }

  @Test func aReaderKeepsItsSnapshotUntilItWrites() throws {
    let store = try Store.memory()
    let reader = try store.beginRead()
    let writer = try store.beginWrite()
    let label = try writer.createLabel(named: "L")
    _ = try writer.createNode(labels: [label])
    try writer.commit()
    #expect(try reader.nodeCount() == 0)
    #expect(reader.label(named: "L") == nil)
    do throws(StoreError) {
      _ = try reader.createNode()
      Issue.record("a reader wrote")
    } catch {
      guard case .readOnlyTransaction = error else {
        Issue.record(error)
        return
      }
    }
    try reader.upgradeToWrite()
    #expect(try reader.nodeCount(label) == 1)
    _ = try reader.createNode()
    try reader.commit()
    #expect(try store.beginRead().nodeCount() == 2)
  }

  @Test func aSecondWriterIsTurnedAway() throws {
    let store = try Store.memory()
    let writer = try store.beginWrite()
    let reader = try store.beginRead()
    do throws(StoreError) {
      try reader.upgradeToWrite(deadlineSeconds: 0.01)
      Issue.record("two writers")
    } catch {
      guard case .locked = error else {
        Issue.record(error)
        return
      }
    }
    #expect(try reader.nodeCount() == 0)
    writer.rollback()
    try reader.upgradeToWrite(deadlineSeconds: 0.01)
    reader.rollback()
  }

  @Test func relationshipsMustNotLoseAnEnd() throws {
    let store = try Store.memory()
    let transaction = try store.beginWrite()
    let type = try transaction.createType(named: "T")
    let (a, b) = (try transaction.createNode(), try transaction.createNode())
    let relationship = try transaction.createRelationship(type: type, from: a, to: b)
    try transaction.commit()

    let failing = try store.beginWrite()
    #expect(try failing.deleteNode(a))
    #expect(try failing.isDeleted(a))
    do throws(StoreError) {
      try failing.commit()
      Issue.record("a relationship without an end")
    } catch {
      guard case .nodeHasRelationships(a) = error else {
        Issue.record(error)
        return
      }
    }
    #expect(failing.isFinished)
    #expect(try store.beginRead().exists(a))

    let working = try store.beginWrite()
    #expect(try working.deleteNode(a))
    #expect(try working.deleteNode(b))
    #expect(try working.deleteRelationship(relationship))
    #expect(try working.deleteRelationship(relationship) == false)
    try working.commit()
    let reader = try store.beginRead()
    #expect(try reader.nodeCount() == 0)
    #expect(try reader.relationshipCount() == 0)
  }

  @Test func endsMustExist() throws {
    let transaction = try Store.memory().beginWrite()
    let type = try transaction.createType(named: "T")
    let node = try transaction.createNode()
    do throws(StoreError) {
      _ = try transaction.createRelationship(type: type, from: node, to: NodeID(99))
      Issue.record("no end")
    } catch {
      guard case .nodeNotFound(NodeID(99)) = error else {
        Issue.record(error)
        return
      }
    }
    #expect(try transaction.relationshipCount() == 0)
  }

  @Test(arguments: [
    Value.map(MapValue()), .node(NodeID(1)), .list([.null]), .list([.list([])]),
    .list([.integer(1), .string("x")]), .list([.map(MapValue())]),
  ])
  func refusesWhatNoPropertyHolds(value: Value) throws {
    let transaction = try Store.memory().beginWrite()
    let key = try transaction.createKey(named: "k")
    do throws(StoreError) {
      _ = try transaction.createNode(properties: [(key, value)])
      Issue.record("stored \(value)")
    } catch {
      guard case .notStorable = error else {
        Issue.record(error)
        return
      }
    }
    #expect(try transaction.nodeCount() == 0)
  }

  @Test(arguments: UInt64(0)..<4)
  func valuesComeBackAfterReopening(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let directory = TemporaryDirectory()
    var expected: [NodeID: Value] = [:]
    do {
      let transaction = try Store.open(directory: directory.path).beginWrite()
      let key = try transaction.createKey(named: "k")
      for _ in 0..<400 {
        let value = randomValue(&generator)
        expected[try transaction.createNode(properties: [(key, value)])] = value
      }
      let bytes = Value.bytes([0, 255, 7])
      expected[try transaction.createNode(properties: [(key, bytes)])] = bytes
      try transaction.commit()
    }
    let reader = try Store.open(directory: directory.path).beginRead()
    let key = try #require(reader.key(named: "k"))
    for (node, value) in expected {
      #expect(isSame(try reader.property(key, of: node), value))
    }
    let numbers = Column(.values)
    let nodes = Column(.nodes)
    for node in expected.keys { nodes.append(word: node.raw) }
    try reader.read(key, of: nodes, rowCount: nodes.count, selection: nil, into: numbers)
    for row in 0..<nodes.count {
      #expect(isSame(numbers.value(at: row), expected[NodeID(nodes.word(at: row))] ?? .null))
    }
  }

  @Test func integersAndFloatsMixedBecomeFloats() throws {
    let transaction = try Store.memory().beginWrite()
    let key = try transaction.createKey(named: "k")
    let node = try transaction.createNode(
      properties: [(key, .list([.integer(1), .float(2.5)]))])
    #expect(isSame(try transaction.property(key, of: node), .list([.float(1), .float(2.5)])))
  }

  @Test func batchesFollowTheSelection() throws {
    let transaction = try Store.memory().beginWrite()
    let label = try transaction.createLabel(named: "L")
    let key = try transaction.createKey(named: "k")
    let nodes = Column(.nodes)
    for number in 0..<6 {
      let node = try transaction.createNode(
        labels: number % 2 == 0 ? [label] : [], properties: [(key, .integer(Int64(number)))])
      nodes.append(word: node.raw)
    }
    nodes.appendNull()
    let result = Column(.integers)
    try transaction.read(key, of: nodes, rowCount: 7, selection: [1, 4, 6], into: result)
    #expect(result.count == 7)
    #expect(isSame(result.value(at: 1), .integer(1)))
    #expect(isSame(result.value(at: 4), .integer(4)))
    #expect(result.isNull(at: 6))
    var selection: [UInt16] = [0, 1, 2, 4, 5, 6]
    try transaction.keepRows(having: label, of: nodes, in: &selection)
    #expect(selection == [0, 2, 4])
  }
}
