import Foundation
import Testing

/// A server of another maker, until this value ends.
private final class ThirdPartyServer {
  /// The Python that has the servers; `nil` where they could not be installed.
  static let python: String? = {
    let path = ProcessInfo.processInfo.environment["NACRE_THIRD_PARTY"] ?? ""
    return path.isEmpty ? nil : path
  }()

  let port: Int
  private let process = Process()
  private let input = Pipe()

  init(_ maker: String, in folder: TemporaryFolder) throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let output = Pipe()
    process.executableURL = URL(filePath: try #require(Self.python))
    process.arguments = [
      root.appending(path: "scripts/third-party-server").path, maker, folder.path + "/server",
    ]
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    // What the server logs comes first.
    var answer = ""
    var found: Int?
    while found == nil {
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { break }
      answer += String(decoding: more, as: UTF8.self)
      found = answer.split(separator: "\n").last { $0.hasPrefix("port ") }
        .flatMap { Int($0.dropFirst(5)) }
    }
    port = try #require(found, "\(maker) did not start: \(answer)")
    let rest = output.fileHandleForReading
    rest.readabilityHandler = { if $0.availableData.isEmpty { $0.readabilityHandler = nil } }
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}

/// The shell on servers that are neither Neo4j nor ours.
@Suite(
  .serialized,
  .enabled(
    if: ThirdPartyServer.python != nil, "no servers of other makers: see scripts/third-party"))
struct ThirdPartyTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private func run(_ arguments: [String], _ input: String = "") throws -> Program.Outcome {
    try Program.run(arguments + ["--format", "plain"], input: input, home: home)
  }

  /// Runs the scripts that the embedded engine and `nacre serve` run, each on a database without data.
  private func runScripts(
    with differences: [Difference], on place: (_ number: Int) -> [String]
  ) throws {
    for (number, script) in AcceptanceScript.all.enumerated() {
      let script = script.with(differences)
      let outcome = try Program.run(
        place(number) + script.arguments, input: script.text, home: home)
      #expect(script.fault(of: outcome) == nil)
    }
  }

  @Test func falkorDB() throws {
    let server = try ThirdPartyServer("falkordb", in: home)
    defer { withExtendedLifetime(server) {} }
    let address = ["-a", "bolt://127.0.0.1:\(server.port)"]
    let values = try run(address + ["RETURN 1 AS n, [1, 2.5, null] AS l, {a: 'x'} AS m"])
    #expect(values.out == "n, l, m\n1, [1, 2.5, NULL], {a: \"x\"}\n")
    // A point has a byte too many there, which must not move the columns behind it.
    let point = try run(address + ["RETURN point({latitude: 1.5, longitude: 2}) AS p, 7 AS n"])
    #expect(point.out.hasSuffix(", 7\n"), "\(point)")
    // One process after the other: the server must not be left in a state that stops the next.
    for _ in 0..<3 {
      let failed = try run(address + ["RETRUN 1"])
      #expect(failed.status == 1)
      #expect(failed.error.contains("Invalid input 'R'"), "\(failed)")
    }
    let graph = try run(
      address, "CREATE (:A {name: \"it's\"})-[:R {w: 1}]->(:B);\nMATCH p = (:A)-[]->() RETURN p;\n")
    #expect(graph.out.contains("(:A {name: \"it's\"})-[:R {w: 1}]->(:B)"), "\(graph)")
    let parameter = try run(address + ["-P", "{t: \"it's \\\\ here\"}", "RETURN $t AS t"])
    #expect(parameter.out == "t\n\"it's \\ here\"\n", "\(parameter)")
    // Statements behind one that fails are not sent ahead: this server would run them.
    let script = "CREATE (:P {id: 1});\noops;\nCREATE (:P {id: 2});\n"
    #expect(try run(address, script).status == 1)
    #expect(try run(address + ["MATCH (p:P) RETURN count(p) AS c"]).out == "c\n1\n")
    let many = (0..<2000).map { "CREATE (:Q {id: \($0)});" }.joined(separator: "\n")
    #expect(try run(address, many).status == 0)
    #expect(try run(address + ["MATCH (q:Q) RETURN count(q) AS c"]).out == "c\n2000\n")
    let rows = try run(address + ["UNWIND range(1, 5000) AS x RETURN x"])
    #expect(rows.out.split(separator: "\n").count == 5001)
    // Another graph, chosen by its name.
    #expect(try run(address + ["-d", "other", "MATCH (q) RETURN count(q) AS c"]).out == "c\n0\n")
    // Its routing table names an address that is not its own: the shell goes on without.
    let routed = try run(["-a", "neo4j://127.0.0.1:\(server.port)", "RETURN 1 AS n"])
    #expect(routed.out.hasSuffix("n\n1\n"), "\(routed)")
    // A graph of its own for each script, which is made when it is first named.
    try runScripts(with: Difference.falkorDB) { address + ["-d", "script\($0)"] }
  }

  @Test func arcadeDB() throws {
    let server = try ThirdPartyServer("arcadedb", in: home)
    defer { withExtendedLifetime(server) {} }
    let place = "127.0.0.1:\(server.port)"
    let user = ["-u", "root", "-p", "playwithdata", "-d", "test"]
    for scheme in ["bolt", "neo4j"] {
      let values = try run(["-a", "\(scheme)://\(place)"] + user + ["RETURN 1 AS n, 'x' AS s"])
      #expect(values.out.hasSuffix("n, s\n1, \"x\"\n"), "\(values)")
    }
    let address = ["-a", "bolt://\(place)"] + user
    let dates = try run(
      address + ["RETURN date('2020-01-02') AS d, duration('P1D') AS p, localtime('10:00') AS t"])
    #expect(dates.out == "d, p, t\n2020-01-02, P1D, 10:00\n", "\(dates)")
    let refused = try run(["-a", "bolt://\(place)", "-u", "root", "-p", "wrong", "RETURN 1"])
    #expect(refused.status == 1)
    #expect(refused.error.contains("Authentication failed"), "\(refused)")
    let missing = try run(["-a", "bolt://\(place)"] + user.prefix(4) + ["-d", "no", "RETURN 1"])
    #expect(missing.status == 1)
    // What is rolled back is gone, what is committed stays.
    let transactions = """
      :begin
      CREATE (:T);
      :rollback
      MATCH (t:T) RETURN count(t) AS c;
      :begin
      CREATE (:T);
      :commit
      MATCH (t:T) RETURN count(t) AS c;

      """
    #expect(try run(address, transactions).out == "c\n0\nc\n1\n")
    // A script stops at a failure; with the flag it goes on, and each statement ran once.
    let script = "CREATE (:P {id: 1});\noops;\nCREATE (:P {id: 2});\n"
    #expect(try run(address, script).status == 1)
    #expect(try run(address + ["MATCH (p:P) RETURN count(p) AS c"]).out == "c\n1\n")
    #expect(try run(address + ["--fail-at-end"], script).status == 1)
    #expect(try run(address + ["MATCH (p:P) RETURN count(p) AS c"]).out == "c\n3\n")
    #expect(try run(address + ["MATCH (n) DETACH DELETE n"]).status == 0)
    try runScripts(with: Difference.arcadeDB) { _ in address }
  }
}

/// The table of differences.
@Suite struct DifferenceTests {
  @Test(arguments: [Difference.falkorDB, Difference.arcadeDB])
  func everyDifferenceIsOfALineThatThereIs(differences: [Difference]) {
    for difference in differences {
      let script = AcceptanceScript.all.first { $0.name == difference.script }
      #expect(script?.steps.contains { $0.line == difference.line } == true, "\(difference)")
    }
    let lines = differences.map { "\($0.script): \($0.line)" }
    #expect(Set(lines).count == lines.count)
  }
}
