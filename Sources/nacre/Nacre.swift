import ShellKit

/// The program: arguments, the engine or client behind them, the shell.
@main
struct Nacre {
  static func main() async {
    if CommandLine.arguments.dropFirst().first == "serve" {
      ProcessEnd.leave(await ServeCommand.run(Array(CommandLine.arguments.dropFirst(2))))
    }
    let status: Int32
    switch ShellProgram.start(CommandLine.arguments) {
    case .ended(let ended): status = ended
    case .program(let program):
      let connector = Connector(for: program)
      status = await program.run(connector)
      // Sessions are closed by now; that the engine's files are unmapped is left to the system.
      withExtendedLifetime(connector) { ProcessEnd.leave(status) }
    }
    ProcessEnd.leave(status)
  }
}
