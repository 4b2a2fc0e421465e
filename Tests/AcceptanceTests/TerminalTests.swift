import Foundation
import Testing

@Suite(.serialized) struct TerminalTests {
  @Test func greetsPromptsAndLeaves() throws {
    let home = try TemporaryFolder()
    let terminal = try PseudoTerminal(home: home)
    try terminal.waitForPrompt()
    #expect(terminal.screen.text.contains("Type :help for a list of available commands"))
    terminal.type("\u{4}")
    #expect(try terminal.waitForEnd() == 0)
    #expect(terminal.screen.text.hasSuffix("\n\nBye!\n"))
  }

  @Test func runsStatementsOverSeveralLines() throws {
    let home = try TemporaryFolder()
    let terminal = try PseudoTerminal(home: home)
    try terminal.waitForPrompt()
    let prompt = terminal.screen.lines[terminal.screen.row]
    terminal.type("RETURN\r")
    try terminal.wait("the continuation") { $0.column == prompt.count + 1 }
    terminal.type("1 AS x;\r")
    try terminal.waitForPrompt()
    #expect(terminal.screen.text.contains("+---+\n| x |\n+---+\n| 1 |\n+---+\n\n1 row\n"))
  }

  @Test func editsLinesWithWideCharacters() throws {
    let home = try TemporaryFolder()
    let terminal = try PseudoTerminal(["--format", "plain"], home: home)
    try terminal.waitForPrompt()
    terminal.type("RETURN '東京é' AS x;")
    try terminal.wait("the text") { $0.text.contains("東京é") }
    // Back over `;`, ` AS x`, the quote and `é`, which goes; then to the end.
    terminal.type(String(repeating: "\u{1B}[D", count: 7) + "\u{7F}\u{5}")
    try terminal.wait("the edited text") { $0.text.contains("'東京' AS x;") }
    terminal.type("\r")
    try terminal.waitForPrompt()
    #expect(terminal.screen.text.contains("x\n\"東京\"\n"))
  }

  @Test func keepsHistoryAcrossRuns() throws {
    let home = try TemporaryFolder()
    let first = try PseudoTerminal(["--format", "plain"], home: home)
    try first.waitForPrompt()
    first.type("RETURN\r")
    try first.wait("the continuation") { $0.lines[$0.row].isEmpty && $0.column > 0 }
    first.type("'first run' AS x;\r")
    try first.waitForPrompt()
    first.type(":exit\r")
    #expect(try first.waitForEnd() == 0)
    let file = home.path + "/.neo4j/.cypher_shell_history"
    let kept = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    #expect(kept.first?.hasSuffix(":RETURN\\n'first run' AS x;") == true)
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions]
    #expect(mode as? Int == 0o600)

    let second = try PseudoTerminal(["--format", "plain"], home: home)
    try second.waitForPrompt()
    second.type("\u{1B}[A\u{1B}[A")
    try second.wait("the old entry") { $0.text.contains("'first run' AS x;") }
    second.type("\r")
    try second.waitForPrompt()
    #expect(second.screen.text.contains("x\n\"first run\"\n"))
  }

  @Test func dropsTheLineAtControlC() throws {
    let home = try TemporaryFolder()
    let terminal = try PseudoTerminal(home: home)
    try terminal.waitForPrompt()
    terminal.type("abc")
    try terminal.wait("the text") { $0.lines[$0.row].hasSuffix("abc") }
    terminal.type("\u{3}")
    try terminal.waitForPrompt()
    #expect(terminal.screen.text.contains("abc\nInterrupted (Note that Cypher queries must end"))
  }

  @Test func stopsAStatementAtControlC() throws {
    let home = try TemporaryFolder()
    let terminal = try PseudoTerminal(home: home)
    try terminal.waitForPrompt()
    terminal.type(
      "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN count(*) AS c;\r")
    try terminal.wait("the statement") { $0.text.contains("AS c;") }
    Thread.sleep(forTimeInterval: 0.5)
    terminal.type("\u{3}")
    try terminal.waitForPrompt()
    #expect(terminal.screen.text.contains("Stopping query..."))
    terminal.type("RETURN 'usable' AS x;\r")
    try terminal.wait("the next result") { $0.text.contains("| \"usable\" |") }
  }

  @Test func readsLinesOnADumbTerminal() throws {
    let home = try TemporaryFolder()
    let terminal = try PseudoTerminal(["--format", "plain"], home: home, terminal: "dumb")
    try terminal.waitForPrompt()
    terminal.type("RETURN 'é' AS x;\n")
    try terminal.waitForPrompt()
    #expect(terminal.screen.text.contains("x\n\"é\"\n"))
    terminal.type("\u{4}")
    #expect(try terminal.waitForEnd() == 0)
  }

  @Test func editsOnAfterTheWindowWasResized() throws {
    let home = try TemporaryFolder()
    let terminal = try PseudoTerminal(["--format", "plain"], home: home)
    try terminal.waitForPrompt()
    terminal.type("RETURN 'some text")
    try terminal.wait("the text") { $0.text.contains("some text") }
    terminal.resize(columns: 60)
    Thread.sleep(forTimeInterval: 0.3)
    terminal.type(" and more' AS x;\r")
    try terminal.wait("the result") { $0.text.contains("\"some text and more\"") }
  }

  @Test func completesCommands() throws {
    let home = try TemporaryFolder()
    let terminal = try PseudoTerminal(home: home)
    try terminal.waitForPrompt()
    terminal.type(":hist\t")
    try terminal.wait("the command") { $0.lines[$0.row].hasSuffix(":history") }
    terminal.type("\r")
    try terminal.waitForPrompt()
    #expect(terminal.screen.text.contains(" 1  :history"))
  }

  @Test func completesNamesOfTheGraph() throws {
    let home = try TemporaryFolder()
    let terminal = try PseudoTerminal(["--format", "plain"], home: home)
    try terminal.waitForPrompt()
    try completeNames(on: terminal)
  }

  @Test func leavesAfterIdling() throws {
    let home = try TemporaryFolder()
    let terminal = try PseudoTerminal(["--idle-timeout", "1s"], home: home)
    #expect(try terminal.waitForEnd() == 124)
    #expect(terminal.screen.text.contains("Timeout after idling"))
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGQUIT])
  func leavesTheTerminalAsItWasAtSignals(signal: Int32) throws {
    let home = try TemporaryFolder()
    let terminal = try PseudoTerminal(home: home)
    let modes = terminal.modes
    try terminal.waitForPrompt()
    terminal.type("CREATE (:Kept);\r")
    try terminal.wait("the result") { $0.text.contains("Added 1 nodes") }
    terminal.type(":begin\rCREATE (:RolledBack);\r")
    try terminal.waitForPrompt("@neo4j#")
    terminal.type("RETURN 'unfinished")
    try terminal.wait("the line") { $0.text.contains("unfinished") }
    #expect(terminal.modes != modes)
    terminal.signal(signal)
    #expect(try terminal.waitForEnd() == 128 + signal)
    #expect(terminal.modes == modes)
    let kept = try String(
      contentsOfFile: home.path + "/.neo4j/.cypher_shell_history", encoding: .utf8)
    #expect(kept.contains("CREATE (:Kept);\n") && kept.contains("CREATE (:RolledBack);\n"))
    let found = try Program.run(["MATCH (n) RETURN labels(n)"], home: home)
    #expect(found.out == "labels(n)\n[\"Kept\"]\n")
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGQUIT])
  func stopsAStatementAtSignals(signal: Int32) throws {
    let home = try TemporaryFolder()
    let terminal = try PseudoTerminal(home: home)
    let modes = terminal.modes
    try terminal.waitForPrompt()
    terminal.type("UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b CREATE (:N);\r")
    try terminal.wait("the statement") { _ in terminal.modes == modes }
    terminal.signal(signal)
    #expect(try terminal.waitForEnd() == 128 + signal)
    let found = try Program.run(["MATCH (n) RETURN count(n)"], home: home)
    #expect(found.out == "count(n)\n0\n")
  }

  @Test func goesOnAfterAStop() throws {
    let home = try TemporaryFolder()
    let terminal = try PseudoTerminal(["--format", "plain"], home: home)
    try terminal.waitForPrompt()
    terminal.type("RETURN 'begun")
    try terminal.wait("the line") { $0.text.contains("begun") }
    let modes = terminal.modes
    // A process that leads its session cannot be stopped by keys, only like this.
    terminal.signal(SIGTSTP)
    try terminal.wait("the shell's modes") { _ in terminal.modes == .shell }
    terminal.signal(SIGCONT)
    try terminal.wait("the editor's modes") { _ in terminal.modes == modes }
    terminal.type(" and ended' AS x;\r")
    try terminal.wait("the result") { $0.text.contains("\"begun and ended\"") }
  }

  @Test func leavesWhenTheTerminalIsGone() throws {
    let home = try TemporaryFolder()
    let terminal = try PseudoTerminal(home: home)
    try terminal.waitForPrompt()
    terminal.type(":begin\rCREATE (:RolledBack);\r")
    try terminal.waitForPrompt("@neo4j#")
    terminal.hangUp()
    #expect(try terminal.waitForEnd() == 128 + SIGHUP)
    let found = try Program.run(["MATCH (n) RETURN count(n)"], home: home)
    #expect(found.out == "count(n)\n0\n")
  }
}
