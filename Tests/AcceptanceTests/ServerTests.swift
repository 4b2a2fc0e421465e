import Foundation
import Testing

/// The shell on a server and on the engine in its own process: what users see is the same.
@Suite struct ServerTests {
  static let scripts: [(name: String, text: String, arguments: [String])] = [
    ("records", "UNWIND range(1, 2500) AS x RETURN x, 'text ' + x AS t;", []),
    (
      "values",
      """
      RETURN null AS a, true AS b, 1 AS c, -1.5e300 AS d, 'é "q" \\\\ 😀' AS e, [1, [2.0, 'x']] AS f;
      RETURN {a: 1, b: {c: [true]}} AS m, date('2024-02-29') AS d, time('12:00:01.5+01:00') AS t;
      RETURN localtime('23:59:59.999999999') AS lt, localdatetime('1969-12-31T23:59:59.5') AS ldt;
      RETURN datetime('2024-07-01T08:00[Europe/Paris]') AS z, datetime('2000-01-01T00:00:00-05:30') AS o;
      RETURN duration('P1Y2M3DT4H5M6.000000007S') AS u, duration({seconds: -1, nanoseconds: 5}) AS n;
      RETURN point({x: 1, y: 2}) AS p, point({longitude: 12.78, latitude: 56.7, height: 100}) AS w;
      """, []
    ),
    (
      "graph",
      """
      CREATE (:A:B {x: 1})-[:R {y: 2}]->(:C);
      MATCH p = (a)-[r]->(c) RETURN a, r, c, p;
      MATCH p = (c:C)<-[:R]-() RETURN p, nodes(p), relationships(p);
      """, ["--format", "verbose"]
    ),
    (
      "statistics",
      """
      CREATE CONSTRAINT c FOR (n:N) REQUIRE n.id IS UNIQUE;
      CREATE INDEX i FOR (n:N) ON (n.x);
      UNWIND range(1, 10) AS i CREATE (:N {id: i});
      MATCH (n:N) WHERE n.id > 5 SET n.x = 1, n:M REMOVE n:N;
      MATCH (n:M) DETACH DELETE n;
      DROP INDEX i;
      SHOW CONSTRAINTS YIELD name, type;
      """, ["--format", "verbose"]
    ),
    (
      "failures",
      """
      RETURN 1 AS one;
      RETURN foo;
      RETURN 1 / 0 AS zero;
      CREATE (:U {id: 1}) RETRUN;
      RETURN $missing;
      RETURN 2 AS two;
      """, ["--fail-at-end"]
    ),
    ("fail fast", "RETURN 1 AS a;\nCREATE (:X);\nRETURN foo;\nCREATE (:X);\nRETURN 2 AS b;\n", []),
    (
      "transactions",
      """
      :begin
      CREATE (:T {x: 1});
      MATCH (t:T) RETURN count(t) AS inside;
      :rollback
      MATCH (t:T) RETURN count(t) AS after;
      :begin
      CREATE (:T {x: 2});
      :commit
      MATCH (t:T) RETURN t.x AS committed;
      """, []
    ),
    (
      "parameters",
      """
      :param a => 1
      :param {b: 'two', c: [1, 2.5, null], d: date('2020-01-01'), e: duration('PT1S')}
      :param p => point({x: 1.0, y: 2.0})
      RETURN $a, $b, $c, $d, $e, $p;
      """, []
    ),
    (
      "csv", "UNWIND [1, null, 'a,\"b\"'] AS x RETURN x, [x] AS l;", ["--format", "csv"]
    ),
    ("json", "RETURN 1 AS a, {b: [1.5, 'x']} AS m;", ["--format", "jsonl"]),
    ("rows before a failure", "UNWIND [1, 2, 0] AS x RETURN 10 / x AS q;", []),
    (
      "databases",
      ":use system\nSHOW DATABASES YIELD name;\n:use neo4j\nRETURN 1 AS x;\n:use nosuch\n", []
    ),
    ("explain", "EXPLAIN MATCH (n:Nope) RETURN n;", ["--format", "plain"]),
  ]

  @Test(arguments: scripts.map(\.name))
  func scriptsShowTheSameAsOnTheEmbeddedEngine(name: String) throws {
    guard let script = Self.scripts.first(where: { $0.name == name }) else { return }
    let home = try TemporaryFolder()
    let server = try ServingProgram(home: home, ["--memory"])
    let embedded = try Program.run(
      ["-a", "memory:"] + script.arguments, input: script.text, home: home)
    let remote = try Program.run(
      ["-a", server.address] + script.arguments, input: script.text, home: home)
    #expect(Self.timeless(remote.out) == Self.timeless(embedded.out))
    #expect(remote.error == embedded.error)
    #expect(remote.status == embedded.status)
    #expect(server.stop() == 0)
  }

  /// Without the times that statements took and the ids that a database has for itself.
  static func timeless(_ text: String) -> String {
    text.replacing(
      /ready to start consuming query after \d+ ms, results consumed after another \d+ ms/
    ) { _ in "" }
    .replacing(/after \d+ ms/) { _ in "after N ms" }
    .replacing(/Time: \d+/) { _ in "Time: N" }
  }

  @Test func manyStatementsArePipelinedAndAllTakeEffect() throws {
    let home = try TemporaryFolder()
    let server = try ServingProgram(home: home)
    let script = (0..<5000).map { "CREATE (:N {id: \($0)});\n" }.joined()
    let loaded = try Program.run(["-a", server.address], input: script, home: home)
    #expect(loaded.status == 0, "\(loaded.error)")
    server.kill()
    // Everything that was shown is durable: the engine finds it after a power cut.
    let counted = try Program.run(["MATCH (n:N) RETURN count(DISTINCT n.id) AS c"], home: home)
    #expect(counted.out == "c\n5000\n")
  }

  @Test func usersLogInWhereThereArePasswords() throws {
    let home = try TemporaryFolder()
    let statement = "ALTER USER neo4j SET PASSWORD 'long enough' CHANGE NOT REQUIRED"
    #expect(try Program.run(["-d", "system", statement], home: home).status == 0)
    let server = try ServingProgram(home: home)
    let right = ["-a", server.address, "-u", "neo4j", "-p", "long enough", "RETURN 1 AS x"]
    #expect(try Program.run(right, home: home).out == "x\n1\n")
    for wrong in [["-u", "neo4j", "-p", "no"], []] {
      let outcome = try Program.run(["-a", server.address] + wrong + ["RETURN 1"], home: home)
      #expect(outcome.status == 1)
      #expect(outcome.error.contains("42NFF"), "\(outcome.error)")
    }
  }

  @Test func aServerThatIsNotThereIsToldInOneLine() throws {
    let home = try TemporaryFolder()
    let server = try ServingProgram(home: home, ["--memory"])
    let address = server.address
    #expect(server.stop() == 0)
    let outcome = try Program.run(["-a", address, "RETURN 1"], home: home)
    #expect(outcome.status == 1)
    #expect(outcome.error.contains("Unable to connect to 127.0.0.1:\(server.port)"))
  }

  @Test func mistakesInTheArgumentsOfServeAreTold() throws {
    let home = try TemporaryFolder()
    for arguments in [
      ["--listen", "nowhere"], ["--nonsense"], ["--tls-cert", "x"], ["--max-connections", "0"],
    ] {
      let outcome = try Program.run(["serve"] + arguments, home: home)
      #expect(outcome.status == 64)
      #expect(outcome.error.contains("usage: nacre serve"))
    }
    // Other machines are not let in as nobody.
    let open = try Program.run(["serve", "--listen", "0.0.0.0:0", "--memory"], home: home)
    #expect(open.status == 1)
  }
}
