import CypherSyntax
import Diagnostics
import Testing

@Suite struct ParserTests {
  @Test(arguments: [
    "RETURN 1", "MATCH (n) RETURN n;", "MATCH (a:A&!B|%)-[r:T|U*1..3 {k: 1}]->(b) RETURN r",
    "MATCH p = ANY SHORTEST (a)-->+(b) RETURN p",
    "MATCH ((x)-[r]->(y) WHERE x.k < y.k){1,3} RETURN x",
    "RETURN [(n)-->(m) WHERE m:A | m.x] AS l", "RETURN [x IN [1, 2] WHERE x > 1 | x * 2] AS l",
    "RETURN CASE 1 WHEN 1, 2 THEN 'a' WHEN > 3 THEN 'b' ELSE 'c' END AS c",
    "RETURN trim(FROM ' a ') AS x, trim(FROM s) AS y, trim(from) AS z, trim(from + 1) AS u",
    "MATCH (count) RETURN count AS return ORDER BY count SKIP 1 LIMIT 2",
    "CALL (x) { RETURN 1 AS y } IN 2 CONCURRENT TRANSACTIONS OF 5 ROWS ON ERROR CONTINUE RETURN y",
    "CREATE INDEX i IF NOT EXISTS FOR (n:L) ON (n.a, n.b)", "SHOW INDEXES YIELD name RETURN name",
    "CYPHER 25 WHEN true THEN RETURN 1 AS x ELSE { RETURN 2 AS x }",
  ])
  func parses(text: String) {
    let result = CypherParser.parse(text)
    #expect(result.failures.isEmpty)
    #expect(result.statement != nil)
  }

  @Test(
    arguments: [
      ("MATCH (n) RETRUN n", 10), ("RETURN 1,", 9), ("MATCH (n RETURN n", 9), ("RETURN 'a", 7),
      ("RETURN 012", 7), ("RETURN 1 != 2", 9), ("RETURN 'é' x", 11),
    ] as [(String, Int)])
  func placesFailures(text: String, offset: Int) {
    #expect(CypherParser.parse(text).failures.first?.position?.offset == offset)
  }

  @Test(
    arguments: [
      ("RETURN [1 2]", "an expression, ',' or ']'"), ("RETURN [x 2]", "an expression"),
      ("RETURN [(n) | n]", "an expression"), ("RETURN [(n:A) 1]", "an expression"),
      ("RETURN [x, y z]", "an expression, ',' or ']'"),
      ("RETURN all(x WHERE x)", "an expression"), ("RETURN single(x 1)", "an expression"),
      ("RETURN reduce(a 1)", "an expression"), ("RETURN f(x 1)", "an expression, ')' or ','"),
      ("RETURN COLLECT { (n) }", "an expression"),
      ("RETURN CASE 1 ELSE 2 END", "'WHEN'"), ("RETURN count(DISTINCT *)", "an expression"),
      ("SHOW USER a", "'PRIVILEGE' or 'PRIVILEGES'"),
    ])
  func tellsWhatAllReadingsExpect(text: String, expected: String) {
    let message = CypherParser.parse(text).failures.first?.message ?? ""
    #expect(message.hasSuffix(": expected \(expected)"))
  }

  @Test(arguments: ["0o", "0x", "0o_", "0o8"])
  func numbersHaveDigits(number: String) {
    let failure = CypherParser.parse("RETURN \(number)").failures.first
    #expect(failure?.message == "invalid literal number")
  }
}
