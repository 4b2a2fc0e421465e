import Testing

/// `WHEN … THEN … ELSE` of Cypher 25: what is not chosen does nothing.
@Suite struct ConditionalQueryTests {
  @Test(arguments: [
    ("WHEN false THEN RETURN count(*) AS s", []),
    ("WHEN false THEN RETURN count(*) AS s ELSE RETURN -1 AS s", [["-1"]]),
    ("WHEN true THEN RETURN count(*) AS s ELSE RETURN -1 AS s", [["1"]]),
    (
      "UNWIND [1, 2] AS i CALL (i) { WHEN i > 1 THEN RETURN count(*) AS s ELSE RETURN -1 AS s } "
        + "RETURN i, s", [["1", "-1"], ["2", "1"]]
    ),
    (
      "UNWIND [1, 2] AS i RETURN i NEXT WHEN i > 1 THEN RETURN max(i) AS s ELSE RETURN -1 AS s",
      [["-1"], ["2"]]
    ),
    ("RETURN EXISTS { WHEN false THEN RETURN count(*) AS s } AS e", [["false"]]),
  ])
  func branchesThatAggregateWaitForTheirTurn(text: String, rows: [[String]]) async throws {
    #expect(try await Answers().rows("CYPHER 25 " + text) == rows)
  }

  @Test func branchesThatAreNotChosenWriteNothing() async throws {
    let answers = try Answers()
    try await answers.rows(
      "CYPHER 25 WHEN false THEN { MATCH (n) WITH count(*) AS c CREATE (:Q {c: c}) } ELSE CREATE (:Z)"
    )
    #expect(try await answers.rows("MATCH (n) RETURN labels(n)") == [["['Z']"]])
  }
}
