import Bolt
import GraphValues
import ServerKit
import TestKit
import Testing

/// What users of the program see of servers in trouble.
@Suite struct RemoteTroubleTests {
  /// Runs the program on servers, which must be treated as their scripts say.
  private static func run(
    _ server: ScriptedServer, and others: [ScriptedServer] = [], scheme: String = "bolt",
    _ arguments: [String], input: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Program.Outcome {
    let address = "\(scheme)://127.0.0.1:\(server.port)"
    let outcome = try Program.run(
      ["-a", address, "-u", "neo4j", "-p", "password"] + arguments, input: input,
      home: TemporaryFolder())
    for server in [server] + others {
      let faults = server.end()
      #expect(faults == [], sourceLocation: sourceLocation)
    }
    return outcome
  }

  @Test(arguments: [
    "Neo.ClientError.Cluster.NotALeader", "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase",
  ])
  func aChangeOfLeaderIsToldAndTheRestOfAScriptGoesToTheNewOne(code: String) throws {
    let old = try ScriptedServer()
    let new = try ScriptedServer()
    let sent: [Step] = ["a", "b", "c"].flatMap { text in
      [.client("RUN \(text) …"), .client("PULL …")] as [Step]
    }
    old.add(
      .login() + [.client("ROUTE …"), .table(write: [old], read: [old], route: [old])] + .ping()
        + sent + [.success(["fields": ["x"]]), .record(1), .success(["type": "r"])] + [
          .failure(code, "No longer the leader."), .client("RESET"), .ignored, .ignored, .ignored,
          .success(), .client("ROUTE …"),
          .table(write: [new], read: [old], route: [old, new]),
        ])
    new.add(.login() + .statement("c", rows: [[3]]) + .goodbye)
    let outcome = try Self.run(
      old, and: [new], scheme: "neo4j", ["--fail-at-end", "--error-format", "stacktrace"],
      input: "a;\nb;\nc;\n")
    #expect(outcome.out == "x\n1\nx\n3\n")
    #expect(outcome.error.contains("No longer the leader."))
    #expect(outcome.error.contains("code: \(code)"), "\(outcome.error)")
    #expect(outcome.status == 1)
  }

  @Test func aScriptStopsWhereTheLeaderHasChanged() throws {
    let code = "Neo.ClientError.Cluster.NotALeader"
    let server = try ScriptedServer()
    server.add(
      .login() + [.client("ROUTE …"), .table(write: [server], read: [server], route: [server])]
        + .ping() + [
          .client("RUN a …"), .client("PULL …"), .client("RUN b …"), .client("PULL …"),
          .failure(code, "No longer the leader."), .client("RESET"), .ignored, .ignored, .ignored,
          .success(),
        ] + .goodbye)
    let outcome = try Self.run(server, scheme: "neo4j", [], input: "a;\nb;\n")
    #expect(outcome.out == "")
    #expect(outcome.error == "No longer the leader.\n")
    #expect(outcome.status == 1)
  }

  @Test func aTransactionIsOverWhereTheLeaderHasChanged() throws {
    let server = try ScriptedServer()
    let table: [Step] = [
      .client("ROUTE …"), .table(write: [server], read: [server], route: [server]),
    ]
    server.add(
      .login() + table + .ping() + [
        .client("BEGIN …"), .success(), .client("RUN a …"), .client("PULL …"),
        .failure("Neo.ClientError.Cluster.NotALeader", "No longer the leader."), .client("RESET"),
        .ignored, .success(),
      ] + .goodbye)
    let outcome = try Self.run(
      server, scheme: "neo4j", ["--fail-at-end"], input: ":begin\na;\n:commit\n")
    #expect(outcome.out == "")
    #expect(outcome.error.contains("No longer the leader."))
    #expect(outcome.error.contains("There is no open transaction to commit"), "\(outcome.error)")
    #expect(outcome.status == 1)
  }

  @Test func aConnectionThatIsLostWithinAResultIsToldBehindItsRows() throws {
    let server = try ScriptedServer(
      .ready() + [
        .client("RUN a …"), .client("PULL …"), .success(["fields": ["x"]]), .record(1), .record(2),
        .close,
      ])
    let outcome = try Self.run(server, ["--error-format", "stacktrace", "a"])
    #expect(outcome.out == "x\n1\n2\n")
    #expect(outcome.error.contains("Connection to 127.0.0.1:\(server.port) was lost"))
    #expect(outcome.error.contains("Whether the statement was committed is unknown"))
    #expect(outcome.error.contains("code: ServiceUnavailable"), "\(outcome.error)")
    #expect(outcome.status == 1)
  }

  @Test func aLostCommitLeavesItsOutcomeOpen() throws {
    let server = try ScriptedServer(
      .ready() + [.client("BEGIN …"), .success()] + .statement("a")
        + [.client("COMMIT"), .close])
    let outcome = try Self.run(server, [], input: ":begin\na;\n:commit\n")
    #expect(outcome.out == "x\n1\n")
    #expect(outcome.error.contains("Whether the transaction was committed is unknown"))
    #expect(outcome.status == 1)
  }

  /// Behind a record: lengths that nothing stands behind, an end within a chunk, within a chunk's
  /// header, and within a message.
  @Test(
    arguments: [
      [0, 7, 0xB1, 0x71, 0xD6, 0x7F, 0xFF, 0xFF, 0xFF, 0, 0], [0, 9, 0xB1, 0x71], [0x7F],
      [0, 2, 0xB1, 0x71], [0, 2, 0xB1, 0x71, 0, 0], [0, 1, 0x71, 0, 0], [0, 2, 0xB0, 0x55, 0, 0],
      Array("HTTP/1.1 500 Internal Server Error".utf8),
    ] as [[UInt8]])
  func bytesThatMakeNoSenseEndTheConnection(bytes: [UInt8]) throws {
    let server = try ScriptedServer(
      .ready() + [
        .client("RUN a …"), .client("PULL …"), .success(["fields": ["x"]]), .record(1),
        .send(bytes), .close,
      ])
    let outcome = try Self.run(server, ["--error-format", "stacktrace", "a"])
    #expect(outcome.out == "x\n1\n")
    #expect(outcome.error.contains("Connection to 127.0.0.1:\(server.port) was lost"))
    #expect(outcome.error.contains("code: ServiceUnavailable"), "\(outcome.error)")
    #expect(outcome.status == 1)
  }

  @Test func anExpiredTokenIsTold() throws {
    let code = "Neo.ClientError.Security.TokenExpired"
    let server = try ScriptedServer([
      .hello, .send([0, 0, 8, 5]), .client("HELLO …"), .client("LOGON …"), .success(),
      .failure(code, "The token has expired."), .close,
    ])
    let outcome = try Self.run(server, ["--error-format", "stacktrace", "RETURN 1"])
    #expect(outcome.error.contains("The token has expired."))
    #expect(outcome.status == 1)
  }

  @Test func aServerThatSaysNothingIsGivenUp() throws {
    let mute = try ScriptedServer([.hello, .pause(60)])
    let early = try Self.run(mute, ["--connect-timeout", "1", "RETURN 1"])
    #expect(early.error.contains("127.0.0.1:\(mute.port)"))
    #expect(early.error.contains("did not answer in time"), "\(early.error)")
    #expect(early.status == 1)
    let silent = try ScriptedServer(
      .login(hints: ["connection.recv_timeout_seconds": 1]) + .ping() + [
        .client("RUN a …"), .client("PULL …"), .success(["fields": ["x"]]), .record(1), .pause(60),
      ])
    let late = try Self.run(silent, ["a"])
    #expect(late.out == "x\n1\n")
    #expect(late.error.contains("no sign of life for 1 s"), "\(late.error)")
    #expect(late.status == 1)
  }

  @Test func bytesMayComeOneByOne() throws {
    let server = try ScriptedServer(
      .ready() + .statement("a", rows: [[1], ["two"], [[3, nil]]]) + .goodbye, wire: .bytewise)
    let outcome = try Self.run(server, ["a"])
    #expect(outcome.out == "x\n1\n\"two\"\n[3, NULL]\n")
    #expect(outcome.error == "")
    #expect(outcome.status == 0)
  }

  @Test func whatOnlyReadsIsSentOnceMore() throws {
    let server = try ScriptedServer([
      .ready() + [.client("RUN a …"), .client("PULL …"), .close],
      .login() + .statement("a") + .goodbye,
    ])
    let outcome = try Self.run(server, ["--access-mode", "read", "a"])
    #expect(outcome.out == "x\n1\n")
    #expect(outcome.error == "")
    #expect(outcome.status == 0)
  }
}
