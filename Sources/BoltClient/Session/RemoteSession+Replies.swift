import Diagnostics
import GraphValues
import QuerySession

extension RemoteSession {
  /// Takes one reply, or some records; what fails is told to the statements concerned.
  func pump() {
    guard let connection else {
      current?.fail(.sessionClosed)
      current = nil
      return
    }
    do {
      try connection.pump()
    } catch {
      lose(connection, error)
    }
    if settings.cancellation.isStopping { stop() }
    while let statement = pipeline.popOver() { complete(statement) }
    if let statement = current, statement.isOver {
      current = nil
      complete(statement)
    }
    endRequest()
  }

  /// Wishes to stop concern nothing any more where nothing runs.
  func endRequest() {
    if current == nil, pipeline.isEmpty { settings.cancellation.end() }
  }

  /// A statement is over: what it means for the session.
  private func complete(_ statement: RemoteStatement) {
    if let failure = statement.failure {
      if let connection {
        source.note(failure, from: connection, database: database)
        recover(connection)
      }
      hasTransaction = false
      if statement.isGrouped { pipeline.halt(by: statement) }
      return
    }
    if let name = statement.metadata.run.text("db"), requestedDatabase.isEmpty {
      noteDatabase(name)
    }
    if statement.isAutoCommit, let bookmark = statement.metadata.end.text("bookmark") {
      source.shared.remember(bookmark: bookmark, of: database)
    }
  }

  /// Reads what is due after a failure, up to the answer to RESET.
  func recover(_ connection: BoltConnection) {
    do {
      try connection.drain()
    } catch {
      lose(connection, error)
    }
  }

  /// RESET is on its way since the user wants to stop: with its answer all is over.
  private func stop() {
    if let connection { recover(connection) }
    hasTransaction = false
    current?.fail(.terminated)
    pipeline.failAll(.terminated)
  }

  /// The connection is gone, and with it all that was under way.
  func lose(_ connection: BoltConnection, _ problem: ConnectionProblem) {
    let wasFailed = connection.isFailed
    let isStopped = settings.cancellation.isStopping
    for statement in connection.takeStranded() {
      // What stood behind a failure was passed over, whether or not the server could say so.
      if wasFailed {
        statement.passOver()
      } else if isStopped {
        statement.fail(.stoppedByClosing(connection.endpoint))
      } else {
        let loss = loss(of: statement, on: connection)
        if loss == .nothing, statement.repeatOnce() { continue }
        statement.fail(problem.failureOnLosing(connection.endpoint, loss))
      }
    }
    pipeline.recount()
    source.noteLoss(of: connection)
    source.drop(connection)
    if self.connection === connection { self.connection = nil }
    hasTransaction = false
    // A page that nobody had asked for is gone too.
    if let statement = current, !statement.isOver {
      let loss = loss(of: statement, on: connection)
      statement.fail(problem.failureOnLosing(connection.endpoint, loss))
    }
  }

  private func loss(
    of statement: RemoteStatement, on connection: BoltConnection
  ) -> ConnectionProblem.Loss {
    guard let options = statement.transaction else { return .transaction }
    return onlyReads(options, on: connection) ? .nothing : .statement
  }

  /// Whether a statement of its own cannot have changed anything.
  func onlyReads(_ options: TransactionOptions, on connection: BoltConnection) -> Bool {
    (options.accessMode ?? accessMode) == .read && connection.greeting.product.heedsAccessMode
  }

  // MARK: Results

  /// Names of a result's columns; empty where it fails.
  func columns(of statement: RemoteStatement) -> [String] {
    while !statement.isOpened {
      if statement.failure != nil { return [] }
      advance(statement)
    }
    return statement.columns
  }

  /// Waits until the server has accepted a statement.
  ///
  /// - Throws: Why it has not; a failure behind that is told where the records are asked for.
  func waitUntilOpened(_ statement: RemoteStatement) throws(Failure) {
    guard columns(of: statement).isEmpty, statement.heldCount == 0,
      let failure = statement.failure
    else { return }
    statement.isToldOf = true
    throw failure
  }

  /// The next records of a result; `nil` at its end.
  func nextBatch(of statement: RemoteStatement) throws(Failure) -> RecordBatch? {
    while true {
      // What others are waiting behind is shown once it is committed, unless it is too much to hold;
      // what needs no commit, as soon as no more has come.
      let isHeldBack =
        statement.isGrouped && !statement.isOver && statement.heldCount > 0
        && statement.heldCount < RemoteStatement.batchSize
        && (statement.mayWrite || connection?.hasInput == true)
      if !isHeldBack, let records = statement.take() {
        askAhead(statement)
        return RecordBatch(count: records.count, columns: records.columns)
      }
      if let failure = statement.failure {
        statement.isToldOf = true
        throw failure
      }
      if statement.isOver { return nil }
      advance(statement)
    }
  }

  /// Drops what is left of a result, and tells what it did.
  func summary(of statement: RemoteStatement) throws(Failure) -> ResultSummary {
    statement.dropHeld()
    while !statement.isOver {
      if statement.isPaused { connection?.discard(statement) }
      advance(statement)
    }
    if let failure = statement.failure {
      statement.isToldOf = true
      throw failure
    }
    return ResultSummary(statement.metadata, database: database)
  }

  /// Takes a step towards a result's end.
  private func advance(_ statement: RemoteStatement) {
    if statement.isWaiting {
      pipeline.resume(whatever: true)
      topUp()
    }
    if statement.isPaused { connection?.pull(statement) }
    // A statement that could not be sent has failed by now.
    if !statement.isOver { pump() }
    topUp()
  }

  /// Who has read two pages will read a third: the server works on it meanwhile.
  private func askAhead(_ statement: RemoteStatement) {
    guard statement.isPaused, statement.pageCount > 1, let connection else { return }
    connection.pull(statement)
    do {
      try connection.flush()
    } catch {
      lose(connection, error)
      pump()
    }
  }
}

extension Failure {
  /// A statement of a session that has been closed.
  static var sessionClosed: Failure {
    Failure(code: ConnectionProblem.unavailableCode, message: "The session is closed")
  }

  /// A statement that was to stop and did not in time.
  fileprivate static func stoppedByClosing(_ endpoint: ServerEndpoint) -> Failure {
    var failure = Failure.terminated
    failure.message +=
      "\(endpoint) did not stop in time, so the connection to it was closed; it may still be working."
    return failure
  }
}
