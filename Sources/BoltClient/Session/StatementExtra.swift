import Bolt
import GraphValues
import QuerySession

/// What BEGIN, and RUN outside of a transaction, say beside the statement.
struct StatementExtra {
  /// The database; empty for the home database.
  var database: String
  /// The user to act as.
  var impersonatedUser: String?
  /// States that must be seen.
  var bookmarks: [String]
  /// What is asked of the transaction.
  var transaction: TransactionOptions
  /// What the session allows, where the transaction does not say.
  var accessMode: AccessMode
  /// Notes for transactions that have none.
  var metadata: MapValue

  /// The metadata for one connection.
  func map(for connection: BoltConnection) -> MapValue {
    if connection.greeting.product.takesGraphFromFirstKey {
      return database.isEmpty ? MapValue() : MapValue([(database, .boolean(true))])
    }
    var map = MapValue()
    if !bookmarks.isEmpty { map["bookmarks"] = .list(bookmarks.map { .string($0) }) }
    if let milliseconds = transaction.timeoutMilliseconds {
      map["tx_timeout"] = .integer(milliseconds)
    }
    let notes = transaction.metadata.isEmpty ? metadata : transaction.metadata
    if !notes.isEmpty { map["tx_metadata"] = .map(notes) }
    if (transaction.accessMode ?? accessMode) == .read { map["mode"] = .string("r") }
    if !database.isEmpty { map["db"] = .string(database) }
    if let impersonatedUser { map["imp_user"] = .string(impersonatedUser) }
    return map
  }
}
