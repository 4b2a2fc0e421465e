import KeyValueStore
import Synchronization

/// How a store is opened.
public struct StoreOptions: Sendable {
  /// What a commit waits for.
  public enum Durability: Sendable {
    /// The disk has it: it survives a power cut.
    case synced
    /// The operating system has it: it survives a killed process only.
    case relaxed
  }
  /// What a commit waits for.
  public var durability: Durability = .synced
  /// The address space to reserve, which bounds the file; smaller where the system refuses.
  public var mapSizeBytes: Int = 1 << 40
  /// Whether to make the directory and the store when there is none.
  public var createsWhenMissing = true
  /// How much memory adjacency indexes may keep; property columns may keep half as much.
  public var cacheLimitBytes: Int = 1 << 30

  /// The defaults: durable, 1 TiB of address space, made when missing.
  public init() {}
}

/// One database: an LMDB environment in a directory of its own, opened once per process.
public final class Store: Sendable {
  /// Where it lies; `nil` for a store in memory.
  public let directory: String?
  let environment: Environment
  let trees: TreeSet
  let cacheLimitBytes: Int
  /// The last committed names and rules, as far as this process has seen them.
  let latest: Mutex<Latest>
  /// Adjacency built for the last snapshot that asked for it.
  let adjacency: Mutex<AdjacencyCache>
  /// Properties as arrays, likewise.
  let properties: Mutex<PropertyCache>

  /// Names and rules of a committed snapshot.
  struct Latest {
    var snapshotID: UInt64 = 0
    var tokenVersion: UInt64 = 0
    var schemaVersion: UInt64 = 0
    var tokens = TokenTables()
    var rules = SchemaState(Schema())
  }

  private init(_ environment: Environment, directory: String?, cacheLimitBytes: Int) {
    self.environment = environment
    self.directory = directory
    self.cacheLimitBytes = cacheLimitBytes
    trees = TreeSet(environment.trees)
    latest = Mutex(Latest())
    adjacency = Mutex(AdjacencyCache())
    properties = Mutex(PropertyCache())
  }

  /// Opens the store in a directory; within a process all openings of one share its environment.
  ///
  /// - Throws: `unsupportedFormat` for a store of another version, `inputOutput` when it is missing or
  ///   may not be read.
  public static func open(directory: String, options: StoreOptions = StoreOptions())
    throws(StoreError) -> Store
  {
    var settings = EnvironmentOptions()
    settings.mapSizeBytes = options.mapSizeBytes
    settings.isRelaxed = options.durability == .relaxed
    settings.createsWhenMissing = options.createsWhenMissing
    return try open(directory, settings, kept: directory, options.cacheLimitBytes)
  }

  /// Makes a private store that vanishes with the last reference to it.
  public static func memory() throws(StoreError) -> Store {
    let directory = try translated { () throws(KeyValueError) in
      try FileSystem.makeTemporaryDirectory()
    }
    var settings = EnvironmentOptions()
    settings.vanishes = true
    // Less address space to set up and tear down.
    settings.mapSizeBytes = 1 << 36
    settings.isRelaxed = true
    return try open(directory, settings, kept: nil, StoreOptions().cacheLimitBytes)
  }

  private static func open(
    _ directory: String, _ settings: EnvironmentOptions, kept: String?, _ cacheLimit: Int
  ) throws(StoreError) -> Store {
    let environment = try translated { () throws(KeyValueError) in
      try Environment.open(directory: directory, trees: TreeSet.names, options: settings)
    }
    let store = Store(environment, directory: kept, cacheLimitBytes: cacheLimit)
    if try store.isFresh() { try store.initialise() }
    return store
  }

  private func isFresh() throws(StoreError) -> Bool {
    let transaction = try translated { () throws(KeyValueError) in try environment.beginRead() }
    let space = KeySpace(transaction, trees)
    var key = ByteBuffer()
    key.append(MainKey.meta.rawValue)
    return try space.value(in: trees.main, key.bytes) == nil
  }

  private func initialise() throws(StoreError) {
    let transaction = try GraphTransaction(
      store: self, writing: true, deadlineSeconds: 30, staysOnThread: true)
    // Another process may have been first.
    if try !isFresh() { return transaction.rollback() }
    try transaction.state.createLookupIndexes()
    try transaction.commit()
  }

  /// Begins a transaction that reads the last committed state, and may take the writer's place later.
  public func beginRead() throws(StoreError) -> GraphTransaction {
    try GraphTransaction(store: self, writing: false, deadlineSeconds: 0)
  }

  /// Begins a transaction that writes; waits for other writers until the deadline.
  ///
  /// - Parameters:
  ///   - deadlineSeconds: How long to wait.
  ///   - staysOnThread: Whether the transaction ends on the thread that begins it, which saves the
  ///     way to another and back.
  /// - Returns: The transaction.
  /// - Throws: `locked` at the deadline.
  public func beginWrite(deadlineSeconds: Double = 30, staysOnThread: Bool = false)
    throws(StoreError) -> GraphTransaction
  {
    try GraphTransaction(
      store: self, writing: true, deadlineSeconds: deadlineSeconds, staysOnThread: staysOnThread)
  }

  /// Makes durable what was committed without sync.
  public func sync() throws(StoreError) {
    try translated { () throws(KeyValueError) in try environment.sync() }
  }

  /// Brings what commit logs hold into the stores' own files, for a process that is about to end.
  public static func settleLogs() { Environment.settleLogs() }

  /// Copies the last committed state into an empty directory, while others read and write.
  public func backup(to directory: String) throws(StoreError) {
    try translated { () throws(KeyValueError) in try environment.copy(to: directory) }
  }

  /// Whether the system lets nobody here write to its files.
  public var isReadOnly: Bool { environment.isReadOnly }

  /// How many bytes of its file are in use, free pages among them.
  public var usedBytes: Int { environment.usedBytes }
}
