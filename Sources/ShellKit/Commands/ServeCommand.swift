/// Serves the databases of this process to Bolt drivers while the shell goes on.
struct ServeCommand: ShellCommand {
  private static let defaultPort = 7687

  let name = ":serve"
  let usage = "[HOST:PORT], or `off`"
  let summary = "Serves these databases to Bolt drivers"
  let help =
    ":serve [HOST:PORT] serves the databases of this process to Bolt drivers and other shells "
    + "(127.0.0.1:7687 where nothing is said), :serve off ends that"
  let isListed = false
  let argumentCounts = 0...1

  func run(_ arguments: [String], _ shell: Shell) async throws(ShellError) -> Continuation {
    if arguments.first?.lowercased() == "off" {
      guard await shell.connector.stopServing() else { throw .message("Nothing is served") }
      shell.output.print("No longer served\n")
      return .proceed
    }
    let (host, port) = try place(arguments.first ?? "127.0.0.1:\(Self.defaultPort)")
    do {
      let address = try await shell.connector.serve(host: host, port: port)
      shell.output.print("Listening on \(shell.output.bold(address))\n")
    } catch {
      throw .statement(error, text: "")
    }
    return .proceed
  }

  func completions(_ shell: Shell) -> [String] { ["off"] }

  private func place(_ text: String) throws(ShellError) -> (String, Int) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 2, let port = parts.last.flatMap({ UInt16($0) }) else {
      throw .message("'\(text)' is not of the form HOST:PORT")
    }
    let host = parts.dropLast().joined(separator: ":").filter { $0 != "[" && $0 != "]" }
    return (host.isEmpty ? "127.0.0.1" : host, Int(port))
  }
}
