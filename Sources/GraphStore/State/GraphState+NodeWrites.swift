import GraphValues
import KeyValueStore

extension GraphState {
  /// Makes a node; labels and properties ascend.
  mutating func createNode(_ labels: [UInt32], _ properties: [PropertyChange]) throws(StoreError)
    -> UInt64
  {
    try willChange()
    let node = meta.nextNode
    longValues.next = meta.nextLongValue
    builder.begin()
    builder.setHead(labels: labels)
    for property in properties where !property.value.isNull {
      try builder.add(property, &longValues)
    }
    guard builder.propertyCount <= Int(UInt16.max), labels.count <= Int(UInt16.max) else {
      throw .internalFailure(operation: "more than 65,535 properties", code: 0)
    }
    builder.finishNode()
    let changes = try entryChanges(
      rules.indexes(on: labels), old: nil, new: properties, .node(NodeID(node)))
    try space.put(in: trees.nodes, number: node, builder.record, appending: true)
    try applyLongValues()
    meta.nextNode += 1
    counters.add(1, to: CounterKey(.nodes))
    for label in labels {
      insertMember(node, .labelMembers, label)
      counters.add(1, to: CounterKey(.nodesOfLabel, label))
    }
    if pending.isFull { try flushLinks() }
    for change in changes { try apply(change, node) }
    deferChecks(ofNode: node, labels)
    return node
  }

  private mutating func deferChecks(ofNode node: UInt64, _ labels: [UInt32]) {
    guard !rules.nodeChecks.isEmpty else { return }
    if labels.contains(where: { rules.nodeChecks[$0] != nil }) { deferred.nodes.insert(node) }
  }

  /// Copies a node's record to `block`.
  private mutating func loadNode(_ node: UInt64) throws(StoreError) {
    guard try space.copyValue(in: trees.nodes, number: node, to: &block) else {
      throw .nodeNotFound(NodeID(node))
    }
  }

  /// Sets and removes properties of a node.
  ///
  /// - Returns: Whether it had the first of the changed properties.
  mutating func setProperties(
    ofNode node: UInt64, _ changes: [PropertyChange], replacing: Bool
  ) throws(StoreError) -> Bool {
    try willChange()
    try loadNode(node)
    let labels = try NodeView(block.bytes, node).labels
    let had = try Self.hasProperty(changes.first?.key, block, node)
    let entries = try entryChanges(ofNode: node, labels, changes, replacing: replacing)
    if !entries.isEmpty { try loadNode(node) }
    longValues.next = meta.nextLongValue
    try Self.rebuild(block, node, labels, changes, replacing, &builder, &longValues)
    try space.put(in: trees.nodes, number: node, builder.record)
    try applyLongValues()
    for change in entries { try apply(change, node) }
    deferChecks(ofNode: node, labels)
    return had
  }

  private static func hasProperty(_ key: UInt32?, _ record: borrowing ByteBuffer, _ node: UInt64)
    throws(StoreError) -> Bool
  {
    guard let key else { return false }
    let view = try NodeView(record.bytes, node)
    return view.properties?.index(of: key) != nil
  }

  /// Puts a changed record together.
  private static func rebuild(
    _ record: borrowing ByteBuffer, _ node: UInt64, _ labels: [UInt32],
    _ changes: [PropertyChange], _ replacing: Bool, _ builder: inout RecordBuilder,
    _ long: inout LongValueChanges
  ) throws(StoreError) {
    let view = try NodeView(record.bytes, node)
    guard let properties = view.properties else { throw .corruptProperties(node) }
    builder.begin()
    builder.setHead(labels: labels)
    try builder.merge(properties, changes, replacing: replacing, &long, record: node)
    guard builder.propertyCount <= Int(UInt16.max), labels.count <= Int(UInt16.max) else {
      throw .internalFailure(operation: "more than 65,535 properties", code: 0)
    }
    builder.finishNode()
  }

  /// What a change of properties does to the indexes of a node's labels.
  private mutating func entryChanges(
    ofNode node: UInt64, _ labels: [UInt32], _ changes: [PropertyChange], replacing: Bool
  ) throws(StoreError) -> [EntryChange] {
    let affected = rules.indexes(on: labels).filter { index in
      replacing
        || index.keys.contains { key in changes.contains(where: { $0.key == key.raw }) }
    }
    if affected.isEmpty { return [] }
    let old = try properties(of: NodeID(node)).map { (key: $0.key.raw, value: $0.value) }
    return try entryChanges(
      affected, old: old, new: old.merged(with: changes, replacing: replacing),
      .node(NodeID(node)))
  }

  // MARK: Labels

  /// Gives a node a label or takes it away.
  ///
  /// - Returns: Whether that changed anything.
  mutating func setLabel(_ label: UInt32, of node: UInt64, to isSet: Bool) throws(StoreError)
    -> Bool
  {
    try willChange()
    try loadNode(node)
    var labels = try NodeView(block.bytes, node).labels
    let place = labels.firstIndex { $0 >= label } ?? labels.count
    let has = place < labels.count && labels[place] == label
    guard has != isSet else { return false }
    if isSet { labels.insert(label, at: place) } else { labels.remove(at: place) }

    var entries: [EntryChange] = []
    let indexes = rules.nodeIndexes[label] ?? []
    if !indexes.isEmpty {
      let all = try properties(of: NodeID(node)).map { (key: $0.key.raw, value: $0.value) }
      entries = try entryChanges(
        indexes, old: isSet ? nil : all, new: isSet ? all : nil, .node(NodeID(node)))
    }
    longValues.next = meta.nextLongValue
    try Self.rebuild(block, node, labels, [], false, &builder, &longValues)
    try space.put(in: trees.nodes, number: node, builder.record)
    try countRelationships(of: node, [label], sign: isSet ? 1 : -1)
    counters.add(isSet ? 1 : -1, to: CounterKey(.nodesOfLabel, label))
    if isSet {
      insertMember(node, .labelMembers, label)
    } else {
      try removeMember(node, .labelMembers, label)
    }
    for change in entries { try apply(change, node) }
    if isSet { deferChecks(ofNode: node, [label]) }
    return true
  }

  /// Adds a node's relationships to the counters of some of its labels, or takes them from there.
  ///
  /// - Returns: How many there are, loops twice.
  @discardableResult
  private mutating func countRelationships(of node: UInt64, _ labels: [UInt32], sign: Int64)
    throws(StoreError) -> Int
  {
    var sum = 0
    for (word, count) in try degrees(of: node) {
      sum += count
      let kind: CounterKey.Kind = word & AdjacencyKey.incomingBit == 0 ? .starts : .ends
      for label in labels {
        let change = sign * Int64(count)
        counters.add(change, to: CounterKey(kind, label, word & ~AdjacencyKey.incomingBit))
        counters.add(change, to: CounterKey(kind, label, CounterKey.anyType))
      }
    }
    return sum
  }

  // MARK: Deleting

  /// Deletes a node; its relationships must follow before the commit.
  mutating func deleteNode(_ node: UInt64) throws(StoreError) -> Bool {
    try willChange()
    guard try space.copyValue(in: trees.nodes, number: node, to: &block) else { return false }
    let labels = try NodeView(block.bytes, node).labels
    let indexes = rules.indexes(on: labels)
    if !indexes.isEmpty {
      let all = try properties(of: NodeID(node)).map { (key: $0.key.raw, value: $0.value) }
      for change in try entryChanges(indexes, old: all, new: nil, .node(NodeID(node))) {
        try apply(change, node)
      }
      try loadNode(node)
    }
    longValues.next = meta.nextLongValue
    try Self.abandonLongValues(ofNode: block, node, &longValues)
    try space.remove(in: trees.nodes, number: node)
    try applyLongValues()
    counters.add(-1, to: CounterKey(.nodes))
    for label in labels {
      try removeMember(node, .labelMembers, label)
      counters.add(-1, to: CounterKey(.nodesOfLabel, label))
    }
    if try countRelationships(of: node, labels, sign: -1) > 0 {
      deferred.deletedWithRelationships.insert(node)
    }
    return true
  }

  private static func abandonLongValues(
    ofNode record: borrowing ByteBuffer, _ node: UInt64, _ long: inout LongValueChanges
  ) throws(StoreError) {
    let view = try NodeView(record.bytes, node)
    guard let properties = view.properties else { throw .corruptProperties(node) }
    long.abandon(properties)
  }

  /// Deletes a node with its relationships.
  ///
  /// - Returns: How many relationships, or `nil` when there is no such node.
  mutating func detachDeleteNode(_ node: UInt64) throws(StoreError) -> Int? {
    guard try exists(NodeID(node)) else { return nil }
    var deleted = 0
    let found = Column(.relationships)
    while true {
      found.reset(.relationships)
      _ = try appendNeighbours(
        of: node, .both, types: nil, limit: 1_024, resume: nil, nil, found, nil)
      if found.count == 0 { break }
      for row in 0..<found.count where try deleteRelationship(found.word(at: row)) { deleted += 1 }
    }
    _ = try deleteNode(node)
    return deleted
  }
}

extension LongValueChanges {
  /// All long values of a record that goes.
  mutating func abandon(_ properties: borrowing PropertyView) {
    for index in 0..<properties.count {
      if let value = properties.value(index), let number = ValueCodec.longValueNumber(value) {
        stale.append(number)
      }
    }
  }
}

extension [PropertyChange] {
  /// Properties with changes on top, both ascending by key; nulls go.
  func merged(with changes: [PropertyChange], replacing: Bool) -> [PropertyChange] {
    var merged = replacing ? [] : filter { property in changes.value(of: property.key) == nil }
    merged.append(contentsOf: changes.filter { !$0.value.isNull })
    return merged.sorted { $0.key < $1.key }
  }
}
