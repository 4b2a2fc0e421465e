import Bolt
import Diagnostics
import GraphValues
import QuerySession

extension RemoteSession {
  // MARK: Earlier results

  /// Ends what is left of earlier statements.
  func finishEarlier() throws(Failure) {
    settlePipeline()
    try finishCurrent()
  }

  /// Drops what is left of the last statement that was not grouped.
  func finishCurrent() throws(Failure) {
    guard let statement = current else { return }
    statement.dropHeld()
    while !statement.isOver {
      if statement.isPaused { connection?.discard(statement) }
      pump()
    }
    if let failure = statement.failure { throw failure }
  }

  // MARK: Transactions

  /// Opens an explicit transaction.
  func open(_ options: TransactionOptions) throws(Failure) {
    settings.cancellation.begin()
    defer { settings.cancellation.end() }
    let connection = try readyConnection(options.accessMode ?? accessMode)
    let metadata = try ask(.begin(extra(options, on: connection)), on: connection, .nothing)
    if let name = metadata.text("db"), requestedDatabase.isEmpty { noteDatabase(name) }
    hasTransaction = true
    let product = connection.greeting.product
    if !product.canRollBack {
      settings.options.notify(.rollbackHasNoEffect(product: product.rawValue))
    }
  }

  /// Commits.
  func commitTransaction() throws(Failure) {
    try finishCurrent()
    guard hasTransaction, let connection else { throw .noTransaction }
    hasTransaction = false
    settings.cancellation.begin()
    defer { settings.cancellation.end() }
    let metadata = try ask(.commit, on: connection, .commit)
    if let bookmark = metadata.text("bookmark") {
      source.shared.remember(bookmark: bookmark, of: database)
    }
  }

  /// Rolls back; where something is still streaming, by the shortest way.
  func abandonTransaction() throws(Failure) {
    hasTransaction = false
    guard let connection else { return }
    guard let statement = current else {
      do {
        _ = try ask(.rollback, on: connection, .nothing)
      } catch  where self.connection == nil {
        // The connection took the transaction with it.
        return
      }
      return
    }
    current = nil
    statement.dropHeld()
    connection.reset()
    recover(connection)
    statement.fail(.terminated)
    endRequest()
  }

  /// Sends a message and waits for what comes of it.
  private func ask(
    _ message: ClientMessage, on connection: BoltConnection, _ loss: ConnectionProblem.Loss
  ) throws(Failure) -> MapValue {
    let outcome: ControlReply.Outcome
    do {
      outcome = try connection.ask(message)
    } catch {
      lose(connection, error)
      throw error.failureOnLosing(connection.endpoint, loss)
    }
    switch outcome {
    case .success(let metadata):
      // A wish to stop may have met it: then all is undone by now.
      if settings.cancellation.isStopping { recover(connection) }
      return metadata
    case .failure(let failure):
      source.note(failure, from: connection, database: database)
      recover(connection)
      throw failure
    case .ignored:
      recover(connection)
      throw .terminated
    }
  }

  // MARK: Looking whether the server answers

  /// Sees that the server answers and that there is the database; learns the database's own name.
  func ping() throws(Failure) {
    let mode = source.address.isRouting ? AccessMode.read : accessMode
    do {
      try ping(by: "CALL db.ping()", mode)
    } catch  where error.code == "Neo.ClientError.Security.CredentialsExpired" {
      // There is one thing left to do, and it is done on this database.
      guard requestedDatabase == "system" else { throw error }
    } catch  where error.mayBeOfTheStatement {
      // Servers of other makers lack the procedure; what says so is told where nothing else works.
      do {
        try ping(by: "RETURN 1", mode)
      } catch let other {
        throw other.mayBeOfTheStatement && requestedDatabase == "system" ? error : other
      }
    }
  }

  private func ping(by text: String, _ mode: AccessMode) throws(Failure) {
    let options = TransactionOptions(
      metadata: settings.options.pingMetadata, accessMode: mode == accessMode ? nil : mode)
    let result = try runAlone(StatementRequest(text, transaction: options))
    _ = try summary(of: result.statement)
    if let name = result.statement.metadata.database { noteDatabase(name) }
  }
}

extension Failure {
  /// Whether another statement might fare better: servers of other makers know other procedures.
  fileprivate var mayBeOfTheStatement: Bool {
    code != ConnectionProblem.unavailableCode && code != ConnectionProblem.expiredCode
      && code != Failure.terminated.code
      && !code.contains(".Security.") && !code.contains(".Database.")
      && !code.contains("InvalidBookmark")
      && code != "Neo.TransientError.General.DatabaseUnavailable"
  }
}
