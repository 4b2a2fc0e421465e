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
  /// How much memory adjacency indexes and property columns may keep.
  public var cacheLimitBytes: Int = 1 << 30

  /// The defaults: durable, 1 TiB of address space, made when missing.
  public init() {}
}

/// One database: an LMDB environment in a directory of its own, opened once per process.
public final class Store: Sendable {
  /// Where it lies; `nil` for a store in memory.
  public let directory: String?

  init(directory: String?) { self.directory = directory }

  /// Opens the store in a directory, or gives the one that this process has open there.
  public static func open(directory: String, options: StoreOptions = StoreOptions())
    throws(StoreError) -> Store
  {
    Store(directory: directory)
  }

  /// Makes a private store that vanishes with the last reference to it.
  public static func memory() throws(StoreError) -> Store { Store(directory: nil) }

  /// Begins a transaction that reads the last committed state, and may take the writer's place later.
  public func beginRead() throws(StoreError) -> GraphTransaction { GraphTransaction(store: self) }

  /// Begins a transaction that writes; waits for other writers until the deadline.
  ///
  /// The transaction belongs to the calling thread from here on.
  public func beginWrite(deadlineSeconds: Double = 30) throws(StoreError) -> GraphTransaction {
    GraphTransaction(store: self)
  }

  /// Makes durable what was committed without sync.
  public func sync() throws(StoreError) {}
}
