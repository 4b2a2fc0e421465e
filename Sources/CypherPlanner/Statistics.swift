public import QueryPlan

/// What the planner may ask about a graph; names, not tokens, so that any store can answer.
public protocol Statistics {
  /// How many nodes there are.
  var nodeCount: Double { get }

  /// How many nodes have a label; 0 when nobody has it.
  func nodeCount(label: String) -> Double

  /// How many relationships there are, of one type or of all, that start or end at a label.
  ///
  /// At most one of `start` and `end` is given.
  func relationshipCount(type: String?, start: String?, end: String?) -> Double

  /// The indexes that serve queries on nodes with this label or relationships of this type.
  func indexes(_ entity: SchemaEntity, name: String) -> [IndexStatistics]

  /// Whether a constraint says that the property is never absent.
  func hasExistenceConstraint(_ entity: SchemaEntity, name: String, property: String) -> Bool
}

/// An index and how full it is.
public struct IndexStatistics: Hashable, Sendable {
  /// What it covers.
  public var reference: IndexReference
  /// RANGE, TEXT or POINT.
  public var kind: IndexKind
  /// How many entities it holds.
  public var entries: Double
  /// About how many distinct values, or combinations of them, it holds.
  public var distinctValues: Double

  /// Makes a description.
  public init(
    reference: IndexReference, kind: IndexKind, entries: Double, distinctValues: Double
  ) {
    self.reference = reference
    self.reference.kind = kind
    self.kind = kind
    self.entries = entries
    self.distinctValues = distinctValues
  }
}
