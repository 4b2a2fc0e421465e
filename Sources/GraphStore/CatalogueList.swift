public import GraphValues
import KeyValueStore

/// The list of databases, and the settings beside it, as a transaction on the `system` store has them.
///
/// A change takes effect when the transaction commits.
public struct CatalogueList {
  private let transaction: GraphTransaction

  /// Reads and changes the list in a transaction on the `system` store.
  public init(_ transaction: GraphTransaction) { self.transaction = transaction }

  private static func key(_ name: String) -> String { "database/" + name }
  private static let droppedPrefix = "dropped/"

  static func freshID() -> String {
    var id = ""
    for _ in 0..<4 {
      let word = String(UInt64.random(in: 0...UInt64.max), radix: 16, uppercase: true)
      id += String(repeating: "0", count: 16 - word.count) + word
    }
    return id
  }

  // MARK: Databases

  /// All databases by ascending name, `system` too.
  public func databases() throws(StoreError) -> [DatabaseDescriptor] {
    var databases: [DatabaseDescriptor] = []
    for entry in try settings(prefix: "database/") {
      databases.append(try DatabaseDescriptor(document: entry.value))
    }
    return databases
  }

  /// The database of a name, in any case of letters.
  public func database(named name: String) throws(StoreError) -> DatabaseDescriptor? {
    guard let document = try setting(Self.key(name.lowercased())) else { return nil }
    return try DatabaseDescriptor(document: document)
  }

  /// Lists a new database; its store is made when it is first opened.
  ///
  /// Its directory is one that no other database has had, so that files of a dropped one of the same
  /// name are never taken for its own.
  ///
  /// - Throws: `catalogueConflict` when the name is taken or no name for a directory.
  public func create(_ name: String, options: MapValue = MapValue()) throws(StoreError)
    -> DatabaseDescriptor
  {
    let name = name.lowercased()
    guard let first = name.unicodeScalars.first, first != ".", !name.contains("/"),
      !name.unicodeScalars.contains("\0"), name.utf8.count < 200
    else { throw .catalogueConflict(name: name) }
    let id = Self.freshID()
    var database = DatabaseDescriptor(
      name: name, id: id, createdMilliseconds: FileSystem.nowMilliseconds(),
      directory: "\(name).\(id.prefix(16).lowercased())", options: options)
    if name == Catalogue.firstName {
      database.isDefault = try !databases().contains { $0.isDefault }
    }
    try add(database)
    return database
  }

  /// Lists a database.
  func add(_ database: DatabaseDescriptor) throws(StoreError) {
    guard try setting(Self.key(database.name)) == nil else {
      throw .catalogueConflict(name: database.name)
    }
    try setSetting(Self.key(database.name), to: database.document)
  }

  /// Replaces what is known of a database.
  ///
  /// - Throws: `catalogueConflict` when it is not listed.
  public func update(_ database: DatabaseDescriptor) throws(StoreError) {
    guard try setting(Self.key(database.name)) != nil else {
      throw .catalogueConflict(name: database.name)
    }
    try setSetting(Self.key(database.name), to: database.document)
  }

  /// Takes a database from the list; `Catalogue.removeDropped` then deletes its files.
  ///
  /// - Throws: `catalogueConflict` when it is not listed or is `system`.
  public func remove(_ name: String) throws(StoreError) {
    let name = name.lowercased()
    guard name != Catalogue.systemName, let database = try database(named: name) else {
      throw .catalogueConflict(name: name)
    }
    try setSetting(Self.key(name), to: nil)
    // In the same commit: a crash before the files are gone leaves word of them.
    try setSetting(Self.droppedPrefix + database.directory, to: .string(name))
  }

  func droppedDirectories() throws(StoreError) -> [String] {
    try settings(prefix: Self.droppedPrefix).map { String($0.key.dropFirst(8)) }
  }

  func forgetDropped(_ directories: [String]) throws(StoreError) {
    for directory in directories { try setSetting(Self.droppedPrefix + directory, to: nil) }
  }

  // MARK: Settings

  /// A setting kept beside the list, such as an alias or a user record.
  public func setting(_ key: String) throws(StoreError) -> Value? {
    try transaction.state.setting(key)
  }

  /// Keeps a setting; `nil` removes it.
  public func setSetting(_ key: String, to value: Value?) throws(StoreError) {
    try transaction.state.setSetting(key, to: value)
  }

  /// All settings whose keys start so, by ascending key.
  public func settings(prefix: String) throws(StoreError) -> [(key: String, value: Value)] {
    try transaction.state.settings(prefix: prefix)
  }
}
