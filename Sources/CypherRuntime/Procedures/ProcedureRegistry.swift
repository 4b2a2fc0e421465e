public import Diagnostics
public import GraphStore
public import GraphValues
public import QueryPlan

/// A procedure: its signature and what it does.
public struct Procedure: Sendable {
  /// What is done for one call: gives the rows, each with a value for every column of the signature.
  public typealias Body =
    @Sendable ([Value], ProcedureContext) throws(Failure) -> [[Value]]

  /// What it takes and yields.
  public let signature: ProcedureSignature
  /// What it does.
  public let body: Body

  /// Puts a procedure together.
  public init(_ signature: ProcedureSignature, _ body: @escaping Body) {
    self.signature = signature
    self.body = body
  }
}

/// What a procedure may use.
public struct ProcedureContext {
  /// The transaction that it reads, and writes after `upgradeToWrite`.
  public let transaction: GraphTransaction
  /// The statement's surroundings.
  public let functions: FunctionContext
  /// The database it runs on.
  public let databaseName: String
  /// The middle part of element ids.
  public let databaseID: String
  /// What the engine around the store can tell and do.
  public let services: any ProcedureServices

  /// Puts a context together.
  public init(
    transaction: GraphTransaction, functions: FunctionContext, databaseName: String,
    databaseID: String, services: any ProcedureServices
  ) {
    self.transaction = transaction
    self.functions = functions
    self.databaseName = databaseName
    self.databaseID = databaseID
    self.services = services
  }
}

/// All procedures by name, whose letter case counts.
public struct ProcedureRegistry: ProcedureCatalogue {
  private var procedures: [String: Procedure] = [:]

  /// A registry with nothing in it.
  public init() {}

  /// The procedures that every database has.
  public static let standard: ProcedureRegistry = {
    var registry = ProcedureRegistry()
    for procedure in SchemaProcedures.all + SearchProcedures.all + ServerProcedures.all {
      registry.procedures[procedure.signature.name] = procedure
    }
    return registry
  }()

  /// Adds a procedure; one of the same name is replaced.
  public mutating func register(
    _ signature: ProcedureSignature, _ body: @escaping Procedure.Body
  ) {
    procedures[signature.name] = Procedure(signature, body)
  }

  /// The procedure of a name.
  public func procedure(named name: String) -> Procedure? { procedures[name] }

  /// The signature of a name.
  public func signature(named name: String) -> ProcedureSignature? { procedures[name]?.signature }

  /// All signatures by name.
  public var signatures: [ProcedureSignature] {
    procedures.values.map(\.signature).sorted { $0.name < $1.name }
  }
}

/// What procedures ask of the engine around the store; everything has a plain answer of its own.
public protocol ProcedureServices: AnyObject {
  /// The version that clients are told.
  var serverVersion: String { get }
  /// The user on whose behalf the statement runs.
  var currentUser: String { get }
  /// When the database was created, in milliseconds since 1970.
  var creationMilliseconds: Int64 { get }
  /// What the client has attached to the transaction.
  var transactionMetadata: MapValue { get set }
  /// The addresses that a driver is told to use.
  var routingAddresses: [String] { get }
  /// The settings whose names contain a text.
  func settings(matching text: String) -> [SettingDescription]
  /// The connections of clients.
  var connections: [ConnectionDescription] { get }
  /// Ends a client's connection; `nil` when there is none of that name.
  func endConnection(_ id: String) -> ConnectionDescription?
  /// Forgets all cached plans and tells how many there were.
  func clearQueryCaches() -> Int
  /// Makes everything durable.
  func checkpoint() throws(Failure)
}

/// A setting as it is listed.
public struct SettingDescription: Sendable {
  /// Its name.
  public var name: String
  /// What it does.
  public var summary: String
  /// The value in force.
  public var value: String
  /// Whether it can change while running.
  public var isDynamic: Bool
  /// The value without any wish.
  public var defaultValue: String
  /// Whether someone has set it.
  public var isExplicitlySet: Bool
  /// Which values it takes.
  public var validValues: String

  /// Puts a description together.
  public init(
    name: String, summary: String, value: String, isDynamic: Bool, defaultValue: String,
    isExplicitlySet: Bool, validValues: String
  ) {
    self.name = name
    self.summary = summary
    self.value = value
    self.isDynamic = isDynamic
    self.defaultValue = defaultValue
    self.isExplicitlySet = isExplicitlySet
    self.validValues = validValues
  }
}

/// A client's connection as it is listed.
public struct ConnectionDescription: Sendable {
  /// Its id.
  public var id: String
  /// When it began, in milliseconds since 1970.
  public var openedMilliseconds: Int64
  /// How it came in.
  public var connector: String
  /// Whose it is.
  public var userName: String
  /// The program at the other end.
  public var userAgent: String
  /// Our end.
  public var serverAddress: String
  /// The other end.
  public var clientAddress: String

  /// Puts a description together.
  public init(
    id: String, openedMilliseconds: Int64, connector: String, userName: String, userAgent: String,
    serverAddress: String, clientAddress: String
  ) {
    self.id = id
    self.openedMilliseconds = openedMilliseconds
    self.connector = connector
    self.userName = userName
    self.userAgent = userAgent
    self.serverAddress = serverAddress
    self.clientAddress = clientAddress
  }
}

extension ProcedureServices {
  /// The release whose behaviour is followed.
  public var serverVersion: String { "5.26.0" }
  /// The user of an embedded database.
  public var currentUser: String { "neo4j" }
  /// Unknown.
  public var creationMilliseconds: Int64 { 0 }
  /// None.
  public var routingAddresses: [String] { ["localhost:7687"] }
  /// None.
  public func settings(matching text: String) -> [SettingDescription] { [] }
  /// None.
  public var connections: [ConnectionDescription] { [] }
  /// There are none.
  public func endConnection(_ id: String) -> ConnectionDescription? { nil }
  /// Nothing was cached.
  public func clearQueryCaches() -> Int { 0 }
  /// Nothing to do.
  public func checkpoint() throws(Failure) {}
}

/// The services of a database that nobody serves.
public final class EmbeddedProcedureServices: ProcedureServices {
  /// What the client has attached to the transaction.
  public var transactionMetadata = MapValue()

  /// Makes services with plain answers.
  public init() {}
}
