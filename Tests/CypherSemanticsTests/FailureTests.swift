import Diagnostics
import QueryPlan
import Testing

@testable import CypherSemantics

@Suite struct FailureTests {
  struct Case: CustomTestStringConvertible {
    var text: String
    var status: String
    var offset: Int?
    var message: String
    var parameters: [String: CypherType] = [:]

    init(
      _ text: String, _ status: String, at offset: Int?, _ message: String,
      _ parameters: [String: CypherType] = [:]
    ) {
      self.text = text
      self.status = status
      self.offset = offset
      self.message = message
      self.parameters = parameters
    }

    var testDescription: String { text }
  }

  func check(_ wanted: Case) {
    guard let failure = failure(of: wanted.text, parameters: wanted.parameters) else {
      Issue.record("\(wanted.text) passes")
      return
    }
    #expect(failure.message.hasPrefix(wanted.message))
    #expect(failure.causes.last?.gqlStatus ?? failure.gqlStatus == wanted.status)
    #expect(failure.position?.offset == wanted.offset)
  }

  @Test(arguments: [
    Case("MATCH (a) RETURN b", "42N62", at: 17, "Variable `b` not defined"),
    Case("WITH 1 AS a WITH 2 AS b RETURN a", "42N62", at: 31, "Variable `a` not defined"),
    Case("UNWIND [1] AS a UNWIND [2] AS a RETURN a", "42N59", at: 30, "Variable `a` already"),
    Case("WITH 1 AS é RETURN e\u{301} AS v", "42N62", at: 19, "Variable `e\u{301}` not defined"),
    Case("RETURN CASE 1 WHEN IS :: INTEGER THEN 1 END", "42N62", at: 19, "Variable `IS` not"),
    Case("MATCH (a)-[a]->() RETURN a", "22N27", at: 11, "Type mismatch: a defined"),
    Case("WITH 'x' AS a MATCH (a) RETURN a", "22N27", at: 21, "Type mismatch: a defined"),
    Case("RETURN 1 AS a, 2 AS a", "42N38", at: 20, "Multiple result columns"),
    Case(
      "WITH 1 AS a RETURN COUNT { UNWIND [2] AS a RETURN a }", "42N07", at: 41,
      "The variable `a` is shadowing"),
    Case("MATCH (a) WHERE (a)-->(b) RETURN a", "42N29", at: 23, "PatternExpressions are not"),
    Case(
      "MATCH (a) WITH a.x AS x, count(*) AS c ORDER BY a.y RETURN x", "42N44", at: 48,
      "In a WITH/RETURN with DISTINCT"),
  ])
  func variables(_ wanted: Case) { check(wanted) }

  @Test(arguments: [
    Case("RETURN 2 * 'x'", "22NB1", at: 11, "Type mismatch: expected Float, Integer or Duration"),
    Case("RETURN true + 1", "22NB1", at: 14, "Type mismatch: expected String or List<T>"),
    Case("RETURN NOT 'x'", "22NB1", at: 11, "Type mismatch: expected Boolean but was String"),
    Case("WITH 5 AS a RETURN a.b", "22N27", at: 19, "Type mismatch: expected Map, Node"),
    Case("RETURN 'x' IN 'xy'", "22NB1", at: 14, "Type mismatch: expected List<T> but was String"),
    Case("RETURN toLower(5)", "22N27", at: 15, "Type mismatch: expected String but was Integer"),
    Case(
      "WITH [1] AS l RETURN range(1.0 + l[0], 2)", "22N27", at: 31, "Type mismatch: expected Int"),
    Case("MATCH (a) DELETE a.x", "22NB1", at: 18, "Type mismatch: expected Node, Path"),
    Case("RETURN [1]['x']", "22N27", at: 11, "Type mismatch: list index must be given"),
    Case("RETURN size($p)", "22N27", at: 12, "Type mismatch for parameter 'p'", ["p": .integer]),
    Case("MATCH ()-[r]->() SET r:A", "22N27", at: 21, "Type mismatch: expected Node"),
    Case("RETURN nope(1)", "42N48", at: 7, "Unknown function 'nope'"),
    Case("RETURN size()", "42I13", at: 7, "Insufficient parameters for function 'size'"),
    Case("RETURN pi(1)", "42I13", at: 7, "Too many parameters for function 'pi'"),
  ])
  func types(_ wanted: Case) { check(wanted) }

  @Test(arguments: [
    ("a.x = 27", false), ("a.x IN ['a', 1]", false), ("a.x IS NOT NULL", false),
    ("a.x = 'b' OR a.x = 1", false), ("a.x = 'b'", true), ("a.x = $p", true),
    ("a.x IN ['a', 'b']", true), ("a.x ENDS WITH 'b'", true), ("a.x = 1 AND a.x = 'b'", true),
  ])
  func hintsForTextIndexesNeedText(condition: String, passes: Bool) {
    let text = "MATCH (a:A) USING TEXT INDEX a:A(x) WHERE \(condition) RETURN a"
    let found = failure(of: text)
    #expect((found == nil) == passes)
    if let found { #expect(found.message.hasPrefix("Cannot use text index hint `USING TEXT")) }
  }

  @Test(arguments: [
    Case("MATCH (a) WHERE count(a) > 1 RETURN a", "42I24", at: 16, "Invalid use of aggregating"),
    Case("RETURN sum(sum(1))", "42I24", at: 11, "Can't use aggregate functions inside"),
    Case("MATCH (a) RETURN a.x + count(*)", "42I18", at: 17, "Aggregation column contains"),
    Case(
      "MATCH (a) RETURN a ORDER BY count(*)", "42N23", at: 10, "Cannot use aggregation in ORDER"),
    Case("RETURN count(rand())", "22N34", at: nil, "Can't use non-deterministic"),
    Case("RETURN 1 LIMIT -2", "42N31", at: 15, "Invalid input. '-2' is not a valid value."),
    Case("MATCH (a) RETURN a SKIP a.x", "42N28", at: 24, "It is not allowed to refer to variables"),
  ])
  func aggregationAndPages(_ wanted: Case) { check(wanted) }

  @Test(arguments: [
    Case("MATCH (a)", "42N71", at: 0, "Query cannot conclude with MATCH"),
    Case("RETURN 1 MATCH (a) RETURN a", "42I38", at: 0, "RETURN can only be used at the end"),
    Case("CREATE (a) MATCH (b) RETURN b", "42N24", at: 11, "WITH is required between CREATE"),
    Case("RETURN 1 AS a UNION RETURN 2 AS b", "42N39", at: 14, "All sub queries in an UNION"),
    Case("RETURN *", "42I37", at: 0, "RETURN * is not allowed"),
    Case("WITH 1 RETURN 2", "42N21", at: 5, "Expression in WITH must be aliased"),
    Case("RETURN EXISTS { CREATE () }", "42N57", at: 7, "An Exists Expression cannot contain"),
    Case("FOREACH (x IN [1] | MATCH (a))", "42I01", at: 20, "Invalid use of MATCH inside FOREACH"),
    Case("CALL test.pairs() YIELD nope RETURN 1", "42N50", at: 24, "Unknown procedure output"),
    Case("MATCH (a) CALL test.pairs RETURN a", "42N36", at: 10, "Procedure call is missing"),
    Case("CALL test.gone()", "42N08", at: nil, "There is no procedure with the name"),
    Case("CALL test.touch(5)", "22NB1", at: 16, "Type mismatch: expected Node but was Integer"),
  ])
  func shapes(_ wanted: Case) { check(wanted) }

  @Test(arguments: [
    Case("CREATE (a)-[:R]-(b)", "42I56", at: 10, "Only directed relationships"),
    Case("CREATE (a)-[:R|S]->(b)", "42I14", at: 10, "A single relationship type"),
    Case("CREATE (a)-[:R*2]->(b)", "42I41", at: 10, "Variable length relationships cannot"),
    Case("CREATE (a:!A)", "42I30", at: 10, "Label expressions in patterns"),
    Case("MATCH (a) CREATE (a:B)-[:R]->()", "42N78", at: nil, "Can't create node `a` with labels"),
    Case("MERGE (a $p)", "42N32", at: 9, "Parameter maps cannot be used in `MERGE`", ["p": .map]),
    Case("MATCH (a:A:B|C) RETURN a", "42I10", at: 10, "Mixing label expression symbols"),
    Case("MATCH (a)(b) RETURN a", "42I46", at: 9, "Juxtaposition is currently only"),
    Case("MATCH (a)-->{3,2}(b) RETURN a", "42I17", at: 12, "A quantifier for a path pattern"),
    Case("MATCH p = shortestPath((a)-->(b)-->(c)) RETURN p", "42N40", at: 10, "shortestPath(...)"),
    Case("MATCH (a) DELETE a:A", "42I26", at: 18, "DELETE doesn't support removing labels"),
  ])
  func patterns(_ wanted: Case) { check(wanted) }

  @Test(arguments: [
    Case("CREATE TEXT INDEX FOR (n:L) ON (n.a, n.b)", "42N16", at: 37, "Only single property"),
    Case("CREATE INDEX FOR (n:L) ON (m.a)", "42N62", at: 27, "Variable `m` not defined"),
    Case("SHOW INDEXES YIELD nope", "22N04", at: 19, "Trying to YIELD non-existing column"),
    Case("EXPLAIN PROFILE RETURN 1", "22N09", at: nil, "Can't specify multiple conflicting"),
    Case("CYPHER planner=rule RETURN 1", "22N10", at: nil, "rule is not a valid option"),
  ])
  func commands(_ wanted: Case) { check(wanted) }
}
