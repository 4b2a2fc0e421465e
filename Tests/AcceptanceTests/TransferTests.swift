import Foundation
import Testing

/// Clients that transfer between accounts while the server is killed.
@Suite struct TransferTests {
  private static let accounts = 10
  private static let opening = 1000

  /// A shell on the server that does one transfer after another, each a transaction of three
  /// statements, and says which are committed.
  private final class Client: Sendable {
    private let process: Process
    private let readers: [BackgroundWork]
    private let acknowledged: DispatchSemaphore

    /// Starts the shell.
    ///
    /// - Parameters:
    ///   - run: Makes its transfers differ from those before an earlier end of the server.
    ///   - number: Makes its transfers differ from other clients'.
    ///   - address: The server's.
    ///   - home: The user's folder.
    /// - Throws: When it cannot be started.
    init(
      run: Int, number: Int, at address: String, home: TemporaryFolder
    ) throws {
      process = Program.process(["-a", address, "--format", "plain"], home: home)
      // More than can be done until the server is killed.
      let script = (0..<5000).map { Self.script(run: run, client: number, transfer: $0) }
      let file = try home.file("client\(number).cypher", script.joined())
      let (out, error) = (Pipe(), Pipe())
      process.standardInput = FileHandle(forReadingAtPath: file)
      process.standardOutput = out
      process.standardError = error
      try process.run()
      let acknowledged = DispatchSemaphore(value: 0)
      self.acknowledged = acknowledged
      readers = [
        BackgroundWork { Self.read(out.fileHandleForReading) { acknowledged.signal() } },
        BackgroundWork { error.fileHandleForReading.readDataToEndOfFile() },
      ]
    }

    /// Reads to the end, and tells of each name that comes.
    private static func read(_ handle: FileHandle, _ acknowledge: () -> Void) -> Data {
      var all = Data()
      while true {
        let more = handle.availableData
        if more.isEmpty { return all }
        all += more
        // Each name ends with its second quote, wherever the pieces end.
        let ends = more.count { $0 == UInt8(ascii: "\"") }
        for _ in 0..<(ends / 2) { acknowledge() }
      }
    }

    /// Waits until so many transfers more have been committed.
    func waitForTransfers(_ count: Int) throws {
      for _ in 0..<count {
        try #require(acknowledged.wait(timeout: .now() + 20) == .success)
      }
    }

    /// Waits for the shell's end.
    ///
    /// - Returns: The transfers that it has been told of as committed, and what else it said.
    func end() -> (acknowledged: [String], said: String) {
      process.waitUntilExit()
      let out = String(decoding: readers[0].wait(), as: UTF8.self)
      let error = String(decoding: readers[1].wait(), as: UTF8.self)
      let lines = out.split(separator: "\n").filter { $0.hasPrefix("\"") && $0.hasSuffix("\"") }
      return (lines.map { String($0.dropFirst().dropLast()) }, error)
    }

    /// The lines of one transfer.
    private static func script(run: Int, client: Int, transfer: Int) -> String {
      let from = (client * 7 + transfer) % TransferTests.accounts
      let to = (from + 1 + transfer % (TransferTests.accounts - 1)) % TransferTests.accounts
      let amount = 1 + transfer % 5
      let name = "\(run)-\(client)-\(transfer)"
      return """
        :begin
        MATCH (a:Account {id: \(from)}) SET a.balance = a.balance - \(amount);
        MATCH (a:Account {id: \(to)}) SET a.balance = a.balance + \(amount);
        CREATE (:Transfer {name: '\(name)', from: \(from), to: \(to), amount: \(amount)});
        :commit
        RETURN '\(name)' AS committed;

        """
    }
  }

  @Test func noAcknowledgedTransferIsMissingWhenTheServerIsKilled() throws {
    let home = try TemporaryFolder()
    let setUp = """
      UNWIND range(0, \(Self.accounts - 1)) AS id
      CREATE (:Account {id: id, balance: \(Self.opening)})
      """
    #expect(try Program.run([setUp], home: home).status == 0)
    var acknowledged: Set<String> = []
    for round in 1...10 {
      let server = try ServingProgram(home: home)
      let clients = try (1...8).map { number in
        try Client(run: round, number: number, at: server.address, home: home)
      }
      // Each is at work; the first has done some more in each round.
      for client in clients { try client.waitForTransfers(2) }
      try clients[0].waitForTransfers(round)
      server.kill()
      for client in clients {
        let (names, said) = client.end()
        acknowledged.formUnion(names)
        #expect(said.contains("onnect") && said.contains("127.0.0.1:\(server.port)"), "\(said)")
      }
      try check(acknowledged, home)
    }
  }

  /// Holds the store against what clients were told.
  private func check(_ acknowledged: Set<String>, _ home: TemporaryFolder) throws {
    let kept = try Program.run(
      ["--format", "plain", "MATCH (t:Transfer) RETURN t.name AS name"], home: home)
    let names = Set(kept.out.split(separator: "\n").dropFirst().map { $0.dropFirst().dropLast() })
    #expect(kept.status == 0, "\(kept.error)")
    #expect(acknowledged.count >= 20)
    #expect(acknowledged.filter { !names.contains(Substring($0)) } == [])
    // What is there is there as a whole: each balance follows from the transfers.
    let sums = try Program.run(
      [
        "--format", "plain",
        """
        MATCH (a:Account)
        WITH a,
          reduce(s = 0, x IN COLLECT { MATCH (t:Transfer {from: a.id}) RETURN t.amount } | s + x)
            AS given,
          reduce(s = 0, x IN COLLECT { MATCH (t:Transfer {to: a.id}) RETURN t.amount } | s + x)
            AS taken
        RETURN count(a) AS accounts, sum(a.balance) AS sum,
          count(CASE WHEN a.balance <> \(Self.opening) - given + taken THEN 1 END) AS wrong
        """,
      ], home: home)
    #expect(
      sums.out == "accounts, sum, wrong\n\(Self.accounts), \(Self.accounts * Self.opening), 0\n",
      "\(sums.error)")
  }
}
