import Diagnostics
import GraphStore
import GraphValues

/// What is kept of a user.
struct UserRecord {
  var name: String
  /// What the password became; `nil` for one who cannot log in with a password.
  var password: String?
  var isChangeRequired = false
  var homeDatabase: String?

  init(name: String) { self.name = name }

  init(name: String, document: Value) throws(StoreError) {
    guard case .map(let map) = document else { throw .corrupt(record: 0, expected: "user") }
    self.name = name
    password = map["password"]?.plainText
    if case .boolean(true)? = map["changeRequired"] { isChangeRequired = true }
    homeDatabase = map["home"]?.plainText
  }

  var document: Value {
    .map(
      MapValue([
        ("password", password.map { .string($0) } ?? .null),
        ("changeRequired", .boolean(isChangeRequired)),
        ("home", homeDatabase.map { .string($0) } ?? .null),
      ]))
  }
}

/// The users in the catalogue.
///
/// As long as none is recorded there is one of the usual name, who owns the engine and has no
/// password; the first change records that user with the rest.
struct UserList {
  /// The name of the user that there is from the beginning.
  static let firstName = "neo4j"

  let list: CatalogueList

  private static let prefix = "user/"

  private func recorded() throws(Failure) -> [UserRecord] {
    try storing { () throws(StoreError) in
      var users: [UserRecord] = []
      for entry in try list.settings(prefix: Self.prefix) {
        users.append(
          try UserRecord(
            name: String(entry.key.dropFirst(Self.prefix.count)), document: entry.value))
      }
      return users
    }
  }

  /// All users by name.
  func all() throws(Failure) -> [UserRecord] {
    let users = try recorded()
    return users.isEmpty ? [UserRecord(name: Self.firstName)] : users
  }

  /// The user of a name, whose letter case counts.
  func user(named name: String) throws(Failure) -> UserRecord? {
    try all().first { $0.name == name }
  }

  /// Whether anybody can log in with a password.
  func hasPasswords() throws(Failure) -> Bool {
    try recorded().contains { $0.password != nil }
  }

  /// Records a user, or replaces what was recorded.
  func put(_ user: UserRecord) throws(Failure) {
    let isFirst = try recorded().isEmpty && user.name != Self.firstName
    try storing { () throws(StoreError) in
      if isFirst {
        let owner = UserRecord(name: Self.firstName)
        try list.setSetting(Self.prefix + owner.name, to: owner.document)
      }
      try list.setSetting(Self.prefix + user.name, to: user.document)
    }
  }

  /// Forgets a user.
  func remove(_ name: String) throws(Failure) {
    try storing { () throws(StoreError) in
      try list.setSetting(Self.prefix + name, to: nil)
    }
  }
}
