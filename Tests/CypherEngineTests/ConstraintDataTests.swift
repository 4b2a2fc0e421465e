import Diagnostics
import Testing

/// Constraints on data that breaks them.
@Suite struct ConstraintDataTests {
  @Test(arguments: [
    ("['b', 'c', 'a', 'c', 'b', 'a']", "'a'"), ("[3, 3, 1, 2, 2]", "2"),
  ]) func theLeastValueThatStandsTwiceIsTold(values: String, told: String) async throws {
    let answers = try Answers()
    try await answers.rows("UNWIND \(values) AS x CREATE (:A {x: x})")
    do {
      try await answers.rows("CREATE CONSTRAINT u FOR (n:A) REQUIRE n.x IS UNIQUE")
      Issue.record("\(values) are not unique")
    } catch {
      #expect(error.message.contains("`x` = \(told). Note"))
    }
    #expect(try await answers.rows("SHOW CONSTRAINTS") == [])
    #expect(try await answers.rows("SHOW RANGE INDEXES") == [])
  }
}
