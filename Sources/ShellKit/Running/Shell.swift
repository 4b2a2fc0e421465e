import Diagnostics
import Formatting
import GraphValues
import LineEditor
import QuerySession

/// Runs statements and commands against one session at a time; the heart of all run modes.
///
/// Used from one task only.
final class Shell {
  /// How statements come in.
  enum Mode {
    /// One string of statements given as an argument.
    case string
    /// Files or standard input.
    case script
    /// A person at a prompt.
    case interactive
  }

  let options: ShellOptions
  let mode: Mode
  let format: ResultFormat
  var connector: any SessionConnector
  let output: ShellOutput
  let interrupter: Interrupter
  let history: History
  /// What completion offers.
  let names = NameKeeper()

  /// The session; `nil` while disconnected.
  var session: (any Session)?
  /// What `:connect` and the other reconnecting commands start from.
  var request: ConnectionRequest
  /// Values of `$name` parameters; changed by `:param` only.
  var parameters = MapValue()
  /// Why statements cannot run although there is a session: `:use` of a script failed.
  var unusableDatabase: Failure?
  /// Whether the last database could not be reached.
  var isUnavailable = false
  /// Reads a line that is not shown, for passwords; `nil` where nobody can be asked.
  var prompter: (any LineReader)?
  /// The statements of a failed `:begin` block that were skipped; `nil` outside of one.
  var skippedStatements: Int?
  /// How many files source each other at the moment.
  var sourceDepth = 0
  /// Where what is carried out stands in its script; `nil` of strings and at the prompt.
  var place: ScriptPlace?
  /// Where what failed stands, until that is told.
  var failedPlace: ScriptPlace?

  /// When the open transaction began, for its timeout.
  var transactionStart: ContinuousClock.Instant?
  /// Where statements and failures are noted; `nil` without `--log`.
  var log: ShellLog?

  var grouping = Grouping()
  /// Statements that a server is working on, oldest first; their results are not shown yet.
  private(set) var awaited = AwaitedStatements()
  private var formatter: any RecordFormatter

  init(
    options: ShellOptions, mode: Mode, format: ResultFormat, connector: any SessionConnector,
    output: ShellOutput, interrupter: Interrupter, history: History
  ) {
    self.options = options
    self.mode = mode
    self.format = format
    self.connector = connector
    self.output = output
    self.interrupter = interrupter
    self.history = history
    request = options.connectionRequest
    formatter = format.formatter(sampleRows: options.sampleRows, wraps: options.wraps)
  }

  /// Whether an explicit transaction is open.
  var isInTransaction: Bool { session?.isInTransaction ?? false }

  /// Whether the statements behind one that failed are carried out; never those of a string.
  var goesOnAfterFailures: Bool { options.failsAtEnd && mode == .script }

  /// Opens a session with `request`.
  func connect() async throws(ShellError) {
    let connector = connector
    names.forget()
    interrupter.begin { connector.cancelConnecting() }
    defer { interrupter.end() }
    do {
      let session = try await connector.connect(request)
      self.session = session
      interrupter.attach(session)
      unusableDatabase = nil
      isUnavailable = false
    } catch {
      noteAvailability(error)
      throw .statement(error, text: "")
    }
  }

  /// Lets go of the session; an open transaction is rolled back.
  func disconnect() async {
    guard let session else { return }
    self.session = nil
    names.forget()
    if session.isInTransaction {
      try? await interruptibly { () throws(Failure) in try await session.rollback() }
    }
    interrupter.attach(nil)
    await session.close()
  }

  /// Does something on the session that Ctrl-C may end, as it may end a statement.
  func interruptibly(_ work: () async throws(Failure) -> Void) async throws(Failure) {
    session?.forgetCancellation()
    interrupter.begin()
    defer { interrupter.end() }
    try await work()
  }

  /// Runs a statement and shows or keeps its result.
  ///
  /// With a failure, that is what comes of it.
  func run(_ text: String, refusing failure: Failure? = nil) async throws(ShellError) {
    if let skipped = skippedStatements {
      skippedStatements = skipped + 1
      return
    }
    guard let session else { throw .message("Not connected to Neo4j") }
    if let unusableDatabase { throw .statement(unusableDatabase, text: text) }
    let isInTransaction = session.isInTransaction
    let isGrouped = mode != .interactive && !isInTransaction && !mustBeAlone(on: session)
    session.forgetCancellation()
    interrupter.begin()
    let deadline = startDeadline(isInTransaction: isInTransaction)
    defer {
      deadline?.cancel()
      interrupter.end()
    }
    log?.note("statement", text)
    if !grouping.holdsStatements { output.publish() }
    do throws(Failure) {
      if let failure { throw failure }
      let result = try await session.run(
        StatementRequest(
          text, parameters: parameters, isGrouped: isGrouped, transaction: transactionOptions))
      if result.isAwaited {
        awaited.append(.init(result: result, text: text, place: place))
        grouping.note()
      } else {
        try await show(result, isGrouped: isGrouped)
      }
      isUnavailable = false
    } catch {
      await reportAwaited()
      let error = interrupter.ranOutOfTime ? Self.timeout : error
      log?.note("failure", "\(error.code): \(error.message)")
      noteAvailability(error)
      if isInTransaction {
        if session.isInTransaction { try? await session.rollback() }
        if mode != .interactive { skippedStatements = 0 }
        throw .transaction(error, text: text)
      }
      throw .statement(error, text: text)
    }
    if output.isClosed { throw .outputClosed }
    while awaited.isFull { try await showOldest() }
    if grouping.isDue(pendingBytes: output.pending.count) { try await settle() }
  }

  /// Whether a statement may not be sent to a server before those in front of it are answered.
  ///
  /// One that has a time of its own has it from the moment when it is sent. And where a failure ends
  /// the file that it stands in but not the script, it would be carried out later.
  private func mustBeAlone(on session: any Session) -> Bool {
    guard !session.identity.isEmbedded else { return false }
    return options.transactionTimeoutSeconds != nil || (sourceDepth > 0 && goesOnAfterFailures)
  }

  /// Makes everything that ran durable, then shows its results.
  ///
  /// - Throws: The first failure; statements sent behind one that failed may still be awaited then.
  func settle() async throws(ShellError) {
    while !awaited.isEmpty { try await showOldest() }
    try await settleShown()
  }

  /// Shows the result of the oldest statement that is awaited.
  ///
  /// Where one failure ends the script, those sent behind it are given up: the server has not carried
  /// them out.
  private func showOldest() async throws(ShellError) {
    guard let oldest = awaited.removeFirst() else { return }
    interrupter.begin()
    defer { interrupter.end() }
    // A signal that came while nothing was waited for concerns what is under way all the same.
    if interrupter.endingSignal != nil { session?.cancel() }
    do {
      try await show(oldest.result, isGrouped: true)
    } catch {
      failedPlace = oldest.place
      if interrupter.endingSignal != nil {
        awaited.removeAll()
        throw .signalled
      }
      if !goesOnAfterFailures { awaited.removeAll() }
      log?.note("failure", "\(error.code): \(error.message)")
      noteAvailability(error)
      throw .statement(error, text: oldest.text)
    }
    if output.isClosed {
      // All that is left would be read and dropped before the session is closed.
      session?.cancel()
      awaited.removeAll()
      throw .outputClosed
    }
  }

  /// Shows results and failures of what is awaited, before something that comes behind it.
  private func reportAwaited() async {
    while !awaited.isEmpty {
      do {
        try await showOldest()
      } catch {
        await report(error)
      }
    }
  }

  /// Makes durable what is formatted, then writes it.
  func settleShown() async throws(ShellError) {
    let statements = grouping.settle()
    if statements > 0, let session {
      do {
        try await session.sync()
      } catch {
        output.drop()
        throw .lost(error, statements: statements)
      }
    }
    output.flush()
    if output.isClosed { throw .outputClosed }
  }

  /// Remembers whether the database could be reached, for the prompt.
  func noteAvailability(_ failure: Failure) {
    isUnavailable =
      failure.code == "Neo.TransientError.General.DatabaseUnavailable"
      || failure.code == "ServiceUnavailable"
  }

  /// Formats a result's records as they come.
  private func show(_ result: any ResultStream, isGrouped: Bool) async throws(Failure) {
    if result.isAwaited { try await result.opened() }
    let isHeld = isGrouped && !result.isDurable
    if isHeld { grouping.add() } else { grouping.note() }
    formatter.begin(columns: result.columns, to: &output.pending)
    do {
      while true {
        // The next records may be long in coming.
        if !grouping.holdsStatements { output.publish() }
        guard let batch = try await result.next() else { break }
        formatter.append(batch, to: &output.pending)
        if grouping.holdsStatements {
          output.makeRoom()
        } else if grouping.isDue(pendingBytes: output.pending.count) {
          output.flush()
          grouping.restart()
          if output.isClosed { return }
        }
      }
      let summary = try await result.summary()
      formatter.finish(summary, to: &output.pending)
      if !format.hasPlans, summary.plan != nil {
        // Whoever reads records that are made for programs takes a plan for one of them.
        var plan: [UInt8] = []
        SummaryText.appendPlan(summary, to: &plan)
        output.note(String(decoding: plan.dropLast(), as: UTF8.self))
      }
      if showsNotifications {
        SummaryText.appendNotifications(summary.notifications, to: &output.pending)
      }
    } catch {
      // A signal that ends the process ends the output where it is.
      if interrupter.endingSignal == nil { formatter.fail(to: &output.pending) }
      throw error
    }
  }

  private var showsNotifications: Bool {
    options.showsNotifications && format == .verbose && !options.isNonInteractive
      && HostProcess.isTerminal(0)
  }
}
