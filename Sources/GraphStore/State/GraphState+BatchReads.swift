import GraphValues
import KeyValueStore

extension GraphState {
  func read(
    _ key: KeyToken, of entities: Column, rowCount: Int, selection: [UInt16]?, into result: Column
  ) throws(StoreError) {
    var row = 0
    func fill(upTo end: Int) {
      while row < end {
        result.appendFiller()
        row += 1
      }
    }
    if let selection {
      for selected in selection where Int(selected) < rowCount {
        fill(upTo: Int(selected))
        try append(key, of: entities, row: row, to: result)
        row += 1
      }
      fill(upTo: rowCount)
    } else {
      while row < rowCount {
        try append(key, of: entities, row: row, to: result)
        row += 1
      }
    }
  }

  private func append(_ key: KeyToken, of entities: Column, row: Int, to result: Column)
    throws(StoreError)
  {
    switch entities.kind {
    case .nodes where !entities.isNull(at: row):
      try append(key, ofNode: entities.word(at: row), to: result)
    case .relationships where !entities.isNull(at: row):
      try append(key, ofRelationship: entities.word(at: row), to: result)
    case .values:
      switch entities.value(at: row) {
      case .node(let node): try append(key, ofNode: node.raw, to: result)
      case .relationship(let relationship):
        try append(key, ofRelationship: relationship.raw, to: result)
      default: result.append(.null)
      }
    default: result.append(.null)
    }
  }

  private func append(_ key: KeyToken, ofNode node: UInt64, to result: Column) throws(StoreError) {
    guard let bytes = try space.value(in: trees.nodes, number: node) else {
      throw .nodeNotFound(NodeID(node))
    }
    let view = try NodeView(bytes, node)
    guard let properties = view.properties else { throw .corruptProperties(node) }
    try append(key, in: properties, node, to: result)
  }

  private func append(_ key: KeyToken, ofRelationship relationship: UInt64, to result: Column)
    throws(StoreError)
  {
    guard let bytes = try space.value(in: trees.relationships, number: relationship) else {
      throw .relationshipNotFound(RelationshipID(relationship))
    }
    let view = try RelationshipView(bytes, relationship)
    guard let properties = view.properties else { throw .corruptProperties(relationship) }
    try append(key, in: properties, relationship, to: result)
  }

  private func append(
    _ key: KeyToken, in properties: borrowing PropertyView, _ record: UInt64, to result: Column
  ) throws(StoreError) {
    guard let index = properties.index(of: key.raw) else { return result.append(.null) }
    guard let bytes = properties.value(index) else { throw .corruptProperties(record) }
    // Integers are most of what is read in bulk.
    if result.kind == .integers, bytes.uint8(at: 0) == ValueCodec.Tag.integer.rawValue,
      let number = ValueCodec.integer(bytes)
    {
      result.append(word: UInt64(bitPattern: number))
    } else {
      result.append(try value(bytes, record))
    }
  }
  func keepRows(
    having label: LabelToken, of nodes: Column, in selection: inout [UInt16]
  ) throws(StoreError) {
    var kept = 0
    for index in selection.indices {
      let row = Int(selection[index])
      guard let node = nodes.node(at: row),
        let bytes = try space.value(in: trees.nodes, number: node)
      else { continue }
      if try NodeView(bytes, node).hasLabel(label.raw) {
        selection[kept] = selection[index]
        kept += 1
      }
    }
    selection.removeSubrange(kept...)
  }
  func readHeaders(
    of relationships: Column, rowCount: Int, selection: [UInt16]?, types: Column?, starts: Column?,
    ends: Column?
  ) throws(StoreError) {
    var next = 0
    for row in 0..<rowCount {
      if let selection {
        guard next < selection.count, Int(selection[next]) == row else {
          types?.appendFiller()
          starts?.appendFiller()
          ends?.appendFiller()
          continue
        }
        next += 1
      }
      guard let relationship = relationships.relationship(at: row) else {
        types?.appendNull()
        starts?.appendNull()
        ends?.appendNull()
        continue
      }
      let header = try header(of: RelationshipID(relationship))
      types?.append(word: UInt64(header.type.raw))
      starts?.append(word: header.start.raw)
      ends?.append(word: header.end.raw)
    }
  }
}

extension Column {
  fileprivate func appendFiller() {
    if kind == .values { append(.null) } else { append(word: 0) }
  }

  fileprivate func node(at row: Int) -> UInt64? {
    switch kind {
    case .nodes: isNull(at: row) ? nil : word(at: row)
    case .values: if case .node(let node) = value(at: row) { node.raw } else { nil }
    default: nil
    }
  }

  fileprivate func relationship(at row: Int) -> UInt64? {
    switch kind {
    case .relationships: isNull(at: row) ? nil : word(at: row)
    case .values:
      if case .relationship(let relationship) = value(at: row) { relationship.raw } else { nil }
    default: nil
    }
  }
}
