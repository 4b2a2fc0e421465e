public import Diagnostics
import GraphStore
import GraphValues
import QueryPlan
public import QuerySession
import CypherRuntime
import Synchronization

/// A session on an embedded database.
///
/// Works on the caller's thread, which may change between calls. A statement outside an explicit
/// transaction reads a snapshot of its own; one that writes is committed before its result is given,
/// or becomes part of the group that all sessions of the database share, in which each statement is
/// atomic and which `sync()` commits. Whoever writes holds the database's writer's place meanwhile;
/// nothing suspends while a transaction is at work.
///
/// Safe: one caller uses a session, from one task; `cancel()` and the timers touch nothing but what is
/// under `watch` and `gate`.
public final class EmbeddedSession: Session, @unchecked Sendable {
  let engine: GraphEngine
  var writer: DatabaseWriter
  var descriptor: DatabaseDescriptor
  /// Who it runs for; `nil` where nobody logs in.
  let user: SessionUser?
  /// The connection of a client elsewhere; `nil` for a caller in this process.
  let connection: ServedConnection?
  /// The state of the catalogue that `descriptor` was read from.
  var catalogueVersion: Int
  /// Sessions for statements on other databases, by the database's name.
  var others: [String: EmbeddedSession] = [:]
  var compiler: StatementCompiler
  private var accessMode: AccessMode = .write
  /// The explicit transaction.
  var explicit: ExplicitTransaction?
  /// The group that holds statements of this session which no `sync()` has asked for yet.
  var pending: WriteGroup?
  /// The result being streamed from a snapshot of its own.
  private weak var streaming: StreamedResult?
  /// What a listing reads.
  var listed: GraphTransaction?
  /// The state after the last transaction.
  var lastSnapshotID: UInt64?
  let watch = TransactionWatch()
  /// Whether `forgetCancellation()` was called for the statement to come.
  private var isArmed = false
  /// Keeps the timer of an explicit transaction and its statements apart.
  private let gate = Mutex(Gate())
  /// What it is doing, for other sessions to see.
  let activities = Mutex<SessionActivity?>(nil)
  let memoryLimitBytes: Int
  let surroundings: Surroundings

  private struct Gate {
    var isBusy = false
    /// Why the transaction was ended from outside.
    var ended: Cancellation.Reason?
    /// Tells the explicit transactions of the session apart, for timers that come late.
    var number = 0
  }

  init(
    engine: GraphEngine, database: String, user: SessionUser?, connection: ServedConnection?
  ) throws(Failure) {
    self.engine = engine
    self.user = user
    self.connection = connection
    catalogueVersion = engine.catalogue.version
    (descriptor, writer) = try engine.writer(of: user.home(database))
    memoryLimitBytes = engine.options.memoryLimitBytes
    compiler = StatementCompiler(
      engine: engine, database: descriptor, shared: writer.plans,
      cancellation: watch.cancellation)
    let services = SessionServices(user: user)
    surroundings = Surroundings(procedures: engine.procedures, services: services)
    services.session = self
    surround()
    engine.running.enter(self)
  }

  deinit {
    engine.running.leave(ObjectIdentifier(self))
    // Left without `close()`: neither what is open nor what was grouped must hold other writers up.
    if let explicit { end(explicit) }
    guard let pending, pending.isOpen else { return }
    let writer = writer
    Task.detached { await Self.settle(pending, writer) }
  }

  /// Tells statements which database they run on.
  func surround() {
    surroundings.procedures = engine.procedures
    surroundings.databaseName = descriptor.name
    surroundings.databaseID = descriptor.id
    surroundings.importDirectory = engine.options.importDirectory
    surroundings.readsWorkingDirectory = connection == nil
    surroundings.listings = self
  }

  var store: Store { writer.store }

  // MARK: Session

  /// The database in use.
  public var database: String { descriptor.name }

  /// The state that the last transaction of this session read or made.
  public var bookmarks: [String] {
    guard let lastSnapshotID else { return [] }
    return [Bookmark(databaseID: descriptor.id, snapshotID: lastSnapshotID).text]
  }

  /// The engine in this process and the user, if anybody has logged in.
  public var identity: SessionIdentity {
    SessionIdentity(
      user: user?.name ?? "", address: engine.dataDirectory ?? "memory:", isEmbedded: true,
      agent: "Nacre/\(NacreVersion.text)")
  }

  /// Whether an explicit transaction is open and has not failed.
  public var isInTransaction: Bool { explicit != nil }

  /// Tells the running statement to stop.
  public func cancel() { watch.cancel() }

  /// Calls of `cancel()` from here on stop the next statement, even before it has begun.
  public func forgetCancellation() {
    watch.cancellation.clear()
    isArmed = true
  }

  /// Runs a statement; see `Session`.
  public func run(_ request: StatementRequest) async throws(Failure) -> any ResultStream {
    try finishStreaming()
    if isArmed { isArmed = false } else { watch.cancellation.clear() }
    surroundings.procedures = engine.procedures
    try await followReplacement()
    try followCatalogue()
    watch.passes(to: nil)
    noteBegin(request.text, request.parameters, request.transaction.metadata)
    do throws(Failure) {
      let result = try await runNoted(request)
      if (result as? StreamedResult)?.session !== self { noteEnd() }
      return result
    } catch {
      noteEnd()
      throw error
    }
  }

  private func runNoted(_ request: StatementRequest) async throws(Failure) -> any ResultStream {
    if explicit != nil { return try await runInTransaction(request) }
    _ = startClock(request.transaction)
    if !request.transaction.bookmarks.isEmpty {
      try await follow(request.transaction.bookmarks)
    }
    if let pending, pending.isOpen { return try await runBehindGroup(request, pending) }
    return try await runOnSnapshot(request)
  }

  /// Commits the open group, unless that has happened; see `Session`.
  public func sync() async throws(Failure) {
    for other in others.values { try await other.sync() }
    guard let group = pending else { return }
    pending = nil
    await Self.settle(group, writer)
    try group.check()
  }

  private static func settle(_ group: WriteGroup, _ writer: DatabaseWriter) async {
    guard group.isOpen else { return }
    guard case .admitted = await writer.acquire(deadlineSeconds: nil, for: group) else { return }
    if group.isOpen { writer.settleGroup() }
    writer.release()
  }

  /// Opens an explicit transaction; it reads a snapshot until its first write.
  public func begin(_ options: TransactionOptions) async throws(Failure) {
    guard explicit == nil else { throw .transactionOpen }
    try finishStreaming()
    try await sync()
    try await followReplacement()
    try followCatalogue()
    let limit = startClock(options)
    try await follow(options.bookmarks)
    let opened = ExplicitTransaction(try beginRead(), options)
    let number = gate.withLock { gate in
      gate = Gate(number: gate.number + 1)
      explicit = opened
      return gate.number
    }
    noteBegin("", MapValue(), options.metadata)
    guard let limit else { return }
    opened.timer = DeadlineTimer(milliseconds: limit.milliseconds) { [weak self] in
      self?.stop(limit.reason, onlyIn: number)
    }
  }

  /// Gives what follows the time that a transaction may take.
  private func startClock(_ options: TransactionOptions) -> (
    milliseconds: Int64, reason: Cancellation.Reason
  )? {
    let limit = timeLimit(of: options)
    watch.cancellation.setDeadline(
      milliseconds: limit?.milliseconds, limit?.reason ?? .clientTimeout)
    return limit
  }

  /// How long a transaction may take, and what it is told afterwards; `nil` for ever.
  private func timeLimit(of options: TransactionOptions) -> (
    milliseconds: Int64, reason: Cancellation.Reason
  )? {
    if let milliseconds = options.timeoutMilliseconds {
      return milliseconds > 0 ? (milliseconds, .clientTimeout) : nil
    }
    return engine.options.transactionTimeoutSeconds.map { (Int64($0 * 1_000), .engineTimeout) }
  }

  /// Commits the explicit transaction.
  public func commit() async throws(Failure) {
    guard let open = explicit else { throw .noTransaction }
    try enter()
    defer { leave() }
    try finishStreaming()
    let isWritable = open.transaction.isWritable
    let snapshotID = open.transaction.resultingSnapshotID
    do {
      try followCatalogue()
      if isWritable { try open.transaction.committing() }
    } catch {
      failTransaction()
      throw error
    }
    let joined = open.joined
    open.joined = []
    failTransaction()
    if isWritable { noteCommit(snapshotID) } else { lastSnapshotID = snapshotID }
    try open.afterCommit?()
    for other in joined { try await other.commit() }
  }

  /// Rolls the explicit transaction back.
  public func rollback() async throws(Failure) {
    guard explicit != nil else { throw .noTransaction }
    gate.withLock { $0.isBusy = true }
    defer { leave() }
    streaming?.abandon()
    failTransaction()
  }

  /// Changes the database in use.
  public func use(database: String) async throws(Failure) {
    try finishStreaming()
    try await sync()
    let version = engine.catalogue.version
    let found = try engine.writer(of: user.home(database))
    catalogueVersion = version
    if found.descriptor.name == descriptor.name, found.writer === writer {
      descriptor = found.descriptor
      return
    }
    (descriptor, writer) = found
    lastSnapshotID = nil
    compiler = StatementCompiler(
      engine: engine, database: descriptor, shared: writer.plans,
      cancellation: watch.cancellation)
    surround()
  }

  /// Changes what later transactions may do.
  public func setAccessMode(_ mode: AccessMode) async throws(Failure) { accessMode = mode }

  /// Commits what is grouped, rolls back what is open.
  public func close() async {
    streaming?.abandon()
    for other in others.values { await other.close() }
    others.removeAll()
    try? await sync()
    gate.withLock { $0.isBusy = true }
    failTransaction()
    leave()
  }

  // MARK: The parts that all runs need

  func noteCommit(_ snapshotID: UInt64) {
    lastSnapshotID = snapshotID
    writer.note(settled: snapshotID)
  }

  /// Fails where the client wants to read only.
  func checkMode(_ options: TransactionOptions, on database: String) throws(Failure) {
    if (options.accessMode ?? accessMode) == .read { throw .writingNotAllowed(database) }
  }

  func checkAccess(_ options: TransactionOptions) throws(Failure) {
    try checkMode(options, on: descriptor.name)
    if !descriptor.isWritable { throw .readOnlyDatabase(descriptor.name) }
    if store.isReadOnly { throw .readOnlyDatabase(descriptor.name, isFixed: true) }
  }

  func begin(_ prepared: PreparedStatement, _ transaction: GraphTransaction) throws(Failure) {
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
        cancellation: watch.cancellation))
  }

  func beginRead() throws(Failure) -> GraphTransaction {
    try storing { () throws(StoreError) in try store.beginRead() }
  }

  /// Begins a write transaction that ends before anything suspends, thus on this thread.
  func beginWrite() throws(Failure) -> GraphTransaction {
    try storing { () throws(StoreError) in
      try store.beginWrite(
        deadlineSeconds: engine.options.writeDeadlineSeconds, staysOnThread: true)
    }
  }

  /// Takes the writer's place, does something that does not suspend, and passes the place on.
  func holdingPlace<Result>(_ body: () throws(Failure) -> Result) async throws(Failure) -> Result {
    try await takePlace()
    defer { writer.release() }
    return try body()
  }

  func takePlace() async throws(Failure) {
    if writer.acquireAtOnce() { return }
    let seconds = engine.options.writeDeadlineSeconds
    let left = min(seconds, watch.cancellation.remainingSeconds ?? seconds)
    switch await writer.acquire(deadlineSeconds: left, watch) {
    case .admitted, .settled: return
    case .expired:
      if watch.isCancelled { throw watch.cancellation.failure }
      throw .writerBusy(descriptor.name, seconds: seconds)
    case .cancelled: throw watch.cancellation.failure
    }
  }

  func stream(
    _ prepared: PreparedStatement, _ transaction: GraphTransaction, isOwner: Bool
  ) -> any ResultStream {
    let result = StreamedResult(
      prepared, transaction: transaction, isOwner: isOwner, session: self)
    streaming = result
    return result
  }

  /// Runs a statement to its end and keeps its records; `nil` when there are more than `limit`.
  ///
  /// With `keepsFailure`, a failure on the way becomes the end of the result, behind the records in
  /// front of it.
  func spool(
    _ prepared: PreparedStatement, limit: Int, isDurable: Bool, keepsFailure: Bool = false
  ) throws(Failure) -> SpooledResult? {
    defer { prepared.end() }
    var batches: [RecordBatch] = []
    var rows = 0
    do throws(Failure) {
      while let batch = try prepared.next() {
        guard prepared.producesRows else { continue }
        rows += batch.count
        if rows > limit { return nil }
        batches.append(RecordBatch(batch, prepared.resultColumns))
      }
    } catch {
      guard keepsFailure, !watch.cancellation.isOutOfPatience else { throw error }
      return SpooledResult(prepared, batches: batches, isDurable: isDurable, failure: error)
    }
    return SpooledResult(prepared, batches: batches, isDurable: isDurable)
  }

  /// Ends a result that the caller has left, so that its snapshot is not held.
  private func finishStreaming() throws(Failure) {
    streaming?.abandon()
    streaming = nil
  }

  // MARK: Time

  /// Ends the transaction from outside: what runs is stopped, an idle explicit one is rolled back.
  ///
  /// A result that is read from it stays as it is: its reader finds out at `enter()`.
  ///
  /// - Parameters:
  ///   - reason: What its client is told.
  ///   - number: The explicit transaction that is meant, if only that one is.
  func stop(_ reason: Cancellation.Reason, onlyIn number: Int? = nil) {
    gate.withLock { gate in
      guard number == nil || number == gate.number else { return }
      watch.cancel(reason)
      gate.ended = reason
      guard !gate.isBusy, let explicit else { return }
      end(explicit)
      for other in explicit.joined { other.stop(reason) }
    }
  }

  /// Begins work in the explicit transaction.
  ///
  /// - Throws: When it was ended from outside; it is then gone.
  func enter() throws(Failure) {
    let ended = gate.withLock { gate in
      gate.isBusy = true
      return gate.ended
    }
    guard let ended else { return }
    failTransaction()
    leave()
    throw Cancellation.failure(ended)
  }

  /// Ends work in the explicit transaction.
  func leave() { gate.withLock { $0.isBusy = false } }

  /// Ends the explicit transaction, also after a failed statement; what is not committed is undone.
  func failTransaction() {
    guard let open = explicit else { return }
    // From here on nobody else finds it.
    gate.withLock { gate in
      explicit = nil
      gate.number += 1
    }
    noteEnd()
    open.timer?.stop()
    watch.cancellation.setDeadline(milliseconds: nil)
    for other in open.joined { other.failTransaction() }
    end(open)
  }

  private func end(_ open: ExplicitTransaction) {
    if !open.transaction.isFinished { open.transaction.rollback() }
    if open.holdsPlace {
      open.holdsPlace = false
      writer.release()
    }
  }
}
