public import GraphValues

/// Something in a store that does not agree with the rest of it.
public enum StoreProblem: Sendable {
  /// A record does not decode.
  case unreadable(EntityID, expected: String)
  /// A node is not listed under one of its labels.
  case missingFromLabel(NodeID, LabelToken)
  /// A relationship is not listed under its type.
  case missingFromType(RelationshipID, TypeToken)
  /// A relationship's end does not exist.
  case missingEnd(RelationshipID, NodeID)
  /// A node's adjacency lacks a relationship.
  case missingFromAdjacency(RelationshipID, NodeID)
  /// Adjacency has another number of entries than the relationships have ends.
  case adjacencyCount(found: Int, expected: Int)
  /// An entity is not in an index that it belongs to.
  case missingFromIndex(EntityID, SchemaRuleID)
  /// An index has another number of entries than entities belong to it.
  case indexCount(SchemaRuleID, found: Int, expected: Int)
  /// A constraint does not hold.
  case violation(ConstraintViolation)
  /// A kept count is wrong; names say of what, in this order: label, type, label.
  case count(start: LabelToken?, type: TypeToken?, end: LabelToken?, found: Int, expected: Int)
  /// The kept count of nodes, of a label where there is one, is wrong.
  case nodeCount(LabelToken?, found: Int, expected: Int)
}

extension GraphTransaction {
  /// Reads the whole store and looks whether its parts agree.
  ///
  /// - Parameter limit: How many problems to look for before giving up.
  /// - Returns: The problems in the order of records; empty when all is well.
  /// - Throws: What reading throws apart from `corrupt`.
  public func check(limit: Int = 100) throws(StoreError) -> [StoreProblem] {
    var check = StoreCheck(limit: limit)
    do throws(StoreError) {
      try check.run(&state)
    } catch .corrupt(let record, let expected) {
      check.report(.unreadable(.node(NodeID(record)), expected: expected))
    }
    return check.problems
  }
}
