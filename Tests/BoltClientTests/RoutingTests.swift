import Bolt
import Diagnostics
import GraphValues
import QuerySession
import ServerKit
import Testing

@testable import BoltClient

@Suite struct RoutingTests {
  private static let pings: [Step] = .ping()

  @Test func workGoesToTheMemberThatDoesIt() async throws {
    let router = try ScriptedServer()
    let writer = try ScriptedServer()
    let context = "{address: '127.0.0.1:\(router.port)', policy: 'eu'}"
    router.add(
      [
        .hello, .send([0, 0, 8, 5]), .client("HELLO {user_agent: 'nacre/1', bolt_agent: …"),
        .client("LOGON …"), .success(), .success(), .client("ROUTE \(context) [] {}"),
        .table(write: [writer], read: [router], route: [router]),
      ] + Self.pings)
    writer.add(
      .login() + [
        .client("RUN CREATE (n) {} {db: 'neo4j'}"), .client("PULL …"), .success(["fields": []]),
        .success(["bookmark": "b1"]),
      ] + .goodbye)
    let session = try await session(on: router, scheme: "neo4j", query: "policy=eu")
    #expect(session.database == "neo4j")
    _ = try await session.run(StatementRequest("CREATE (n)")).rows()
    await session.close()
    router.check()
    writer.check()
    #expect(router.seen[0].contains("routing: \(context)"))
    #expect(writer.seen[0].contains("routing: \(context)"))
  }

  @Test func aTableIsAskedForAgainWhenItsTimeIsOver() async throws {
    let server = try ScriptedServer()
    let route: [Step] = [
      .client("ROUTE …"), .table(write: [server], read: [server], route: [server], ttl: 0),
    ]
    server.add(
      .login() + route + Self.pings + route + .statement("a", end: ["bookmark": "b1"])
        + [.client("ROUTE {address: '127.0.0.1:\(server.port)'} [\"b1\"] {db: 'neo4j'}")]
        + route.dropFirst() + .statement("b") + .goodbye)
    let session = try await session(on: server, scheme: "neo4j")
    _ = try await session.run(StatementRequest("a")).rows()
    _ = try await session.run(StatementRequest("b")).rows()
    await session.close()
    server.check()
  }

  @Test func aTransactionStaysWhereItIsThoughTheTimeOfItsTableIsOver() async throws {
    let server = try ScriptedServer()
    let route: [Step] = [
      .client("ROUTE …"), .table(write: [server], read: [server], route: [server], ttl: 0),
    ]
    server.add(
      .login() + route + .ping() + route + [.client("BEGIN …"), .success()] + .statement("a")
        + .statement("b") + [.client("COMMIT"), .success()] + .goodbye)
    let session = try await session(on: server, scheme: "neo4j")
    try await session.begin()
    for text in ["a", "b"] { _ = try await session.run(StatementRequest(text)).rows() }
    try await session.commit()
    await session.close()
    server.check()
  }

  @Test func withoutReadersTheNextRouterIsAsked() async throws {
    let first = try ScriptedServer()
    let second = try ScriptedServer()
    // The first table makes the second server known; then both are asked.
    first.add(
      .login() + [
        .client("ROUTE …"),
        .table(write: [first], read: [first], route: [first, second], ttl: 0),
      ] + Self.pings + [.client("ROUTE …"), .table(write: [first], route: [first])])
    second.add(
      .login() + [
        .client("ROUTE …"),
        .table(write: [second], read: [second], route: [second]),
      ] + .statement("a") + .goodbye)
    let session = try await session(on: first, scheme: "neo4j")
    #expect(try await session.run(StatementRequest("a")).rows() == ["1"])
    await session.close()
    first.check()
    second.check()
  }

  @Test func withoutWritersReadingWorksAndWritingAsksOnceMore() async throws {
    let server = try ScriptedServer()
    let route: [Step] = [.client("ROUTE …"), .table(read: [server], route: [server])]
    server.add(.login() + route + Self.pings + route + route + Self.pings + .goodbye)
    let session = try await session(on: server, scheme: "neo4j")
    let error = await failure { () throws(Failure) in
      _ = try await session.run(StatementRequest("CREATE (n)"))
    }
    #expect(error?.code == "SessionExpired")
    #expect(error?.message.contains("write") == true)
    try await session.setAccessMode(.read)
    #expect(try await session.run(StatementRequest("CALL db.ping()")).rows() == ["true"])
    await session.close()
    server.check()
  }

  @Test func whoIsNotTheLeaderIsNotAskedToWriteAgain() async throws {
    let old = try ScriptedServer()
    let new = try ScriptedServer()
    old.add(
      .login() + [
        .client("ROUTE …"), .table(write: [old], read: [old], route: [old]),
      ] + Self.pings + [
        .client("RUN a …"), .client("PULL …"), .failure("Neo.ClientError.Cluster.NotALeader"),
        .client("RESET"), .ignored, .success(), .client("ROUTE …"),
        .table(write: [new], read: [old], route: [old]),
      ])
    new.add(.login() + .statement("b") + .goodbye)
    let session = try await session(on: old, scheme: "neo4j")
    let error = await failure { () throws(Failure) in
      _ = try await session.run(StatementRequest("a"))
    }
    #expect(error?.code == "Neo.ClientError.Cluster.NotALeader")
    #expect(try await session.run(StatementRequest("b")).rows() == ["1"])
    await session.close()
    old.check()
    new.check()
    #expect(!new.seen.contains { $0.hasPrefix("RUN a") })
  }

  @Test func aMemberThatCannotBeReachedIsPassedOver() async throws {
    let server = try ScriptedServer()
    let gone = try ScriptedServer()
    gone.check()
    server.add(
      .login() + [
        .client("ROUTE …"),
        .table(write: [gone, server], read: [gone, server], route: [gone, server]),
      ] + Self.pings + .statement("a") + .goodbye)
    let session = try await session(on: server, scheme: "neo4j")
    #expect(try await session.run(StatementRequest("a")).rows() == ["1"])
    await session.close()
    server.check()
  }

  @Test(arguments: [
    ("Neo.ClientError.Database.DatabaseNotFound", "does not exist"),
    ("Neo.ClientError.Security.Unauthorized", "no"),
    ("Neo.ClientError.Transaction.InvalidBookmark", "no"),
  ])
  func someAnswersAreFinal(code: String, words: String) async throws {
    let server = try ScriptedServer(.login() + [.client("ROUTE …"), .failure(code)])
    let error = await failure { () throws(Failure) in
      _ = try await session(on: server, scheme: "neo4j", database: "foo")
    }
    #expect(error?.code == code, "\(error?.message ?? "")")
    #expect(error?.message.contains(words) == true)
    #expect(server.connectionCount == 1)
    server.check()
  }

  @Test(
    arguments: [
      .failure("66"), .failure("Neo.ClientError.Procedure.ProcedureNotFound"), .success(),
      .success(["rt": ["ttl": 1, "servers": []]]),
      .success([
        "rt": [
          "servers": [
            ["role": "ROUTE", "addresses": ["127.0.0.1:1"]],
            ["role": "READ", "addresses": ["127.0.0.1:1"]],
            ["role": "WRITE", "addresses": ["127.0.0.1:1"]],
          ]
        ]
      ]),
    ] as [Step])
  func goesOnDirectlyWhereThereIsNoRouting(answer: Step) async throws {
    let notices = Notices()
    let server = try ScriptedServer()
    var script: [Step] = .login() + [.client("ROUTE …"), answer]
    if case .server(.success(let metadata)) = answer, case .map(let table)? = metadata["rt"],
      table["ttl"] == nil
    {
      // Nobody in the table can be reached: it is asked for once more.
      script += [.client("ROUTE …"), answer]
      server.add(script + Self.pings + .statement("a") + .goodbye)
    } else {
      server.add(script)
      server.add(.login() + Self.pings + .statement("a") + .goodbye)
    }
    let session = try await session(on: server, scheme: "neo4j", options: options(notices))
    #expect(try await session.run(StatementRequest("a")).rows() == ["1"])
    let address = "127.0.0.1:\(server.port)"
    #expect(notices.all == [.fellBack(from: "neo4j://\(address)", to: "bolt://\(address)")])
    await session.close()
    server.check()
  }

  @Test func beforeRouteThereWasAProcedure() async throws {
    let server = try ScriptedServer()
    server.add(
      .login(BoltVersion(4, 2)) + [
        .client(
          "RUN CALL dbms.routing.getRoutingTable($context, $database) "
            + "{context: {address: '127.0.0.1:\(server.port)'}, database: null} "
            + "{db: 'system', mode: 'r'}"), .client("PULL {n: -1}"),
        .success(["fields": ["ttl", "servers"]]),
        .server(
          .record([
            .integer(300),
            ["READ", "WRITE", "ROUTE"].listOfRoles(at: "127.0.0.1:\(server.port)"),
          ])), .success(),
      ] + Self.pings + .goodbye)
    let session = try await session(on: server, scheme: "neo4j")
    await session.close()
    server.check()
  }

  @Test func anExpiredPasswordCanBeChangedWithoutATable() async throws {
    let expired = "Neo.ClientError.Security.CredentialsExpired"
    let change = "ALTER CURRENT USER SET PASSWORD FROM $o TO $n"
    let server = try ScriptedServer([
      .login(logon: ["credentials_expired": true]) + [.client("ROUTE …"), .failure(expired)],
      .login(logon: ["credentials_expired": true]) + [
        .client("RUN CALL db.ping() …"), .client("PULL …"), .failure(expired), .client("RESET"),
        .ignored, .success(), .client("RUN \(change) …"), .client("PULL …"),
        .success(["fields": []]), .success(["type": "s"]),
      ] + .goodbye,
    ])
    let session = try await session(on: server, scheme: "neo4j", database: "system")
    _ = try await session.run(
      StatementRequest(
        change, parameters: MapValue([("o", .string("old")), ("n", .string("new"))]))
    ).summary()
    await session.close()
    server.check()
  }

  @Test func sessionsOfOneDriverShareTablesAndBookmarks() async throws {
    let server = try ScriptedServer()
    server.add(
      .login() + [
        .client("ROUTE …"), .table(write: [server], read: [server], route: [server]),
      ] + Self.pings + .statement("a", end: ["bookmark": "b1"]) + .goodbye)
    // A second session asks for no table where the database is named.
    server.add(
      .login() + [.client("RUN CALL db.ping() {} {bookmarks: ['b1'], mode: 'r', db: 'neo4j'}")]
        + Self.pings.dropFirst() + .goodbye)
    let driver = RemoteDriver(
      address: try RemoteAddress(scheme: "neo4j", host: "127.0.0.1", port: server.port),
      options: options())
    let first = try await driver.connect(credentials: .none)
    _ = try await first.run(StatementRequest("a")).rows()
    await first.close()
    let second = try await driver.connect(credentials: .none, database: "neo4j")
    await second.close()
    server.check()
  }
}

extension [String] {
  /// One member in all of these roles.
  func listOfRoles(at address: String) -> Value {
    .list(
      map {
        .map(MapValue([("role", .string($0)), ("addresses", .list([.string(address)]))]))
      })
  }
}

@Suite struct RoutingTableTests {
  private static let a = ServerEndpoint(host: "a", port: 7687)
  private static let b = ServerEndpoint(host: "b", port: 7687)

  private static func table(ttl: Int64 = 10, now: ContinuousClock.Instant) throws -> RoutingTable {
    let metadata: Sample = [
      "rt": [
        "ttl": Sample(integerLiteral: ttl), "db": "movies",
        "servers": [
          ["role": "ROUTE", "addresses": ["a", "b:7687", "a"]], ["role": "x", "addresses": ["c"]],
          ["role": "WRITE", "addresses": ["a"]], ["role": "READ", "addresses": ["b", "[", "b:0"]],
        ],
      ]
    ]
    return try RoutingTable(metadata: metadata.map, now: now)
  }

  @Test func readsTolerantly() throws {
    let now = ContinuousClock.now
    let table = try Self.table(now: now)
    #expect(table.routers == [Self.a, Self.b])
    #expect(table.readers == [Self.b])
    #expect(table.writers == [Self.a])
    #expect(table.isFresh(for: .write, now: now.advanced(by: .seconds(9))))
    #expect(!table.isFresh(for: .write, now: now.advanced(by: .seconds(10))))
    let endless = try Self.table(ttl: .max, now: now)
    #expect(endless.isFresh(for: .read, now: now.advanced(by: .seconds(1_000_000))))
  }

  @Test(arguments: [
    ("Neo.TransientError.General.DatabaseUnavailable", RoutingTables.Consequence.forget, [], []),
    ("Neo.ClientError.Cluster.NotALeader", .demote, [a, b], []),
    ("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", .demote, [a, b], []),
    ("Neo.ClientError.Security.AuthorizationExpired", .authenticate, [a, b], [a]),
    ("Neo.ClientError.General.DatabaseUnavailable", .none, [a, b], [a]),
    ("Neo.ClientError.Security.TokenExpired", .none, [a, b], [a]),
  ])
  func errorsChangeTables(
    code: String, consequence: RoutingTables.Consequence, routers: [ServerEndpoint],
    writers: [ServerEndpoint]
  ) throws {
    let now = ContinuousClock.now
    var tables = RoutingTables()
    tables.insert(try Self.table(now: now), for: "", now: now)
    #expect(tables.note(code: code, from: Self.a, database: "movies") == consequence)
    let expected = consequence == .forget ? [Self.b] : routers
    #expect(tables.table(of: "movies")?.routers == expected)
    #expect(tables.table(of: "movies")?.writers == writers)
  }

  @Test func oldTablesAreForgotten() throws {
    let now = ContinuousClock.now
    var tables = RoutingTables()
    tables.insert(try Self.table(now: now), for: "movies", now: now)
    let later = now.advanced(by: .seconds(41))
    tables.insert(try Self.table(now: later), for: "other", now: later)
    #expect(tables.table(of: "other") != nil)
    #expect(tables.mentions(Self.a))
  }
}
