import GraphValues
import QueryPlan
import Testing

@Suite struct DegreeTests {
  @Test func askingForARelationshipReadsTheDegree() throws {
    var q = QueryBuilder()
    let (c, r, p) = (q.node("c"), q.relationship("r"), q.node("p"))
    let inner = q.query([
      .match(pattern([c, p], [edge(c, r, p, "BOUGHT")], arguments: [c]), isOptional: false)
    ])
    let exists = Expression.subquery(
      Subquery(kind: .exists, query: inner, arguments: [c], isPattern: true))
    let plan = try q.plan(
      [
        .match(pattern([c], where: [has(c, "Customer"), .not(exists)]), isOptional: false),
        q.returning([c]),
      ], columns: [c])
    #expect(
      plan == """
        ProduceResults c
          Filter NOT getDegree((c)-[:BOUGHT]->()) > 0
            NodeByLabelScan c:Customer
        """)
  }

  @Test func theLastHopOfACountedChainIsNotWalked() throws {
    var q = QueryBuilder()
    let (a, r, b, s, c) = (
      q.node("a"), q.relationship("r"), q.node("b"), q.relationship("s"), q.node("c")
    )
    let n = q.value("n")
    let plan = try q.plan(
      [
        .match(
          pattern(
            [a, b, c], [edge(a, r, b, "REFERRED"), edge(b, s, c, "REFERRED")],
            where: [has(a, "Customer"), equal(read(a, "id"), q.number(1))]), isOptional: false),
        q.counting(into: n),
      ], columns: [n])
    #expect(
      plan == """
        ProduceResults n
          EagerAggregation sum(getDegree((b)-[:REFERRED]->()) - CASE WHEN a = b THEN 1 ELSE 0 END) AS n
            Expand(All) (a)-[:REFERRED]->(b)
              NodeUniqueIndexSeek UNIQUE a:Customer(id) WHERE id = $autoint_0
        """)
  }
}
