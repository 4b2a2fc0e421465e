public import Diagnostics
public import GraphValues

/// What a client wants a transaction or statement to be allowed to do.
public enum AccessMode: String, Sendable {
  /// Reading only; a write is refused.
  case read
  /// Reading and writing.
  case write
}

/// What is asked of a transaction, besides its statements.
public struct TransactionOptions: Sendable {
  /// Milliseconds after which it is ended; `nil` leaves it to the engine, 0 means never.
  public var timeoutMilliseconds: Int64?
  /// Notes of the client, shown by `SHOW TRANSACTIONS`.
  public var metadata: MapValue
  /// What it may do; `nil` leaves it to the session.
  public var accessMode: AccessMode?
  /// States that it must see, as `Session.bookmarks` gave them.
  public var bookmarks: [String]
  /// Whether an explicit transaction takes what only a statement's own one does, such as
  /// `CALL … IN TRANSACTIONS`.
  public var isImplicit = false

  /// Makes options.
  public init(
    timeoutMilliseconds: Int64? = nil, metadata: MapValue = MapValue(),
    accessMode: AccessMode? = nil, bookmarks: [String] = []
  ) {
    self.timeoutMilliseconds = timeoutMilliseconds
    self.metadata = metadata
    self.accessMode = accessMode
    self.bookmarks = bookmarks
  }
}

/// One statement to run, with all that goes with it.
public struct StatementRequest: Sendable {
  /// The statement's text, without or with its final `;`.
  public var text: String
  /// Values of `$name` parameters.
  public var parameters: MapValue
  /// Whether the session may put this auto-commit statement into the open group, so that it
  /// becomes durable only with `sync()`.
  ///
  /// Ignored inside an explicit transaction.
  public var isGrouped: Bool
  /// Whether a grouped statement is rather committed by itself, and durable with its result, while
  /// nobody else writes: then a group saves nothing.
  public var isAloneWhenQuiet: Bool
  /// How many records have been asked for already.
  ///
  /// An auto-commit statement that writes and has no more is committed at once, any other when its last
  /// record has been read. A statement that commits by itself, or changes no data, is carried out at
  /// once in any case.
  public var demandedRows = Int.max
  /// Called with the columns' names when a statement that is committed by itself has run and is about
  /// to be made durable: whoever asked may already be told what its records look like.
  ///
  /// It is called on the thread that runs the statement, before `run` returns or throws. A session
  /// need not call it.
  public var willCommit: (@Sendable ([String]) -> Void)?
  /// What is asked of the statement's own transaction; without meaning inside an explicit one.
  public var transaction: TransactionOptions

  /// Makes a request.
  public init(
    _ text: String, parameters: MapValue = MapValue(), isGrouped: Bool = false,
    isAloneWhenQuiet: Bool = false, transaction: TransactionOptions = TransactionOptions(),
    willCommit: (@Sendable ([String]) -> Void)? = nil
  ) {
    self.text = text
    self.parameters = parameters
    self.isGrouped = isGrouped
    self.isAloneWhenQuiet = isAloneWhenQuiet
    self.willCommit = willCommit
    self.transaction = transaction
  }
}

/// Runs statements against one database at a time, embedded or remote.
///
/// A session serves one caller, who always calls from the same task; only `cancel()` may come from
/// anywhere, also from a signal handler's thread. At most one explicit transaction is open.
public protocol Session: AnyObject, Sendable {
  /// Runs a statement: in the open transaction, or as a transaction of its own.
  ///
  /// An earlier result that has not been read to its end is discarded first.
  ///
  /// - Returns: The result. Of an auto-commit statement that is not grouped, the stream's end means
  ///   that it is committed and durable. Where `demandedRows` says so it is committed only then, and
  ///   an explicit transaction seems to be open meanwhile, which `rollback()` ends. Of a grouped one nothing may be shown to anybody until
  ///   `sync()` has returned, unless the result says `isDurable`.
  /// - Throws: The statement's failure. Inside an explicit transaction that transaction is then gone.
  func run(_ request: StatementRequest) async throws(Failure) -> any ResultStream

  /// Makes all grouped statements so far durable. Does nothing when there are none.
  ///
  /// - Throws: When the group could not be committed; then none of its statements took effect.
  func sync() async throws(Failure)

  /// Opens an explicit transaction.
  ///
  /// - Throws: When one is open, or the options cannot be met.
  func begin(_ options: TransactionOptions) async throws(Failure)

  /// Commits the explicit transaction; durable on return.
  func commit() async throws(Failure)

  /// Rolls the explicit transaction back.
  func rollback() async throws(Failure)

  /// Whether an explicit transaction is open and has not failed.
  var isInTransaction: Bool { get }

  /// Changes the database for the statements that follow; an empty name means the home database.
  ///
  /// - Throws: When there is no such database, or it is offline; then nothing changes.
  func use(database: String) async throws(Failure)

  /// What transactions begun from now on may do.
  ///
  /// - Throws: When the session cannot change it.
  func setAccessMode(_ mode: AccessMode) async throws(Failure)

  /// The database in use, as its canonical name.
  var database: String { get }

  /// What stands for the state after the last transaction: given to another session's transaction
  /// it sees at least that state. Empty before the first; opaque ASCII texts.
  ///
  /// After a grouped statement it stands for the state that its `sync()` makes durable.
  var bookmarks: [String] { get }

  /// Who and where: for prompts and banners.
  var identity: SessionIdentity { get }

  /// Asks the running statement to stop; it then fails with
  /// `Neo.ClientError.Transaction.TransactionTerminated`. Safe from any thread; nothing happens when
  /// nothing runs.
  func cancel()

  /// Says that a statement is about to be run, which `cancel()` stops from now on.
  ///
  /// Without it `cancel()` counts from the call of `run` on.
  func forgetCancellation()

  /// Rolls back what is open and lets go of all resources; grouped statements are made durable first.
  func close() async
}

extension Session {
  /// Opens an explicit transaction of which nothing special is asked.
  public func begin() async throws(Failure) { try await begin(TransactionOptions()) }

  /// Does nothing: for sessions that know by themselves when a statement begins.
  public func forgetCancellation() {}
}

/// Who is connected to what.
public struct SessionIdentity: Sendable {
  /// The user's name; empty where there is none.
  public var user: String
  /// The address as users write it; for the embedded engine the store's directory.
  public var address: String
  /// Whether the engine runs in this process.
  public var isEmbedded: Bool
  /// What answers, such as `Neo4j/5.26.0` or `Nacre/0.1.0`.
  public var agent: String
  /// The version of Bolt that was agreed on, such as `5.8`; `nil` where none is spoken.
  public var protocolVersion: String?

  /// Makes an identity.
  public init(
    user: String, address: String, isEmbedded: Bool, agent: String, protocolVersion: String? = nil
  ) {
    self.user = user
    self.address = address
    self.isEmbedded = isEmbedded
    self.agent = agent
    self.protocolVersion = protocolVersion
  }
}

/// A statement's result: columns at once, then batches of records, then a summary.
public protocol ResultStream: AnyObject, Sendable {
  /// Column names in order; empty for statements without results.
  var columns: [String] { get }

  /// Whether what this result shows is already durable, so that it may be printed before `sync()`.
  var isDurable: Bool { get }

  /// Whether the statement was sent and its answer not yet looked at, so that asking for anything may
  /// wait and a failure of the statement itself may come from here.
  ///
  /// Sessions of servers give such results of grouped statements: whoever sends the next statement
  /// before asking saves the wait.
  var isAwaited: Bool { get }

  /// Whether all of it is there, or will be at once, so that it may be waited for before anything of it
  /// is shown.
  var isBrief: Bool { get }

  /// Waits until the statement is accepted, where that is not known yet.
  ///
  /// - Throws: Why it is not.
  func opened() async throws(Failure)

  /// The next records; `nil` at the end.
  ///
  /// - Throws: When the statement fails while running; its effects are then rolled back.
  func next() async throws(Failure) -> RecordBatch?

  /// Reads and drops what is left, and returns the summary.
  func summary() async throws(Failure) -> ResultSummary
}

extension ResultStream {
  /// Results are brief, unless a session says otherwise.
  public var isBrief: Bool { true }

  /// Answers are there, unless a session says otherwise.
  public var isAwaited: Bool { false }

  /// Does nothing: statements are accepted when their result is given.
  public func opened() async throws(Failure) {}
}

/// Some records of a result, column by column.
public struct RecordBatch: Sendable {
  /// How many records.
  public var count: Int
  /// One array a column, each of `count` values; entities are records, never references.
  public var columns: [[Value]]

  /// Makes a batch; all columns have `count` values.
  public init(count: Int, columns: [[Value]]) {
    self.count = count
    self.columns = columns
  }
}
