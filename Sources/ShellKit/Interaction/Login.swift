import Diagnostics
import GraphValues
import LineEditor

/// Connects at the start, asking a person for what is missing.
struct Login {
  private static let mostAttempts = 3
  private static let expired = "Neo.ClientError.Security.CredentialsExpired"
  private static let unauthorized = "Neo.ClientError.Security.Unauthorized"

  let shell: Shell

  /// Whether somebody can be asked.
  private var canAsk: Bool {
    HostProcess.isTerminal(0) && HostProcess.isTerminal(1) && !shell.options.isNonInteractive
  }

  /// Connects.
  ///
  /// A user without a password is asked for it first; others are asked only when the server does not
  /// let them in as they are. A password that has expired is changed.
  func run() async throws(ShellError) {
    guard canAsk, case .remote = shell.options.address else { return try await shell.connect() }
    let reader = PlainLineReader()
    var attempts = 0
    if !shell.request.user.isEmpty, shell.request.password.isEmpty {
      shell.request.password = try secret("password: ", reader)
      attempts = 1
    }
    let isGiven = attempts == 0 && !shell.request.user.isEmpty
    while true {
      do throws(ShellError) {
        return try await shell.connect()
      } catch {
        guard case .statement(let failure, _) = error else { throw error }
        if failure.code == Self.expired { return try await change(reader) }
        guard failure.code == Self.unauthorized, !isGiven, attempts < Self.mostAttempts else {
          throw error
        }
        if attempts > 0, let text = shell.text(of: error) { shell.output.report(text) }
        attempts += 1
        try askAgain(reader, keepsPassword: attempts == 1)
      }
    }
  }

  /// Asks for what is missing; a password that was given is tried once with the user who was not.
  private func askAgain(_ reader: PlainLineReader, keepsPassword: Bool) throws(ShellError) {
    if shell.request.user.isEmpty {
      shell.request.user = try user(reader)
      if keepsPassword, !shell.request.password.isEmpty { return }
    }
    shell.request.password = try secret("password: ", reader)
  }

  private func user(_ reader: PlainLineReader) throws(ShellError) -> String {
    while true {
      let outcome = reader.readAnswer(prompt: "username: ")
      guard case .line(let user) = outcome else { throw .message(ShellError.noText) }
      if !user.isEmpty { return user }
      shell.output.print("username cannot be empty\n\n")
    }
  }

  private func secret(_ prompt: String, _ reader: PlainLineReader) throws(ShellError) -> String {
    guard case .line(let text) = reader.readSecret(prompt: prompt, isMarked: false) else {
      throw .message(ShellError.noText)
    }
    return text
  }

  private func change(_ reader: PlainLineReader) async throws(ShellError) {
    shell.output.print("Password change required\n")
    var new = try secret("new password: ", reader)
    while new.isEmpty {
      shell.output.print("new password cannot be empty\n\n")
      new = try secret("new password: ", reader)
    }
    guard try secret("confirm password: ", reader) == new else {
      throw .message("Passwords are not matching.")
    }
    let database = shell.request.database
    shell.request.database = "system"
    try await shell.connect()
    _ = try await shell.records(
      of: PasswordChange.statement,
      parameters: MapValue([("o", .string(shell.request.password)), ("n", .string(new))]))
    await shell.disconnect()
    shell.request.database = database
    shell.request.password = new
    try await shell.connect()
  }
}
