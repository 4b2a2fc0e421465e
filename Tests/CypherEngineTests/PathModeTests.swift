import Testing

/// `ACYCLIC` and what path modes do not go with.
@Suite struct PathModeTests {
  private static let graph =
    "CREATE (a:S {k: 1})-[:R]->(b {k: 2})-[:R]->(c:E {k: 3})-[:R]->(a), (b)-[:R]->(a), (a)-[:R]->(c)"

  @Test(
    arguments: [
      ("MATCH ACYCLIC (:S)-->+(x) RETURN x.k ORDER BY x.k", ["2", "3", "3"]),
      ("MATCH p = ACYCLIC (:S)-->+(:E) RETURN length(p) ORDER BY length(p)", ["1", "2"]),
      ("MATCH p = SHORTEST 3 ACYCLIC PATHS (:S)-->+(:E) RETURN length(p)", ["1", "2"]),
      ("MATCH p = ALL ACYCLIC PATHS (:S) ((x)-->(y)){2,5} (e) RETURN length(p), e.k", ["2", "3"]),
      ("MATCH TRAIL (:S)-->{3}(x) RETURN count(*)", ["3"]),
    ] as [(String, [String])]) func keepsPaths(text: String, expected: [String]) async throws
  {
    let answers = try Answers()
    try await answers.rows(Self.graph)
    #expect(try await answers.rows("CYPHER 25 " + text).flatMap { $0 } == expected)
  }

  /// The walks counted by hand: from the start there are 2, 3, 5 and 8 of 1 to 4 steps.
  @Test(arguments: [
    ("(:S)-->{1,4}(x) RETURN count(*)", ["18"]), ("(:S)-[r]->{4}(x) RETURN count(*)", ["8"]),
    ("(:S) ((x)-->(y)){4} (e) RETURN count(*)", ["8"]), ("(:S)-[*4]->(e) RETURN count(*)", ["8"]),
    ("(:S) ((x)-->(y)-->(z)){2} (e) RETURN count(*)", ["8"]),
    ("(:S)-->{4}(e:E) RETURN count(*)", ["3"]), ("(e:E)<--{4}(:S) RETURN count(*)", ["3"]),
    ("(:S)--{2}(x) RETURN DISTINCT x.k ORDER BY x.k", ["1", "2", "3"]),
    ("(:T)--{1,2}(x) RETURN DISTINCT x.k ORDER BY x.k", ["8", "9"]),
    ("(:T)--{1,1}(x) RETURN DISTINCT x.k ORDER BY x.k", ["9"]),
    ("(:T)-[r]-{20}(x) RETURN x.k, size(r)", ["8", "20"]),
    ("p = SHORTEST 4 (:S)-->{1,4}(:E) RETURN length(p)", ["1", "2", "3", "3"]),
  ])
  func repeatsRelationshipsWhereTheyMayBe(text: String, expected: [String]) async throws {
    let answers = try Answers()
    try await answers.rows(Self.graph + ", (:T {k: 8})-[:Q]->({k: 9})")
    #expect(
      try await answers.rows("CYPHER 25 MATCH REPEATABLE ELEMENTS " + text).flatMap { $0 }
        == expected)
  }

  @Test(arguments: [
    ("MATCH ACYCLIC (a)-->(b), TRAIL (a)-->(c) RETURN a", ["42001", "42N61"]),
    ("MATCH ACYCLIC (a)-->(b), (a)-->(c) RETURN a", ["42001", "42N61"]),
    ("MATCH REPEATABLE ELEMENTS ACYCLIC (a)-->{1,2}(b) RETURN a", ["42001", "42N60"]),
    ("MATCH REPEATABLE ELEMENTS (a)-->+(b) RETURN a", ["42001", "42N53"]),
    ("MATCH REPEATABLE ELEMENTS (a) ((x)-->(y)){2,} (b) RETURN a", ["42001", "42N53"]),
    ("MATCH ACYCLIC (a)-[*1..2]->(b) RETURN a", ["42001", "51N26"]),
  ]) func refuses(text: String, statuses: [String]) async throws {
    #expect(await (try Answers()).failureStatuses("CYPHER 25 " + text) == statuses)
  }
}
