import Testing

/// Conditions on the path that a selector chooses among, by the name it has in parentheses.
@Suite struct SelectedPathTests {
  private static let graph =
    "CREATE (a:S {k: 1})-[:R]->(b:M {k: 2})-[:R]->(c:E {k: 3})-[:R]->(a), (a)-[:R]->(c), (b)-[:R]->(a)"

  @Test(
    arguments: [
      ("MATCH SHORTEST 1 (q = (:S)-->+(:E) WHERE length(q) > 1) RETURN length(q)", ["2"]),
      ("MATCH p = SHORTEST 1 (q = (:S)-->+(:E) WHERE length(q) > 2) RETURN length(p)", ["3"]),
      (
        "MATCH (a:S), (e:E) MATCH p = SHORTEST 1 (q = (a)-->+(e) WHERE length(q) > 1) "
          + "RETURN length(p) + length(q)", ["4"]
      ),
      (
        "MATCH (a:S), (e:E) MATCH p = ALL SHORTEST (q = (a)-[r]->+(e) "
          + "WHERE length(q) > 2 AND size(r) > 2) RETURN length(p)", ["3"]
      ),
      (
        "MATCH p = SHORTEST 2 GROUPS (q = (:S) ((x)-->(y)){1,3} (:E) "
          + "WHERE any(n IN nodes(q) WHERE n.k = 2)) RETURN length(q)", ["2", "3"]
      ),
      ("MATCH p = ANY (q = (:S)-->{1,2}(e) WHERE last(nodes(q)).k = 2) RETURN e.k", ["2"]),
      (
        "MATCH SHORTEST 1 (q = (:S)-[r]->(e) WHERE EXISTS { MATCH (z:M) WHERE z IN nodes(q) }) "
          + "RETURN e.k", ["2"]
      ),
    ] as [(String, [String])]) func areTested(text: String, expected: [String]) async throws
  {
    let answers = try Answers()
    try await answers.rows(Self.graph)
    #expect(try await answers.rows(text).flatMap { $0 } == expected)
  }
}
