public import Diagnostics
import GraphStore
public import QuerySession
import Synchronization

/// The users of an engine: who may log in, and with which password.
public struct EngineUsers: Sendable {
  let engine: GraphEngine

  /// Whether there is anybody who can log in with a password.
  public var hasUsers: Bool {
    get throws(Failure) { try reading { (users) throws(Failure) in try users.hasPasswords() } }
  }

  /// Checks a name and a password.
  ///
  /// An unknown name takes as long as a wrong password and gets the same answer.
  ///
  /// - Parameters:
  ///   - name: The user's name, whose letter case counts.
  ///   - password: The password's bytes.
  /// - Returns: The user, or `nil` for an unknown name or a wrong password.
  /// - Throws: When the engine has no password hashing, or the store cannot be read.
  public func authenticate(name: String, password: [UInt8]) throws(Failure) -> AuthenticatedUser? {
    let hashing = try engine.passwordHashing()
    let user = try reading { (users) throws(Failure) in try users.user(named: name) }
    guard let user, let stored = user.password else {
      _ = hashing.verify(password, against: try engine.decoy(hashing))
      return nil
    }
    guard hashing.verify(password, against: stored) else { return nil }
    return AuthenticatedUser(name: user.name, mustChangePassword: user.isChangeRequired)
  }

  /// Sets a user's password, and makes the user where there is none of that name.
  ///
  /// - Parameters:
  ///   - password: The password's bytes; how long it must be is for the caller to say.
  ///   - name: The user's name.
  ///   - mustChange: Whether the user has to choose another one at the first log-in.
  /// - Throws: When the engine has no password hashing, or the store cannot be written.
  public func setPassword(_ password: [UInt8], of name: String, mustChange: Bool) throws(Failure) {
    let stored = try engine.passwordHashing().hash(password)
    let transaction = try storing { () throws(StoreError) in
      try engine.catalogue.beginWrite(deadlineSeconds: engine.options.writeDeadlineSeconds)
    }
    defer { transaction.rollback() }
    let users = UserList(list: CatalogueList(transaction))
    var user = try users.user(named: name) ?? UserRecord(name: name)
    user.password = stored
    user.isChangeRequired = mustChange
    try users.put(user)
    try storing { () throws(StoreError) in try transaction.commit() }
  }

  /// Whether there is a user of a name.
  func has(_ name: String) throws(Failure) -> Bool {
    try reading { (users) throws(Failure) in try users.user(named: name) != nil }
  }

  /// The database that sessions without a name are on; `nil` for the engine's default one.
  func homeDatabase(of name: String) throws(Failure) -> String? {
    try reading { (users) throws(Failure) in try users.user(named: name)?.homeDatabase }
  }

  private func reading<Result>(
    _ body: (UserList) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let transaction = try storing { () throws(StoreError) in try engine.catalogue.beginRead() }
    defer { transaction.rollback() }
    return try body(UserList(list: CatalogueList(transaction)))
  }
}

extension GraphEngine {
  /// The users that sessions may be begun for.
  public var users: EngineUsers { EngineUsers(engine: self) }

  /// What hashes passwords here.
  ///
  /// - Throws: When the engine was opened without.
  func passwordHashing() throws(Failure) -> any PasswordHashing {
    guard let passwords = options.passwords else { throw .noPasswordHashing }
    return passwords
  }

  /// What passwords of unknown users are checked against.
  func decoy(_ hashing: any PasswordHashing) throws(Failure) -> String {
    if let known = decoyHash.withLock({ $0 }) { return known }
    let secret = (0..<24).map { _ in UInt8.random(in: 0...255) }
    let made = try hashing.hash(secret)
    decoyHash.withLock { $0 = made }
    return made
  }
}
