import CypherRuntime
import Diagnostics
import GraphStore
import QuerySession

/// A transaction that a client opened.
final class ExplicitTransaction {
  let transaction: GraphTransaction
  /// What the client asked of it.
  let options: TransactionOptions
  /// The clock when it began.
  let started = ClockInstant.now()
  /// Whether it holds the writer's place, which it then gives back at its end.
  var holdsPlace = false
  /// What it has changed: data or the schema, never both.
  private var changes: String?
  /// Sessions on other databases in which it goes on, each in a transaction of its own.
  var joined: [EmbeddedSession] = []
  /// The other database that it has written to; it writes to one only.
  var writesElsewhere: String?
  /// What is left to do when it is committed.
  var afterCommit: (() throws(Failure) -> Void)?
  /// Ends it when its time is over.
  var timer: DeadlineTimer?

  init(_ transaction: GraphTransaction, _ options: TransactionOptions) {
    self.transaction = transaction
    self.options = options
  }

  /// Notes what a statement is about to change.
  ///
  /// - Throws: When others have changed what does not go with it.
  func note(isSchema: Bool) throws(Failure) {
    let change = isSchema ? "Schema modification" : "Write query"
    if let changes, changes != change { throw .mixedTransaction(change, after: changes) }
    changes = change
  }
}

/// Runs a call of the store and turns its errors into failures.
func storing<Result>(_ body: () throws(StoreError) -> Result) throws(Failure) -> Result {
  do throws(StoreError) {
    return try body()
  } catch {
    throw Failure(error)
  }
}
