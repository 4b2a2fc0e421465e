import GraphValues
import KeyValueStore
import Synchronization

/// What a transaction works with: the key space, the numbers and names of the store, what has been
/// changed, and buffers that are used again and again.
///
/// A struct, so that the compiler sees that no bytes of the map are held across a change.
struct GraphState: ~Copyable {
  let store: Store
  let trees: TreeSet
  var space: KeySpace
  var isWritable: Bool
  var isFinished = false
  var changeCount: UInt64 = 0

  var meta = Meta()
  var tokens = TokenTables.empty
  var rules = SchemaState.empty
  var counters = CounterChanges()
  var deferred = DeferredChecks()
  /// Types and ends of relationships that this transaction deleted, as far as there are not too many.
  var removedHeaders: [UInt64: RelationshipHeader] = [:]
  private var storedMeta = Meta()
  private var savepoints: [Savepoint] = []

  var key = ByteBuffer()
  var block = ByteBuffer()
  var merged = ByteBuffer()
  var builder = RecordBuilder()
  var longValues = LongValueChanges()
  var pending = PendingLinks()

  /// What a statement's rollback brings back; counters have levels of their own.
  private struct Savepoint {
    let meta: Meta
    let tokens: TokenTables
    let rules: SchemaState
    let deferred: DeferredChecks
  }

  init(_ store: Store, _ space: consuming KeySpace, isWritable: Bool) {
    self.store = store
    self.space = space
    self.isWritable = isWritable
    trees = store.trees
  }

  static func begin(
    _ store: Store, writing: Bool, deadlineSeconds: Double, staysOnThread: Bool = false
  ) throws(StoreError) -> GraphState {
    let transaction: Transaction
    do throws(KeyValueError) {
      if writing {
        transaction = try store.environment.beginWrite(
          deadlineSeconds: deadlineSeconds, staysOnThread: staysOnThread)
      } else {
        transaction = try store.environment.beginRead()
      }
    } catch { throw StoreError(error) }
    var state = GraphState(store, KeySpace(transaction, store.trees), isWritable: writing)
    try state.load()
    return state
  }

  mutating func upgradeToWrite(deadlineSeconds: Double) throws(StoreError) {
    if isFinished { throw .transactionFinished }
    if isWritable { return }
    // The reader stays until the writer's place is ours, so that a refusal leaves it usable.
    do throws(KeyValueError) {
      space = KeySpace(
        try store.environment.beginWrite(deadlineSeconds: deadlineSeconds), trees)
    } catch { throw StoreError(error) }
    isWritable = true
    try load()
  }

  /// Refuses to write in a transaction that only reads, and counts the change.
  mutating func willChange() throws(StoreError) {
    if isFinished { throw .transactionFinished }
    guard isWritable else { throw .readOnlyTransaction }
    changeCount &+= 1
  }

  // MARK: Ending

  mutating func commit(sync: Bool, meanwhile: (() -> Void)?) throws(StoreError) {
    if isFinished { throw .transactionFinished }
    guard isWritable, changeCount > 0 else { return rollback() }
    do throws(StoreError) {
      while !savepoints.isEmpty { try commitStatement(verifying: true) }
      try flushLinks()
      try verify()
      try writeCounters()
      try writeMeta()
      try space.commit(sync: sync, meanwhile: meanwhile)
    } catch {
      rollback()
      throw error
    }
    isFinished = true
    publish(space.snapshotID)
  }

  mutating func rollback() {
    guard !isFinished else { return }
    space.rollback()
    isFinished = true
    savepoints.removeAll()
  }

  // MARK: Statements

  mutating func beginStatement() throws(StoreError) {
    guard isWritable else { throw .readOnlyTransaction }
    try flushLinks()
    try space.beginNested()
    savepoints.append(Savepoint(meta: meta, tokens: tokens, rules: rules, deferred: deferred))
    counters.beginLevel()
  }

  mutating func commitStatement(verifying: Bool) throws(StoreError) {
    guard !savepoints.isEmpty else { return }
    try flushLinks()
    if verifying { try verify() }
    try space.commitNested()
    savepoints.removeLast()
    counters.commitLevel()
  }

  mutating func rollbackStatement() throws(StoreError) {
    guard let savepoint = savepoints.popLast() else { return }
    try space.rollbackNested()
    meta = savepoint.meta
    tokens = savepoint.tokens
    rules = savepoint.rules
    deferred = savepoint.deferred
    counters.rollbackLevel()
    longValues = LongValueChanges()
    pending.removeAll()
  }

  // MARK: Loading and publishing

  private mutating func load() throws(StoreError) {
    key.removeAll()
    key.append(MainKey.meta.rawValue)
    meta = try storedNumbers()
    storedMeta = meta
    let wanted = meta
    let cached = store.latest.withLock { latest -> Store.Latest? in
      latest.tokenVersion == wanted.tokenVersion && latest.schemaVersion == wanted.schemaVersion
        ? latest : nil
    }
    if let cached {
      tokens = cached.tokens
      rules = cached.rules
      return
    }
    tokens = try loadTokens()
    rules = try loadRules()
    publish(isWritable ? space.snapshotID &- 1 : space.snapshotID)
  }

  private func storedNumbers() throws(StoreError) -> Meta {
    guard let bytes = try space.value(in: trees.main, key.bytes) else { return Meta() }
    return try Meta(bytes)
  }

  private func publish(_ snapshotID: UInt64) {
    let latest = Store.Latest(
      snapshotID: snapshotID, tokenVersion: meta.tokenVersion, schemaVersion: meta.schemaVersion,
      tokens: tokens, rules: rules)
    store.latest.withLock { if latest.snapshotID >= $0.snapshotID { $0 = latest } }
  }

  private mutating func loadTokens() throws(StoreError) -> TokenTables {
    var tables = TokenTables()
    key.removeAll()
    key.append(MainKey.token.rawValue)
    var cursor = try space.cursor(trees.main)
    var found = try cursor.seek(key.bytes)
    while found, cursor.key.byteCount == 6, cursor.key.uint8(at: 0) == MainKey.token.rawValue {
      guard let kind = TokenTables.Kind(rawValue: cursor.key.uint8(at: 1)),
        let name = cursor.value.text(),
        Int(cursor.key.bigEndianUInt32(at: 2)) == tables[kind].names.count
      else { throw .corrupt(record: 0, expected: "token") }
      tables.append(kind, name)
      found = try cursor.next()
    }
    return tables
  }

  private mutating func loadRules() throws(StoreError) -> SchemaState {
    var schema = Schema()
    key.removeAll()
    key.append(MainKey.rule.rawValue)
    var cursor = try space.cursor(trees.main)
    var found = try cursor.seek(key.bytes)
    while found, cursor.key.byteCount == 5, cursor.key.uint8(at: 0) == MainKey.rule.rawValue {
      guard case .map(let document) = try DocumentCodec.decode(cursor.value),
        case .string(let word)? = document["rule"]
      else { throw .corrupt(record: 0, expected: "schema rule") }
      if word == "index", let index = IndexDescriptor(document) {
        schema.indexes.append(index)
      } else if word == "constraint", let constraint = ConstraintDescriptor(document) {
        schema.constraints.append(constraint)
      } else {
        throw .corrupt(record: 0, expected: "schema rule")
      }
      found = try cursor.next()
    }
    return SchemaState(schema)
  }

  private mutating func writeMeta() throws(StoreError) {
    guard meta != storedMeta else { return }
    key.removeAll()
    key.append(MainKey.meta.rawValue)
    block.removeAll()
    meta.write(to: &block)
    try space.put(in: trees.main, key, block)
  }
}
