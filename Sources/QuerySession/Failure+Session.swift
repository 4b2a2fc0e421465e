public import Diagnostics

extension Failure {
  /// An explicit transaction is open where none may be.
  public static var transactionOpen: Failure {
    Failure(
      code: "Neo.ClientError.Transaction.TransactionStartFailed",
      message: "There is already an open transaction")
  }

  /// No explicit transaction is open where one must be.
  public static var noTransaction: Failure {
    Failure(
      code: "Neo.ClientError.Transaction.TransactionNotFound",
      message: "There is no open transaction")
  }
}
