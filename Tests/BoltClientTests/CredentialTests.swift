import Bolt
import Diagnostics
import GraphValues
import QuerySession
import ServerKit
import Testing

@testable import BoltClient

/// What a client does when who it is counts no more.
@Suite struct CredentialTests {
  private static let authorization = "Neo.ClientError.Security.AuthorizationExpired"
  private static let token = "Neo.ClientError.Security.TokenExpired"

  private static func run(
    _ session: RemoteSession, _ text: String
  ) async throws(Failure) -> [String] {
    try await session.run(StatementRequest(text)).rows()
  }

  private static func refused(_ text: String, _ code: String) -> [Step] {
    [
      .client("RUN \(text) …"), .client("PULL …"), .failure(code), .client("RESET"), .ignored,
      .success(),
    ]
  }

  /// Says hello and is refused.
  private static func loginRefused(_ code: String) -> [Step] {
    [
      .hello, .send([0, 0, 8, 5]), .client("HELLO …"), .client("LOGON …"), .success(),
      .failure(code), .close,
    ]
  }

  @Test func anExpiredTokenIsToldAndChangesNothingElse() async throws {
    let server = try ScriptedServer()
    server.add(
      .login() + [
        .client("ROUTE …"), .table(write: [server], read: [server], route: [server]),
      ] + .ping() + Self.refused("a", Self.token) + .statement("b") + .goodbye)
    let session = try await session(
      on: server, scheme: "neo4j", credentials: .bearer(token: "t"))
    let error = await failure { () throws(Failure) in _ = try await Self.run(session, "a") }
    #expect(error?.code == Self.token)
    #expect(try await Self.run(session, "b") == ["1"])
    await session.close()
    server.check()
    #expect(server.seen.contains("LOGON {scheme: 'bearer', credentials: 't'}"))
  }

  @Test func anExpiredTokenIsToldWhereAConnectionMustBeMadeAnew() async throws {
    let server = try ScriptedServer([
      .ready() + .statement("a") + [.close], Self.loginRefused(Self.token),
      Self.loginRefused(Self.token),
    ])
    let session = try await session(on: server, credentials: .bearer(token: "t"))
    _ = try await Self.run(session, "a")
    while session.connection?.isDead == false { await Task.yield() }
    for _ in 1...2 {
      let error = await failure { () throws(Failure) in _ = try await Self.run(session, "b") }
      #expect(error?.code == Self.token)
    }
    await session.close()
    server.check()
    #expect(!server.seen.contains { $0.hasPrefix("RUN b") })
  }

  @Test(arguments: [token, "Neo.ClientError.Security.Unauthorized"])
  func aMemberThatRefusesTheUserIsNoMemberThatIsGone(code: String) async throws {
    let router = try ScriptedServer()
    let writer = try ScriptedServer()
    router.add(
      .login() + [
        .client("ROUTE …"), .table(write: [writer], read: [router], route: [router]),
      ] + .ping() + .goodbye)
    writer.add(Self.loginRefused(code), .login() + .statement("a") + .goodbye)
    let session = try await session(on: router, scheme: "neo4j")
    let error = await failure { () throws(Failure) in _ = try await Self.run(session, "a") }
    #expect(error?.code == code)
    // The member may be asked again: it has not gone.
    #expect(try await Self.run(session, "a") == ["1"])
    await session.close()
    router.check()
    writer.check()
  }

  @Test(arguments: ["bolt", "neo4j"])
  func whoMustSayAnewWhoTheyAreConnectAnew(scheme: String) async throws {
    let server = try ScriptedServer()
    let route: [Step] =
      scheme == "bolt"
      ? []
      : [.client("ROUTE …"), .table(write: [server], read: [server], route: [server])]
    server.add(
      .login() + route + .ping() + Self.refused("a", Self.authorization) + .goodbye,
      .login() + .statement("b") + .goodbye)
    let session = try await session(on: server, scheme: scheme)
    // What may have written is not sent a second time by itself.
    let error = await failure { () throws(Failure) in _ = try await Self.run(session, "a") }
    #expect(error?.code == Self.authorization)
    #expect(try await Self.run(session, "b") == ["1"])
    await session.close()
    server.check()
    #expect(server.connectionCount == 2)
  }

  @Test(arguments: ["bolt", "neo4j"])
  func aReadIsRepeatedOnceByWhoHasSaidAnewWhoTheyAre(scheme: String) async throws {
    let server = try ScriptedServer()
    let route: [Step] =
      scheme == "bolt"
      ? []
      : [.client("ROUTE …"), .table(write: [server], read: [server], route: [server])]
    server.add(
      .login() + route + .ping() + Self.refused("a", Self.authorization) + .goodbye,
      .login() + .statement("a") + Self.refused("b", Self.authorization) + .goodbye,
      .login() + Self.refused("b", Self.authorization) + .goodbye)
    let session = try await session(on: server, scheme: scheme, accessMode: .read)
    #expect(try await Self.run(session, "a") == ["1"])
    let error = await failure { () throws(Failure) in _ = try await Self.run(session, "b") }
    #expect(error?.code == Self.authorization)
    await session.close()
    server.check()
  }
}
