/// Why something over the network could not be done.
public enum NetworkError: Error, Sendable, Equatable {
  /// No address is known for the name of a host.
  case unknownHost(host: String, reason: String)
  /// No address of the host took the connection; one attempt for each, in order.
  case unreachable(host: String, port: Int, attempts: [ConnectionAttempt])
  /// The time given has passed.
  case timedOut(NetworkOperation)
  /// `interrupt()` was called.
  case interrupted
  /// The peer ended the connection, or its machine did.
  case lost(errorNumber: Int32)
  /// The connection was closed at this end before.
  case closed
  /// The peer's certificate was refused.
  case certificate(CertificateProblem)
  /// TLS could not be agreed on, or broke.
  case tls(TLSProblem)
  /// A certificate, key or authority file cannot be used.
  case credentialFile(path: String, reason: String)
  /// The port to listen on is taken.
  case addressInUse(host: String, port: Int)
  /// The operating system refused an operation.
  case system(operation: String, errorNumber: Int32)
}

/// What was going on when the time had passed.
public enum NetworkOperation: String, Sendable {
  /// Looking for the addresses of a host.
  case resolve
  /// Waiting for a host to take the connection.
  case connect
  /// Agreeing on keys.
  case handshake
  /// Waiting until bytes could be sent.
  case send
  /// Waiting for bytes.
  case receive
}

/// One address that was tried, and what came of it.
public struct ConnectionAttempt: Sendable, Equatable {
  /// What stood in the way of a connection.
  public enum Problem: Sendable, Equatable {
    /// Nothing listens there.
    case refused
    /// There was no answer in the time given.
    case timedOut
    /// There is no way to the host or its network.
    case noRoute
    /// Something else that the operating system knows.
    case system(errorNumber: Int32)
  }

  /// The numeric address.
  public let address: SocketAddress
  /// What went wrong.
  public let problem: Problem
}

/// Why a peer's certificate was refused.
public enum CertificateProblem: Sendable, Equatable {
  /// It vouches for itself.
  case selfSigned
  /// No known authority vouches for it.
  case unknownAuthority
  /// It is for other names.
  case wrongHost(expected: String)
  /// Its time has passed.
  case expired
  /// Its time has not come.
  case notYetValid
  /// Something else, in OpenSSL's words.
  case other(reason: String)
}

/// Why TLS could not be agreed on.
public enum TLSProblem: Sendable, Equatable {
  /// The peer does not speak TLS.
  case notSpoken
  /// The peer speaks plain HTTP.
  case plainHTTP
  /// Both ends have no version of TLS, or no cipher, in common.
  case nothingInCommon
  /// The peer refused with an alert, in OpenSSL's words.
  case alert(reason: String)
  /// Something else, in OpenSSL's words.
  case other(reason: String)
}
