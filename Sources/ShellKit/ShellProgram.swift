import Formatting
import LineEditor

/// The shell as a program: arguments in, status out.
public struct ShellProgram {
  /// Nacre's version.
  public static let version = "0.1.0"

  /// The options that the command line asks for.
  public let options: ShellOptions

  /// What reading the command line came to.
  public enum Start {
    /// Connect and call `run`.
    case program(ShellProgram)
    /// Everything is said: end with this status.
    case ended(status: Int32)
  }

  /// Reads the command line and the environment; prints help, version and errors.
  ///
  /// - Parameter arguments: The program's name and its arguments.
  /// - Returns: The program to run, unless all is said.
  public static func start(_ arguments: [String]) -> Start {
    StandardStreams.fillGaps()
    SignalWatch.ignoreClosedPipes()
    SignalWatch.explainLostPages()
    let path = arguments.first ?? "nacre"
    let program = path.split(separator: "/").last.map(String.init) ?? path
    let parser = ArgumentParser(program: program) { HostProcess.environment($0) }
    switch parser.parse(Array(arguments.dropFirst())) {
    case .help(let text):
      _ = ByteSink.standardOutput.write(Array(text.utf8))
      return .ended(status: 0)
    case .failure(let text):
      _ = ByteSink.standardError.write(Array(text.utf8))
      return .ended(status: 1)
    case .options(let options):
      let said: String
      switch options.action {
      case .version: said = "Nacre \(version)\n"
      case .driverVersion: said = "Nacre Driver \(version)\n"
      case .run, .changePassword: return .program(ShellProgram(options: options))
      }
      _ = ByteSink.standardOutput.write(Array(said.utf8))
      return .ended(status: 0)
    }
  }

  /// The data directory of the embedded engine, from flag and environment.
  public var dataDirectory: String {
    options.dataDirectory ?? Self.standardDirectory(options.environment)
  }

  /// The data directory where no flag names one.
  public static func standardDirectory(_ environment: (String) -> String?) -> String {
    if let directory = environment("NACRE_DATA"), !directory.isEmpty { return directory }
    if let home = environment("XDG_DATA_HOME"), !home.isEmpty { return home + "/nacre" }
    return (environment("HOME") ?? ".") + "/.local/share/nacre"
  }

  /// Connects and runs statements in the mode that the options and the terminals ask for.
  ///
  /// - Parameter connector: Opens sessions at the options' address.
  /// - Returns: The process's status.
  public func run(_ connector: any SessionConnector) async -> Int32 {
    let inputIsTerminal = HostProcess.isTerminal(0)
    let outputIsTerminal = HostProcess.isTerminal(1)
    let mode: Shell.Mode =
      options.cypher != nil
      ? .string
      : !options.files.isEmpty || options.isNonInteractive || !inputIsTerminal
        ? .script : .interactive
    let isStyled =
      outputIsTerminal && HostProcess.isTerminal(2) && options.environment("NO_COLOR") == nil
    let output = ShellOutput(
      isStyled: isStyled, out: { ByteSink.standardOutput.write($0) },
      error: { ByteSink.standardError.write($0) })
    let interrupter = Interrupter(isInteractive: mode == .interactive) { message in
      let line = isStyled ? "\u{1B}[91m\(message)\u{1B}[m\n" : message + "\n"
      _ = ByteSink.standardError.write(Array(line.utf8))
    }
    SignalWatch.start(isInteractive: mode == .interactive) { interrupter.receive($0) }
    let format =
      options.format ?? (inputIsTerminal && outputIsTerminal ? .verbose : .plain)
    let shell = Shell(
      options: options, mode: mode, format: format, connector: connector, output: output,
      interrupter: interrupter, history: History(historyPlace(mode)))
    if let path = options.logFile {
      do throws(StreamError) {
        shell.log = try ShellLog(path: path)
      } catch {
        output.report("Failed to open log file: \(path)")
        return 1
      }
    }
    let status = await run(shell)
    await leave(shell)
    return output.isRefused ? 1 : status
  }

  private func run(_ shell: Shell) async -> Int32 {
    if options.action == .changePassword { return await PasswordChange(shell: shell).run() }
    do throws(ShellError) {
      try await Login(shell: shell).run()
      for map in options.parameters {
        guard let expression = ParameterExpression(map) else { continue }
        try await shell.set(expression)
      }
    } catch {
      if let signal = shell.interrupter.endingSignal { return 128 + signal }
      await shell.report(error)
      return 1
    }
    if let signal = shell.interrupter.endingSignal { return 128 + signal }
    switch shell.mode {
    case .string, .script: return await runScripts(shell)
    case .interactive: return await interact(shell)
    }
  }

  private func runScripts(_ shell: Shell) async -> Int32 {
    var runner = ScriptRunner(shell)
    var next = Continuation.proceed
    if let cypher = options.cypher {
      next = await runner.run(text: HostProcess.bytes(ofArgument: cypher))
    } else if options.files.isEmpty {
      next = await runner.runStandardInput()
    }
    for path in options.cypher == nil ? options.files : [] where next == .proceed {
      next = await runner.run(file: path)
    }
    if next == .proceed { next = await runner.settle() }
    shell.endFailedBlock()
    if next == .proceed, shell.isInTransaction {
      shell.output.report(
        "The open transaction was rolled back, because the input ended before :commit.")
    }
    if case .leave(let status) = next { return status }
    // It may have come together with the end of the input.
    if let signal = shell.interrupter.endingSignal { return 128 + signal }
    return runner.hasFailed ? 1 : 0
  }

  private func interact(_ shell: Shell) async -> Int32 {
    let reader = lineReader(shell)
    shell.prompter = reader
    if let problem = shell.history.load() { shell.output.report(problem) }
    for entry in shell.history.entries.suffix(EditedLineReader.historySize) {
      reader.remember(entry)
    }
    return await InteractiveLoop(shell: shell, reader: reader).run()
  }

  private func lineReader(_ shell: Shell) -> any LineReader {
    let terminal = options.environment("TERM") ?? "dumb"
    guard terminal != "dumb", !terminal.isEmpty else { return PlainLineReader() }
    let completion = CommandCompletion(shell: shell)
    let reader = EditedLineReader(
      program: "nacre", complete: { completion.complete($0) },
      accept: { InteractiveLoop.acceptance(of: $0) })
    return reader ?? PlainLineReader()
  }

  /// Shows what is durable, rolls back what is open, and lets go.
  private func leave(_ shell: Shell) async {
    do throws(ShellError) {
      try await shell.settle()
    } catch {
      if let text = shell.text(of: error) { shell.output.report(text) }
    }
    await shell.disconnect()
  }

  private func historyPlace(_ mode: Shell.Mode) -> History.Place {
    guard mode == .interactive else { return .memory }
    switch options.history?.lowercased() {
    case "in-memory": return .memory
    case "disable": return .disabled
    default:
      let home = options.environment("HOME") ?? "."
      return .file(options.history ?? "\(home)/.neo4j/.cypher_shell_history")
    }
  }
}

extension ShellProgram {
  /// Tells users of something beside their statements, on standard error.
  public static func note(_ text: String) {
    _ = ByteSink.standardError.write(Array((text + "\n").utf8))
  }
}

/// Ends the process, for programs that have written all they had to.
public enum ProcessEnd {
  /// Ends at once with a status; no destructors of C run, which would only cost time.
  public static func leave(_ status: Int32) -> Never { HostProcess.exit(status) }
}
