import Testing

/// Variables of comprehensions, quantifiers and `reduce` hide those of the same name around them.
@Suite struct LocalVariableTests {
  @Test(arguments: [
    ("WITH [1] AS r WITH * WHERE none(r IN [{x: 2}] WHERE r.x = 1) RETURN r", [["[1]"]]),
    (
      "UNWIND [3, 1, 2] AS r RETURN r ORDER BY [r IN [-r] | r][0]",
      [["3"], ["2"], ["1"]]
    ),
    (
      "WITH [1] AS r WITH DISTINCT r ORDER BY reduce(r = {x: 1}, i IN [1] | {x: r.x + i}).x RETURN r",
      [["[1]"]]
    ),
    (
      "UNWIND [1, 2] AS r RETURN r, count(*) + size([r IN [1, 2] WHERE r = 1]) AS c ORDER BY r",
      [["1", "2"], ["2", "2"]]
    ),
  ]) func hideColumnsThatAProjectionComputed(text: String, rows: [[String]]) async throws {
    #expect(try await Answers().rows(text) == rows)
  }
}

/// WITH inside of a subquery expression keeps the outer variables, and so groups by them.
@Suite struct SubqueryGroupingTests {
  @Test(arguments: [
    ("EXISTS { MATCH (c)-->(p) WITH count(p) AS n WHERE n = 0 RETURN n }", ["false", "false"]),
    ("EXISTS { MATCH (c)-->(p) WITH count(p) AS n WHERE n = 1 RETURN n }", ["true", "false"]),
    ("COLLECT { MATCH (c)-->(p) WITH count(p) AS n RETURN n }", ["[1]", "[]"]),
    ("COUNT { MATCH (c)-->(p) WITH c, count(p) AS n RETURN n }", ["1", "0"]),
    ("COLLECT { MATCH (c)-->(p) RETURN count(p) }", ["[1]", "[0]"]),
    ("COLLECT { MATCH (x:None) WITH count(x) AS n RETURN n }", ["[0]", "[0]"]),
    ("COLLECT { UNWIND [1, 2] AS x WITH sum(x) AS n RETURN n + c.i }", ["[4]", "[5]"]),
  ]) func withGroupsByWhatItKeeps(subquery: String, values: [String]) async throws {
    let answers = try Answers()
    try await answers.rows("CREATE (:C {i: 1})-[:R]->(:P), (:C {i: 2})")
    let rows = try await answers.rows("MATCH (c:C) RETURN \(subquery) AS v ORDER BY c.i")
    #expect(rows == values.map { [$0] })
  }
}
