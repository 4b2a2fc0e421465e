/// Leaves the shell.
struct ExitCommand: ShellCommand {
  let name = ":exit"
  let aliases = [":quit"]
  let summary = "Exit the logger"
  let help = "Exit the logger. Corresponds to entering CTRL-D."

  func run(_ arguments: [String], _ shell: Shell) async throws(ShellError) -> Continuation {
    .leave(status: 0)
  }
}
