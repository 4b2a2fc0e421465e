import Testing

/// The statuses of failures that only running finds.
@Suite struct FailureStatusTests {
  @Test(arguments: [
    ("CREATE (n:$(''))", ["42001", "42I11"]), ("CREATE ()-[r:$('')]->()", ["42001", "42I11"]),
    ("MATCH (n:A) SET n:$('')", ["42001", "42I11"]),
    ("MATCH (n:A) SET n[''] = 1", ["42001", "42I11"]),
    ("MATCH (n:A) SET n += {``: 1}", ["42001", "42I11"]),
    ("MATCH (n:$('')) RETURN n", ["42001", "42I11"]),
    ("TERMINATE TRANSACTION 'x'", ["22N05"]),
  ]) func areTold(text: String, statuses: [String]) async throws {
    let answers = try Answers()
    try await answers.rows("CREATE (:A)")
    #expect(await answers.failureStatuses(text) == statuses)
  }
}
