import GraphValues
import QuerySession
import Testing

/// What EXPLAIN tells besides the names of operators.
@Suite struct ToldPlanTests {
  /// `Operator details | order` of each operator, the root first.
  private func lines(_ text: String) async throws -> [String] {
    let answers = try Answers()
    try await answers.rows("CREATE INDEX FOR (n:A) ON (n.x)")
    let plan = try await plan("EXPLAIN " + text, answers)
    var lines: [String] = []
    func add(_ plan: PlanDescription) {
      let order = Self.text(plan, "Order")
      lines.append(
        "\(plan.operatorType) \(Self.text(plan, "Details"))" + (order.isEmpty ? "" : " | \(order)"))
      plan.children.forEach(add)
    }
    add(plan)
    return lines
  }

  private func plan(_ text: String, _ answers: Answers) async throws -> PlanDescription {
    let result = try await answers.session.run(StatementRequest(text))
    while try await result.next() != nil {}
    return try #require(try await result.summary().plan)
  }

  private static func text(_ plan: PlanDescription, _ name: String) -> String {
    if case .string(let text)? = plan.arguments[name] { text } else { "" }
  }

  @Test func anOrderIsToldWhereItIsUsed() async throws {
    #expect(
      try await lines("MATCH (n:A) WHERE n.x > 1 RETURN n.x AS x ORDER BY x DESC LIMIT 2") == [
        "ProduceResults x | x DESC", "Projection cache[n.x] AS x | x DESC", "Limit 2 | n.x DESC",
        "NodeIndexSeekByRange RANGE INDEX n:A(x) WHERE x > $autoint_0, cache[n.x] | n.x DESC",
      ])
    #expect(
      try await lines("MATCH (n:A) WHERE n.x > 1 RETURN n") == [
        "ProduceResults n",
        "NodeIndexSeekByRange RANGE INDEX n:A(x) WHERE x > $autoint_0, cache[n.x]",
      ])
    #expect(
      try await lines("MATCH (n:B) RETURN n ORDER BY n.y") == [
        "ProduceResults n | n.y ASC", "Sort `n.y` ASC | n.y ASC", "Projection n.y AS `n.y`",
        "NodeByLabelScan n:B",
      ])
  }

  @Test func propertiesReadTogetherAreGathered() async throws {
    #expect(
      try await lines("MATCH (n:B) RETURN n.y AS y, n.z + 1 + 2 AS z") == [
        "ProduceResults y, z",
        "Projection cache[n.y] AS y, cache[n.z] + $autoint_0 + $autoint_1 AS z",
        "CacheProperties cache[n.y], cache[n.z]", "NodeByLabelScan n:B",
      ])
    #expect(
      try await lines("MATCH (n:B) WHERE n.y > 1 AND n.z > 2 RETURN n") == [
        "ProduceResults n", "Filter n.y > $autoint_0 AND n.z > $autoint_1", "NodeByLabelScan n:B",
      ])
  }

  @Test func propertiesAreReadWhereThereAreFewestRows() async throws {
    let answers = try Answers()
    try await answers.rows(
      "UNWIND range(1, 20) AS y CREATE (b:B {y: 1}) "
        + "FOREACH (i IN range(1, 3) | CREATE (b)-[:R]->(:C))")
    let plan = try await plan("EXPLAIN MATCH (n:B)-[:R]->(m) RETURN n.y AS y, m", answers)
    var names: [String] = []
    var current: PlanDescription? = plan
    while let line = current {
      names.append(line.operatorType)
      current = line.children.first
    }
    #expect(
      names == [
        "ProduceResults", "Projection", "Expand(All)", "CacheProperties", "NodeByLabelScan",
      ])
    #expect(
      try await answers.rows("MATCH (n:B)-[:R]->(m) RETURN n.y AS y, count(m) AS c")
        == [["1", "60"]])
  }

  @Test(arguments: [
    ("RETURN 1 + 2 * 3 AS v", "$autoint_0 AS v"), ("RETURN 2.5 * 2 AS v", "$autodouble_0 AS v"),
    ("RETURN 1 / 0 AS v", "$autoint_0 / $autoint_1 AS v"),
    ("RETURN 1 + 2 AS v, 'a' AS w", "$autoint_0 AS v, $autostring_1 AS w"),
  ]) func arithmeticOnNumbersOfTheTextIsOneConstant(text: String, details: String) async throws {
    #expect(try await lines(text).last == "Projection \(details)")
  }

  @Test(arguments: [
    ("CREATE INDEX i FOR (n:B) ON (n.y)", "ADMINISTRATION", "SCHEMA", "5"),
    ("SHOW DATABASES", "ADMINISTRATION", "SYSTEM", "5"), ("RETURN 1", "COST", "SLOTTED", "5"),
    ("CYPHER 25 RETURN 1", "COST", "SLOTTED", "25"),
  ]) func whoPlansAndRunsIsTold(
    text: String, planner: String, runtime: String, version: String
  ) async throws {
    let plan = try await plan("EXPLAIN " + text, try Answers())
    #expect(Self.text(plan, "planner") == planner)
    #expect(Self.text(plan, "runtime") == runtime)
    #expect(Self.text(plan, "version") == version)
    #expect((plan.arguments["EstimatedRows"] == nil) == (planner == "ADMINISTRATION"))
  }
}
