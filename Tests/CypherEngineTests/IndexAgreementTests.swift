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

  @Test(
    arguments: [
      "RETURN n.x AS x, n.i AS i ORDER BY n.x, n.i", "RETURN n.x AS x ORDER BY n.x DESC",
      "RETURN n.x AS x ORDER BY n.x DESC LIMIT 3",
      "RETURN n.x AS x, n.i AS i ORDER BY n.x, n.i DESC LIMIT 5",
      "RETURN n.x AS x, n.i AS i ORDER BY n.x DESC, n.i SKIP 1 LIMIT 4", "RETURN min(n.x) AS x",
      "RETURN max(n.x) AS x", "RETURN DISTINCT n.x AS x ORDER BY x",
      "WITH DISTINCT n.x AS x RETURN collect(x) = collect(DISTINCT x) AS same",
      "WITH max(n.x) AS top, count(*) AS c RETURN top, c",
      "WITH n ORDER BY n.x DESC LIMIT 1 RETURN n.x AS x",
      "WITH DISTINCT n.x AS x ORDER BY x DESC RETURN collect(toString(toFloatOrNull(x))) AS xs",
      "WITH n.x AS x, count(*) AS c ORDER BY x DESC RETURN collect(c) AS cs",
      "WITH n.x AS x, count(*) AS c ORDER BY x RETURN collect(c) AS cs",
    ],
    [
      "n.x > 0", "n.x >= 'a'", "n.x < 2.5", "n.x > 1000", "n.x STARTS WITH 'a'",
      "date('2020-01-01') <= n.x",
    ])
  func anIndexThatGivesAnOrderChangesNoAnswer(result: String, condition: String) async throws {
    var found: [[[String]]] = []
    for index in ["", "CREATE INDEX FOR (n:A) ON (n.x)"] {
      let answers = try Answers()
      if !index.isEmpty { try await answers.rows(index) }
      let list = "[" + Self.values.joined(separator: ", ") + ", null]"
      try await answers.rows(
        "UNWIND \(list) + \(list) + [7, 3, 9.5, 'abc'] AS x CREATE (n:A {x: x})")
      try await answers.rows("MATCH (n:A) WITH n, id(n) AS i SET n.i = i")
      found.append(try await answers.rows("MATCH (n:A) WHERE \(condition) \(result)"))
    }
    #expect(found[0] == found[1])
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
