import Testing

/// What follows `CALL { … } IN TRANSACTIONS` sees what its batches have committed.
@Suite struct BatchTransactionTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var statement: String
    var rows: [[String]]
    /// What `MATCH (n:U)` has in `k` and `z` afterwards.
    var kept: [[String]]
    var testDescription: String { statement }

    init(_ statement: String, _ rows: [[String]], kept: [[String]]) {
      self.statement = statement
      self.rows = rows
      self.kept = kept
    }
  }

  private static let make = "UNWIND [1, 2, 3] AS k CALL (k) { CREATE (u:U {k: k}) RETURN u } "
  private static let three = [["1", "null"], ["2", "null"], ["3", "null"]]

  static let cases = [
    Case(
      "MATCH (a:A) CALL (a) { RETURN a.x + 1 AS y } IN TRANSACTIONS RETURN y", [["8"]], kept: []),
    Case(
      "CALL () { MATCH (n:A) RETURN count(n) AS c } IN TRANSACTIONS RETURN c", [["1"]], kept: []),
    Case(
      "UNWIND [1, 0, 2] AS k CALL (k) { RETURN 2 / k AS r } IN TRANSACTIONS OF 1 ROW "
        + "ON ERROR CONTINUE REPORT STATUS AS s RETURN k, r, s.committed, s.errorMessage",
      [
        ["1", "2", "true", "null"], ["0", "null", "false", "'/ by zero'"],
        ["2", "1", "true", "null"],
      ], kept: []),
    Case(
      make + "IN TRANSACTIONS OF 1 ROW RETURN u.k, labels(u)",
      [["1", "['U']"], ["2", "['U']"], ["3", "['U']"]], kept: three),
    Case(
      make + "IN TRANSACTIONS OF 2 ROWS WITH count(*) AS c MATCH (u:U) RETURN c, u.k ORDER BY u.k",
      [["3", "1"], ["3", "2"], ["3", "3"]], kept: three),
    Case(
      "UNWIND [1, 0, 2] AS k CALL (k) { CREATE (u:U {k: 2 / k}) RETURN u } "
        + "IN TRANSACTIONS OF 1 ROW ON ERROR CONTINUE RETURN k, u.k",
      [["1", "2"], ["0", "null"], ["2", "1"]], kept: [["1", "null"], ["2", "null"]]),
    Case(
      "MATCH (a:A) CALL (a) { SET a.x = a.x + 1 RETURN a AS b } IN TRANSACTIONS RETURN a.x, b.x",
      [["8", "8"]], kept: []),
    Case(
      "MATCH (a:A) CALL (a) { CREATE (a)-[r:R {q: 1}]->(:B) RETURN r } IN TRANSACTIONS "
        + "RETURN r.q, type(r), labels(startNode(r)), labels(endNode(r))",
      [["1", "'R'", "['A']", "['B']"]], kept: []),
    Case(
      "MATCH (a:A) CALL (a) { UNWIND [1, 2] AS k CREATE (:U {k: k}) } IN TRANSACTIONS OF 1 ROW "
        + "MATCH (u:U) RETURN a.x, u.k ORDER BY u.k",
      [["7", "1"], ["7", "2"]], kept: [["1", "null"], ["2", "null"]]),
    Case(
      make + "IN TRANSACTIONS OF 2 ROWS SET u.z = u.k * 10 RETURN u.z",
      [["10"], ["20"], ["30"]], kept: [["1", "10"], ["2", "20"], ["3", "30"]]),
    Case(
      make + "IN TRANSACTIONS OF 1 ROW WITH u MATCH (v:U {k: u.k}) SET v.z = 1 "
        + "WITH count(*) AS c CREATE (w:U {k: 4}) RETURN c, w.k",
      [["3", "4"]], kept: [["1", "1"], ["2", "1"], ["3", "1"], ["4", "null"]]),
    Case(
      make + "IN TRANSACTIONS OF 1 ROW MATCH (v:U) WHERE v.k <= u.k "
        + "CALL (v) { SET v.z = coalesce(v.z, 0) + 1 } IN TRANSACTIONS OF 1 ROW RETURN count(*)",
      [["6"]], kept: [["1", "3"], ["2", "2"], ["3", "1"]]),
    Case(
      "UNWIND [5, 6, 7] AS i CALL { CREATE (u:U {k: 1}) RETURN u.k AS k } IN TRANSACTIONS RETURN i, k",
      [["5", "1"], ["6", "1"], ["7", "1"]], kept: [["1", "null"], ["1", "null"], ["1", "null"]]),
    Case(
      "UNWIND [5, 6] AS i CALL { UNWIND [1, 2] AS k CREATE (:U {k: k}) RETURN k } "
        + "IN TRANSACTIONS ON ERROR BREAK REPORT STATUS AS s RETURN i, k, s.committed",
      [["5", "1", "true"], ["5", "2", "true"], ["6", "1", "true"], ["6", "2", "true"]],
      kept: [["1", "null"], ["1", "null"], ["2", "null"], ["2", "null"]]),
  ]

  @Test(arguments: cases) func whatFollowsSeesTheBatches(_ test: Case) async throws {
    let answers = try Answers()
    try await answers.rows("CREATE (:A {x: 7})")
    #expect(try await answers.rows(test.statement) == test.rows)
    #expect(try await answers.rows("MATCH (n:U) RETURN n.k, n.z ORDER BY n.k") == test.kept)
  }

  @Test func whatFailsBehindTheBatchesLeavesThem() async throws {
    let answers = try Answers()
    let code = await answers.failureCode(Self.make + "IN TRANSACTIONS SET u.z = 1 / (u.k - 2)")
    #expect(code == "Neo.ClientError.Statement.ArithmeticError")
    #expect(try await answers.rows("MATCH (n:U) RETURN n.k, n.z ORDER BY n.k") == Self.three)
    try await answers.rows("MATCH (n) DELETE n")
  }
}
