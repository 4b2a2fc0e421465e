import Bolt
import Diagnostics
import GraphValues
import QuerySession
import ServerKit
import Synchronization
import Testing

@testable import BoltClient

@Suite struct ConnectionLossTests {
  private func run(_ session: RemoteSession, _ text: String = "q") async throws(Failure) -> [String]
  {
    try await session.run(StatementRequest(text)).rows()
  }

  @Test func saysThatTheOutcomeIsUnknownAndDoesNotRepeat() async throws {
    let server = try ScriptedServer(
      .ready() + [
        .client("RUN q …"), .client("PULL …"), .success(["fields": ["x"]]), .record(1), .close,
      ])
    let session = try await session(on: server)
    let error = await failure { () throws(Failure) in _ = try await run(session) }
    #expect(error?.gqlStatus == "08007")
    #expect(error?.message.contains("unknown") == true)
    #expect(server.connectionCount == 1)
    await session.close()
    server.check()
  }

  @Test func readsAreRepeatedOnceWhenNothingHasComeYet() async throws {
    let server = try ScriptedServer([
      .ready() + [.client("RUN q {} {mode: 'r'}"), .client("PULL …"), .close],
      .login() + .statement("q") + .goodbye,
    ])
    let session = try await session(on: server, accessMode: .read)
    #expect(try await run(session) == ["1"])
    await session.close()
    server.check()
  }

  @Test func readsAreNotRepeatedTwice() async throws {
    let server = try ScriptedServer([
      .ready() + [.client("RUN q …"), .client("PULL …"), .close],
      .login() + [.client("RUN q …"), .client("PULL …"), .close],
    ])
    let session = try await session(on: server, accessMode: .read)
    let error = await failure { () throws(Failure) in _ = try await run(session) }
    #expect(error?.code == "ServiceUnavailable")
    await session.close()
    server.check()
  }

  @Test func reconnectsQuietlyWhereTheConnectionDiedInBetween() async throws {
    let notices = Notices()
    let server = try ScriptedServer([
      .ready() + .statement("a", end: ["bookmark": "b1"]) + [.close],
      .login() + [.client("RUN b {} {bookmarks: ['b1'], db: 'movies'}"), .client("PULL …")]
        + [.success(["fields": ["x"]]), .record(2), .success()] + .goodbye,
    ])
    let session = try await session(on: server, database: "movies", options: options(notices))
    _ = try await run(session, "a")
    while session.connection?.isDead == false { await Task.yield() }
    #expect(try await run(session, "b") == ["2"])
    #expect(notices.all == [.reconnected(address: "bolt://127.0.0.1:\(server.port)")])
    await session.close()
    server.check()
  }

  @Test func aLostCommitHasAnUnknownOutcome() async throws {
    let server = try ScriptedServer(
      .ready() + [.client("BEGIN …"), .success(), .client("COMMIT"), .close])
    let session = try await session(on: server)
    try await session.begin()
    let error = await failure { () throws(Failure) in try await session.commit() }
    #expect(error?.gqlStatus == "08007")
    #expect(!session.isInTransaction)
    #expect(server.connectionCount == 1)
    await session.close()
    server.check()
  }

  @Test func aTransactionEndsWithItsConnection() async throws {
    let server = try ScriptedServer([
      .ready() + [.client("BEGIN …"), .success(), .client("RUN q …"), .client("PULL …"), .close],
      .login() + .statement("q") + .goodbye,
    ])
    let session = try await session(on: server)
    try await session.begin()
    let error = await failure { () throws(Failure) in _ = try await run(session) }
    #expect(error?.message.contains("rolled back") == true)
    #expect(!session.isInTransaction)
    #expect(try await run(session) == ["1"])
    await session.close()
    server.check()
  }

  @Test func aFailureEndsTheTransaction() async throws {
    let server = try ScriptedServer(
      .ready() + [
        .client("BEGIN …"), .success(), .client("RUN q …"), .client("PULL …"),
        .failure("Neo.TransientError.Transaction.DeadlockDetected"), .client("RESET"), .ignored,
        .success(),
      ] + .statement("q") + .goodbye)
    let session = try await session(on: server)
    try await session.begin()
    let error = await failure { () throws(Failure) in _ = try await run(session) }
    #expect(error?.code == "Neo.TransientError.Transaction.DeadlockDetected")
    #expect(!session.isInTransaction)
    #expect(try await run(session) == ["1"])
    await session.close()
    server.check()
  }

  @Test func silenceBeyondThePromiseIsALostConnection() async throws {
    let server = try ScriptedServer(
      .login(hints: ["connection.recv_timeout_seconds": 1]) + .ping() + [
        .client("RUN q …"), .client("PULL …"), .success(["fields": ["x"]]), .pause(30),
      ])
    let session = try await session(on: server)
    let start = ContinuousClock.now
    let error = await failure { () throws(Failure) in _ = try await run(session) }
    #expect(error?.message.contains("no sign of life for 1 s") == true)
    #expect(start.duration(to: .now) < .seconds(10))
    await session.close()
    server.check()
  }

  @Test func signsOfLifeKeepAConnection() async throws {
    let beat: [Step] = [.pause(0.6), .send([0, 0])]
    let server = try ScriptedServer(
      .login(hints: ["connection.recv_timeout_seconds": 1]) + .ping()
        + [.client("RUN q …"), .client("PULL …"), .success(["fields": ["x"]])] + beat + beat + beat
        + [.record(1), .success()] + .goodbye)
    let session = try await session(on: server)
    #expect(try await run(session) == ["1"])
    await session.close()
    server.check()
  }

  @Test func silenceWithinAMessageIsALostConnectionToo() async throws {
    let server = try ScriptedServer(
      .login(hints: ["connection.recv_timeout_seconds": 1]) + .ping() + [
        .client("RUN q …"), .client("PULL …"), .success(["fields": ["x"]]),
        .send([0, 9, 0xB1, 0x71]), .pause(30),
      ])
    let session = try await session(on: server)
    let error = await failure { () throws(Failure) in _ = try await run(session) }
    #expect(error?.message.contains("no sign of life for 1 s") == true)
    await session.close()
    server.check()
  }

  @Test func aFailureIsToldThoughNothingComesBehindIt() async throws {
    let sent: [Step] = [.client("RUN q …"), .client("PULL …")]
    let refused: Step = .failure("Neo.ClientError.Request.Invalid", "first")
    // The server hangs up, or answers no RESET.
    for end: [Step] in [[.close], [.client("RESET"), .pause(30)]] {
      let server = try ScriptedServer([
        .ready() + sent + [refused] + end, .login() + .statement("q") + .goodbye,
      ])
      let session = try await session(
        on: server, options: options { $0.connectTimeoutSeconds = 0.5 })
      let error = await failure { () throws(Failure) in _ = try await run(session) }
      #expect(error?.message == "first")
      #expect(try await run(session) == ["1"])
      await session.close()
      server.check()
    }
  }

  @Test func whatAServerSaysUnaskedIsNoAnswer() async throws {
    // As some do before they hang up on who has been idle for long; signs of life are no words.
    let server = try ScriptedServer([
      .ready() + .statement("q") + [
        .send([0, 0]), .failure("Neo.ClientError.General.Unknown", "too long"), .close,
      ],
      .login() + .statement("q") + .goodbye,
    ])
    let session = try await session(on: server)
    _ = try await run(session)
    while session.connection?.isDead == false { await Task.yield() }
    #expect(try await run(session) == ["1"])
    await session.close()
    server.check()
  }
}

@Suite struct CancellingTests {
  private static let terminated = "Neo.ClientError.Transaction.Terminated"

  @Test(
    arguments: [
      [.failure(terminated)], [.ignored], [.record(1), .record(2), .failure(terminated)],
    ] as [[Step]])
  func resetsOnTheSameConnection(answer: [Step]) async throws {
    let holder = SessionHolder()
    let server = try ScriptedServer(
      .ready() + [.client("BEGIN {}"), .success()] + [
        .client("RUN q …"), .client("PULL …"), .success(["fields": ["x"]]),
        .call { holder.cancel() }, .client("RESET"),
      ] + answer + [.success()] + .statement("RETURN 1") + .goodbye)
    let session = try await session(on: server)
    holder.hold(session)
    try await session.begin()
    let error = await failure { () throws(Failure) in
      _ = try await session.run(StatementRequest("q")).rows()
    }
    #expect(error?.code == Self.terminated)
    #expect(!session.isInTransaction)
    #expect(try await session.run(StatementRequest("RETURN 1")).rows() == ["1"])
    await session.close()
    server.check()
  }

  @Test func aResultThatWaitsForItsReaderEndsToo() async throws {
    let server = try ScriptedServer(
      .ready() + [
        .client("RUN q …"), .client("PULL …"), .success(["fields": ["x"]]), .record(1),
        .success(["has_more": true]), .client("PULL …"), .client("RESET"), .ignored, .success(),
      ] + .statement("RETURN 1") + .goodbye)
    let session = try await session(on: server, options: options(fetchSize: 1))
    let result = try await session.run(StatementRequest("q"))
    #expect(try await result.next()?.count == 1)
    let statement = try #require((result as? RemoteResult)?.statement)
    while !statement.isPaused { session.pump() }
    session.cancel()
    let error = await failure { () throws(Failure) in _ = try await result.next() }
    #expect(error?.code == Self.terminated)
    #expect(try await session.run(StatementRequest("RETURN 1")).rows() == ["1"])
    await session.close()
    server.check()
  }

  @Test func closesTheConnectionWhereResetIsNotAnswered() async throws {
    let holder = SessionHolder()
    let server = try ScriptedServer([
      .ready() + [
        .client("RUN q …"), .client("PULL …"), .call { holder.cancel() }, .client("RESET"),
        .pause(30),
      ], .login() + .statement("RETURN 1") + .goodbye,
    ])
    let session = try await session(on: server, options: options { $0.cancelTimeoutSeconds = 0.1 })
    holder.hold(session)
    let error = await failure { () throws(Failure) in
      _ = try await session.run(StatementRequest("q"))
    }
    #expect(error?.code == Self.terminated)
    #expect(error?.message.contains("did not stop in time") == true)
    #expect(try await session.run(StatementRequest("RETURN 1")).rows() == ["1"])
    await session.close()
    server.check()
  }

  @Test func aSecondWishClosesAtOnce() async throws {
    let holder = SessionHolder()
    let server = try ScriptedServer(
      .ready() + [
        .client("RUN q …"), .client("PULL …"), .call { holder.cancel() }, .client("RESET"),
        .call { holder.cancel() }, .pause(30),
      ])
    let session = try await session(on: server)
    holder.hold(session)
    let error = await failure { () throws(Failure) in
      _ = try await session.run(StatementRequest("q"))
    }
    #expect(error?.code == Self.terminated)
    await session.close()
    server.check()
  }

  /// Stopped while a member, or a router, is being connected to or asked.
  @Test(arguments: ["member", "router", "route"])
  func nothingIsRunWhereConnectingWasStopped(place: String) async throws {
    let holder = SessionHolder()
    let router = try ScriptedServer()
    let member = try ScriptedServer()
    let table: [Step] = [
      .client("ROUTE …"),
      .table(
        write: [member], read: [router], route: [router], ttl: place == "member" ? 300 : 0),
    ]
    let stopped: [Step] = [.hello, .call { holder.cancel() }, .pause(30)]
    switch place {
    case "member":
      router.add(.login() + table + .ping() + .goodbye)
      member.add(stopped, .login() + .statement("b") + .goodbye)
    case "router":
      router.add(
        .login() + table + .ping() + [.close], stopped, .login() + table + .goodbye)
      member.add(.login() + .statement("b") + .goodbye)
    default:
      router.add(
        .login() + table + .ping() + [.client("ROUTE …"), .call { holder.cancel() }, .pause(30)],
        .login() + table + .goodbye)
      member.add(.login() + .statement("b") + .goodbye)
    }
    let session = try await session(
      on: router, scheme: "neo4j", options: options { $0.cancelTimeoutSeconds = 0.1 })
    holder.hold(session)
    if place == "router" {
      while session.connection?.isDead == false { await Task.yield() }
    }
    let error = await failure { () throws(Failure) in
      _ = try await session.run(StatementRequest("a"))
    }
    #expect(error?.code == Self.terminated, "\(error?.message ?? "")")
    // Nobody was found to be gone by that.
    #expect(try await session.run(StatementRequest("b")).rows() == ["1"])
    await session.close()
    router.check()
    member.check()
    #expect(!member.seen.contains { $0.hasPrefix("RUN a") })
  }

  @Test(
    arguments: [
      ("neo4j", [.hello]), ("neo4j", [Step].login().dropLast(2)),
      ("neo4j", .login() + [.client("ROUTE …")]),
      ("bolt", .login() + [.client("RUN CALL db.ping() …")]),
    ] as [(String, [Step])])
  func endsConnectingWhereverItWaits(scheme: String, script: [Step]) async throws {
    let driver = DriverHolder()
    let server = try ScriptedServer([script + [.call { driver.cancel() }, .pause(30)]])
    let address = try RemoteAddress(scheme: scheme, host: "127.0.0.1", port: server.port)
    let held = RemoteDriver(address: address, options: options())
    driver.hold(held)
    let start = ContinuousClock.now
    let error = await failure { () throws(Failure) in
      _ = try await held.connect(credentials: .basic(user: "neo4j", password: "pw"))
    }
    #expect(error?.code == Self.terminated)
    #expect(start.duration(to: .now) < .seconds(4))
    // No other address is tried, and the next attempt is not concerned.
    #expect(server.connectionCount == 1)
    server.add([.hello, .close])
    let next = await failure { () throws(Failure) in
      _ = try await held.connect(credentials: .basic(user: "neo4j", password: "pw"))
    }
    #expect(next?.code == "ServiceUnavailable")
    server.check()
  }

  @Test func concernsNothingThatRunsLater() async throws {
    let server = try ScriptedServer(.ready() + .statement("RETURN 1") + .goodbye)
    let session = try await session(on: server)
    session.cancel()
    #expect(try await session.run(StatementRequest("RETURN 1")).rows() == ["1"])
    session.cancel()
    await session.close()
    server.check()
  }

  @Test func endsGroupedStatementsToo() async throws {
    let holder = SessionHolder()
    let server = try ScriptedServer(
      .ready() + [
        .client("RUN a …"), .client("PULL …"), .client("RUN b …"), .client("PULL …"),
        .call { holder.cancel() }, .client("RESET"), .failure(Self.terminated), .ignored, .ignored,
        .ignored, .success(),
      ] + .statement("RETURN 1") + .goodbye)
    let session = try await session(on: server)
    holder.hold(session)
    let a = try await session.run(StatementRequest("a", isGrouped: true))
    let b = try await session.run(StatementRequest("b", isGrouped: true))
    for result in [a, b] {
      let error = await failure { () throws(Failure) in _ = try await result.rows() }
      #expect(error?.code == Self.terminated)
    }
    #expect(try await session.run(StatementRequest("RETURN 1")).rows() == ["1"])
    await session.close()
    server.check()
  }
}

/// A driver that scripts can reach.
private final class DriverHolder: Sendable {
  private let driver = Mutex<RemoteDriver?>(nil)
  func hold(_ new: RemoteDriver) { driver.withLock { $0 = new } }
  func cancel() { driver.withLock { $0 }?.cancelConnecting() }
}
