import CypherSyntax
import Testing

/// Hostile nesting ends in a failure, long chains in a flat tree, and neither in a crash.
@Suite struct DepthTests {
  @Test(
    arguments: [
      ("(", "1", ")"), ("[", "", "]"), ("{a: ", "1", "}"), ("NOT ", "true", ""), ("- ", "1", ""),
      ("CASE WHEN true THEN ", "1", " END"), ("EXISTS { MATCH (n) WHERE ", "true", "}"),
      ("f(", "1", ")"), ("[x IN ", "l", "]"), ("n:!", "A", ""), ("COLLECT { RETURN ", "1", "}"),
      ("[(a {x: ", "1", "})-->() | 1]"), ("(", "1", ""),
    ] as [(String, String, String)])
  func refusesDeepNesting(open: String, middle: String, close: String) {
    let count = 5_000
    let text =
      "RETURN " + String(repeating: open, count: count) + middle
      + String(repeating: close, count: count)
    let result = CypherParser.parse(text)
    #expect(result.statement == nil && result.failures.count == 1)
  }

  @Test(arguments: ["+ 1 ", "|| 'a' ", "^ 2 ", ".a", "[0]"])
  func refusesEndlessChains(link: String) {
    let text = "RETURN a" + String(repeating: link, count: 200_000)
    #expect(CypherParser.parse(text).failures.count == 1)
  }

  @Test(arguments: [" + a", " * a - a", " || 'a'", " ^ 2", ".a", "[0]", "[0..1]", "[$x].a"])
  func longChainsArePrintedAsTheyAreRead(link: String) {
    let text = "RETURN a" + String(repeating: link, count: 500) + " AS x"
    let parsed = CypherParser.parse(text)
    #expect(parsed.statement.map { CypherPrinter.text(of: $0) } == text)
  }

  @Test(arguments: [
    " AND a", " OR a", " XOR a", " < a", ", a", " UNION RETURN a", " + a", " || a", " * a", " ^ a",
    ".a", "[0]", "[1..]",
  ])
  func takesLongFlatChains(link: String) {
    let text = "RETURN a" + String(repeating: link, count: 20_000)
    #expect(CypherParser.parse(text).failures.isEmpty)
  }

  @Test(arguments: [
    (" SET n.a = 1", 1_000), (", (:A&B)", 1_000), (" REMOVE n.a", 1_000), (" MATCH (:!A)", 1_000),
  ])
  func whatStandsBesideDoesNotAddUp(link: String, count: Int) {
    let text = "CREATE (n)" + String(repeating: link, count: count)
    #expect(CypherParser.parse(text).failures.isEmpty)
  }

  @Test(
    arguments: [
      [0x52, 0xFF], [0xC3], Array("RETURN '\u{0}'".utf8), Array("RETURN \u{0}".utf8), [],
    ] as [[UInt8]])
  func survivesOddBytes(bytes: [UInt8]) {
    let result = CypherParser.parse(bytes: bytes)
    #expect((result.statement == nil) == !result.failures.isEmpty)
  }
}
