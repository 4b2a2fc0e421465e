import Diagnostics
import Formatting
import GraphValues
import LineEditor
import Synchronization
import Testing

@testable import ShellKit

/// What a script printed and how it ended.
struct Transcript {
  var out = ""
  var error = ""
  /// Both streams with markers, in the order written.
  var order: [String] = []
  var status: Int32 = 0
  var log: [String] = []
}

/// What a shell has written to its streams.
private final class Written: Sendable {
  let parts = Mutex<[(isError: Bool, text: String)]>([])
}

/// Runs a script in a shell over a scripted session.
func transcript(
  of script: String, mode: Shell.Mode = .script, format: ResultFormat = .plain,
  prepare: (ScriptedSession) -> Void = { _ in },
  options change: (inout ShellOptions) -> Void = { _ in }
) async -> Transcript {
  let session = ScriptedSession()
  for number in 1...3 {
    session.answer(
      "RETURN \(number)", ScriptedSession.Answer(columns: ["x"], rows: [[.integer(Int64(number))]]))
  }
  session.answer("CREATE ()", ScriptedSession.Answer())
  prepare(session)
  var options = ShellOptions()
  options.environment = { _ in nil }
  change(&options)
  let written = Written()
  func writer(_ isError: Bool) -> @Sendable ([UInt8]) -> ByteSink.Outcome {
    { [written] bytes in
      written.parts.withLock { $0.append((isError, String(decoding: bytes, as: UTF8.self))) }
      return .written
    }
  }
  let shell = Shell(
    options: options, mode: mode, format: format, connector: ScriptedConnector(session: session),
    output: ShellOutput(isStyled: false, out: writer(false), error: writer(true)),
    interrupter: Interrupter(isInteractive: false) { _ in }, history: History(.memory))
  var runner = ScriptRunner(shell)
  var result = Transcript()
  do throws(ShellError) {
    try await shell.connect()
    if case .leave(let status) = await runner.run(text: Array(script.utf8)) {
      result.status = status
    } else {
      let isSettled = await runner.settle() == .proceed
      result.status = !isSettled || runner.hasFailed ? 1 : 0
    }
  } catch {
    result.status = 1
  }
  let all = written.parts.withLock { $0 }
  result.out = all.filter { !$0.isError }.map(\.text).joined()
  result.error = all.filter(\.isError).map(\.text).joined()
  result.order = all.map { ($0.isError ? "E " : "O ") + $0.text }
  result.log = session.log
  return result
}

@Suite struct ShellScriptTests {
  @Test func runsAllStatementsInOneGroup() async {
    let result = await transcript(of: "RETURN 1; RETURN 2;\nRETURN 3")
    #expect(result.out == "x\n1\nx\n2\nx\n3\n")
    #expect(result.log == ["RETURN 1", "RETURN 2", "RETURN 3", "sync"])
    #expect(result.status == 0)
  }

  @Test func showsNothingThatCouldNotBeCommitted() async {
    let result = await transcript(of: "RETURN 1; RETURN 2;", prepare: { $0.failSync() })
    #expect(result.out.isEmpty)
    #expect(result.error.contains("disk is full"))
    #expect(result.error.contains("the last 2 statements could not be committed"))
    #expect(result.error.contains("nothing was written"))
    #expect(result.status == 1)
  }

  @Test func stopsAtTheFirstFailureAndShowsWhatCameBefore() async {
    let result = await transcript(of: "RETURN 1; RETRN; RETURN 3;")
    #expect(result.order == ["O x\n1\n", "E Invalid input\n"])
    #expect(result.log == ["RETURN 1", "RETRN", "sync"])
    #expect(result.status == 1)
  }

  @Test func goesOnToTheEndWhenAsked() async {
    let result = await transcript(
      of: "RETURN 1; RETRN; RETURN 3;", options: { $0.failsAtEnd = true })
    #expect(result.order == ["O x\n1\n", "E Invalid input\n", "O x\n3\n"])
    #expect(result.status == 1)
  }

  @Test func stringModeAlwaysStops() async {
    let result = await transcript(
      of: "RETRN; RETURN 3;", mode: .string, options: { $0.failsAtEnd = true })
    #expect(result.out.isEmpty)
    #expect(result.status == 1)
  }

  @Test func commandsSeeEverythingDurable() async {
    let result = await transcript(of: "CREATE ();\n:begin\nCREATE ();\n:commit\nRETURN 1;")
    #expect(
      result.log == [
        "CREATE ()", "sync", "begin", "CREATE () [alone]", "commit", "RETURN 1", "sync",
      ])
    #expect(result.status == 0)
  }

  @Test func skipsTheRestOfAFailedTransaction() async {
    let result = await transcript(
      of: ":begin\nRETRN;\nCREATE ();\n:commit\nRETURN 1;", options: { $0.failsAtEnd = true })
    #expect(result.log == ["begin", "RETRN [alone]", "RETURN 1", "sync"])
    #expect(
      result.error == """
        An error occurred while in an open transaction. The transaction will be rolled back and terminated. Error: Invalid input
        1 statement after the error in the transaction skipped: nothing was written
        There is no open transaction to commit

        """)
    #expect(result.out == "x\n1\n")
    #expect(result.status == 1)
  }

  @Test func exitKeepsTheStatusOfEarlierFailures() async {
    let result = await transcript(
      of: "RETRN;\n:exit\nRETURN 1;", options: { $0.failsAtEnd = true })
    #expect(result.out.isEmpty)
    #expect(result.status == 1)
    let good = await transcript(of: "RETURN 1;\n:exit\nRETURN 2;")
    #expect(good.out == "x\n1\n")
    #expect(good.status == 0)
  }

  @Test func showsRowsBeforeAFailure() async {
    let result = await transcript(
      of: "UNWIND", format: .verbose,
      prepare: { session in
        session.answer(
          "UNWIND",
          ScriptedSession.Answer(
            columns: ["x"], rows: [[.integer(1)]], failure: Failure(code: "x", message: "/ by zero")
          ))
      })
    #expect(result.order == ["O +---+\n| x |\n+---+\n| 1 |\n", "E / by zero\n"])
  }

  @Test(
    arguments: [
      (":foo", "Could not find command :foo, use :help to see available commands\n"),
      (":FooBar baz", "Could not find command :foobar, use :help to see available commands\n"),
      (":begin now", "Incorrect number of arguments.\nUsage: :begin \n"),
      (":commit", "There is no open transaction to commit\n"),
      (":rollback", "There is no open transaction to rollback\n"),
      (":begin\n:begin", "There is already an open transaction\n"),
      (
        ":begin\n:use system",
        "There is an open transaction. You need to close it before you can switch database.\n"
      ),
      (":help nope", "No such command: nope\n"), (":help BEGIN", "No such command: BEGIN\n"),
      (":source nope", "Cannot find file: 'nope'\n"),
      (":history foo", "Unrecognised argument foo\n"),
      (":access-mode admin", "Unknown access mode admin, available modes are READ, WRITE\n"),
      (":disconnect\n:begin", "Not connected to Neo4j\n"),
      (":disconnect\nRETURN 1", "Not connected to Neo4j\n"),
      (":connect -u a -p b", "Already connected\n"),
      (
        ":disconnect\n:connect -p x",
        "You cannot provide password only, please provide a username using '-u USERNAME'\n"
      ),
      (":disconnect\n:connect -u a", "Could not read input\n"),
      (":impersonate alice", "Impersonation is not supported in community edition.\n"),
      (":use nosuchdb", "Graph not found: nosuchdb\n"),
    ] as [(String, String)])
  func tellsWhatIsWrong(script: String, error: String) async {
    let result = await transcript(of: script)
    #expect(result.error == error)
    #expect(result.status == 1)
  }

  @Test(
    arguments: [
      (":access-mode", "Access mode write\n"), (":ACCESS-MODE;", "Access mode write\n"),
      (":history", "\n"), (":history clear", "Removing history...\n"), (":param", "{\n}\n"),
      (
        ":help :begin",
        "\nusage: :begin \n\nStart a transaction which will remain open until :commit or :rollback is called\n\n"
      ),
      (
        ":help auto",
        "\nusage: :auto statement\n\nRuns the statement: each is a transaction of its own without it too\n\n"
      ),
      (":auto RETURN 1;", "x\n1\n"), ("RETURN 1; :exit\nRETURN 2;", "x\n1\n"),
      (":begin; RETURN 1; :commit", "x\n1\n"),
    ] as [(String, String)])
  func answersCommands(script: String, out: String) async {
    let result = await transcript(of: script)
    #expect(result.out == out)
    #expect(result.error == "")
    #expect(result.status == 0)
  }

  @Test func listsAllCommands() async {
    let result = await transcript(of: ":help")
    for command in CommandCatalogue.commands {
      #expect(result.out.contains("  \(command.name)") == command.isListed)
    }
  }

  @Test func keepsParametersThatWereEvaluated() async {
    let map = Value.map(MapValue([("b", .string("O'Hara")), ("a", .integer(1))]))
    let result = await transcript(
      of: ":param {a: 1, b: name()}\n:param",
      prepare: { session in
        session.answer(
          "RETURN {a: 1, b: name()} AS `result`",
          ScriptedSession.Answer(columns: ["result"], rows: [[map]]))
      })
    #expect(result.out == "{\n  a: 1,\n  b: 'O\\'Hara'\n}\n")
  }

  @Test func literalsAsParametersNeedNoDatabase() async {
    let result = await transcript(of: ":param a => 'x'\n:param {b: [1, -2.5, null]}\n:param")
    #expect(result.error == "")
    #expect(result.out == "{\n  a: 'x',\n  b: [1, -2.5, NULL]\n}\n")
  }

  @Test func refusesEntitiesAsParameters() async {
    let record = NodeRecord(id: NodeID(60), elementID: "", labels: [], properties: MapValue())
    let map = Value.map(MapValue([("n", .list([.nodeRecord(record)]))]))
    let result = await transcript(
      of: ":param n => x",
      prepare: { session in
        session.answer(
          "RETURN {n: x} AS `result`", ScriptedSession.Answer(columns: ["result"], rows: [[map]]))
      })
    #expect(
      result.error == "Parameter values needs to have a literal type (not nodes, relationships or "
        + "paths), but found: `n`: [node<60>]\n")
  }

  @Test func namesTheExpressionThatFailed() async {
    let result = await transcript(of: ":param a => nosuch()")
    #expect(result.error == "Failed to evaluate expression {a: nosuch()}: Invalid input\n")
  }

  @Test func durableResultsAreShownWhileTheyCome() async {
    let result = await transcript(
      of: "BIG",
      prepare: { session in
        let row: [Value] = [.string(String(repeating: "x", count: 40_000))]
        session.answer(
          "BIG",
          ScriptedSession.Answer(
            columns: ["x"], rows: Array(repeating: row, count: 4), isDurable: true))
      })
    // Written in one go or in several, but never held.
    #expect(result.out.count > 160_000)
    #expect(result.log == ["BIG"])
  }
}
