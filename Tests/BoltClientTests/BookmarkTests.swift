import Bolt
import Diagnostics
import GraphValues
import QuerySession
import ServerKit
import Testing

@testable import BoltClient

/// Which states a client asks to see.
@Suite struct BookmarkTests {
  /// A statement that must ask for these states, with its answer.
  private static func statement(
    _ text: String, sees bookmarks: String, in database: String, makes bookmark: Sample = nil
  ) -> [Step] {
    let seen = bookmarks.isEmpty ? "" : "bookmarks: [\(bookmarks)], "
    return [
      .client("RUN \(text) {} {\(seen)db: '\(database)'}"), .client("PULL …"),
      .success(["fields": []]), .success(["type": "w", "bookmark": bookmark]),
    ]
  }

  private static func run(_ session: RemoteSession, _ text: String) async throws(Failure) {
    _ = try await session.run(StatementRequest(text)).rows()
  }

  @Test func eachDatabaseHasItsOwnAndThoseOfSystemCountEverywhere() async throws {
    let server = try ScriptedServer(
      .login() + .ping("a") + Self.statement("1", sees: "", in: "a", makes: "a1")
        + Self.statement("2", sees: "'a1'", in: "a", makes: "a2") + .ping("b")
        + Self.statement("3", sees: "", in: "b", makes: "b1") + .ping("system")
        + Self.statement("4", sees: "", in: "system", makes: "s1")
        + Self.statement("5", sees: "'s1'", in: "system", makes: "s2") + .ping("a")
        + Self.statement("6", sees: "'a2', 's2'", in: "a", makes: "a3") + .ping("b")
        + Self.statement("7", sees: "'b1', 's2'", in: "b") + .goodbye)
    let session = try await session(on: server, database: "a")
    for (database, texts) in [
      ("a", ["1", "2"]), ("b", ["3"]), ("system", ["4", "5"]), ("a", ["6"]), ("b", ["7"]),
    ] {
      if session.database != database { try await session.use(database: database) }
      for text in texts { try await Self.run(session, text) }
    }
    #expect(session.bookmarks == ["b1", "s2"])
    await session.close()
    server.check()
  }

  @Test func onlyWhatIsCommittedCounts() async throws {
    let begin: [Step] = [.client("BEGIN {bookmarks: ['a1'], db: 'a'}"), .success()]
    let server = try ScriptedServer(
      .login() + .ping("a") + Self.statement("1", sees: "", in: "a", makes: "a1") + begin
        + .statement("2", end: ["bookmark": "no"]) + [.client("ROLLBACK"), .success()] + [
          .client("RUN 3 …"), .client("PULL …"), .failure("Neo.ClientError.Statement.SyntaxError"),
          .client("RESET"), .ignored, .success(),
        ] + begin + [.client("COMMIT"), .success(["bookmark": "a2"])]
        + Self.statement("4", sees: "'a2'", in: "a", makes: "")
        + Self.statement("5", sees: "'a2'", in: "a") + .goodbye)
    let session = try await session(on: server, database: "a")
    try await Self.run(session, "1")
    try await session.begin()
    try await Self.run(session, "2")
    try await session.rollback()
    let error = await failure { () throws(Failure) in try await Self.run(session, "3") }
    #expect(error?.code == "Neo.ClientError.Statement.SyntaxError")
    try await session.begin()
    try await session.commit()
    try await Self.run(session, "4")
    try await Self.run(session, "5")
    #expect(session.bookmarks == ["a2"])
    await session.close()
    server.check()
  }

  @Test func oneMemberOfAClusterSeesWhatAnotherHasDone() async throws {
    let router = try ScriptedServer()
    let writer = try ScriptedServer()
    router.add(
      .login() + [
        .client("ROUTE …"), .table(write: [writer], read: [router], route: [router]),
      ] + .ping() + [
        .client("RUN 2 {} {bookmarks: ['w1'], mode: 'r', db: 'neo4j'}"), .client("PULL …"),
        .success(["fields": []]), .success(["bookmark": "r1"]),
      ] + .goodbye)
    writer.add(
      .login() + Self.statement("1", sees: "", in: "neo4j", makes: "w1")
        + Self.statement("3", sees: "'r1'", in: "neo4j") + .goodbye)
    let session = try await session(on: router, scheme: "neo4j")
    for (mode, text) in [(AccessMode.write, "1"), (.read, "2"), (.write, "3")] {
      try await session.setAccessMode(mode)
      try await Self.run(session, text)
    }
    await session.close()
    router.check()
    writer.check()
  }
}
