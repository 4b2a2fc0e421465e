public import Diagnostics
import GraphValues
public import QuerySession

/// A session on a server that speaks Bolt, or on a cluster of them.
///
/// Works on the calling thread. A statement outside of an explicit transaction takes a connection
/// that suits it; an explicit transaction keeps its own. Grouped statements are sent one behind the
/// other without waiting for answers (`StatementPipeline`); each is committed by the server by
/// itself, so that none waits for `sync()` to be shown.
///
/// Safe: one caller uses a session, its results included; `cancel()` touches nothing but its switch,
/// which has a lock of its own.
public final class RemoteSession: Session, @unchecked Sendable {
  let settings: ConnectionSettings
  let source: ConnectionSource
  let impersonatedUser: String?
  /// The connection in use, with or without something open.
  var connection: BoltConnection?
  /// Grouped statements on their way.
  var pipeline = StatementPipeline()
  /// The last statement that was not grouped, while something is left of it.
  var current: RemoteStatement?
  /// Whether `connection` carries an explicit transaction.
  var hasTransaction = false
  /// The database as it was asked for; empty for the home database.
  var requestedDatabase: String
  /// The database's own name, once a server has told it.
  var canonicalDatabase: String?
  var accessMode: AccessMode
  private var isClosed = false

  init(
    _ settings: ConnectionSettings, shared: SharedState, database: String,
    impersonatedUser: String?, accessMode: AccessMode
  ) {
    self.settings = settings
    source = ConnectionSource(settings, shared: shared)
    requestedDatabase = database
    self.impersonatedUser = impersonatedUser
    self.accessMode = accessMode
  }

  // MARK: Session

  /// The database in use, under the name that the server has for it.
  public var database: String { canonicalDatabase ?? requestedDatabase }

  /// What stands for the states that this server's sessions have made.
  public var bookmarks: [String] { source.shared.bookmarks(of: database) }

  /// The user, the address, and what the server calls itself.
  public var identity: SessionIdentity {
    SessionIdentity(
      user: settings.credentials.user, address: "\(source.address)", isEmbedded: false,
      agent: connection?.greeting.agent ?? "", protocolVersion: protocolVersion)
  }

  /// The protocol's version that was agreed on, such as `5.8`; `nil` without a connection.
  public var protocolVersion: String? { connection.map { "\($0.version)" } }

  /// Whether an explicit transaction is open and has not failed.
  public var isInTransaction: Bool { hasTransaction }

  /// Asks the server to stop what runs; a second time closes the connection.
  public func cancel() { settings.cancellation.cancel() }

  /// Runs a statement; see `Session`.
  ///
  /// A grouped one may not even be sent on return: its result waits for it.
  public func run(_ request: StatementRequest) async throws(Failure) -> any ResultStream {
    try checkOpen()
    if hasTransaction { return try runInTransaction(request) }
    if request.isGrouped { return try runGrouped(request) }
    return try runAlone(request)
  }

  /// Waits for all grouped statements that are on their way.
  ///
  /// Each is a transaction of the server's; what failed tells its own result. Statements behind one
  /// that failed are not sent by this: only when the caller goes on, by reading one of them or by
  /// running another.
  public func sync() async throws(Failure) {
    guard !isClosed else { return }
    settlePipelineUntilFailure()
  }

  /// Opens an explicit transaction.
  public func begin(_ options: TransactionOptions) async throws(Failure) {
    try checkOpen()
    guard !hasTransaction else { throw .transactionOpen }
    try finishEarlier()
    try open(options)
  }

  /// Commits the explicit transaction.
  public func commit() async throws(Failure) {
    guard hasTransaction else { throw .noTransaction }
    try commitTransaction()
  }

  /// Rolls the explicit transaction back.
  public func rollback() async throws(Failure) {
    guard hasTransaction else { throw .noTransaction }
    try abandonTransaction()
  }

  /// Changes the database in use, after a look whether it is there.
  public func use(database: String) async throws(Failure) {
    try checkOpen()
    guard !hasTransaction else { throw .transactionOpen }
    try finishEarlier()
    let before = (requestedDatabase, canonicalDatabase)
    (requestedDatabase, canonicalDatabase) = (database, nil)
    do {
      try ping()
    } catch {
      (requestedDatabase, canonicalDatabase) = before
      throw error
    }
  }

  /// Changes what later transactions may do, and thereby which members of a cluster they go to.
  public func setAccessMode(_ mode: AccessMode) async throws(Failure) {
    if mode != accessMode { try finishEarlier() }
    accessMode = mode
  }

  /// Waits for grouped statements, rolls back what is open, closes all connections.
  public func close() async {
    guard !isClosed else { return }
    try? await sync()
    isClosed = true
    settings.cancellation.end()
    if let connection { source.drop(connection) }
    connection = nil
    hasTransaction = false
    source.close()
  }

  private func checkOpen() throws(Failure) {
    guard !isClosed else { throw .sessionClosed }
  }
}
