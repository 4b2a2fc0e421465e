import Testing

/// The statuses of failures, the outer one first.
@Suite struct FailureStatusTests {
  @Test(arguments: [
    ("CREATE (n:$(''))", ["42001", "42I11"]), ("CREATE ()-[r:$('')]->()", ["42001", "42I11"]),
    ("MATCH (n:A) SET n:$('')", ["42001", "42I11"]),
    ("MATCH (n:A) SET n[''] = 1", ["42001", "42I11"]),
    ("MATCH (n:A) SET n += {``: 1}", ["42001", "42I11"]),
    ("MATCH (n:$('')) RETURN n", ["42001", "42I11"]),
    ("TERMINATE TRANSACTION 'x'", ["22N05"]),
    ("CALL () { CREATE (:B) } IN TRANSACTIONS ON ERROR RETRY FOR -1 SECONDS", ["42001", "42N31"]),
    ("CALL () { CREATE (:B) } IN TRANSACTIONS ON ERROR RETRY FOR '5' SECONDS", ["42001", "42N31"]),
    ("CALL () { CREATE (:B) } IN TRANSACTIONS ON ERROR RETRY FOR 0.5 SECONDS", []),
    ("CALL () { CREATE (:B) } IN TRANSACTIONS ON ERROR RETRY FOR 2 SECONDS THEN BREAK", []),
  ]) func areTold(text: String, statuses: [String]) async throws {
    let answers = try Answers()
    try await answers.rows("CREATE (:A)")
    #expect(await answers.failureStatuses(text) == statuses)
  }
}
