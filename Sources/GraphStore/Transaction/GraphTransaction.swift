/// A snapshot of a store, and what one writer has changed on top of it.
///
/// One thread uses it at a time, any thread. Dropped without `commit`, it is rolled back.
public final class GraphTransaction {
  /// The store that it reads.
  public let store: Store
  var state: GraphState

  /// Begins; with `staysOnThread`, who begins it also ends it, on one thread.
  init(store: Store, writing: Bool, deadlineSeconds: Double, staysOnThread: Bool = false)
    throws(StoreError)
  {
    self.store = store
    state = try GraphState.begin(
      store, writing: writing, deadlineSeconds: deadlineSeconds, staysOnThread: staysOnThread)
  }

  /// Whether it holds the writer's place.
  public var isWritable: Bool { state.isWritable }
  /// Whether it was committed or rolled back.
  public var isFinished: Bool { state.isFinished }
  /// Counts the changes made here; equal as long as nothing was changed.
  public var changeCount: UInt64 { state.changeCount }
  /// Whether anything was changed here.
  public var hasChanges: Bool { state.changeCount > 0 }
  /// Identifies the snapshot: equal while nothing was committed in between.
  public var snapshotID: UInt64 { state.space.snapshotID }
  /// The state that there is once the transaction has ended well: its own if it has changed something,
  /// else the one that it reads.
  public var resultingSnapshotID: UInt64 {
    isWritable && !hasChanges ? snapshotID &- 1 : snapshotID
  }
  /// Equal as long as no label, type or key was added, by anyone.
  public var tokenVersion: UInt64 { state.meta.tokenVersion }
  /// Equal as long as no index or constraint came or went, by anyone.
  public var schemaVersion: UInt64 { state.meta.schemaVersion }
  /// The indexes and constraints.
  public var schema: Schema { state.rules.schema }

  /// Takes the writer's place; the snapshot moves on to the last committed state.
  ///
  /// Nothing happens when it is a writer already.
  ///
  /// - Throws: `locked` at the deadline; the transaction can still read then.
  public func upgradeToWrite(deadlineSeconds: Double = 30) throws(StoreError) {
    try state.upgradeToWrite(deadlineSeconds: deadlineSeconds)
  }

  /// Checks deferred constraints and commits; the transaction is finished, also when this throws.
  ///
  /// - Parameters:
  ///   - sync: Whether the disk must have it before this returns.
  ///   - meanwhile: Called when nothing but the disk can make the commit fail any more, unless there is
  ///     nothing to commit.
  /// - Throws: `constraintViolation`, `nodeHasRelationships`, `mapFull`, `diskFull`; nothing was
  ///   written then.
  public func commit(sync: Bool = true, meanwhile: (() -> Void)? = nil) throws(StoreError) {
    try state.commit(sync: sync, meanwhile: meanwhile)
  }

  /// Undoes everything; the transaction is finished.
  public func rollback() { state.rollback() }

  /// Begins a statement that can be undone on its own; statements may nest.
  public func beginStatement() throws(StoreError) { try state.beginStatement() }

  /// Keeps the statement's changes.
  ///
  /// - Parameter verifying: Whether to check deferred constraints now, as a commit does.
  /// - Throws: As `verify` does; the statement must still be rolled back then.
  public func commitStatement(verifying: Bool = true) throws(StoreError) {
    try state.commitStatement(verifying: verifying)
  }

  /// Undoes the changes since the innermost `beginStatement`.
  public func rollbackStatement() throws(StoreError) { try state.rollbackStatement() }

  /// Checks the constraints that hold at commit: existence, types, no relationship without an end.
  ///
  /// - Throws: `constraintViolation`, `nodeHasRelationships`.
  public func verify() throws(StoreError) { try state.verify() }
}
