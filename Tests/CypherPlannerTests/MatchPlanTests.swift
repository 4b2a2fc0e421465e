import GraphValues
import QueryPlan
import Testing

@Suite struct MatchPlanTests {
  @Test func scansALabelAndFiltersTheRest() throws {
    var q = QueryBuilder()
    let n = q.node("n")
    let plan = try q.plan(
      [
        .match(
          pattern([n], where: [has(n, "Customer"), equal(read(n, "city"), q.string("Oslo"))]),
          isOptional: false),
        q.returning([n]),
      ], columns: [n])
    #expect(
      plan == """
        ProduceResults n
          Filter n.city = $autostring_0
            NodeByLabelScan n:Customer
        """)
  }

  @Test func seeksAUniqueIndexAndExpands() throws {
    var q = QueryBuilder()
    let (c, r, p) = (q.node("c"), q.relationship("r"), q.node("p"))
    let plan = try q.plan(
      [
        .match(
          pattern(
            [c, p], [edge(c, r, p, "BOUGHT")],
            where: [has(c, "Customer"), equal(read(c, "id"), q.number(1))]), isOptional: false),
        q.returning([p]),
      ], columns: [p])
    #expect(
      plan == """
        ProduceResults p
          Expand(All) (c)-[:BOUGHT]->(p)
            NodeUniqueIndexSeek UNIQUE c:Customer(id) WHERE id = $autoint_0
        """)
  }

  @Test func keepsRelationshipsApart() throws {
    var q = QueryBuilder()
    let (a, r, b, s, c) = (
      q.node("a"), q.relationship("r"), q.node("b"), q.relationship("s"), q.node("c")
    )
    let plan = try q.plan(
      [
        .match(
          pattern(
            [a, b, c], [edge(a, r, b, "REFERRED"), edge(b, s, c, "REFERRED")],
            where: [has(a, "Customer"), equal(read(a, "id"), q.number(1))]), isOptional: false),
        q.returning([c]),
      ], columns: [c])
    #expect(
      plan == """
        ProduceResults c
          Filter NOT s = r
            Expand(All) (b)-[s:REFERRED]->(c)
              Expand(All) (a)-[r:REFERRED]->(b)
                NodeUniqueIndexSeek UNIQUE a:Customer(id) WHERE id = $autoint_0
        """)
  }

  @Test func optionalStepBecomesOptionalExpand() throws {
    var q = QueryBuilder()
    let (c, r, p) = (q.node("c"), q.relationship("r"), q.node("p"))
    let plan = try q.plan(
      [
        .match(pattern([c], where: [has(c, "Region")]), isOptional: false),
        .match(
          pattern([c, p], [edge(c, r, p, "LIVES_IN", .incoming)], arguments: [c]),
          isOptional: true),
        q.returning([c, p]),
      ], columns: [c, p])
    #expect(
      plan == """
        ProduceResults c, p
          OptionalExpand(All) (c)<-[:LIVES_IN]-(p)
            NodeByLabelScan c:Region
        """)
  }

  @Test func countsComeFromTheStore() throws {
    var q = QueryBuilder()
    let n = q.node("n")
    let c = q.value("c")
    let plan = try q.plan(
      [
        .match(pattern([n], where: [has(n, "Customer")]), isOptional: false),
        q.counting(into: c),
      ], columns: [c])
    #expect(
      plan == """
        ProduceResults c
          NodeCountFromCountStore count( (:Customer) ) AS c
        """)
  }

  @Test func joinsValuesAcrossComponents() throws {
    var q = QueryBuilder()
    let (a, b) = (q.node("a"), q.node("b"))
    let plan = try q.plan(
      [
        .match(
          pattern(
            [a, b],
            where: [has(a, "Customer"), has(b, "Region"), equal(read(a, "city"), read(b, "name"))]),
          isOptional: false),
        q.returning([a, b]),
      ], columns: [a, b])
    #expect(
      plan == """
        ProduceResults a, b
          ValueHashJoin b.name = a.city
            NodeByLabelScan b:Region
            NodeByLabelScan a:Customer
        """)
  }

  @Test func aSecondMatchRunsForEachRow() throws {
    var q = QueryBuilder()
    let (x, c) = (q.value("x"), q.node("c"))
    let plan = try q.plan(
      [
        .unwind(list: .parameter("ids"), x),
        .match(
          pattern(
            [c], where: [has(c, "Customer"), equal(read(c, "id"), .variable(x))], arguments: [x]),
          isOptional: false),
        q.returning([c]),
      ], columns: [c])
    #expect(
      plan == """
        ProduceResults c
          Apply
            Unwind $ids AS x
            NodeUniqueIndexSeek UNIQUE c:Customer(id) WHERE id = x, cache[c.id]
        """)
  }
}

@Suite struct AccessPathTests {
  private func plan(_ make: (inout QueryBuilder, Slot) -> [Expression]) throws -> String {
    var q = QueryBuilder()
    let c = q.node("c")
    let predicates = [has(c, "Customer")] + make(&q, c)
    return try q.plan(
      [.match(pattern([c], where: predicates), isOptional: false), q.returning([c])], columns: [c])
  }

  @Test func rangesMeetInOneSeek() throws {
    let text = try plan { q, c in
      [
        .comparison(.greater, read(c, "age"), q.number(5)),
        .comparison(.greaterOrEqual, q.number(9), read(c, "age")),
      ]
    }
    #expect(
      text == """
        ProduceResults c
          NodeIndexSeekByRange RANGE INDEX c:Customer(age) WHERE age > $autoint_0 AND age <= $autoint_1, cache[c.age]
        """)
  }

  @Test func alternativesAreUnited() throws {
    let text = try plan { q, c in
      [.or([equal(read(c, "id"), q.number(1)), equal(read(c, "age"), q.number(30))])]
    }
    #expect(
      text == """
        ProduceResults c
          Distinct c
            Union
              NodeIndexSeek RANGE INDEX c:Customer(age) WHERE age = $autoint_1, cache[c.age]
              NodeUniqueIndexSeek UNIQUE c:Customer(id) WHERE id = $autoint_0, cache[c.id]
        """)
  }

  @Test func compositeIndexesNeedAllProperties() throws {
    let text = try plan { q, c in [equal(read(c, "last"), q.string("Fox"))] }
    #expect(
      text == """
        ProduceResults c
          Filter c.last = $autostring_0
            NodeByLabelScan c:Customer
        """)
  }

  @Test func alternativesOfOnePropertyAreAList() throws {
    let text = try plan { q, c in
      [.or([equal(read(c, "age"), q.number(1)), equal(q.number(2), read(c, "age"))])]
    }
    #expect(
      text == """
        ProduceResults c
          NodeIndexSeek RANGE INDEX c:Customer(age) WHERE age IN [$autoint_0, $autoint_1], cache[c.age]
        """)
  }

  @Test func compositeIndexesAnswerExistenceBehindWhatIsSought() throws {
    let text = try plan { q, c in
      [equal(read(c, "last"), q.string("Fox")), .isNotNull(read(c, "first"))]
    }
    #expect(
      text == """
        ProduceResults c
          NodeIndexSeek RANGE INDEX c:Customer(last, first) WHERE last = $autostring_0 AND first IS NOT NULL, cache[c.last], cache[c.first]
        """)
  }

  @Test func rangesOfCompositeIndexesHaveTheNameOfSeeks() throws {
    let text = try plan { q, c in
      [
        .comparison(.greater, read(c, "last"), q.string("Fox")), .isNotNull(read(c, "first")),
      ]
    }
    #expect(
      text == """
        ProduceResults c
          NodeIndexSeek RANGE INDEX c:Customer(last, first) WHERE last > $autostring_0 AND first IS NOT NULL, cache[c.last], cache[c.first]
        """)
  }

  @Test func relationshipsThatHaveAPropertyAreFoundInItsIndex() throws {
    var q = QueryBuilder()
    let (a, r, b) = (q.node("a"), q.relationship("r"), q.node("b"))
    let text = try q.plan(
      [
        .match(
          pattern([a, b], [edge(a, r, b, "BOUGHT")], where: [.isNotNull(read(r, "qty"))]),
          isOptional: false), q.returning([r]),
      ], columns: [r])
    #expect(text.contains("DirectedRelationshipIndexScan RANGE INDEX ()-[r:BOUGHT(qty)]->()"))
  }

  @Test func ofSeveralConditionsAUniqueSeekComesFirst() throws {
    let text = try plan { q, c in
      [equal(read(c, "age"), q.number(3)), equal(read(c, "id"), q.number(4))]
    }
    #expect(
      text == """
        ProduceResults c
          Filter c.age = $autoint_0
            NodeUniqueIndexSeek UNIQUE c:Customer(id) WHERE id = $autoint_1, cache[c.id]
        """)
  }
}

@Suite struct OrderedGroupTests {
  @Test func groupsAndDistinctRowsKeepTheOrderOfAnIndex() throws {
    for (isDistinct, isDescending) in [(false, false), (true, false), (false, true), (true, true)] {
      var q = QueryBuilder()
      let (c, age, n) = (q.node("c"), q.value("age"), q.value("n"))
      let item = Projection.Item(slot: age, expression: read(c, "age"))
      let key = Projection.SortItem(expression: .variable(age), isDescending: isDescending)
      let count = Projection.Aggregate(
        slot: n, call: AggregateCall(.countAll, arguments: []))
      let plan = try q.plan(
        [
          .match(
            pattern(
              [c],
              where: [has(c, "Customer"), .comparison(.greater, read(c, "age"), q.number(5))]),
            isOptional: false),
          .project(
            isDistinct
              ? Projection(items: [item], isDistinct: true, orderBy: [key], isReturn: true)
              : Projection(
                items: [age, n].map { Projection.Item(slot: $0, expression: .variable($0)) },
                isAggregating: true, grouping: [item], aggregates: [count], orderBy: [key],
                isReturn: true)),
        ], columns: isDistinct ? [age] : [age, n])
      #expect(
        plan == """
          ProduceResults \(isDistinct ? "age" : "age, n")
            \(isDistinct ? "OrderedDistinct" : "OrderedAggregation") cache[c.age] AS age\(isDistinct ? "" : ", count(*) AS n")
              NodeIndexSeekByRange RANGE INDEX c:Customer(age) WHERE age > $autoint_0, cache[c.age]
          """)
    }
  }
}

@Suite struct BoundNodeTests {
  @Test func anotherLeafLooksForStepsToWhatIsBound() throws {
    var q = QueryBuilder()
    let (a, r, b) = (q.node("a"), q.relationship("r"), q.node("b"))
    let plan = try q.plan(
      [
        .match(pattern([a], where: [has(a, "Customer")]), isOptional: false),
        .project(
          Projection(
            items: [Projection.Item(slot: a, expression: .variable(a))], limit: q.number(3))),
        .match(
          pattern(
            [a, b], [edge(a, r, b, nil)],
            where: [has(b, "Product"), equal(read(b, "sku"), q.string("x"))], arguments: [a]),
          isOptional: false),
        q.returning([r]),
      ], columns: [r])
    #expect(!plan.contains("Expand(All) (b)"))
  }

  @Test func countsAfterOtherRowsAreNotTakenFromTheStore() throws {
    var q = QueryBuilder()
    let (a, b, n) = (q.node("a"), q.node("b"), q.value("n"))
    let plan = try q.plan(
      [
        .match(pattern([a], where: [has(a, "Customer")]), isOptional: false),
        .project(Projection(items: [Projection.Item(slot: a, expression: .variable(a))])),
        .match(pattern([b], where: [has(b, "Vip")]), isOptional: false),
        q.counting(into: n),
      ], columns: [n])
    #expect(plan.contains("EagerAggregation count(*) AS n"))
  }
}
