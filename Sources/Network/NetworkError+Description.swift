#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension NetworkError: CustomStringConvertible {
  /// One sentence without a full stop.
  public var description: String {
    switch self {
    case .unknownHost(let host, let reason): "no address is known for host `\(host)`: \(reason)"
    case .unreachable(let host, let port, let attempts):
      Self.describe(attempts, of: host, port)
    case .timedOut(let operation): "timed out \(operation.gerund)"
    case .interrupted: "interrupted"
    case .lost(let errorNumber):
      errorNumber == 0
        ? "the connection was closed by the peer"
        : "the connection was lost: \(Self.words(errorNumber))"
    case .closed: "the connection is closed"
    case .certificate(let problem): problem.description
    case .tls(let problem): problem.description
    case .credentialFile(let path, let reason): "cannot use `\(path)`: \(reason)"
    case .addressInUse(let host, let port):
      "port \(port) of `\(host)` is in use by another program"
    case .system(let operation, let errorNumber):
      "\(operation): \(Self.words(errorNumber))"
    }
  }

  /// Whether every address of the host refused: the machine is there, the program is not.
  public var isRefusal: Bool {
    guard case .unreachable(_, _, let attempts) = self else { return false }
    return !attempts.isEmpty && attempts.allSatisfy { $0.problem == .refused }
  }

  private static func describe(
    _ attempts: [ConnectionAttempt], of host: String, _ port: Int
  ) -> String {
    let place = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    if let problem = attempts.first?.problem, attempts.allSatisfy({ $0.problem == problem }) {
      return "cannot connect to `\(place)`: \(problem.description)"
    }
    let list = attempts.map { "\($0.address.host): \($0.problem.description)" }
    return "cannot connect to `\(place)`: \(list.joined(separator: "; "))"
  }

  static func words(_ errorNumber: Int32) -> String {
    guard let text = unsafe strerror(errorNumber) else { return "error \(errorNumber)" }
    return unsafe String(cString: text)
  }
}

extension NetworkOperation {
  fileprivate var gerund: String {
    switch self {
    case .resolve: "looking for the address of the host"
    case .connect: "waiting for the host to take the connection"
    case .handshake: "agreeing on encryption"
    case .send: "sending"
    case .receive: "waiting for an answer"
    }
  }
}

extension ConnectionAttempt.Problem: CustomStringConvertible {
  /// A few words.
  public var description: String {
    switch self {
    case .refused: "connection refused"
    case .timedOut: "no answer in time"
    case .noRoute: "no route to the host"
    case .system(let errorNumber): NetworkError.words(errorNumber)
    }
  }
}

extension CertificateProblem: CustomStringConvertible {
  /// One sentence without a full stop.
  public var description: String {
    switch self {
    case .selfSigned: "the server's certificate is self-signed"
    case .unknownAuthority: "no known authority vouches for the server's certificate"
    case .wrongHost(let expected): "the server's certificate is not for `\(expected)`"
    case .expired: "the server's certificate has expired"
    case .notYetValid: "the server's certificate is not valid yet"
    case .other(let reason): "the server's certificate was refused: \(reason)"
    }
  }
}

extension TLSProblem: CustomStringConvertible {
  /// One sentence without a full stop.
  public var description: String {
    switch self {
    case .notSpoken: "the server does not speak TLS on this port"
    case .plainHTTP: "this is a port for plain HTTP, not for TLS"
    case .nothingInCommon: "no version of TLS or cipher in common with the server"
    case .alert(let reason): "the peer refused encryption: \(reason)"
    case .other(let reason): "encryption failed: \(reason)"
    }
  }
}
