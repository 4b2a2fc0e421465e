public import Diagnostics
import GraphStore
public import GraphValues
public import QueryPlan
public import QuerySession
public import CypherRuntime

/// A session on an embedded database.
///
/// Works on the calling thread, always the same one, since LMDB ties a writing transaction to its
/// thread. A statement outside an explicit transaction reads a snapshot of its own; one that writes
/// is committed before its result is given, or becomes part of the open group, in which each
/// statement is atomic and which `sync()` commits.
///
/// Safe: one caller uses a session, from one thread; `cancel()` touches nothing but an atomic flag.
public final class EmbeddedSession: Session, @unchecked Sendable {
  let engine: GraphEngine
  private(set) var store: Store
  private(set) var descriptor: DatabaseDescriptor
  private var compiler: StatementCompiler
  private var accessMode: AccessMode = .write
  /// The explicit transaction.
  private var explicit: ExplicitTransaction?
  /// The write transaction of grouped statements.
  private var group: GraphTransaction?
  /// The result being streamed from a snapshot of its own.
  private weak var streaming: StreamedResult?
  /// What a listing reads.
  private var listed: GraphTransaction?
  private let cancellation = Cancellation()
  private let memoryLimitBytes: Int
  private let surroundings: Surroundings

  init(engine: GraphEngine, database: String) throws(Failure) {
    self.engine = engine
    (descriptor, store) = try engine.store(of: database)
    memoryLimitBytes = engine.options.memoryLimitBytes
    compiler = StatementCompiler(engine: engine, database: descriptor.name)
    surroundings = Surroundings(procedures: engine.procedures)
    surround()
  }

  /// Tells statements which database they run on.
  private func surround() {
    surroundings.procedures = engine.procedures
    surroundings.databaseName = descriptor.name
    surroundings.databaseID = descriptor.id
    surroundings.listings = self
  }

  // MARK: Session

  /// The database in use.
  public var database: String { descriptor.name }

  /// The states that transactions of this session have made.
  public var bookmarks: [String] { [] }

  /// The engine in this process, with no user.
  public var identity: SessionIdentity {
    SessionIdentity(
      user: "", address: engine.dataDirectory ?? "memory:", isEmbedded: true,
      agent: "Nacre/\(NacreVersion.text)")
  }

  /// Whether an explicit transaction is open and has not failed.
  public var isInTransaction: Bool { explicit != nil }

  /// Tells the running statement to stop.
  public func cancel() { cancellation.cancel() }

  /// Runs a statement; see `Session`.
  public func run(_ request: StatementRequest) async throws(Failure) -> any ResultStream {
    try finishStreaming()
    cancellation.clear()
    surroundings.procedures = engine.procedures
    if explicit != nil { return try runInTransaction(request) }
    let transaction = try snapshot()
    let prepared = try compiler.prepare(request, transaction)
    if prepared.isExplained { return finishExplain(prepared, transaction) }
    if prepared.command != nil {
      transaction.rollbackUnless(group)
      try commitGroup()
      return try runCommand(prepared)
    }
    if prepared.needsImplicitTransaction {
      transaction.rollbackUnless(group)
      try checkAccess()
      return try runInBatches(prepared)
    }
    if prepared.writes {
      transaction.rollbackUnless(group)
      try checkAccess()
      return try request.isGrouped ? runGroupedWrite(prepared) : runWrite(prepared)
    }
    return try runRead(prepared, transaction)
  }

  /// Commits the open group; see `Session`.
  public func sync() async throws(Failure) { try commitGroup() }

  /// Opens an explicit transaction; it reads a snapshot until its first write.
  public func begin(_ options: TransactionOptions) async throws(Failure) {
    guard explicit == nil else { throw .transactionOpen }
    try finishStreaming()
    try commitGroup()
    explicit = ExplicitTransaction(try beginRead())
  }

  /// Commits the explicit transaction.
  public func commit() async throws(Failure) {
    guard let open = explicit else { throw .noTransaction }
    try finishStreaming()
    explicit = nil
    do {
      if open.transaction.isWritable {
        try open.transaction.committing()
      } else {
        open.transaction.rollback()
      }
    } catch {
      open.transaction.rollback()
      throw error
    }
  }

  /// Rolls the explicit transaction back.
  public func rollback() async throws(Failure) {
    guard let open = explicit else { throw .noTransaction }
    streaming?.abandon()
    explicit = nil
    open.transaction.rollback()
  }

  /// Changes the database in use.
  public func use(database: String) async throws(Failure) {
    try finishStreaming()
    try commitGroup()
    let found = try engine.store(of: database)
    (descriptor, store) = found
    compiler = StatementCompiler(engine: engine, database: descriptor.name)
    surround()
  }

  /// Changes what later transactions may do.
  public func setAccessMode(_ mode: AccessMode) async throws(Failure) { accessMode = mode }

  /// Commits what is grouped, rolls back what is open.
  public func close() async {
    streaming?.abandon()
    try? commitGroup()
    explicit?.transaction.rollback()
    explicit = nil
  }

  // MARK: Running

  private func runRead(_ prepared: PreparedStatement, _ transaction: GraphTransaction)
    throws(Failure) -> any ResultStream
  {
    try begin(prepared, transaction)
    if group != nil {
      // What the group has written is not durable yet: keep a small result until it is; for a large
      // one make it durable first and read it again from a snapshot.
      if let result = try spool(prepared, limit: Self.spooledRows) { return result }
      try commitGroup()
      let fresh = try beginRead()
      try begin(prepared, fresh)
      return stream(prepared, fresh, isOwner: true)
    }
    return stream(prepared, transaction, isOwner: true)
  }

  private static let spooledRows = 10_000

  private func runWrite(_ prepared: PreparedStatement) throws(Failure) -> any ResultStream {
    try commitGroup()
    let transaction = try beginWrite()
    do {
      try begin(prepared, transaction)
      let result = try spool(prepared, limit: .max)
      try transaction.committing()
      return result ?? SpooledResult.empty(prepared, isDurable: true)
    } catch {
      transaction.rollback()
      throw error
    }
  }

  private func runGroupedWrite(_ prepared: PreparedStatement) throws(Failure) -> any ResultStream {
    let transaction: GraphTransaction
    if let group {
      transaction = group
    } else {
      transaction = try beginWrite()
      group = transaction
    }
    try storing { () throws(StoreError) in try transaction.beginStatement() }
    do {
      try begin(prepared, transaction)
      let result = try spool(prepared, limit: .max)
      try transaction.committingStatement()
      return result ?? SpooledResult.empty(prepared, isDurable: false)
    } catch {
      do throws(StoreError) { try transaction.rollbackStatement() } catch {
        group = nil
        transaction.rollback()
      }
      throw error
    }
  }

  /// Runs a statement that commits in batches.
  private func runInBatches(_ prepared: PreparedStatement) throws(Failure) -> any ResultStream {
    try commitGroup()
    let control = BatchTransactions(outer: try beginRead(), database: descriptor.name) {
      [self] () throws(Failure) in try beginWrite()
    }
    surroundings.transactionControl = control
    defer {
      surroundings.transactionControl = nil
      control.close()
    }
    try begin(prepared, control.outerTransaction)
    let result = try spool(prepared, limit: .max)
    return result ?? SpooledResult.empty(prepared, isDurable: true)
  }

  private func runInTransaction(_ request: StatementRequest) throws(Failure) -> any ResultStream {
    guard let open = explicit else { throw .noTransaction }
    do throws(Failure) {
      let prepared = try compiler.prepare(request, open.transaction)
      if prepared.isExplained { return SpooledResult.explained(prepared, isDurable: true) }
      if prepared.command != nil { return try runCommand(prepared) }
      if prepared.needsImplicitTransaction { throw Failure.implicitTransactionNeeded }
      if prepared.writes {
        try checkAccess()
        try upgrade(open)
        try begin(prepared, open.transaction)
        let result = try spool(prepared, limit: .max)
        return result ?? SpooledResult.empty(prepared, isDurable: true)
      }
      try begin(prepared, open.transaction)
      return stream(prepared, open.transaction, isOwner: false)
    } catch {
      failTransaction()
      throw error
    }
  }

  /// A failed statement ends its explicit transaction.
  func failTransaction() {
    explicit?.transaction.rollback()
    explicit = nil
  }

  private func upgrade(_ open: ExplicitTransaction) throws(Failure) {
    guard !open.transaction.isWritable else { return }
    try storing { () throws(StoreError) in
      try open.transaction.upgradeToWrite(deadlineSeconds: engine.options.writeDeadlineSeconds)
    }
  }

  private func checkAccess() throws(Failure) {
    if accessMode == .read { throw .writingNotAllowed(descriptor.name) }
  }

  private func begin(_ prepared: PreparedStatement, _ transaction: GraphTransaction)
    throws(Failure)
  {
    let now = ClockInstant.now()
    var functions = FunctionContext(
      statementClock: now, transactionClock: explicit?.started ?? now)
    functions.isCypher25 = prepared.isCypher25
    try prepared.begin(
      RunInputs(
        transaction: transaction, parameters: prepared.inputs.parameters,
        literals: prepared.inputs.literals,
        functions: functions,
        memoryLimitBytes: memoryLimitBytes, surroundings: surroundings,
        cancellation: cancellation))
  }

  // MARK: Results

  private func stream(
    _ prepared: PreparedStatement, _ transaction: GraphTransaction, isOwner: Bool
  ) -> any ResultStream {
    let result = StreamedResult(
      prepared, transaction: transaction, isOwner: isOwner, session: self)
    streaming = result
    return result
  }

  /// Runs a statement to its end and keeps its records; `nil` when there are more than `limit`.
  private func spool(_ prepared: PreparedStatement, limit: Int) throws(Failure) -> SpooledResult? {
    var batches: [RecordBatch] = []
    var rows = 0
    while let batch = try prepared.next() {
      guard prepared.producesRows else { continue }
      rows += batch.count
      if rows > limit { return nil }
      batches.append(RecordBatch(batch, prepared.resultColumns))
    }
    return SpooledResult(prepared, batches: batches, isDurable: group == nil)
  }

  private func finishExplain(_ prepared: PreparedStatement, _ transaction: GraphTransaction)
    -> any ResultStream
  {
    transaction.rollbackUnless(group)
    return SpooledResult.explained(prepared, isDurable: group == nil)
  }

  /// Reads to its end a result that the caller has left, so that its snapshot is not held.
  private func finishStreaming() throws(Failure) {
    streaming?.abandon()
    streaming = nil
  }

  // MARK: Transactions

  /// What a statement is checked and read in: the open group, so that it sees what came before, or a
  /// snapshot.
  private func snapshot() throws(Failure) -> GraphTransaction {
    if let group { return group }
    return try beginRead()
  }

  private func beginRead() throws(Failure) -> GraphTransaction {
    try storing { () throws(StoreError) in try store.beginRead() }
  }

  private func beginWrite() throws(Failure) -> GraphTransaction {
    try storing { () throws(StoreError) in
      try store.beginWrite(deadlineSeconds: engine.options.writeDeadlineSeconds)
    }
  }

  private func commitGroup() throws(Failure) {
    guard let open = group else { return }
    group = nil
    do {
      try open.committing()
    } catch {
      open.rollback()
      throw error
    }
  }

  // MARK: Commands

  private func runCommand(_ prepared: PreparedStatement) throws(Failure) -> any ResultStream {
    guard let command = prepared.command else { throw .notSupported("this command") }
    if prepared.producesRows { return try runListing(prepared) }
    let transaction: GraphTransaction
    if let explicit {
      try upgrade(explicit)
      transaction = explicit.transaction
    } else {
      transaction = try beginWrite()
    }
    do {
      let commands = SchemaCommands(
        transaction: transaction, parameters: prepared.inputs.parameters)
      let outcome = try commands.run(command)
      prepared.commandCounters = outcome.counters
      prepared.notifications += outcome.notifications
      if explicit == nil {
        try transaction.committing()
      }
      return SpooledResult.empty(prepared, isDurable: true)
    } catch {
      if explicit == nil { transaction.rollback() }
      throw error
    }
  }

  private func runListing(_ prepared: PreparedStatement) throws(Failure) -> any ResultStream {
    if let explicit {
      try begin(prepared, explicit.transaction)
      return stream(prepared, explicit.transaction, isOwner: false)
    }
    let transaction = try beginRead()
    listed = transaction
    try begin(prepared, transaction)
    return stream(prepared, transaction, isOwner: true)
  }
}

extension EmbeddedSession: ListingSource {
  /// The rows of a SHOW command.
  public func rows(_ command: Command) throws(Failure) -> [[String: Value]] {
    guard case .show(let listing, _) = command else { return [] }
    guard let transaction = explicit?.transaction ?? listed else { return [] }
    let schema = SchemaListings(transaction: transaction)
    let others = CatalogueListings(engine: engine, database: descriptor, parameters: [:])
    switch listing {
    case .indexes(let kind): return schema.indexes(kind)
    case .constraints(let filter, let entity): return schema.constraints(filter, entity)
    case .functions(let filter): return others.functions(filter)
    case .procedures: return others.procedures()
    case .settings(let names):
      return others.settings(
        try names.map { (names) throws(Failure) in try ConstantExpression.value(names, [:]) })
    case .transactions: return []
    case .databases(let filter): return try others.databases(filter)
    case .users: return others.users()
    }
  }
}

extension GraphTransaction {
  /// Lets go of a snapshot, unless it is the open group.
  func rollbackUnless(_ group: GraphTransaction?) {
    if self !== group { rollback() }
  }
}

extension GraphTransaction {
  /// Commits durably, telling violations with names.
  fileprivate func committing() throws(Failure) {
    do throws(StoreError) { try commit(sync: true) } catch { throw Failure(error, self) }
  }

  /// Ends a statement of a group, telling violations with names.
  fileprivate func committingStatement() throws(Failure) {
    do throws(StoreError) { try commitStatement() } catch { throw Failure(error, self) }
  }
}
