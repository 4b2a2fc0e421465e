public import GraphValues

extension GraphTransaction {
  /// How many nodes there are.
  public func nodeCount() throws(StoreError) -> Int { 0 }

  /// How many nodes have a label.
  public func nodeCount(_ label: LabelToken) throws(StoreError) -> Int { 0 }

  /// How many relationships there are, by type and by a label of one end.
  ///
  /// - Returns: `nil` when both ends are given: that is not kept.
  public func relationshipCount(
    type: TypeToken? = nil, start: LabelToken? = nil, end: LabelToken? = nil
  ) throws(StoreError) -> Int? { 0 }

  /// How much an index holds; zero for kinds that keep no entries.
  public func statistics(of index: SchemaRuleID) throws(StoreError) -> IndexStatistics {
    IndexStatistics(entryCount: 0, distinctCount: 0)
  }
}
