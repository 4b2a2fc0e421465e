import Bolt
import GraphValues
import Network
import QuerySession
import Synchronization
import Testing

@testable import BoltServer

/// Statements, results, transactions, and what interrupts them.
@Suite struct QueryTests {
  private func replies(
    _ server: TestServer, _ segments: Segments = .whole, _ messages: ClientMessage...
  )
    throws -> [Reply]
  {
    let client = try server.up(BoltVersion(5, 8), segments)
    try client.send(client.encoded(messages))
    var all: [Reply] = []
    for _ in messages { all += try client.answer() }
    return all
  }

  @Test("a statement's columns, records and summary", arguments: Segments.allCases)
  func oneRecord(_ segments: Segments) async throws {
    let server = try TestServer()
    let client = try server.up(BoltVersion(5, 8), segments)
    try client.send(hex: "0012B3108D52455455524E2031204153206EA0A00000 0006B13FA1816EFF0000")
    let run = try #require(try client.reply().metadata)
    #expect(run.list("fields")?.count == 1)
    #expect(run.text("db") == "neo4j")
    #expect(try client.raw(8) == TestClient.bytes("0004B17191010000"))
    let summary = try #require(try client.reply().metadata)
    #expect(summary.text("type") == "r")
    #expect(summary.text("bookmark") == "scripted:0")
    #expect(summary.text("db") == "neo4j")
    guard case .map(let status)? = summary.list("statuses")?.first else {
      Issue.record("no status")
      return
    }
    #expect(status.text("gql_status") == "00000")
    await server.stop()
  }

  @Test(
    "pages have as many records as were asked for, and the last says so",
    arguments: [(5, 2, [2, 2, 1]), (5, 5, [5]), (6, 3, [3, 3]), (0, 4, [0]), (7, 100, [7])])
  func pages(_ rows: Int, _ size: Int, _ expected: [Int]) async throws {
    let server = try TestServer()
    let client = try server.up()
    try client.send(.run("ROWS \(rows)"))
    _ = try client.reply()
    for (page, count) in expected.enumerated() {
      try client.send(.pull(size))
      let answer = try client.answer()
      #expect(answer.count == count + 1)
      let isLast = page == expected.count - 1
      #expect((answer.last?.metadata?.truth("has_more") == true) != isLast)
      #expect((answer.last?.metadata?.text("type") != nil) == isLast)
    }
    await server.stop()
  }

  @Test("DISCARD runs the statement all the same")
  func discard() async throws {
    let server = try TestServer()
    let client = try server.up()
    try client.send(
      .run("CREATE"), .discard(StreamDemand()), .run("ROWS 5"), .discard(StreamDemand(count: 2)),
      .pullAll)
    _ = try client.reply()
    let summary = try #require(try client.reply().metadata?.map("stats"))
    #expect(summary.integer("nodes-created") == 1)
    #expect(summary.integer("labels-added") == 1)
    #expect(summary.truth("contains-updates") == true)
    #expect(server.service.nodes == 1)
    _ = try client.reply()
    #expect(try client.reply().metadata?.truth("has_more") == true)
    #expect(try client.answer().compactMap(\.integer) == [3, 4, 5])
    await server.stop()
  }

  @Test("a demand for no or fewer records fails, and RESET recovers")
  func badDemands() async throws {
    let server = try TestServer()
    for metadata in [
      MapValue([("n", .integer(0))]), MapValue([("n", .integer(-2))]), MapValue(),
      MapValue([("n", .integer(-1)), ("qid", .integer(7))]),
    ] {
      let client = try server.up()
      var writer = PackStreamWriter(PackStreamDialect(client.version))
      writer.write(.run("ROWS 3"))
      var pull = PackStreamWriter(PackStreamDialect(client.version))
      pull.writeStructure(0x3F, count: 1)
      pull.write(metadata)
      var bytes = writer.take()
      ChunkWriter.append(pull.take(), to: &bytes)
      bytes += client.encoded([.pullAll])
      try client.send(bytes)
      #expect(try client.reply().isSuccess)
      #expect(try client.reply().code?.hasPrefix("ClientError.Request.Invalid") == true)
      #expect(try client.reply().isIgnored)
      try client.send(.reset, .run("RETURN 1 AS n"), .pullAll)
      #expect(try client.replies(2).allSuccesses)
      #expect(try client.reply().integer == 1)
      client.connection.close()
    }
    await server.stop()
  }

  @Test("a failure is told with its chain from 5.7 on, and what follows is ignored")
  func failure() async throws {
    let server = try TestServer()
    for version in [BoltVersion(5, 8), BoltVersion(5, 6), BoltVersion(4, 4)] {
      let client = try server.up(version)
      try client.send(.run("OOPS"), .pullAll)
      let failure = try #require(try client.reply().metadata)
      if version.hasGQLFailures {
        #expect(failure.text("gql_status") == "42001")
        #expect(failure.map("cause")?.text("gql_status") == "42I06")
        #expect(
          failure.map("cause")?.map("diagnostic_record")?.map("_position")?.integer("line") == 1)
      } else {
        #expect(Set(failure.keys) == ["code", "message"])
      }
      #expect(try client.reply().isIgnored)
      try client.send(.reset, .reset, .reset)
      #expect(try client.replies(3).allSuccesses)
    }
    await server.stop()
  }

  @Test("records in front of a failure arrive")
  func lateFailure() async throws {
    let server = try TestServer()
    let all = try replies(server, .whole, .run("BREAKS 4"), .pullAll)
    #expect(all.compactMap(\.integer) == [1, 2, 3, 4])
    #expect(all[5].code == "ClientError.Statement.ArithmeticError")
    await server.stop()
  }

  @Test(
    "results of a transaction are read in any order, and need not be read",
    arguments: Segments.allCases)
  func severalResults(_ segments: Segments) async throws {
    let server = try TestServer()
    let client = try server.up(BoltVersion(5, 8), segments)
    try client.send(
      .begin, .run("ROWS 7"), .run("ROWS 2"), .pull(2, 0), .pull(1, 1), .pull(5, 0), .pullAll,
      .run("ROWS 9"), .commit)
    #expect(try client.reply().isSuccess)
    #expect(try client.reply().metadata?.integer("qid") == 0)
    #expect(try client.reply().metadata?.integer("qid") == 1)
    #expect(try client.answer().compactMap(\.integer) == [1, 2])
    #expect(try client.answer().compactMap(\.integer) == [1])
    #expect(try client.answer().compactMap(\.integer) == [3, 4, 5, 6, 7])
    #expect(try client.answer().compactMap(\.integer) == [2])
    #expect(try client.reply().metadata?.integer("qid") == 2)
    #expect(try client.reply().metadata?.text("bookmark") == "scripted:1")
    await server.stop()
  }

  @Test("open results share a connection's memory, long strings as well as many rows")
  func openResultsAreBounded() async throws {
    let server = try TestServer { $0.connectionMemoryBytes = 1 << 20 }
    // Two results of rows fit, one of strings; each is read when the next statement comes.
    for (statement, wanted) in [("ROWS 20000", "ssssf"), ("BIG 60", "sssfi")] {
      let client = try server.up()
      try client.send(.begin, .run(statement), .run(statement), .run(statement), .run("ROWS 1"))
      let states = try (0..<5).map { _ in try client.reply() }
      let found = states.map { $0.isSuccess ? "s" : $0.isIgnored ? "i" : "f" }.joined()
      #expect(found == wanted)
    }
    await server.stop()
  }

  @Test("transactions commit, roll back, and fail as a whole")
  func transactions() async throws {
    let server = try TestServer()
    _ = try replies(server, .whole, .begin, .run("CREATE"), .pullAll, .rollback)
    #expect(server.service.nodes == 0)
    let failed = try replies(
      server, .whole, .begin, .run("CREATE"), .pullAll, .run("OOPS"), .pullAll, .commit)
    #expect(failed.map { $0.isSuccess ? "s" : $0.isIgnored ? "i" : "f" }.joined() == "sssfii")
    #expect(server.service.nodes == 0)
    _ = try replies(server, .whole, .begin, .run("CREATE"), .run("CREATE"), .commit)
    #expect(server.service.nodes == 2)
    await server.stop()
  }

  @Test("what a client asks of a transaction reaches the session")
  func options() async throws {
    let server = try TestServer()
    let extra = MapValue([
      ("mode", .string("r")), ("tx_timeout", .integer(1500)),
      ("tx_metadata", .map(MapValue([("app", .string("t"))]))),
      ("bookmarks", .list([.string("b1")])), ("db", .string("OTHER")),
    ])
    let all = try replies(server, .whole, .run("CREATE", MapValue(), extra), .pullAll)
    #expect(all[0].code == "ClientError.Statement.AccessMode")
    let (options, databases) = server.service.state.withLock { ($0.options[0], $0.databases) }
    #expect(options.timeoutMilliseconds == 1500)
    #expect(options.bookmarks == ["b1"])
    #expect(options.metadata.text("app") == "t")
    #expect(options.accessMode == .read)
    #expect(databases == ["other"])
    await server.stop()
  }

  @Test(
    "what cannot be met is refused",
    arguments: [
      ("mode", Value.string("x"), "ClientError.Request.Invalid"),
      ("db", .string("nosuch"), "ClientError.Database.DatabaseNotFound"),
      ("imp_user", .string("bob"), "ClientError.Statement.ArgumentError"),
      ("notifications_minimum_severity", .string("LOUD"), "ClientError.Request.Invalid"),
    ])
  func refused(_ key: String, _ value: Value, _ code: String) async throws {
    let server = try TestServer()
    let extra = MapValue([(key, value)])
    for message: ClientMessage in [.run("RETURN 1 AS n", MapValue(), extra), .begin(extra)] {
      let all = try replies(server, .whole, message, .pullAll)
      #expect(all[0].code == code)
      #expect(all[1].isIgnored)
    }
    await server.stop()
  }

  @Test("RESET stops what runs, and what waits in front of it is ignored")
  func reset() async throws {
    let server = try TestServer()
    for (text, records) in [("WAIT", 0), ("WAIT LATER", 1)] {
      let client = try server.up()
      try client.send(.run(text), .pullAll, .run("RETURN 1 AS n"), .pullAll)
      await server.service.waiting.wait()
      try client.send(.reset, .run("RETURN 1 AS n"), .pullAll)
      var all: [Reply] = []
      for _ in 0..<5 { all += try client.answer() }
      let summaries = all.filter { $0.record == nil }
      #expect(all.compactMap(\.record).count == records)
      #expect(summaries[records].code == "ClientError.Transaction.Terminated")
      #expect(summaries[2].isIgnored && summaries[3].isIgnored && summaries[4].isSuccess)
      #expect(try client.answer().last?.isSuccess == true)
      #expect(try client.answer().compactMap(\.integer) == [1])
    }
    await server.stop()
  }

  @Test(
    "RESET in one piece with what it interrupts gives each request one summary",
    arguments: Segments.allCases)
  func resetAtOnce(_ segments: Segments) async throws {
    let server = try TestServer()
    let all = try replies(
      server, segments, .run("ROWS 3"), .pullAll, .run("ROWS 3"), .pullAll, .reset)
    #expect(all.filter { $0.record == nil }.count == 5)
    #expect(all.last?.isSuccess == true)
    await server.stop()
  }

  @Test("everything at once from the first byte works; RESET counts once the client was let in")
  func oneSegment() async throws {
    let server = try TestServer()
    let client = try server.connect()
    try client.send(
      Handshake.magic + TestClient.bytes("00000805 00000000 00000000 00000000")
        + client.encoded([
          .hello(TestClient.hello), .logon(MapValue()), .run("RETURN 1 AS n"), .pullAll, .goodbye,
        ]))
    _ = try client.raw(4)
    #expect(try client.replies(3).allSuccesses)
    #expect(try client.answer().compactMap(\.integer) == [1])
    #expect(try client.reply().isClosed)
    // As with the servers that drivers know, a RESET that came in front of that is out of place.
    let early = try server.connect()
    try early.send(
      Handshake.magic + TestClient.bytes("00000805 00000000 00000000 00000000")
        + early.encoded([.hello(TestClient.hello), .logon(MapValue()), .reset]))
    _ = try early.raw(4)
    #expect(try early.replies(2).allSuccesses)
    #expect(try early.reply().code == "ClientError.Request.Invalid")
    await server.stop()
  }

  @Test("notifications follow the version and the filters")
  func notifications() async throws {
    let server = try TestServer()
    func statuses(_ extra: MapValue) throws -> [String] {
      let all = try replies(server, .whole, .run("NOTED", MapValue(), extra), .pullAll)
      return (all[1].metadata?.list("statuses") ?? []).compactMap {
        if case .map(let map) = $0 { map.text("gql_status") } else { nil }
      }
    }
    #expect(try statuses(MapValue()) == ["02000", "01N50"])
    #expect(
      try statuses(MapValue([("notifications_minimum_severity", .string("OFF"))])) == ["02000"])
    #expect(
      try statuses(
        MapValue([("notifications_disabled_classifications", .list([.string("UNRECOGNIZED")]))]))
        == ["02000"])
    let old = try server.up(BoltVersion(4, 4))
    try old.send(.run("NOTED"), .pullAll)
    _ = try old.reply()
    guard case .map(let told)? = try old.reply().metadata?.list("notifications")?.first else {
      Issue.record("nothing told")
      return
    }
    #expect(told.text("code") == "Neo.ClientNotification.Statement.UnknownLabelWarning")
    #expect(told.map("position")?.integer("column") == 10)
    await server.stop()
  }

  @Test("plans and profiles")
  func plans() async throws {
    let server = try TestServer()
    let plan = try replies(server, .whole, .run("PLAN"), .pullAll)[1].metadata
    #expect(plan?.map("plan")?.text("operatorType") == "ProduceResults@neo4j")
    #expect(plan?.map("plan")?.list("children")?.count == 1)
    let profile = try replies(server, .whole, .run("PROFILE"), .pullAll)[1].metadata
    #expect(profile?.map("profile")?.integer("dbHits") == 3)
    #expect(profile?.map("profile")?.integer("rows") == 1)
    #expect(profile?["plan"] == nil)
    await server.stop()
  }

  @Test("a server that works in silence gives signs of life")
  func keepAlive() async throws {
    let server = try TestServer { $0.keepAliveSeconds = 0.05 }
    let client = try server.up()
    try client.send(.run("WAIT"))
    #expect(try client.raw(4) == [0, 0, 0, 0])
    try client.send(.reset)
    #expect(try client.reply().code == "ClientError.Transaction.Terminated")
    #expect(try client.reply().isSuccess)
    await server.stop()
  }

  @Test("a client that does not read stops the producer, and misses nothing")
  func backPressure() async throws {
    let server = try TestServer()
    let client = try server.up()
    try client.send(.run("BIG 20000"), .pullAll)
    _ = try client.reply()
    var records = 0
    while try client.reply().record != nil { records += 1 }
    #expect(records == 20_000)
    await server.stop()
  }

  @Test("a client that goes leaves no transaction, in whatever state")
  func vanished() async throws {
    let server = try TestServer()
    for messages: [ClientMessage] in [
      [.begin, .run("CREATE"), .pullAll], [.run("WAIT")], [.run("ROWS 10"), .pull(2)],
      [.run("BIG 100000"), .pullAll],
    ] {
      let client = try server.up()
      try client.send(client.encoded(messages))
      if case .run("WAIT", _, _) = messages[0] {
        await server.service.waiting.wait()
      } else {
        _ = try client.reply()
      }
      client.connection.close()
    }
    await server.stop()
    #expect(server.service.openSessions == 0)
  }
}
