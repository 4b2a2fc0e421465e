/// What the engine around the runtime offers to statements: procedures, listings, commits.
public final class Surroundings {
  /// The procedures that may be called.
  public var procedures: ProcedureRegistry
  /// What procedures ask of the engine.
  public var services: any ProcedureServices
  /// Answers commands that list things.
  public weak var listings: (any ListingSource)?
  /// Commits in the middle of a statement, for `CALL { … } IN TRANSACTIONS`.
  public weak var transactionControl: (any TransactionControl)?
  /// The database's name.
  public var databaseName: String
  /// The middle part of element ids.
  public var databaseID: String
  /// Where the files of LOAD CSV lie; `nil` for the folder that `NACRE_IMPORT` names, else the working
  /// directory.
  public var importDirectory: String?
  /// Whether that working directory may be read from.
  public var readsWorkingDirectory = true

  /// Makes surroundings; by default there are the standard procedures and nothing else.
  public init(
    procedures: ProcedureRegistry = .standard,
    services: any ProcedureServices = EmbeddedProcedureServices(), databaseName: String = "neo4j",
    databaseID: String = "00000000-0000-0000-0000-000000000000"
  ) {
    self.procedures = procedures
    self.services = services
    self.databaseName = databaseName
    self.databaseID = databaseID
  }
}
