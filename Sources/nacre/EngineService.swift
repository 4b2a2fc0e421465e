import CypherEngine
import Diagnostics
import QuerySession

/// Serves the databases of an engine; nobody needs to say who they are.
struct EngineService: SessionService {
  let engine: GraphEngine

  var requiresAuthentication: Bool { false }

  func authenticate(_ credentials: Credentials) async throws(Failure) -> AuthenticatedUser {
    AuthenticatedUser(name: "")
  }

  func session(for user: AuthenticatedUser, database: String) async throws(Failure) -> any Session {
    try engine.session(database: database)
  }

  func resolve(database: String, for user: AuthenticatedUser) throws(Failure) -> String {
    try engine.canonicalName(of: database)
  }
}
