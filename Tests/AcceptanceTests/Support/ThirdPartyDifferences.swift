/// What servers of other makers have of the scripts in words of their own, each verified by hand with
/// an official driver beside the shell.
extension Difference {
  static let falkorDB: [Difference] =
    falkorDBValues + falkorDBSchema + falkorDBFailures + falkorDBDatabases

  static let arcadeDB: [Difference] = [
    Difference(
      "failures", "RETURN foo;", "its own words",
      instead: .fails("RETURN foo;", "Variable 'foo' not defined")),
    Difference(
      "failures", "RETURN 1 / 0 AS zero;", "its own words",
      instead: .fails("RETURN 1 / 0 AS zero;", "/ by zero")),
    Difference(
      "failures", "CREATE (:U {id: 1}) RETRUN;", "its own words",
      instead: .fails("CREATE (:U {id: 1}) RETRUN;", "Unexpected input 'RETRUN'")),
    Difference(
      "failures", "RETURN $missing;", "its own words",
      instead: .fails("RETURN $missing;", "Expected parameter(s): missing")),
    Difference(
      "fail fast", "RETURN foo;", "its own words",
      instead: .fails("RETURN foo;", "Variable 'foo' not defined")),
    Difference(
      "rows before a failure", "UNWIND [1, 2, 0] AS x RETURN 10 / x AS q;",
      "it works a result out before it sends the first record",
      instead: .fails("UNWIND [1, 2, 0] AS x RETURN 10 / x AS q;", "/ by zero")),
    Difference(
      "databases", "SHOW DATABASES YIELD name;", "the test set-up's database has another name",
      instead: .shows("SHOW DATABASES YIELD name;", "name\n\"test\"\n\"system\"")),
    Difference(
      "explain", "EXPLAIN MATCH (n:Nope) RETURN n;",
      "it tells every plan as one that writes, without the arguments of Neo4j's plans",
      instead: .shows(
        "EXPLAIN MATCH (n:Nope) RETURN n;",
        """
        Plan: "EXPLAIN"
        Statement: "WRITE_ONLY"
        Version: ""
        Planner: ""
        Runtime: ""
        Time: T
        """)),
  ]

  private static let falkorDBValues: [Difference] = [
    Difference(
      "values", "RETURN date('2024-02-29') AS d, time('12:00:01.5+01:00') AS t;",
      "there is no function `time`, and a date in a result ends the server"),
    Difference(
      "values",
      "RETURN localtime('23:59:59.999999999') AS t, localdatetime('1969-12-31T23:59:59.5') AS d;",
      "temporal values in a result end the server"),
    Difference(
      "values", "RETURN datetime('2024-07-01T08:00[Europe/Paris]') AS z;",
      "there is no function `datetime`"),
    Difference(
      "values", "RETURN datetime('2000-01-01T00:00:00-05:30') AS z;",
      "there is no function `datetime`"),
    Difference(
      "values",
      "RETURN duration('P1Y2M3DT4H5M6.000000007S') AS u, duration({seconds: -1}) AS n;",
      "temporal values in a result end the server"),
    Difference(
      "values",
      "RETURN point({x: 1, y: 2}) AS p, point({longitude: 2, latitude: 1, height: 3}) AS w;",
      "points are geographic and have two dimensions"),
    Difference(
      "parameters", ":param {d: date('2020-01-01'), e: duration('PT1S')}",
      "temporal values in a result end the server"),
    Difference(
      "parameters", "RETURN $p AS p;", "a parameter may not be a point; the shell says so",
      instead: .fails("RETURN $p AS p;", "takes no points")),
    Difference(
      "parameters", "RETURN $d AS d, $e AS e;", "temporal values in a result end the server"),
  ]

  private static let falkorDBSchema: [Difference] = [
    Difference(
      "statistics", "CREATE CONSTRAINT c FOR (n:N) REQUIRE n.id IS UNIQUE;",
      "constraints are made by a command of Redis, not by a statement"),
    Difference(
      "statistics", "CREATE INDEX i FOR (n:N) ON (n.x);", "indexes have no names",
      instead: .shows("CREATE INDEX FOR (n:N) ON (n.x);", "0 rows\nT\nAdded 1 indexes")),
    Difference(
      "statistics", "UNWIND range(1, 10) AS i CREATE (:N {id: i});",
      "labels of new nodes count where the graph has not had them before",
      instead: .shows(
        "UNWIND range(1, 10) AS i CREATE (:N {id: i});",
        "0 rows\nT\nAdded 10 nodes, Set 10 properties")),
    Difference(
      "statistics", "DROP INDEX i;", "indexes have no names",
      instead: .shows("DROP INDEX FOR (n:N) ON (n.x);", "0 rows\nT\nRemoved 1 indexes")),
    Difference(
      "statistics", "SHOW CONSTRAINTS YIELD name, type;",
      "constraints are listed by a procedure"),
    Difference(
      "transactions", "MATCH (t:T) RETURN count(t) AS after;",
      "what has been written stays although it is rolled back",
      instead: .shows("MATCH (t:T) RETURN count(t) AS after;", "after\n1")),
    Difference(
      "transactions", ":begin", "the shell tells that rolling back has no effect there",
      instead: .shows(":begin", says: "FalkorDB keeps what a transaction has written")),
  ]

  private static let falkorDBFailures: [Difference] = [
    Difference(
      "failures", "RETURN foo;", "its own words",
      instead: .fails("RETURN foo;", "'foo' not defined")),
    Difference(
      "failures", "RETURN 1 / 0 AS zero;", "its own words",
      instead: .fails("RETURN 1 / 0 AS zero;", "Division by zero")),
    Difference(
      "failures", "CREATE (:U {id: 1}) RETRUN;", "its own words",
      instead: .fails(
        "CREATE (:U {id: 1}) RETRUN;",
        "Invalid input 'R': expected RETURN (line 1, column 24 (offset: 23))\n")),
    Difference(
      "failures", "RETURN $missing;", "its own words",
      instead: .fails("RETURN $missing;", "Missing parameters")),
    Difference(
      "fail fast", "RETURN foo;", "its own words",
      instead: .fails("RETURN foo;", "'foo' not defined")),
    Difference(
      "rows before a failure", "UNWIND [1, 2, 0] AS x RETURN 10 / x AS q;",
      "it works a result out before it sends the first record",
      instead: .fails("UNWIND [1, 2, 0] AS x RETURN 10 / x AS q;", "Division by zero")),
  ]

  private static let falkorDBDatabases: [Difference] = [
    Difference(
      "databases", "SHOW DATABASES YIELD name;",
      "only the bare statement is answered, with one row that is always the same"),
    Difference(
      "databases", ":use nosuch", "a graph is made when it is first named",
      instead: .shows(":use nosuch")),
    Difference(
      "explain", "EXPLAIN MATCH (n:Nope) RETURN n;",
      "the word is passed over and the statement runs, so that the shell does not send it",
      instead: .fails("EXPLAIN MATCH (n:Nope) RETURN n;", "passes over EXPLAIN")),
  ]
}
