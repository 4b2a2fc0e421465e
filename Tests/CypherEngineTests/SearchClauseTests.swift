import Testing

/// `SEARCH`: an index is asked, and the pattern keeps of its finds those that fit.
@Suite struct SearchClauseTests {
  private func answers() async throws -> Answers {
    let answers = try Answers()
    for text in [
      "CREATE (:D {id: 1, e: [1.0, 9.0], t: 'red apple', y: 1}), (:D {id: 2, e: [2.0, 8.0], "
        + "t: 'apple apple', y: 2}), (:D {id: 3, e: [9.0, 1.0], t: 'pear', y: 1})"
        + "-[:R {t: 'apple pie'}]->(:O {id: 4, e: [1.0, 9.0]})",
      "CREATE VECTOR INDEX v FOR (n:D) ON (n.e) OPTIONS {indexConfig: {`vector.dimensions`: 2}}",
      "CREATE FULLTEXT INDEX f FOR (n:D) ON EACH [n.t]",
      "CREATE FULLTEXT INDEX r FOR ()-[r:R]-() ON EACH [r.t]",
    ] {
      try await answers.rows(text)
    }
    return answers
  }

  @Test(
    arguments: [
      ("MATCH (n:D) SEARCH n IN (VECTOR INDEX v FOR [1, 9] LIMIT 2) RETURN n.id", ["1", "2"]),
      (
        "MATCH (n) SEARCH n IN (VECTOR INDEX v FOR [1.0, 9.0] LIMIT 3) SCORE AS s WHERE s > 0.9 "
          + "RETURN n.id", ["1", "2"]
      ),
      // Labels, properties and WHERE act on what was found.
      ("MATCH (n:O) SEARCH n IN (VECTOR INDEX v FOR [1.0, 9.0] LIMIT 2) RETURN n.id", []),
      ("MATCH (n:D {y: 2}) SEARCH n IN (VECTOR INDEX v FOR [1.0, 9.0] LIMIT 2) RETURN n.id", ["2"]),
      (
        "MATCH (n:D) WHERE n.id > 1 SEARCH n IN (VECTOR INDEX v FOR [1.0, 9.0] LIMIT 2) "
          + "RETURN n.id", ["2"]
      ),
      ("MATCH (n:D) SEARCH n IN (VECTOR INDEX v FOR null LIMIT 2) RETURN n.id", []),
      (
        "UNWIND [[1.0, 9.0], [8.0, 2.0]] AS q MATCH (n:D) "
          + "SEARCH n IN (VECTOR INDEX v FOR q LIMIT 1) RETURN n.id", ["1", "3"]
      ),
      ("MATCH (n:D) SEARCH n IN (FULLTEXT INDEX f FOR 'apple' LIMIT 5) RETURN n.id", ["2", "1"]),
      ("MATCH (n:D) SEARCH n IN (FULLTEXT INDEX f FOR 'apple' SKIP 1 LIMIT 5) RETURN n.id", ["1"]),
      // The words of the index stay as they were cut.
      (
        "MATCH (n:D) SEARCH n IN (FULLTEXT INDEX f FOR 'apple' WITH ANALYZER 'english' LIMIT 5) "
          + "RETURN n.id", []
      ),
      (
        "MATCH ()-[x:R]-() SEARCH x IN (FULLTEXT INDEX r FOR 'pie' LIMIT 5) RETURN x.t",
        ["'apple pie'", "'apple pie'"]
      ),
      (
        "RETURN EXISTS { MATCH (n:D) SEARCH n IN (FULLTEXT INDEX f FOR 'plum' LIMIT 5) }", ["false"]
      ),
    ] as [(String, [String])]) func keepsWhatFits(text: String, expected: [String]) async throws
  {
    #expect(try await answers().rows("CYPHER 25 " + text).flatMap { $0 } == expected)
  }

  @Test(arguments: [
    ("MATCH (n:D) SEARCH m IN (VECTOR INDEX v FOR [1, 9] LIMIT 2) RETURN n", ["42001", "42N62"]),
    (
      "MATCH (a)-[x:R]->() SEARCH x IN (VECTOR INDEX v FOR [1, 9] LIMIT 2) RETURN a",
      [
        "42001", "42I70",
      ]
    ),
    (
      "MATCH (n), (m) SEARCH n IN (VECTOR INDEX v FOR [1, 9] LIMIT 2) RETURN n",
      [
        "42001", "42I72",
      ]
    ),
    (
      "MATCH (n:D) SEARCH n IN (VECTOR INDEX v FOR [1, 9] WHERE n.y = 1 LIMIT 2) RETURN n",
      [
        "50N42"
      ]
    ),
  ]) func refuses(text: String, statuses: [String]) async throws {
    #expect(try await answers().failureStatuses("CYPHER 25 " + text) == statuses)
  }
}
