import Bolt
import Diagnostics
import GraphValues
import QuerySession

extension RemoteSession {
  // MARK: Connections

  /// A connection that suits a transaction, with nothing open on it.
  func readyConnection(_ mode: AccessMode) throws(Failure) -> BoltConnection {
    let need = ConnectionSource.Need(
      mode: mode, database: database, impersonatedUser: impersonatedUser, bookmarks: bookmarks)
    let previous = connection
    connection = nil
    let (found, name): (BoltConnection, String)
    do {
      (found, name) = try source.connection(for: need, previous: previous)
    } catch {
      throw settings.cancellation.isWished ? .connectingStopped(source.address) : error
    }
    if canonicalDatabase == nil, requestedDatabase.isEmpty, !name.isEmpty { noteDatabase(name) }
    connection = found
    guard impersonatedUser == nil || found.knowsImpersonation else {
      throw .noImpersonation(found)
    }
    return found
  }

  /// What a transaction says beside its statement.
  func extra(_ options: TransactionOptions, on connection: BoltConnection) -> MapValue {
    var bookmarks = bookmarks
    for bookmark in options.bookmarks where !bookmarks.contains(bookmark) {
      bookmarks.append(bookmark)
    }
    // A server that finds the home database by itself is not told a name that nobody asked for.
    let knowsHome = connection.version.tellsHomeDatabase && source.address.isRouting == false
    return StatementExtra(
      database: requestedDatabase.isEmpty && knowsHome ? "" : databaseToName(connection),
      impersonatedUser: impersonatedUser, bookmarks: bookmarks, transaction: options,
      accessMode: accessMode, metadata: settings.options.metadata
    ).map(for: connection)
  }

  /// The name to send: what was asked for, or what routing has chosen.
  private func databaseToName(_ connection: BoltConnection) -> String {
    if !requestedDatabase.isEmpty { return requestedDatabase }
    return source.address.isRouting ? canonicalDatabase ?? "" : ""
  }

  /// The database's own name has been told.
  func noteDatabase(_ name: String) {
    guard !name.isEmpty else { return }
    if requestedDatabase.isEmpty { source.shared.rename(homeTo: name) }
    canonicalDatabase = name
  }

  // MARK: Statements

  /// Runs a statement in the explicit transaction.
  func runInTransaction(_ request: StatementRequest) throws(Failure) -> RemoteResult {
    try finishCurrent()
    let statement = RemoteStatement(
      request.text, parameters: request.parameters, transaction: nil,
      pageSize: settings.options.fetchSize)
    settings.cancellation.begin()
    guard let connection else { throw .noTransaction }
    try submit(statement, on: connection)
    return try opened(statement)
  }

  /// Runs a statement as a transaction of its own.
  func runAlone(_ request: StatementRequest) throws(Failure) -> RemoteResult {
    try finishEarlier()
    let mode = request.transaction.accessMode ?? accessMode
    settings.cancellation.begin()
    // Only what cannot have changed anything is sent a second time.
    for isLast in [mode != .read, true] {
      let statement = RemoteStatement(
        request.text, parameters: request.parameters, transaction: request.transaction,
        pageSize: settings.options.fetchSize)
      let connection = try readyConnection(mode)
      try submit(statement, on: connection)
      do {
        return try opened(statement)
      } catch
        where !isLast && isConnectionGone && onlyReads(request.transaction, on: connection)
        && !settings.cancellation.isStopping
      {
        continue
      }
    }
    throw .noTransaction
  }

  /// Whether the connection is lost, or nothing more may be asked on it.
  private var isConnectionGone: Bool { connection?.isSpent ?? true }

  /// Writes a statement in the form that its server takes.
  func submit(
    _ statement: RemoteStatement, on connection: BoltConnection
  ) throws(Failure) {
    let product = connection.greeting.product
    if product.runsExplained, statement.isExplained { throw .wouldRun(by: product) }
    var extra = MapValue()
    if let options = statement.transaction {
      extra = self.extra(options, on: connection)
    } else if product.forgetsGraphInTransactions {
      extra = self.extra(TransactionOptions(), on: connection)
    }
    guard product.pastesParameters else {
      connection.submit(statement, parameters: statement.parameters, extra: extra)
      return
    }
    let header = try ParameterHeader(
      statement.parameters, of: statement.text, to: product.rawValue)
    connection.submit(statement, behind: header.text, parameters: MapValue(), extra: extra)
  }

  /// Waits until a statement is accepted.
  private func opened(_ statement: RemoteStatement) throws(Failure) -> RemoteResult {
    current = statement
    while !statement.isOpened {
      if let failure = statement.failure { throw failure }
      pump()
    }
    return RemoteResult(self, statement)
  }
}

extension BoltConnection {
  /// Whether its server can be told to act for another user; others would act for the one who is
  /// logged in.
  fileprivate var knowsImpersonation: Bool {
    version >= BoltVersion(4, 4) && !greeting.product.takesGraphFromFirstKey
  }
}

extension Failure {
  /// A user is to be impersonated where that cannot be.
  fileprivate static func noImpersonation(_ connection: BoltConnection) -> Failure {
    let reason =
      connection.version < BoltVersion(4, 4)
      ? "it speaks Bolt \(connection.version), and that takes 4.4 or later"
      : "\(connection.greeting.product.rawValue) knows no such thing"
    return Failure(
      code: "Neo.ClientError.Statement.ArgumentError",
      message: "Nobody can be impersonated at \(connection.endpoint): \(reason)")
  }

  /// A plan is asked for where the statement would be carried out.
  fileprivate static func wouldRun(by product: ServerProduct) -> Failure {
    Failure(
      code: "Neo.ClientError.Statement.NotSupported",
      message:
        "\(product.rawValue) passes over EXPLAIN and would carry the statement out, so it was "
        + "not sent")
  }

  /// A connection that somebody did not want to wait for any longer.
  fileprivate static func connectingStopped(_ address: RemoteAddress) -> Failure {
    Failure(
      code: terminated.code, message: "Connecting to \(address) was stopped before it succeeded.")
  }
}

extension RemoteStatement {
  /// Whether its first word, behind comments, is EXPLAIN.
  fileprivate var isExplained: Bool {
    var rest = text[...]
    while true {
      rest = rest.drop { $0.isWhitespace }
      if rest.hasPrefix("//") {
        rest = rest.drop { !$0.isNewline }
      } else if rest.hasPrefix("/*") {
        guard let end = rest.dropFirst(2).firstRange(of: "*/") else { return false }
        rest = rest[end.upperBound...]
      } else {
        return rest.prefix { $0.isLetter }.lowercased() == "explain"
      }
    }
  }
}
