public import Diagnostics
public import GraphStore
import GraphValues

extension Failure {
  /// What a client is told of a store's error that happens while rows are read or written.
  ///
  /// Constraint violations are told with names by the writing operators, which know them.
  public init(_ error: StoreError) {
    switch error {
    case .nodeNotFound(let id): self = .deleted(.node(id))
    case .relationshipNotFound(let id): self = .deleted(.relationship(id))
    case .nodeHasRelationships(let id):
      self.init(
        code: "Neo.ClientError.Schema.ConstraintValidationFailed",
        message: "Cannot delete node<\(id.raw)>, because it still has relationships. "
          + "To delete this node, you must first delete its relationships.",
        gqlStatus: "G1001", gqlDescription: "dependent object error - edges still exist",
        hint: "DETACH DELETE deletes a node together with its relationships")
    case .locked(let process):
      let holder = process.map { "process \($0)" } ?? "another thread or process"
      self.init(
        code: "Neo.TransientError.Transaction.LockAcquisitionTimeout",
        message: "The database is being written by \(holder), which did not finish in time.")
    case .mapFull(let limit):
      self = .storage("The database has reached its largest size of \(limit) bytes.")
    case .diskFull: self = .storage("The disk is full.")
    case .unsupportedFormat(let found, let supported):
      self = .storage(
        "The database has format \(found); this version reads format \(supported).")
    case .corrupt(let record, let expected):
      self = .storage("Record \(record) of the database is damaged: expected \(expected).")
    case .unusableLog(let reason):
      self = .storage(
        "The database was not closed, and its last commits, which are in commit.log, cannot be "
          + "made again: \(reason). Nothing was changed.",
        hint: "restore a copy, or move commit.log away to open the database without them")
    case .unusableDirectory(let reason): self = .storage(reason)
    case .inputOutput(let operation, let number):
      self = .storage(
        "The operating system refused to \(operation): \(StoreError.reason(number, of: operation))."
      )
    case .internalFailure(let operation, let code):
      self = .storage("The store failed to \(operation) (code \(code)).")
    case .tooManyTransactions:
      self.init(
        code: "Neo.TransientError.Transaction.MaximumTransactionLimitReached",
        message: "Too many transactions are open on this database.")
    case .readOnlyTransaction:
      self = .statement(
        "AccessMode", "Writing in read access mode not allowed. Attempted write to neo4j")
    case .transactionFinished: self = .execution("the transaction has ended")
    case .notStorable(let value):
      self = .invalidType(
        "Property values can only be of primitive types or arrays thereof. "
          + "Encountered: \(value.debugText).", value: value,
        expected: [
          "BOOLEAN", "STRING", "INTEGER", "FLOAT", "DATE", "LOCAL TIME", "ZONED TIME",
          "LOCAL DATETIME", "ZONED DATETIME", "DURATION", "POINT",
        ])
    case .constraintViolation, .constraintCreationFailed:
      self.init(
        code: "Neo.ClientError.Schema.ConstraintValidationFailed",
        message: "A constraint does not hold.")
    case .schemaNameTaken(let name):
      self.init(
        code: "Neo.ClientError.Schema.IndexWithNameAlreadyExists",
        message: "There already exists an index called '\(name)'.")
    case .schemaRuleNotFound: self = .execution("an index that the plan uses is gone")
    case .catalogueConflict(let name):
      self.init(
        code: "Neo.ClientError.Database.DatabaseNotFound",
        message: "Graph not found: \(name)")
    }
  }

  private static func storage(_ message: String, hint: String? = nil) -> Failure {
    Failure(code: "Neo.DatabaseError.General.UnknownError", message: message, hint: hint)
  }
}
