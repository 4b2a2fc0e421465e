import KeyValueStore

/// The trees of a store.
///
/// Few trees, because each tree that a small write dirties makes its commit dearer.
struct TreeSet: Sendable {
  /// Format and ids, token names, schema rules, counters: a commit rewrites its page anyhow.
  let main: Tree
  /// Node records by id.
  let nodes: Tree
  /// Relationship records by id.
  let relationships: Tree
  /// Adjacency blocks, and the members of labels and types.
  let links: Tree
  /// Entries of property indexes.
  let entries: Tree
  /// Property values too long for a record, by a number of their own.
  let longValues: Tree

  static let names = [
    TreeName(""), TreeName("nodes", hasNumberKeys: true),
    TreeName("relationships", hasNumberKeys: true), TreeName("links"), TreeName("entries"),
    TreeName("long", hasNumberKeys: true),
  ]

  init(_ trees: [Tree]) {
    precondition(trees.count == 6)
    main = trees[0]
    nodes = trees[1]
    relationships = trees[2]
    links = trees[3]
    entries = trees[4]
    longValues = trees[5]
  }
}

/// A transaction of the key-value store with this room's errors.
struct KeySpace: ~Copyable {
  private var transaction: Transaction
  let trees: TreeSet
  private let lastSnapshotID: UInt64

  init(_ transaction: consuming Transaction, _ trees: TreeSet) {
    lastSnapshotID = transaction.snapshotID
    self.transaction = transaction
    self.trees = trees
  }

  var snapshotID: UInt64 { lastSnapshotID }
  var isFinished: Bool { transaction.isFinished }

  @_lifetime(borrow self)
  func value(in tree: Tree, _ key: RawSpan) throws(StoreError) -> RawSpan? {
    do throws(KeyValueError) { return try transaction.value(in: tree, key) } catch {
      throw StoreError(error)
    }
  }

  @_lifetime(borrow self)
  func value(in tree: Tree, number: UInt64) throws(StoreError) -> RawSpan? {
    do throws(KeyValueError) { return try transaction.value(in: tree, number: number) } catch {
      throw StoreError(error)
    }
  }

  @_lifetime(borrow self)
  func cursor(_ tree: Tree) throws(StoreError) -> KeySpaceCursor {
    do throws(KeyValueError) { return KeySpaceCursor(try Cursor.open(transaction, tree)) } catch {
      throw StoreError(error)
    }
  }

  func entryCount(of tree: Tree) throws(StoreError) -> Int {
    try translated { () throws(KeyValueError) in try transaction.entryCount(of: tree) }
  }

  mutating func put(in tree: Tree, _ key: RawSpan, _ value: RawSpan) throws(StoreError) {
    do throws(KeyValueError) { try transaction.put(in: tree, key, value) } catch {
      throw StoreError(error)
    }
  }

  mutating func put(in tree: Tree, number: UInt64, _ value: RawSpan, appending: Bool = false)
    throws(StoreError)
  {
    do throws(KeyValueError) {
      try transaction.put(in: tree, number: number, value, appending: appending)
    } catch {
      throw StoreError(error)
    }
  }

  mutating func putBesideNeighbours(
    in tree: Tree, _ key: RawSpan, _ value: RawSpan, shared: Int
  ) throws(StoreError) -> Bool {
    do throws(KeyValueError) {
      return try transaction.putBesideNeighbours(in: tree, key, value, shared: shared)
    } catch {
      throw StoreError(error)
    }
  }

  mutating func removeBesideNeighbours(in tree: Tree, _ key: RawSpan, shared: Int)
    throws(StoreError) -> Bool?
  {
    do throws(KeyValueError) {
      return try transaction.removeBesideNeighbours(in: tree, key, shared: shared)
    } catch {
      throw StoreError(error)
    }
  }

  @discardableResult
  mutating func remove(in tree: Tree, _ key: RawSpan) throws(StoreError) -> Bool {
    do throws(KeyValueError) { return try transaction.remove(in: tree, key) } catch {
      throw StoreError(error)
    }
  }

  @discardableResult
  mutating func remove(in tree: Tree, number: UInt64) throws(StoreError) -> Bool {
    do throws(KeyValueError) { return try transaction.remove(in: tree, number: number) } catch {
      throw StoreError(error)
    }
  }

  // MARK: Buffers
  //
  // A span of one field of a struct keeps the whole struct from being changed; whole buffers do not.

  mutating func put(in tree: Tree, _ key: borrowing ByteBuffer, _ value: borrowing ByteBuffer)
    throws(StoreError)
  {
    try put(in: tree, key.bytes, value.bytes)
  }

  mutating func put(
    in tree: Tree, number: UInt64, _ value: borrowing ByteBuffer, appending: Bool = false
  ) throws(StoreError) {
    try put(in: tree, number: number, value.bytes, appending: appending)
  }

  @discardableResult
  mutating func remove(in tree: Tree, _ key: borrowing ByteBuffer) throws(StoreError) -> Bool {
    try remove(in: tree, key.bytes)
  }

  /// Copies the value under a key into a buffer, instead of what is there.
  ///
  /// - Returns: Whether there is such a key; the buffer is empty when not.
  func copyValue(in tree: Tree, _ key: borrowing ByteBuffer, to buffer: inout ByteBuffer)
    throws(StoreError) -> Bool
  {
    buffer.removeAll()
    guard let bytes = try value(in: tree, key.bytes) else { return false }
    buffer.append(bytes)
    return true
  }

  /// Copies the value under a number into a buffer, instead of what is there.
  func copyValue(in tree: Tree, number: UInt64, to buffer: inout ByteBuffer) throws(StoreError)
    -> Bool
  {
    buffer.removeAll()
    guard let bytes = try value(in: tree, number: number) else { return false }
    buffer.append(bytes)
    return true
  }

  mutating func putBesideNeighbours(
    in tree: Tree, _ key: borrowing ByteBuffer, _ value: borrowing ByteBuffer, shared: Int
  ) throws(StoreError) -> Bool {
    try putBesideNeighbours(in: tree, key.bytes, value.bytes, shared: shared)
  }

  mutating func removeBesideNeighbours(
    in tree: Tree, _ key: borrowing ByteBuffer, shared: Int
  ) throws(StoreError) -> Bool? {
    try removeBesideNeighbours(in: tree, key.bytes, shared: shared)
  }

  /// Copies the first entry whose key is not below `key`, when the two keys start with the same
  /// `shared` bytes; `key` becomes the entry's key then.
  ///
  /// - Returns: Whether there is such an entry; the buffer is empty when not.
  func copyEntry(
    in tree: Tree, from key: inout ByteBuffer, shared: Int, to buffer: inout ByteBuffer
  ) throws(StoreError) -> Bool {
    buffer.removeAll()
    var cursor = try cursor(tree)
    guard try cursor.seek(key.bytes), cursor.key.starts(with: key.bytes.part(0, shared)) else {
      return false
    }
    buffer.append(cursor.value)
    key.removeAll()
    key.append(cursor.key)
    return true
  }

  mutating func beginNested() throws(StoreError) {
    do throws(KeyValueError) { try transaction.beginNested() } catch { throw StoreError(error) }
  }

  mutating func commitNested() throws(StoreError) {
    do throws(KeyValueError) { try transaction.commitNested() } catch { throw StoreError(error) }
  }

  mutating func rollbackNested() throws(StoreError) {
    do throws(KeyValueError) { try transaction.rollbackNested() } catch { throw StoreError(error) }
  }

  mutating func commit(sync: Bool, meanwhile: (() -> Void)?) throws(StoreError) {
    do throws(KeyValueError) { try transaction.commit(sync: sync, meanwhile: meanwhile) } catch {
      throw StoreError(error)
    }
  }

  /// The snapshot that the commit made.
  var committedID: UInt64 { lastSnapshotID }

  mutating func rollback() { transaction.rollback() }
}

/// A cursor of the key-value store with this room's errors.
struct KeySpaceCursor: ~Copyable, ~Escapable {
  private var cursor: Cursor

  @_lifetime(copy cursor)
  init(_ cursor: consuming Cursor) { self.cursor = cursor }

  @_lifetime(self: copy self)
  mutating func seek(_ key: RawSpan) throws(StoreError) -> Bool {
    do throws(KeyValueError) { return try cursor.seek(key) } catch { throw StoreError(error) }
  }

  @_lifetime(self: copy self)
  mutating func seek(number: UInt64) throws(StoreError) -> Bool {
    do throws(KeyValueError) { return try cursor.seek(number: number) } catch {
      throw StoreError(error)
    }
  }

  @_lifetime(self: copy self)
  mutating func find(number: UInt64) throws(StoreError) -> Bool {
    do throws(KeyValueError) { return try cursor.find(number: number) } catch {
      throw StoreError(error)
    }
  }

  @_lifetime(self: copy self)
  mutating func next() throws(StoreError) -> Bool {
    do throws(KeyValueError) { return try cursor.next() } catch { throw StoreError(error) }
  }

  @_lifetime(self: copy self)
  mutating func previous() throws(StoreError) -> Bool {
    do throws(KeyValueError) { return try cursor.previous() } catch { throw StoreError(error) }
  }

  @_lifetime(self: copy self)
  mutating func last() throws(StoreError) -> Bool {
    do throws(KeyValueError) { return try cursor.last() } catch { throw StoreError(error) }
  }

  var key: RawSpan { @_lifetime(copy self) get { cursor.key } }
  var value: RawSpan { @_lifetime(copy self) get { cursor.value } }
  var number: UInt64 { cursor.number }
}

/// Runs a call of the key-value store and translates its error.
func translated<R: ~Copyable>(_ body: () throws(KeyValueError) -> R) throws(StoreError) -> R {
  do throws(KeyValueError) { return try body() } catch { throw StoreError(error) }
}

extension StoreError {
  init(_ error: KeyValueError) {
    switch error {
    case .locked(let pid): self = .locked(byProcess: pid)
    case .mapFull(let limit): self = .mapFull(limitBytes: limit)
    case .diskFull: self = .diskFull
    case .invalidFile: self = .corrupt(record: 0, expected: "LMDB file")
    case .unusableLog(.damaged): self = .unusableLog("it is damaged")
    case .unusableLog(.foreign): self = .unusableLog("it was not written beside this data.mdb")
    case .unusableLog(.readOnly): self = .unusableLog("the files cannot be written")
    case .system(let operation, let number):
      self = .inputOutput(operation: operation, errorNumber: number)
    case .library(let operation, let code):
      self = .internalFailure(operation: operation, code: code)
    case .tooManyReaders: self = .tooManyTransactions
    case .readOnly: self = .readOnlyTransaction
    case .finished: self = .transactionFinished
    }
  }
}
