import Foundation
import Testing

/// What clients of a server may read of the machine that it runs on.
@Suite struct ServedFilesTests {
  private static let load = "LOAD CSV FROM 'file:///secret.csv' AS line RETURN line;"

  /// Loads the file as a client: its first record, or the failure.
  private func loaded(from address: String, _ home: TemporaryFolder) throws -> String {
    let outcome = try Program.run(
      ["-a", address, "--format", "plain", Self.load], home: home)
    return outcome.status == 0 ? outcome.out : outcome.error
  }

  @Test func clientsOfTheShellDoNotSeeItsWorkingDirectory() throws {
    let home = try TemporaryFolder()
    _ = try home.file("secret.csv", "a,b\n")
    let shell = Program.process(["-a", "memory:", "--format", "plain"], home: home)
    let (input, out) = (Pipe(), Pipe())
    shell.standardInput = input
    shell.standardOutput = out
    try shell.run()
    try input.fileHandleForWriting.write(contentsOf: Data(":serve 127.0.0.1:0\n".utf8))
    var line = Data()
    while line.last != 0x0A, let more = try out.fileHandleForReading.read(upToCount: 1) {
      line += more
    }
    let address = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .newlines)
      .replacing("Listening on ", with: "")
    let told = try loaded(from: address, home)
    #expect(told.contains("NACRE_IMPORT") && !told.contains("\"a\""), "\(told)")
    // Who sits at the shell does.
    try input.fileHandleForWriting.write(contentsOf: Data(Self.load.utf8))
    try input.fileHandleForWriting.close()
    let rest = try out.fileHandleForReading.readToEnd() ?? Data()
    #expect(String(decoding: rest, as: UTF8.self) == "line\n[\"a\", \"b\"]\n")
    shell.waitUntilExit()
  }

  @Test func clientsSeeTheFolderThatTheServerNames() throws {
    let home = try TemporaryFolder()
    _ = try home.file("secret.csv", "a,b\n")
    let inMemory = try ServingProgram(home: home, ["--memory"])
    #expect(try loaded(from: inMemory.address, home).contains("--import"))
    let stored = try ServingProgram(home: home)
    let missing = try loaded(from: stored.address, home)
    #expect(missing.contains("Could not load") && !missing.contains("--import"), "\(missing)")
    let named = try ServingProgram(home: home, ["--memory", "--import", home.path])
    #expect(try loaded(from: named.address, home) == "line\n[\"a\", \"b\"]\n")
  }
}
