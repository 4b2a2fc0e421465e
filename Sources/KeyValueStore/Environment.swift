import CLMDB
import Synchronization

/// One tree of an environment: a map from byte keys to byte values, ordered by key.
public struct Tree: Sendable, Hashable {
  let handle: UInt32
  let hasNumberKeys: Bool
  /// Its place in the list of names.
  let position: UInt8
}

/// Which tree to open.
public struct TreeName: Sendable {
  /// Its name; empty for the environment's main tree.
  public let name: String
  /// Whether keys are numbers of 64 bits, ordered as such.
  public let hasNumberKeys: Bool

  /// Names a tree.
  public init(_ name: String, hasNumberKeys: Bool = false) {
    self.name = name
    self.hasNumberKeys = hasNumberKeys
  }
}

/// How an environment is opened.
public struct EnvironmentOptions: Sendable {
  /// The address space to reserve; halved until the system grants it.
  public var mapSizeBytes = 1 << 40
  /// Whether commits may return before the disk has them, all of them.
  public var isRelaxed = false
  /// Whether to make the directory when it is missing.
  public var createsWhenMissing = true
  /// Whether the files' names go at once, so that they vanish with the process.
  public var vanishes = false
  /// Small commits that follow each other within this time go to the commit log, when there have been
  /// so many.
  var quickSeconds = 0.05
  var quickCount = 8
  /// After so many commits comes a checkpoint: until then no page is used twice, and the file grows.
  var commitsPerCheckpoint: UInt64 = 128
  /// A commit waits for the checkpoint when it is so many commits behind, which bounds what the file
  /// grows by where the disk is slow.
  var commitsBehindCheckpoint: UInt64 = 1_024
  /// After so long room for a commit log is asked for again.
  var prepareSeconds = 60.0
  /// How many bytes of records a commit log has room for.
  var logBytes = 1 << 20
  /// After so long without a commit the log is no longer in use.
  var idleSeconds = 1.0
  /// Whether the files are only read; found out at opening.
  fileprivate(set) var isReadOnly = false

  /// The defaults.
  public init() {}
}

/// An LMDB environment: a directory with one file of trees, opened once per process.
@safe
public final class Environment: Sendable {
  /// The trees in the order in which they were named.
  public let trees: [Tree]
  /// How large the file may grow.
  public let mapSizeBytes: Int
  let isRelaxed: Bool
  /// Whether the system lets nobody here write to its files.
  public let isReadOnly: Bool
  let lock: WriterLock
  /// What small commits are made durable with; `nil` where nothing needs to be durable.
  let log: CommitLog?
  private let identity: FileIdentity
  let handle: Handle
  private let idleReaders: Mutex<[Reader]>

  // Safe: LMDB allows any thread to use an environment.
  @safe struct Handle: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Makes durable all that was committed without sync.
    func sync() throws(KeyValueError) {
      let code = unsafe mdb_env_sync(pointer, 1)
      guard code == 0 else { throw KeyValueError(code, "sync") }
    }
  }

  /// The environment for LMDB's calls.
  var pointer: OpaquePointer { unsafe handle.pointer }

  private init(
    _ handle: Handle, _ trees: [Tree], _ mapSize: Int, _ options: EnvironmentOptions,
    _ lock: WriterLock, _ log: CommitLog?, _ identity: FileIdentity
  ) {
    self.handle = handle
    self.trees = trees
    self.lock = lock
    self.log = log
    self.identity = identity
    mapSizeBytes = mapSize
    isRelaxed = options.isRelaxed
    isReadOnly = options.isReadOnly
    idleReaders = Mutex([])
  }

  deinit {
    log?.close(self)
    idleReaders.withLock { readers in
      for reader in readers { reader.close() }
      readers.removeAll()
    }
    unsafe mdb_env_close(pointer)
    OpenEnvironments.forget(identity)
  }

  /// Opens an environment, or gives the one that this process has open in that directory.
  ///
  /// Readers that crashed are cleared. Missing trees are made. Where the file system, or the rights on
  /// the files, let nobody write, the environment that is there is opened for reading.
  ///
  /// - Parameters:
  ///   - directory: Where its files lie.
  ///   - names: The trees to open, the same at every opening.
  ///   - options: Ignored when the environment is open already.
  /// - Returns: An environment that closes when nobody refers to it.
  /// - Throws: `invalidFile`, `system`.
  public static func open(
    directory: String, trees names: [TreeName], options: EnvironmentOptions = EnvironmentOptions()
  ) throws(KeyValueError) -> Environment {
    var options = options
    options.isReadOnly = FileSystem.isFixed(directory)
    if options.createsWhenMissing && !options.isReadOnly {
      try FileSystem.makeDirectory(directory)
      try FileSystem.makeFile(directory + "/data.mdb")
    }
    // Of the file, not of the directory, whose inode may be given away while the file is open.
    let identity = try FileSystem.identity(of: directory + "/data.mdb")
    let settings = options
    let environment = try OpenEnvironments.environment(identity) {
      () throws(KeyValueError) in
      try openNew(directory, names, settings, identity)
    }
    try environment.log?.recover(environment)
    return environment
  }

  private static func openNew(
    _ directory: String, _ names: [TreeName], _ options: EnvironmentOptions,
    _ identity: FileIdentity
  ) throws(KeyValueError) -> Environment {
    var mapSize = options.mapSizeBytes
    let log = options.vanishes ? nil : try CommitLog.open(directory, options)
    while true {
      let opened = openHandle(directory, mapSize, options)
      if let handle = opened.handle {
        do throws(KeyValueError) {
          let lock = try WriterLock(
            path: options.vanishes || options.isReadOnly ? nil : directory + "/writer.lock")
          let trees = try openTrees(handle, names)
          if options.vanishes {
            FileSystem.remove(directory + "/data.mdb")
            FileSystem.remove(directory + "/lock.mdb")
            FileSystem.removeDirectory(directory)
          }
          return Environment(handle, trees, mapSize, options, lock, log, identity)
        } catch {
          unsafe mdb_env_close(handle.pointer)
          throw error
        }
      }
      // Address space may be limited (ulimit -v, containers, 32 bits, programs that run others).
      guard FileSystem.isOutOfSpace(opened.code), mapSize > 1 << 26 else {
        throw KeyValueError(opened.code, "open")
      }
      mapSize /= 2
    }
  }

  private static func openHandle(_ directory: String, _ mapSize: Int, _ options: EnvironmentOptions)
    -> (handle: Handle?, code: Int32)
  {
    var created: OpaquePointer?
    var code = unsafe mdb_env_create(&created)
    guard code == 0, let environment = unsafe created else { return (nil, code) }
    _ = unsafe mdb_env_set_maxdbs(environment, 24)
    _ = unsafe mdb_env_set_maxreaders(environment, 4_094)
    code = unsafe mdb_env_set_mapsize(environment, mapSize)
    var flags = UInt32(MDB_NOTLS)
    if options.isRelaxed || options.vanishes { flags |= UInt32(MDB_NOSYNC) }
    // Without the lock's file, readers cannot be told to a writer: who may write must not do so now.
    if options.isReadOnly { flags |= UInt32(MDB_RDONLY | MDB_NOLOCK) }
    if code == 0 { code = unsafe mdb_env_open(environment, directory, flags, 0o644) }
    guard code == 0 else {
      unsafe mdb_env_close(environment)
      return (nil, code)
    }
    var dead: Int32 = 0
    _ = unsafe mdb_reader_check(environment, &dead)
    return unsafe (Handle(pointer: environment), 0)
  }

  private static func openTrees(_ handle: Handle, _ names: [TreeName]) throws(KeyValueError)
    -> [Tree]
  {
    // An existing store opens without the writer's lock.
    if let trees = try openTrees(handle, names, readOnly: true) { return trees }
    guard let trees = try openTrees(handle, names, readOnly: false) else {
      throw .library(operation: "open tree", code: MDB_NOTFOUND)
    }
    return trees
  }

  private static func openTrees(_ handle: Handle, _ names: [TreeName], readOnly: Bool)
    throws(KeyValueError) -> [Tree]?
  {
    var begun: OpaquePointer?
    let code = unsafe mdb_txn_begin(
      handle.pointer, nil, readOnly ? UInt32(MDB_RDONLY) : 0, &begun)
    guard code == 0, let transaction = unsafe begun else {
      throw KeyValueError(code, "begin")
    }
    var trees: [Tree] = []
    for tree in names {
      var flags: UInt32 = readOnly || tree.name.isEmpty ? 0 : UInt32(MDB_CREATE)
      if tree.hasNumberKeys { flags |= UInt32(MDB_INTEGERKEY) }
      var opened: MDB_dbi = 0
      let code =
        tree.name.isEmpty
        ? unsafe mdb_dbi_open(transaction, nil, flags, &opened)
        : unsafe mdb_dbi_open(transaction, tree.name, flags, &opened)
      if code != 0 {
        unsafe mdb_txn_abort(transaction)
        if code == MDB_NOTFOUND && readOnly { return nil }
        throw KeyValueError(code, "open tree")
      }
      trees.append(
        Tree(
          handle: opened, hasNumberKeys: tree.hasNumberKeys, position: UInt8(trees.count)))
    }
    // Also a read transaction must commit for its handles to stay.
    let committed = unsafe mdb_txn_commit(transaction)
    guard committed == 0 else { throw KeyValueError(committed, "commit") }
    return trees
  }

  // MARK: Transactions

  /// Begins to read the last committed state.
  public func beginRead() throws(KeyValueError) -> Transaction {
    if let idle = idleReaders.withLock({ $0.popLast() }) {
      let code = idle.renew()
      if code == 0 { return beginRead(idle) }
      idle.close()
      if code != MDB_BAD_RSLOT { throw KeyValueError(code, "begin") }
    }
    var begun: OpaquePointer?
    let code = unsafe mdb_txn_begin(pointer, nil, UInt32(MDB_RDONLY), &begun)
    guard code == 0, let transaction = unsafe begun else { throw KeyValueError(code, "begin") }
    return beginRead(unsafe Reader(transaction))
  }

  private func beginRead(_ reader: Reader) -> Transaction {
    log?.awaitFlush(UInt64(unsafe mdb_txn_id(reader.pointer)))
    return Transaction(self, reading: reader)
  }

  /// Takes the writer's place; waits for other writers, of any process, until the deadline.
  ///
  /// - Parameters:
  ///   - deadlineSeconds: How long to wait.
  ///   - staysOnThread: Whether the transaction ends on the thread that begins it, which saves the
  ///     way to the writer's thread.
  /// - Returns: The transaction.
  /// - Throws: `locked` at the deadline, `system`.
  public func beginWrite(deadlineSeconds: Double, staysOnThread: Bool = false)
    throws(KeyValueError) -> Transaction
  {
    if isReadOnly { throw .readOnly }
    try lock.acquire(deadlineSeconds: deadlineSeconds)
    let writer: Writer = staysOnThread ? .caller : .shared
    let begun = unsafe writer.begin(pointer)
    guard unsafe begun.code == 0, let transaction = unsafe begun.transaction else {
      lock.release()
      throw unsafe KeyValueError(begun.code, "begin")
    }
    do throws(KeyValueError) {
      let id = unsafe mdb_txn_id(transaction)
      let isLogged = try log?.begins(self, UInt64(id)) ?? false
      return unsafe Transaction(self, writing: transaction, by: writer, isLogged: isLogged)
    } catch {
      unsafe writer.abort(transaction)
      lock.release()
      throw error
    }
  }

  /// Takes back the reader of a transaction that has ended.
  func recycle(_ reader: Reader) {
    reader.reset()
    let isKept = idleReaders.withLock { readers in
      guard readers.count < 64 else { return false }
      readers.append(reader)
      return true
    }
    if !isKept { reader.close() }
  }

  // MARK: The file

  /// Makes durable all that was committed without sync.
  public func sync() throws(KeyValueError) { try handle.sync() }

  /// Brings into the data's own files what commit logs hold, in all environments of this process.
  ///
  /// A process that ends without it leaves that to whoever opens them next.
  public static func settleLogs() { IdleLogs.endAll() }

  /// Copies the last committed state into an empty directory, without unused pages.
  public func copy(to directory: String) throws(KeyValueError) {
    try FileSystem.makeDirectory(directory)
    let code = unsafe mdb_env_copy2(pointer, directory, UInt32(MDB_CP_COMPACT))
    guard code == 0 else { throw KeyValueError(code, "copy") }
  }

  /// The number of the last committed transaction, of any process.
  public var lastTransactionID: Int {
    var info = unsafe MDB_envinfo()
    guard unsafe mdb_env_info(pointer, &info) == 0 else { return 0 }
    return unsafe info.me_last_txnid
  }

  /// How many bytes of the file are in use, free pages among them.
  public var usedBytes: Int {
    var info = unsafe MDB_envinfo()
    var statistics = MDB_stat()
    guard unsafe mdb_env_info(pointer, &info) == 0, unsafe mdb_env_stat(pointer, &statistics) == 0
    else { return 0 }
    return unsafe (info.me_last_pgno + 1) * Int(statistics.ms_psize)
  }
}
