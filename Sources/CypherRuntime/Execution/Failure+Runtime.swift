import Diagnostics
import GraphStore
import GraphValues

extension Failure {
  /// A failure with a Neo4j code under `Neo.ClientError.Statement`.
  static func statement(_ title: String, _ message: String) -> Failure {
    Failure(code: "Neo.ClientError.Statement.\(title)", message: message)
  }

  /// An argument out of its domain.
  static func argument(_ message: String) -> Failure { .statement("ArgumentError", message) }

  /// Division by zero, overflow and their like.
  static func arithmetic(_ message: String) -> Failure { .statement("ArithmeticError", message) }

  /// Something that the engine did not expect of its own parts.
  static func execution(_ message: String) -> Failure {
    Failure(
      code: "Neo.DatabaseError.Statement.ExecutionFailed", message: message, gqlStatus: "50N00",
      gqlDescription:
        "general processing exception - internal error. Internal exception raised CypherExecution: "
        + message)
  }

  /// The statement was told to stop.
  static func terminated(_ reason: Cancellation.Reason) -> Failure {
    let text =
      "The transaction has been terminated. Retry your operation in a new transaction, "
      + "and you should see a successful result. "
    let (code, why) =
      switch reason {
      case .user: ("Terminated", "Explicitly terminated by the user.")
      case .clientTimeout:
        (
          "TransactionTimedOutClientConfiguration",
          "The transaction has not completed within the timeout specified at its start by the "
            + "client. You may want to retry with a longer timeout."
        )
      case .engineTimeout:
        (
          "TransactionTimedOut",
          "The transaction has not completed within the specified timeout (db.transaction.timeout). "
            + "You may want to retry with a longer timeout."
        )
      }
    return Failure(
      code: "Neo.ClientError.Transaction.\(code)", message: "\(text)\(why) ", gqlStatus: "25N14",
      gqlDescription: "invalid transaction state - transaction termination client error. "
        + "\(text)Reason: \(why)")
  }

  /// The statement holds more than it may.
  static func outOfMemory(limitBytes: Int) -> Failure {
    let text =
      "The allocation of an extra amount of memory would use more than the limit of "
      + "\(limitBytes) bytes that a statement may hold; sort, group or collect fewer rows."
    return Failure(
      code: "Neo.TransientError.General.MemoryPoolOutOfMemoryError", message: text,
      gqlStatus: "51N72",
      gqlDescription: "system configuration or operation exception - "
        + "memory pool out of memory. " + text)
  }

  /// A parameter that the client did not send.
  static func missingParameters(_ names: [String]) -> Failure {
    .statement("ParameterMissing", "Expected parameter(s): " + names.joined(separator: ", "))
  }

  /// What a read of a deleted node or relationship says.
  static func deleted(_ entity: EntityID) -> Failure {
    let kind =
      switch entity {
      case .node: "Node"
      case .relationship: "Relationship"
      }
    var failure = Failure.statement(
      "EntityNotFound", "\(kind) with id \(entity.raw) has been deleted in this transaction")
    failure.gqlStatus = "25N13"
    failure.gqlDescription =
      "invalid transaction state - cannot access entity after removal. A \(kind.lowercased()) was "
      + "accessed after being deleted in this transaction. Verify the transaction statements."
    return failure
  }

  /// What a change of a deleted node or relationship says where the change needs it.
  static func unableToLoad(_ entity: EntityID, _ databaseID: String) -> Failure {
    let kind =
      switch entity {
      case .node: "NODE"
      case .relationship: "RELATIONSHIP"
      }
    var failure = Failure.statement(
      "EntityNotFound", "Unable to load \(kind) 4:\(databaseID):\(entity.raw).")
    failure.gqlStatus = "50N00"
    failure.gqlDescription =
      "general processing exception - internal error. Internal exception raised "
      + "EntityNotFoundException: \(failure.message)"
    return failure
  }
}

/// Runs a call of the store and turns its errors into failures.
@inline(__always)
func reading<Result>(_ body: () throws(StoreError) -> Result) throws(Failure) -> Result {
  do throws(StoreError) {
    return try body()
  } catch {
    throw Failure(error)
  }
}
