import Diagnostics

/// Why nobody could be found to send a statement to.
enum RoutingFailure: Error {
  /// A member gave the answer that all would give.
  case final(Failure)
  /// None of those asked has a table; one line for each.
  case unavailable([Attempt])
  /// There is a table, and nobody in it for this.
  case noServer(reads: Bool)

  /// A member that was asked in vain.
  struct Attempt {
    var endpoint: ServerEndpoint
    /// Whether a connection could be made at all.
    var wasReached: Bool
    var failure: Failure
  }

  /// Whether a server was reached whose routing leads nowhere.
  var suggestsDirect: Bool {
    switch self {
    case .final: false
    case .unavailable(let attempts): attempts.contains { $0.wasReached }
    case .noServer: true
    }
  }

  /// The failure for users.
  func failure(database: String) -> Failure {
    switch self {
    case .final(let failure):
      guard failure.code == "Neo.ClientError.Database.DatabaseNotFound" else { return failure }
      var told = failure
      if told.causes.isEmpty, told.gqlStatus == "50N42" {
        told.message =
          "Unable to get a routing table for database '\(database)' because this "
          + "database does not exist"
      }
      return told
    case .unavailable(let attempts):
      guard let last = attempts.last else { return Self.empty }
      guard attempts.count > 1 || last.wasReached else { return last.failure }
      let lines = attempts.map { "\($0.endpoint): \($0.failure.message)" }
      return Failure(
        code: ConnectionProblem.unavailableCode,
        message: "Unable to retrieve routing information: \(lines.joined(separator: "; "))",
        hint: "where the server is not part of a cluster, write bolt:// rather than neo4j://")
    case .noServer(let reads):
      return Failure(
        code: ConnectionProblem.expiredCode,
        message: reads
          ? "No server of the cluster answers statements that read at the moment"
          : "No server of the cluster takes statements that write at the moment: it may be choosing "
            + "a new leader")
    }
  }

  private static let empty = Failure(
    code: ConnectionProblem.unavailableCode, message: "Unable to retrieve routing information")
}
