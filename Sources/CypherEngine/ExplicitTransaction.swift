import CypherRuntime
import Diagnostics
import GraphStore

/// A transaction that a client opened.
final class ExplicitTransaction {
  let transaction: GraphTransaction
  /// The clock when it began.
  let started = ClockInstant.now()

  init(_ transaction: GraphTransaction) { self.transaction = transaction }
}

/// Runs a call of the store and turns its errors into failures.
func storing<Result>(_ body: () throws(StoreError) -> Result) throws(Failure) -> Result {
  do throws(StoreError) {
    return try body()
  } catch {
    throw Failure(error)
  }
}
