public import GraphValues
import KeyValueStore

/// Why the store could not do something.
public enum StoreError: Error, Sendable {
  /// Another process or thread holds the writer's place; the pid is known when it wrote it down.
  case locked(byProcess: Int32?)
  /// The database has grown to the size of its map.
  case mapFull(limitBytes: Int)
  /// The disk or the quota is full.
  case diskFull
  /// The file was written by another version of the format.
  case unsupportedFormat(found: UInt64, supported: UInt64)
  /// The bytes of a record do not decode.
  case corrupt(record: UInt64, expected: String)
  /// The log holds commits that cannot be made again, for this reason.
  case unusableLog(String)
  /// The data directory holds other files than it should, for this reason.
  case unusableDirectory(String)
  /// The operating system refused an operation on a file.
  case inputOutput(operation: String, errorNumber: Int32)
  /// LMDB refused an operation in a way that input cannot cause.
  case internalFailure(operation: String, code: Int32)
  /// As many transactions are open as a store has room for.
  case tooManyTransactions
  /// A write was tried in a transaction that only reads.
  case readOnlyTransaction
  /// The transaction was committed or rolled back before.
  case transactionFinished
  /// The node does not exist in this transaction.
  case nodeNotFound(NodeID)
  /// The relationship does not exist in this transaction.
  case relationshipNotFound(RelationshipID)
  /// The node was deleted and still has relationships.
  case nodeHasRelationships(NodeID)
  /// The value is of a kind that no property can hold.
  case notStorable(Value)
  /// A write breaks a constraint.
  case constraintViolation(ConstraintViolation)
  /// Existing data break the constraint that was to be created.
  case constraintCreationFailed(ConstraintDescriptor, ConstraintViolation)
  /// A name is taken by another index or constraint.
  case schemaNameTaken(String)
  /// No index or constraint has this id.
  case schemaRuleNotFound(UInt32)
  /// The database is not in the catalogue, or is there already.
  case catalogueConflict(name: String)
}

extension StoreError {
  /// The system's words for an error number.
  ///
  /// LMDB reports a disk that takes only a part of a write as an error of input and output.
  public static func reason(_ errorNumber: Int32, of operation: String) -> String {
    let reason = FileSystem.reason(errorNumber)
    let mayBeFull = errorNumber == FileSystem.inputOutputFault && operation == "commit"
    return mayBeFull ? reason + " (is the disk full?)" : reason
  }
}

/// What breaks which constraint.
public struct ConstraintViolation: Sendable {
  /// The broken rule.
  public enum Reason: Sendable {
    /// Another entity has these values already; `other` is the one that was there first.
    case duplicate(other: EntityID, values: [Value])
    /// These properties are missing.
    case missing([KeyToken])
    /// The property's value has a type that is not allowed.
    case wrongType(Value)
  }
  /// The constraint.
  public let constraint: ConstraintDescriptor
  /// The entity that breaks it; `nil` while it is being created.
  public let entity: EntityID?
  /// How.
  public let reason: Reason

  /// Puts a violation together.
  public init(constraint: ConstraintDescriptor, entity: EntityID?, reason: Reason) {
    self.constraint = constraint
    self.entity = entity
    self.reason = reason
  }
}

/// A node or a relationship.
public enum EntityID: Hashable, Sendable {
  /// A node.
  case node(NodeID)
  /// A relationship.
  case relationship(RelationshipID)

  /// The number, whichever it is.
  public var raw: UInt64 {
    switch self {
    case .node(let id): id.raw
    case .relationship(let id): id.raw
    }
  }
}
