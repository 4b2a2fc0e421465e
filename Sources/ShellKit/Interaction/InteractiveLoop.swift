import QuerySession
import LineEditor

/// Reads statements from a person and runs them, until one leaves.
struct InteractiveLoop {
  static let interrupted =
    "Interrupted (Note that Cypher queries must end with a semicolon. "
    + "Type :exit to exit the shell.)"
  private static let idled =
    "Timeout after idling, avoid this by increasing --idle-timeout or omitting it completely."

  let shell: Shell
  let reader: any LineReader

  /// What came of reading a buffer.
  private enum Entry {
    case items([ScriptItem], text: String)
    case nothing
    case leave(status: Int32, saysGoodbye: Bool)
  }

  /// Shows the banner, then prompts until the end.
  ///
  /// - Returns: The process's status.
  func run() async -> Int32 {
    shell.output.print(banner)
    shell.interrupter.beginPrompting()
    while true {
      shell.refreshNames()
      switch readEntry() {
      case .nothing: continue
      case .leave(let status, let saysGoodbye):
        if saysGoodbye { shell.output.print("\nBye!\n") }
        return status
      case .items(let items, let text):
        remember(text)
        if case .leave(let status) = await run(items) {
          if shell.interrupter.endingSignal == nil { shell.output.print("\nBye!\n") }
          return status
        }
      }
    }
  }

  /// Runs the statements of a buffer; the first that fails drops the rest.
  private func run(_ items: [ScriptItem]) async -> Continuation {
    for item in items {
      do {
        let next = try await shell.execute(item)
        try await shell.settle()
        guard next == .proceed else { return next }
      } catch {
        if let signal = shell.interrupter.endingSignal { return .leave(status: 128 + signal) }
        await shell.report(error)
        if shell.output.isClosed { return .leave(status: ExitStatus.brokenPipe) }
        return .proceed
      }
      if let signal = shell.interrupter.endingSignal { return .leave(status: 128 + signal) }
      if shell.interrupter.takeCancellation() { return .proceed }
    }
    return .proceed
  }

  /// Reads lines until all statements in them are complete.
  private func readEntry() -> Entry {
    let prompt = shell.prompt
    let indentation = prompt.continuation.count
    var text = ""
    var shown = shell.output.isStyled ? prompt.styled : prompt.text
    while true {
      SignalWatch.clearWakeReasons()
      let outcome = reader.readLine(
        prompt: shown, indentation: indentation,
        timeoutSeconds: shell.options.idleTimeoutSeconds)
      if let signal = shell.interrupter.endingSignal {
        return .leave(status: 128 + signal, saysGoodbye: false)
      }
      switch outcome {
      case .end where HostProcess.isTerminalGone:
        return .leave(status: 128 + SignalWatch.Signal.hangUp.number, saysGoodbye: false)
      case .end:
        guard text.isEmpty else { return .nothing }
        return .leave(status: 0, saysGoodbye: true)
      case .timedOut:
        shell.output.report(Self.idled)
        return .leave(status: ExitStatus.idleTimeout, saysGoodbye: false)
      case .interrupted:
        shell.output.report(Self.interrupted)
        return .nothing
      case .line(let line):
        text += text.isEmpty ? line : "\n" + line
        var feed = StatementFeed()
        feed.append(text + "\n")
        var items: [ScriptItem] = []
        while let item = feed.next() { items.append(item) }
        if !feed.isOpen {
          return text.allSatisfy(\.isWhitespace) ? .nothing : .items(items, text: text)
        }
        if let note = Self.hint(for: text) { shell.output.note(note) }
        shown = prompt.continuation
      }
    }
  }

  /// What Enter does to a text: runs it, or adds a line where a statement is unfinished.
  static func acceptance(of text: String) -> Acceptance {
    var feed = StatementFeed()
    feed.append(text + "\n")
    while feed.next() != nil {}
    return feed.isOpen ? .incomplete(note: hint(for: text)) : .complete
  }

  /// A command within a statement is just text: tells so, for the user may not know how to leave.
  private static func hint(for text: String) -> String? {
    guard let start = text.lastIndex(of: "\n") else { return hint(forFirstLine: text) }
    let line = text[text.index(after: start)...].drop { $0.isWhitespace }
    let name = line.prefix { !$0.isWhitespace && $0 != ";" }.lowercased()
    guard name.first == ":", CommandCatalogue.command(named: name) != nil else { return nil }
    return "help: the statement is not finished: end it with `;`, or press Ctrl-C to drop it, "
      + "before `\(name)`"
  }

  /// Words that are commands elsewhere begin a statement here.
  private static func hint(forFirstLine line: String) -> String? {
    let word = line.trimmed.lowercased()
    guard ["exit", "quit", "help"].contains(word) else { return nil }
    return "help: commands begin with a colon: press Ctrl-C, then type `:\(word)`"
  }

  private func remember(_ text: String) {
    let (kept, problem) = shell.history.add(text)
    if let kept { reader.remember(kept) }
    if let problem { shell.output.report(problem) }
  }

  private var banner: String {
    let output = shell.output
    let identity = shell.session?.identity
    var text = "Connected to "
    text += identity.map { $0.isEmbedded ? "Nacre" : "Neo4j" } ?? "Neo4j"
    if let version = identity?.protocolVersion { text += " using Bolt protocol version \(version)" }
    if let address = identity?.address { text += " at \(output.bold(address))" }
    let user = shell.loginName
    if !user.isEmpty { text += " as user \(output.bold(user))" }
    if let other = shell.request.impersonatedUser {
      text += output.yellow(" impersonating \(other)")
    }
    return text + ".\nType \(output.bold(":help")) for a list of available commands or "
      + "\(output.bold(":exit")) to exit the shell.\n"
      + "Note that Cypher queries must end with a \(output.bold("semicolon."))\n"
  }
}

extension String {
  /// The text without white space at its ends.
  fileprivate var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}

extension Shell {
  /// Who one is on a database in this process, where nobody has to log in.
  static let embeddedUser = "neo4j"

  /// The login name, for prompts.
  var loginName: String {
    if let user = session?.identity.user, !user.isEmpty { return user }
    if session?.identity.isEmbedded ?? false, request.user.isEmpty { return Self.embeddedUser }
    return request.user
  }

  /// The prompt of this moment.
  var prompt: Prompt {
    var prompt = Prompt()
    prompt.isConnected = session != nil
    prompt.user = loginName
    prompt.impersonatedUser = request.impersonatedUser
    prompt.database = session?.database ?? request.database
    if prompt.database.isEmpty { prompt.database = "<default_database>" }
    prompt.isInTransaction = isInTransaction
    prompt.isUnavailable = isUnavailable
    return prompt
  }

  /// Looks for names that completion does not know yet; waits for nothing.
  func refreshNames() {
    guard let session, !isUnavailable else { return }
    var request = request
    request.database = session.database
    request.accessMode = .read
    request.isQuiet = true
    names.refresh(connector, request, isEmbedded: session.identity.isEmbedded)
  }
}
