import Testing

/// What stands behind CALL { … } IN TRANSACTIONS writes in a transaction of its own, after the batches.
@Suite struct BatchedStatementTests {
  @Test(arguments: [
    (
      "UNWIND [1, 2, 3] AS i CALL (i) { CREATE (:N {i: i}) } IN TRANSACTIONS OF 2 ROWS "
        + "CREATE (:After {i: i})", "6"
    ),
    (
      "UNWIND [1, 2] AS i CALL (i) { CREATE (n:N {i: i}) RETURN n } IN TRANSACTIONS OF 1 ROW "
        + "SET n.seen = true WITH n WHERE n.seen MERGE (:After {i: n.i})", "4"
    ),
    (
      "UNWIND [1, 2] AS i CALL (i) { CREATE (:N) } IN TRANSACTIONS OF 1 ROW "
        + "WITH i CALL (i) { CREATE (:M {i: i}) } WITH i MATCH (n:N) WITH i, count(n) AS c "
        + "CREATE (:After {c: c})", "6"
    ),
    (
      "UNWIND [1, 2] AS i CALL (i) { CREATE (:N) } IN TRANSACTIONS OF 1 ROW "
        + "CALL (i) { CREATE (:M) } IN TRANSACTIONS OF 1 ROW CREATE (:After)", "6"
    ),
    (
      "UNWIND [1, 0, 2] AS i CALL (i) { CREATE (:N {i: 1 / i}) } IN TRANSACTIONS OF 1 ROW "
        + "ON ERROR CONTINUE REPORT STATUS AS s CREATE (:After {ok: s.committed})", "5"
    ),
  ]) func theRestSeesAllBatchesAndIsKept(text: String, count: String) async throws {
    let answers = try Answers()
    try await answers.rows(text)
    #expect(try await answers.rows("MATCH (n) RETURN count(n)") == [[count]])
    // The same plan once more.
    try await answers.rows("MATCH (n) DETACH DELETE n")
    try await answers.rows(text)
    #expect(try await answers.rows("MATCH (n) RETURN count(n)") == [[count]])
  }

  @Test func afterAFailureOfTheRestTheBatchesStay() async throws {
    let answers = try Answers()
    let text =
      "UNWIND [1, 2] AS i CALL (i) { CREATE (:N {i: i}) } IN TRANSACTIONS OF 1 ROW "
      + "CREATE (:After {x: 1 / (i - 2)})"
    #expect(await answers.failureCode(text) == "Neo.ClientError.Statement.ArithmeticError")
    #expect(try await answers.rows("MATCH (n) RETURN labels(n), count(n)") == [["['N']", "2"]])
    try await answers.rows("CREATE (:Next)")
  }
}
