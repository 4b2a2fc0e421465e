import Bolt
import Diagnostics
import Network

/// Why a connection to a server could not be made, or cannot be used any more.
enum ConnectionProblem: Error {
  /// The network or its encryption stood in the way.
  case network(NetworkError)
  /// The server speaks no version that the client speaks.
  case noCommonVersion
  /// The server chose a version that was not offered.
  case notOffered(BoltVersion)
  /// The server speaks HTTP.
  case answeredByHTTP
  /// The server broke the rules of the protocol.
  case protocolViolation(String)
  /// The server promised to give a sign of life within so many seconds, and did not.
  case silent(seconds: Int)
  /// The server did not stop a statement in the time given.
  case notStopped
  /// The server refused to let the client in, or to do what a connection needs.
  case refused(Failure)
}

extension ConnectionProblem {
  /// The code that says that nothing answers; the shell's prompt shows it.
  static let unavailableCode = "ServiceUnavailable"
  /// The code that says that another member of the cluster must be asked.
  static let expiredCode = "SessionExpired"

  /// Nobody wants the connection any more.
  static var unwanted: ConnectionProblem { .network(.interrupted) }

  private static let condition = "connection exception"

  /// The failure of a connection that could not be made to an address, or to a member of its cluster.
  func failureOnConnecting(to endpoint: ServerEndpoint, of address: RemoteAddress) -> Failure {
    switch self {
    case .refused(let failure): failure
    case .network(let error): Self.failure(error, endpoint, address)
    case .noCommonVersion:
      Self.unavailable(
        "The server does not support any of the protocol versions supported by this driver",
        hint: "offered were Bolt 6.0, 5.8 to 5.0 and 4.4 to 4.0")
    case .notOffered(let version):
      Self.unavailable("The server chose Bolt \(version), which was not offered")
    case .answeredByHTTP:
      Self.unavailable(
        "Server responded HTTP. Make sure you are not trying to connect to the http endpoint "
          + "(HTTP defaults to port 7474 whereas BOLT defaults to port 7687)")
    case .protocolViolation(let reason):
      Self.unavailable("\(endpoint) does not speak Bolt as it should: \(reason)")
    case .silent, .notStopped: Self.unavailable(Self.unable(endpoint))
    }
  }

  private static func failure(
    _ error: NetworkError, _ endpoint: ServerEndpoint, _ address: RemoteAddress
  ) -> Failure {
    switch error {
    case .unknownHost, .unreachable, .timedOut(.connect), .timedOut(.resolve):
      // cypher-shell says only this much of clusters.
      address.isRouting && error.isRefusal
        ? unavailable("Connection refused", hint: "\(error)")
        : unavailable(unable(endpoint), hint: "\(error)")
    case .timedOut:
      unavailable(
        "Unable to connect to \(endpoint): it took the connection but did not answer in time")
    case .certificate(let problem):
      unavailable(
        "Unable to connect to \(endpoint): \(problem)",
        hint: "where you trust this server whatever it shows, write \(selfSigned(address))")
    case .tls:
      unavailable(
        "Unable to write Bolt handshake to \(endpoint): \(error)",
        hint: "where the server has no encryption, write \(address.isRouting ? "neo4j" : "bolt")://"
      )
    case .lost:
      unavailable(
        "Connection to the database terminated. \(endpoint) ended it during the handshake: it may "
          + "expect encryption, or another protocol than Bolt",
        hint: "where the server wants encryption, write \(selfSigned(address)) or +s")
    case .credentialFile, .interrupted, .closed, .addressInUse, .system:
      unavailable("Unable to connect to \(endpoint): \(error)")
    }
  }

  private static func selfSigned(_ address: RemoteAddress) -> String {
    address.isRouting ? "neo4j+ssc://" : "bolt+ssc://"
  }

  private static func unable(_ endpoint: ServerEndpoint) -> String {
    "Unable to connect to \(endpoint), ensure the database is running and that there is a working "
      + "network connection to it."
  }

  private static func unavailable(_ message: String, hint: String? = nil) -> Failure {
    Failure(code: unavailableCode, message: message, hint: hint)
  }

  // MARK: Losing a connection

  /// What had been asked of a server when its connection was lost.
  enum Loss {
    /// Nothing that could have changed anything.
    case nothing
    /// A statement that is a transaction of its own.
    case statement
    /// Something within an explicit transaction, which ended with the connection.
    case transaction
    /// To commit.
    case commit
  }

  /// The failure of what was under way when the connection was lost.
  func failureOnLosing(_ endpoint: ServerEndpoint, _ loss: Loss) -> Failure {
    if case .refused(let failure) = self { return failure }
    let reason = "Connection to \(endpoint) was lost: \(words)"
    switch loss {
    case .nothing: return Self.unavailable(reason)
    case .transaction: return Self.unavailable("\(reason). The transaction was rolled back")
    case .statement, .commit:
      let subject = loss == .commit ? "the transaction" : "the statement"
      let message = "\(reason). Whether \(subject) was committed is unknown"
      return Failure(
        code: Self.unavailableCode, message: message, gqlStatus: "08007",
        gqlDescription: "\(Self.condition) - transaction resolution unknown. \(message)",
        hint: "look into the database before you run it again")
    }
  }

  private var words: String {
    switch self {
    case .network(let error): error.description
    case .protocolViolation(let reason): "the server broke the protocol: \(reason)"
    case .silent(let seconds): "the server gave no sign of life for \(seconds) s"
    case .notStopped: "the server did not stop in time"
    case .noCommonVersion, .notOffered, .answeredByHTTP: "there was no common protocol"
    case .refused(let failure): failure.message
    }
  }
}
