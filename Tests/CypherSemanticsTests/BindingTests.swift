import Diagnostics
import GraphValues
import QueryPlan
import Testing

@testable import CypherSemantics

@Suite struct BindingTests {
  @Test(arguments: [
    ("RETURN 1 AS a, 2 + 3, 'x'", ["a", "2 + 3", "'x'"]),
    ("MATCH (b), (a) RETURN *", ["a", "b"]),
    ("MATCH (n) RETURN n {.x}, (n)", ["n", "(n)"]),
    ("CALL test.pairs()", ["left", "right"]),
    ("CALL test.pairs() YIELD right AS r RETURN *", ["r"]),
    ("RETURN 1 AS a UNION RETURN 2 AS a", ["a"]),
    ("SHOW INDEXES YIELD name, type", ["name", "type"]),
    ("CREATE (n)", []),
  ])
  func columns(text: String, names: [String]) throws {
    #expect(try analyse(text).columns.map(\.name) == names)
  }

  @Test func columnsNamedByTheirTextSayWhereItIs() throws {
    let columns = try analyse("RETURN 1 + 2, 3 AS b").columns
    #expect(columns[0].sourceStart == 7)
    #expect(columns[0].sourceEnd == 12)
    #expect(columns[1].sourceStart == nil)
  }

  @Test func groupingKeysAndAggregatesStandApart() throws {
    let bound = try analyse("MATCH (n) RETURN n.k AS k, count(*) + 1 AS c, count(*) AS d")
    let projection = try #require(bound.projection)
    #expect(projection.isAggregating)
    #expect(projection.grouping.count == 1)
    #expect(projection.aggregates.count == 1)
    #expect(projection.items.count == 3)
    #expect(projection.items[2].slot == projection.aggregates[0].slot)
  }

  @Test func sortKeysUseColumnsOfAnAggregation() throws {
    let bound = try analyse("MATCH (n) RETURN n.k, count(*) ORDER BY count(*) DESC, n.k")
    let projection = try #require(bound.projection)
    #expect(projection.orderBy.map(\.isDescending) == [true, false])
    #expect(
      projection.orderBy.map(\.expression) == [
        .variable(projection.items[1].slot), .variable(projection.items[0].slot),
      ])
  }

  @Test func labelsMapsAndPredicatesOfAPatternAreConditions() throws {
    let bound = try analyse("MATCH (a:A {k: 1} WHERE a.j > 2)-[r:R|S]->(b) WHERE b.x RETURN a")
    let pattern = try #require(bound.pattern)
    #expect(pattern.nodes.count == 2)
    #expect(pattern.relationships.map(\.types) == [["R", "S"]])
    #expect(pattern.predicates.count == 4)
    #expect(pattern.arguments.isEmpty)
  }

  @Test func directionsAreSeenFromTheLeft() throws {
    let pattern = try #require(try analyse("MATCH (a)<--(b)--(c)-->(d) RETURN a").pattern)
    #expect(pattern.relationships.map(\.direction) == [.incoming, .both, .outgoing])
  }

  @Test func conditionsOfVariableLengthHoldForEachHop() throws {
    let bound = try analyse("MATCH (a)-[rs:R*2..3 {k: 1}]->(b) RETURN rs")
    let relationship = try #require(bound.pattern?.relationships.first)
    #expect(relationship.length == HopRange(minimum: 2, maximum: 3))
    #expect(relationship.hopPredicate != nil)
    #expect(bound.slots[relationship.slot].kind == .relationshipList)
  }

  @Test func variablesOfARepeatedPartBecomeLists() throws {
    let bound = try analyse("MATCH (a) ((x)-[r]->(y) WHERE x.k < y.k){1,3} (b) RETURN x, r")
    let part = try #require(bound.pattern?.quantified.first)
    #expect(part.groups.count == 3)
    #expect(part.inner.predicates.count == 1)
    #expect(
      bound.columns.map(\.slot).allSatisfy { slot in part.groups.contains { $0.outer == slot } })
  }

  @Test func aSecondMatchTakesBoundVariablesAsArguments() throws {
    let bound = try analyse("MATCH (a) MATCH (a)-->(b) RETURN b")
    guard case .match(let graph, _) = bound.clauses[1] else {
      Issue.record("no second pattern")
      return
    }
    #expect(graph.arguments == [bound.slots.entries.firstIndex { $0.name == "a" }.map { Slot($0) }])
  }

  @Test func neighbouringPropertiesOfOneVariableAreSetTogether() throws {
    let bound = try analyse("MATCH (n), (m) SET n.a = 1, n.b = n.a, m.c = 2, n:L")
    guard case .set(let items) = bound.clauses[1] else {
      Issue.record("no SET")
      return
    }
    #expect(items.count == 3)
    guard case .properties(_, let entries) = items[0] else {
      Issue.record("not gathered")
      return
    }
    #expect(entries.map(\.key) == ["a", "b"])
  }

  @Test func createdRelationshipsGoTheWayTheirArrowPoints() throws {
    let bound = try analyse("CREATE (a)<-[:R]-(b)")
    guard case .create(let pattern) = bound.clauses[0],
      case .relationship(let relationship) = pattern.items[2]
    else {
      Issue.record("no relationship")
      return
    }
    #expect(bound.slots[relationship.start].name == "b")
    #expect(bound.slots[relationship.end].name == "a")
  }

  @Test func mergeLooksForWhatItMakes() throws {
    let bound = try analyse("MATCH (a) MERGE (a)-[r:R {k: 1}]-(b:B) ON CREATE SET r.n = 1")
    guard case .merge(let merge) = bound.clauses[1] else {
      Issue.record("no MERGE")
      return
    }
    #expect(merge.pattern.nodes.count == 2)
    #expect(merge.create.items.count == 2)
    #expect(merge.onCreate.count == 1)
  }

  @Test func subqueriesNameTheOuterSlotsTheyUse() throws {
    let bound = try analyse("MATCH (a), (b) WHERE EXISTS { (a)-->(c) } RETURN b")
    guard case .subquery(let subquery)? = bound.pattern?.predicates.first else {
      Issue.record("no subquery")
      return
    }
    #expect(subquery.kind == .exists)
    #expect(subquery.arguments.map { bound.slots[$0].name } == ["a"])
  }

  @Test func callsImportWhatTheyUse() throws {
    let bound = try analyse("WITH 1 AS a, 2 AS b CALL (*) { RETURN a + 1 AS c } RETURN b, c")
    guard case .callSubquery(let call) = bound.clauses[1] else {
      Issue.record("no CALL")
      return
    }
    #expect(call.imports.map { bound.slots[$0].name } == ["a"])
    #expect(!call.isUnit)
  }

  @Test func literalsAreExchangeableUnlessTheirValueMatters() throws {
    let bound = try analyse("RETURN 7 AS a LIMIT 3", literals: [0, 1])
    let projection = try #require(bound.projection)
    #expect(projection.items[0].expression == .literal(.init(.integer(7), liftedIndex: 0)))
    #expect(bound.structuralLiterals == [1])
  }

  @Test func aSimpleCaseEvaluatesItsOperandOnce() throws {
    let bound = try analyse("RETURN CASE rand() WHEN 1 THEN 'a' WHEN 2 THEN 'b' END AS x")
    guard case .letting? = bound.projection?.items[0].expression else {
      Issue.record("the operand stands in each alternative")
      return
    }
  }

  @Test(arguments: [
    ("RETURN 1", true), ("CREATE ()", false), ("CALL () { CREATE () }", false),
    ("MATCH (n) CALL test.touch(n)", false), ("CALL test.pairs()", true),
  ])
  func knowsWhetherAStatementWrites(text: String, isReadOnly: Bool) throws {
    #expect(try analyse(text).isReadOnly == isReadOnly)
  }

  @Test func parametersAreListedAndMissed() throws {
    let bound = try analyse("RETURN $b + $a AS x", parameters: ["a": .integer])
    #expect(bound.parameterNames == ["a", "b"])
    #expect(bound.missingParameters(given: ["a"])?.message == "Expected parameter(s): b")
    #expect(bound.missingParameters(given: ["a", "b"]) == nil)
  }

  @Test(arguments: [
    ("MATCH (a), (b) RETURN a, b", "03N90"), ("MATCH (a)-[r]->(b)-[r]->(c) RETURN a", "01N63"),
    ("MATCH ()-[r:A&B]->() RETURN r", "01N61"), ("CALL { RETURN 1 AS x } RETURN x", "01N00"),
    ("MATCH p = shortestPath((a)-[*]->(b)) RETURN p", "03N91"),
    ("EXPLAIN RETURN $p", "01N60"), ("MATCH (n) RETURN id(n)", "01N01"),
  ])
  func remarks(text: String, status: String) throws {
    #expect(try analyse(text).notifications.map(\.gqlStatus).contains(status))
  }
}
