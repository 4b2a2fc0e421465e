public import GraphValues

extension GraphTransaction {
  /// How many nodes there are.
  public func nodeCount() throws(StoreError) -> Int { try state.count(CounterKey(.nodes)) }

  /// How many nodes have a label.
  public func nodeCount(_ label: LabelToken) throws(StoreError) -> Int {
    try state.count(CounterKey(.nodesOfLabel, label.raw))
  }

  /// How many relationships there are, by type and by a label of one end.
  ///
  /// - Returns: `nil` when both ends are given: that is not kept.
  public func relationshipCount(
    type: TypeToken? = nil, start: LabelToken? = nil, end: LabelToken? = nil
  ) throws(StoreError) -> Int? {
    switch (start, end) {
    case (nil, nil):
      guard let type else { return try state.count(CounterKey(.relationships)) }
      return try state.count(CounterKey(.relationshipsOfType, type.raw))
    case (let start?, nil):
      return try state.count(CounterKey(.starts, start.raw, type?.raw ?? CounterKey.anyType))
    case (nil, let end?):
      return try state.count(CounterKey(.ends, end.raw, type?.raw ?? CounterKey.anyType))
    case (_?, _?): return nil
    }
  }

  /// How much an index holds; zero for kinds that keep no entries.
  public func statistics(of index: SchemaRuleID) throws(StoreError) -> IndexStatistics {
    IndexStatistics(
      entryCount: try state.count(CounterKey(.indexEntries, index.raw)),
      distinctCount: try state.count(CounterKey(.indexValues, index.raw)))
  }
}
