import CLMDB

/// A position in a tree, valid while its transaction changes nothing.
@safe
public struct Cursor: ~Copyable, ~Escapable {
  private let pointer: OpaquePointer
  private let reader: Reader?
  private let tree: Tree
  /// A cursor that was used before still stands somewhere.
  private var isPlaced = false
  // Pointers rather than LMDB's own pairs, so that other rooms can inline the reads.
  @usableFromInline var keyStart: UnsafeRawPointer?
  @usableFromInline var keyCount = 0
  @usableFromInline var valueStart: UnsafeRawPointer?
  @usableFromInline var valueCount = 0

  @_lifetime(borrow transaction)
  private init(_ pointer: OpaquePointer, _ tree: Tree, _ transaction: borrowing Transaction) {
    unsafe self.pointer = pointer
    self.tree = tree
    reader = transaction.reader
    unsafe keyStart = nil
    unsafe valueStart = nil
  }

  deinit {
    if let reader {
      unsafe reader.recycle(pointer, tree)
    } else {
      unsafe mdb_cursor_close(pointer)
    }
  }

  /// Opens a cursor that stands nowhere.
  @_lifetime(borrow transaction)
  public static func open(_ transaction: borrowing Transaction, _ tree: Tree) throws(KeyValueError)
    -> Cursor
  {
    guard let current = unsafe transaction.pointer else { throw .finished }
    var opened: OpaquePointer?
    var code: Int32 = 0
    if let reader = transaction.reader {
      unsafe opened = reader.cursor(tree, &code)
    } else {
      code = unsafe mdb_cursor_open(current, tree.handle, &opened)
    }
    guard code == 0, let cursor = unsafe opened else { throw KeyValueError(code, "cursor") }
    return unsafe Cursor(cursor, tree, transaction)
  }

  @_lifetime(self: copy self)
  private mutating func move(_ operation: MDB_cursor_op) throws(KeyValueError) -> Bool {
    var found = unsafe (key: MDB_val(), value: MDB_val())
    let code = unsafe mdb_cursor_get(pointer, &found.key, &found.value, operation)
    return unsafe try settle(found.key, found.value, code)
  }

  /// Keeps what was found; nothing found leaves no pointer behind.
  @_lifetime(self: copy self)
  private mutating func settle(_ key: MDB_val, _ value: MDB_val, _ code: Int32)
    throws(KeyValueError) -> Bool
  {
    isPlaced = true
    if code == 0 {
      unsafe keyStart = UnsafeRawPointer(key.mv_data)
      keyCount = unsafe key.mv_size
      unsafe valueStart = UnsafeRawPointer(value.mv_data)
      valueCount = unsafe value.mv_size
      return true
    }
    unsafe keyStart = nil
    keyCount = 0
    unsafe valueStart = nil
    valueCount = 0
    guard code == MDB_NOTFOUND else { throw KeyValueError(code, "seek") }
    return false
  }

  /// Goes to the first key that is not below `key`.
  ///
  /// - Returns: Whether there is one. The same holds for the other moves.
  @_lifetime(self: copy self)
  public mutating func seek(_ key: RawSpan) throws(KeyValueError) -> Bool {
    let pointer = unsafe pointer
    var found = unsafe (key: MDB_val(), value: MDB_val())
    let code = unsafe key.withUnsafeBytes { key in
      unsafe found.key = MDB_val(key)
      return unsafe mdb_cursor_get(pointer, &found.key, &found.value, MDB_SET_RANGE)
    }
    return unsafe try settle(found.key, found.value, code)
  }

  /// Goes to the first number that is not below `number`, in a tree with number keys.
  @_lifetime(self: copy self)
  public mutating func seek(number: UInt64) throws(KeyValueError) -> Bool {
    let pointer = unsafe pointer
    var found = unsafe (key: MDB_val(), value: MDB_val())
    var number = number
    let code = unsafe withUnsafeMutableBytes(of: &number) { key in
      unsafe found.key = MDB_val(mv_size: 8, mv_data: key.baseAddress)
      return unsafe mdb_cursor_get(pointer, &found.key, &found.value, MDB_SET_RANGE)
    }
    return unsafe try settle(found.key, found.value, code)
  }

  /// Goes to a number, in a tree with number keys; one near the place here is found at once.
  @_lifetime(self: copy self)
  public mutating func find(number: UInt64) throws(KeyValueError) -> Bool {
    // The key behind this one needs no search at all.
    if isPlaced, number == self.number &+ 1, try next(), self.number == number { return true }
    let pointer = unsafe pointer
    var found = unsafe (key: MDB_val(), value: MDB_val())
    var number = number
    let code = unsafe withUnsafeMutableBytes(of: &number) { key in
      unsafe found.key = MDB_val(mv_size: 8, mv_data: key.baseAddress)
      return unsafe mdb_cursor_get(pointer, &found.key, &found.value, MDB_SET_KEY)
    }
    return unsafe try settle(found.key, found.value, code)
  }

  /// Goes to the next key, the first when it stands nowhere.
  @_lifetime(self: copy self)
  public mutating func next() throws(KeyValueError) -> Bool {
    try move(isPlaced ? MDB_NEXT : MDB_FIRST)
  }

  /// Goes to the key before, the last when it stands nowhere.
  @_lifetime(self: copy self)
  public mutating func previous() throws(KeyValueError) -> Bool {
    try move(isPlaced ? MDB_PREV : MDB_LAST)
  }

  /// Goes to the last key.
  @_lifetime(self: copy self)
  public mutating func last() throws(KeyValueError) -> Bool { try move(MDB_LAST) }

  /// The key here.
  @inlinable public var key: RawSpan {
    @_lifetime(copy self) get {
      let bytes = unsafe UnsafeRawBufferPointer(start: keyStart, count: keyCount)
      return unsafe _overrideLifetime(RawSpan(_unsafeBytes: bytes), copying: self)
    }
  }

  /// The number here, in a tree with number keys.
  @inlinable public var number: UInt64 {
    guard keyCount == 8, let keyStart = unsafe keyStart else { return 0 }
    return unsafe keyStart.loadUnaligned(as: UInt64.self)
  }

  /// The value here.
  @inlinable public var value: RawSpan {
    @_lifetime(copy self) get {
      let bytes = unsafe UnsafeRawBufferPointer(start: valueStart, count: valueCount)
      return unsafe _overrideLifetime(RawSpan(_unsafeBytes: bytes), copying: self)
    }
  }
}
