import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

extension AdministrationCommands {
  /// The fewest characters of a password.
  private static let shortestPassword = 8

  private var users: UserList { UserList(list: list) }

  func createUser(
    _ name: String, _ ifNotExists: Bool, _ orReplace: Bool, _ change: UserChange
  ) throws(Failure) -> Int {
    try Self.checkName(name)
    var updates = 1
    if try users.user(named: name) != nil {
      if ifNotExists { return 0 }
      guard orReplace else {
        throw .userExists(
          "create the specified user '\(name)'", name, "User already exists.")
      }
      if name == actor { throw .ownUser("replace", name) }
      updates = 2
    }
    try checkEdition("create", name, change)
    var user = UserRecord(name: name)
    user.isChangeRequired = change.changeRequired ?? true
    if let password = change.password {
      user.password = try stored(password, change.isEncrypted)
    }
    try applyHome(change, &user)
    try users.put(user)
    return updates
  }

  func alterUser(_ name: String, _ ifExists: Bool, _ change: UserChange) throws(Failure) -> Int {
    if change.isSuspended != nil, name == actor { throw .ownStatus(name) }
    guard var user = try users.user(named: name) else {
      if ifExists { return 0 }
      throw .userMissing("alter the specified user '\(name)'", name, "User does not exist.")
    }
    try checkEdition("alter", name, change)
    if let password = change.password {
      let made = try stored(password, change.isEncrypted)
      if !change.isEncrypted, let old = user.password,
        try engine.passwordHashing().verify(Array(try text(password).utf8), against: old)
      {
        throw .samePassword("Failed to alter the specified user '\(name)'")
      }
      user.password = made
    }
    user.isChangeRequired = change.changeRequired ?? user.isChangeRequired
    try applyHome(change, &user)
    try users.put(user)
    return 1
  }

  func renameUser(_ name: String, to newName: String, _ ifExists: Bool) throws(Failure) -> Int {
    let action = "rename the specified user '\(name)' to '\(newName)'"
    guard var user = try users.user(named: name) else {
      if ifExists { return 0 }
      throw .userMissing(action, name, "The user '\(name)' does not exist.")
    }
    try Self.checkName(newName)
    if name == newName { return 1 }
    guard try users.user(named: newName) == nil else {
      throw .userExists(action, newName, "User '\(newName)' already exists.")
    }
    user.name = newName
    try users.put(user)
    try users.remove(name)
    return 1
  }

  func dropUser(_ name: String, _ ifExists: Bool) throws(Failure) -> Int {
    guard try users.user(named: name) != nil else {
      if ifExists { return 0 }
      throw .userMissing("delete the specified user '\(name)'", name, "User does not exist.")
    }
    if name == actor { throw .ownUser("delete", name) }
    try users.remove(name)
    return 1
  }

  func setOwnPassword(from old: String, to new: String) throws(Failure) -> Int {
    try Self.checkPassword(new)
    let hashing = try engine.passwordHashing()
    guard var user = try users.user(named: actor), let stored = user.password,
      hashing.verify(Array(old.utf8), against: stored)
    else { throw .wrongOldPassword(actor) }
    if old == new { throw .samePassword("User '\(actor)' failed to alter their own password") }
    user.password = try hashing.hash(Array(new.utf8))
    user.isChangeRequired = false
    try users.put(user)
    return 1
  }

  // MARK: Parts

  /// What is stored of a new password.
  private func stored(_ password: Expression, _ isEncrypted: Bool) throws(Failure) -> String {
    let password = try text(password)
    if isEncrypted {
      guard try engine.passwordHashing().accepts(password) else { throw .encryptedPassword }
      return password
    }
    try Self.checkPassword(password)
    return try engine.passwordHashing().hash(Array(password.utf8))
  }

  private static func checkPassword(_ password: String) throws(Failure) {
    if password.isEmpty { throw .emptyPassword }
    if password.utf16.count < shortestPassword { throw .passwordLength(shortestPassword) }
  }

  private static func checkName(_ name: String) throws(Failure) {
    let isAllowed = name.unicodeScalars.allSatisfy {
      $0.isASCII && $0.value > 32 && $0.value != 127 && $0 != "," && $0 != ":"
    }
    // A record's key holds the name.
    guard isAllowed, !name.isEmpty, name.utf8.count <= 400 else { throw .userName(name) }
  }

  private func checkEdition(
    _ action: String, _ name: String, _ change: UserChange
  ) throws(Failure) {
    if change.isSuspended != nil { throw .notInThisEdition(action, name, "'SET STATUS'") }
    if let provider = change.otherProvider {
      throw .notInThisEdition(action, name, "`SET AUTH '\(try text(provider))'`")
    }
    if change.removesProviders { throw .notInThisEdition(action, name, "`REMOVE AUTH`") }
  }

  private func applyHome(_ change: UserChange, _ user: inout UserRecord) throws(Failure) {
    if let home = change.homeDatabase { user.homeDatabase = try text(home).lowercased() }
    if change.removesHomeDatabase { user.homeDatabase = nil }
  }
}
