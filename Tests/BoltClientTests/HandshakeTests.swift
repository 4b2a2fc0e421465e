import Bolt
import Diagnostics
import GraphValues
import QuerySession
import ServerKit
import Testing

@testable import BoltClient

@Suite struct HandshakeTests {
  private static let agent =
    "bolt_agent: {product: 'nacre/1', platform: '\(HostPlatform.name)', language: 'Swift'}"
  private static let token = "scheme: 'basic', principal: 'neo4j', credentials: 'pw'"

  /// The greeting by version, with the login where it is a message of its own.
  @Test(arguments: [
    (BoltVersion(5, 8), "HELLO {user_agent: 'nacre/1', \(agent)}", "LOGON {\(token)}"),
    (BoltVersion(5, 2), "HELLO {user_agent: 'nacre/1'}", "LOGON {\(token)}"),
    (BoltVersion(5, 0), "HELLO {user_agent: 'nacre/1', \(token)}", nil),
    (BoltVersion(4, 4), "HELLO {user_agent: 'nacre/1', patch_bolt: ['utc'], \(token)}", nil),
    (BoltVersion(4, 0), "HELLO {user_agent: 'nacre/1', \(token)}", nil),
  ])
  func greetsAsTheVersionWants(version: BoltVersion, hello: String, logon: String?) async throws {
    for wire in ScriptedServer.Wire.allCases {
      var script: [Step] = [
        .hello, .send([0, 0, version.minor, version.major]), .dialect(PackStreamDialect(version)),
        .client(hello),
      ]
      if let logon { script.append(.client(logon)) }
      script.append(.success(["server": "Neo4j/5.26.0", "connection_id": "bolt-1"]))
      if logon != nil { script.append(.success()) }
      let server = try ScriptedServer(script + .ping() + .goodbye, wire: wire)
      let session = try await session(on: server)
      #expect(session.protocolVersion == "\(version)")
      await session.close()
      server.check()
    }
  }

  @Test(arguments: ScriptedServer.Wire.allCases)
  func choosesTheNewestOfAList(wire: ScriptedServer.Wire) async throws {
    let server = try ScriptedServer(
      [
        .hello,
        .send([0, 0, 1, 0xFF, 2, 0, 2, 8, 5, 0, 0, 0, 6, 9]), .bytes([0, 0, 0, 6, 0]),
        .dialect(PackStreamDialect(BoltVersion(6, 0))), .client("HELLO …"), .client("LOGON …"),
        .success(["server": "Neo4j/2026.09.0"]), .success(),
      ] + .ping() + .goodbye, wire: wire)
    let session = try await session(on: server)
    #expect(session.protocolVersion == "6.0")
    await session.close()
    server.check()
  }

  @Test(
    arguments: [
      ([0, 0, 0, 0], "does not support any of the protocol versions"),
      ([], "does not support any of the protocol versions"),
      (Array("HTTP/1.1 400 Bad Request\r\n".utf8), "7474"),
      ([0, 0, 9, 9], "9.9"),
      // Too many entries, and a number that never ends.
      ([0, 0, 1, 0xFF] + [UInt8](repeating: 0x80, count: 8) + [0x40, 0], "makes no sense"),
      ([0, 0, 1, 0xFF] + [UInt8](repeating: 0xFF, count: 11), "makes no sense"),
      ([1, 2, 3, 4], "makes no sense"),
    ] as [([UInt8], String)])
  func saysWhyThereIsNoCommonVersion(answer: [UInt8], words: String) async throws {
    for wire in ScriptedServer.Wire.allCases {
      let server = try ScriptedServer([.hello, .send(answer), .close], wire: wire)
      let error = await failure { () throws(Failure) in _ = try await session(on: server) }
      #expect(error?.code == "ServiceUnavailable")
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
      server.check()
    }
  }

  @Test func tellsWhyTheServerRefusesTheUser() async throws {
    let server = try ScriptedServer([
      .hello, .send([0, 0, 8, 5]), .client("HELLO …"), .client("LOGON …"),
      .success(["server": "x"]),
      .server(
        .failure(
          (["neo4j_code": "Neo.ClientError.Security.Unauthorized", "message": "wrong"] as Sample)
            .map)),
      .close,
    ])
    let error = await failure { () throws(Failure) in _ = try await session(on: server) }
    #expect(error?.code == "Neo.ClientError.Security.Unauthorized")
    #expect(error?.message == "wrong")
    #expect(server.connectionCount == 1)
    server.check()
  }

  @Test func triesWithoutAUserWhereNobodyWasNamed() async throws {
    let server = try ScriptedServer([
      [
        .hello, .send([0, 0, 7, 5]), .client("HELLO …"),
        .client("LOGON {scheme: 'basic', principal: '', credentials: ''}"), .success(),
        .failure("FalkorDB.ClientError.Security.Unauthorized"), .close,
      ],
      [
        .hello, .send([0, 0, 7, 5]), .client("HELLO …"), .client("LOGON {scheme: 'none'}"),
        .success(), .success(),
      ] + .ping() + .goodbye,
    ])
    let session = try await session(on: server, credentials: .basic(user: "", password: ""))
    await session.close()
    server.check()
  }

  @Test func connectingHasADeadline() async throws {
    let server = try ScriptedServer([.hello, .pause(30)])
    let error = await failure { () throws(Failure) in
      _ = try await session(on: server, options: options { $0.connectTimeoutSeconds = 0.1 })
    }
    #expect(error?.code == "ServiceUnavailable")
    #expect(error?.message.contains("in time") == true)
    server.check()
  }

  @Test func tellsWhereNothingListens() async throws {
    let server = try ScriptedServer()
    server.check()
    for (scheme, words) in [
      ("bolt", "Unable to connect to 127.0.0.1:\(server.port)"), ("neo4j", "Connection refused"),
    ] {
      let error = await failure { () throws(Failure) in
        _ = try await session(on: server, scheme: scheme)
      }
      #expect(error?.code == "ServiceUnavailable")
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
  }

  @Test(arguments: ["bolt", "neo4j"])
  func aNameMayHaveSeveralAddressesOfWhichTheFirstIsDead(scheme: String) async throws {
    // The name stands for 127.0.0.1 as well, and for that first.
    guard let server = try? ScriptedServer([], host: "::1") else { return }
    let answer: Sample = [
      "rt": [
        "ttl": 300, "db": "neo4j",
        "servers": .init(
          ["ROUTE", "READ", "WRITE"].listOfRoles(at: "localhost:\(server.port)")),
      ]
    ]
    let route: [Step] = scheme == "bolt" ? [] : [.client("ROUTE …"), .success(answer)]
    server.add(.login() + route + .ping() + .statement("a") + .goodbye)
    let driver = RemoteDriver(
      address: try RemoteAddress(scheme: scheme, host: "localhost", port: server.port),
      options: options())
    let session = try await driver.connect(credentials: .none)
    #expect(try await session.run(StatementRequest("a")).rows() == ["1"])
    await session.close()
    server.check()
  }

  @Test(arguments: [
    ("Neo4j/v5.11.0 compatible graph database server - Memgraph", "bolt-1", ServerProduct.memgraph),
    ("Neo4j/5.13.0", "e0f0cde8-0f82-42b6-9797-2a7900169806", .falkorDB),
    ("Neo4j/5.13.0", "bolt-7", .neo4j), ("Neo4j/5.26.0 compatible (ArcadeDB)", "bolt-1", .neo4j),
    ("Neptune", "1", .unknown),
  ])
  func knowsProducts(agent: String, id: String, product: ServerProduct) {
    let greeting: Sample = [
      "server": Sample(stringLiteral: agent), "connection_id": Sample(stringLiteral: id),
    ]
    #expect(ServerProduct(greeting: greeting.map) == product)
  }

  @Test func asksForNoTelemetryAndIgnoresWhatItDoesNotKnow() async throws {
    let server = try ScriptedServer(
      .login(hints: ["telemetry.enabled": true, "connection.recv_timeout_seconds": 0, "x": "y"])
        + .ping() + .statement("RETURN 1") + .goodbye)
    let session = try await session(on: server)
    _ = try await session.run(StatementRequest("RETURN 1")).rows()
    await session.close()
    server.check()
  }

  @Test func whoIsToBeSomebodyElseIsNotThemselvesWhereThatCannotBe() async throws {
    // Before 4.4 nobody could act as somebody else: the server would not know of it.
    let server = try ScriptedServer(.login(BoltVersion(4, 3)) + .goodbye)
    let driver = RemoteDriver(
      address: try RemoteAddress(scheme: "bolt", host: "127.0.0.1", port: server.port),
      options: options())
    let error = await failure { () throws(Failure) in
      _ = try await driver.connect(credentials: .none, impersonatedUser: "bob")
    }
    #expect(error?.message.contains("4.4") == true, "\(error?.message ?? "")")
    server.check()
    #expect(!server.seen.contains { $0.hasPrefix("RUN") })
  }

  @Test func secretsStandInNoDescription() {
    let all: [RemoteCredentials] = [
      .basic(user: "neo4j", password: "s3cret"), .bearer(token: "s3cret"),
      .custom(scheme: "x", principal: "y", credentials: "s3cret"),
    ]
    for credentials in all {
      #expect(!"\(credentials)".contains("s3cret"))
      #expect(!String(reflecting: credentials).contains("s3cret"))
    }
  }
}
