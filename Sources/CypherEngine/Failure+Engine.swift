import CypherRuntime
import Diagnostics
import GraphStore

extension Failure {
  /// No database of this name.
  static func noSuchDatabase(_ name: String) -> Failure {
    Failure(
      code: "Neo.ClientError.Database.DatabaseNotFound", message: "Graph not found: \(name)",
      gqlStatus: "42001",
      gqlDescription: "syntax error or access rule violation - invalid syntax",
      causes: [
        GQLCause(
          gqlStatus: "42N00",
          gqlDescription:
            "syntax error or access rule violation - graph reference not found. "
            + "A graph reference with the name `\(name)` was not found. "
            + "Verify that the spelling is correct.",
          message: "A graph reference with the name `\(name)` was not found. "
            + "Verify that the spelling is correct.")
      ])
  }

  /// No database of the name that a subquery uses.
  static func noSuchNestedDatabase(_ name: String) -> Failure {
    var failure = noSuchDatabase(name)
    failure.message = "Database \(name) not found"
    return failure
  }

  /// A subquery on another database.
  static func severalGraphs(_ name: String) -> Failure {
    let text =
      "Accessing multiple graphs in the same query is only supported on composite databases. "
      + "Connect to a composite database with the desired constituents."
    return invalidSyntax(
      "Statement.SemanticError",
      "Multiple graphs in the same query not allowed here. This feature is only available on "
        + "composite databases.\nAttempted to access graph \(name)", "42NA5",
      "accessing multiple graphs only supported on composite databases", text)
  }

  /// Data and schema changed in one transaction.
  static func mixedTransaction(_ later: String, after earlier: String) -> Failure {
    Failure(
      code: "Neo.ClientError.Transaction.ForbiddenDueToTransactionType",
      message: "Tried to execute \(later) after executing \(earlier)", gqlStatus: "25N01",
      gqlDescription:
        "invalid transaction state - invalid combination of statement types. Failed to "
        + "execute a \(later) after executing a \(earlier).")
  }

  /// The database was stopped.
  static func databaseOffline(_ name: String) -> Failure {
    Failure(
      code: "Neo.TransientError.General.DatabaseUnavailable",
      message: "Database '\(name)' is unavailable.", gqlStatus: "08N09",
      gqlDescription: "connection exception - database unavailable. "
        + "The database `\(name)` is currently unavailable. Check the database status. "
        + "Retry your request at a later time.",
      hint: "START DATABASE \(name) brings it back")
  }

  /// A write in a database that is only read; `isFixed` where its files cannot be written.
  static func readOnlyDatabase(_ name: String, isFixed: Bool = false) -> Failure {
    let text = "The database `\(name)` is in read-only mode."
    return Failure(
      code: "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase",
      message:
        "No write operations are allowed on this database. The database is in read-only mode "
        + "on this Neo4j instance.",
      gqlStatus: "08N08",
      gqlDescription: "connection exception - not allowed on read-only database. " + text,
      hint: isFixed
        ? "the files of the database cannot be written: check the file system and their rights"
        : "ALTER DATABASE \(name) SET ACCESS READ WRITE allows them")
  }

  /// A write on one database inside a transaction on another.
  static func writingElsewhere(_ database: String, from current: String) -> Failure {
    Failure(
      code: "Neo.ClientError.Statement.AccessMode",
      message:
        "Writing to more than one database per transaction is not allowed. Attempted write to "
        + "\(database), currently writing to \(current)")
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
        + "Failed to write to graph `\(database)`. Check the defined access mode in both driver and "
        + "database.",
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
