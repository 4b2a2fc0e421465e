public import Diagnostics
public import QuerySession

/// What a connection is asked for.
public struct ConnectionRequest: Sendable, Equatable {
  /// The login name; empty where there is none.
  public var user: String
  /// The password; empty where there is none.
  public var password: String
  /// The database; empty means the home database.
  public var database: String
  /// The user to act as; `nil` to act as oneself.
  public var impersonatedUser: String?
  /// What transactions may do.
  public var accessMode: AccessMode
  /// Whether nothing is told of it, since the user knows of another connection only.
  public var isQuiet = false

  /// Makes a request.
  public init(
    user: String = "", password: String = "", database: String = "",
    impersonatedUser: String? = nil, accessMode: AccessMode = .write
  ) {
    self.user = user
    self.password = password
    self.database = database
    self.impersonatedUser = impersonatedUser
    self.accessMode = accessMode
  }
}

/// Opens sessions at one address; the shell knows nothing else of engines and servers.
public protocol SessionConnector: Sendable {
  /// Opens a session.
  ///
  /// - Parameter request: Who wants what.
  /// - Returns: A session on the database asked for.
  /// - Throws: When the database cannot be opened or the server refuses.
  func connect(_ request: ConnectionRequest) async throws(Failure) -> any Session

  /// Ends a `connect` that waits; from any thread. It then fails.
  func cancelConnecting()

  /// What opens sessions at another address.
  func moved(to address: ServerAddress) -> any SessionConnector

  /// Serves the databases of the engine in this process to Bolt drivers, until `stopServing()`.
  ///
  /// - Parameters:
  ///   - host: Where to listen.
  ///   - port: At which port; 0 takes a free one.
  /// - Returns: The address that drivers use.
  /// - Throws: When there is no engine in this process, or it cannot listen there.
  func serve(host: String, port: Int) async throws(Failure) -> String

  /// Ends `serve(host:port:)`; tells whether anything was served.
  func stopServing() async -> Bool
}
