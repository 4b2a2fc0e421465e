import Foundation
import QuerySession
import Synchronization
import Testing

/// Statements that try to take the process down end in an answer or a failure, and soon.
@Suite struct HostileStatementTests {
  @Test(arguments: [
    ("true", " XOR true", 5_001, "true"), ("false", " OR false", 5_000, "false"),
    ("true", " AND true", 5_000, "true"), ("1", " < 1", 20_000, "false"),
    ("0", " + 1", 20_001, "20000"), ("0", " + 2 - 1", 10_001, "10000"), ("1", " * 1", 10_000, "1"),
    ("1", " ^ 1", 10_000, "1.0"), ("size(''", " || 'a'", 10_001, "10000"),
    ("size([]", " + [1]", 10_001, "10000"),
    ("size([0]", "[0..9]", 10_000, "1"), ("{a: null}", ".a", 10_000, "null"),
    ("[null]", "[0]", 10_000, "null"),
  ])
  func longChainsAnswer(first: String, link: String, count: Int, expected: String) async throws {
    let answers = try Answers()
    let text =
      "RETURN " + first + String(repeating: link, count: count - 1)
      + (first.hasPrefix("size(") ? ")" : "") + " AS x"
    #expect(try await answers.rows(text) == [[expected]])
  }

  @Test(
    .timeLimit(.minutes(15)),
    arguments: [
      "(a)-[*2147483648]->(b)", "(a)-[*9223372036854775807]->(b)", "(a)-[*1000000..]->(b)",
      "(a)-[*1..9223372036854775807]->(b)", "(a)-[r]->{2147483648}(b)",
      "(a)((x)-[r]->(y)){100000,9223372036854775807}(b)",
      "p = ANY SHORTEST (a)-[r]->{2147483648,}(b)",
    ])
  func lengthsOfWalksMayBeAnyNumber(pattern: String) async throws {
    let answers = try Answers()
    try await answers.rows("CREATE (:A)-[:R]->(:B)")
    let rows = try await answers.rows("MATCH \(pattern) RETURN count(*) AS n")
    #expect(rows == [[pattern.contains("*1..") ? "1" : "0"]])
  }

  @Test func longChainsStandWhereverExpressionsDo() async throws {
    let answers = try Answers()
    let sum = String(repeating: " + n.a", count: 10_000)
    let text = "CREATE (n:A {a: 1}) SET n.b = n.a\(sum) WITH n WHERE n.a\(sum) > 10000 "
    #expect(
      try await answers.rows(text + "RETURN n.b\(sum), sum(n.a\(sum)) AS s") == [
        ["20001", "10001"]
      ])
    let plan = try await answers.rows("MATCH (n) WHERE n.a\(sum) = 1 RETURN n")
    #expect(plan.isEmpty)
    let computed = "RETURN 1" + String(repeating: " < toInteger('1')", count: 5_000)
    #expect(await answers.failureCode(computed) == "Neo.ClientError.Statement.SyntaxError")
    let mistake = "RETURN 1" + String(repeating: " + 1", count: 5_000) + " - 'a'"
    #expect(await answers.failureCode(mistake) == "Neo.ClientError.Statement.SyntaxError")
  }

  @Test(arguments: [
    "RETURN size(reduce(s = 'a', x IN range(1, 60) | s + s))",
    "RETURN size(reduce(s = 'a', x IN range(1, 60) | s || s))",
    """
    WITH reduce(s = 'a', x IN range(1, 18) | s + s) AS s
    RETURN size(replace(s, 'a', s))
    """,
    """
    WITH reduce(s = 'a', x IN range(1, 18) | s + s) AS s
    RETURN size(replace(s, '', s))
    """,
    "RETURN reverse(range(1, 1000000000000))[0]",
  ])
  func valuesHaveAGreatestSize(text: String) async throws {
    let code = try await Answers().failureCode(text)
    #expect(code == "Neo.ClientError.General.OutOfMemoryError")
  }

  @Test(arguments: [
    "UNWIND range(1, 1000000000000) AS x RETURN collect(x)",
    "UNWIND range(1, 1000000000000) AS x WITH x ORDER BY -x RETURN x",
    "UNWIND range(1, 1000000000000) AS x WITH DISTINCT x RETURN count(x)",
    "UNWIND range(1, 1000000000000) AS x RETURN count(DISTINCT x)",
    "UNWIND range(1, 1000000000000) AS x WITH x, count(*) AS c RETURN count(c)",
    "UNWIND range(1, 1000000000000) AS x RETURN percentileCont(x, 0.5)",
  ])
  func statementsHoldNoMoreThanTheyMay(text: String) async throws {
    let code = try await Answers(memoryLimitBytes: 4 << 20).failureCode(text)
    #expect(code == "Neo.TransientError.General.MemoryPoolOutOfMemoryError")
  }

  @Test(arguments: [
    "RETURN range(1, 1000000)",
    "RETURN [x IN range(1, 1000000) | x]",
    "RETURN range(1, 150000) + range(1, 150000)",
    "RETURN [range(1, 100000), range(2, 100001), range(3, 100002)]",
    "RETURN reduce(s = 'a', x IN range(1, 30) | s + s)",
    "RETURN [x IN range(1, 1000) | reduce(s = 'a', y IN range(1, 14) | s + s)]",
    "RETURN split(reduce(s = ',', x IN range(1, 20) | s + s), ',')",
  ])
  func valuesCountAsMemoryWhileTheyAreBuilt(text: String) async throws {
    let code = try await Answers(memoryLimitBytes: 4 << 20).failureCode(text)
    #expect(code == "Neo.TransientError.General.MemoryPoolOutOfMemoryError")
  }

  @Test func memoryOfValuesThatAreGoneIsFree() async throws {
    let text = "UNWIND range(1, 5000) AS x RETURN sum(size(range(1, 1000) + [x])) AS s"
    #expect(try await Answers(memoryLimitBytes: 64 << 20).rows(text) == [["5005000"]])
  }

  @Test func hundredsOfClausesAndItemsAreNotNesting() async throws {
    let answers = try Answers()
    let sets = (0..<900).map { " SET n.a\($0 % 7) = \($0)" }.joined()
    #expect(try await answers.rows("CREATE (n)" + sets + " RETURN n.a1") == [["897"]])
    let items = (0..<900).map { "n.a\($0 % 7) = \($0)" }.joined(separator: ", ")
    #expect(try await answers.rows("MATCH (n) SET " + items + " RETURN n.a1") == [["897"]])
    let removed = (0..<900).map { "n.a\($0)" }.joined(separator: ", ")
    #expect(try await answers.rows("MATCH (n) REMOVE " + removed + " RETURN n.a1") == [["null"]])
    let parts = (0..<500).map { "(:A&B {i: \($0)})" }.joined(separator: ", ")
    #expect(try await answers.rows("CREATE " + parts).isEmpty)
  }

  @Test func thousandsOfWritesAndArmsArePlannedSoon() async throws {
    let answers = try Answers()
    let merges = (0..<400).map { "MERGE (n\($0):A {id: \($0 % 300)})" }.joined(separator: " ")
    #expect(try await answers.rows(merges + " RETURN count(*)") == [["1"]])
    #expect(try await answers.rows("MATCH (n:A) RETURN count(n)") == [["300"]])
    let creates = (0..<5_000).map { "CREATE (b\($0):B {id: \($0)})" }.joined(separator: " ")
    #expect(try await answers.rows(creates + " RETURN b0.id + b4999.id") == [["4999"]])
    let arms = (0..<5_000).map { "RETURN \($0) AS x" }
    let all = try await answers.rows(arms.joined(separator: " UNION ALL "))
    #expect(all.map { $0[0] } == (0..<5_000).map(String.init))
    let distinct = (0..<5_000).map { "RETURN \($0 % 7) AS x" }.joined(separator: " UNION ")
    #expect(try await answers.rows(distinct).count == 7)
  }

  @Test func planningCanBeStopped() async throws {
    let answers = try Answers()
    let text = "EXPLAIN MATCH (a)-->(b)-->(c)-->(d) RETURN count(*)"
    #expect(await answers.failureCode(text) == nil)
    answers.session.forgetCancellation()
    answers.session.cancel()
    // Of another text, since the plan of the first is known.
    let other = text + " AS x"
    #expect(await answers.failureCode(other) == "Neo.ClientError.Transaction.Terminated")
    #expect(await answers.failureCode(other) == nil)
  }

  @Test func largePatternsArePlannedSoon() async throws {
    let answers = try Answers()
    try await answers.rows("CREATE (:A)-[:R]->(:A)")
    let hops = "MATCH (a)" + String(repeating: "-->()", count: 60) + " RETURN count(*)"
    #expect(try await answers.rows(hops) == [["0"]])
    let apart = (0..<60).map { "(n\($0):B)" }.joined(separator: ", ")
    #expect(try await answers.rows("MATCH " + apart + " RETURN count(*)") == [["0"]])
    let tooLong = "MATCH (a)" + String(repeating: "-->()", count: 5_000) + " RETURN count(*)"
    #expect(await answers.failureCode(tooLong) == "Neo.ClientError.Statement.SyntaxError")
    let clauses = String(repeating: "MATCH (a) ", count: 5_000) + "RETURN count(*)"
    #expect(try await answers.rows(clauses) == [["2"]])
  }

  @Test(arguments: [
    "RETURN size([x IN range(1, 20000000) WHERE x % 7 = 3])",
    "RETURN all(x IN range(1, 20000000) WHERE x > 0)",
    "RETURN reduce(s = 0, x IN range(1, 20000000) | s + x % 3)",
  ])
  func loopsOverListsCanBeStopped(text: String) async throws {
    let answers = try Answers()
    let session = answers.session
    // A thread of its own: a task may have to wait for one while other tests run.
    let run = RunFlag()
    Thread.detachNewThread {
      while !run.isOver.load(ordering: .relaxed) {
        session.cancel()
        Thread.sleep(forTimeInterval: 0.005)
      }
    }
    let code = await answers.failureCode(text)
    run.isOver.store(true, ordering: .relaxed)
    #expect(code == "Neo.ClientError.Transaction.Terminated")
  }
}

/// Tells a thread that the statement it disturbs has ended.
private final class RunFlag: Sendable {
  let isOver = Atomic<Bool>(false)
}
