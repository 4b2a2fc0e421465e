import CypherRuntime
import Diagnostics
import GraphStore

/// The transactions of one `CALL { … } IN TRANSACTIONS`: rows are read from a snapshot, each batch of
/// them is written and committed by itself.
final class BatchTransactions: TransactionControl {
  let outerTransaction: GraphTransaction
  private let begin: () throws(Failure) -> GraphTransaction
  private var batch: GraphTransaction?
  private var batchCount = 0
  private let database: String

  init(
    outer: GraphTransaction, database: String,
    begin: @escaping () throws(Failure) -> GraphTransaction
  ) {
    outerTransaction = outer
    self.database = database
    self.begin = begin
  }

  var batchTransactionID: String { "\(database)-transaction-\(batchCount)" }

  func beginBatch() throws(Failure) -> GraphTransaction {
    let transaction = try begin()
    batchCount += 1
    batch = transaction
    return transaction
  }

  func commitBatch() throws(Failure) {
    guard let transaction = batch else { return }
    batch = nil
    do {
      try storing { () throws(StoreError) in try transaction.commit(sync: true) }
    } catch {
      transaction.rollback()
      throw error
    }
  }

  func rollbackBatch() {
    batch?.rollback()
    batch = nil
  }

  /// Ends all that is open.
  func close() {
    rollbackBatch()
    outerTransaction.rollback()
  }
}
