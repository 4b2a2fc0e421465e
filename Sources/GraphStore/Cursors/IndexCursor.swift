public import GraphValues
import KeyValueStore

/// One end of a range.
public enum IndexBound: Sendable {
  /// The value belongs to the range.
  case inclusive(Value)
  /// The value does not belong to the range.
  case exclusive(Value)
}

/// Which part of a RANGE index to read.
///
/// A null or NaN where a value is compared selects nothing.
public enum IndexPredicate: Sendable {
  /// All entries whose first properties equal these values; all properties given is an exact seek,
  /// none given is all entries.
  case equal([Value])
  /// Entries whose first properties equal `prefix` and whose next one lies within bounds of one type;
  /// a side without bound ends with the type. At least one bound.
  ///
  /// Bounds that are lists select all lists: the caller compares. Durations and points have no order
  /// and select nothing.
  case range(prefix: [Value], lower: IndexBound?, upper: IndexBound?)
  /// Entries whose first properties equal `prefix` and whose next one is a string that starts so.
  case startsWith(prefix: [Value], String)
  /// Entries whose first properties equal `prefix` and whose next one is any string.
  case strings(prefix: [Value])
}

/// A scan of part of an index, which survives writes of its transaction between fills.
public final class IndexCursor {
  private let transaction: GraphTransaction
  private let index: IndexDescriptor
  private let predicate: IndexPredicate
  private var range: IndexRange?
  private let isDescending: Bool
  /// The last key that was read.
  private var last: [UInt8] = []
  private var isAtEnd = false
  private var ids: [UInt64] = []

  init(
    _ transaction: GraphTransaction, _ index: IndexDescriptor, _ predicate: IndexPredicate,
    descending: Bool
  ) {
    self.transaction = transaction
    self.index = index
    self.predicate = predicate
    isDescending = descending
  }

  /// Appends up to `limit` nodes or relationships.
  ///
  /// - Returns: How many; 0 at the end.
  public func fill(_ entities: Column, limit: Int) throws(StoreError) -> Int {
    if range == nil, !isAtEnd {
      if case .equal(let values) = predicate, !isDescending, values.count == index.keys.count,
        let count = try transaction.state.seekEntries(index, values, limit: limit, to: entities)
      {
        isAtEnd = true
        return count
      }
      range = IndexRange.of(predicate)
      isAtEnd = range == nil
    }
    while !isAtEnd, let range {
      ids.removeAll(keepingCapacity: true)
      isAtEnd = try transaction.state.scanEntries(
        index, range, descending: isDescending, &last, limit: limit, to: &ids)
      if ids.isEmpty { continue }
      let read = ids
      entities.append(words: read.span)
      return ids.count
    }
    return 0
  }
}

extension GraphTransaction {
  /// Scans part of a RANGE index in order of its values, ties by ascending id.
  ///
  /// `descending` turns both around. Of strings over some 490 bytes only the first bytes are in order.
  ///
  /// - Throws: `schemaRuleNotFound`.
  public func scanIndex(
    _ index: SchemaRuleID, _ predicate: IndexPredicate, descending: Bool = false
  ) throws(StoreError) -> IndexCursor {
    guard let descriptor = schema.index(index), descriptor.kind == .range else {
      throw .schemaRuleNotFound(index.raw)
    }
    return IndexCursor(self, descriptor, predicate, descending: descending)
  }
}

extension GraphState {
  /// Appends the entities under some values, without a range: the usual seek.
  ///
  /// - Returns: How many; `nil`, with nothing appended, when there are more than `limit` or when keys
  ///   alone do not tell.
  mutating func seekEntries(
    _ index: IndexDescriptor, _ values: [Value], limit: Int, to entities: Column
  ) throws(StoreError) -> Int? {
    key.removeAll()
    key.append(big: index.id.raw)
    for value in values {
      if value.containsNaN { return 0 }
      guard IndexKey.append(value, to: &key) else { return 0 }
    }
    guard key.count <= IndexKey.limit else { return nil }
    let prefixSize = key.count
    let start = entities.count
    var cursor = try space.cursor(trees.entries)
    var found = try cursor.seek(key.bytes)
    while found, cursor.key.byteCount == prefixSize + 8, cursor.key.starts(with: key.bytes) {
      if entities.count - start >= limit {
        entities.truncate(to: start)
        return nil
      }
      entities.append(word: cursor.key.bigEndianUInt64(at: prefixSize))
      found = try cursor.next()
    }
    return entities.count - start
  }

  /// Appends entities of an index's range behind the last key.
  ///
  /// - Returns: Whether the end was reached.
  mutating func scanEntries(
    _ index: IndexDescriptor, _ range: IndexRange, descending: Bool, _ last: inout [UInt8],
    limit: Int, to ids: inout [UInt64]
  ) throws(StoreError) -> Bool {
    var cut = CutRange(index, range)
    if !last.isEmpty {
      if descending { cut.upper = last } else { cut.lower = last + [0] }
    }
    var doubtful: [Int] = []
    let isEnd = try Self.scan(
      space, trees.entries, cut, descending: descending, &last, limit: limit, &ids, &doubtful)
    if !doubtful.isEmpty { try removeDoubtful(doubtful, index, range, &ids) }
    return isEnd
  }

  /// The range of keys; bounds of values that are too long are cut, which widens it.
  private struct CutRange {
    var lower: [UInt8]
    var upper: [UInt8]
    /// Whether entries may lie outside the range although their keys lie inside.
    let isWidened: Bool

    init(_ index: IndexDescriptor, _ range: IndexRange) {
      var number = ByteBuffer()
      number.append(big: index.id.raw)
      let prefix = number.bytes.bytes()
      let limit = IndexKey.limit
      isWidened = range.lower.count > limit || range.upper.count > limit
      lower = prefix + range.lower.prefix(limit)
      if range.upper.isEmpty {
        upper = IndexRange.successor(of: prefix)
      } else if range.upper.count > limit {
        upper = IndexRange.successor(of: prefix + range.upper.prefix(limit))
      } else {
        upper = prefix + range.upper
      }
    }
  }

  private static func scan(
    _ space: borrowing KeySpace, _ tree: Tree, _ range: CutRange, descending: Bool,
    _ last: inout [UInt8], limit: Int, _ ids: inout [UInt64], _ doubtful: inout [Int]
  ) throws(StoreError) -> Bool {
    var lower = ByteBuffer()
    var upper = ByteBuffer()
    lower.append(range.lower)
    upper.append(range.upper)
    var cursor = try space.cursor(tree)
    var found: Bool
    if descending {
      found =
        try cursor.seek(upper.bytes) ? try cursor.previous() : try cursor.last()
    } else {
      found = try cursor.seek(lower.bytes)
    }
    while found {
      let key = cursor.key
      let isInside =
        descending
        ? key.compare(to: lower.bytes) >= 0 : key.compare(to: upper.bytes) < 0
      guard isInside, key.byteCount >= 12 else { return true }
      if range.isWidened || cursor.value.byteCount > 0 { doubtful.append(ids.count) }
      ids.append(key.bigEndianUInt64(at: key.byteCount - 8))
      if ids.count >= limit {
        last = key.bytes()
        return false
      }
      found = descending ? try cursor.previous() : try cursor.next()
    }
    return true
  }

  /// Looks at the records of entities whose keys do not tell.
  private func removeDoubtful(
    _ places: [Int], _ index: IndexDescriptor, _ range: IndexRange, _ ids: inout [UInt64]
  ) throws(StoreError) {
    for place in places.reversed() {
      guard let form = try form(ofEntity: ids[place], index) else {
        ids.remove(at: place)
        continue
      }
      let isInside =
        !form.lexicographicallyPrecedes(range.lower)
        && (range.upper.isEmpty || form.lexicographicallyPrecedes(range.upper))
      if !isInside { ids.remove(at: place) }
    }
  }
}
