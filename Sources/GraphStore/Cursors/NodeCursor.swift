public import GraphValues

/// A scan of nodes in ascending order of id, which survives writes of its transaction between fills.
public final class NodeCursor {
  init() {}

  /// Appends up to `limit` nodes to a column of nodes.
  ///
  /// - Returns: How many; 0 at the end.
  public func fill(_ nodes: Column, limit: Int) throws(StoreError) -> Int { 0 }
}

/// A scan of relationships in ascending order of id, which survives writes of its transaction between
/// fills.
public final class RelationshipCursor {
  init() {}

  /// Appends up to `limit` relationships, and, where columns are given, their ends and types.
  ///
  /// - Returns: How many; 0 at the end.
  public func fill(
    _ relationships: Column, starts: Column? = nil, ends: Column? = nil, typeTokens: Column? = nil,
    limit: Int
  ) throws(StoreError) -> Int { 0 }
}

/// A scan of an index, which survives writes of its transaction between fills.
public final class IndexCursor {
  init() {}

  /// Appends up to `limit` nodes or relationships.
  ///
  /// - Returns: How many; 0 at the end.
  public func fill(_ entities: Column, limit: Int) throws(StoreError) -> Int { 0 }
}

/// One end of a range.
public enum IndexBound: Sendable {
  /// The value belongs to the range.
  case inclusive(Value)
  /// The value does not belong to the range.
  case exclusive(Value)
}

/// Which part of a RANGE index to read.
///
/// A null or NaN where a value is compared selects nothing.
public enum IndexPredicate: Sendable {
  /// All entries whose first properties equal these values; all properties given is an exact seek,
  /// none given is all entries.
  case equal([Value])
  /// Entries whose first properties equal `prefix` and whose next one lies within bounds of one type;
  /// a side without bound ends with the type. At least one bound.
  case range(prefix: [Value], lower: IndexBound?, upper: IndexBound?)
  /// Entries whose first properties equal `prefix` and whose next one is a string that starts so.
  case startsWith(prefix: [Value], String)
  /// Entries whose first properties equal `prefix` and whose next one is any string.
  case strings(prefix: [Value])
}

extension GraphTransaction {
  /// Scans all nodes, or those that have all of some labels.
  public func scanNodes(labels: [LabelToken] = []) -> NodeCursor { NodeCursor() }

  /// Scans all relationships, or those of some types; `nil` for all types.
  public func scanRelationships(types: [TypeToken]? = nil) -> RelationshipCursor {
    RelationshipCursor()
  }

  /// Scans part of a RANGE index in order of its values, ties by ascending id.
  ///
  /// - Throws: `schemaRuleNotFound`.
  public func scanIndex(
    _ index: SchemaRuleID, _ predicate: IndexPredicate, descending: Bool = false
  ) throws(StoreError) -> IndexCursor { IndexCursor() }
}
