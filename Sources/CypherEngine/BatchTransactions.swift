import CypherRuntime
import Diagnostics
import GraphStore

/// The transactions of one `CALL { … } IN TRANSACTIONS`: rows are read from a snapshot, each batch of
/// them is written and committed by itself, or only read, and what follows reads a snapshot that has
/// the batches, or writes in a transaction of its own.
final class BatchTransactions: TransactionControl {
  let outerTransaction: GraphTransaction
  private let begin: () throws(Failure) -> GraphTransaction
  private let beginRead: () throws(Failure) -> GraphTransaction
  private var batch: GraphTransaction?
  private var snapshot: GraphTransaction?
  private var rest: GraphTransaction?
  private var batchCount = 0
  private var hasCommitted = false
  private let database: String

  init(
    outer: GraphTransaction, database: String,
    beginRead: @escaping () throws(Failure) -> GraphTransaction,
    beginBatch: @escaping () throws(Failure) -> GraphTransaction
  ) {
    outerTransaction = outer
    self.database = database
    self.beginRead = beginRead
    begin = beginBatch
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
    try commit(transaction)
    snapshot?.rollback()
    snapshot = nil
    hasCommitted = true
  }

  private func commit(_ transaction: GraphTransaction) throws(Failure) {
    // A batch that only reads has nothing to keep.
    guard transaction.isWritable else { return transaction.rollback() }
    do {
      try storing { () throws(StoreError) in try transaction.commit(sync: true) }
    } catch {
      transaction.rollback()
      throw error
    }
  }

  func transactionBehindBatches() throws(Failure) -> GraphTransaction {
    if let rest { return rest }
    if !hasCommitted { return outerTransaction }
    if let snapshot { return snapshot }
    let begun = try beginRead()
    snapshot = begun
    return begun
  }

  func writingBehindBatches() throws(Failure) -> GraphTransaction {
    if let rest { return rest }
    let begun = try begin()
    rest = begun
    return begun
  }

  /// Commits what was written behind the batches, if anything was.
  func commitRest() throws(Failure) {
    guard let transaction = rest else { return }
    rest = nil
    try commit(transaction)
  }

  func rollbackBatch() {
    batch?.rollback()
    batch = nil
  }

  /// Ends all that is open.
  func close() {
    rollbackBatch()
    rest?.rollback()
    snapshot?.rollback()
    outerTransaction.rollback()
  }
}
