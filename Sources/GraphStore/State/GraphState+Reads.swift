import GraphValues
import KeyValueStore

extension GraphState {
  func exists(_ node: NodeID) throws(StoreError) -> Bool {
    try space.value(in: trees.nodes, number: node.raw) != nil
  }
  func exists(_ relationship: RelationshipID) throws(StoreError) -> Bool {
    try space.value(in: trees.relationships, number: relationship.raw) != nil
  }
  func labels(of node: UInt64) throws(StoreError) -> [UInt32] {
    guard let labels = try labelsIfExists(node) else { throw .nodeNotFound(NodeID(node)) }
    return labels
  }

  func labelsIfExists(_ node: UInt64) throws(StoreError) -> [UInt32]? {
    guard let bytes = try space.value(in: trees.nodes, number: node) else { return nil }
    return try NodeView(bytes, node).labels
  }
  func hasLabel(_ label: LabelToken, _ node: NodeID) throws(StoreError) -> Bool {
    guard let bytes = try space.value(in: trees.nodes, number: node.raw) else {
      throw .nodeNotFound(node)
    }
    return try NodeView(bytes, node.raw).hasLabel(label.raw)
  }
  func property(_ key: KeyToken, of node: NodeID) throws(StoreError) -> Value {
    guard let bytes = try space.value(in: trees.nodes, number: node.raw) else {
      throw .nodeNotFound(node)
    }
    let view = try NodeView(bytes, node.raw)
    guard let properties = view.properties else { throw .corruptProperties(node.raw) }
    return try property(key, in: properties, node.raw)
  }
  func property(_ key: KeyToken, of relationship: RelationshipID) throws(StoreError)
    -> Value
  {
    guard let bytes = try space.value(in: trees.relationships, number: relationship.raw) else {
      throw .relationshipNotFound(relationship)
    }
    let view = try RelationshipView(bytes, relationship.raw)
    guard let properties = view.properties else { throw .corruptProperties(relationship.raw) }
    return try property(key, in: properties, relationship.raw)
  }
  func properties(of node: NodeID) throws(StoreError) -> [(key: KeyToken, value: Value)] {
    guard let bytes = try space.value(in: trees.nodes, number: node.raw) else {
      throw .nodeNotFound(node)
    }
    let view = try NodeView(bytes, node.raw)
    guard let properties = view.properties else { throw .corruptProperties(node.raw) }
    return try list(properties, node.raw)
  }
  func properties(of relationship: RelationshipID) throws(StoreError)
    -> [(key: KeyToken, value: Value)]
  {
    guard let bytes = try space.value(in: trees.relationships, number: relationship.raw) else {
      throw .relationshipNotFound(relationship)
    }
    let view = try RelationshipView(bytes, relationship.raw)
    guard let properties = view.properties else { throw .corruptProperties(relationship.raw) }
    return try list(properties, relationship.raw)
  }
  func header(of relationship: RelationshipID) throws(StoreError) -> RelationshipHeader {
    guard let bytes = try space.value(in: trees.relationships, number: relationship.raw) else {
      if let header = removedHeaders[relationship.raw] { return header }
      throw .relationshipNotFound(relationship)
    }
    return try RelationshipView(bytes, relationship.raw).header
  }

  // MARK: Values

  private func property(_ key: KeyToken, in properties: borrowing PropertyView, _ record: UInt64)
    throws(StoreError) -> Value
  {
    guard let index = properties.index(of: key.raw) else { return .null }
    guard let bytes = properties.value(index) else { throw .corruptProperties(record) }
    return try value(bytes, record)
  }

  private func list(_ properties: borrowing PropertyView, _ record: UInt64) throws(StoreError)
    -> [(key: KeyToken, value: Value)]
  {
    var list: [(key: KeyToken, value: Value)] = []
    list.reserveCapacity(properties.count)
    for index in 0..<properties.count {
      guard let bytes = properties.value(index) else { throw .corruptProperties(record) }
      list.append((KeyToken(properties.key(index)), try value(bytes, record)))
    }
    return list
  }
  func value(_ bytes: RawSpan, _ record: UInt64) throws(StoreError) -> Value {
    guard let number = ValueCodec.longValueNumber(bytes) else {
      return try ValueCodec.decode(bytes, record: record)
    }
    guard let long = try space.value(in: trees.longValues, number: number) else {
      throw .corrupt(record: record, expected: "long value")
    }
    return try ValueCodec.decode(long, record: record)
  }
}

extension ValueCodec {
  /// The number under which a long value lies, when the encoding refers to one.
  @inline(__always)
  static func longValueNumber(_ bytes: RawSpan) -> UInt64? {
    guard bytes.byteCount == 17, bytes.uint8(at: 0) == Tag.long.rawValue else { return nil }
    return bytes.uint64(at: 1)
  }
}

extension StoreError {
  static func corruptProperties(_ record: UInt64) -> StoreError {
    .corrupt(record: record, expected: "property list")
  }
}
