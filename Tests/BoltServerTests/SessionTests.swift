import Bolt
import GraphValues
import Testing

@testable import BoltServer

/// Who is there: HELLO, LOGON, LOGOFF, ROUTE, TELEMETRY, GOODBYE.
@Suite struct SessionTests {
  private let v58 = BoltVersion(5, 8)

  private func basic(_ user: String, _ password: String) -> ClientMessage {
    .logon(
      MapValue([
        ("scheme", .string("basic")), ("principal", .string(user)),
        ("credentials", .string(password)),
      ]))
  }

  private func greeted(_ server: TestServer, _ version: BoltVersion) throws -> TestClient {
    let client = try server.connect()
    client.version = version
    try client.handshake(version)
    try client.send(.hello(TestClient.hello))
    #expect(try client.reply().isSuccess)
    return client
  }

  @Test("HELLO tells the server's name, the connection's and the hints")
  func hello() async throws {
    let server = try TestServer()
    let client = try server.connect()
    try client.handshake(v58)
    try client.send(.hello(TestClient.hello), .logon(MapValue()))
    let map = try #require(try client.reply().metadata)
    #expect(map.text("server")?.hasPrefix("Neo4j/") == true)
    #expect(map.text("connection_id")?.hasPrefix("bolt-") == true)
    #expect(map.map("hints")?.integer("connection.recv_timeout_seconds") == 120)
    #expect(map.map("hints")?.truth("ssr.enabled") == true)
    #expect(map["protocol_version"] == nil)
    #expect(try client.reply().metadata?.text("advertised_address") == server.listener.address)
    await server.stop()
  }

  @Test("right and wrong passwords")
  func passwords() async throws {
    let server = try TestServer(requiresAuthentication: true)
    let right = try greeted(server, v58)
    try right.send(basic("neo4j", "secret"))
    #expect(try right.reply().isSuccess)
    for logon in [
      basic("neo4j", "wrong"), .logon(MapValue()),
      .logon(MapValue([("scheme", .string("kerberos"))])),
    ] {
      let client = try greeted(server, v58)
      try client.send(logon)
      let reply = try client.reply()
      #expect(reply.code == "ClientError.Security.Unauthorized")
      #expect(reply.metadata?.text("gql_status") == "42NFF")
      #expect(try client.reply().isClosed)
    }
    await server.stop()
  }

  @Test("after three wrong passwords even the right one must wait")
  func rateLimit() async throws {
    let server = try TestServer(requiresAuthentication: true)
    var codes: [String] = []
    for password in ["a", "b", "c", "d", "secret"] {
      let client = try greeted(server, v58)
      try client.send(basic("neo4j", password))
      codes.append(try client.reply().code ?? "")
    }
    #expect(codes.prefix(3).allSatisfy { $0 == "ClientError.Security.Unauthorized" })
    #expect(codes.suffix(2).allSatisfy { $0 == "ClientError.Security.AuthenticationRateLimit" })
    await server.stop()
  }

  @Test("an expired password allows nothing but its change")
  func expired() async throws {
    let server = try TestServer(requiresAuthentication: true)
    let client = try greeted(server, v58)
    try client.send(basic("neo4j", "expired"))
    #expect(try client.reply().metadata?.truth("credentials_expired") == true)
    try client.send(.run("RETURN 1 AS n"))
    #expect(try client.reply().code == "ClientError.Security.CredentialsExpired")
    try client.send(.reset)
    #expect(try client.reply().isSuccess)
    try client.send(.run("alter  current user SET PASSWORD"))
    #expect(try client.reply().code == "ClientError.Statement.SyntaxError")
    await server.stop()
  }

  @Test("who has logged off gets nothing done, with or without RESET")
  func loggedOff() async throws {
    let server = try TestServer(requiresAuthentication: true)
    for messages: [ClientMessage] in [
      [.logoff, .reset, .run("CREATE"), .pullAll], [.logoff, .run("CREATE"), .pullAll],
      [.logoff, .reset, .begin, .run("CREATE"), .commit],
      [.logoff, basic("neo4j", "wrong"), .reset, .run("CREATE"), .pullAll],
      [.logoff, .route(context: MapValue(), bookmarks: [], extra: MapValue())],
    ] {
      for password in ["secret", "expired"] {
        let client = try greeted(server, v58)
        try client.send(basic("neo4j\(messages.count)", password))
        #expect(try client.reply().isSuccess)
        var isClosed = false
        for message in messages where !isClosed {
          try client.send(client.encoded([message]))
          isClosed = try client.reply().isClosed
        }
        #expect(try isClosed || client.reply().isClosed)
      }
    }
    #expect(server.service.nodes == 0)
    await server.stop()
  }

  @Test("a RESET does not let an expired password through")
  func expiredAfterReset() async throws {
    let server = try TestServer(requiresAuthentication: true)
    let client = try greeted(server, v58)
    try client.send(basic("neo4j", "expired"))
    #expect(try client.reply().isSuccess)
    for message in [ClientMessage.run("CREATE"), .begin, .run("CREATE")] {
      try client.send(message)
      #expect(try client.reply().code == "ClientError.Security.CredentialsExpired")
      try client.send(.pullAll, .reset)
      #expect(try client.replies(2).map(\.isSuccess) == [false, true])
    }
    #expect(server.service.nodes == 0)
    await server.stop()
  }

  @Test("up to 5.0 HELLO carries the credentials")
  func oldHello() async throws {
    let server = try TestServer(requiresAuthentication: true)
    let version = BoltVersion(4, 4)
    for (password, isRight) in [("secret", true), ("wrong", false)] {
      let client = try server.connect()
      client.version = version
      try client.handshake(version)
      var hello = TestClient.hello
      hello["scheme"] = .string("basic")
      hello["principal"] = .string("neo4j")
      hello["credentials"] = .string(password)
      try client.send(.hello(hello))
      let reply = try client.reply()
      #expect(reply.isSuccess == isRight)
      if !isRight {
        #expect(Set(reply.metadata?.keys ?? []) == ["code", "message"])
        #expect(try client.reply().isClosed)
      }
    }
    await server.stop()
  }

  @Test("the utc patch changes how date-times are written")
  func utcPatch() async throws {
    let server = try TestServer()
    let version = BoltVersion(4, 4)
    let moment = Value.zonedDateTime(
      ZonedDateTime(epochSecond: 4500, nanosecond: 42, offsetSeconds: 3600, zoneName: nil))
    for patches in [["utc"], []] {
      let client = try server.connect()
      client.version = version
      try client.handshake(version)
      var hello = TestClient.hello
      if !patches.isEmpty { hello["patch_bolt"] = .list(patches.map { .string($0) }) }
      try client.send(.hello(hello))
      let accepted = try client.reply().metadata?["patch_bolt"]
      #expect((accepted == nil) == patches.isEmpty)
      var writer = PackStreamWriter(PackStreamDialect(version, patchedUTC: !patches.isEmpty))
      writer.write(.run("ECHO", MapValue([("x", moment)])))
      writer.write(.pullAll)
      try client.send(writer.take())
      #expect(try client.reply().isSuccess)
      let expected =
        patches.isEmpty
        ? "000C B17191 B346C91FA42AC90E10 0000" : "000C B17191 B349C911942AC90E10 0000"
      let bytes = TestClient.bytes(expected)
      #expect(try client.raw(bytes.count) == bytes)
    }
    await server.stop()
  }

  @Test("messages at the wrong time end the connection")
  func misplaced() async throws {
    let server = try TestServer()
    let early = try server.connect()
    try early.handshake(v58)
    try early.send(.run("RETURN 1 AS n"))
    #expect(try early.reply().code == "ClientError.Request.Invalid")
    #expect(try early.reply().isClosed)
    for messages: [ClientMessage] in [
      [.hello(TestClient.hello)], [.pullAll], [.commit], [.begin, .begin],
      [.logoff, .run("RETURN 1 AS n")],
      [.begin, .telemetry(1)],
    ] {
      let client = try server.up()
      try client.send(client.encoded(messages))
      for _ in messages.dropLast() { #expect(try client.reply().isSuccess) }
      let reply = try client.reply()
      #expect(reply.code == "ClientError.Request.Invalid")
      #expect(reply.metadata?.map("cause")?.text("gql_status") == "08N10")
      #expect(try client.reply().isClosed)
    }
    await server.stop()
  }

  @Test("another user can log on and work in one go")
  func relogon() async throws {
    let server = try TestServer()
    let client = try server.up()
    try client.send(.logoff, .logon(MapValue()), .run("RETURN 1 AS n"), .pullAll)
    let replies = try client.replies(5)
    #expect(replies.map(\.isSuccess) == [true, true, true, false, true])
    await server.stop()
  }

  @Test("telemetry is taken and forgotten")
  func telemetry() async throws {
    let server = try TestServer()
    let client = try server.up(BoltVersion(5, 6))
    try client.send(.telemetry(2), .telemetry(9))
    #expect(try client.reply().isSuccess)
    #expect(try client.reply().code != nil)
    await server.stop()
  }

  @Test("ROUTE names this server in all roles, by the name that the client used")
  func route() async throws {
    let server = try TestServer()
    let client = try server.up()
    let context = MapValue([("address", .string("localhost:7687"))])
    try client.send(.route(context: context, bookmarks: [], extra: MapValue()))
    let table = try #require(try client.reply().metadata?.map("rt"))
    #expect(table.integer("ttl") == 300)
    #expect(table.text("db") == "neo4j")
    let servers = (table.list("servers") ?? []).compactMap {
      if case .map(let map) = $0 { map } else { nil }
    }
    #expect(Set(servers.compactMap { $0.text("role") }) == ["READ", "WRITE", "ROUTE"])
    for entry in servers {
      guard case .string("localhost:7687")? = entry.list("addresses")?.first else {
        Issue.record("another address")
        continue
      }
    }
    try client.send(
      .route(context: context, bookmarks: [], extra: MapValue([("db", .string("nosuch"))])))
    #expect(try client.reply().code == "ClientError.Database.DatabaseNotFound")
    await server.stop()
  }

  @Test("GOODBYE ends the connection without a word")
  func goodbye() async throws {
    let server = try TestServer()
    let client = try server.up()
    try client.send(.goodbye)
    #expect(try client.isHungUp())
    await server.stop()
    #expect(server.service.openSessions == 0)
  }

  @Test("others than this machine are not listened to without authentication")
  func openToOthers() async throws {
    #expect(throws: (any Error).self) { try TestServer { $0.host = "0.0.0.0" } }
    let server = try TestServer(requiresAuthentication: true) { $0.host = "0.0.0.0" }
    await server.stop()
  }

  @Test("connections that their clients left leave nothing behind")
  func nothingStays() async throws {
    weak var service: ScriptedService?
    do {
      let server = try TestServer()
      service = server.service
      for _ in 0..<3 {
        let greeted = try server.connect()
        try greeted.handshake(BoltVersion(5, 8))
        _ = try server.up()
      }
      await server.stop()
    }
    // The loop's thread lets go a moment later.
    for _ in 0..<5_000 where service != nil { try await Task.sleep(for: .milliseconds(1)) }
    #expect(service == nil)
  }
}
