import Diagnostics
import QuerySession

extension Shell {
  /// The failure of a statement whose time was over.
  static let timeout = Failure(
    code: "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
    message: "The transaction has been terminated. Retry your operation in a new transaction, and "
      + "you should see a successful result. The transaction has not completed within the timeout "
      + "specified at its start by the client. You may want to retry with a longer timeout. ",
    gqlStatus: "25N14",
    gqlDescription: "invalid transaction state - transaction termination client error. The "
      + "transaction has been terminated. Retry your operation in a new transaction, and you "
      + "should see a successful result. The transaction has not completed within the timeout "
      + "specified at its start by the client. You may want to retry with a longer timeout.")

  /// What is asked of transactions for the user's statements: `--transaction-timeout` also where nothing
  /// runs, which only the server can see to.
  var transactionOptions: TransactionOptions {
    var asked = TransactionKind.direct
    asked.timeoutMilliseconds = options.transactionTimeoutSeconds.map { Int64($0) * 1_000 }
    return asked
  }

  /// Starts the clock of `--transaction-timeout`; of an open transaction what is left of its time.
  func startDeadline(isInTransaction: Bool) -> Task<Void, Never>? {
    guard let seconds = options.transactionTimeoutSeconds else { return nil }
    let now = ContinuousClock.now
    let start = isInTransaction ? transactionStart ?? now : now
    let interrupter = interrupter
    return Task.detached {
      try? await Task.sleep(until: start.advanced(by: .seconds(seconds)), clock: .continuous)
      if !Task.isCancelled { interrupter.runOutOfTime() }
    }
  }
}
