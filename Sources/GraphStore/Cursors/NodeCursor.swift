public import GraphValues
import KeyValueStore

/// A scan of nodes in ascending order of id, which survives writes of its transaction between fills.
public final class NodeCursor {
  private let transaction: GraphTransaction
  /// The rarest label first.
  private let labels: [UInt32]
  private var next: UInt64 = 0
  private var isAtEnd = false
  private var ids: [UInt64] = []

  init(_ transaction: GraphTransaction, _ labels: [UInt32]) {
    self.transaction = transaction
    self.labels = labels
  }

  /// Appends up to `limit` nodes to a column of nodes.
  ///
  /// - Returns: How many; 0 at the end.
  public func fill(_ nodes: Column, limit: Int) throws(StoreError) -> Int {
    while !isAtEnd {
      ids.removeAll(keepingCapacity: true)
      isAtEnd = try transaction.state.scanNodes(labels, from: next, limit: limit, to: &ids)
      // Ids stop short of the highest number, so that there is always a next one.
      guard let last = ids.last else { break }
      next = last + 1
      for label in labels.dropFirst() {
        try transaction.state.keepMembers(.labelMembers, label, of: &ids)
      }
      if !ids.isEmpty {
        let read = ids
        nodes.append(words: read.span)
        return ids.count
      }
    }
    isAtEnd = true
    return 0
  }
}

/// A scan of relationships, type by type where types are given, within that in ascending order of id,
/// which survives writes of its transaction between fills.
public final class RelationshipCursor {
  private let transaction: GraphTransaction
  private var types: [UInt32]?
  private var next: UInt64 = 0
  private var isAtEnd = false
  private var ids: [UInt64] = []

  init(_ transaction: GraphTransaction, _ types: [UInt32]?) {
    self.transaction = transaction
    self.types = types
  }

  /// Appends up to `limit` relationships, and, where columns are given, their ends and types.
  ///
  /// - Returns: How many; 0 at the end.
  public func fill(
    _ relationships: Column, starts: Column? = nil, ends: Column? = nil, typeTokens: Column? = nil,
    limit: Int
  ) throws(StoreError) -> Int {
    while !isAtEnd {
      if types == nil {
        let (count, last) = try transaction.state.scanRelationships(
          from: next, limit: limit, relationships, starts, ends, typeTokens)
        isAtEnd = count < limit
        next = last + 1
        return count
      }
      guard let type = types?.first else { break }
      ids.removeAll(keepingCapacity: true)
      let isTypeDone = try transaction.state.appendMembers(
        .typeMembers, type, from: next, limit: limit, to: &ids)
      if let last = ids.last { next = last + 1 }
      if isTypeDone {
        types?.removeFirst()
        next = 0
      }
      if ids.isEmpty { continue }
      let read = ids
      relationships.append(words: read.span)
      if starts != nil || ends != nil {
        try transaction.state.appendEnds(of: ids, starts, ends)
      }
      if let typeTokens { for _ in ids { typeTokens.append(word: UInt64(type)) } }
      return ids.count
    }
    isAtEnd = true
    return 0
  }
}

extension GraphTransaction {
  /// Scans all nodes, or those that have all of some labels.
  public func scanNodes(labels: [LabelToken] = []) -> NodeCursor {
    guard labels.count > 1 else { return NodeCursor(self, labels.map(\.raw)) }
    var counted: [(label: UInt32, count: Int)] = []
    for label in Set(labels) {
      // The order of labels is only a matter of speed.
      let count: Int
      do throws(StoreError) { count = try nodeCount(label) } catch { count = .max }
      counted.append((label.raw, count))
    }
    counted.sort { ($0.count, $0.label) < ($1.count, $1.label) }
    return NodeCursor(self, counted.map(\.label))
  }

  /// Scans all relationships, or those of some types; `nil` for all types.
  public func scanRelationships(types: [TypeToken]? = nil) -> RelationshipCursor {
    RelationshipCursor(self, types.map { Set($0.map(\.raw)).sorted() })
  }
}

extension GraphState {
  /// Appends nodes, all or those of the first label, from an id on.
  ///
  /// - Returns: Whether the end was reached.
  mutating func scanNodes(
    _ labels: [UInt32], from first: UInt64, limit: Int, to ids: inout [UInt64]
  )
    throws(StoreError) -> Bool
  {
    if let label = labels.first {
      return try appendMembers(.labelMembers, label, from: first, limit: limit, to: &ids)
    }
    var cursor = try space.cursor(trees.nodes)
    var found = try cursor.seek(number: first)
    while found {
      ids.append(cursor.number)
      if ids.count >= limit { return false }
      found = try cursor.next()
    }
    return true
  }

  /// Appends relationships from an id on, with their parts.
  ///
  /// - Returns: How many, and the last one's id.
  func scanRelationships(
    from first: UInt64, limit: Int, _ relationships: Column, _ starts: Column?, _ ends: Column?,
    _ types: Column?
  ) throws(StoreError) -> (count: Int, last: UInt64) {
    var count = 0
    var last = first
    var cursor = try space.cursor(trees.relationships)
    var found = try cursor.seek(number: first)
    while found, count < limit {
      last = cursor.number
      relationships.append(word: last)
      if starts != nil || ends != nil || types != nil {
        let header = try RelationshipView(cursor.value, last).header
        starts?.append(word: header.start.raw)
        ends?.append(word: header.end.raw)
        types?.append(word: UInt64(header.type.raw))
      }
      count += 1
      if count < limit { found = try cursor.next() }
    }
    return (count, last)
  }

  /// Appends the ends of ascending relationships.
  func appendEnds(of ids: [UInt64], _ starts: Column?, _ ends: Column?) throws(StoreError) {
    var cursor = try space.cursor(trees.relationships)
    var isPlaced = false
    for id in ids {
      // Mostly the next one.
      if isPlaced { isPlaced = try cursor.next() && cursor.number == id }
      if !isPlaced {
        guard try cursor.seek(number: id), cursor.number == id else {
          throw .corrupt(record: id, expected: "relationship of a type")
        }
        isPlaced = true
      }
      let header = try RelationshipView(cursor.value, id).header
      starts?.append(word: header.start.raw)
      ends?.append(word: header.end.raw)
    }
  }
}
