/// One command that begins with `:`; `:help`, completion and dispatch read the list of them.
protocol ShellCommand: Sendable {
  /// The name with its colon, in lower case.
  var name: String { get }
  /// Other names.
  var aliases: [String] { get }
  /// What stands behind the name in a usage line.
  var usage: String { get }
  /// One line for the list of commands.
  var summary: String { get }
  /// What `:help` with the name says.
  var help: String { get }
  /// How many arguments are taken.
  var argumentCounts: ClosedRange<Int> { get }
  /// Whether `:help` lists it: its list is the one that users and programs know.
  var isListed: Bool { get }
  /// Whether everything behind the name is one argument; else it is split at white space.
  var takesWholeLine: Bool { get }

  /// Does what the command is for.
  ///
  /// - Parameters:
  ///   - arguments: As many as `argumentCounts` allows.
  ///   - shell: Everything that was run before is durable and shown.
  /// - Returns: Whether the shell goes on.
  /// - Throws: Why the command could not be done; it is shown to the user.
  func run(_ arguments: [String], _ shell: Shell) async throws(ShellError) -> Continuation

  /// Words that can stand behind the name.
  func completions(_ shell: Shell) -> [String]
}

extension ShellCommand {
  var aliases: [String] { [] }
  var usage: String { "" }
  var help: String { summary }
  var argumentCounts: ClosedRange<Int> { 0...0 }
  var isListed: Bool { true }
  var takesWholeLine: Bool { false }

  func completions(_ shell: Shell) -> [String] { [] }
}

/// All commands, sorted by name.
enum CommandCatalogue {
  static let commands: [any ShellCommand] = [
    AccessModeCommand(), AutoCommand(), BeginCommand(), CommitCommand(), ConnectCommand(),
    DisconnectCommand(), ExitCommand(), HelpCommand(), HistoryCommand(), ImpersonateCommand(),
    ParamCommand(), RollbackCommand(), ServeCommand(), SourceCommand(), SysinfoCommand(),
    UseCommand(),
  ]

  /// The command of a name or alias, in lower case and with its colon.
  static func command(named name: String) -> (any ShellCommand)? {
    commands.first { $0.name == name || $0.aliases.contains(name) }
  }
}

extension Shell {
  /// Runs a command line.
  ///
  /// - Parameters:
  ///   - name: As typed, with its colon.
  ///   - rest: What stands behind it, without final `;`.
  /// - Returns: Whether the shell goes on.
  /// - Throws: When there is no such command, its arguments do not fit, or it fails.
  func run(command name: String, rest: String) async throws(ShellError) -> Continuation {
    try await settle()
    let name = name.lowercased()
    guard let command = CommandCatalogue.command(named: name) else {
      throw .message("Could not find command \(name), use :help to see available commands")
    }
    let arguments =
      command.takesWholeLine
      ? (rest.isEmpty ? [] : [rest])
      : rest.split(whereSeparator: { $0.isWhitespace }).map(String.init)
    guard command.argumentCounts.contains(arguments.count) else {
      throw .message("Incorrect number of arguments.\nUsage: \(command.name) \(command.usage)")
    }
    return try await command.run(arguments, self)
  }
}
