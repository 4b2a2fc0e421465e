import GraphValues
import KeyValueStore

extension GraphState {
  /// See `GraphTransaction.read`.
  func read(
    _ key: KeyToken, of entities: Column, rowCount: Int, selection: [UInt16]?, into result: Column
  ) throws(StoreError) {
    // A cursor finds ascending ids without going down the tree for each.
    switch entities.kind {
    case .nodes:
      var cursor = try space.cursor(trees.nodes)
      try forEachRow(rowCount, selection, result) { (row) throws(StoreError) in
        if entities.isNull(at: row) { return result.append(.null) }
        try append(key, ofNode: entities.word(at: row), &cursor, to: result)
      }
    case .relationships:
      var cursor = try space.cursor(trees.relationships)
      try forEachRow(rowCount, selection, result) { (row) throws(StoreError) in
        if entities.isNull(at: row) { return result.append(.null) }
        try append(key, ofRelationship: entities.word(at: row), &cursor, to: result)
      }
    default:
      try forEachRow(rowCount, selection, result) { (row) throws(StoreError) in
        switch entities.value(at: row) {
        case .node(let node): result.append(try property(key, of: node))
        case .relationship(let relationship): result.append(try property(key, of: relationship))
        default: result.append(.null)
        }
      }
    }
  }

  private func forEachRow(
    _ rowCount: Int, _ selection: [UInt16]?, _ result: Column,
    _ body: (Int) throws(StoreError) -> Void
  ) throws(StoreError) {
    guard let selection else {
      for row in 0..<rowCount { try body(row) }
      return
    }
    var row = 0
    for selected in selection where Int(selected) < rowCount {
      while row < Int(selected) {
        result.appendFiller()
        row += 1
      }
      try body(row)
      row += 1
    }
    while row < rowCount {
      result.appendFiller()
      row += 1
    }
  }

  private func append(
    _ key: KeyToken, ofNode node: UInt64, _ cursor: inout KeySpaceCursor, to result: Column
  ) throws(StoreError) {
    guard try cursor.find(number: node) else { throw .nodeNotFound(NodeID(node)) }
    let view = try NodeView(cursor.value, node)
    guard let properties = view.properties else { throw .corruptProperties(node) }
    try append(key, in: properties, node, to: result)
  }

  private func append(
    _ key: KeyToken, ofRelationship relationship: UInt64, _ cursor: inout KeySpaceCursor,
    to result: Column
  ) throws(StoreError) {
    guard try cursor.find(number: relationship) else {
      throw .relationshipNotFound(RelationshipID(relationship))
    }
    let view = try RelationshipView(cursor.value, relationship)
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

  /// See `GraphTransaction.keepRows`.
  func keepRows(
    having label: LabelToken, of nodes: Column, in selection: inout [UInt16]
  ) throws(StoreError) {
    var kept = 0
    var cursor = try space.cursor(trees.nodes)
    for index in selection.indices {
      let row = Int(selection[index])
      guard let node = nodes.node(at: row), try cursor.find(number: node) else { continue }
      if try NodeView(cursor.value, node).hasLabel(label.raw) {
        selection[kept] = selection[index]
        kept += 1
      }
    }
    selection.removeSubrange(kept...)
  }

  /// See `GraphTransaction.readHeaders`.
  func readHeaders(
    of relationships: Column, rowCount: Int, selection: [UInt16]?, types: Column?, starts: Column?,
    ends: Column?
  ) throws(StoreError) {
    var next = 0
    var cursor = try space.cursor(trees.relationships)
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
      guard try cursor.find(number: relationship) else {
        throw .relationshipNotFound(RelationshipID(relationship))
      }
      let header = try RelationshipView(cursor.value, relationship).header
      types?.append(word: UInt64(header.type.raw))
      starts?.append(word: header.start.raw)
      ends?.append(word: header.end.raw)
    }
  }
}

extension Column {
  /// Appends a row that nobody looks at.
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
