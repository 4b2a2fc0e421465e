import Diagnostics

/// Failures that the server itself finds.
extension Failure {
  private static let access = "syntax error or access rule violation - permission/access denied"
  private static let denied = "\(access). Access denied, see the security logs for details."

  /// The client says who it is in a way that is not known here.
  static func unsupportedToken(_ why: String) -> Failure {
    Failure(
      code: "Neo.ClientError.Security.Unauthorized",
      message: "Unsupported authentication token, \(why)", gqlStatus: "42NFF",
      gqlDescription: denied)
  }

  /// Too many wrong passwords.
  static let authenticationRateLimit = Failure(
    code: "Neo.ClientError.Security.AuthenticationRateLimit",
    message: "The client has provided incorrect authentication details too many times in a row.",
    gqlStatus: "42NFF", gqlDescription: denied)

  /// The password must be changed before anything else.
  static let credentialsExpired = Failure(
    code: "Neo.ClientError.Security.CredentialsExpired",
    message: "The credentials you provided were valid, but must be changed before you can use this "
      + "instance. If this is the first time you are using Neo4j, this is to ensure you are not "
      + "using the default credentials in production. If you are not using default credentials, "
      + "you are getting this message because an administrator requires a password change. "
      + "Changing your password is easy to do via the Neo4j Browser.",
    gqlStatus: "42NFF", gqlDescription: denied,
    causes: [
      GQLCause(
        gqlStatus: "42NFD",
        gqlDescription: "syntax error or access rule violation - credentials expired. Permission "
          + "denied. The credentials you provided were valid, but must be changed before you can "
          + "use this instance.",
        message: "Permission denied. The credentials you provided were valid, but must be changed "
          + "before you can use this instance.")
    ])

  /// Acting as somebody else, which needs roles.
  static let noImpersonation = Failure(
    code: "Neo.ClientError.Statement.ArgumentError",
    message: "Impersonation is not supported in community edition.", gqlStatus: "51N27",
    gqlDescription: "system configuration or operation exception - not supported in this edition. "
      + "Impersonation is not supported in community edition.")

  /// Records that must be kept back, since another statement runs before they were fetched.
  static let resultsTooLarge = Failure(
    code: "Neo.ClientError.General.TransactionOutOfMemoryError",
    message: "The results that are open in this transaction are too large to be kept: fetch the "
      + "records of one statement before you run the next.",
    gqlStatus: "51N73",
    gqlDescription: "system configuration or operation exception - transaction memory limit "
      + "reached. The memory for open results is used up.")

  /// A RESET has come while the request was carried out.
  static let terminated = Failure(
    code: "Neo.ClientError.Transaction.Terminated",
    message: "The transaction has been terminated. Retry your operation in a new transaction, and "
      + "you should see a successful result. Explicitly terminated by the user. ",
    gqlStatus: "25N14",
    gqlDescription: "invalid transaction state - transaction termination client error. The "
      + "transaction has been terminated. Retry your operation in a new transaction, and you "
      + "should see a successful result. Reason: Explicitly terminated by the user.")

  /// The transaction was ended while the client did not ask anything of it.
  static let transactionLost = Failure(
    code: "Neo.ClientError.Transaction.TransactionNotFound",
    message: "The transaction is no longer open.", gqlStatus: "25N04",
    gqlDescription: "invalid transaction state - specified transaction does not exist. The "
      + "transaction is no longer open.")

  /// A message longer than allowed.
  static func messageTooLong(_ limitBytes: Int) -> Failure {
    let text = "The message is longer than the limit of \(limitBytes) bytes."
    return Failure(
      code: "Neo.ClientError.Request.Invalid", message: text, gqlStatus: "08N06",
      gqlDescription: "connection exception - protocol error. General network protocol error.",
      causes: [
        GQLCause(
          gqlStatus: "22N56",
          gqlDescription: "data exception - protocol message length limit overflow. \(text)",
          message: text)
      ])
  }

  /// The system gives no more threads.
  static let noThreads = Failure(
    code: "Neo.TransientError.Request.NoThreadsAvailable",
    message: "There are no available threads to serve this request at the moment.",
    gqlStatus: "51N38",
    gqlDescription: "system configuration or operation exception - failed to acquire execution "
      + "thread. The request could not be served.")

  /// A routing table of a database that does not exist.
  static func noRoutingTable(_ database: String) -> Failure {
    Failure(
      code: "Neo.ClientError.Database.DatabaseNotFound",
      message: "Unable to get a routing table for database '\(database)' because this database "
        + "does not exist",
      gqlStatus: "22000", gqlDescription: "data exception",
      causes: [
        GQLCause(
          gqlStatus: "22N51",
          gqlDescription: "data exception - graph reference not found. A graph reference with "
            + "the name `\(database)` was not found. Verify that the spelling is correct.",
          message: "A graph reference with the name `\(database)` was not found. Verify that the "
            + "spelling is correct.")
      ])
  }

  /// An address that others can reach, without authentication.
  static func openToOthers(_ host: String) -> Failure {
    Failure(
      code: "Neo.ClientError.General.InvalidArguments",
      message: "Refusing to listen on \(host) without authentication: others could reach every "
        + "database.",
      hint: "Create a user with a password first, or listen on 127.0.0.1.")
  }
}
