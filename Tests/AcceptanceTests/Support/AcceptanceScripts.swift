extension AcceptanceScript {
  /// All scripts, each on a database without data.
  static let all: [AcceptanceScript] =
    [records, values, graph, statistics, failures, failFast, transactions, parameters]
    + [csv, json, rowsBeforeAFailure, databases, explain]

  private static let records = AcceptanceScript(
    name: "records",
    steps: [
      .shows(
        "UNWIND range(1, 2500) AS x RETURN x, 'text ' + x AS t;",
        "x, t\n" + (1...2500).map { "\($0), \"text \($0)\"" }.joined(separator: "\n"))
    ])

  private static let values = AcceptanceScript(
    name: "values",
    steps: [
      .shows(
        "RETURN null AS a, true AS b, 1 AS c, -1.5e300 AS d, 'é \"q\" \\\\ 😀' AS e;",
        #"""
        a, b, c, d, e
        NULL, TRUE, 1, -1.5E300, "é \"q\" \ 😀"
        """#),
      .shows(
        "RETURN [1, [2.0, 'x']] AS l, {a: 1, b: {c: [true]}} AS m;",
        #"""
        l, m
        [1, [2.0, "x"]], {a: 1, b: {c: [TRUE]}}
        """#),
      .shows(
        "RETURN date('2024-02-29') AS d, time('12:00:01.5+01:00') AS t;",
        "d, t\n2024-02-29, 12:00:01.500+01:00"),
      .shows(
        "RETURN localtime('23:59:59.999999999') AS t, localdatetime('1969-12-31T23:59:59.5') AS d;",
        "t, d\n23:59:59.999999999, 1969-12-31T23:59:59.500"),
      .shows(
        "RETURN datetime('2024-07-01T08:00[Europe/Paris]') AS z;",
        "z\n2024-07-01T08:00+02:00[Europe/Paris]"),
      .shows(
        "RETURN datetime('2000-01-01T00:00:00-05:30') AS z;", "z\n2000-01-01T00:00-05:30"),
      .shows(
        "RETURN duration('P1Y2M3DT4H5M6.000000007S') AS u, duration({seconds: -1}) AS n;",
        "u, n\nP1Y2M3DT4H5M6.000000007S, PT-1S"),
      .shows(
        "RETURN point({longitude: 12.5, latitude: 56.75}) AS p;",
        "p\npoint({srid:4326, x:12.5, y:56.75})"),
      .shows(
        "RETURN point({x: 1, y: 2}) AS p, point({longitude: 2, latitude: 1, height: 3}) AS w;",
        "p, w\npoint({srid:7203, x:1.0, y:2.0}), point({srid:4979, x:2.0, y:1.0, z:3.0})"),
    ])

  private static let graph = AcceptanceScript(
    name: "graph", arguments: ["--format", "verbose"],
    steps: [
      .shows(
        "CREATE (:A:B {x: 1})-[:R {y: 2}]->(:C);",
        """
        0 rows
        T
        Added 2 nodes, Created 1 relationships, Set 2 properties, Added 3 labels
        """),
      .shows(
        "MATCH p = (a)-[r]->(c) RETURN a, r, c, p;",
        """
        +----------------------------------------------------------------------+
        | a             | r           | c    | p                               |
        +----------------------------------------------------------------------+
        | (:A:B {x: 1}) | [:R {y: 2}] | (:C) | (:A:B {x: 1})-[:R {y: 2}]->(:C) |
        +----------------------------------------------------------------------+

        1 row
        T
        """),
      .shows(
        "MATCH p = (c:C)<-[:R]-() RETURN p, nodes(p), relationships(p);",
        """
        +----------------------------------------------------------------------------+
        | p                               | nodes(p)              | relationships(p) |
        +----------------------------------------------------------------------------+
        | (:C)<-[:R {y: 2}]-(:A:B {x: 1}) | [(:C), (:A:B {x: 1})] | [[:R {y: 2}]]    |
        +----------------------------------------------------------------------------+

        1 row
        T
        """),
    ])

  private static let statistics = AcceptanceScript(
    name: "statistics", arguments: ["--format", "verbose"],
    steps: [
      .shows(
        "CREATE CONSTRAINT c FOR (n:N) REQUIRE n.id IS UNIQUE;",
        "0 rows\nT\nAdded 1 constraints"),
      .shows("CREATE INDEX i FOR (n:N) ON (n.x);", "0 rows\nT\nAdded 1 indexes"),
      .shows(
        "UNWIND range(1, 10) AS i CREATE (:N {id: i});",
        "0 rows\nT\nAdded 10 nodes, Set 10 properties, Added 10 labels"),
      .shows(
        "MATCH (n:N) WHERE n.id > 5 SET n.x = 1, n:M REMOVE n:N;",
        "0 rows\nT\nSet 5 properties, Added 5 labels, Removed 5 labels"),
      .shows("MATCH (n:M) DETACH DELETE n;", "0 rows\nT\nDeleted 5 nodes"),
      .shows("DROP INDEX i;", "0 rows\nT\nRemoved 1 indexes"),
      .shows(
        "SHOW CONSTRAINTS YIELD name, type;",
        """
        +---------------------+
        | name | type         |
        +---------------------+
        | "c"  | "UNIQUENESS" |
        +---------------------+

        1 row
        T
        """),
    ])

  private static let failures = AcceptanceScript(
    name: "failures", arguments: ["--fail-at-end"],
    steps: [
      .shows("RETURN 1 AS one;", "one\n1"),
      .fails("RETURN foo;", "Variable `foo` not defined. (line 1, column 8 (offset: 7))"),
      .fails("RETURN 1 / 0 AS zero;", "'/ by zero'"),
      .fails("CREATE (:U {id: 1}) RETRUN;", "Invalid input 'RETRUN', expected: "),
      .fails("RETURN $missing;", "Expected $`missing`, but got nothing."),
      .shows("RETURN 2 AS two;", "two\n2"),
      .shows("MATCH (u:U) RETURN count(u) AS created;", "created\n0"),
    ])

  private static let failFast = AcceptanceScript(
    name: "fail fast",
    steps: [
      .shows("RETURN 1 AS a;", "a\n1"),
      .shows("CREATE (:X);"),
      .fails("RETURN foo;", "Variable `foo` not defined."),
      // Nothing of these runs.
      .shows("CREATE (:X);"),
      .shows("RETURN 2 AS b;"),
    ])

  private static let transactions = AcceptanceScript(
    name: "transactions",
    steps: [
      .shows(":begin"),
      .shows("CREATE (:T {x: 1});"),
      .shows("MATCH (t:T) RETURN count(t) AS inside;", "inside\n1"),
      .shows(":rollback"),
      .shows("MATCH (t:T) RETURN count(t) AS after;", "after\n0"),
      .shows(":begin"),
      .shows("CREATE (:T {x: 2});"),
      .shows(":commit"),
      .shows("MATCH (t:T) WHERE t.x = 2 RETURN t.x AS committed;", "committed\n2"),
    ])

  private static let parameters = AcceptanceScript(
    name: "parameters",
    steps: [
      .shows(":param a => 1"),
      .shows(":param {b: 'two', c: [1, 2.5, null], m: {k: 'it\\'s \"q\"'}}"),
      .shows(":param {d: date('2020-01-01'), e: duration('PT1S')}"),
      .shows(":param {f: 0.1234567890123456, `g h`: -1.5e-9}"),
      .shows(":param p => point({latitude: 1.5, longitude: 2.0})"),
      .shows("RETURN $a AS a, $b AS b, $c AS c;", "a, b, c\n1, \"two\", [1, 2.5, NULL]"),
      .shows("RETURN $m AS m;", #"m\#n{k: "it's \"q\""}"#),
      .shows("RETURN $f AS f, $`g h` AS g;", "f, g\n0.1234567890123456, -1.5E-9"),
      .shows("RETURN $d AS d, $e AS e;", "d, e\n2020-01-01, PT1S"),
      .shows("RETURN $p AS p;", "p\npoint({srid:4326, x:2.0, y:1.5})"),
    ])

  private static let csv = AcceptanceScript(
    name: "csv", arguments: ["--format", "csv"],
    steps: [
      .shows(
        #"UNWIND [1, null, 'a,"b"'] AS x RETURN x, [x] AS l;"#,
        "x,l\r\n1,[1]\r\n,[null]\r\n" + #""a,""b""","[""a,\""b\""""]""# + "\r")
    ])

  private static let json = AcceptanceScript(
    name: "json", arguments: ["--format", "jsonl"],
    steps: [
      .shows("RETURN 1 AS a, {b: [1.5, 'x']} AS m;", #"{"a":1,"m":{"b":[1.5,"x"]}}"#)
    ])

  private static let rowsBeforeAFailure = AcceptanceScript(
    name: "rows before a failure",
    steps: [
      .fails("UNWIND [1, 2, 0] AS x RETURN 10 / x AS q;", "'/ by zero'", shows: "q\n10\n5")
    ])

  private static let databases = AcceptanceScript(
    name: "databases",
    steps: [
      .shows(":use system"),
      .shows("SHOW DATABASES YIELD name;", "name\n\"neo4j\"\n\"system\""),
      .shows(":use neo4j"),
      .shows("RETURN 1 AS x;", "x\n1"),
      .fails(":use nosuch", "nosuch"),
    ])

  private static let explain = AcceptanceScript(
    name: "explain", arguments: ["--format", "plain"],
    steps: [
      .shows(
        "EXPLAIN MATCH (n:Nope) RETURN n;",
        """
        Plan: "EXPLAIN"
        Statement: "READ_ONLY"
        Version: "5"
        Planner: "COST"
        Runtime: "SLOTTED"
        Time: T
        """)
    ])
}
