/// Acts as another user, or as oneself again.
struct ImpersonateCommand: ShellCommand {
  let name = ":impersonate"
  let usage = " <user to impersonate>, or without arguments to reset impersonation"
  let summary = "Impersonate user"
  let help = "Enable user impersonation."
  let argumentCounts = 0...1

  func run(_ arguments: [String], _ shell: Shell) async throws(ShellError) -> Continuation {
    guard !shell.isInTransaction else {
      throw .message(
        "There is an open transaction. You need to close it before starting impersonation.")
    }
    guard shell.session != nil else { throw .message("Not connected to Neo4j") }
    let user = arguments.first
    shell.request.impersonatedUser = user == shell.loginName ? nil : user
    await shell.disconnect()
    do throws(ShellError) {
      try await shell.connect()
    } catch {
      shell.request.impersonatedUser = nil
      throw error
    }
    return .proceed
  }
}
