import Testing

/// Several properties of one entity, read where it has a name for a moment only.
@Suite struct GatheredReadTests {
  @Test(arguments: [
    ("MATCH (n:A) RETURN [m IN [n] | m.x + m.y]", "[3]"),
    (
      "MATCH p = (:A)-->() RETURN [m IN nodes(p) | {x: m.x, y: m.y}]",
      "[{x: 1, y: 2}, {x: 5, y: 6}]"
    ),
    ("MATCH p = (:A)-->() RETURN all(m IN nodes(p) WHERE m.x > 0 AND m.y > 1)", "true"),
    ("MATCH (a)-[r*1..2]->(b) RETURN [[q IN r | q.w + q.s], [b.x + b.y]]", "[[7], [11]]"),
    (
      "MATCH p = (:A)-->() RETURN length(p) ORDER BY reduce(s = 0, m IN nodes(p) | s + m.x + m.y)",
      "1"
    ),
    ("MATCH p = (:A)-->() RETURN max(reduce(s = 0, m IN nodes(p) | s + m.x + m.y))", "14"),
  ])
  func localsAreReadWhereTheyAre(text: String, expected: String) async throws {
    let answers = try Answers()
    try await answers.rows("CREATE (:A {x: 1, y: 2})-[:R {w: 3, s: 4}]->(:B {x: 5, y: 6})")
    #expect(try await answers.rows(text) == [[expected]])
  }

  @Test(arguments: [
    "MATCH (n) WITH n CALL db.ping() YIELD success DELETE n",
    "MATCH (n) DELETE n WITH n CALL db.labels() YIELD label RETURN count(label)",
    "MATCH (n) CALL (n) { DELETE n } CALL db.createLabel('x') RETURN 1",
    "MATCH (n) CALL db.ping() YIELD success FOREACH (x IN [1] | DELETE n)",
  ])
  func proceduresGoWithDeletions(text: String) async throws {
    let answers = try Answers()
    try await answers.rows("CREATE (:A), (:B)")
    _ = try await answers.rows(text)
    #expect(try await answers.rows("MATCH (n) RETURN count(n)") == [["0"]])
  }
}
