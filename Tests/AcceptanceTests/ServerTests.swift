import Foundation
import Testing

/// The shell on a server and on the engine in its own process: what users see is the same.
@Suite struct ServerTests {
  @Test(arguments: AcceptanceScript.all.map(\.name))
  func scriptsShowTheSameAsOnTheEmbeddedEngine(name: String) throws {
    let script = try #require(AcceptanceScript.all.first { $0.name == name })
    let home = try TemporaryFolder()
    let server = try ServingProgram(home: home, ["--memory"])
    let embedded = try Program.run(
      ["-a", "memory:"] + script.arguments, input: script.text, home: home)
    let remote = try Program.run(
      ["-a", server.address] + script.arguments, input: script.text, home: home)
    #expect(script.fault(of: embedded) == nil)
    #expect(script.fault(of: remote) == nil)
    #expect(remote.error == embedded.error)
    #expect(server.stop() == 0)
  }

  @Test func manyStatementsArePipelinedAndAllTakeEffect() throws {
    let home = try TemporaryFolder()
    let server = try ServingProgram(home: home)
    let script = (0..<5000).map { "CREATE (:N {id: \($0)});\n" }.joined()
    let loaded = try Program.run(["-a", server.address], input: script, home: home)
    #expect(loaded.status == 0, "\(loaded.error)")
    server.kill()
    // Everything that was shown is durable: the engine finds it after a power cut.
    let counted = try Program.run(["MATCH (n:N) RETURN count(DISTINCT n.id) AS c"], home: home)
    #expect(counted.out == "c\n5000\n")
  }

  @Test func usersLogInWhereThereArePasswords() throws {
    let home = try TemporaryFolder()
    let statement = "ALTER USER neo4j SET PASSWORD 'long enough' CHANGE NOT REQUIRED"
    #expect(try Program.run(["-d", "system", statement], home: home).status == 0)
    let server = try ServingProgram(home: home)
    let right = ["-a", server.address, "-u", "neo4j", "-p", "long enough", "RETURN 1 AS x"]
    #expect(try Program.run(right, home: home).out == "x\n1\n")
    for wrong in [["-u", "neo4j", "-p", "no"], []] {
      let outcome = try Program.run(["-a", server.address] + wrong + ["RETURN 1"], home: home)
      #expect(outcome.status == 1)
      #expect(outcome.error.contains("42NFF"), "\(outcome.error)")
    }
  }

  @Test func aServerThatIsNotThereIsToldInOneLine() throws {
    let home = try TemporaryFolder()
    let server = try ServingProgram(home: home, ["--memory"])
    let address = server.address
    #expect(server.stop() == 0)
    let outcome = try Program.run(["-a", address, "RETURN 1"], home: home)
    #expect(outcome.status == 1)
    #expect(outcome.error.contains("Unable to connect to 127.0.0.1:\(server.port)"))
  }

  /// Plans are no records: where these are for programs, plans are beside them.
  @Test(arguments: [
    ("csv", "x\r\n", "x\r\n1\r\n"), ("json", "[]\n", "[\n{\"x\":1}\n]\n"),
    ("jsonl", "", "{\"x\":1}\n"),
  ])
  func plansAreShownInEachFormat(format: String, explained: String, profiled: String) throws {
    let home = try TemporaryFolder()
    let server = try ServingProgram(home: home, ["--memory"])
    for address in ["memory:", server.address] {
      let flags = ["-a", address, "--format", format]
      let explain = try Program.run(flags + ["EXPLAIN RETURN 1 AS x"], home: home)
      #expect(explain.out == explained)
      #expect(explain.error.contains("| \"EXPLAIN\" |"), "\(explain.error)")
      #expect(explain.error.contains("+ProduceResults"))
      let profile = try Program.run(flags + ["PROFILE RETURN 1 AS x"], home: home)
      #expect(profile.out == profiled)
      #expect(profile.error.contains("| \"PROFILE\" |"))
    }
  }

  @Test func statementsTellWhoSendsThem() throws {
    let home = try TemporaryFolder()
    let server = try ServingProgram(home: home, ["--memory"])
    let question = "SHOW TRANSACTIONS YIELD metaData AS m RETURN m.app AS a, m.type AS t;"
    for address in ["memory:", server.address] {
      let script = "\(question)\n:begin\n\(question)\n:commit\n"
      let outcome = try Program.run(["-a", address], input: script, home: home)
      let answer = "a, t\n\"nacre_v0.1.0\", \"user-direct\"\n"
      #expect(outcome.out == answer + answer, "\(outcome.error)")
    }
    let expression = "m => head([(:A)--() | 1]) + size(keys({a: 1}))"
    let map = try Program.run(
      ["-a", server.address], input: ":param \(expression)\nRETURN $m AS m;\n", home: home)
    #expect(map.out == "m\nNULL\n", "\(map.error)")
  }

  @Test func mistakesInTheArgumentsOfServeAreTold() throws {
    let home = try TemporaryFolder()
    for arguments in [
      ["--listen", "nowhere"], ["--nonsense"], ["--tls-cert", "x"], ["--max-connections", "0"],
      ["--memory", "--data", home.path], ["--memory", "--import", home.path + "/none"],
    ] {
      let outcome = try Program.run(["serve"] + arguments, home: home)
      #expect(outcome.status == 64)
      #expect(outcome.error.contains("usage: nacre serve"))
    }
    #expect(try Program.run(["--help"], home: home).out.contains("\n  nacre serve"))
    for word in ["help", "--help"] {
      let help = try Program.run(["serve", word], home: home)
      #expect(help.status == 0)
      #expect(help.out.contains("--listen HOST:PORT"))
    }
    // Other machines are not let in as nobody.
    let open = try Program.run(["serve", "--listen", "0.0.0.0:0", "--memory"], home: home)
    #expect(open.status == 1)
  }
}
