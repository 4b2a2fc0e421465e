import CypherEngine
import ShellKit

/// The program: arguments, the engine or client behind them, the shell.
@main
struct Nacre {
  static func main() async {
    if CommandLine.arguments.dropFirst().first == "serve" {
      let status = await ServeCommand.run(Array(CommandLine.arguments.dropFirst(2)))
      GraphEngine.settleStores()
      ProcessEnd.leave(status)
    }
    let status: Int32
    switch ShellProgram.start(CommandLine.arguments) {
    case .ended(let ended): status = ended
    case .program(let program):
      let connector = Connector(for: program)
      status = await program.run(connector)
      // Sessions are closed by now; that the engine's files are unmapped is left to the system.
      GraphEngine.settleStores()
      withExtendedLifetime(connector) { ProcessEnd.leave(status) }
    }
    ProcessEnd.leave(status)
  }
}
