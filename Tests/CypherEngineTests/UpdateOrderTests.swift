import Testing

/// Writes do not change what the reads of their own clauses find, however many rows there are.
///
/// Rows flow in batches, so that faults only show where there are several of them.
@Suite struct UpdateOrderTests {
  private static let updates = [
    "MATCH (a:X)-[:R]->(b) DETACH DELETE b",
    "MATCH (a)-[:R]->(b) WHERE a.k < 6 DETACH DELETE b",
    "MATCH (a)--(b) WHERE EXISTS { (b)-[:R]-() } DETACH DELETE a",
    "MATCH (a)--(b) SET a:C DETACH DELETE b",
    "MATCH (a)--(b) SET b.z = 1 DETACH DELETE a",
    "MATCH (a)--(b) REMOVE b.k DETACH DELETE a",
    "MATCH (a)--(b) CREATE (b)-[:S]->(:Y) DETACH DELETE a",
    "MATCH (a)--(b) MERGE (b)-[:S]->(:Y) DETACH DELETE a",
    "MATCH (a)-[r:R]-(b) WHERE r.w > 3 CREATE (:Y {i: 1}) DETACH DELETE b",
    "MATCH (a)-[r:R]-(b) SET r.v = 1 DETACH DELETE b",
    "MATCH (a:X) WITH a, COUNT { (a)-[:R]-() } AS d WHERE d > 2 DETACH DELETE a",
    "MATCH (a:X) WHERE NOT (a)-[:S]-() MATCH (b:X {i: a.i + 1}) CREATE (a)-[:S]->(b)",
    "MATCH (a:X) WHERE NOT (a)--() OR a.i > 0 MATCH (b:X {i: a.i * 2}) DETACH DELETE b",
    "MATCH (a)-[r:R]->(b) WHERE r.w > 0 MATCH (b)-[s:R]->() DELETE s",
  ]

  /// What an update counts, and what it leaves.
  private static func outcome(_ update: String, _ strategy: String) async throws -> [[String]] {
    let answers = try Answers()
    try await answers.rows("CREATE INDEX FOR (n:X) ON (n.i)")
    try await answers.rows("UNWIND range(1, 1200) AS i CREATE (:X {i: i, k: i % 7})")
    try await answers.rows(
      """
      MATCH (a:X) UNWIND [a.i, a.i + 1, a.i * 2] AS i MATCH (b:X {i: i})
      CREATE (a)-[:R {w: a.i}]->(b)
      """)
    return try await answers.rows("CYPHER updateStrategy=\(strategy) \(update) RETURN count(*)")
      + answers.rows(
        """
        MATCH (n) RETURN count(n), sum(n.i), sum(n.k), sum(n.z), sum(size(labels(n))),
          COUNT { ()-[:R]->() }, COUNT { ()-[:S]->() }
        """)
  }

  @Test(arguments: updates) func barriersChangeNoAnswer(update: String) async throws {
    let eager = try await Self.outcome(update, "eager")
    let found = try await Self.outcome(update, "default")
    #expect(found == eager)
  }

  /// Rows come in batches that grow, whose columns above hold what there was of the one before.
  @Test(arguments: [
    (3_000, "FOREACH (x IN [i] | CREATE (:X)) CREATE (b:B {z: i})", 6_000),
    (
      3_000, "CREATE (n:C {id: i}) FOREACH (q IN [n] | SET q:A) REMOVE n:C CREATE (b:B {z: n.id})",
      6_000
    ),
    (
      300, "FOREACH (x IN [1, 2] | MERGE (m:M {k: x}) CREATE (m)-[:R]->(:N)) MERGE (b:B {z: i})",
      902
    ),
    (
      300,
      "FOREACH (x IN [1] | FOREACH (y IN [i, x] | CREATE (:D {y: y}))) CREATE (b:B) SET b.z = i",
      900
    ),
  ])
  func foreachTakesRowsOfManySizes(count: Int, update: String, nodes: Int) async throws {
    let answers = try Answers()
    let rows = try await answers.rows(
      "UNWIND range(1, \(count)) AS i \(update) RETURN count(*), count(DISTINCT b.z)")
    #expect(rows == [["\(count)", "\(count)"]])
    #expect(try await answers.rows("MATCH (n) RETURN count(n)") == [["\(nodes)"]])
  }

  /// Columns that are constant in one batch are others in the next.
  @Test func mergePassesItsRowsOn() async throws {
    let answers = try Answers()
    let rows = try await answers.rows(
      """
      UNWIND range(1, 6) AS a UNWIND range(1, 1500) AS b
      MERGE (m:M {k: b % 3}) ON MATCH SET m.last = a
      RETURN count(*), count(DISTINCT [a, b]), sum(a), sum(b), sum(m.k)
      """)
    #expect(rows == [["9000", "9000", "31500", "6754500", "9000"]])
    #expect(try await answers.rows("MATCH (m:M) RETURN DISTINCT m.last") == [["6"]])
  }
}
