import Bolt
import Diagnostics
import QuerySession
import ServerKit
import Testing

@testable import BoltClient

@Suite struct PipeliningTests {
  private static func grouped(_ text: String) -> StatementRequest {
    StatementRequest(text, isGrouped: true)
  }

  private static func sent(_ text: String) -> [Step] {
    [.client("RUN \(text) …"), .client("PULL {n: -1}")]
  }

  private static func answered(_ row: Int64) -> [Step] {
    [
      .success(["fields": ["x"]]), .record(Sample(integerLiteral: row)),
      .success(["bookmark": "b"]),
    ]
  }

  /// The server answers nothing until all three have come.
  @Test func sendsGroupedStatementsWithoutWaiting() async throws {
    let server = try ScriptedServer(
      .ready() + Self.sent("a") + Self.sent("b") + Self.sent("c") + Self.answered(1)
        + Self.answered(2) + Self.answered(3) + .goodbye)
    let session = try await session(on: server)
    let a = try await session.run(Self.grouped("a"))
    let b = try await session.run(Self.grouped("b"))
    let c = try await session.run(Self.grouped("c"))
    #expect(a.columns == ["x"])
    #expect(try await a.rows() == ["1"])
    #expect(try await b.rows() == ["2"])
    #expect(try await c.rows() == ["3"])
    try await session.sync()
    await session.close()
    server.check()
  }

  @Test func syncWaitsForAllAndResultsCanBeReadAfterIt() async throws {
    let server = try ScriptedServer(
      .ready() + Self.sent("a") + Self.sent("b") + Self.answered(1) + Self.answered(2) + .goodbye)
    let session = try await session(on: server)
    let a = try await session.run(Self.grouped("a"))
    let b = try await session.run(Self.grouped("b"))
    try await session.sync()
    #expect(try await b.rows() == ["2"])
    #expect(try await a.rows() == ["1"])
    await session.close()
    server.check()
  }

  @Test func sendsWhatStoodBehindAFailureAgainWhenTheCallerGoesOn() async throws {
    let server = try ScriptedServer(
      .ready() + Self.sent("a") + Self.sent("b") + Self.sent("c") + Self.sent("d")
        + Self.answered(1) + [
          .failure("Neo.ClientError.Statement.SyntaxError"), .client("RESET"), .ignored, .ignored,
          .ignored, .ignored, .ignored, .success(),
        ] + Self.sent("c") + Self.sent("d") + Self.answered(3) + Self.answered(4) + .goodbye)
    let session = try await session(on: server)
    var results: [any ResultStream] = []
    for text in ["a", "b", "c", "d"] {
      results.append(try await session.run(Self.grouped(text)))
    }
    #expect(try await results[0].rows() == ["1"])
    #expect(results[1].columns == [])
    let error = await failure { () throws(Failure) in _ = try await results[1].rows() }
    #expect(error?.code == "Neo.ClientError.Statement.SyntaxError")
    #expect(try await results[2].rows() == ["3"])
    #expect(try await results[3].rows() == ["4"])
    await session.close()
    server.check()
  }

  @Test func doesNotRunWhatStoodBehindAFailureWhenTheCallerStops() async throws {
    let server = try ScriptedServer(
      .ready() + Self.sent("a") + Self.sent("b") + [
        .failure("Neo.ClientError.Statement.SyntaxError"), .client("RESET"), .ignored, .ignored,
        .ignored, .success(),
      ] + .goodbye)
    let session = try await session(on: server)
    let a = try await session.run(Self.grouped("a"))
    _ = try await session.run(Self.grouped("b"))
    try await session.sync()
    // Not told yet of the failure, the caller may still stop there.
    _ = try await session.run(Self.grouped("c"))
    let error = await failure { () throws(Failure) in _ = try await a.rows() }
    #expect(error != nil)
    try await session.sync()
    await session.close()
    server.check()
    #expect(!server.seen.contains { $0.hasPrefix("RUN c") })
  }

  @Test func boundsWhatIsUnderWay() async throws {
    let count = 3000
    let text = String(repeating: "x", count: 200)
    var script: [Step] = .ready()
    for _ in 0..<count { script += Self.sent(text) + Self.answered(1) }
    let server = try ScriptedServer(script + .goodbye)
    let session = try await session(on: server)
    var results: [any ResultStream] = []
    for _ in 0..<count { results.append(try await session.run(Self.grouped(text))) }
    var total = 0
    for result in results { total += try await result.rows().count }
    #expect(total == count)
    await session.close()
    server.check()
  }

  @Test func waitsForGroupedStatementsBeforeAnythingElse() async throws {
    let server = try ScriptedServer(
      .ready() + Self.sent("a") + Self.answered(1) + [
        .client("BEGIN {bookmarks: ['b']}"), .success(),
      ]
        + [.client("COMMIT"), .success()] + .goodbye)
    let session = try await session(on: server)
    let a = try await session.run(Self.grouped("a"))
    try await session.begin()
    try await session.commit()
    #expect(try await a.rows() == ["1"])
    await session.close()
    server.check()
  }

  @Test func readsThatHadNoAnswerAreSentOnceMore() async throws {
    let server = try ScriptedServer([
      .ready() + Self.sent("a") + Self.sent("b") + Self.sent("c") + Self.answered(1) + [.close],
      .login() + Self.sent("b") + Self.sent("c") + Self.answered(2) + [
        .success(["fields": ["x"]]), .close,
      ],
      .login() + Self.sent("d") + [.close], .login() + Self.sent("d") + [.close],
    ])
    let session = try await session(on: server, accessMode: .read)
    var results: [any ResultStream] = []
    for text in ["a", "b", "c"] { results.append(try await session.run(Self.grouped(text))) }
    #expect(try await results[0].rows() == ["1"])
    #expect(try await results[1].rows() == ["2"])
    // Its answer had begun: whoever reads it has seen of it.
    let begun = await failure { () throws(Failure) in _ = try await results[2].rows() }
    #expect(begun?.code == "ServiceUnavailable")
    #expect(begun?.gqlStatus != "08007")
    let twice = await failure { () throws(Failure) in
      _ = try await session.run(Self.grouped("d")).rows()
    }
    #expect(twice?.code == "ServiceUnavailable")
    await session.close()
    server.check()
  }

  @Test func nothingIsSentTwiceToServersThatHeedNoAccessMode() async throws {
    let login: [Step] = .login(agent: "Neo4j/v5.11.0 compatible graph database server - Memgraph")
    let server = try ScriptedServer([
      login + .ping() + Self.sent("a") + [.close],
      login + [.client("RUN b …"), .client("PULL …"), .close],
    ])
    let session = try await session(on: server, accessMode: .read)
    for isGrouped in [true, false] {
      let error = await failure { () throws(Failure) in
        let text = isGrouped ? "a" : "b"
        _ = try await session.run(StatementRequest(text, isGrouped: isGrouped)).rows()
      }
      #expect(error?.gqlStatus == "08007")
    }
    await session.close()
    server.check()
  }

  @Test func aLostConnectionFailsWhatWasUnderWay() async throws {
    let server = try ScriptedServer([
      .ready() + Self.sent("a") + Self.sent("b") + Self.answered(1) + [.close],
      .login() + Self.sent("c") + Self.answered(3) + .goodbye,
    ])
    let session = try await session(on: server)
    let a = try await session.run(Self.grouped("a"))
    let b = try await session.run(Self.grouped("b"))
    #expect(try await a.rows() == ["1"])
    let error = await failure { () throws(Failure) in _ = try await b.rows() }
    #expect(error?.code == "ServiceUnavailable")
    #expect(error?.gqlStatus == "08007")
    let c = try await session.run(Self.grouped("c"))
    #expect(try await c.rows() == ["3"])
    await session.close()
    server.check()
  }
}
