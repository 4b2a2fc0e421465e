import QuerySession

/// Shows or changes what transactions may do.
struct AccessModeCommand: ShellCommand {
  let name = ":access-mode"
  let usage =
    "- Display current access mode\n:access-mode read - Reconnect with read access mode\n"
    + ":access-mode write - Reconnect with write access mode\n"
  let summary = "View or set access mode"
  let argumentCounts = 0...1

  func run(_ arguments: [String], _ shell: Shell) async throws(ShellError) -> Continuation {
    guard let word = arguments.first else {
      shell.output.print("Access mode \(shell.request.accessMode.rawValue)\n")
      return .proceed
    }
    guard let mode = AccessMode(rawValue: word.lowercased()) else {
      throw .message("Unknown access mode \(word), available modes are READ, WRITE")
    }
    guard let session = shell.session else {
      throw .message("Can't reconnect when unconnected.")
    }
    guard !shell.isInTransaction else {
      throw .message(
        "There is an open transaction. You need to close it before you can reconnect.")
    }
    do {
      try await session.setAccessMode(mode)
    } catch {
      throw .statement(error, text: "")
    }
    shell.request.accessMode = mode
    return .proceed
  }

  func completions(_ shell: Shell) -> [String] { ["read", "write"] }
}
