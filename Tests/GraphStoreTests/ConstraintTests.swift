import GraphStore
import GraphValues
import Testing

/// A store with a label, a type and two keys.
private struct Fixture {
  let store: Store
  let transaction: GraphTransaction
  let label: LabelToken
  let type: TypeToken
  let a: KeyToken
  let b: KeyToken

  init() throws {
    store = try Store.memory()
    transaction = try store.beginWrite()
    label = try transaction.createLabel(named: "L")
    type = try transaction.createType(named: "T")
    a = try transaction.createKey(named: "a")
    b = try transaction.createKey(named: "b")
  }

  func node(_ values: Value...) throws -> NodeID {
    try transaction.createNode(
      labels: [label], properties: Array(zip([a, b], values)).map { (key: $0, value: $1) })
  }

  /// The violation that something throws.
  func violation(_ body: () throws -> Void) -> ConstraintViolation? {
    do {
      try body()
    } catch StoreError.constraintViolation(let violation) {
      return violation
    } catch StoreError.constraintCreationFailed(_, let violation) {
      return violation
    } catch {
      Issue.record(error)
    }
    return nil
  }
}

@Suite struct ConstraintTests {
  @Test func uniquenessHoldsAtOnce() throws {
    let fixture = try Fixture()
    let transaction = fixture.transaction
    let constraint = try transaction.createConstraint(
      named: "c", .unique, on: .nodes([fixture.label]), [fixture.a])
    let first = try fixture.node(.integer(1))
    let violation = try #require(fixture.violation { _ = try fixture.node(.float(1)) })
    #expect(violation.constraint.id == constraint.id)
    guard case .duplicate(let other, let values) = violation.reason else {
      Issue.record("\(violation)")
      return
    }
    #expect(other == .node(first))
    #expect(values.count == 1 && isSame(values[0], .float(1)))
    // Nothing was written.
    #expect(try transaction.nodeCount() == 1)

    let second = try fixture.node(.integer(2))
    #expect(
      fixture.violation { try transaction.setProperty(fixture.a, of: second, to: .integer(1)) }
        != nil)
    try transaction.setProperty(fixture.a, of: first, to: .integer(3))
    try transaction.setProperty(fixture.a, of: second, to: .integer(1))
    // Without the property, or with NaN, there is nothing to be unique.
    _ = try fixture.node(.null, .integer(1))
    _ = try fixture.node(.float(.nan))
    _ = try fixture.node(.float(.nan))
    let free = try transaction.createNode(properties: [(fixture.a, .integer(1))])
    #expect(fixture.violation { try transaction.addLabel(fixture.label, to: free) } != nil)
    try transaction.deleteNode(second)
    #expect(try transaction.addLabel(fixture.label, to: free))
    try transaction.commit()
  }

  @Test func longValuesAreUniqueByAllTheirBytes() throws {
    let fixture = try Fixture()
    _ = try fixture.transaction.createConstraint(
      named: "c", .unique, on: .nodes([fixture.label]), [fixture.a])
    let long = String(repeating: "x", count: 2_000)
    _ = try fixture.node(.string(long + "1"))
    _ = try fixture.node(.string(long + "2"))
    #expect(fixture.violation { _ = try fixture.node(.string(long + "1")) } != nil)
  }

  @Test func relationshipsAndPairsAreUniqueToo() throws {
    let fixture = try Fixture()
    let transaction = fixture.transaction
    _ = try transaction.createConstraint(
      named: "c", .unique, on: .relationships([fixture.type]), [fixture.a, fixture.b])
    let node = try fixture.node()
    func relate(_ left: Value, _ right: Value) throws -> RelationshipID {
      try transaction.createRelationship(
        type: fixture.type, from: node, to: node,
        properties: [(fixture.a, left), (fixture.b, right)])
    }
    let first = try relate(.integer(1), .string("x"))
    _ = try relate(.integer(1), .string("y"))
    _ = try relate(.integer(1), .null)
    let violation = try #require(fixture.violation { _ = try relate(.integer(1), .string("x")) })
    guard case .duplicate(let other, let values) = violation.reason else {
      Issue.record("\(violation)")
      return
    }
    #expect(other == .relationship(first))
    #expect(values.count == 2)
    try transaction.deleteRelationship(first)
    _ = try relate(.integer(1), .string("x"))
  }

  @Test func existenceAndTypesHoldAtCommit() throws {
    let fixture = try Fixture()
    let transaction = fixture.transaction
    let target = SchemaTarget.nodes([fixture.label])
    _ = try transaction.createConstraint(named: "e", .existence, on: target, [fixture.a])
    let rule = PropertyTypeRule(
      scalars: [.string], listElements: [.integer], name: "STRING | LIST<INTEGER NOT NULL>")
    _ = try transaction.createConstraint(
      named: "t", .propertyType(rule), on: target, [fixture.b])
    try transaction.beginStatement()
    let node = try fixture.node()
    let missing = try #require(fixture.violation { try transaction.commitStatement() })
    guard case .missing(let keys) = missing.reason else {
      Issue.record("\(missing)")
      return
    }
    #expect(keys == [fixture.a])
    #expect(missing.entity == .node(node))
    try transaction.setProperty(fixture.a, of: node, to: .integer(1))
    try transaction.setProperty(fixture.b, of: node, to: .integer(1))
    let wrong = try #require(fixture.violation { try transaction.commitStatement() })
    guard case .wrongType(let value) = wrong.reason else {
      Issue.record("\(wrong)")
      return
    }
    #expect(isSame(value, .integer(1)))
    for value in [Value.list([.integer(1)]), .string(""), .null] {
      try transaction.setProperty(fixture.b, of: node, to: value)
      try transaction.verify()
    }
    try transaction.commitStatement()

    try transaction.beginStatement()
    try transaction.setProperty(fixture.a, of: node, to: .null)
    #expect(fixture.violation { try transaction.commitStatement() } != nil)
    try transaction.rollbackStatement()
    #expect(isSame(try transaction.property(fixture.a, of: node), .integer(1)))
    try transaction.commit()
    #expect(try fixture.store.beginRead().schema.constraints.count == 2)
  }

  @Test func dataThatBreakItRefuseAConstraint() throws {
    let fixture = try Fixture()
    let transaction = fixture.transaction
    let target = SchemaTarget.nodes([fixture.label])
    let (first, second) = (try fixture.node(.string("x")), try fixture.node(.string("x")))
    try transaction.beginStatement()
    let violation = try #require(
      fixture.violation {
        _ = try transaction.createConstraint(named: "c", .unique, on: target, [fixture.a])
      })
    try transaction.rollbackStatement()
    guard case .duplicate(let other, _) = violation.reason else {
      Issue.record("\(violation)")
      return
    }
    #expect(other == .node(first) && violation.entity == .node(second))
    #expect(transaction.schema.constraints.isEmpty)
    #expect(transaction.schema.indexes.count == 2)

    try transaction.beginStatement()
    #expect(
      fixture.violation {
        _ = try transaction.createConstraint(named: "k", .key, on: target, [fixture.a, fixture.b])
      } != nil)
    try transaction.rollbackStatement()
    try transaction.setProperty(fixture.b, of: first, to: .integer(1))
    try transaction.setProperty(fixture.b, of: second, to: .integer(2))
    let key = try transaction.createConstraint(
      named: "k", .key, on: target, [fixture.a, fixture.b])
    let index = try #require(key.ownedIndex.flatMap { transaction.schema.index($0) })
    #expect(index.name == "k" && index.owningConstraint == key.id)
    #expect(try transaction.statistics(of: index.id).entryCount == 2)
    do throws(StoreError) {
      _ = try transaction.createIndex(named: "k", .range, on: target, [fixture.a])
      Issue.record("a name twice")
    } catch {
      guard case .schemaNameTaken("k") = error else {
        Issue.record(error)
        return
      }
    }
    try transaction.dropConstraint(key.id)
    #expect(transaction.schema.indexes.count == 2)
    _ = try fixture.node(.string("x"))
    try transaction.commit()
  }
}
