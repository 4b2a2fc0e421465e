import Foundation
import Testing

/// Streams that are closed, full or gone, and files that are cut short.
@Suite struct HostileSurroundingsTests {
  /// Runs a line of `sh` in which `"$0"` is the program with a data directory.
  private func shell(_ line: String, home: TemporaryFolder) throws -> (status: Int32, error: String)
  {
    let like = Program.process([], home: home)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line, Program.path]
    process.environment = like.environment
    process.currentDirectoryURL = like.currentDirectoryURL
    let error = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = error
    try process.run()
    let text = error.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }

  @Test func closedStreamsNeverBecomeTheDatabase() throws {
    let home = try TemporaryFolder()
    let outcome = try shell("\"$0\" 'CREATE (n:A {k: 1}) RETURN n' >&- 2>&- <&-", home: home)
    #expect(outcome.status == 0)
    #expect(try shell("timeout 20 \"$0\" <&-", home: home).status == 0)
    let answer = try Program.run(["MATCH (n:A) RETURN n.k AS k"], home: home)
    #expect(answer.out == "k\n1\n", "\(answer.error)")
  }

  #if os(Linux)
    @Test func aFullOutputIsAFailure() throws {
      let home = try TemporaryFolder()
      let outcome = try shell("\"$0\" 'RETURN 1' > /dev/full", home: home)
      #expect(outcome.status == 1)
      #expect(outcome.error == "Failed to write to standard output: No space left on device\n")
    }
  #endif

  @Test func aFileThatWasCutShortEndsInASentence() throws {
    let home = try TemporaryFolder()
    let made = try Program.run(
      ["UNWIND range(1, 20000) AS i CREATE (:A {i: i, s: 'text of number ' + i})"], home: home)
    #expect(made.status == 0, "\(made.error)")
    let line = """
      find "$HOME/data" -path '*neo4j/data.mdb' -exec truncate -s 100000 {} +
      "$0" 'MATCH (n:A) WHERE n.s CONTAINS "9" RETURN count(n) AS c'
      """
    let outcome = try shell(line, home: home)
    #expect(outcome.status == 1)
    #expect(outcome.error.contains("damaged"))
  }
}
