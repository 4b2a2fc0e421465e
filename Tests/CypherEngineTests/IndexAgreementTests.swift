import Testing

/// An index makes answers sooner, and no others.
@Suite struct IndexAgreementTests {
  private static let values = [
    "1", "2.5", "-0.0", "NaN", "'a'", "'ab'", "''", "true", "[1, 2]", "[1.0, 3]", "[]", "['a']",
    "date('2020-01-01')", "duration('P1D')", "duration('PT24H')", "point({x: 1, y: 2})",
    "point({x: 3, y: 4})", "localtime('10:00')",
  ]

  private static let conditions = [
    "n.x = 'a' AND n.y IS NOT NULL", "n.x = 'a' AND n.y <> 1", "n.x = 'a' AND NOT n.y = 1",
    "n.x = 'a' AND n.y > 1", "n.x = 'a' AND n.y >= [1]", "n.x > [1]", "n.x >= [1.0, 2]",
    "n.x < []", "[1] <= n.x <= [1, 2]", "n.x = [1, 2]", "n.x <= point({x: 1, y: 2})",
    "n.x < point({x: 1, y: 2})", "point({x: 1, y: 2}) <= n.x <= point({x: 1, y: 2})",
    "n.x >= duration('P1D')", "n.x = duration('P1D')", "n.x <= NaN", "n.x IN [NaN, 1, 'a', null]",
    "n.x STARTS WITH 'a'", "n.x STARTS WITH ''", "n.x >= 'a' AND n.y <= 3",
    "n.x > '' AND n.x < 'b'",
    "n.x IS NOT NULL", "n.x IS NULL", "n.x = n.y", "n.x > 0 OR n.y = 'a'", "n.x <> 1",
  ]

  /// Rows of all conditions, in a database with an index on the properties given.
  private static func answers(indexed: [String]) async throws -> [[[String]]] {
    let answers = try Answers()
    for (number, properties) in indexed.enumerated() {
      try await answers.rows("CREATE INDEX i\(number) FOR (n:A) ON (\(properties))")
    }
    let list = "[" + values.joined(separator: ", ") + ", null]"
    for value in values {
      try await answers.rows("UNWIND \(list) AS y CREATE (:A {x: \(value), y: y})")
    }
    try await answers.rows("MATCH (n:A) WITH n, id(n) AS i SET n.i = i")
    var rows: [[[String]]] = []
    for condition in conditions {
      rows.append(try await answers.rows("MATCH (n:A) WHERE \(condition) RETURN n.i ORDER BY n.i"))
    }
    return rows
  }

  @Test(arguments: [["n.x"], ["n.x, n.y"], ["n.x, n.y", "n.y"], ["n.y, n.x", "n.x"]])
  func anIndexChangesNoAnswer(indexed: [String]) async throws {
    let expected = try await Self.answers(indexed: [])
    let found = try await Self.answers(indexed: indexed)
    for (condition, (one, other)) in zip(Self.conditions, zip(expected, found)) {
      #expect(one == other, "\(condition)")
    }
  }
}
