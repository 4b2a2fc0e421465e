import Bolt
import Diagnostics
import GraphValues
import QuerySession
import ServerKit
import Testing

@testable import BoltClient

@Suite struct SessionTests {
  @Test(arguments: ScriptedServer.Wire.allCases)
  func runsAStatementAndTellsWhatItDid(wire: ScriptedServer.Wire) async throws {
    let server = try ScriptedServer(
      .ready()
        + .statement(
          "CREATE (n) RETURN 1 AS x", rows: [[1], ["a"]],
          end: [
            "type": "rw", "t_last": 7, "stats": ["nodes-created": 2, "contains-updates": true],
            "bookmark": "b1", "db": "neo4j",
          ]) + .goodbye, wire: wire)
    let session = try await session(on: server)
    #expect(session.database == "neo4j")
    #expect(session.identity.agent == "Neo4j/5.26.0")
    #expect(session.protocolVersion == "5.8")
    let result = try await session.run(StatementRequest("CREATE (n) RETURN 1 AS x"))
    #expect(result.columns == ["x"])
    #expect(try await result.rows() == ["1", "'a'"])
    let summary = try await result.summary()
    #expect(summary.queryType == .readWrite)
    #expect(summary.counters.nodesCreated == 2)
    #expect(summary.consumedAfterMilliseconds == 7)
    #expect(session.bookmarks == ["b1"])
    await session.close()
    server.check()
  }

  @Test func asksForRecordsPageByPage() async throws {
    let page: [Step] = [
      .client("PULL {n: 2}"), .record(1), .record(2), .success(["has_more": true]),
    ]
    let server = try ScriptedServer(
      .ready() + [.client("RUN q {} {}")] + [.client("PULL {n: 2}"), .success(["fields": ["x"]])]
        + page.dropFirst() + page + page + [.client("PULL {n: 2}"), .record(9), .success()]
        + .goodbye)
    let session = try await session(on: server, options: options(fetchSize: 2))
    let rows = try await session.run(StatementRequest("q")).rows()
    #expect(rows == ["1", "2", "1", "2", "1", "2", "9"])
    await session.close()
    server.check()
  }

  @Test func dropsWhatIsLeftOfAResultBeforeTheNext() async throws {
    let server = try ScriptedServer(
      .ready() + [
        .client("RUN q …"), .client("PULL {n: 2}"), .success(["fields": ["x"]]), .record(1),
        .record(2), .success(["has_more": true]), .client("DISCARD {n: -1}"), .success(),
      ] + .statement("r") + .goodbye)
    let session = try await session(on: server, options: options(fetchSize: 2))
    let first = try await session.run(StatementRequest("q"))
    _ = try await first.next()
    #expect(try await session.run(StatementRequest("r")).rows() == ["1"])
    #expect(try await first.next() == nil)
    await session.close()
    server.check()
  }

  @Test(arguments: ScriptedServer.Wire.allCases)
  func sendsResetAtOnceAfterAFailure(wire: ScriptedServer.Wire) async throws {
    // The server holds the answer to PULL back until it sees RESET.
    let server = try ScriptedServer(
      .ready() + [
        .client("RUN oops …"), .client("PULL …"),
        .failure("Neo.ClientError.Statement.SyntaxError", "no such word"), .client("RESET"),
        .ignored, .success(),
      ] + .statement("RETURN 1") + .goodbye, wire: wire)
    let session = try await session(on: server)
    let error = await failure { () throws(Failure) in
      _ = try await session.run(StatementRequest("oops"))
    }
    #expect(error?.code == "Neo.ClientError.Statement.SyntaxError")
    #expect(error?.message == "no such word")
    #expect(try await session.run(StatementRequest("RETURN 1")).rows() == ["1"])
    await session.close()
    server.check()
  }

  @Test func keepsAnExplicitTransactionOnItsConnection() async throws {
    let server = try ScriptedServer(
      .ready() + [
        .client("BEGIN {bookmarks: ['b0'], tx_timeout: 500, tx_metadata: {a: 1}}"), .success(),
        .client("RUN q {p: 1} {}"), .client("PULL {n: 1000}"),
        .success(["fields": ["x"], "qid": 0]),
        .record(1), .success(["type": "r"]), .client("COMMIT"), .success(["bookmark": "b1"]),
        .client("BEGIN {bookmarks: ['b1']}"), .success(), .client("ROLLBACK"), .success(),
      ] + .goodbye)
    let session = try await session(on: server)
    try await session.begin(
      TransactionOptions(
        timeoutMilliseconds: 500, metadata: MapValue([("a", .integer(1))]), bookmarks: ["b0"]))
    #expect(session.isInTransaction)
    let request = StatementRequest("q", parameters: MapValue([("p", .integer(1))]))
    #expect(try await session.run(request).rows() == ["1"])
    try await session.commit()
    #expect(!session.isInTransaction)
    #expect(session.bookmarks == ["b1"])
    try await session.begin()
    try await session.rollback()
    await session.close()
    server.check()
  }

  /// A server that pastes parameters into statements, and takes the graph from each RUN.
  private static let falkorDB: [Step] =
    [
      .hello, .send([0, 0, 7, 5]), .client("HELLO …"), .client("LOGON …"),
      .success([
        "server": "Neo4j/5.13.0", "connection_id": "e0f0cde8-0f82-42b6-9797-2a7900169806",
      ]), .success(),
    ] + .ping()

  @Test func parametersAreWrittenWhereAServerWouldPasteThem() async throws {
    let header = "CYPHER `f`=0.1234567890123456 `a b`=[null,{`ü`:'it\\'s \\n'}] "
    let server = try ScriptedServer(
      Self.falkorDB + .statement("\(header)RETURN $f {} {}")
        + .statement("\(header)RETURN $pq {} {}")
    )
    let session = try await session(on: server)
    let point = PointValue(system: .cartesian, x: 1, y: 2)
    let parameters = MapValue([
      ("f", .float(0.1234567890123456)), ("p", .list([.point(point)])),
      ("a b", .list([.null, .map(MapValue([("ü", .string("it's \n"))]))])),
    ])
    // What cannot be written is left out unless the statement needs it.
    for text in ["RETURN $f", "RETURN $pq"] {
      _ = try await session.run(StatementRequest(text, parameters: parameters)).rows()
    }
    for text in ["RETURN $p", "RETURN $`p`"] {
      let error = await failure { () throws(Failure) in
        _ = try await session.run(StatementRequest(text, parameters: parameters))
      }
      #expect(error?.message.contains("takes no points") == true)
    }
    await session.close()
    server.check()
  }

  @Test func eachStatementOfATransactionNamesTheGraphWhereAServerForgetsIt() async throws {
    let server = try ScriptedServer(
      Self.falkorDB + [.client("BEGIN {other: true}"), .success()]
        + [.client("RUN q {} {other: true}")] + [Step].statement("q").dropFirst()
        + [.client("COMMIT"), .success()])
    let session = try await session(on: server, database: "other")
    try await session.begin()
    #expect(try await session.run(StatementRequest("q")).rows() == ["1"])
    try await session.commit()
    await session.close()
    server.check()
  }

  @Test func nothingIsExplainedWhereItWouldBeCarriedOut() async throws {
    let server = try ScriptedServer(
      Self.falkorDB + .statement("RETURN 1 {} {}") + .statement("explained {} {}"))
    let session = try await session(on: server)
    for text in ["EXPLAIN CREATE ()", " // why\n/* * */explain\nCREATE ()"] {
      for isGrouped in [false, true] {
        let error = await failure { () throws(Failure) in
          let request = StatementRequest(text, isGrouped: isGrouped)
          _ = try await session.run(request).rows()
        }
        #expect(error?.message.contains("passes over EXPLAIN") == true)
      }
    }
    for text in ["RETURN 1", "explained"] {
      #expect(try await session.run(StatementRequest(text)).rows() == ["1"])
    }
    await session.close()
    server.check()
  }

  @Test(arguments: [
    (
      "errMsg: Invalid input 'R': expected RETURN line: 1, column: 24, offset: 23 "
        + "errCtx: CREATE (:U {id: 1}) RETRUN errCtxOffset: 23",
      "Invalid input 'R': expected RETURN (line 1, column 24 (offset: 23))\n"
        + "\"CREATE (:U {id: 1}) RETRUN\"\n" + String(repeating: " ", count: 24) + "^"
    ),
    (
      "errMsg: no line: 2, column: 4, offset: 9 errCtx: é x errCtxOffset: 3",
      "no (line 2, column 4 (offset: 9))\n\"é x\"\n   ^"
    ),
    ("'foo' not defined", "'foo' not defined"),
    (
      "errMsg: a line: 1, column: 1, offset: 0 errCtx: b errCtxOffset: 9",
      "errMsg: a line: 1, column: 1, offset: 0 errCtx: b errCtxOffset: 9"
    ),
  ])
  func placesOfFalkorDBAreShownWithACaret(message: String, shown: String) {
    #expect(FalkorDBMessage.readable(message) == shown)
  }

  @Test func aDatabaseCalledSystemMayLackTheProcedure() async throws {
    let missing: [Step] = [
      .client("RUN CALL db.ping() …"), .client("PULL …"), .failure("Neo.ClientError.X.Y", "first"),
      .client("RESET"), .ignored, .success(),
    ]
    let server = try ScriptedServer([
      .login() + missing + .statement("RETURN 1") + .goodbye,
      .login() + missing + [
        .client("RUN RETURN 1 …"), .client("PULL …"), .failure("Neo.ClientError.X.Y", "second"),
        .client("RESET"), .ignored, .success(),
      ] + .goodbye,
    ])
    let session = try await session(on: server, database: "system")
    await session.close()
    let error = await failure { () throws(Failure) in
      _ = try await BoltClientTests.session(on: server, database: "system")
    }
    #expect(error?.message == "first")
    server.check()
  }
}
