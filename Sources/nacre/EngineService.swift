import CypherEngine
import Diagnostics
import QuerySession

/// Serves the databases of an engine.
///
/// As soon as the engine has a user with a password, clients must say who they are.
struct EngineService: SessionService {
  let engine: GraphEngine

  var requiresAuthentication: Bool {
    // Where the users cannot be read nobody is let in unasked.
    do throws(Failure) { return try engine.users.hasUsers } catch { return true }
  }

  func authenticate(_ credentials: Credentials) async throws(Failure) -> AuthenticatedUser {
    guard try engine.users.hasUsers else { return AuthenticatedUser(name: "") }
    guard case .basic(let name, let password) = credentials,
      let user = try engine.users.authenticate(name: name, password: Array(password.utf8))
    else { throw .unauthorized }
    return user
  }

  func session(
    for user: AuthenticatedUser, on connection: ServedConnection, database: String
  ) async throws(Failure) -> any Session {
    try engine.session(database: database, user: user, connection: connection)
  }

  func resolve(database: String, for user: AuthenticatedUser) throws(Failure) -> String {
    try engine.canonicalName(of: database, for: user)
  }
}
