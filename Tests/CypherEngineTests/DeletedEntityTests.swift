import Testing

/// What may still be done with nodes and relationships that the statement has deleted.
@Suite struct DeletedEntityTests {
  private static let missing = "Neo.ClientError.Statement.EntityNotFound"

  @Test(arguments: [
    ("MATCH (n:A) DELETE n SET n.x = 1", nil), ("MATCH (n:A) DELETE n SET n.x = null", nil),
    ("MATCH (n:A) DELETE n SET n += {x: 2}", nil), ("MATCH (n:A) DELETE n REMOVE n.x", nil),
    ("MATCH (n:A) DELETE n SET n:B", missing),
    ("MATCH (n:A) DELETE n CREATE (n)-[:R]->(:B)", missing),
    ("MATCH (n:A) DELETE n CREATE (:B)-[:R]->(n)", missing),
    ("MATCH (n:A) DELETE n RETURN labels(n)", missing),
    ("CREATE (:B)-[r:R]->(:B) DELETE r SET r.x = 1", nil),
  ]) func changesOfThemAreDroppedUnlessTheyNeedThem(text: String, code: String?) async throws {
    let answers = try Answers()
    try await answers.rows("CREATE (:A {x: 1})")
    #expect(await answers.failureCode(text) == code)
  }
}
