import GraphValues
import Testing

/// What is kept for reads that come again changes no answer.
@Suite struct RepeatedReadTests {
  private static let statements = [
    "MATCH (n:A) WHERE n.few = 'b' RETURN count(*)",
    "MATCH (n:A) WHERE n.few <> 'b' RETURN count(*)",
    "MATCH (n:A) WHERE n.few > 'a' AND n.number < 500 RETURN count(*)",
    "MATCH (n:A) WHERE n.few = $x RETURN count(*)",
    "MATCH (n:A) WHERE n.mixed = 1 RETURN count(*)",
    "MATCH (n:A) WHERE n.mixed < 2 RETURN count(*), count(n.mixed)",
    "MATCH (n:A) WHERE n.few IN ['a', 'c', null] RETURN count(*)",
    "MATCH (n:A) RETURN n.few AS k, count(*), sum(n.number), avg(n.float) ORDER BY k",
    "MATCH (n:A) RETURN n.few AS k, n.mixed AS m, count(*) AS c ORDER BY k, m, c",
    "MATCH (n:A) RETURN n.mixed AS m, collect(DISTINCT n.few) AS c ORDER BY m, c",
    "MATCH (n:A) RETURN DISTINCT n.few AS k ORDER BY k",
    "MATCH (n:A) RETURN count(DISTINCT n.few), count(DISTINCT n.mixed), count(DISTINCT n.text)",
    "MATCH (n:A) RETURN n.text, n.few ORDER BY n.few DESC, n.text LIMIT 7",
    "MATCH (n:A) RETURN min(n.few), max(n.text), min(n.mixed), max(n.mixed)",
    "MATCH (n:A) WITH n.few + n.text AS t WHERE t ENDS WITH '99' RETURN count(*), min(t)",
    "MATCH (n:A)-[r:R]->(m) WHERE m.few = 'c' RETURN n.few AS k, sum(r.weight) ORDER BY k",
    "MATCH (n:A) UNWIND [n.few, n.mixed] AS x RETURN x, count(*) AS c ORDER BY x, c",
    "MATCH (n:A) WITH n.few AS f, n ORDER BY n.number SKIP 10 RETURN f, n.number LIMIT 5",
    "MATCH (n:A) WHERE n.number < 40 CALL (n) { RETURN n.few AS f } RETURN f, count(*) ORDER BY f",
    "MATCH (a:A), (b:A {number: 7}) WHERE a.few = b.few RETURN count(*)",
  ]

  @Test func answersStayTheSame() async throws {
    let answers = try Answers()
    try await answers.rows(
      """
      UNWIND range(0, 5999) AS i
      CREATE (n:A {number: i, float: i / 3.0, text: 'text ' + i})
      SET n.few = CASE i % 5 WHEN 0 THEN 'a' WHEN 1 THEN 'b' WHEN 2 THEN 'c' WHEN 3 THEN 'd' END,
        n.mixed = CASE i % 6 WHEN 0 THEN 1 WHEN 1 THEN 1.0 WHEN 2 THEN '1' WHEN 3 THEN true
          WHEN 4 THEN [1, 2] END
      """)
    try await answers.rows(
      """
      MATCH (n:A), (m:A {number: (n.number * 7 + 1) % 6000})
      CREATE (n)-[:R {weight: n.number % 9}]->(m)
      """)
    for statement in Self.statements {
      let first = try await answers.rows(statement, MapValue([("x", .string("c"))]))
      #expect(!first.isEmpty)
      for round in 1..<5 {
        let again = try await answers.rows(statement, MapValue([("x", .string("c"))]))
        #expect(again == first, "\(statement), round \(round)")
      }
    }
    // A change is seen by all of them.
    try await answers.rows("MATCH (n:A) WHERE n.few = 'b' SET n.few = 'z'")
    #expect(try await answers.rows("MATCH (n:A) WHERE n.few = 'b' RETURN count(*)") == [["0"]])
    #expect(try await answers.rows("MATCH (n:A) WHERE n.few = 'z' RETURN count(*)") == [["1200"]])
  }
}
