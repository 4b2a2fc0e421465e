import GraphValues
import QueryPlan
import Testing

@Suite struct SubqueryPlanTests {
  /// `MATCH (c:Customer) WHERE …`, with a subquery `(c)-[:BOUGHT]->(p) WHERE p.price > 10`.
  private func plan(
    kind: Subquery.Kind, _ place: (inout QueryBuilder, Slot, Expression) -> [Clause],
    columns: (QueryBuilder) -> [Slot]
  ) throws -> String {
    var q = QueryBuilder()
    let (c, r, p) = (q.node("c"), q.relationship("r"), q.node("p"))
    let price = q.value("p.price")
    let condition = Expression.comparison(.greater, read(p, "price"), q.number(10))
    var clauses: [Clause] = [
      .match(
        pattern([c, p], [edge(c, r, p, "BOUGHT")], where: [condition], arguments: [c]),
        isOptional: false)
    ]
    if kind == .collect {
      clauses.append(
        .project(
          Projection(
            items: [Projection.Item(slot: price, expression: read(p, "price"))], isReturn: true)))
    }
    let subquery = Subquery(
      kind: kind, query: q.query(clauses, columns: kind == .collect ? [price] : []),
      arguments: [c], isPattern: false)
    let outer = place(&q, c, .subquery(subquery))
    return try q.plan(outer, columns: columns(q))
  }

  @Test func existsBecomesSemiApply() throws {
    let text = try plan(
      kind: .exists,
      { q, c, subquery in
        [
          .match(pattern([c], where: [has(c, "Customer"), subquery]), isOptional: false),
          q.returning([c]),
        ]
      }, columns: { _ in [Slot(0)] })
    #expect(
      text == """
        ProduceResults c
          SemiApply
            NodeByLabelScan c:Customer
            Filter p.price > $autoint_0
              Expand(All) (c)-[:BOUGHT]->(p)
                Argument c
        """)
  }

  @Test func comparedCountsAreFoundBeforeTheFilter() throws {
    let text = try plan(
      kind: .count,
      { q, c, subquery in
        [
          .match(
            pattern(
              [c],
              where: [has(c, "Customer"), .comparison(.greater, subquery, q.number(1))]),
            isOptional: false),
          q.returning([c]),
        ]
      }, columns: { _ in [Slot(0)] })
    #expect(
      text == """
        ProduceResults c
          Filter anon_0 > $autoint_1
            Apply
              NodeByLabelScan c:Customer
              EagerAggregation count(*) AS anon_0
                Filter p.price > $autoint_0
                  Expand(All) (c)-[:BOUGHT]->(p)
                    Argument c
        """)
  }

  @Test func countBecomesAnApply() throws {
    let text = try plan(
      kind: .count,
      { q, c, subquery in
        let n = q.value("n")
        return [
          .match(pattern([c], where: [has(c, "Customer")]), isOptional: false),
          .project(Projection(items: [Projection.Item(slot: n, expression: subquery)])),
        ]
      }, columns: { [Slot($0.slots.count - 1)] })
    #expect(
      text == """
        ProduceResults n
          Apply
            NodeByLabelScan c:Customer
            EagerAggregation count(*) AS n
              Filter p.price > $autoint_0
                Expand(All) (c)-[:BOUGHT]->(p)
                  Argument c
        """)
  }

  @Test func collectBecomesARollUp() throws {
    let text = try plan(
      kind: .collect,
      { q, c, subquery in
        let l = q.value("l")
        return [
          .match(pattern([c], where: [has(c, "Customer")]), isOptional: false),
          .project(Projection(items: [Projection.Item(slot: l, expression: subquery)])),
        ]
      }, columns: { [Slot($0.slots.count - 1)] })
    #expect(
      text == """
        ProduceResults l
          RollUpApply l, `p.price`
            NodeByLabelScan c:Customer
            Projection cache[p.price] AS `p.price`
              Filter cache[p.price] > $autoint_0
                Expand(All) (c)-[:BOUGHT]->(p)
                  Argument c
        """)
  }
}
