public import Diagnostics

/// How a client says who it is.
public enum Credentials: Sendable, Equatable {
  /// Not at all.
  case none
  /// By name and password.
  case basic(name: String, password: String)
  /// In a way that has a name of its own, such as `bearer` or `kerberos`.
  case other(scheme: String)
}

/// A user whom a service has let in.
public struct AuthenticatedUser: Sendable, Equatable {
  /// The user's name; empty where nobody needs to say who they are.
  public var name: String
  /// Whether the password must be changed before anything else.
  public var mustChangePassword: Bool

  /// Makes a user.
  public init(name: String, mustChangePassword: Bool = false) {
    self.name = name
    self.mustChangePassword = mustChangePassword
  }
}

/// The connection that a session is opened for.
public struct ServedConnection: Sendable, Equatable {
  /// What the server calls the connection, such as `bolt-17`.
  public var id: String
  /// Where the client is, as `host:port`.
  public var address: String
  /// Where the client has found the server, as `host:port`.
  public var serverAddress: String
  /// What is spoken on it, such as `bolt`.
  public var protocolName: String

  /// Describes a connection.
  public init(id: String, address: String, serverAddress: String, protocolName: String) {
    self.id = id
    self.address = address
    self.serverAddress = serverAddress
    self.protocolName = protocolName
  }
}

/// What a server serves: it lets users in and opens sessions for them.
///
/// Safe to call from any task.
public protocol SessionService: Sendable {
  /// Whether clients must say who they are.
  var requiresAuthentication: Bool { get }

  /// Lets a client in.
  ///
  /// - Throws: `Neo.ClientError.Security.Unauthorized`, the same for an unknown name and a wrong
  ///   password, and `Neo.ClientError.Security.AuthenticationRateLimit` after too many failures.
  func authenticate(_ credentials: Credentials) async throws(Failure) -> AuthenticatedUser

  /// Opens a session for a client; an empty name stands for the user's home database.
  func session(
    for user: AuthenticatedUser, on connection: ServedConnection, database: String
  ) async throws(Failure) -> any Session

  /// The canonical name of a database that can be used; an empty name stands for the user's home
  /// database.
  ///
  /// - Throws: When there is none or it is stopped.
  func resolve(database: String, for user: AuthenticatedUser) throws(Failure) -> String
}
