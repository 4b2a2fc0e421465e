import Foundation
import Testing

@Suite struct ScriptTests {
  @Test func stringFileAndInputGiveTheSameDatabase() throws {
    let script = """
      CREATE (:P {name: 'Ada'})-[:KNOWS]->(:P {name: 'Bo'});
      MATCH (p:P {name: 'Bo'}) SET p.born = 1990;
      :begin
      CREATE (:P {name: 'Cy'});
      :commit
      """
    let question =
      "MATCH (p:P) RETURN p.name AS n, p.born AS b, COUNT { (p)-->() } AS c ORDER BY n"
    var answers: Set<String> = []
    for way in ["string", "file", "input"] {
      let home = try TemporaryFolder()
      let file = try home.file("load.cypher", script)
      let outcome =
        switch way {
        case "string": try Program.run([script], home: home)
        case "file": try Program.run(["-f", file], home: home)
        default: try Program.run([], input: script, home: home)
        }
      #expect(outcome.status == 0, "\(way): \(outcome.error)")
      answers.insert(try Program.run([question], home: home).out)
    }
    #expect(answers == ["n, b, c\n\"Ada\", NULL, 1\n\"Bo\", 1990, 0\n\"Cy\", NULL, 0\n"])
  }

  @Test(arguments: [false, true])
  func failuresInFilesTellTheirLine(isRemote: Bool) throws {
    let home = try TemporaryFolder()
    let server = isRemote ? try ServingProgram(home: home, ["--memory"]) : nil
    let address = server.map { ["-a", $0.address] } ?? []
    let failing = try home.file("failing.cypher", "RETURN 1;\n\n// x\n RETURN\n nope;\nRETURN 2;\n")
    let first = try home.file("first.cypher", "RETURN 1,\nnope;\nRETURN 3;\n:no\nRETURN 4;\n")
    let sourcing = try home.file("sourcing.cypher", "RETURN 1;\n:source \(failing)\nRETURN 5;\n")
    for (arguments, places) in [
      (["-f", failing], ["\(failing):4"]),
      // The message's own line is the file's.
      (["-f", first], []),
      (["-f", sourcing], ["\(failing):4"]),
      (
        ["--fail-at-end", "-f", first, "-f", failing, "-f", sourcing],
        ["\(first):1", "\(first):4", "\(failing):4", "\(failing):4"]
      ),
    ] {
      let outcome = try Program.run(address + arguments, home: home)
      #expect(outcome.status == 1)
      let told = outcome.error.split(separator: "\n").filter { $0.hasPrefix("at ") }
      #expect(told == places.map { "at \($0)" }, "\(arguments)")
    }
    let input = "RETURN 1;\nRETURN nope;\n"
    let outcome = try Program.run(address, input: input, home: home)
    #expect(outcome.status == 1)
    #expect(!outcome.error.contains("at "))
  }

  @Test(arguments: [false, true])
  func finishedResultsAppearWhileAStatementRuns(isRemote: Bool) throws {
    let home = try TemporaryFolder()
    let server = isRemote ? try ServingProgram(home: home, ["--memory"]) : nil
    let endless = "UNWIND range(1, 100000000000) AS x WITH x WHERE x < 3 RETURN x"
    let script = try home.file("slow.cypher", "RETURN 1 AS a;\nRETURN 2 AS b;\n\(endless);\n")
    let process = Program.process(
      (server.map { ["-a", $0.address] } ?? []) + ["-f", script], home: home)
    let out = Pipe()
    process.standardOutput = out
    try process.run()
    defer {
      process.terminate()
      process.waitUntilExit()
    }
    // Records that are there do not wait for the next ones either.
    let expected = "a\n1\nb\n2\nx\n1\n2\n"
    var text = ""
    while text.utf8.count < expected.utf8.count {
      let more = out.fileHandleForReading.availableData
      if more.isEmpty { break }
      text += String(decoding: more, as: UTF8.self)
    }
    #expect(text == expected)
  }

  @Test(arguments: [false, true])
  func aTransactionEndsAfterItsTimeAlsoBetweenStatements(isRemote: Bool) throws {
    let home = try TemporaryFolder()
    let server = isRemote ? try ServingProgram(home: home, ["--memory"]) : nil
    let address = server.map { ["-a", $0.address] } ?? []
    let process = Program.process(
      address + ["--transaction-timeout", "1s", "--fail-at-end"], home: home)
    let (input, out) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = out
    process.standardError = Pipe()
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(":begin\nCREATE (:Late);\n".utf8))
    Thread.sleep(forTimeInterval: 2)
    try input.fileHandleForWriting.write(contentsOf: Data(":commit\n".utf8))
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
    let question = "MATCH (n:Late) RETURN count(n) AS c"
    #expect(try Program.run(address + [question], home: home).out == "c\n0\n")
  }

  @Test func aPasswordThatIsGivenIsLookedAt() throws {
    let home = try TemporaryFolder()
    func status(_ arguments: [String]) throws -> Int32 {
      try Program.run(arguments + ["RETURN 1"], home: home).status
    }
    // Nobody has a password: all are let in.
    #expect(try status(["-u", "nobody", "-p", "any"]) == 0)
    let setting = "ALTER USER neo4j SET PASSWORD 'correct horse' CHANGE NOT REQUIRED"
    #expect(try Program.run(["-d", "system", setting], home: home).status == 0)
    #expect(try status(["-u", "neo4j", "-p", "correct horse"]) == 0)
    #expect(try status([]) == 0)
    let refused = try Program.run(["-u", "neo4j", "-p", "wrong", "RETURN 1"], home: home)
    #expect(refused.status == 1)
    #expect(refused.error.contains("42NFF"))
    #expect(try status(["-u", "nobody", "-p", "correct horse"]) == 1)
  }

  @Test func resultsAppearBeforeTheInputEnds() throws {
    let home = try TemporaryFolder()
    let process = Program.process([], home: home)
    let (input, out) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = out
    try process.run()
    try input.fileHandleForWriting.write(
      contentsOf: Data("CREATE (n {k: 1}) RETURN n.k AS k;\n".utf8))
    let first = out.fileHandleForReading.availableData
    #expect(String(decoding: first, as: UTF8.self) == "k\n1\n")
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  /// The program reading a script that the test writes as it goes.
  private struct Conversation {
    let process: Process
    private let input = Pipe()
    private let out = Pipe()

    init(_ process: Process) throws {
      self.process = process
      process.standardInput = input
      process.standardOutput = out
      try process.run()
    }

    /// Writes statements and gives what is shown next.
    func answer(to text: String) throws -> String {
      try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
      return String(decoding: out.fileHandleForReading.availableData, as: UTF8.self)
    }

    /// Ends the input and gives the status.
    func end() throws -> Int32 {
      try input.fileHandleForWriting.close()
      process.waitUntilExit()
      return process.terminationStatus
    }
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGQUIT, SIGHUP])
  func aSignalEndsAScriptAndKeepsWhatWasShown(signal: Int32) throws {
    let home = try TemporaryFolder()
    let script = try Conversation(Program.process([], home: home))
    #expect(try script.answer(to: "CREATE (:Kept) RETURN 1 AS x;\n") == "x\n1\n")
    #expect(try script.answer(to: ":begin\nCREATE (:Lost) RETURN 2 AS y;\n") == "y\n2\n")
    kill(script.process.processIdentifier, signal)
    script.process.waitUntilExit()
    #expect(script.process.terminationReason == .exit)
    #expect(script.process.terminationStatus == 128 + signal)
    let found = try Program.run(["MATCH (n) RETURN labels(n) AS l"], home: home)
    #expect(found.out == "l\n[\"Kept\"]\n")
  }

  @Test(arguments: [("HUP", SIGHUP), ("QUIT", SIGQUIT)])
  func aSignalThatIsIgnoredStaysSo(name: String, signal: Int32) throws {
    let home = try TemporaryFolder()
    let process = Program.process([], home: home)
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "trap '' \(name); exec \"$0\"", Program.path]
    let script = try Conversation(process)
    #expect(try script.answer(to: "RETURN 1 AS x;\n") == "x\n1\n")
    kill(process.processIdentifier, signal)
    #expect(try script.answer(to: "RETURN 2 AS y;\n") == "y\n2\n")
    #expect(try script.end() == 0)
  }

  @Test func aClosedPipeEndsQuietly() throws {
    let home = try TemporaryFolder()
    let process = Program.process(
      ["UNWIND range(1, 10000000) AS i RETURN i; CREATE (:Behind)"], home: home)
    let (out, error) = (Pipe(), Pipe())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = out
    process.standardError = error
    try process.run()
    _ = out.fileHandleForReading.availableData
    try out.fileHandleForReading.close()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 141)
    #expect(error.fileHandleForReading.readDataToEndOfFile().isEmpty)
    #expect(try Program.run(["MATCH (n) RETURN count(n) AS c"], home: home).out == "c\n0\n")
  }

  @Test func anInterruptEndsAScript() throws {
    let home = try TemporaryFolder()
    let process = Program.process(
      ["UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN count(*) AS c"],
      home: home)
    let error = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = error
    try process.run()
    Thread.sleep(forTimeInterval: 0.7)
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    #expect(error.fileHandleForReading.readDataToEndOfFile().isEmpty)
  }

  /// To act as oneself is no impersonation, and no time is no limit.
  @Test(arguments: [
    ["--impersonate", "neo4j"], ["-u", "ada", "--impersonate", "ada"],
    ["--transaction-timeout", "0s"],
  ])
  func whatChangesNothingIsTaken(flags: [String]) throws {
    let outcome = try Program.run(flags + ["RETURN 1 AS x"], home: try TemporaryFolder())
    #expect(outcome.out == "x\n1\n")
    #expect(outcome.error == "")
  }

  @Test func twoProcessesShareADatabase() throws {
    let home = try TemporaryFolder()
    let writer = Program.process([], home: home)
    let (input, out) = (Pipe(), Pipe())
    writer.standardInput = input
    writer.standardOutput = out
    try writer.run()
    try input.fileHandleForWriting.write(contentsOf: Data("CREATE (n:A) RETURN 1 AS x;\n".utf8))
    _ = out.fileHandleForReading.availableData
    #expect(try Program.run(["MATCH (n:A) RETURN count(n) AS c"], home: home).out == "c\n1\n")
    let other = try Program.run(["CREATE (:B)"], home: home)
    #expect(other.status == 0, "\(other.error)")
    try input.fileHandleForWriting.write(
      contentsOf: Data("MATCH (n:B) RETURN count(n) AS c;\n".utf8))
    try input.fileHandleForWriting.close()
    let rest = out.fileHandleForReading.readDataToEndOfFile()
    #expect(String(decoding: rest, as: UTF8.self) == "c\n1\n")
    writer.waitUntilExit()
  }

  @Test func nothingThatWasPrintedIsLostWhenTheProcessIsKilled() throws {
    let home = try TemporaryFolder()
    let lines = (1...100_000).map { "CREATE (n:N {id: \($0)}) RETURN n.id AS id;" }
    let script = try home.file("load.cypher", lines.joined(separator: "\n"))
    let process = Program.process(["-f", script], home: home)
    let out = Pipe()
    process.standardOutput = out
    process.standardInput = FileHandle.nullDevice
    try process.run()
    var printed = Data()
    while printed.count < 20_000 {
      let more = out.fileHandleForReading.availableData
      if more.isEmpty { break }
      printed.append(more)
    }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    printed.append(out.fileHandleForReading.readDataToEndOfFile())
    // The last line may have been cut within its number.
    var numbers = String(decoding: printed, as: UTF8.self).split(separator: "\n")
    if printed.last != 0x0A { numbers.removeLast() }
    let last = numbers.compactMap { Int($0) }.max() ?? 0
    #expect(last > 100)
    let kept = try Program.run(
      ["MATCH (n:N) WHERE n.id <= \(last) RETURN count(DISTINCT n.id) AS c"], home: home)
    #expect(kept.out == "c\n\(last)\n", "\(kept.error)")
  }

  @Test func twoWritersLoseNothingWhenOneOfThemIsKilled() throws {
    let home = try TemporaryFolder()
    var expected = 0
    for round in 1...4 {
      let script = try Conversation(Program.process([], home: home))
      let log = home.path + "/data/neo4j/commit.log"
      var id = 0
      func write(_ count: Int) throws {
        for _ in 0..<count {
          id += 1
          let shown = try script.answer(
            to: "CREATE (n:N {r: \(round), id: \(id)}) RETURN 1 AS x;\n")
          try #require(shown.hasSuffix("1\n"))
          expected += 1
        }
      }
      // Until commits follow each other so quickly that they go to the log.
      try write(20)
      while id < 2_000, (try Data(contentsOf: URL(fileURLWithPath: log))).count < 10_000 {
        try write(5)
      }
      if round > 1 {
        for _ in 1..<round {
          let other = try Program.run(["CREATE (:N {r: \(round)})"], home: home)
          #expect(other.status == 0, "\(other.error)")
          expected += 1
          try write(12)
        }
      }
      kill(script.process.processIdentifier, SIGKILL)
      script.process.waitUntilExit()
      let kept = try Program.run(["MATCH (n:N) RETURN count(n) AS c"], home: home)
      #expect(kept.out == "c\n\(expected)\n", "\(kept.error)")
    }
  }

  @Test func aShellThatEndsLeavesNothingInTheLog() throws {
    let home = try TemporaryFolder()
    let script = try Conversation(Program.process([], home: home))
    let log = URL(fileURLWithPath: home.path + "/data/neo4j/commit.log")
    var count = 0
    repeat {
      #expect(try script.answer(to: "CREATE (:N) RETURN 1 AS x;\n").hasSuffix("1\n"))
      count += 1
    } while (try Data(contentsOf: log)).count < 10_000 && count < 2_000
    #expect(try script.end() == 0)
    // Of the two headers the one with the higher generation says whether the log is in use.
    let data = try Data(contentsOf: log)
    let headers = [0, 4_096].map { place in
      (generation: data[place + 16], isActive: data[place + 12])
    }
    #expect(headers.max { $0.generation < $1.generation }?.isActive == 0)
  }
}
