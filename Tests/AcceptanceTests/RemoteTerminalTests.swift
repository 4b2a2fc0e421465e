import Foundation
import Testing

/// The prompt on a server.
@Suite(.serialized) struct RemoteTerminalTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  /// A server whose user has the password `long enough`.
  private func serverWithPassword() throws -> ServingProgram {
    let statement = "ALTER USER neo4j SET PASSWORD 'long enough' CHANGE NOT REQUIRED"
    #expect(try Program.run(["-d", "system", statement], home: home).status == 0)
    return try ServingProgram(home: home)
  }

  /// A statement that takes for ever.
  private static let endless =
    "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN count(*) AS c;"

  /// Types a statement and waits for what shows that it has been run.
  private func run(
    _ text: String, on terminal: PseudoTerminal, shows result: String, prompt: String = "@neo4j>"
  ) throws {
    terminal.type(text + "\r")
    try terminal.wait("the result of \(text)") { screen in
      let answer = screen.text.components(separatedBy: text).last ?? ""
      return answer.contains(result)
    }
    try terminal.waitForPrompt(prompt)
  }

  @Test func asksForUserAndPasswordAndOnceMoreWhereTheyAreWrong() throws {
    let server = try serverWithPassword()
    let terminal = try PseudoTerminal(
      ["-a", server.address, "--format", "plain"], home: home)
    try terminal.wait("the question for a user") { $0.text.hasSuffix("username:") }
    terminal.type("neo4j\r")
    try terminal.wait("the question for a password") { $0.text.hasSuffix("password:") }
    terminal.type("wrong\r")
    try terminal.wait("another question") {
      $0.text.contains("42NFF") && $0.text.hasSuffix("password:")
    }
    terminal.type("long enough\r")
    try terminal.waitForPrompt("neo4j@neo4j>")
    // Nothing of a password is shown, nor how long it is.
    #expect(!terminal.screen.text.contains("*"))
    #expect(!terminal.screen.text.contains("wrong") && !terminal.screen.text.contains("enough"))
    #expect(
      terminal.screen.text.contains(
        "Connected to Neo4j using Bolt protocol version 6.0 at \(server.address)"))
    try run("RETURN '東京é' AS x;", on: terminal, shows: "x\n\"東京é\"\n")
    terminal.type("\u{4}")
    #expect(try terminal.waitForEnd() == 0)
    #expect(server.stop() == 0)
  }

  @Test func aPasswordThatIsGivenIsNotAskedFor() throws {
    let server = try serverWithPassword()
    let wrong = try PseudoTerminal(["-a", server.address, "-u", "neo4j", "-p", "no"], home: home)
    #expect(try wrong.waitForEnd() == 1)
    #expect(wrong.screen.text.contains("42NFF"))
    #expect(!wrong.screen.text.contains("password:"))
    let right = try PseudoTerminal(["-a", server.address, "-u", "neo4j"], home: home)
    try right.wait("the question for a password") { $0.text.hasSuffix("password:") }
    right.type("long enough\r")
    try right.waitForPrompt("neo4j@neo4j>")
  }

  @Test func editsAndCompletesAsOnTheEmbeddedEngine() throws {
    let server = try ServingProgram(home: home, ["--memory"])
    let terminal = try PseudoTerminal(["-a", server.address], home: home)
    try terminal.waitForPrompt()
    try run(
      "RETURN '東京' AS a, 'é' AS b;", on: terminal,
      shows: """
        +--------------+
        | a      | b   |
        +--------------+
        | "東京" | "é" |
        +--------------+
        """)
    terminal.type("RETURN\r")
    try terminal.wait("the continuation") { $0.lines[$0.row].isEmpty && $0.column > 0 }
    terminal.type("'東京é' AS x;")
    try terminal.wait("the text") { $0.text.contains("東京é") }
    terminal.type(String(repeating: "\u{1B}[D", count: 7) + "\u{7F}\u{5}\r")
    try terminal.wait("the result") { $0.text.contains("| \"東京\" |") }
    try terminal.waitForPrompt()
    terminal.type(":hist\t")
    try terminal.wait("the command") { $0.lines[$0.row].hasSuffix(":history") }
    terminal.type("\r")
    try terminal.waitForPrompt()
    #expect(terminal.screen.text.contains(" 3  :history"))
    #expect(server.stop() == 0)
  }

  @Test func completesNamesOfTheServer() throws {
    let server = try ServingProgram(home: home, ["--memory"])
    let terminal = try PseudoTerminal(["-a", server.address, "--format", "plain"], home: home)
    try terminal.waitForPrompt()
    try completeNames(on: terminal)
    #expect(server.stop() == 0)
  }

  @Test func controlCStopsAStatementAndTheTransactionAroundIt() throws {
    let server = try ServingProgram(home: home, ["--memory"])
    let terminal = try PseudoTerminal(["-a", server.address, "--format", "plain"], home: home)
    try terminal.waitForPrompt()
    for (before, prompt) in [(nil, "@neo4j>"), (":begin", "@neo4j#")] as [(String?, String)] {
      if let before {
        terminal.type(before + "\r")
        try terminal.waitForPrompt(prompt)
        terminal.type("CREATE (:InTransaction);\r")
        try terminal.waitForPrompt(prompt)
      }
      terminal.type(Self.endless + "\r")
      try waitUntilRunning(server)
      terminal.type("\u{3}")
      try terminal.waitForPrompt()
      #expect(terminal.screen.text.contains("Stopping query..."))
      #expect(terminal.screen.text.contains("terminated"))
      try run("RETURN 'usable' AS x;", on: terminal, shows: "x\n\"usable\"\n")
    }
    try run("MATCH (n:InTransaction) RETURN count(n) AS c;", on: terminal, shows: "c\n0\n")
    #expect(server.stop() == 0)
  }

  /// Waits until the endless statement is at work on the server.
  private func waitUntilRunning(_ server: ServingProgram) throws {
    let question = "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH 'UNWIND'"
    let deadline = Date().addingTimeInterval(20)
    while Date() < deadline {
      let found = try Program.run(
        ["-a", server.address, question + " RETURN count(*) AS c"], home: home)
      if found.out == "c\n1\n" { return }
    }
    Issue.record("the statement does not run")
  }

  @Test func changesDatabasesAndOpensTransactions() throws {
    let server = try ServingProgram(home: home, ["--memory"])
    let terminal = try PseudoTerminal(["-a", server.address, "--format", "plain"], home: home)
    try terminal.waitForPrompt()
    terminal.type(":use system\r")
    try terminal.waitForPrompt("@system>")
    terminal.type(":use nosuch\r")
    try terminal.waitForPrompt("@system>")
    #expect(terminal.screen.text.contains("nosuch` was not found"))
    terminal.type(":use neo4j\r")
    try terminal.waitForPrompt()
    for (end, count) in [(":rollback", 0), (":commit", 1)] {
      terminal.type(":begin\r")
      try terminal.waitForPrompt("@neo4j#")
      try run(
        "CREATE (n:N) RETURN 'in' AS x;", on: terminal, shows: "x\n\"in\"\n", prompt: "@neo4j#")
      terminal.type("unfinished\u{3}")
      // What is dropped at the prompt leaves the transaction open.
      try terminal.waitForPrompt("@neo4j#")
      terminal.type(end + "\r")
      try terminal.waitForPrompt()
      try run(
        "MATCH (n:N) RETURN count(n) AS \(end.dropFirst());", on: terminal,
        shows: "\(end.dropFirst())\n\(count)\n")
    }
    #expect(server.stop() == 0)
  }

  @Test func disconnectsAndConnectsAgain() throws {
    let server = try serverWithPassword()
    let terminal = try PseudoTerminal(
      ["-a", server.address, "-u", "neo4j", "-p", "long enough", "--format", "plain"], home: home)
    try terminal.waitForPrompt("neo4j@neo4j>")
    terminal.type(":disconnect\r")
    try terminal.waitForPrompt("Disconnected>")
    terminal.type("RETURN 1;\r")
    try terminal.wait("the complaint") { $0.text.contains("Not connected to Neo4j") }
    try terminal.waitForPrompt("Disconnected>")
    terminal.type(":connect\r")
    try terminal.wait("the question for a user") { $0.text.hasSuffix("username:") }
    terminal.type("neo4j\r")
    try terminal.wait("the question for a password") { $0.text.hasSuffix("password:") }
    terminal.type("wrong\r")
    try terminal.waitForPrompt("Disconnected>")
    #expect(terminal.screen.text.contains("42NFF"))
    terminal.type(":connect -u neo4j -p 'long enough'\r")
    try terminal.waitForPrompt("Disconnected>")
    terminal.type(":connect -u neo4j\r")
    try terminal.wait("the question for a password") { $0.text.hasSuffix("password:") }
    terminal.type("long enough\r")
    try terminal.waitForPrompt("neo4j@neo4j>")
    try run("RETURN 2 AS x;", on: terminal, shows: "x\n2\n")
    #expect(server.stop() == 0)
  }

  @Test func aServerThatGoesLeavesTheShellWhereItIs() throws {
    var server = try ServingProgram(home: home, ["--memory"])
    let terminal = try PseudoTerminal(["-a", server.address, "--format", "plain"], home: home)
    try terminal.waitForPrompt()
    terminal.type(":begin\r")
    try terminal.waitForPrompt("@neo4j#")
    server.kill()
    let port = server.port
    terminal.type("RETURN 1 AS x;\r")
    try terminal.waitForPrompt("@neo4j[UNAVAILABLE]>")
    #expect(terminal.screen.text.contains("Connection to 127.0.0.1:\(port) was lost"))
    terminal.type("RETURN 2 AS x;\r")
    try terminal.wait("the complaint") {
      $0.text.contains("Unable to connect to 127.0.0.1:\(port), ensure the database is running")
    }
    try terminal.waitForPrompt("@neo4j[UNAVAILABLE]>")
    // Another server, wherever it is.
    server = try ServingProgram(home: home, ["--memory"])
    terminal.type(":connect \(server.address)\r")
    try terminal.waitForPrompt()
    try run("RETURN 3 AS x;", on: terminal, shows: "x\n3\n")
    // The same one again, after it was gone for a while.
    server.kill()
    terminal.type("RETURN 4 AS x;\r")
    try terminal.waitForPrompt("@neo4j[UNAVAILABLE]>")
    server = try ServingProgram(home: home, ["--memory"], port: server.port)
    try run("RETURN 5 AS x;", on: terminal, shows: "x\n5\n")
    server.kill()
    terminal.type(":disconnect\r")
    try terminal.waitForPrompt("Disconnected>")
    terminal.type(":connect -u any -p any\r")
    try terminal.waitForPrompt("Disconnected[UNAVAILABLE]>")
    server = try ServingProgram(home: home, ["--memory"], port: server.port)
    terminal.type(":connect -u any -p any\r")
    try terminal.waitForPrompt("any@neo4j>")
    try run("RETURN 6 AS x;", on: terminal, shows: "x\n6\n")
    #expect(server.stop() == 0)
  }

  @Test func aServerThatDoesNotStopIsLeftAtTheSecondControlC() throws {
    let server = try DeafServer(at: "endless")
    let terminal = try PseudoTerminal(["-a", server.address, "--format", "plain"], home: home)
    try terminal.waitForPrompt("@<default_database>>")
    for what in ["RETURN 'endless';", ":use endless"] {
      terminal.type(what + "\r")
      // Until it is heard, a second key would be the first.
      try terminal.wait("the statement") { $0.text.contains(what) && $0.column == 0 }
      terminal.type("\u{3}")
      try terminal.wait("what else there is to do") { screen in
        let answer = screen.text.components(separatedBy: what).last ?? ""
        return answer.contains("Press Ctrl-C again to close the connection.")
      }
      let start = ContinuousClock.now
      terminal.type("\u{3}")
      try terminal.waitForPrompt("@<default_database>>")
      #expect(start.duration(to: .now) < .seconds(3))
      #expect(terminal.screen.text.contains("Closing the connection...\n"))
      #expect(terminal.screen.text.contains("did not stop in time"))
      // What is run next has a connection of its own.
      terminal.type("CREATE (:Quick);\r")
      try terminal.waitForPrompt("@<default_database>>")
    }
    #expect(!terminal.screen.text.contains("UNAVAILABLE"))
  }

  @Test func controlCEndsConnecting() throws {
    let silent = try DeafServer(at: "")
    for scheme in ["bolt", "neo4j"] {
      let address = "\(scheme)://127.0.0.1:\(silent.port)"
      // At the start there is nothing to go back to.
      let starting = try PseudoTerminal(["-a", address], home: home)
      try silent.waitForConnection()
      starting.type("\u{3}")
      #expect(try starting.waitForEnd(seconds: 5) == 130)
      let terminal = try PseudoTerminal(["-a", "memory:"], home: home)
      try terminal.waitForPrompt()
      terminal.type(":connect \(address)\r")
      try silent.waitForConnection()
      terminal.type("\u{3}")
      try terminal.waitForPrompt("Disconnected>")
      #expect(terminal.screen.text.contains("Connecting to \(address) was stopped"))
      terminal.type(":connect memory:\r")
      try terminal.waitForPrompt()
    }
  }
}
