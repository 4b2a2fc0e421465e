import Foundation
import Testing

/// Scripts on a server: what ends them, and what is not carried out then.
@Suite struct RemoteScriptTests {
  private let home: TemporaryFolder
  private let server: ServingProgram

  init() throws {
    home = try TemporaryFolder()
    server = try ServingProgram(home: home, ["--memory"])
  }

  /// A statement that takes for ever.
  private static let endless =
    "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN count(*) AS c"
  /// A statement whose result never ends.
  private static let flood =
    "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN b"

  private func run(_ arguments: [String], input: String = "") throws -> Program.Outcome {
    try Program.run(["-a", server.address] + arguments, input: input, home: home)
  }

  /// Waits until an endless statement is at work on the server.
  private func waitUntilRunning() throws {
    let question = "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH 'UNWIND'"
    let deadline = Date().addingTimeInterval(20)
    while Date() < deadline {
      if try run([question + " RETURN count(*) AS c"]).out == "c\n1\n" { return }
    }
    Issue.record("the statement does not run")
  }

  /// Waits for a process; ends one that goes on for too long.
  private func status(of process: Process, withinSeconds seconds: Double = 8) -> Int32? {
    let deadline = Date().addingTimeInterval(seconds)
    while process.isRunning, Date() < deadline { Thread.sleep(forTimeInterval: 0.02) }
    guard process.isRunning else { return process.terminationStatus }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    return nil
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP], ["string", "input", "flood"])
  func aSignalEndsAScriptAtOnce(signal: Int32, way: String) throws {
    let statement = way == "flood" ? Self.flood : Self.endless
    let process = Program.process(
      ["-a", server.address] + (way == "string" ? [statement] : []), home: home)
    let (input, error) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    process.standardError = error
    try process.run()
    // The input goes on: nothing but the signal ends the script.
    try input.fileHandleForWriting.write(contentsOf: Data("\(statement);\n".utf8))
    try waitUntilRunning()
    kill(process.processIdentifier, signal)
    #expect(status(of: process) == 128 + signal)
    #expect(error.fileHandleForReading.readDataToEndOfFile().isEmpty)
  }

  @Test func aSignalKeepsWhatCameBeforeIt() throws {
    let process = Program.process(["-a", server.address], home: home)
    let (input, out) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = out
    try process.run()
    let script = "CREATE (:Kept) RETURN 1 AS x;\n\(Self.endless);\nCREATE (:Behind);\n"
    try input.fileHandleForWriting.write(contentsOf: Data(script.utf8))
    try waitUntilRunning()
    kill(process.processIdentifier, SIGTERM)
    #expect(status(of: process) == 128 + SIGTERM)
    let shown = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(shown == "x\n1\n")
    #expect(try run(["MATCH (n) RETURN labels(n) AS l"]).out == "l\n[\"Kept\"]\n")
  }

  @Test(arguments: [true, false])
  func eachStatementHasItsTime(isEmbedded: Bool) throws {
    let address = isEmbedded ? "memory:" : server.address
    let limit = ["-a", address, "--transaction-timeout", "1s"]
    let alone = Program.process(limit + [Self.endless], home: home)
    let error = Pipe()
    alone.standardInput = FileHandle.nullDevice
    alone.standardOutput = FileHandle.nullDevice
    alone.standardError = error
    try alone.run()
    #expect(status(of: alone) == 1)
    let said = String(decoding: error.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(said.contains("25N14"), "\(said)")
    guard said.contains("25N14") else { return }
    // Those behind one that took too long have a time of their own.
    let script = "RETURN 1 AS x;\n\(Self.endless);\nRETURN 2 AS y;\n"
    let all = try Program.run(limit + ["--fail-at-end"], input: script, home: home)
    #expect(all.out == "x\n1\ny\n2\n")
    #expect(all.error.components(separatedBy: "25N14").count == 2, "\(all.error)")
    #expect(all.status == 1)
  }

  /// A failure ends a string, and a file that is sourced with the files around it.
  @Test(arguments: [true, false], [true, false])
  func nothingBehindAFailureIsCarriedOut(isEmbedded: Bool, failsAtEnd: Bool) throws {
    let failing = "CREATE (:Before); UNWIND [0] AS x RETURN 1/x; CREATE (:Behind);"
    let inner = try home.file("inner.cypher", failing + "\n:begin\n:rollback\n")
    let outer = try home.file("outer.cypher", ":source \(inner)\nCREATE (:Behind);\n")
    let flags = failsAtEnd ? ["--fail-at-end"] : []
    for (arguments, input) in [([failing], ""), ([], ":source \(outer)\nCREATE (:After);\n")] {
      let address = isEmbedded ? "\(home.path)/\(input.count)" : server.address
      let place = isEmbedded ? ["--data", address] : ["-a", address]
      let outcome = try Program.run(place + flags + arguments, input: input, home: home)
      #expect(outcome.status == 1)
      #expect(outcome.error.contains("by zero"), "\(outcome.error)")
      let labels = failsAtEnd && !input.isEmpty ? ["After", "Before"] : ["Before"]
      let found = try Program.run(
        place + ["MATCH (n) WITH labels(n)[0] AS l ORDER BY l RETURN collect(l) AS l"], home: home)
      #expect(found.out == "l\n[\(labels.map { "\"\($0)\"" }.joined(separator: ", "))]\n")
      _ = try Program.run(place + ["MATCH (n) DELETE n"], home: home)
    }
  }

  @Test(arguments: [["string"], ["input"], ["input", "--fail-at-end"]])
  func aClosedPipeEndsAScriptQuietly(way: [String]) throws {
    let statements = "\(Self.flood); CREATE (:Behind);"
    let process = Program.process(
      ["-a", server.address] + way.dropFirst() + (way[0] == "string" ? [statements] : []),
      home: home)
    let (input, out, error) = (Pipe(), Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = out
    process.standardError = error
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data("\(statements)\n".utf8))
    try input.fileHandleForWriting.close()
    _ = out.fileHandleForReading.availableData
    try out.fileHandleForReading.close()
    #expect(status(of: process) == 141)
    #expect(error.fileHandleForReading.readDataToEndOfFile().isEmpty)
    #expect(try run(["MATCH (n:Behind) RETURN count(n) AS c"]).out == "c\n0\n")
  }
}
