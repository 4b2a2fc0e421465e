import GraphValues

/// Entities to look at when the statement or the transaction commits.
struct DeferredChecks {
  /// Deleted nodes that had relationships.
  var deletedWithRelationships: Set<UInt64> = []
  /// Nodes and relationships that came under a constraint of existence or type.
  var nodes: Set<UInt64> = []
  var relationships: Set<UInt64> = []

  var isEmpty: Bool {
    deletedWithRelationships.isEmpty && nodes.isEmpty && relationships.isEmpty
  }
}
