import Testing

/// Statements as scripts write them, of thousands of like parts, take time in proportion to their
/// length: where each part looked at all others these would not end within the limit.
@Suite(.serialized) struct LongStatementTests {
  struct Shape: CustomTestStringConvertible, Sendable {
    let name: String
    var start = ""
    let part: @Sendable (Int) -> String
    var separator = ", "
    var end = ""
    var count = 2_500
    let rows: Int

    var text: String { start + (0..<count).map(part).joined(separator: separator) + end }
    var testDescription: String { name }
  }

  static let shapes = [
    Shape(
      name: "arms that match", part: { "MATCH (n:L {id: \($0)}) RETURN n.x AS x" },
      separator: " UNION ALL ", rows: 0),
    Shape(
      name: "arms without alias", part: { "RETURN \($0) AS x, 'text' AS y" },
      separator: " UNION ALL ", rows: 2_500),
    Shape(name: "columns without alias", start: "RETURN ", part: { "\($0) + 1" }, rows: 1),
    Shape(
      name: "aggregates", start: "UNWIND [1, 2] AS x RETURN ", part: { "sum(x + \($0)) AS a\($0)" },
      rows: 1),
    Shape(
      name: "sort keys", start: "UNWIND [1, 2] AS x RETURN x ORDER BY ", part: { "x + \($0)" },
      rows: 2),
    Shape(
      name: "function calls", start: "RETURN ", part: { "size([x IN [1] | x + \($0)])" },
      separator: " + ", rows: 1),
    Shape(
      name: "parts of a string", start: "CYPHER 25 RETURN s'", part: { "a{\($0)}" }, separator: "",
      end: "' AS s", rows: 1),
    Shape(
      name: "unknown properties", start: "MATCH (n:P) WHERE ", part: { "n.p\($0) = \($0)" },
      separator: " AND ", end: " RETURN n", rows: 0),
    Shape(
      name: "relationships between new nodes",
      start: "CREATE " + (0..<2_500).map { "(n\($0))" }.joined(separator: ", ") + ", ",
      part: { "(n\($0))-[:R]->(n\($0 * 7 % 2_500))" }, rows: 0),
    Shape(
      name: "a chain of new nodes", start: "CREATE ",
      part: { "(n\($0))-[:R]->(n\($0 + 1))" }, count: 10_000, rows: 0),
    Shape(
      name: "lookups", part: { "MATCH (n\($0):P {id: \($0)})" }, separator: " ",
      end: " RETURN n0", count: 400, rows: 0),
  ]

  @Test(.timeLimit(.minutes(15)), arguments: shapes)
  func longStatementsAnswerSoon(shape: Shape) async throws {
    #expect(try await Answers().rows(shape.text).count == shape.rows)
  }

  @Test(
    .timeLimit(.minutes(15)),
    arguments: [
      "WITH *, 1 AS a# ", "MERGE (n#:P {id: 1}) ", "UNWIND [1] AS a# ", "SET n.x = 1 ",
      "CALL { RETURN 1 AS a# } ", "OPTIONAL MATCH (n#) ", "FOREACH (x IN [1] | CREATE ()) ",
    ])
  func moreClausesThanAPlanMayHaveAreRefusedSoon(part: String) async throws {
    let parts = (0..<5_000).map { part.replacing("#", with: String($0)) }.joined()
    let code = try await Answers().failureCode("CREATE (n) WITH n " + parts + "RETURN 1 AS x")
    #expect(code == "Neo.ClientError.Statement.SyntaxError")
  }
}
