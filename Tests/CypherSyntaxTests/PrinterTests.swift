import CypherSyntax
import TestKit
import Testing

@Suite struct PrinterTests {
  @Test(
    arguments: [
      ("return (1+2)*3 as x", "RETURN (1 + 2) * 3 AS x"),
      ("RETURN ((a)) and not (b = c) or d", "RETURN a AND NOT b = c OR d"),
      ("RETURN 2^3^2, 2^(3^2), -x^2, -(x^2)", "RETURN 2 ^ 3 ^ 2, 2 ^ (3 ^ 2), -x ^ 2, -(x ^ 2)"),
      ("RETURN 'it\\'s \\\\ \"'", "RETURN 'it\\'s \\\\ \"'"),
      ("MATCH (n:A:B {k:1})<-[r:T*..3]-() RETURN n{.a,.*,b:1,r}", nil),
      ("RETURN [x IN l WHERE x:A|B], [x IN l WHERE (x:A) | x]", nil),
      ("RETURN [(x IN l)], [(p = (a)-->(b))]", nil), ("RETURN `all`(1), `a b`, `match`", nil),
      ("RETURN NaN, Infinity, -9223372036854775808, 1.0E20, 5e-324", nil),
      ("MATCH (a) ((x)-[r]->(y) WHERE x.k < y.k){1,3} (b) RETURN *", nil),
      ("MATCH p = SHORTEST 2 GROUPS (a)-[:T]->+(b), ALL (c) RETURN p", nil),
      ("RETURN CASE x WHEN 1, > 2, IS NULL THEN 'a' ELSE 'b' END", nil),
      ("RETURN trim(LEADING 'x' FROM y), count(DISTINCT a), count(*)", nil),
      ("RETURN x IS :: LIST<INT NOT NULL | FLOAT NOT NULL> | STRING", nil),
      ("FOREACH (x IN [n:A] | SET x.a = 1, x += {b: 2}, x:C:$(d) REMOVE x.e)", nil),
      ("CYPHER 25 replan=force { RETURN 1 AS x } UNION ALL RETURN 2 AS x NEXT RETURN x", nil),
      ("SHOW NODE KEY CONSTRAINTS YIELD name AS n ORDER BY n LIMIT 1 WHERE n = 'a' RETURN n", nil),
      ("CREATE VECTOR INDEX i FOR (n:L) ON (n.v) OPTIONS {indexConfig: {`a.b`: 3}}", nil),
      ("ALTER USER u IF EXISTS SET PASSWORD $p CHANGE NOT REQUIRED SET STATUS ACTIVE", nil),
    ] as [(String, String?)])
  func printsWhatParsesBack(text: String, expected: String?) throws {
    let statement = try #require(CypherParser.parse(text).statement)
    let printed = CypherPrinter.text(of: statement)
    #expect(CypherParser.parse(printed).statement == statement)
    if let expected { #expect(printed == expected) }
  }

  /// Any tree of operators and forms that the parser can make prints to text that parses to it.
  @Test(arguments: UInt64(0)..<150) func generatedExpressionsComeBack(seed: UInt64) throws {
    var source = ExpressionSource(generator: SeededGenerator(seed: seed))
    let text = "RETURN " + source.expression(depth: 5) + " AS x"
    let statement = try #require(CypherParser.parse(text).statement, "\(text)")
    let printed = CypherPrinter.text(of: statement)
    #expect(CypherParser.parse(printed).statement == statement, "\(text)\n\(printed)")
  }
}

/// Writes random expressions, with parentheses where chance puts them.
private struct ExpressionSource {
  var generator: SeededGenerator

  mutating func expression(depth: Int) -> String {
    guard depth > 0 else { return leaf() }
    let a = "(" + expression(depth: depth - 1) + ")"
    let b = Bool.random(using: &generator) ? "(\(leaf()))" : "(\(expression(depth: depth - 2)))"
    let forms = [
      "\(a) + \(b)", "\(a) - \(b)", "\(a) * \(b)", "\(a) ^ \(b)", "\(a) || \(b)", "-\(a)",
      "NOT \(a)", "\(a) AND \(b)", "\(a) OR \(b)", "\(a) XOR \(b) XOR \(a)", "\(a) = \(b) < \(a)",
      "\(a) IN \(b)", "\(a) STARTS WITH \(b)", "\(a) =~ \(b)", "\(a) IS NULL", "\(a) IS NOT NULL",
      "\(a) IS :: INT | LIST<STRING>", "\(a) IS NFD NORMALIZED", "\(a).k", "\(a)[\(b)]",
      "\(a)[\(b)..]", "\(a):A|B&!C", "[\(a), \(b)]", "[\(a)]", "{a: \(a), `b c`: \(b)}",
      "f(\(a), \(b))", "ns.g(DISTINCT \(a))", "CASE \(a) WHEN \(b) THEN \(a) END",
      "CASE WHEN \(a) THEN \(b) ELSE \(a) END", "[x IN \(a) WHERE \(b) | \(a)]", "[x IN \(a)]",
      "any(x IN \(a) WHERE \(b))", "reduce(s = \(a), x IN \(b) | \(a))", "x {.a, b: \(a)}",
      "[(n {k: \(a)})-[r:T]->(m) WHERE \(b) | \(a)]", "(n)-[:A|B]->(m {k: \(a)})",
      "EXISTS { (n)-->(m) WHERE \(a) }", "COUNT { MATCH (n) WHERE \(a) RETURN \(b) AS y }",
    ]
    return forms.randomElement(using: &generator) ?? leaf()
  }

  private mutating func leaf() -> String {
    ["1", "2.5", "'a\\n\\'b'", "n", "n.k", "$p", "null", "true", "`odd name`", "count(*)", "[]"]
      .randomElement(using: &generator) ?? "1"
  }
}
