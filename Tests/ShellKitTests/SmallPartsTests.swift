import Formatting
import LineEditor
import QuerySession
import Testing

@testable import ShellKit

@Suite struct ParameterExpressionTests {
  @Test(
    arguments: [
      ("a => 1", "{a: 1}"), ("a=>1", "{a: 1}"), ("a: 1", "{a: 1}"), ("a 1", "{a: 1}"),
      ("{a: 1, b: 2} ; ", "{a: 1, b: 2}"), ("a =>", "{a: =>}"), ("list a", "{list: a}"),
      ("`two words` => 1", "{`two words`: 1}"), ("`a``b` => 2", "{`a``b`: 2}"),
      ("naïve => 1", "{naïve: 1}"), ("a => 1;", "{a: 1}"), ("a: => 1", nil), ("a", nil),
      ("1 => 2", nil), ("`` => 1", nil), ("=> 1", nil), ("", nil),
    ] as [(String, String?)])
  func reads(text: String, map: String?) {
    #expect(ParameterExpression(text)?.map == map)
  }
}

@Suite struct PromptTests {
  @Test func showsUserAndDatabase() {
    var prompt = Prompt(user: "neo4j", database: "neo4j")
    #expect(prompt.text == "neo4j@neo4j> ")
    #expect(prompt.continuation == "             ")
    prompt.isInTransaction = true
    #expect(prompt.text == "neo4j@neo4j# ")
    prompt.impersonatedUser = "alice"
    #expect(prompt.text == "neo4j(alice)@neo4j# ")
    prompt.isUnavailable = true
    #expect(prompt.text == "neo4j(alice)@neo4j[UNAVAILABLE]# ")
    prompt.isConnected = false
    #expect(prompt.text == "Disconnected[UNAVAILABLE]> ")
  }

  @Test func breaksLongPrompts() {
    let prompt = Prompt(
      user: "myusername", database: "AVeryLongDatabaseNameThatGoesOnAndOnAndOnAndOn")
    #expect(prompt.text.hasSuffix("AndOn\n> "))
    #expect(prompt.continuation == "  ")
  }
}

@Suite struct RedactionTests {
  @Test(arguments: [
    (":connect -u a -p secret -d x", ":connect -u a -p ******** -d x"),
    (":connect --password=x", ":connect --password=********"),
    (":connect\t-u\ta  -p\tsecret", ":connect\t-u\ta  -p\t********"),
    (":connect -u a -p 'long secret' -d x", ":connect -u a -p ******** -d x"),
    (":connect bolt://u:secret@h:7687", ":connect bolt://u:********@h:7687"),
    (":CONNECT u:s:e@cret@h -d x", ":CONNECT u:********@h -d x"),
    (":connect bolt://u:1@[::1]:7687 -p s", ":connect bolt://u:********@[::1]:7687 -p ********"),
    (":connect bolt://h:7687", ":connect bolt://h:7687"),
    ("RETURN 1;\n :connect u:secret@h;", "RETURN 1;\n :connect u:********@h;"),
    (
      "ALTER USER a SET PASSWORD 'x\\'y' CHANGE NOT REQUIRED",
      "ALTER USER a SET PASSWORD '********' CHANGE NOT REQUIRED"
    ),
    (
      "ALTER CURRENT USER SET PASSWORD FROM 'a' TO \"b\"",
      "ALTER CURRENT USER SET PASSWORD FROM '********' TO \"********\""
    ),
    (":param {pw: 'x', b: 'y'}", ":param {pw: '********', b: 'y'}"),
    ("RETURN 'plain'", "RETURN 'plain'"),
  ])
  func hidesSecrets(text: String, expected: String) {
    #expect(Redaction.redacted(text) == expected)
  }
}

@Suite struct UnfinishedStatementTests {
  @Test(arguments: [
    ("exit", "`:exit`"), (" QUIT ", "`:quit`"), ("help", "`:help`"), ("RETURN 1\n:exit", "`:exit`"),
    ("exits", nil), ("RETURN 1", nil), ("RETURN 1\nexit", nil),
  ])
  func tellsHowToLeaveIt(text: String, word: String?) {
    guard case .incomplete(let note) = InteractiveLoop.acceptance(of: text) else {
      Issue.record("\(text) is whole")
      return
    }
    #expect((note != nil) == (word != nil))
    #expect(note?.contains(word ?? "") != false)
  }
}

@Suite struct ArgumentParserTests {
  @Test(
    arguments: [
      (["--format", "xml"], "argument --format: invalid choice: 'xml'"),
      (
        ["--encryption", "maybe"],
        "argument --encryption: invalid choice: 'maybe' (choose from {true,false,default})"
      ),
      (
        ["--access-mode", "admin"],
        "argument --access-mode: could not convert 'admin' (choose from {read,write})"
      ),
      (["--sample-rows", "0"], "Invalid value: 0"), (["--sample-rows=-1"], "Invalid value: -1"),
      (["--sample-rows", "3000000000"], "Invalid value: 3000000000"),
      (
        ["--wrap", "maybe"], "argument --wrap: could not convert 'maybe' (choose from {true,false})"
      ),
      (["--bogus"], "unrecognized arguments: '--bogus'"),
      (["--pasword", "x"], "Did you mean:\n\t--password"),
      (["-file", "x"], "Unrecognized argument '-file', did you mean --file?"),
      (["-a", "a", "--uri", "b"], "Specify one of -a/--address/--uri"),
      (["-a", "a", "--memory"], "Specify one of --memory and -a/--address/--uri"),
      (
        ["--fail-fast", "--fail-at-end"],
        "argument --fail-at-end: not allowed with argument --fail-fast"
      ),
      (
        ["-a", "host port"],
        "Failed to parse address: 'neo4j://host port'\nAddress should be of the form:"
      ),
      (["-a", "bolt://h:abc"], "Failed to parse address: 'bolt://h:abc'"),
      (["-a", ""], "Failed to parse address: 'neo4j://'"),
      (["-P", "foo: => 1"], "Incorrect usage.\nusage: --param  'name => value'"),
      (["--idle-timeout", "5x"], "Invalid timeout value"),
      (["--idle-timeout", "10"], "Invalid timeout value"),
      (["-u"], "argument -u/--username: expected one argument"),
      (["RETURN 1", "RETURN 2"], "unrecognized arguments: 'RETURN 2'"),
      (["--fail", "x"], "ambiguous option: --fail could match --fail-at-end, --fail-fast"),
      (["--d", "x"], "ambiguous option: --d could match --database, --driver-version"),
      (["-a", "neo4j://a:b:c@h"], "Cannot parse user and password from a:b:c"),
    ] as [([String], String)])
  func refuses(arguments: [String], message: String) {
    guard case .failure(let text) = parse(arguments) else {
      Issue.record("\(arguments) were accepted")
      return
    }
    #expect(text.contains(message))
  }

  @Test func readsAllForms() throws {
    let options = try #require(
      accepted([
        "-uneo4j", "-p=pw", "--data=/d", "RETURN 1", "--format", "csv", "-f", "a", "-f", "b",
        "--idle-timeout", "1h2m3s", "--access-mode", "ReAd",
      ]))
    #expect(options.user == "neo4j")
    #expect(options.password == "pw")
    #expect(options.dataDirectory == "/d")
    #expect(options.cypher == "RETURN 1")
    #expect(options.format == .csv)
    #expect(options.files == ["a", "b"])
    #expect(options.idleTimeoutSeconds == 3723)
    #expect(options.accessMode == .read)
    #expect(accepted(["--pass", "x"])?.password == "x")
    #expect(accepted(["--", "--x"])?.cypher == "--x")
  }

  @Test func precedenceIsFlagEnvironmentAddress() {
    let environment = ["NEO4J_USERNAME": "env", "NEO4J_ADDRESS": "neo4j://%61:b@h:1"]
    #expect(accepted(["-u", "flag"], environment)?.user == "flag")
    #expect(accepted([], environment)?.user == "env")
    #expect(accepted([], environment)?.password == "b")
    #expect(accepted(["-a", "neo4j://only@h"], [:])?.user == "only")
    #expect(accepted(["-a", "memory:"], environment)?.address == .memory)
    #expect(accepted([], [:])?.address == .embedded)
  }

  @Test func helpNamesEveryFlag() {
    guard case .help(let text) = parse(["-vh"]) else {
      Issue.record("no help")
      return
    }
    for flag in Flag.all {
      for name in flag.long { #expect(text.contains(name)) }
    }
  }

  private func parse(
    _ arguments: [String], _ environment: [String: String] = [:]
  ) -> ArgumentParser.Result {
    ArgumentParser(program: "nacre", environment: { environment[$0] }).parse(arguments)
  }

  private func accepted(
    _ arguments: [String], _ environment: [String: String] = [:]
  ) -> ShellOptions? {
    if case .options(let options) = parse(arguments, environment) { options } else { nil }
  }
}
