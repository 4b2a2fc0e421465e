import GraphValues
import QueryPlan
import Testing

@Suite struct EagerTests {
  @Test func aStableLeafNeedsNoBarrier() throws {
    var q = QueryBuilder()
    let (c, n) = (q.node("c"), q.node("n"))
    let plan = try q.plan([
      .match(pattern([c], where: [has(c, "Customer")]), isOptional: false),
      .create(
        CreatePattern(items: [
          .node(CreatePattern.Node(slot: n, labels: [.name("Customer")], properties: nil))
        ])),
    ])
    #expect(
      plan == """
        ProduceResults
          EmptyResult
            Create (n:Customer)
              NodeByLabelScan c:Customer
        """)
  }

  @Test func expandingAndCreatingTheSameTypeIsParted() throws {
    var q = QueryBuilder()
    let (a, r, b, s) = (q.node("a"), q.relationship("r"), q.node("b"), q.relationship("s"))
    let plan = try q.plan([
      .match(
        pattern([a, b], [edge(a, r, b, "REFERRED")], where: [has(a, "Customer")]),
        isOptional: false),
      .create(
        CreatePattern(items: [
          .relationship(
            CreatePattern.Relationship(
              slot: s, type: .name("REFERRED"), start: a, end: b, properties: nil))
        ])),
    ])
    #expect(
      plan == """
        ProduceResults
          EmptyResult
            Create (a)-[s:REFERRED]->(b)
              Eager read/set conflict for relationship type: REFERRED (Operator: 2 vs 4)
                Expand(All) (a)-[:REFERRED]->(b)
                  NodeByLabelScan a:Customer
        """)
  }

  @Test func aLaterMatchWaitsForLabels() throws {
    var q = QueryBuilder()
    let (a, b, n) = (q.node("a"), q.node("b"), q.value("n"))
    let plan = try q.plan(
      [
        .match(pattern([a], where: [has(a, "Customer")]), isOptional: false),
        .set([.labels(a, [.name("Vip")])]),
        .match(pattern([b], where: [has(b, "Vip")]), isOptional: false),
        .project(
          Projection(
            items: [Projection.Item(slot: n, expression: .variable(n))], isAggregating: true,
            aggregates: [
              Projection.Aggregate(slot: n, call: AggregateCall(.countAll, arguments: []))
            ])),
      ], columns: [n])
    #expect(plan.contains("Eager read/set conflict for label: Vip"))
  }
}
