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

  /// Nobody has said who they are, or it cannot be true; which part is wrong is not told.
  public static var unauthorized: Failure {
    Failure(
      code: "Neo.ClientError.Security.Unauthorized",
      message: "The client is unauthorized due to authentication failure.", gqlStatus: "42NFF",
      gqlDescription: "syntax error or access rule violation - permission/access denied. "
        + "Access denied, see the security logs for details.")
  }
}
