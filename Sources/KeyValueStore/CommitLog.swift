import CLMDB
import Synchronization

/// The log that makes small commits durable with one flush instead of LMDB's two.
///
/// While one process commits small transactions in quick succession, each is appended to the log and
/// flushed, and then committed to the data's file without a flush. Two things make the data's file
/// good for its last *checkpoint*, whatever of its later pages reaches the disk: a reader that stays at
/// the checkpoint keeps LMDB from using that state's pages again, and the log's header keeps the
/// checkpoint's meta page. After a crash the checkpoint is restored and the log's commits are made again
/// (`CommitLog+Recovery.swift`).
///
/// Such a *session* belongs to one process. Another one that wants to write finds the header, flushes
/// the data's file, and writes a header that says that no log is in use; the owner finds that one in
/// turn. A header is written by the holder of the writer's place only.
final class CommitLog: Sendable {
  static let fileName = "commit.log"
  /// No log is longer.
  static let largestSize = 1 << 26

  struct Session {
    /// The header that the disk has, or may have.
    var header: LogHeader
    var checkpoint: Reader
    /// What the disk is made ready for meanwhile.
    var next: NextCheckpoint?
    /// The last commit that is in the log or before it.
    var lastID: UInt64
    /// How many records there were, and where they end.
    var recordCount: UInt64 = 0
    var end = 0
    /// The size of the last record, until its commit has succeeded.
    var pendingSize = 0
    var lastUse: Double
    /// Whether the log cannot be written, so that commits go to the data's file.
    var isBroken = false
  }

  struct State {
    var session: Session?
    /// How many threads flush the data's file.
    var flushCount = 0
    var generation: UInt64 = 0
    var isPrepared = false
    /// No room for records is asked for before this time.
    var prepareTime = 0.0
    /// A header that the disk may not have.
    var unwritten: LogHeader?
    /// Why the data's file cannot be relied on any more, so that only the log has all.
    var damage: KeyValueError?
    var isRecovering = false
    /// The last commit of this process, and when it was.
    var lastID: UInt64 = 0
    var lastCommit = 0.0
    /// How many commits have followed each other quickly.
    var quickCount = 0
  }

  let file: LogFile
  private let directory: String
  let options: EnvironmentOptions
  let state = Mutex(State())
  /// The commit that is to be seen although the disk may not have its record yet; 0 when there is none.
  private let unflushed = Atomic<UInt64>(0)
  /// Held as long as there is one.
  private let flush = Mutex<Void>(())
  /// What is left to be made again before anybody may use the environment.
  let unrecovered: Mutex<LogHeader?>

  init(
    _ file: consuming LogFile, _ directory: String, _ options: EnvironmentOptions,
    unrecovered: LogHeader?
  ) {
    self.file = file
    self.directory = directory
    self.options = options
    self.unrecovered = Mutex(unrecovered)
  }

  /// Whether commits of this process go to the log.
  var isInUse: Bool { state.withLock { $0.session != nil } }

  /// Keeps commits out of the log while the log's own are made again.
  func recovers(_ isRecovering: Bool) { state.withLock { $0.isRecovering = isRecovering } }

  /// What makes a commit durable.
  enum Durability {
    /// Nothing yet.
    case none
    /// The data's file was flushed.
    case flushed
    /// A record of the log was.
    case logged
  }

  // MARK: For the holder of the writer's place

  /// A write transaction begins, which has written nothing yet.
  ///
  /// - Parameters:
  ///   - environment: Whose log this is.
  ///   - id: The transaction's number.
  /// - Returns: Whether its changes are to be recorded.
  /// - Throws: `system`, `diskFull`: another process's session cannot be ended, or the disk has failed.
  func begins(_ environment: Environment, _ id: UInt64) throws(KeyValueError) -> Bool {
    try state.withLock { (state) throws(KeyValueError) in
      if state.isRecovering { return false }
      if let damage = state.damage { throw damage }
      try settleHeader(&state, environment)
      let header = try LogHeader.last(in: file)
      state.generation = max(state.generation, header?.generation ?? 0)
      if let session = state.session, session.header == header, session.lastID + 1 == id {
        return !session.isBroken
      }
      // All of the other's commits are in the system's memory, as its process may be gone.
      if let header, header.isActive {
        try flushData(&state, environment)
        try deactivate(&state, header)
      }
      drop(&state)
      return false
    }
  }

  /// Flushes the data's file; where that fails, what it holds is not known any more.
  ///
  /// The system takes pages for clean that it could not write, and the next flush succeeds. So nothing
  /// is written any more, and who opens the store next makes the log's commits again.
  private func flushData(_ state: inout State, _ environment: Environment) throws(KeyValueError) {
    do throws(KeyValueError) { try environment.sync() } catch {
      if state.session != nil { state.damage = error }
      throw error
    }
  }

  /// Writes the header again that the disk may not have.
  private func settleHeader(_ state: inout State, _ environment: Environment) throws(KeyValueError)
  {
    guard let header = state.unwritten else { return }
    try flushData(&state, environment)
    try header.write(to: file)
    state.unwritten = nil
  }

  /// Writes a header, and keeps it in mind where that fails.
  func write(_ header: LogHeader, _ state: inout State) throws(KeyValueError) {
    do throws(KeyValueError) { try header.write(to: file) } catch {
      state.unwritten = header
      throw error
    }
    state.unwritten = nil
  }

  /// Writes the changes of a transaction to the log, if there is a session and they fit.
  ///
  /// - Parameters:
  ///   - record: The changes; it is sealed.
  ///   - id: The transaction's number.
  /// - Returns: Whether it was done; `flushing` must follow then, which makes the changes durable.
  /// - Throws: `system`, `diskFull`; the record does not count then.
  func append(_ record: inout ChangeRecord, _ id: UInt64) throws(KeyValueError) -> Bool {
    try state.withLock { (state) throws(KeyValueError) in
      guard var session = state.session, !session.isBroken, record.isComplete, !record.isEmpty
      else { return false }
      record.seal(
        token: session.header.token, sequence: session.recordCount, transactionID: id)
      do throws(KeyValueError) {
        let start = LogHeader.recordsStart + session.end
        try file.write(record.bytes.bytes, at: start)
        file.startFlush(record.bytes.count, at: start)
      } catch {
        withdraw(&session)
        state.session = session
        throw error
      }
      session.pendingSize = record.bytes.count
      state.session = session
      return true
    }
  }

  /// Commits a transaction while the disk takes its record, and returns when the disk has it.
  ///
  /// Others of this process see the commit only then: nobody acts on what may be lost. Readers of
  /// another process may see it somewhat sooner.
  ///
  /// - Parameters:
  ///   - id: The transaction's number.
  ///   - commit: Commits it without a flush, and gives LMDB's code.
  /// - Returns: LMDB's code, and whether the record makes the commit durable.
  func flushing(_ id: UInt64, _ commit: () -> Int32) -> (code: Int32, isFlushed: Bool) {
    holding(id) {
      let code = commit()
      if code == 0, (try? file.flush()) != nil { return (0, true) }
      // Without its commit, or without having reached the disk for sure, a record must not count.
      state.withLock { state in
        if var session = state.session {
          withdraw(&session)
          state.session = session
        }
      }
      return (code, false)
    }
  }

  /// Keeps this process's readers of a commit waiting until it is durable.
  func holding<R>(_ id: UInt64, _ body: () -> R) -> R {
    flush.withLock { _ in
      unflushed.store(id, ordering: .relaxed)
      // Whoever sees the commit sees that it is held.
      atomicMemoryFence(ordering: .releasing)
      defer { unflushed.store(0, ordering: .releasing) }
      return body()
    }
  }

  /// Waits until what a reader sees is durable.
  func awaitFlush(_ id: UInt64) {
    atomicMemoryFence(ordering: .acquiring)
    let unflushed = unflushed.load(ordering: .acquiring)
    if unflushed != 0 && id >= unflushed { flush.withLock { _ in } }
  }

  /// Makes the last record one that does not count; if even that fails, commits go elsewhere.
  private func withdraw(_ session: inout Session) {
    session.pendingSize = 0
    session.isBroken = true
    var nothing = ByteBuffer()
    nothing.appendZeros(ChangeRecord.headSize)
    do throws(KeyValueError) {
      try file.write(nothing.bytes, at: LogHeader.recordsStart + session.end)
      try file.flush()
    } catch {
      // The next commit flushes the data's file and ends the session, or fails as well.
    }
  }

  /// A commit has succeeded.
  ///
  /// - Parameters:
  ///   - environment: Whose log this is.
  ///   - id: The transaction's number.
  ///   - changedBytes: How much it changed.
  ///   - kind: What has made it durable.
  /// - Throws: `system`, `diskFull`: the commit might not survive a crash.
  func commits(_ environment: Environment, _ id: UInt64, _ changedBytes: Int, _ kind: Durability)
    throws(KeyValueError)
  {
    try state.withLock { (state) throws(KeyValueError) in
      // A transaction without changes leaves no trace.
      guard !state.isRecovering, environment.lastTransactionID == Int(id) else { return }
      let now = FileSystem.monotonicSeconds()
      let isQuick =
        kind != .none && state.lastID + 1 == id && now - state.lastCommit < options.quickSeconds
        && changedBytes < ChangeRecord.largestSize / 2
      state.lastID = id
      state.lastCommit = now
      state.quickCount = isQuick ? state.quickCount + 1 : 0
      guard var session = state.session else {
        if state.quickCount >= options.quickCount { begin(&state, environment, id) }
        return
      }
      guard kind == .logged else {
        // The data's file has all; the header would take it back to the checkpoint.
        if kind == .none { try flushData(&state, environment) }
        try deactivate(&state, session.header)
        drop(&state)
        return
      }
      session.recordCount += 1
      session.end += session.pendingSize
      session.pendingSize = 0
      session.lastID = id
      session.lastUse = now
      state.session = session
      moveCheckpoint(&state, environment, id)
    }
  }

  // MARK: Sessions

  /// Begins a session at a state that the data's file holds durably.
  ///
  /// Where that cannot be, all goes on without one.
  func begin(_ state: inout State, _ environment: Environment, _ id: UInt64) {
    guard !options.isRelaxed, state.prepareTime <= FileSystem.monotonicSeconds(),
      let bootID = FileSystem.bootID, let checkpoint = environment.metaPage(of: id),
      let reader = environment.pin(id)
    else { return }
    do throws(KeyValueError) {
      try prepare(&state)
      state.generation += 1
      var header = LogHeader(
        generation: state.generation, isActive: true, token: .random(in: 1 ... .max),
        bootID: bootID, checkpoint: checkpoint.bytes,
        rootSum: try environment.rootSum(checkpoint))
      header.room = options.logBytes
      try write(header, &state)
      drop(&state)
      state.session = Session(
        header: header, checkpoint: reader, lastID: id,
        lastUse: FileSystem.monotonicSeconds())
      IdleLogs.watch(environment)
    } catch {
      reader.close()
      // What the disk has of the header stands for this state, which the older reader keeps as well.
      state.session?.isBroken = true
      if state.session == nil, state.unwritten != nil { try? deactivate(&state, nil) }
    }
  }

  /// Gives the records' room blocks on the disk, so that a flush need not write where they lie.
  private func prepare(_ state: inout State) throws(KeyValueError) {
    if state.isPrepared { return }
    let size = try file.size()
    if size < LogHeader.recordsStart + options.logBytes {
      do throws(KeyValueError) {
        var zeros = ByteBuffer()
        zeros.appendZeros(options.logBytes)
        try file.write(zeros.bytes, at: LogHeader.recordsStart)
        try file.flush()
        try FileSystem.flushDirectory(directory)
      } catch {
        // The last of a disk's space is for the data.
        file.truncate(to: size)
        state.prepareTime = FileSystem.monotonicSeconds() + options.prepareSeconds
        throw error
      }
    }
    state.isPrepared = true
  }

  /// Writes that no log is in use; the data's file must be durable.
  private func deactivate(_ state: inout State, _ header: LogHeader?) throws(KeyValueError) {
    let last = if let header { header as LogHeader? } else { try LogHeader.last(in: file) }
    guard var next = last?.deactivated() else { return }
    next.generation = max(next.generation, state.generation + 1)
    state.generation = next.generation
    try write(next, &state)
  }

  private func drop(_ state: inout State) {
    state.session?.checkpoint.close()
    state.session?.next?.reader.close()
    state.session = nil
  }

  // MARK: Ending

  /// Ends the session when it was not used for a while.
  ///
  /// - Parameters:
  ///   - environment: Whose log this is.
  ///   - isIdleOnly: Whether it must have been unused for the time that the options say.
  ///   - waitSeconds: How long to wait for the writer's place.
  /// - Returns: Whether a session is still there.
  func end(_ environment: Environment, isIdleOnly: Bool, waitSeconds: Double = 0) -> Bool {
    let isIdle = state.withLock { state in
      guard let session = state.session else { return false }
      let idle = FileSystem.monotonicSeconds() - session.lastUse
      return !isIdleOnly || idle >= options.idleSeconds
    }
    guard isIdle else { return isInUse }
    let isPlaceTaken: Void? = try? environment.lock.acquire(deadlineSeconds: waitSeconds)
    defer { if isPlaceTaken != nil { environment.lock.release() } }
    return state.withLock { state in
      guard let session = state.session, state.damage == nil else { return state.session != nil }
      if state.unwritten != nil {
        guard isPlaceTaken != nil, (try? settleHeader(&state, environment)) != nil else {
          return true
        }
      }
      // Whoever else ended it holds the place, perhaps for long: our reader is in his way only.
      let header = try? LogHeader.last(in: file)
      if let header, header != session.header {
        drop(&state)
        return false
      }
      guard isPlaceTaken != nil else { return true }
      do throws(KeyValueError) {
        try flushData(&state, environment)
        try deactivate(&state, session.header)
        drop(&state)
        return false
      } catch {
        // The log still has everything; the next commit tells what is wrong.
        return true
      }
    }
  }

  /// Ends the session with its environment; where that fails, the next opening recovers.
  func close(_ environment: Environment) {
    while state.withLock({ $0.flushCount > 0 }) { FileSystem.pause(microseconds: 200) }
    guard end(environment, isIdleOnly: false, waitSeconds: 0.2) else { return }
    state.withLock { drop(&$0) }
  }
}

extension Environment {
  /// The meta page of the last committed state, if it is that of this transaction.
  func metaPage(of id: UInt64) -> MetaPage? {
    guard let (file, pageSize) = dataFile,
      let bytes = try? LogFile.read(file, MetaPage.size, at: Int(id & 1) * pageSize),
      let page = MetaPage(bytes.bytes), page.pageSize == pageSize, page.transactionID == id
    else { return nil }
    return page
  }

  func rootSum(_ page: MetaPage) throws(KeyValueError) -> UInt64 {
    guard let (file, _) = dataFile else { throw .invalidFile }
    return try page.rootSum(in: file)
  }

  /// A reader that keeps the pages of the last committed state, if it is that of this transaction.
  func pin(_ id: UInt64) -> Reader? {
    var begun: OpaquePointer?
    guard unsafe mdb_txn_begin(pointer, nil, UInt32(MDB_RDONLY), &begun) == 0,
      let transaction = unsafe begun
    else { return nil }
    if unsafe mdb_txn_id(transaction) == Int(id) { return unsafe Reader(transaction) }
    unsafe mdb_txn_abort(transaction)
    return nil
  }

  private var dataFile: (Int32, pageSize: Int)? {
    var file: Int32 = -1
    var statistics = MDB_stat()
    guard unsafe mdb_env_get_fd(pointer, &file) == 0,
      unsafe mdb_env_stat(pointer, &statistics) == 0
    else { return nil }
    return (file, Int(statistics.ms_psize))
  }
}
