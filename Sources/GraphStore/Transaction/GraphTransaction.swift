/// A snapshot of a store, and what one writer has changed on top of it.
///
/// One thread uses it at a time; one that writes stays on the thread that made it a writer. Dropped
/// without `commit`, it is rolled back.
public final class GraphTransaction {
  /// The store that it reads.
  public let store: Store
  /// Whether it holds the writer's place.
  public private(set) var isWritable = false
  /// Whether it was committed or rolled back.
  public private(set) var isFinished = false

  init(store: Store) { self.store = store }

  /// Identifies the snapshot: equal while nothing was committed in between.
  public var snapshotID: UInt64 { 0 }
  /// Equal as long as no label, type or key was added, by anyone.
  public var tokenVersion: UInt64 { 0 }
  /// Equal as long as no index or constraint came or went, by anyone.
  public var schemaVersion: UInt64 { 0 }
  /// The indexes and constraints.
  public var schema: Schema { Schema() }

  /// Takes the writer's place; the snapshot moves on to the last committed state. Nothing happens
  /// when it is a writer already.
  public func upgradeToWrite(deadlineSeconds: Double = 30) throws(StoreError) {}

  /// Checks deferred constraints and commits; the transaction is finished, also when this throws.
  public func commit(sync: Bool = true) throws(StoreError) {}

  /// Undoes everything; the transaction is finished.
  public func rollback() {}

  /// Begins a statement that can be undone on its own. Statements may nest.
  public func beginStatement() throws(StoreError) {}

  /// Checks deferred constraints and keeps the statement's changes. When it throws, the statement
  /// must still be rolled back.
  public func commitStatement() throws(StoreError) {}

  /// Undoes the changes since the innermost `beginStatement`.
  public func rollbackStatement() throws(StoreError) {}

  /// Checks the constraints that hold at commit: existence, types, no relationship without an end.
  public func verify() throws(StoreError) {}
}
