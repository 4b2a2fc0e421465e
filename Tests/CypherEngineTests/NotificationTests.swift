import Diagnostics
import GraphValues
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

  @Test func unknownNamesAreToldOfWhereverTheyStand() async throws {
    let answers = try Answers()
    try await answers.rows("CREATE (:A {x: 1})")
    let text = "MATCH (n:A) RETURN n.y, n.x, n.y AS again, n['z'] AS z"
    let result = try await answers.session.run(StatementRequest(text))
    while try await result.next() != nil {}
    let places = try await result.summary().notifications.compactMap(\.position?.offset)
    #expect(places == [21, 31, 45])
  }

  @Test(arguments: [
    ("MATCH (n:A) WHERE n[$k] = 1 RETURN n", true),
    ("MATCH (n:A) WHERE 1 < n[$k] RETURN n", true),
    ("MATCH (n:A) WHERE n[$k] IN [1, 2] RETURN n", true),
    ("MATCH (n:A) WHERE n[$k] <> 1 RETURN n", false),
    ("MATCH (n:A) WHERE n['x'] = 1 RETURN n", false),
    ("MATCH (n:A) RETURN n[$k]", false),
    ("MATCH (n:B) WHERE n[$k] = 1 RETURN n", false),
    ("MATCH ()-[r:R]->() WHERE r[$k] = 1 RETURN r", true),
    ("CALL () { MATCH (n:A) WHERE n[$k] = 1 RETURN n } RETURN n", true),
  ]) func computedKeysAreToldOfWhereAnIndexCouldHaveServed(
    text: String, isTold: Bool
  ) async throws {
    let answers = try Answers()
    try await answers.rows("CREATE INDEX FOR (n:A) ON (n.x)")
    try await answers.rows("CREATE INDEX FOR ()-[r:R]-() ON (r.x)")
    try await answers.rows("CREATE (:A {x: 1})-[:R {x: 1}]->(:B)")
    let code = "Neo.ClientNotification.Statement.DynamicProperty"
    let request = StatementRequest(text, parameters: MapValue([("k", .string("x"))]))
    for _ in 1...2 {
      let result = try await answers.session.run(request)
      while try await result.next() != nil {}
      #expect(try await result.summary().notifications.map(\.code).contains(code) == isTold)
    }
  }

  @Test(arguments: [
    ("length(p) > 3", true), ("any(n IN nodes(p) WHERE n.x = 1)", true),
    ("none(r IN relationships(p) WHERE r.x = 1)", false),
    ("all(n IN nodes(p) WHERE n.x = 1)", false), ("all(n IN nodes(p) WHERE n.x < length(p))", true),
    ("all(x IN r WHERE x.k = 1)", false), ("size(r) = 2", true), ("a.x = 1 AND b.x > 2", false),
  ]) func conditionsOnWholePathsAreToldOfAtShortestPaths(
    condition: String, isTold: Bool
  ) async throws {
    let answers = try Answers()
    let text = "MATCH p = shortestPath((a)-[r*..4]->(b)) WHERE \(condition) RETURN p"
    let code = "Neo.ClientNotification.Statement.ExhaustiveShortestPath"
    #expect(try await codes(text, answers).contains(code) == isTold)
    let apart = "MATCH p = shortestPath((a)-[r*..4]->(b)) WITH * WHERE \(condition) RETURN p"
    #expect(try await !codes(apart, answers).contains(code))
  }

  @Test(arguments: [
    ("NOT l[0]", true), ("CASE WHEN l[0] THEN 1 END", true), ("l[0] AND true", true),
    ("l[0] XOR true", true), ("any(x IN l WHERE x)", true), ("[x IN l WHERE x | 1]", true),
    ("NOT l[1]", false), ("l[1] OR true", false), ("NOT l[2]", false), ("l[0] = []", false),
  ]) func listsThatCountAsConditionsAreToldOf(value: String, isTold: Bool) async throws {
    let answers = try Answers()
    let code = "Neo.ClientNotification.Statement.FeatureDeprecationWarning"
    for _ in 1...2 {
      let found = try await codes("WITH [[], true, null] AS l RETURN \(value) AS v", answers)
      #expect(found == (isTold ? [code] : []))
    }
  }

  @Test(arguments: [
    ("WITH 1 AS a$b RETURN a$b AS c", ["\\u0024", "\\u0024"]), ("RETURN 1 AS v\u{0}", ["\\u0000"]),
    ("RETURN 1 AS `a$b`", []), ("RETURN $a AS v", []), ("RETURN '$' AS v // $", []),
  ]) func namesThatWillNeedBackTicksAreToldOf(text: String, characters: [String]) async throws {
    let answers = try Answers()
    let request = StatementRequest(text, parameters: MapValue([("a", .integer(1))]))
    let result = try await answers.session.run(request)
    while try await result.next() != nil {}
    let notes = try await result.summary().notifications
    #expect(notes.count == characters.count)
    for (note, character) in zip(notes, characters) {
      #expect(note.gqlStatus == "01N00" && note.description.contains("`\(character)`"))
    }
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
