/// What a statement has changed so far.
public struct UpdateCounters: Hashable, Sendable {
  /// Nodes made.
  public var nodesCreated = 0
  /// Nodes deleted.
  public var nodesDeleted = 0
  /// Relationships made.
  public var relationshipsCreated = 0
  /// Relationships deleted.
  public var relationshipsDeleted = 0
  /// Properties set or removed.
  public var propertiesSet = 0
  /// Labels given to nodes that did not have them.
  public var labelsAdded = 0
  /// Labels taken from nodes that had them.
  public var labelsRemoved = 0
  /// Indexes made.
  public var indexesAdded = 0
  /// Indexes dropped.
  public var indexesRemoved = 0
  /// Constraints made.
  public var constraintsAdded = 0
  /// Constraints dropped.
  public var constraintsRemoved = 0
  /// Changes of the catalogue of databases and users.
  public var systemUpdates = 0

  /// Nothing changed.
  public init() {}

  /// Whether the graph changed.
  public var containsUpdates: Bool {
    nodesCreated + nodesDeleted + relationshipsCreated + relationshipsDeleted + propertiesSet
      + labelsAdded + labelsRemoved > 0
  }
}
