import Foundation

/// `nacre serve` on a free port, until the value goes.
final class ServingProgram {
  let port: Int
  let process: Process

  /// Where it listens, for `-a`.
  var address: String { "bolt://127.0.0.1:\(port)" }

  /// The server said something else than where it listens.
  struct NotListening: Error {
    let said: String
  }

  /// Starts a server and waits until it listens.
  ///
  /// - Parameters:
  ///   - home: The folder that stands for the user's; databases are kept in it.
  ///   - arguments: Behind `serve --listen 127.0.0.1:PORT`.
  ///   - port: Where to listen; 0 for any free port.
  /// - Throws: When it does not listen.
  init(home: TemporaryFolder, _ arguments: [String] = [], port: Int = 0) throws {
    process = Program.process(
      ["serve", "--listen", "127.0.0.1:\(port)"] + arguments, home: home)
    let out = Pipe()
    process.standardOutput = out
    process.standardInput = FileHandle.nullDevice
    try process.run()
    var line = Data()
    while line.last != 0x0A, let more = try out.fileHandleForReading.read(upToCount: 1) {
      line += more
    }
    let said = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .newlines)
    guard said.hasPrefix("listening on "),
      let port = said.split(separator: ":").last.flatMap({ Int($0) })
    else {
      process.terminate()
      throw NotListening(said: said)
    }
    self.port = port
  }

  deinit { if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) } }

  /// Asks it to end and tells the status.
  func stop() -> Int32 {
    process.terminate()
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Ends it as a power cut would.
  func kill() {
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
