public import Diagnostics
import GraphStore
public import GraphValues
public import QueryPlan
public import QuerySession
import CypherRuntime
import Synchronization

/// The databases of one data directory, or of memory, with what all sessions on them share.
public final class GraphEngine: Sendable {
  /// How an engine works.
  public struct Options: Sendable {
    /// Whether a commit waits until the disk has it.
    public var isDurable = true
    /// How long a statement waits for another writer, in this process or another.
    public var writeDeadlineSeconds: Double = 30
    /// Bytes that one statement may hold for sorting, grouping and the like.
    public var memoryLimitBytes = 4 << 30
    /// Seconds after which a transaction is ended whose client asks for no time of its own; `nil` for
    /// never.
    public var transactionTimeoutSeconds: Double?
    /// Where the files of LOAD CSV lie; `nil` for the folder that the environment variable
    /// `NACRE_IMPORT` names, else the working directory, which clients of a server do not see.
    public var importDirectory: String?
    /// Hashes passwords; without it commands that set or check one fail.
    public var passwords: (any PasswordHashing)?

    /// The defaults.
    public init() {}
  }

  let catalogue: Catalogue
  let options: Options
  private let registry: Mutex<ProcedureRegistry>
  /// The writers of the databases in use, by the database's id.
  private let writers = Mutex<[String: DatabaseWriter]>([:])
  /// The databases that were asked for of late.
  private let names = Mutex(DatabaseNames())
  /// The transactions under way.
  let running = RunningTransactions()
  private struct Served {
    weak var list: (any ConnectionList)?
  }
  private let served = Mutex(Served())
  /// What passwords of unknown users are checked against, once it is known.
  let decoyHash = Mutex<String?>(nil)
  /// The data directory; `nil` in memory.
  public let dataDirectory: String?

  /// Makes the files of all databases whole, for a process that ends without closing engines.
  public static func settleStores() { Store.settleLogs() }

  private init(
    catalogue: Catalogue, options: Options, dataDirectory: String?
  ) {
    self.catalogue = catalogue
    self.options = options
    self.dataDirectory = dataDirectory
    registry = Mutex(ProcedureRegistry.standard)
  }

  /// Opens, or makes, the databases of a data directory.
  ///
  /// - Throws: When the directory cannot be made or read, or was written by a newer version.
  public static func open(dataDirectory: String, options: Options = Options()) throws(Failure)
    -> GraphEngine
  {
    var store = StoreOptions()
    store.durability = options.isDurable ? .synced : .relaxed
    do throws(StoreError) {
      let catalogue = try Catalogue.open(dataDirectory: dataDirectory, options: store)
      return GraphEngine(catalogue: catalogue, options: options, dataDirectory: dataDirectory)
    } catch {
      throw Failure(opening: dataDirectory, error)
    }
  }

  /// Makes empty databases in memory that vanish with the engine.
  public static func memory(options: Options = Options()) throws(Failure) -> GraphEngine {
    do throws(StoreError) {
      return GraphEngine(catalogue: try Catalogue.memory(), options: options, dataDirectory: nil)
    } catch {
      throw Failure(error)
    }
  }

  /// Begins a session.
  ///
  /// - Parameters:
  ///   - database: A database's name or alias; empty for the user's home database or, without one,
  ///     the default one.
  ///   - user: Who has logged in; `nil`, or one without a name, where nobody has to.
  ///   - connection: The connection of a client elsewhere; `nil` for a caller in this process.
  /// - Returns: A session, to be closed.
  /// - Throws: When there is no such database, or it is stopped; when the client may no longer be in.
  public func session(
    database: String = "", user: AuthenticatedUser? = nil, connection: ServedConnection? = nil
  ) throws(Failure) -> EmbeddedSession {
    var known: SessionUser?
    if let user, !user.name.isEmpty {
      known = SessionUser(user, homeDatabase: try users.homeDatabase(of: user.name))
    }
    let session = try EmbeddedSession(
      engine: self, database: database, user: known, connection: connection)
    try session.checkClient()
    return session
  }

  /// The canonical name of a database that can be used.
  ///
  /// - Parameters:
  ///   - database: A database's name or alias in any letter case; empty for the user's home database
  ///     or, without one, the default one.
  ///   - user: Who has logged in; `nil`, or one without a name, where nobody has to.
  /// - Returns: Its name as it is stored.
  /// - Throws: When there is no such database, or it is stopped.
  public func canonicalName(of database: String, for user: AuthenticatedUser? = nil)
    throws(Failure) -> String
  {
    guard database.isEmpty, let user, !user.name.isEmpty else {
      return try usable(database).name
    }
    return try usable(try users.homeDatabase(of: user.name) ?? "").name
  }

  /// What the engine knows of named time zones.
  public static var zoneRules: any ZoneRules { TimeZoneRules() }

  /// Adds a procedure that statements may call, replacing one of the same name.
  ///
  /// - Parameters:
  ///   - signature: What it takes and yields.
  ///   - body: Given one value for each input, answers rows of one value for each output.
  public func register(
    _ signature: ProcedureSignature,
    body: @escaping @Sendable ([Value]) throws(Failure) -> [[Value]]
  ) {
    registry.withLock {
      $0.register(signature) { (arguments, _) throws(Failure) in try body(arguments) }
    }
    // They may call the procedure that was.
    clearPlans()
  }

  /// Forgets the plans that sessions share and tells how many there were.
  @discardableResult
  func clearPlans() -> Int {
    let shared = writers.withLock { writers in writers.values.map(\.plans) }
    return shared.reduce(0) { $0 + $1.removeAll() }
  }

  /// The connections of the server that serves this engine; what holds them is not kept.
  public var clients: (any ConnectionList)? {
    get { served.withLock { $0.list } }
    set { served.withLock { $0.list = newValue } }
  }

  /// All procedures that may be called now.
  var procedures: ProcedureRegistry { registry.withLock { $0 } }

  /// The store of a database; letter case does not count, and no name means the default one.
  func store(of name: String) throws(Failure) -> (descriptor: DatabaseDescriptor, store: Store) {
    let found = try usable(name)
    return (found, try storing { () throws(StoreError) in try catalogue.store(of: found.name) })
  }

  private func usable(_ name: String) throws(Failure) -> DatabaseDescriptor {
    let found = try storing { () throws(StoreError) in try descriptor(named: name) }
    guard let found else {
      guard name.isEmpty else { throw .noSuchDatabase(name) }
      var failure = Failure.noSuchDatabase(Catalogue.firstName)
      failure.hint =
        "the default database was dropped: go to the system database (-d system, :use system) and "
        + "create it again, or name another one"
      throw failure
    }
    guard found.isOnline else { throw .databaseOffline(found.name) }
    return found
  }

  /// A database and its writer, which all its sessions share.
  func writer(of name: String) throws(Failure) -> (
    descriptor: DatabaseDescriptor, writer: DatabaseWriter
  ) {
    let (descriptor, store) = try store(of: name)
    let writer = writers.withLock { writers in
      if let known = writers[descriptor.id], known.store === store { return known }
      let made = DatabaseWriter(store: store)
      writers[descriptor.id] = made
      return made
    }
    return (descriptor, writer)
  }

  /// Lets go of the writers of databases that are no more.
  func forgetWriters(but listed: Set<String>) {
    writers.withLock { writers in writers = writers.filter { listed.contains($0.key) } }
  }

  /// The database of a name or alias; no name means the default one.
  func descriptor(named name: String) throws(StoreError) -> DatabaseDescriptor? {
    // What is found is as new as this or newer, and then looked up again.
    let version = catalogue.version
    if let known = names.withLock({ $0.descriptor(named: name, version) }) { return known }
    guard let found = try lookUp(name) else { return nil }
    names.withLock { $0.keep(found, name, version) }
    return found
  }

  private func lookUp(_ name: String) throws(StoreError) -> DatabaseDescriptor? {
    if name.isEmpty { return try catalogue.databases().first { $0.isDefault } }
    if let found = try catalogue.database(named: name) { return found }
    guard let target = try catalogue.setting("alias/" + name.lowercased())?.plainText else {
      return nil
    }
    return try catalogue.database(named: target)
  }
}

/// Databases by the names that they were asked for by, as one state of the catalogue has them.
///
/// Clients of a server name a database with each statement.
private struct DatabaseNames {
  private static let most = 100

  private var version = -1
  private var known: [String: DatabaseDescriptor] = [:]

  func descriptor(named name: String, _ version: Int) -> DatabaseDescriptor? {
    version == self.version ? known[name] : nil
  }

  mutating func keep(_ descriptor: DatabaseDescriptor, _ name: String, _ version: Int) {
    if version != self.version || known.count >= Self.most { known.removeAll() }
    self.version = version
    known[name] = descriptor
  }
}
