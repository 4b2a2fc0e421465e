import GraphValues
import LineEditor

/// What `--change-password` does: asks for what is missing, then changes the password.
struct PasswordChange {
  static let statement = "ALTER CURRENT USER SET PASSWORD FROM $o TO $n"

  let shell: Shell

  /// Asks and changes.
  ///
  /// - Returns: The process's status.
  func run() async -> Int32 {
    do throws(ShellError) {
      try await change()
      return 0
    } catch {
      shell.output.report("Failed to change password: \(shell.text(of: error) ?? "")")
      return 1
    }
  }

  private func change() async throws(ShellError) {
    guard HostProcess.isTerminal(0), !shell.options.isNonInteractive else {
      throw .message(ShellError.noText)
    }
    let reader = PlainLineReader()
    while shell.request.user.isEmpty {
      let outcome = reader.readAnswer(prompt: "username: ")
      guard case .line(let user) = outcome else { throw .message(ShellError.noText) }
      shell.request.user = user
      if user.isEmpty { shell.output.print("username cannot be empty\n\n") }
    }
    if shell.request.password.isEmpty {
      shell.request.password = try secret("password: ", reader)
    }
    var new = try secret("new password: ", reader)
    while new.isEmpty {
      shell.output.print("new password cannot be empty\n\n")
      new = try secret("new password: ", reader)
    }
    guard try secret("confirm password: ", reader) == new else {
      throw .message("Passwords are not matching.")
    }
    shell.request.database = "system"
    try await shell.connect()
    _ = try await shell.records(
      of: Self.statement,
      parameters: MapValue([("o", .string(shell.request.password)), ("n", .string(new))]))
  }

  private func secret(_ prompt: String, _ reader: PlainLineReader) throws(ShellError) -> String {
    guard case .line(let text) = reader.readSecret(prompt: prompt, isMarked: false) else {
      throw .message(ShellError.noText)
    }
    return text
  }
}
