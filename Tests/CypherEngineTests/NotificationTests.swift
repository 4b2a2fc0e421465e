import Diagnostics
import QuerySession
import Testing

/// What statements are told besides their results.
@Suite struct NotificationTests {
  private func codes(_ text: String, _ answers: Answers) async throws -> [String] {
    let result = try await answers.session.run(StatementRequest(text))
    while try await result.next() != nil {}
    return try await result.summary().notifications.map(\.code)
  }

  @Test func hintsThatNameNoIndexAreToldOf() async throws {
    let answers = try Answers()
    try await answers.rows("CREATE INDEX FOR (n:A) ON (n.x)")
    try await answers.rows("CREATE (:A {x: 1, y: 2})")
    let code = "Neo.ClientNotification.Schema.HintedIndexNotFound"
    let known = "MATCH (n:A) USING INDEX n:A(x) WHERE n.x = 1 RETURN n"
    #expect(try await codes(known, answers).isEmpty)
    let unknown = "MATCH (n:A) USING INDEX n:A(y) WHERE n.y = 2 RETURN n.x"
    #expect(try await codes(unknown, answers) == [code])
    #expect(try await answers.rows(unknown) == [["1"]])
    try await answers.rows("CREATE INDEX FOR (n:A) ON (n.y)")
    #expect(try await codes(unknown, answers).isEmpty)
  }

  @Test func filesWhoseRowsAreAllHeldAreToldOf() async throws {
    let answers = try Answers()
    try await answers.rows("CREATE (:P {name: 'a'})")
    let code = "Neo.ClientNotification.Statement.EagerOperator"
    let load = "EXPLAIN LOAD CSV WITH HEADERS FROM 'file:///p.csv' AS row "
    #expect(
      try await codes(
        load + "MATCH (n:P) WHERE n.name = row.name CREATE (:P {name: row.city})", answers)
        == [code])
    #expect(try await codes(load + "CREATE (:P {name: row.name})", answers).isEmpty)
  }

  @Test func aListOfMapsIsRefusedForItsMaps() async throws {
    let answers = try Answers()
    do {
      try await answers.rows("CREATE (n {k: [{a: 1}]})")
      Issue.record("a list of maps is no property")
    } catch {
      #expect(error.message.hasSuffix("Encountered: Map{a -> Long(1)}."))
    }
  }
}
