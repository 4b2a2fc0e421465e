/// Lists the commands, or tells about one.
struct HelpCommand: ShellCommand {
  let name = ":help"
  let aliases = [":man"]
  let usage = "[command]"
  let summary = "Show this help message"
  let help = "Show the list of available commands or help for a specific command."
  let argumentCounts = 0...1

  func run(_ arguments: [String], _ shell: Shell) async throws(ShellError) -> Continuation {
    guard let word = arguments.first else {
      shell.output.print(list(shell.output))
      return .proceed
    }
    let wanted = word.hasPrefix(":") ? word : ":\(word)"
    guard let command = CommandCatalogue.command(named: wanted) else {
      throw .message("No such command: \(word)")
    }
    shell.output.print(
      "\nusage: \(shell.output.bold(command.name)) \(command.usage)\n\n\(command.help)\n\n")
    return .proceed
  }

  func completions(_ shell: Shell) -> [String] {
    CommandCatalogue.commands.map(\.name)
  }

  private func list(_ output: ShellOutput) -> String {
    let commands = CommandCatalogue.commands.filter(\.isListed)
    let width = commands.reduce(0) { max($0, $1.name.count) }
    var text = "\nAvailable commands:\n"
    for command in commands {
      let padding = String(repeating: " ", count: width - command.name.count + 1)
      text += "  \(output.bold(command.name))\(padding)\(command.summary)\n"
    }
    return text + """

      For help on a specific command type:
          :help command

      Keyboard shortcuts:
          Up and down arrows to access statement history.
          Tab for autocompletion of commands, hit twice to select suggestion from list using arrow keys.

      For help on cypher please visit:
          https://neo4j.com/docs/cypher-manual/current/


      """
  }
}
