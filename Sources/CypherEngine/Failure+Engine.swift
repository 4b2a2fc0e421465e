import CypherRuntime
import Diagnostics
import GraphStore

extension Failure {
  /// No database of this name.
  static func noSuchDatabase(_ name: String) -> Failure {
    Failure(
      code: "Neo.ClientError.Database.DatabaseNotFound", message: "Graph not found: \(name)",
      gqlStatus: "22000", gqlDescription: "data exception",
      causes: [
        GQLCause(
          gqlStatus: "42N00",
          gqlDescription:
            "syntax error or access rule violation - graph reference not found. "
            + "A graph reference with the name `\(name)` was not found.",
          message: "A graph reference with the name `\(name)` was not found.")
      ])
  }

  /// The database was stopped.
  static func databaseOffline(_ name: String) -> Failure {
    Failure(
      code: "Neo.TransientError.General.DatabaseUnavailable",
      message: "Database '\(name)' is unavailable.",
      hint: "START DATABASE \(name) brings it back")
  }

  /// `begin` inside a transaction.
  static var transactionOpen: Failure {
    Failure(
      code: "Neo.ClientError.Transaction.TransactionStartFailed",
      message: "There is already an open transaction")
  }

  /// `commit` or `rollback` without a transaction.
  static var noTransaction: Failure {
    Failure(
      code: "Neo.ClientError.Transaction.TransactionNotFound",
      message: "There is no open transaction")
  }

  /// `CALL { … } IN TRANSACTIONS` inside a transaction.
  static var implicitTransactionNeeded: Failure {
    Failure(
      code: "Neo.DatabaseError.Transaction.TransactionStartFailed",
      message: "A query with 'CALL { ... } IN TRANSACTIONS' can only be executed in an implicit "
        + "transaction, but tried to execute in an explicit transaction.",
      gqlStatus: "25N17",
      gqlDescription: "invalid transaction state - implicit transaction needed. "
        + "The statement can only run in an implicit transaction.")
  }

  /// A write in a session that reads.
  static func writingNotAllowed(_ database: String) -> Failure {
    let text = "Writing in read access mode not allowed."
    return Failure(
      code: "Neo.ClientError.Statement.AccessMode",
      message: "Writing in read access mode not allowed. Attempted write to \(database)",
      gqlStatus: "08N03",
      gqlDescription: "connection exception - failed to write to graph. "
        + "Failed to write to graph `\(database)`.",
      causes: [
        GQLCause(
          gqlStatus: "42N02",
          gqlDescription:
            "syntax error or access rule violation - writing in read access mode. \(text)",
          message: text)
      ])
  }

  /// Something the language has and this engine does not, or not yet.
  static func notSupported(_ what: String) -> Failure {
    Failure(
      code: "Neo.ClientError.Statement.NotSupported",
      message: "This version of Nacre does not support \(what).")
  }

  /// Why a data directory could not be opened.
  init(opening directory: String, _ error: StoreError) {
    self.init(error)
    code = "Neo.DatabaseError.General.StorageDamageDetected"
    message = "Cannot open the databases in '\(directory)': \(message)"
    switch error {
    case .inputOutput(_, let number) where number == 13 || number == 1 || number == 30:
      code = "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase"
      hint = "choose a directory that you may write to with `--data`"
    case .unsupportedFormat:
      hint = "a newer version of Nacre wrote it"
    default: break
    }
  }
}
