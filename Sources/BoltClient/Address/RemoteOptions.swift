public import GraphValues

/// How a client behaves, whatever its address.
public struct RemoteOptions: Sendable {
  /// Name and version of the program, such as `nacre/0.1.0`.
  public var userAgent: String
  /// Whether to encrypt although the scheme does not say so; any other scheme is left as it is.
  public var forcesEncryption: Bool
  /// A file of certificates of authorities to trust rather than those of the system.
  public var authorityFile: String?
  /// What the client shows of itself, where servers ask for it.
  public var certificate: ClientCertificate?
  /// Seconds within which a connection must be there and let in.
  public var connectTimeoutSeconds: Double
  /// How many records are asked for at a time.
  public var fetchSize: Int
  /// Seconds that a server may take to stop a statement before its connection is closed.
  public var cancelTimeoutSeconds: Double
  /// What every transaction carries, where a request does not say otherwise.
  public var metadata: MapValue
  /// What pings carry.
  public var pingMetadata: MapValue
  /// Whether `neo4j://` goes on without routing where the server has none.
  public var fallsBackToDirect: Bool
  /// What is known of time zones, for date-times that come with a zone's name.
  public var zones: any ZoneRules
  /// Hears of what happened beside statements.
  public var notify: @Sendable (RemoteNotice) -> Void

  /// Makes options as they are by default.
  public init(
    userAgent: String, zones: any ZoneRules,
    notify: @escaping @Sendable (RemoteNotice) -> Void = { _ in }
  ) {
    self.userAgent = userAgent
    self.zones = zones
    self.notify = notify
    forcesEncryption = false
    connectTimeoutSeconds = 30
    fetchSize = 1000
    cancelTimeoutSeconds = 5
    metadata = MapValue()
    pingMetadata = MapValue()
    fallsBackToDirect = true
  }
}

/// Files with what a client shows of itself.
public struct ClientCertificate: Sendable, Hashable {
  /// The certificate, with those that lead to its authority.
  public var certificateFile: String
  /// Its private key.
  public var keyFile: String
  /// What opens the key; `nil` where it is not locked.
  public var keyPassword: String?

  /// Makes a reference to files, which are not read here.
  public init(certificateFile: String, keyFile: String, keyPassword: String? = nil) {
    self.certificateFile = certificateFile
    self.keyFile = keyFile
    self.keyPassword = keyPassword
  }
}

/// Who the client says it is.
public enum RemoteCredentials: Sendable, Hashable {
  /// Nobody.
  case none
  /// A user with a password; either may be empty.
  case basic(user: String, password: String, realm: String? = nil)
  /// Whoever a token stands for.
  case bearer(token: String)
  /// Something that this server knows.
  case custom(scheme: String, principal: String, credentials: String)

  /// The user's name, where it is known.
  public var user: String {
    switch self {
    case .basic(let user, _, _), .custom(_, let user, _): user
    case .none, .bearer: ""
    }
  }
}

extension RemoteCredentials: CustomStringConvertible, CustomDebugStringConvertible {
  /// The kind and the user, without secrets.
  public var description: String {
    switch self {
    case .none: "none"
    case .basic(let user, _, _): "basic \(user)"
    case .bearer: "bearer"
    case .custom(let scheme, let principal, _): "\(scheme) \(principal)"
    }
  }

  /// The same without secrets.
  public var debugDescription: String { description }
}

/// Something that happened beside statements and that users want to know.
public enum RemoteNotice: Sendable, Hashable {
  /// The server has no routing, so its address is used directly.
  case fellBack(from: String, to: String)
  /// The connection was lost between statements; there is a new one.
  case reconnected(address: String)
  /// The server takes transactions but cannot undo them.
  case rollbackHasNoEffect(product: String)
  /// The scheme `bolt+routing` is called `neo4j` now.
  case renamedScheme
}

extension RemoteNotice: CustomStringConvertible {
  /// The notice as a line for users.
  public var description: String {
    switch self {
    case .fellBack(let from, let to): "Failed to connect to \(from), fallback to \(to)"
    case .reconnected(let address): "The connection to \(address) was lost; reconnected"
    case .rollbackHasNoEffect(let product):
      "\(product) keeps what a transaction has written even when it is rolled back"
    case .renamedScheme: "bolt+routing:// is called neo4j:// now"
    }
  }
}
