/// Lets go of the session.
struct DisconnectCommand: ShellCommand {
  let name = ":disconnect"
  let summary = "Disconnects from database"

  func run(_ arguments: [String], _ shell: Shell) async throws(ShellError) -> Continuation {
    shell.endFailedBlock()
    await shell.disconnect()
    return .proceed
  }
}
