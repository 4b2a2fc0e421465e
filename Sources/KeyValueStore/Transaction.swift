import CLMDB

/// A snapshot of an environment, and what its writer has changed on top of it.
///
/// One thread uses it at a time, any thread. Dropped without `commit`, it is rolled back. Spans of
/// values lie in the map: they are valid until the transaction changes something or ends, which the
/// compiler checks.
@safe
public struct Transaction: ~Copyable {
  private let environment: Environment
  private var current: OpaquePointer?
  /// What reads, in a transaction that does not write.
  let reader: Reader?
  private var parents: [OpaquePointer] = unsafe []
  /// What was changed, for the commit log, and where it ended when each nested transaction began.
  private var changes: ChangeRecord
  private var marks: [Int] = []
  /// Who takes and gives back LMDB's lock.
  private let writer: Writer
  /// Whether it writes.
  public let isWritable: Bool

  init(_ environment: Environment, reading reader: Reader) {
    self.environment = environment
    self.reader = reader
    unsafe current = reader.pointer
    isWritable = false
    writer = .shared
    changes = ChangeRecord(isKept: false)
  }

  init(
    _ environment: Environment, writing pointer: OpaquePointer, by writer: Writer, isLogged: Bool
  ) {
    self.environment = environment
    changes = ChangeRecord(isKept: isLogged)
    self.writer = writer
    reader = nil
    unsafe current = pointer
    isWritable = true
  }

  deinit {
    guard let outermost = unsafe parents.first ?? current else { return }
    if let reader {
      environment.recycle(reader)
    } else {
      unsafe writer.abort(outermost)
      environment.lock.release()
    }
  }

  /// LMDB's transaction.
  var pointer: OpaquePointer? { unsafe current }

  /// Identifies the snapshot that is read; a writer's is one higher than the last committed.
  public var snapshotID: UInt64 {
    guard let current = unsafe current else { return 0 }
    return UInt64(unsafe mdb_txn_id(current))
  }

  /// Whether it has ended.
  public var isFinished: Bool { unsafe current == nil }

  // MARK: Reading

  /// The bytes under a key, or `nil` when there is no such key.
  @_lifetime(borrow self)
  public func value(in tree: Tree, _ key: RawSpan) throws(KeyValueError) -> RawSpan? {
    guard let current = unsafe current else { throw .finished }
    var data = unsafe MDB_val()
    let code = unsafe key.withUnsafeBytes { key in
      var key = unsafe MDB_val(key)
      return unsafe mdb_get(current, tree.handle, &key, &data)
    }
    if code == MDB_NOTFOUND { return nil }
    guard code == 0 else { throw KeyValueError(code, "get") }
    return unsafe _overrideLifetime(data.span, borrowing: self)
  }

  /// The bytes under a number, in a tree with number keys.
  @_lifetime(borrow self)
  public func value(in tree: Tree, number: UInt64) throws(KeyValueError) -> RawSpan? {
    guard let current = unsafe current else { throw .finished }
    var data = unsafe MDB_val()
    var number = number
    let reader = reader
    let code = unsafe withUnsafeMutableBytes(of: &number) { key in
      var key = unsafe MDB_val(mv_size: 8, mv_data: key.baseAddress)
      // Numbers are mostly read in order: the cursor stands near.
      if let reader { return unsafe reader.find(&key, &data, tree) }
      return unsafe mdb_get(current, tree.handle, &key, &data)
    }
    if code == MDB_NOTFOUND { return nil }
    guard code == 0 else { throw KeyValueError(code, "get") }
    return unsafe _overrideLifetime(data.span, borrowing: self)
  }

  /// How many entries a tree has.
  public func entryCount(of tree: Tree) throws(KeyValueError) -> Int {
    guard let current = unsafe current else { throw .finished }
    var statistics = MDB_stat()
    let code = unsafe mdb_stat(current, tree.handle, &statistics)
    guard code == 0 else { throw KeyValueError(code, "stat") }
    return Int(statistics.ms_entries)
  }

  // MARK: Writing

  private func writing() throws(KeyValueError) -> OpaquePointer {
    guard let current = unsafe current else { throw .finished }
    guard isWritable else { throw .readOnly }
    return unsafe current
  }

  /// Throws what LMDB says; what it refused was not changed.
  private mutating func checkChange(_ code: Int32, _ operation: String, from end: Int)
    throws(KeyValueError)
  {
    if code != 0 { changes.truncate(to: end) }
    try check(code, operation)
  }

  private func check(_ code: Int32, _ operation: String) throws(KeyValueError) {
    guard code == 0 else {
      throw KeyValueError(code, operation, limitBytes: environment.mapSizeBytes)
    }
  }

  /// Puts a value under a key, instead of the one that is there.
  public mutating func put(in tree: Tree, _ key: RawSpan, _ value: RawSpan) throws(KeyValueError) {
    let writer = unsafe try writing()
    // Before the change, which may move what the spans show.
    let end = changes.end
    changes.put(tree, key, value)
    let code = unsafe key.withUnsafeBytes { key in
      unsafe value.withUnsafeBytes { value in
        var key = unsafe MDB_val(key)
        var data = unsafe MDB_val(value)
        return unsafe mdb_put(writer, tree.handle, &key, &data, 0)
      }
    }
    try checkChange(code, "put", from: end)
  }

  /// Puts a value under a number, in a tree with number keys.
  ///
  /// With `appending`, the number must be higher than all others: pages are filled to the end then.
  public mutating func put(
    in tree: Tree, number: UInt64, _ value: RawSpan, appending: Bool = false
  ) throws(KeyValueError) {
    let writer = unsafe try writing()
    var number = number
    let end = changes.end
    changes.put(tree, number: number, value)
    let code = unsafe withUnsafeMutableBytes(of: &number) { key in
      unsafe value.withUnsafeBytes { value in
        var key = unsafe MDB_val(mv_size: 8, mv_data: key.baseAddress)
        var data = unsafe MDB_val(value)
        return unsafe mdb_put(
          writer, tree.handle, &key, &data, appending ? UInt32(MDB_APPEND) : 0)
      }
    }
    try checkChange(code, "put", from: end)
  }

  /// Puts a value under a new key and looks whether a neighbour's key shares the first bytes.
  ///
  /// - Returns: Whether the key before or the key behind starts with the same `shared` bytes.
  public mutating func putBesideNeighbours(
    in tree: Tree, _ key: RawSpan, _ value: RawSpan, shared: Int
  ) throws(KeyValueError) -> Bool {
    let writer = unsafe try writing()
    var opened: OpaquePointer?
    try check(unsafe mdb_cursor_open(writer, tree.handle, &opened), "cursor")
    guard let cursor = unsafe opened else { throw .finished }
    defer { unsafe mdb_cursor_close(cursor) }
    let end = changes.end
    changes.put(tree, key, value)
    let code = unsafe key.withUnsafeBytes { key in
      unsafe value.withUnsafeBytes { value in
        var key = unsafe MDB_val(key)
        var data = unsafe MDB_val(value)
        return unsafe mdb_cursor_put(cursor, &key, &data, 0)
      }
    }
    try checkChange(code, "put", from: end)
    return unsafe Self.sharesPrefix(cursor, key, shared, MDB_NEXT, MDB_PREV)
  }

  private static func sharesPrefix(
    _ cursor: OpaquePointer, _ key: RawSpan, _ shared: Int, _ first: MDB_cursor_op,
    _ second: MDB_cursor_op
  ) -> Bool {
    var otherKey = unsafe MDB_val()
    var data = unsafe MDB_val()
    let prefix = key.part(0, shared)
    if unsafe mdb_cursor_get(cursor, &otherKey, &data, first) == 0 {
      if unsafe otherKey.span.starts(with: prefix) { return true }
      _ = unsafe mdb_cursor_get(cursor, &otherKey, &data, second)
    }
    if unsafe mdb_cursor_get(cursor, &otherKey, &data, second) == 0 {
      return unsafe otherKey.span.starts(with: prefix)
    }
    return false
  }

  /// Removes a key and looks whether a neighbour's key shares the first bytes.
  ///
  /// - Returns: `nil` when there was no such key, else whether the key before or behind starts with
  ///   the same `shared` bytes.
  public mutating func removeBesideNeighbours(in tree: Tree, _ key: RawSpan, shared: Int)
    throws(KeyValueError) -> Bool?
  {
    let writer = unsafe try writing()
    var opened: OpaquePointer?
    try check(unsafe mdb_cursor_open(writer, tree.handle, &opened), "cursor")
    guard let cursor = unsafe opened else { throw .finished }
    defer { unsafe mdb_cursor_close(cursor) }
    let code = unsafe key.withUnsafeBytes { key in
      var key = unsafe MDB_val(key)
      var data = unsafe MDB_val()
      return unsafe mdb_cursor_get(cursor, &key, &data, MDB_SET_KEY)
    }
    if code == MDB_NOTFOUND { return nil }
    try check(code, "seek")
    let isShared = unsafe Self.sharesPrefix(cursor, key, shared, MDB_NEXT, MDB_PREV)
    _ = try remove(in: tree, key)
    return isShared
  }

  /// Removes a key.
  ///
  /// - Returns: Whether it was there.
  @discardableResult
  public mutating func remove(in tree: Tree, _ key: RawSpan) throws(KeyValueError) -> Bool {
    let writer = unsafe try writing()
    let end = changes.end
    changes.remove(tree, key)
    let code = unsafe key.withUnsafeBytes { key in
      var key = unsafe MDB_val(key)
      return unsafe mdb_del(writer, tree.handle, &key, nil)
    }
    if code == MDB_NOTFOUND {
      changes.truncate(to: end)
      return false
    }
    try checkChange(code, "delete", from: end)
    return true
  }

  /// Removes a number, in a tree with number keys.
  ///
  /// - Returns: Whether it was there.
  @discardableResult
  public mutating func remove(in tree: Tree, number: UInt64) throws(KeyValueError) -> Bool {
    let writer = unsafe try writing()
    var number = number
    let end = changes.end
    changes.remove(tree, number: number)
    let code = unsafe withUnsafeMutableBytes(of: &number) { key in
      var key = unsafe MDB_val(mv_size: 8, mv_data: key.baseAddress)
      return unsafe mdb_del(writer, tree.handle, &key, nil)
    }
    if code == MDB_NOTFOUND {
      changes.truncate(to: end)
      return false
    }
    try checkChange(code, "delete", from: end)
    return true
  }

  // MARK: Nesting

  /// How many nested transactions are open.
  public var depth: Int { unsafe parents.count }

  /// Begins a transaction inside this one, which can be rolled back on its own.
  public mutating func beginNested() throws(KeyValueError) {
    let outer = unsafe try writing()
    var begun: OpaquePointer?
    try check(unsafe mdb_txn_begin(environment.pointer, outer, 0, &begun), "begin")
    guard let inner = unsafe begun else { throw .finished }
    unsafe parents.append(outer)
    unsafe current = inner
    marks.append(changes.end)
  }

  /// Keeps the changes of the innermost transaction within the one around it.
  public mutating func commitNested() throws(KeyValueError) {
    let inner = unsafe try writing()
    precondition(unsafe !parents.isEmpty, "no nested transaction")
    unsafe current = parents.removeLast()
    marks.removeLast()
    try check(unsafe mdb_txn_commit(inner), "commit")
  }

  /// Undoes the changes of the innermost transaction.
  public mutating func rollbackNested() throws(KeyValueError) {
    let inner = unsafe try writing()
    precondition(unsafe !parents.isEmpty, "no nested transaction")
    unsafe mdb_txn_abort(inner)
    unsafe current = parents.removeLast()
    changes.truncate(to: marks.removeLast())
  }

  // MARK: Ending

  /// Commits, with all nested transactions; the transaction has ended, also when this throws.
  ///
  /// - Parameters:
  ///   - sync: Whether the disk must have it before this returns.
  ///   - meanwhile: Called once all is on its way to the disk, or about to be.
  /// - Throws: `mapFull`, `diskFull`; nothing was written then. `system` as well when the disk fails in
  ///   the end: the changes are to be seen then, though they might not survive a crash.
  public mutating func commit(sync: Bool, meanwhile: (() -> Void)? = nil) throws(KeyValueError) {
    guard isWritable else {
      rollback()
      return
    }
    while unsafe !parents.isEmpty { try commitNested() }
    let ending = unsafe try writing()
    unsafe current = nil
    defer { environment.lock.release() }
    let id = UInt64(unsafe mdb_txn_id(ending))
    var isLogged = false
    do throws(KeyValueError) {
      isLogged = try sync ? environment.log?.append(&changes, id) ?? false : false
    } catch {
      unsafe writer.abort(ending)
      throw error
    }
    meanwhile?()
    guard isLogged, let log = environment.log else {
      return unsafe try commitToData(ending, id, relaxed: environment.isRelaxed || !sync)
    }
    let outcome = log.flushing(id) { unsafe committed(ending, relaxed: true) }
    try check(outcome.code, "commit")
    try log.commits(
      environment, id, changes.changedBytes, outcome.isFlushed ? .logged : .none)
  }

  /// Commits without a record.
  private func commitToData(_ ending: OpaquePointer, _ id: UInt64, relaxed: Bool)
    throws(KeyValueError)
  {
    func commit() -> Result<Void, KeyValueError> {
      do throws(KeyValueError) {
        try check(unsafe committed(ending, relaxed: relaxed), "commit")
        try environment.log?.commits(
          environment, id, changes.changedBytes, relaxed ? .none : .flushed)
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    // While there is a log it counts, and not what was flushed beside it, until its header is gone.
    guard let log = environment.log, log.isInUse else { return try commit().get() }
    try log.holding(id, commit).get()
  }

  /// Commits LMDB's transaction.
  private func committed(_ ending: OpaquePointer, relaxed: Bool) -> Int32 {
    // The flag is read by the committing writer only, whose place we hold.
    _ = unsafe mdb_env_set_flags(environment.pointer, UInt32(MDB_NOSYNC), relaxed ? 1 : 0)
    return unsafe writer.commit(ending)
  }

  /// Undoes everything; the transaction has ended.
  public mutating func rollback() {
    guard let outermost = unsafe parents.first ?? current else { return }
    unsafe current = nil
    unsafe parents.removeAll()
    if let reader {
      environment.recycle(reader)
    } else {
      unsafe writer.abort(outermost)
      environment.lock.release()
    }
  }
}

extension MDB_val {
  init(_ bytes: UnsafeRawBufferPointer) {
    unsafe self.init(
      mv_size: bytes.count, mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
  }

  /// The bytes, which the caller ties to what keeps them alive.
  var span: RawSpan {
    @_lifetime(immortal) get {
      let start = unsafe UnsafeRawBufferPointer(start: mv_data, count: mv_data == nil ? 0 : mv_size)
      let span = unsafe RawSpan(_unsafeBytes: start)
      return unsafe _overrideLifetime(span, copying: ())
    }
  }
}
