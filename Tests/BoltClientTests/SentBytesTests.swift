import Bolt
import Diagnostics
import GraphValues
import QuerySession
import ServerKit
import TestKit
import Testing

@testable import BoltClient

/// What the client sends, byte by byte, by version.
@Suite struct SentBytesTests {
  /// Messages as pairs of digits, with texts of less than 256 bytes in quotes; one message a line.
  private static func stream(_ lines: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for line in lines.split(separator: "\n") {
      var message: [UInt8] = []
      for (index, part) in line.split(separator: "'", omittingEmptySubsequences: false).enumerated()
      {
        if index.isMultiple(of: 2) {
          message += [UInt8](hexadecimal: part.filter { $0 != " " })
        } else {
          let text = Array(part.utf8)
          message += text.count < 16 ? [0x80 + UInt8(text.count)] : [0xD0, UInt8(text.count)]
          message += text
        }
      }
      bytes += [UInt8(message.count >> 8), UInt8(message.count & 0xFF)] + message + [0, 0]
    }
    return bytes
  }

  private static let agent =
    "'bolt_agent' A3 'product' 'nacre/1' 'platform' '\(HostPlatform.name)' 'language' 'Swift'"
  private static let user = "'scheme' 'basic' 'principal' 'neo4j' 'credentials' 'pw'"

  /// HELLO and, where there is one, LOGON.
  private static func login(_ version: BoltVersion) -> String {
    switch (version.major, version.minor) {
    case (4, 3...4): "B101 A5 'user_agent' 'nacre/1' 'patch_bolt' 91 'utc' \(user)"
    case (4, _), (5, 0): "B101 A4 'user_agent' 'nacre/1' \(user)"
    case (5, 1...2): "B101 A1 'user_agent' 'nacre/1'\nB16A A3 \(user)"
    default: "B101 A2 'user_agent' 'nacre/1' \(agent)\nB16A A3 \(user)"
    }
  }

  /// 2024-02-29T01:02:03.000000004+02:00 as a structure.
  private static func dateTime(_ isUTC: Bool) -> String {
    isUTC ? "B349 CA65DFBB6B 04 C91C20" : "B346 CA65DFD78B 04 C91C20"
  }

  private static func expected(_ version: BoltVersion, isUTC: Bool) -> String {
    let hasUser = version >= BoltVersion(4, 4)
    let named = hasUser ? "A2 'db' 'movies' 'imp_user' 'bob'" : "A1 'db' 'movies'"
    let count = hasUser ? "A6" : "A5"
    let imp = hasUser ? "'imp_user' 'bob'" : ""
    return """
      \(login(version))
      B310 'CALL db.ping()' A0 \(named)
      B13F A1 'n' C903E8
      B111 \(count) 'bookmarks' 91 'b0' 'tx_timeout' C905DC 'tx_metadata' A1 'a' 01 'mode' 'r' \
      'db' 'movies' \(imp)
      B310 'RETURN $d' A1 'd' \(dateTime(isUTC)) A0
      B13F A1 'n' C903E8
      B12F A1 'n' FF
      B012
      B310 'a' A0 \(hasUser ? "A3" : "A2") 'bookmarks' 91 'b1' 'db' 'movies' \(imp)
      B13F A1 'n' FF
      B111 \(hasUser ? "A3" : "A2") 'bookmarks' 91 'b1' 'db' 'movies' \(imp)
      B013
      B310 'x' A0 \(hasUser ? "A3" : "A2") 'bookmarks' 91 'b1' 'db' 'movies' \(imp)
      B13F A1 'n' C903E8
      B00F
      B002
      """
  }

  /// The answers to all this; a server that asks for telemetry gets none.
  private static func script(_ version: BoltVersion, patches: Bool) -> [Step] {
    var greeting: Sample = [
      "server": "Neo4j/5.26.0", "connection_id": "bolt-1", "hints": ["telemetry.enabled": true],
    ]
    if patches {
      greeting = Sample(
        .map(MapValue(greeting.map.entries + [("patch_bolt", .list([.string("utc")]))])))
    }
    let isListed = version.major > 5
    let handshake: [Step] =
      isListed
      ? [
        .send([0, 0, 1, 0xFF, 1, 0, version.minor, version.minor, version.major, 0]),
        .bytes([0, 0, version.minor, version.major, 0]),
      ] : [.send([0, 0, version.minor, version.major])]
    var steps: [Step] =
      [.hello] + handshake + [
        .dialect(PackStreamDialect(version, patchedUTC: patches)), .client("…"),
      ]
    if version.hasLogon { steps.append(.client("…")) }
    steps.append(.success(greeting))
    if version.hasLogon { steps.append(.success()) }
    steps += .ping("movies")
    steps += [.client("BEGIN …"), .success(), .client("RUN RETURN …"), .client("PULL …")]
    steps += [.success(["fields": ["x"]]), .record(1), .success(["has_more": true])]
    steps += [.client("DISCARD …"), .success(), .client("COMMIT"), .success(["bookmark": "b1"])]
    steps += .statement("a")
    steps += [.client("BEGIN …"), .success(), .client("ROLLBACK"), .success()]
    steps += [
      .client("RUN x …"), .client("PULL …"), .failure("Neo.ClientError.Statement.SyntaxError"),
    ]
    return steps + [.client("RESET"), .ignored, .success()] + .goodbye
  }

  @Test(
    arguments: BoltVersion.spoken.flatMap { version in
      version.mayPatchUTC ? [(version, false), (version, true)] : [(version, false)]
    })
  func sendsWhatTheVersionHas(version: BoltVersion, patches: Bool) async throws {
    let server = try ScriptedServer(Self.script(version, patches: patches))
    let driver = RemoteDriver(
      address: try RemoteAddress(scheme: "bolt", host: "127.0.0.1", port: server.port),
      options: options())
    let session = try await driver.connect(
      credentials: .basic(user: "neo4j", password: "pw"), database: "movies",
      impersonatedUser: version >= BoltVersion(4, 4) ? "bob" : nil)
    try await session.begin(
      TransactionOptions(
        timeoutMilliseconds: 1500, metadata: MapValue([("a", .integer(1))]), accessMode: .read,
        bookmarks: ["b0"]))
    let local = try LocalDateTime(parsing: "2024-02-29T01:02:03.000000004")
    let time = ZonedDateTime(local, in: .offset(7200), NoZones())
    let result = try await session.run(
      StatementRequest("RETURN $d", parameters: MapValue([("d", .zonedDateTime(time))])))
    _ = try await result.summary()
    try await session.commit()
    _ = try await session.run(StatementRequest("a", isGrouped: true)).rows()
    try await session.begin()
    try await session.rollback()
    _ = await failure { () throws(Failure) in _ = try await session.run(StatementRequest("x")) }
    await session.close()
    // Nobody waits for GOODBYE, the last of all.
    let deadline = ContinuousClock.now.advanced(by: .seconds(10))
    while server.seen.last != "GOODBYE", .now < deadline { await Task.yield() }
    server.check()
    let isListed = version.major > 5
    let choice = isListed ? [0, 0, version.minor, version.major, 0] : []
    let isUTC = version.major >= 5 || patches
    let wanted = ClientHandshake.hello + choice + Self.stream(Self.expected(version, isUTC: isUTC))
    #expect(Self.hexadecimal(server.received) == Self.hexadecimal(wanted))
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { String(Int($0) + 0x100, radix: 16).dropFirst() }.joined()
  }
}
