import CypherSyntax
import Diagnostics
import Testing

@Suite struct TemplateTests {
  @Test(
    arguments: [
      ("CREATE (:P {id: 1})", "CREATE (:P {id: 2})", true),
      ("CREATE (:P {id: 1})", "CREATE  (:P /* c */ {id: 1}) // x", true),
      ("CREATE (:P {id: 1})", "CREATE\n(:P\t{id: 1})", true),
      ("RETURN 1, 1", "RETURN 2, 2", true), ("RETURN 1, 1", "RETURN 1, 2", false),
      ("RETURN 1, 2", "RETURN 3, 4", true), ("RETURN 1", "RETURN 1.0", false),
      ("RETURN 1", "RETURN '1'", false), ("RETURN 'a'", "RETURN \"b\\n\"", true),
      ("RETURN $1", "RETURN $2", false), ("RETURN a1", "RETURN a2", false),
      ("RETURN `1`", "RETURN `2`", false), ("RETURN 1..3", "RETURN 2..4", true),
      ("RETURN 1", "return 1", false), ("RETURN 0x1F", "RETURN 7", true),
      ("RETURN 'é'", "RETURN 'e\u{301}'", true),
      ("RETURN 'é', 'é'", "RETURN 'é', 'e\u{301}'", false),
    ] as [(String, String, Bool)])
  func sharesKeys(left: String, right: String, isSame: Bool) {
    #expect((key(left) != nil) && (key(left) == key(right)) == isSame)
  }

  @Test(arguments: [
    "RETURN 012", "RETURN 'a", "RETURN 9223372036854775808", "RETURN 1a", "RETURN '\\u0041'",
    "RETURN 1e400", "RETURN /* a", "RETURN \u{0}1", "R\\u0045TURN 1", "RETURN s'a'",
  ])
  func hasNoTemplate(statement: String) {
    #expect(key(statement) == nil)
  }

  @Test func liftsValuesInTheParsersOrder() {
    let statement = "RETURN 1, -2, 'a\\'b', .5e3, 0o17, 1_000, [7..8] AS x LIMIT 3"
    var template = StatementTemplate()
    let isComplete = template.scan(statement)
    #expect(isComplete)
    #expect(
      template.literals == [
        .integer(1), .integer(2), .string("a'b"), .float(500), .integer(15), .integer(1000),
        .integer(7), .integer(8), .integer(3),
      ])
    let bytes = Array(statement.utf8)
    #expect(
      template.spans.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) } == [
        "1", "2", "'a\\'b'", ".5e3", "0o17", "1_000", "7", "8", "3",
      ])
  }

  @Test func manyLiteralsKeepTheirEqualities() {
    let left = "RETURN [" + (0..<500).map { "\($0 % 100)" }.joined(separator: ",") + "]"
    let right = "RETURN [" + (0..<500).map { "\($0 % 100 + 1)" }.joined(separator: ",") + "]"
    let other = "RETURN [" + (0..<500).map { "\($0 % 99)" }.joined(separator: ",") + "]"
    #expect(key(left) != nil && key(left) == key(right))
    #expect(key(left) != key(other))
  }

  @Test func findsTextsOfColumnsAgain() throws {
    let parsed = CypherParser.parse("RETURN 1  + 2 /* x */ AS a, n . k+'x'")
    guard case .query(let query)? = parsed.statement?.body, case .single(let single) = query.kind,
      case .returning(let clause)? = single.clauses.first
    else {
      Issue.record("no RETURN")
      return
    }
    let item = clause.projection.items[1]
    let text = StatementTemplate.text(
      fromToken: item.firstToken, toToken: item.lastToken,
      of: "RETURN 10 + 2 AS a, n . k+'yyy'")
    #expect(text == "n . k+'yyy'")
  }

  private func key(_ statement: String) -> TemplateKey? {
    var template = StatementTemplate()
    return template.scan(statement) ? template.key : nil
  }
}
