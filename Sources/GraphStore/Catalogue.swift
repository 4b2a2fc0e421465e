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
      DatabaseDescriptor(
        name: name, id: CatalogueList.freshID(), isDefault: name == firstName,
        createdMilliseconds: FileSystem.nowMilliseconds())
    }
  }

  /// Opens or makes the catalogue of a data directory; a fresh one lists `neo4j` and `system`.
  ///
  /// - Parameters:
  ///   - dataDirectory: Made when it is missing.
  ///   - options: How stores are opened.
  /// - Returns: The catalogue.
  /// - Throws: `unusableDirectory` where a store lies that this directory is not for, and what opening
  ///   a store throws.
  public static func open(dataDirectory: String, options: StoreOptions = StoreOptions())
    throws(StoreError) -> Catalogue
  {
    try checkFiles(dataDirectory)
    let system = try Store.open(directory: dataDirectory + "/" + systemName, options: options)
    let catalogue = Catalogue(dataDirectory: dataDirectory, options: options, system: system)
    try catalogue.initialise(system, Self.firstList)
    if !system.isReadOnly { try catalogue.removeDropped() }
    return catalogue
  }

  /// Refuses to begin anew where there are databases already: their names and users would be lost.
  private static func checkFiles(_ dataDirectory: String) throws(StoreError) {
    func file(_ database: String) -> String { dataDirectory + "/" + database + "/data.mdb" }
    if FileSystem.hasContent(file(systemName)) { return }
    if FileSystem.hasContent(dataDirectory + "/data.mdb") {
      throw .unusableDirectory(
        "\(dataDirectory) contains the store files of a single database; the data directory is the "
          + "one around it.")
    }
    if FileSystem.hasContent(file(firstName)) {
      throw .unusableDirectory(
        "\(dataDirectory) has databases, but the list of them is missing: \(file(systemName)) is not "
          + "there or empty. Nothing was changed.")
    }
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
    if try CatalogueList(system.beginRead()).database(named: Self.systemName) != nil { return }
    let transaction = try GraphTransaction(
      store: system, writing: true, deadlineSeconds: 30, staysOnThread: true)
    let fresh = CatalogueList(transaction)
    // Another process may have been first.
    if try fresh.database(named: Self.systemName) != nil { return transaction.rollback() }
    for database in list() { try fresh.add(database) }
    try transaction.commit()
  }

  // MARK: The list

  /// Whether the list is still the first one, and nothing else is kept beside it.
  private var isUntouched: Bool { system.withLock { $0 == nil } }

  /// Begins a transaction on the list that reads.
  public func beginRead() throws(StoreError) -> GraphTransaction { try listStore().beginRead() }

  /// Begins a transaction on the list that writes; see `CatalogueList`.
  public func beginWrite(deadlineSeconds: Double = 30) throws(StoreError) -> GraphTransaction {
    try listStore().beginWrite(deadlineSeconds: deadlineSeconds)
  }

  /// Equal as long as nobody, in this process or another, has changed the list or a setting.
  public var version: Int {
    system.withLock { $0.map { $0.environment.lastTransactionID } ?? 0 }
  }

  /// All databases by ascending name, `system` too.
  public func databases() throws(StoreError) -> [DatabaseDescriptor] {
    isUntouched ? first : try CatalogueList(beginRead()).databases()
  }

  /// The database of a name, in any case of letters.
  public func database(named name: String) throws(StoreError) -> DatabaseDescriptor? {
    if isUntouched { return first.first { $0.name == name.lowercased() } }
    return try CatalogueList(beginRead()).database(named: name)
  }

  /// A setting kept beside the list, such as an alias.
  public func setting(_ key: String) throws(StoreError) -> Value? {
    isUntouched ? nil : try CatalogueList(beginRead()).setting(key)
  }

  /// Deletes the files of databases that were taken from the list; called after that is committed.
  ///
  /// What a crash leaves undone is done when the catalogue is opened next. Who has a store open
  /// still sees it; its space is free when the last one lets go.
  public func removeDropped() throws(StoreError) {
    if isUntouched { return }
    let notes = try CatalogueList(beginRead()).droppedDirectories()
    guard !notes.isEmpty else { return }
    let listed = Set(try databases().map(\.id))
    open.withLock { open in open = open.filter { listed.contains($0.value.id) } }
    if let dataDirectory {
      for directory in notes { FileSystem.removeEnvironment(dataDirectory + "/" + directory) }
    }
    let writer = try beginWrite()
    try CatalogueList(writer).forgetDropped(notes)
    try writer.commit()
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
    if let dataDirectory {
      let directory = dataDirectory + "/" + database.directory
      store = try Store.open(directory: directory, options: options)
      // Dropped in between, it would have come back as an empty directory that nobody knows.
      if database.directory != name, try self.database(named: name)?.id != database.id {
        FileSystem.removeEnvironment(directory)
        throw .catalogueConflict(name: name)
      }
    } else {
      store = try Store.memory()
    }
    return open.withLock { open in
      if let found = open[name], found.id == database.id { return found.store }
      open[name] = (database.id, store)
      return store
    }
  }
}
