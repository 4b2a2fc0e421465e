import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

/// A path put together from slots.
final class PathKernel: Kernel {
  private let elements: [PathElement]
  private let context: ExecutionContext
  private let result = Column(.values)

  init(_ elements: [PathElement], _ context: ExecutionContext) {
    self.elements = elements
    self.context = context
  }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    result.prepare(.values, rows: batch.rowCount)
    for index in 0..<rows.count {
      let row = rows[index]
      var builder = PathBuilder(context)
      if try build(&builder, batch, row), let path = try builder.finish() {
        result.set(.path(path), at: row)
      }
    }
    return result
  }

  /// Whether all parts were there.
  private func build(_ builder: inout PathBuilder, _ batch: Batch, _ row: Int) throws(Failure)
    -> Bool
  {
    for element in elements {
      switch element {
      case .node(let slot), .relationship(let slot):
        guard let column = batch.columns[slot.index] else { return false }
        guard try builder.append(column.value(at: row)) else { return false }
      case .relationshipList(let slot):
        guard let column = batch.columns[slot.index] else { return false }
        guard case .list(let relationships) = column.value(at: row) else { return false }
        for relationship in relationships {
          guard try builder.append(relationship) else { return false }
        }
      case .groups(let slots):
        guard try appendGroups(slots, &builder, batch, row) else { return false }
      }
    }
    return true
  }

  private func appendGroups(
    _ slots: [Slot], _ builder: inout PathBuilder, _ batch: Batch, _ row: Int
  ) throws(Failure) -> Bool {
    var lists: [[Value]] = []
    for slot in slots {
      guard let column = batch.columns[slot.index],
        case .list(let list) = column.value(at: row)
      else { return false }
      lists.append(list)
    }
    let iterations = lists.map(\.count).min() ?? 0
    for iteration in 0..<iterations {
      for list in lists {
        guard try builder.append(list[iteration]) else { return false }
      }
    }
    return true
  }
}

/// Collects nodes and relationships in walking order; nodes may be left out between relationships.
struct PathBuilder {
  private var nodes: [NodeID] = []
  private var relationships: [RelationshipID] = []
  private var isOpen = false
  private let context: ExecutionContext

  init(_ context: ExecutionContext) { self.context = context }

  /// Appends a node or relationship; false when it is null or neither.
  mutating func append(_ value: Value) throws(Failure) -> Bool {
    switch value {
    case .node(let id):
      if isOpen || nodes.isEmpty {
        nodes.append(id)
        isOpen = false
      }
      return true
    case .relationship(let id):
      if nodes.isEmpty { return false }
      try close()
      relationships.append(id)
      isOpen = true
      return true
    default: return false
    }
  }

  /// Adds the far end of a relationship that no node followed.
  private mutating func close() throws(Failure) {
    guard isOpen, let last = nodes.last, let relationship = relationships.last else { return }
    nodes.append(try context.otherEnd(of: relationship, from: last))
    isOpen = false
  }

  /// The path, or `nil` when there is no node.
  mutating func finish() throws(Failure) -> PathReference? {
    try close()
    if nodes.isEmpty { return nil }
    return PathReference(nodes: nodes, relationships: relationships)
  }
}

extension ExecutionContext {
  /// The end of a relationship that is not `node`, or `node` itself for a loop.
  func otherEnd(of relationship: RelationshipID, from node: NodeID) throws(Failure) -> NodeID {
    let header = try header(of: relationship)
    return header.start == node ? header.end : header.start
  }

  /// A relationship's type and ends.
  func header(of relationship: RelationshipID) throws(Failure) -> RelationshipHeader {
    storeHits &+= 1
    do throws(StoreError) {
      return try transaction.header(of: relationship)
    } catch {
      throw Failure(error)
    }
  }
}

/// Whether two relationships, or lists of them, have none in common.
final class DisjointKernel: Kernel {
  private let left: Int
  private let right: Int
  private let result = Column(.booleans)

  init(_ left: Int, _ right: Int) {
    self.left = left
    self.right = right
  }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    result.prepare(.booleans, rows: batch.rowCount)
    guard let first = batch.columns[left], let second = batch.columns[right] else {
      for index in 0..<rows.count { result.set(word: 1, at: rows[index]) }
      return result
    }
    if first.kind == .relationships && second.kind == .relationships {
      for index in 0..<rows.count {
        let row = rows[index]
        result.set(word: first.word(at: row) != second.word(at: row) ? 1 : 0, at: row)
      }
      return result
    }
    for index in 0..<rows.count {
      let row = rows[index]
      let isDisjoint = first.value(at: row).sharesNoRelationship(with: second.value(at: row))
      result.set(word: isDisjoint ? 1 : 0, at: row)
    }
    return result
  }
}

extension Value {
  /// Whether no relationship of this value, one or a list, is in the other.
  func sharesNoRelationship(with other: Value) -> Bool {
    switch (self, other) {
    case (.relationship(let a), .relationship(let b)): return a != b
    case (.list(let list), .relationship(let id)), (.relationship(let id), .list(let list)):
      return !list.contains { $0.relationshipID == id }
    case (.list(let first), .list(let second)):
      if first.count * second.count <= 64 {
        return !first.contains { a in second.contains { $0.relationshipID == a.relationshipID } }
      }
      let ids = Set(first.compactMap(\.relationshipID))
      return !second.contains { element in element.relationshipID.map { ids.contains($0) } ?? false
      }
    default: return true
    }
  }
}
