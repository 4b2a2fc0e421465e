import GraphValues
import KeyValueStore

/// Compares what is derived in a store with the records that it derives from.
struct StoreCheck {
  let limit: Int
  private(set) var problems: [StoreProblem] = []
  private var counts: [CounterKey: Int] = [:]

  init(limit: Int) { self.limit = limit }

  mutating func report(_ problem: StoreProblem) {
    if problems.count < limit { problems.append(problem) }
  }

  private var isFull: Bool { problems.count >= limit }

  mutating func run(_ state: inout GraphState) throws(StoreError) {
    try state.flushLinks()
    try checkNodes(&state)
    try checkRelationships(&state)
    try checkAdjacencyCount(&state)
    try checkCounters(&state)
  }

  // MARK: Nodes

  private mutating func checkNodes(_ state: inout GraphState) throws(StoreError) {
    var first: UInt64 = 0
    while !isFull {
      var ids: [UInt64] = []
      let isEnd = try state.scanNodes([], from: first, limit: 1_024, to: &ids)
      for node in ids {
        do throws(StoreError) {
          try checkNode(node, &state)
        } catch .corrupt(_, let expected) {
          report(.unreadable(.node(NodeID(node)), expected: expected))
        }
      }
      guard !isEnd, let last = ids.last else { return }
      first = last + 1
    }
  }

  private mutating func checkNode(_ node: UInt64, _ state: inout GraphState) throws(StoreError) {
    let labels = try state.labels(of: node)
    let properties = try state.properties(of: NodeID(node))
      .map { (key: $0.key.raw, value: $0.value) }
    counts[CounterKey(.nodes), default: 0] += 1
    for label in labels {
      counts[CounterKey(.nodesOfLabel, label), default: 0] += 1
      if try !state.isMember(node, .labelMembers, label) {
        report(.missingFromLabel(NodeID(node), LabelToken(label)))
      }
      for constraint in state.rules.nodeChecks[label] ?? [] {
        try check(constraint, .node(NodeID(node)), &state)
      }
    }
    try checkEntries(
      state.rules.indexes(on: labels), properties, .node(NodeID(node)), &state)
  }

  private mutating func check(
    _ constraint: ConstraintDescriptor, _ entity: EntityID, _ state: inout GraphState
  ) throws(StoreError) {
    do throws(StoreError) {
      try state.check(constraint, entity)
    } catch .constraintViolation(let violation) {
      report(.violation(violation))
    }
  }

  private mutating func checkEntries(
    _ indexes: [IndexDescriptor], _ properties: [PropertyChange], _ entity: EntityID,
    _ state: inout GraphState
  ) throws(StoreError) {
    for index in indexes {
      guard let form = GraphState.form(of: properties, index) else { continue }
      counts[CounterKey(.indexEntries, index.id.raw), default: 0] += 1
      if try !state.hasEntry(index.id, form, entity.raw) {
        report(.missingFromIndex(entity, index.id))
      }
    }
  }

  // MARK: Relationships

  private mutating func checkRelationships(_ state: inout GraphState) throws(StoreError) {
    var first: UInt64 = 0
    while !isFull {
      let found = Column(.relationships)
      let (count, last) = try state.scanRelationships(
        from: first, limit: 1_024, found, nil, nil, nil)
      for row in 0..<count {
        let id = RelationshipID(found.word(at: row))
        do throws(StoreError) {
          try checkRelationship(id, &state)
        } catch .corrupt(_, let expected) {
          report(.unreadable(.relationship(id), expected: expected))
        }
      }
      if count < 1_024 { return }
      first = last + 1
    }
  }

  private mutating func checkRelationship(_ id: RelationshipID, _ state: inout GraphState)
    throws(StoreError)
  {
    let header = try state.header(of: id)
    let type = header.type.raw
    let properties = try state.properties(of: id).map { (key: $0.key.raw, value: $0.value) }
    counts[CounterKey(.relationships), default: 0] += 1
    counts[CounterKey(.relationshipsOfType, type), default: 0] += 1
    if try !state.isMember(id.raw, .typeMembers, type) {
      report(.missingFromType(id, header.type))
    }
    for (kind, node, other, direction) in [
      (CounterKey.Kind.starts, header.start, header.end, Direction.outgoing),
      (.ends, header.end, header.start, .incoming),
    ] {
      guard let labels = try state.labelsIfExists(node.raw) else {
        report(.missingEnd(id, node))
        continue
      }
      for label in labels {
        counts[CounterKey(kind, label, type), default: 0] += 1
        counts[CounterKey(kind, label, CounterKey.anyType), default: 0] += 1
      }
      let between = Column(.relationships)
      try state.appendRelationships(
        between: node.raw, other.raw, direction, types: [header.type], to: between)
      if !(0..<between.count).contains(where: { between.word(at: $0) == id.raw }) {
        report(.missingFromAdjacency(id, node))
      }
    }
    for constraint in state.rules.relationshipChecks[type] ?? [] {
      try check(constraint, .relationship(id), &state)
    }
    try checkEntries(
      state.rules.relationshipIndexes[type] ?? [], properties, .relationship(id), &state)
  }

  private mutating func checkAdjacencyCount(_ state: inout GraphState) throws(StoreError) {
    let found = try state.adjacencyEntryCount()
    let expected = (counts[CounterKey(.relationships)] ?? 0) * 2
    if found != expected { report(.adjacencyCount(found: found, expected: expected)) }
  }

  // MARK: Counters

  private mutating func checkCounters(_ state: inout GraphState) throws(StoreError) {
    let labels = (0..<state.tokens.labels.names.count).map { LabelToken(UInt32($0)) }
    let types = (0..<state.tokens.types.names.count).map { TypeToken(UInt32($0)) }
    for label in [nil] + labels.map(Optional.some) {
      let key = label.map { CounterKey(.nodesOfLabel, $0.raw) } ?? CounterKey(.nodes)
      let (found, expected) = (try state.count(key), counts[key] ?? 0)
      if found != expected { report(.nodeCount(label, found: found, expected: expected)) }
    }
    for type in [nil] + types.map(Optional.some) {
      let key =
        type.map { CounterKey(.relationshipsOfType, $0.raw) } ?? CounterKey(.relationships)
      try compare(key, nil, type, nil, &state)
      let word = type?.raw ?? CounterKey.anyType
      for label in labels {
        try compare(CounterKey(.starts, label.raw, word), label, type, nil, &state)
        try compare(CounterKey(.ends, label.raw, word), nil, type, label, &state)
      }
    }
    for index in state.rules.schema.indexes where index.kind == .range {
      let key = CounterKey(.indexEntries, index.id.raw)
      let expected = counts[key] ?? 0
      for found in [try state.count(key), try state.entryCount(of: index.id)]
      where found != expected {
        report(.indexCount(index.id, found: found, expected: expected))
      }
    }
  }

  private mutating func compare(
    _ key: CounterKey, _ start: LabelToken?, _ type: TypeToken?, _ end: LabelToken?,
    _ state: inout GraphState
  ) throws(StoreError) {
    let (found, expected) = (try state.count(key), counts[key] ?? 0)
    if found != expected {
      report(.count(start: start, type: type, end: end, found: found, expected: expected))
    }
  }
}

extension GraphState {
  fileprivate mutating func isMember(_ id: UInt64, _ kind: LinkKey, _ token: UInt32)
    throws(StoreError) -> Bool
  {
    setMemberKey(kind, token, MemberSet.chunk(of: id))
    guard let bytes = try space.value(in: trees.links, key.bytes) else { return false }
    return MemberSet.contains(MemberSet.place(of: id), bytes)
  }

  fileprivate mutating func hasEntry(_ index: SchemaRuleID, _ form: [UInt8], _ entity: UInt64)
    throws(StoreError) -> Bool
  {
    setEntryPrefix(index, form)
    key.append(big: entity)
    return try space.value(in: trees.entries, key.bytes) != nil
  }

  /// How many entries an index really has.
  fileprivate mutating func entryCount(of index: SchemaRuleID) throws(StoreError) -> Int {
    key.removeAll()
    key.append(big: index.raw)
    var count = 0
    var cursor = try space.cursor(trees.entries)
    var found = try cursor.seek(key.bytes)
    while found, cursor.key.starts(with: key.bytes) {
      count += 1
      found = try cursor.next()
    }
    return count
  }

  /// How many entries all adjacency has, both directions.
  fileprivate mutating func adjacencyEntryCount() throws(StoreError) -> Int {
    AdjacencyKey.setPrefix(&key, node: 0, word: 0)
    var count = 0
    var cursor = try space.cursor(trees.links)
    var found = try cursor.seek(key.bytes)
    while found, let node = AdjacencyKey.node(cursor.key) {
      count += try AdjacencyBlock(cursor.value, node: node).count
      found = try cursor.next()
    }
    return count
  }
}
