import Bolt
import Diagnostics
import GraphValues
import QuerySession
import ServerKit
import Testing

@testable import BoltClient

/// What a client does when the members of a cluster change their parts, or go.
@Suite struct ClusterTests {
  private static let notALeader = "Neo.ClientError.Cluster.NotALeader"
  private static let readOnly = "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase"
  private static let unavailable = "Neo.TransientError.General.DatabaseUnavailable"

  private static func run(
    _ session: RemoteSession, _ text: String, isGrouped: Bool = false
  ) async throws(Failure) -> [String] {
    try await session.run(StatementRequest(text, isGrouped: isGrouped)).rows()
  }

  // MARK: A new leader

  /// A leader that is one no more, with what it does up to then, and the new one.
  private struct Change {
    let old: ScriptedServer
    let new: ScriptedServer

    init(_ failing: [Step], then rest: [Step]) throws {
      old = try ScriptedServer()
      new = try ScriptedServer()
      old.add(
        .login() + [.client("ROUTE …"), .table(write: [old], read: [old], route: [old])] + .ping()
          + failing + [
            .client("ROUTE …"), .table(write: [new], read: [old], route: [old, new]),
          ])
      new.add(.login() + rest + .goodbye)
    }

    func check() {
      old.check()
      new.check()
    }
  }

  @Test(arguments: [notALeader, readOnly])
  func aTransactionIsOverWhenItsMemberLeadsNoMore(code: String) async throws {
    let change = try Change(
      [
        .client("BEGIN …"), .success(), .client("RUN a …"), .client("PULL …"), .failure(code),
        .client("RESET"), .ignored, .success(),
      ],
      then: [.client("BEGIN …"), .success()] + .statement("a") + [.client("COMMIT"), .success()])
    let session = try await session(on: change.old, scheme: "neo4j")
    try await session.begin()
    let error = await failure { () throws(Failure) in _ = try await Self.run(session, "a") }
    #expect(error?.code == code)
    #expect(!session.isInTransaction)
    let late = await failure { () throws(Failure) in try await session.commit() }
    #expect(late?.code == "Neo.ClientError.Transaction.TransactionNotFound")
    try await session.begin()
    #expect(try await Self.run(session, "a") == ["1"])
    try await session.commit()
    await session.close()
    change.check()
  }

  @Test(arguments: ["BEGIN", "COMMIT"])
  func transactionsFailWhereTheirMemberLeadsNoMore(step: String) async throws {
    let refusal: [Step] = [.failure(Self.notALeader), .client("RESET"), .success()]
    let failing: [Step] =
      step == "BEGIN"
      ? [.client("BEGIN …")] + refusal
      : [.client("BEGIN …"), .success(), .client("COMMIT")] + refusal
    let change = try Change(failing, then: .statement("a"))
    let session = try await session(on: change.old, scheme: "neo4j")
    let error = await failure { () throws(Failure) in
      try await session.begin()
      try await session.commit()
    }
    #expect(error?.code == Self.notALeader)
    // The member said no: nothing is unknown.
    #expect(error?.gqlStatus != "08007")
    #expect(!session.isInTransaction)
    #expect(try await Self.run(session, "a") == ["1"])
    await session.close()
    change.check()
  }

  @Test func whatStoodBehindInAScriptGoesToTheNewLeader() async throws {
    let sent: [Step] = ["a", "b", "c"].flatMap { text in
      [.client("RUN \(text) …"), .client("PULL …")] as [Step]
    }
    let change = try Change(
      sent + [.success(["fields": ["x"]]), .record(1), .success(["bookmark": "b1"])] + [
        .failure(Self.notALeader), .client("RESET"), .ignored, .ignored, .ignored, .success(),
      ],
      then: [
        .client("RUN c {} {bookmarks: ['b1'], db: 'neo4j'}"), .client("PULL …"),
        .success(["fields": ["x"]]), .record(3), .success(),
      ])
    let session = try await session(on: change.old, scheme: "neo4j")
    var results: [any ResultStream] = []
    for text in ["a", "b", "c"] {
      results.append(try await session.run(StatementRequest(text, isGrouped: true)))
    }
    #expect(try await results[0].rows() == ["1"])
    let error = await failure { () throws(Failure) in _ = try await results[1].rows() }
    #expect(error?.code == Self.notALeader)
    // The caller goes on: what was passed over has not run anywhere yet.
    #expect(try await results[2].rows() == ["3"])
    await session.close()
    change.check()
    #expect(!change.new.seen.contains { $0.hasPrefix("RUN b") })
  }

  // MARK: Members that go

  @Test func aMemberThatIsLostWithinAResultIsAvoided() async throws {
    let router = try ScriptedServer()
    let lost = try ScriptedServer()
    let other = try ScriptedServer()
    router.add(
      .login() + [
        .client("ROUTE …"), .table(write: [lost], read: [router], route: [router]),
      ] + .ping() + [
        .client("ROUTE …"), .table(write: [other], read: [router], route: [router]),
      ])
    lost.add(
      .login() + [
        .client("RUN a …"), .client("PULL …"), .success(["fields": ["x"]]), .record(1), .close,
      ])
    other.add(.login() + .statement("b") + .goodbye)
    let session = try await session(on: router, scheme: "neo4j")
    let result = try await session.run(StatementRequest("a"))
    var count = 0
    let error = await failure { () throws(Failure) in
      while let batch = try await result.next() { count += batch.count }
    }
    #expect(count == 1)
    #expect(error?.gqlStatus == "08007")
    #expect(try await Self.run(session, "b") == ["1"])
    await session.close()
    for server in [router, lost, other] { server.check() }
  }

  /// Whether the member is lost over a statement, or says that it does not have the database.
  @Test(
    arguments: [
      [.close], [.failure(unavailable), .client("RESET"), .ignored, .success()],
    ] as [[Step]])
  func aReadIsRepeatedOnceByAnotherMember(end: [Step]) async throws {
    let router = try ScriptedServer()
    let first = try ScriptedServer()
    let second = try ScriptedServer()
    router.add(
      .login() + [
        .client("ROUTE …"), .table(write: [router], read: [first], route: [router]),
        .client("ROUTE …"), .table(write: [router], read: [second], route: [router]),
      ] + .goodbye)
    let read: [Step] = [.client("RUN a {} {mode: 'r', db: 'neo4j'}"), .client("PULL …")]
    first.add(.login() + .ping() + read + end)
    second.add(
      .login() + read + [.success(["fields": ["x"]]), .record(2), .success()] + .goodbye)
    let session = try await session(on: router, scheme: "neo4j", accessMode: .read)
    #expect(try await Self.run(session, "a") == ["2"])
    await session.close()
    for server in [router, first, second] { server.check() }
  }

  @Test func theNextRouterIsAskedWhereOneIsLostOverIt() async throws {
    let first = try ScriptedServer()
    let second = try ScriptedServer()
    first.add(
      .login() + [
        .client("ROUTE …"),
        .table(write: [first], read: [first], route: [first, second], ttl: 0),
      ] + .ping() + [.client("ROUTE …"), .close])
    second.add(
      .login() + [.client("ROUTE …"), .table(write: [second], read: [second], route: [second])]
        + .statement("a") + .goodbye)
    let session = try await session(on: first, scheme: "neo4j")
    #expect(try await Self.run(session, "a") == ["1"])
    await session.close()
    first.check()
    second.check()
  }

  @Test func aRouterThatSaysNothingIsNotWaitedForForEver() async throws {
    let server = try ScriptedServer(.login() + [.client("ROUTE …"), .pause(30)])
    let start = ContinuousClock.now
    let error = await failure { () throws(Failure) in
      _ = try await session(
        on: server, scheme: "neo4j",
        options: options {
          $0.connectTimeoutSeconds = 0.3
          $0.fallsBackToDirect = false
        })
    }
    #expect(error?.code == "ServiceUnavailable")
    #expect(error?.message.contains("127.0.0.1:\(server.port)") == true)
    #expect(start.duration(to: .now) < .seconds(10))
    server.check()
  }
}
