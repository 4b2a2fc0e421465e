import GraphValues
import KeyValueStore

/// Reads one property of all entities of a snapshot, some thousand records at a time.
// Safe: the cache lends it to one reader at a time, and a lock lies between one and the next.
final class PropertyColumnBuilder: @unchecked Sendable {
  /// How rows are kept: what suits the first value, and something more general when another does not
  /// fit it.
  private enum Form {
    case integers, floats, codes, values
  }

  /// With more different values a list of them saves nothing.
  private static let mostCodes = 1 << 16

  let key: PropertyCache.Key
  /// Ids are below it.
  let end: UInt64
  let limitBytes: Int
  /// How far it has come.
  private var next: UInt64 = 0
  private var form = Form.integers
  private var words: [UInt64] = []
  private var presences: [PropertyColumn.Presence] = []
  private var codes: [UInt32] = []
  private var dictionary = ValueDictionary()
  private var values: [Value] = []
  private var heapBytes = 0

  /// What a step has come to.
  enum Progress {
    case more
    case done(PropertyColumn)
    /// It would be larger than allowed.
    case tooLarge
  }

  /// Begins with nothing.
  ///
  /// - Parameters:
  ///   - key: Which property, of what.
  ///   - end: Ids are below it.
  ///   - limitBytes: How large the column may be.
  init(_ key: PropertyCache.Key, end: UInt64, limitBytes: Int) {
    self.key = key
    self.end = end
    self.limitBytes = limitBytes
    reserve()
  }

  /// Reads on.
  ///
  /// - Parameters:
  ///   - state: A transaction of the snapshot.
  ///   - count: How many records to read.
  /// - Returns: The column, once all records are read.
  /// - Throws: What reading throws.
  func advance(_ state: borrowing GraphState, records count: Int) throws(StoreError)
    -> Progress
  {
    let isOfNodes = key.isOfNodes
    var cursor = try state.space.cursor(isOfNodes ? state.trees.nodes : state.trees.relationships)
    var isFound = try cursor.seek(number: next)
    var left = count
    while isFound, cursor.number < end {
      if left == 0 {
        next = cursor.number
        return bytes > limitBytes ? .tooLarge : .more
      }
      left -= 1
      let id = cursor.number
      let isTaken: Bool
      if isOfNodes {
        guard let properties = try NodeView(cursor.value, id).properties else {
          throw .corruptProperties(id)
        }
        isTaken = try take(properties, id, state)
      } else {
        guard let properties = try RelationshipView(cursor.value, id).properties else {
          throw .corruptProperties(id)
        }
        isTaken = try take(properties, id, state)
      }
      if !isTaken {
        restart()
        isFound = try cursor.seek(number: 0)
      } else {
        isFound = try cursor.next()
      }
    }
    return bytes > limitBytes ? .tooLarge : .done(PropertyColumn(content, bytes: bytes))
  }

  private var bytes: Int {
    let rows = max(presences.count, codes.count)
    return switch form {
    case .integers, .floats: rows * 9
    case .codes:
      rows * 4 + dictionary.encodedBytes + dictionary.values.count * 64
    case .values: rows * (MemoryLayout<Value>.stride + 1) + heapBytes
    }
  }

  private var content: PropertyColumn.Content {
    switch form {
    case .integers: .words(.integers, words, presences)
    case .floats: .words(.floats, words, presences)
    case .codes: .codes(codes, ColumnDictionary([.null, .null] + dictionary.values))
    case .values: .values(values, presences)
    }
  }

  /// Begins anew in a more general form.
  private func restart() {
    next = 0
    words = []
    presences = []
    codes = []
    switch form {
    case .integers, .floats: form = .codes
    case .codes, .values:
      form = .values
      dictionary = ValueDictionary()
    }
    reserve()
  }

  /// Makes room for all rows: growing would copy them time and again.
  private func reserve() {
    // What will be too large is not asked for.
    guard end <= UInt64(limitBytes / MemoryLayout<Value>.stride) else { return }
    let rows = Int(end)
    switch form {
    case .integers, .floats:
      words.reserveCapacity(rows)
      presences.reserveCapacity(rows)
    case .codes: codes.reserveCapacity(rows)
    case .values:
      values.reserveCapacity(rows)
      presences.reserveCapacity(rows)
    }
  }

  // MARK: Rows

  /// Appends an entity's row.
  ///
  /// - Returns: `false` when its value does not fit the form.
  private func take(
    _ properties: borrowing PropertyView, _ id: UInt64, _ state: borrowing GraphState
  ) throws(StoreError) -> Bool {
    pad(to: Int(id))
    guard let index = properties.index(of: key.property) else {
      append(.noProperty)
      return true
    }
    guard let encoded = properties.value(index) else { throw .corruptProperties(id) }
    switch form {
    case .integers: return takeNumber(encoded)
    case .floats:
      guard encoded.uint8(at: 0) == ValueCodec.Tag.float.rawValue, encoded.byteCount == 9 else {
        return false
      }
      append(word: encoded.uint64(at: 1))
      return true
    case .codes:
      let number = try dictionary.number(of: encoded) { () throws(StoreError) in
        try state.value(encoded, id)
      }
      codes.append(UInt32(number + PropertyColumn.firstCode))
      return number < Self.mostCodes
    case .values:
      let value = try state.value(encoded, id)
      heapBytes += value.heapBytes
      values.append(value)
      presences.append(.value)
      return true
    }
  }

  private func takeNumber(_ encoded: RawSpan) -> Bool {
    let tag = encoded.uint8(at: 0)
    if tag == ValueCodec.Tag.integer.rawValue, let number = ValueCodec.integer(encoded) {
      append(word: UInt64(bitPattern: number))
      return true
    }
    // No value yet: the column is one of floats.
    if tag == ValueCodec.Tag.float.rawValue, encoded.byteCount == 9,
      !presences.contains(.value)
    {
      form = .floats
      append(word: encoded.uint64(at: 1))
      return true
    }
    return false
  }

  private func append(word: UInt64) {
    words.append(word)
    presences.append(.value)
  }

  private func append(_ presence: PropertyColumn.Presence) {
    switch form {
    case .integers, .floats:
      words.append(0)
      presences.append(presence)
    case .codes:
      codes.append(
        presence == .nothing ? PropertyColumn.nothingCode : PropertyColumn.nullCode)
    case .values:
      values.append(.null)
      presences.append(presence)
    }
  }

  /// Fills up to an id where no entity is.
  private func pad(to id: Int) {
    while (form == .codes ? codes.count : presences.count) < id { append(.nothing) }
  }
}
