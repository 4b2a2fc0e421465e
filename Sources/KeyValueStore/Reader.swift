import CLMDB

/// LMDB's read transaction with a spare cursor for each tree; kept when a transaction ends, and used
/// again by the next one.
///
/// A cursor that is used again finds keys near its place without descending from the root.
// Safe: a reader is idle in its environment's pool, or belongs to one transaction, which one thread
// uses at a time.
@safe
final class Reader: @unchecked Sendable {
  let pointer: OpaquePointer
  private var cursors: [Spare?] = []
  /// Counts the snapshots that were read.
  private var snapshot = 0

  @safe private struct Spare {
    let pointer: OpaquePointer
    let snapshot: Int
  }

  init(_ pointer: OpaquePointer) { unsafe self.pointer = pointer }

  /// Ends it for good.
  ///
  /// Not left to `deinit`, which may come after the environment was closed.
  func close() {
    for case let spare? in cursors { unsafe mdb_cursor_close(spare.pointer) }
    cursors.removeAll()
    unsafe mdb_txn_abort(pointer)
  }

  /// Moves on to the last committed state.
  func renew() -> Int32 {
    snapshot += 1
    return unsafe mdb_txn_renew(pointer)
  }

  /// Lets go of the snapshot.
  func reset() { unsafe mdb_txn_reset(pointer) }

  /// A cursor of a tree, the spare one if there is one.
  func cursor(_ tree: Tree, _ code: inout Int32) -> OpaquePointer? {
    let index = Int(tree.handle)
    if index < cursors.count, let spare = cursors[index] {
      cursors[index] = nil
      code = spare.snapshot == snapshot ? 0 : unsafe mdb_cursor_renew(pointer, spare.pointer)
      if code == 0 { return unsafe spare.pointer }
      unsafe mdb_cursor_close(spare.pointer)
      return nil
    }
    var opened: OpaquePointer?
    code = unsafe mdb_cursor_open(pointer, tree.handle, &opened)
    return unsafe opened
  }

  /// Finds a key with the spare cursor.
  func find(_ key: inout MDB_val, _ value: inout MDB_val, _ tree: Tree) -> Int32 {
    var code: Int32 = 0
    guard let cursor = unsafe cursor(tree, &code) else { return code }
    code = unsafe mdb_cursor_get(cursor, &key, &value, MDB_SET_KEY)
    unsafe recycle(cursor, tree)
    return code
  }

  /// Takes a cursor back.
  func recycle(_ cursor: OpaquePointer, _ tree: Tree) {
    let index = Int(tree.handle)
    while cursors.count <= index { cursors.append(nil) }
    guard cursors[index] == nil else {
      unsafe mdb_cursor_close(cursor)
      return
    }
    cursors[index] = unsafe Spare(pointer: cursor, snapshot: snapshot)
  }
}
