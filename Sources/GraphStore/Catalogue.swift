public import GraphValues
import KeyValueStore
import Synchronization

/// The list of databases under one data directory, kept in the store of the `system` database.
///
/// Each database has a directory of its own beside it, named after the database.
public final class Catalogue: Sendable {
  /// The name of the database that holds the list.
  public static let systemName = "system"
  /// The name of the database that a fresh catalogue has for data.
  public static let firstName = "neo4j"

  private let dataDirectory: String?
  private let options: StoreOptions
  /// The store of the list, which in memory is made when the list first changes.
  private let system: Mutex<Store?>
  /// What the list is before it first changes in memory.
  private let first: [DatabaseDescriptor]
  private let open = Mutex<[String: (id: String, store: Store)]>([:])

  private init(dataDirectory: String?, options: StoreOptions, system: Store?) {
    self.dataDirectory = dataDirectory
    self.options = options
    self.system = Mutex(system)
    first = system == nil ? Self.firstList() : []
  }

  private static func firstList() -> [DatabaseDescriptor] {
    [firstName, systemName].map { name in
      var database = fresh(name, options: MapValue())
      database.isDefault = name == firstName
      return database
    }
  }

  /// Opens or makes the catalogue of a data directory; a fresh one lists `neo4j` and `system`.
  public static func open(dataDirectory: String, options: StoreOptions = StoreOptions())
    throws(StoreError) -> Catalogue
  {
    let system = try Store.open(directory: dataDirectory + "/" + systemName, options: options)
    let catalogue = Catalogue(dataDirectory: dataDirectory, options: options, system: system)
    try catalogue.initialise(system, Self.firstList)
    return catalogue
  }

  /// Makes a catalogue whose databases vanish with it.
  public static func memory() throws(StoreError) -> Catalogue {
    Catalogue(dataDirectory: nil, options: StoreOptions(), system: nil)
  }

  /// The store of the list, made if need be.
  private func listStore() throws(StoreError) -> Store {
    let made: Result<Store, StoreError> = system.withLock { system in
      if let system { return .success(system) }
      do throws(StoreError) {
        let store = try Store.memory()
        try initialise(store) { first }
        system = store
        return .success(store)
      } catch {
        return .failure(error)
      }
    }
    return try made.get()
  }

  private func initialise(_ system: Store, _ list: () -> [DatabaseDescriptor])
    throws(StoreError)
  {
    if try system.beginRead().state.setting(Self.key(Self.systemName)) != nil { return }
    let transaction = try GraphTransaction(
      store: system, writing: true, deadlineSeconds: 30, staysOnThread: true)
    // Another process may have been first.
    guard try transaction.state.setting(Self.key(Self.systemName)) == nil else {
      return transaction.rollback()
    }
    for database in list() {
      try transaction.state.setSetting(Self.key(database.name), to: database.document)
    }
    try transaction.commit()
  }

  private static func key(_ name: String) -> String { "database/" + name }

  private static func fresh(_ name: String, options: MapValue) -> DatabaseDescriptor {
    var id = ""
    for _ in 0..<4 {
      let word = String(UInt64.random(in: 0...UInt64.max), radix: 16, uppercase: true)
      id += String(repeating: "0", count: 16 - word.count) + word
    }
    return DatabaseDescriptor(
      name: name, id: id, createdMilliseconds: FileSystem.nowMilliseconds(), options: options)
  }

  // MARK: The list

  /// Whether the list is still the first one, and nothing else is kept beside it.
  private var isUntouched: Bool { system.withLock { $0 == nil } }

  /// All databases by ascending name, `system` too.
  public func databases() throws(StoreError) -> [DatabaseDescriptor] {
    if isUntouched { return first }
    var databases: [DatabaseDescriptor] = []
    for entry in try settings(prefix: "database/") {
      databases.append(try DatabaseDescriptor(document: entry.value))
    }
    return databases
  }

  /// The database of a name, in any case of letters.
  public func database(named name: String) throws(StoreError) -> DatabaseDescriptor? {
    if isUntouched { return first.first { $0.name == name.lowercased() } }
    guard let document = try setting(Self.key(name.lowercased())) else { return nil }
    return try DatabaseDescriptor(document: document)
  }

  /// Lists a new database; its store is made when it is first opened.
  ///
  /// - Throws: `catalogueConflict` when the name is taken or no name for a directory.
  public func create(_ name: String, options: MapValue = MapValue()) throws(StoreError)
    -> DatabaseDescriptor
  {
    let name = name.lowercased()
    guard let first = name.unicodeScalars.first, first != ".", !name.contains("/"),
      !name.unicodeScalars.contains("\0"), name.utf8.count < 200
    else { throw .catalogueConflict(name: name) }
    let database = Self.fresh(name, options: options)
    let transaction = try listStore().beginWrite()
    guard try transaction.state.setting(Self.key(name)) == nil else {
      throw .catalogueConflict(name: name)
    }
    try transaction.state.setSetting(Self.key(name), to: database.document)
    try transaction.commit()
    return database
  }

  /// Replaces what is known of a database.
  ///
  /// - Throws: `catalogueConflict` when it is not listed.
  public func update(_ database: DatabaseDescriptor) throws(StoreError) {
    let transaction = try listStore().beginWrite()
    guard try transaction.state.setting(Self.key(database.name)) != nil else {
      throw .catalogueConflict(name: database.name)
    }
    try transaction.state.setSetting(Self.key(database.name), to: database.document)
    try transaction.commit()
  }

  /// Takes a database from the list and deletes its store's files.
  ///
  /// Who has the store open still sees it; its space is free when the last one lets go.
  ///
  /// - Throws: `catalogueConflict` when it is not listed or is `system`.
  public func drop(_ name: String) throws(StoreError) {
    let name = name.lowercased()
    let transaction = try listStore().beginWrite()
    guard name != Self.systemName, try transaction.state.setting(Self.key(name)) != nil else {
      throw .catalogueConflict(name: name)
    }
    try transaction.state.setSetting(Self.key(name), to: nil)
    try transaction.commit()
    open.withLock { _ = $0.removeValue(forKey: name) }
    if let directory = directory(of: name) { FileSystem.removeEnvironment(directory) }
  }

  /// Where a database's store lies; `nil` in memory.
  public func directory(of name: String) -> String? {
    dataDirectory.map { $0 + "/" + name.lowercased() }
  }

  /// Opens the store of a database that is listed; the catalogue keeps it open.
  ///
  /// - Throws: `catalogueConflict` when it is not listed.
  public func store(of name: String) throws(StoreError) -> Store {
    let name = name.lowercased()
    guard let database = try database(named: name) else { throw .catalogueConflict(name: name) }
    if name == Self.systemName { return try listStore() }
    if let found = open.withLock({ $0[name] }), found.id == database.id { return found.store }
    let store: Store
    if let directory = directory(of: name) {
      store = try Store.open(directory: directory, options: options)
    } else {
      store = try Store.memory()
    }
    return open.withLock { open in
      if let found = open[name], found.id == database.id { return found.store }
      open[name] = (database.id, store)
      return store
    }
  }

  // MARK: Settings

  /// A setting kept beside the list, such as an alias or a user record.
  public func setting(_ key: String) throws(StoreError) -> Value? {
    isUntouched ? nil : try listStore().beginRead().state.setting(key)
  }

  /// Keeps a setting; `nil` removes it.
  public func setSetting(_ key: String, to value: Value?) throws(StoreError) {
    let transaction = try listStore().beginWrite()
    try transaction.state.setSetting(key, to: value)
    try transaction.commit()
  }

  /// All settings whose keys start so, by ascending key.
  public func settings(prefix: String) throws(StoreError) -> [(key: String, value: Value)] {
    isUntouched ? [] : try listStore().beginRead().state.settings(prefix: prefix)
  }
}
