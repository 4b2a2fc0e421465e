import QuerySession
import Testing

/// What counts as a property that was set.
@Suite struct UpdateCounterTests {
  @Test(arguments: [
    ("CREATE (a:New) SET a.x = 1, a.x = 2, a.x = null", 1),
    ("CREATE (n) SET n.a = 1, n.b = n.a + 1, n.a = 5", 2),
    ("MERGE (n:Fresh {k: 1}) ON CREATE SET n.a = 1, n.b = n.a", 3),
    ("CREATE (n) SET n.a = null", 0),
  ])
  func nullsForSeveralPropertiesOfOneEntityCount(text: String, count: Int) async throws {
    // The names are new to the store, or are not.
    for known in ["RETURN 1", "CREATE ({x: 1, a: 1, b: 1})"] {
      let answers = try Answers()
      try await answers.rows(known)
      let result = try await answers.session.run(StatementRequest(text))
      while try await result.next() != nil {}
      #expect(try await result.summary().counters.propertiesSet == count)
    }
  }
}
