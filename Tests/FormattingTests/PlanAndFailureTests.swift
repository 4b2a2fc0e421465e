import Diagnostics
import Formatting
import GraphValues
import QuerySession
import Testing

@Suite struct PlanTests {
  private func plan(
    _ name: String, _ arguments: [(key: String, value: Value)],
    _ children: [PlanDescription] = []
  ) -> PlanDescription {
    PlanDescription(
      operatorType: name, identifiers: [], arguments: MapValue(arguments), children: children)
  }

  @Test func drawsTheTreeWithTheSecondChildFirst() {
    let scanned = plan(
      "NodeByLabelScan", [("Details", .string("b:B")), ("EstimatedRows", .float(4))])
    let all = plan("AllNodesScan", [("Details", .string("a")), ("EstimatedRows", .float(3))])
    let product = plan("CartesianProduct", [("EstimatedRows", .float(12))], [all, scanned])
    let root = plan(
      "ProduceResults", [("Details", .string("a, b")), ("EstimatedRows", .float(12))], [product])
    let text = render(root, isProfiled: false)
    #expect(
      text.contains(
        """
        +--------------------+---------+----------------+
        | Operator           | Details | Estimated Rows |
        +--------------------+---------+----------------+
        | +ProduceResults    | a, b    |             12 |
        | |                  +---------+----------------+
        | +CartesianProduct  |         |             12 |
        | |\\                 +---------+----------------+
        | | +NodeByLabelScan | b:B     |              4 |
        | |                  +---------+----------------+
        | +AllNodesScan      | a       |              3 |
        +--------------------+---------+----------------+

        Total database accesses: ?

        0 rows
        """))
  }

  @Test func operatorsShareTheirOrder() {
    let scan = plan("AllNodesScan", [("Details", .string("a"))])
    let sort = plan("Sort", [("Details", .string("a ASC")), ("Order", .string("a ASC"))], [scan])
    let root = plan(
      "ProduceResults", [("Details", .string("a")), ("Order", .string("a ASC"))], [sort])
    #expect(
      render(root, isProfiled: false).contains(
        """
        +-----------------+---------+------------+
        | Operator        | Details | Ordered by |
        +-----------------+---------+------------+
        | +ProduceResults | a       |            |
        | |               +---------+            |
        | +Sort           | a ASC   | a ASC      |
        | |               +---------+------------+
        | +AllNodesScan   | a       |            |
        +-----------------+---------+------------+

        """))
  }

  @Test func showsTheFiguresOfAPlan() {
    let root = plan(
      "ProduceResults",
      [
        ("version", .string("CYPHER 5")), ("planner", .string("COST")),
        ("runtime", .string("PIPELINED")), ("string-representation", .string("the tree\n")),
        ("DbHits", .integer(7)), ("Rows", .integer(2)),
      ])
    #expect(
      render(root, isProfiled: false) == """
        +------------------------------------------------------------------+
        | Plan      | Statement   | Version | Planner | Runtime     | Time |
        +------------------------------------------------------------------+
        | "EXPLAIN" | "READ_ONLY" | "5"     | "COST"  | "PIPELINED" | 0    |
        +------------------------------------------------------------------+


        the tree

        0 rows
        ready to start consuming query after 0 ms, results consumed after another 0 ms

        """)
    #expect(
      render(root, isProfiled: true, format: .plain) == """
        Plan: "PROFILE"
        Statement: "READ_ONLY"
        Version: "5"
        Planner: "COST"
        Runtime: "PIPELINED"
        Time: 0
        DbHits: 7
        Rows: 2
        Memory (Bytes): "?"

        """)
  }

  private func render(
    _ plan: PlanDescription, isProfiled: Bool, format: ResultFormat = .verbose
  ) -> String {
    var formatter = format.formatter(sampleRows: 1000, wraps: true)
    var output: [UInt8] = []
    formatter.begin(columns: [], to: &output)
    formatter.finish(
      ResultSummary(queryType: .readOnly, plan: plan, isProfiled: isProfiled), to: &output)
    return String(decoding: output, as: UTF8.self)
  }
}

@Suite struct FailureTextTests {
  private let failure = Failure(
    code: "Neo.ClientError.Statement.SyntaxError", message: "Variable `b` not defined",
    gqlStatus: "42001",
    gqlDescription: "error: syntax error or access rule violation - invalid syntax",
    causes: [
      GQLCause(
        gqlStatus: "42N62",
        gqlDescription:
          "error: syntax error or access rule violation - variable not defined. Variable `b` not defined.",
        message: "Variable `b` not defined.")
    ], position: SourcePosition(offset: 17, line: 2, column: 3))
  private let statement = "RETURN 1 AS a,\n  b AS c"

  @Test func gqlShowsTheDeepestCauseFirst() {
    #expect(
      FailureText.text(of: failure, in: statement, style: .gql) == """
        42N62: syntax error or access rule violation - variable not defined. Variable `b` not defined. (line 2, column 3 (offset: 17))
        "  b AS c"
           ^
          42001: syntax error or access rule violation - invalid syntax
        """)
  }

  @Test func legacyShowsTheMessage() {
    #expect(
      FailureText.text(of: failure, in: statement, style: .legacy) == """
        Variable `b` not defined (line 2, column 3 (offset: 17))
        "  b AS c"
           ^
        """)
  }

  @Test func failuresWithoutStatusShowTheirMessage() {
    let plain = Failure(code: "x", message: "/ by zero")
    #expect(FailureText.text(of: plain, in: "", style: .gql) == "/ by zero")
  }
}
