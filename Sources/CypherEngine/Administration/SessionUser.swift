import QuerySession

/// The user of a session, and of those that it opens on other databases.
final class SessionUser {
  let name: String
  let homeDatabase: String?
  /// Whether nothing is allowed but to change the password.
  var mustChangePassword: Bool

  init(_ user: AuthenticatedUser, homeDatabase: String?) {
    name = user.name
    self.homeDatabase = homeDatabase
    mustChangePassword = user.mustChangePassword
  }
}

extension SessionUser? {
  /// The database that is meant: an empty name is the user's home database, if there is one.
  func home(_ database: String) -> String {
    database.isEmpty ? self?.homeDatabase ?? "" : database
  }
}
