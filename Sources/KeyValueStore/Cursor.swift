import CLMDB

/// A position in a tree, valid while its transaction changes nothing.
@safe
public struct Cursor: ~Copyable, ~Escapable {
  private let pointer: OpaquePointer
  private let reader: Reader?
  private let tree: Tree
  /// A cursor that was used before still stands somewhere.
  private var isPlaced = false
  private var currentKey: MDB_val
  private var currentValue: MDB_val

  @_lifetime(borrow transaction)
  private init(_ pointer: OpaquePointer, _ tree: Tree, _ transaction: borrowing Transaction) {
    unsafe self.pointer = pointer
    self.tree = tree
    reader = transaction.reader
    unsafe currentKey = MDB_val()
    unsafe currentValue = MDB_val()
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
      unsafe currentKey = key
      unsafe currentValue = value
      return true
    }
    unsafe currentKey = MDB_val()
    unsafe currentValue = MDB_val()
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
  public var key: RawSpan {
    @_lifetime(copy self) get { unsafe _overrideLifetime(currentKey.span, copying: self) }
  }

  /// The number here, in a tree with number keys.
  public var number: UInt64 {
    let key = unsafe currentKey.span
    return key.byteCount == 8
      ? unsafe key.unsafeLoadUnaligned(fromUncheckedByteOffset: 0, as: UInt64.self) : 0
  }

  /// The value here.
  public var value: RawSpan {
    @_lifetime(copy self) get { unsafe _overrideLifetime(currentValue.span, copying: self) }
  }
}
