import GraphValues
import KeyValueStore

extension GraphState {
  /// Makes a relationship; properties ascend.
  mutating func createRelationship(
    _ header: RelationshipHeader, _ properties: [PropertyChange]
  ) throws(StoreError) -> UInt64 {
    try willChange()
    let relationship = meta.nextRelationship
    let startLabels = try labels(of: header.start.raw)
    let endLabels =
      header.start == header.end ? startLabels : try labels(of: header.end.raw)
    longValues.next = meta.nextLongValue
    builder.begin()
    builder.setHead(header)
    for property in properties where !property.value.isNull {
      try builder.add(property, &longValues)
    }
    builder.finishRelationship()
    let changes = try entryChanges(
      rules.relationshipIndexes[header.type.raw] ?? [], old: nil, new: properties,
      .relationship(RelationshipID(relationship)))
    try space.put(
      in: trees.relationships, number: relationship, builder.record, appending: true)
    try applyLongValues()
    meta.nextRelationship += 1
    try link(relationship, header)
    count(header, startLabels, endLabels, sign: 1)
    for change in changes { try apply(change, relationship) }
    deferChecks(ofRelationship: relationship, header.type.raw)
    return relationship
  }

  private mutating func link(_ relationship: UInt64, _ header: RelationshipHeader)
    throws(StoreError)
  {
    let (start, end) = (header.start.raw, header.end.raw)
    let (out, back) = (
      AdjacencyKey.word(header.type.raw, incoming: false),
      AdjacencyKey.word(header.type.raw, incoming: true)
    )
    pending.adjacency.append(
      PendingLinks.Entry(node: start, word: out, neighbour: end, relationship: relationship))
    pending.adjacency.append(
      PendingLinks.Entry(node: end, word: back, neighbour: start, relationship: relationship))
    insertMember(relationship, .typeMembers, header.type.raw)
    if pending.isFull { try flushLinks() }
  }

  private mutating func count(
    _ header: RelationshipHeader, _ startLabels: [UInt32], _ endLabels: [UInt32], sign: Int64
  ) {
    let type = header.type.raw
    counters.add(sign, to: CounterKey(.relationships))
    counters.add(sign, to: CounterKey(.relationshipsOfType, type))
    for label in startLabels {
      counters.add(sign, to: CounterKey(.starts, label, type))
      counters.add(sign, to: CounterKey(.starts, label, CounterKey.anyType))
    }
    for label in endLabels {
      counters.add(sign, to: CounterKey(.ends, label, type))
      counters.add(sign, to: CounterKey(.ends, label, CounterKey.anyType))
    }
  }

  private mutating func deferChecks(ofRelationship relationship: UInt64, _ type: UInt32) {
    if rules.relationshipChecks[type] != nil { deferred.relationships.insert(relationship) }
  }

  /// Sets and removes properties of a relationship.
  ///
  /// - Returns: Whether it had the first of the changed properties.
  mutating func setProperties(
    ofRelationship relationship: UInt64, _ changes: [PropertyChange], replacing: Bool
  ) throws(StoreError) -> Bool {
    try willChange()
    let header = try header(of: RelationshipID(relationship))
    var entries: [EntryChange] = []
    let affected = (rules.relationshipIndexes[header.type.raw] ?? []).filter { index in
      replacing
        || index.keys.contains { key in changes.contains(where: { $0.key == key.raw }) }
    }
    if !affected.isEmpty {
      let old = try properties(of: RelationshipID(relationship))
        .map { (key: $0.key.raw, value: $0.value) }
      entries = try entryChanges(
        affected, old: old, new: old.merged(with: changes, replacing: replacing),
        .relationship(RelationshipID(relationship)))
    }
    guard try space.copyValue(in: trees.relationships, number: relationship, to: &block) else {
      throw .relationshipNotFound(RelationshipID(relationship))
    }
    longValues.next = meta.nextLongValue
    let had = try Self.rebuild(
      block, relationship, changes, replacing, &builder, &longValues)
    try space.put(in: trees.relationships, number: relationship, builder.record)
    try applyLongValues()
    for change in entries { try apply(change, relationship) }
    deferChecks(ofRelationship: relationship, header.type.raw)
    return had
  }

  private static func rebuild(
    _ record: borrowing ByteBuffer, _ relationship: UInt64, _ changes: [PropertyChange],
    _ replacing: Bool, _ builder: inout RecordBuilder, _ long: inout LongValueChanges
  ) throws(StoreError) -> Bool {
    let view = try RelationshipView(record.bytes, relationship)
    guard let properties = view.properties else { throw .corruptProperties(relationship) }
    builder.begin()
    builder.setHead(view.header)
    try builder.merge(properties, changes, replacing: replacing, &long, record: relationship)
    builder.finishRelationship()
    guard let first = changes.first else { return false }
    return properties.index(of: first.key) != nil
  }

  /// Deletes a relationship.
  mutating func deleteRelationship(_ relationship: UInt64) throws(StoreError) -> Bool {
    try willChange()
    guard try space.copyValue(in: trees.relationships, number: relationship, to: &block) else {
      return false
    }
    let header = try RelationshipView(block.bytes, relationship).header
    longValues.next = meta.nextLongValue
    try Self.abandonLongValues(of: block, relationship, &longValues)
    let indexes = rules.relationshipIndexes[header.type.raw] ?? []
    if !indexes.isEmpty {
      let all = try properties(of: RelationshipID(relationship))
        .map { (key: $0.key.raw, value: $0.value) }
      let id = EntityID.relationship(RelationshipID(relationship))
      for change in try entryChanges(indexes, old: all, new: nil, id) {
        try apply(change, relationship)
      }
    }
    try space.remove(in: trees.relationships, number: relationship)
    if removedHeaders.count < 65_536 { removedHeaders[relationship] = header }
    try applyLongValues()
    let (start, end) = (header.start.raw, header.end.raw)
    try removeAdjacency(
      start, AdjacencyKey.word(header.type.raw, incoming: false), neighbour: end,
      relationship: relationship)
    try removeAdjacency(
      end, AdjacencyKey.word(header.type.raw, incoming: true), neighbour: start,
      relationship: relationship)
    try removeMember(relationship, .typeMembers, header.type.raw)
    // An end that was deleted before took its labels' counts with it.
    let startLabels = try labelsIfExists(start) ?? []
    let endLabels = start == end ? startLabels : try labelsIfExists(end) ?? []
    count(header, startLabels, endLabels, sign: -1)
    return true
  }

  private static func abandonLongValues(
    of record: borrowing ByteBuffer, _ relationship: UInt64, _ long: inout LongValueChanges
  ) throws(StoreError) {
    let view = try RelationshipView(record.bytes, relationship)
    guard let properties = view.properties else { throw .corruptProperties(relationship) }
    long.abandon(properties)
  }
}
