import Diagnostics
import GraphValues

/// Numbers the different rows of some key columns, by equivalence, in the order of their first coming.
final class GroupTable {
  /// The keys of each group as first seen, one column per key.
  private(set) var keys: [Column]
  /// How many groups there are.
  private(set) var count = 0
  private var hashes: [UInt64] = []
  /// Group number plus one at each place of an open-addressed table; 0 where free.
  private var places: [UInt32]
  private var bytes = 0
  private var rowHashes: [UInt64] = []
  /// The groups of the single key's values by number in a dictionary; -1 where unknown.
  private var groupsByCode: [Int32] = []
  private var dictionary: ColumnDictionary?
  /// Hashes of values by number, 0 where unknown, for each of several keys that has a dictionary.
  private var hashesByCode: [(dictionary: ColumnDictionary, hashes: [UInt64])?]
  private let context: ExecutionContext

  init(keyCount: Int, _ context: ExecutionContext) {
    keys = (0..<keyCount).map { _ in Column(.values) }
    places = Array(repeating: 0, count: 16)
    hashesByCode = Array(repeating: nil, count: keyCount)
    self.context = context
  }

  /// Appends the group number of each row, making groups for keys that are new.
  func assign(_ columns: [Column], _ rows: RowSet, to groups: inout [Int32]) throws(Failure) {
    groups.reserveCapacity(groups.count + rows.count)
    let before = count
    if columns.count == 1, let dictionary = columns[0].dictionary, !columns[0].isConstant {
      assign(columns, dictionary, rows, to: &groups)
    } else if let column = columns.first, columns.count == 1 {
      hash(columns, rows)
      assign(column, rows, to: &groups)
    } else {
      hash(columns, rows)
      for index in 0..<rows.count { groups.append(find(columns, rows[index], rowHashes[index])) }
    }
    if count > before { try account(before) }
  }

  /// Appends the group number of each row, -1 where its keys are in no group.
  func find(_ columns: [Column], _ rows: RowSet, to groups: inout [Int32]) {
    hash(columns, rows)
    let mask = places.count - 1
    for index in 0..<rows.count {
      let hash = rowHashes[index]
      var place = Int(truncatingIfNeeded: hash) & mask
      var found: Int32 = -1
      while places[place] != 0 {
        let group = Int(places[place]) - 1
        if hashes[group] == hash && isEqual(columns, rows[index], group) {
          found = Int32(group)
          break
        }
        place = (place + 1) & mask
      }
      groups.append(found)
    }
  }

  /// Forgets all groups.
  func clear() {
    if count > 0 {
      if count > 16_384 {
        places = Array(repeating: 0, count: 16)
        hashes = []
        keys = keys.map { _ in Column(.values) }
      } else {
        for place in places.indices { places[place] = 0 }
        hashes.removeAll(keepingCapacity: true)
        for key in keys { key.reset(.values) }
      }
    }
    count = 0
    dictionary = nil
    context.memory.release(bytes)
    bytes = 0
  }

  private func account(_ before: Int) throws(Failure) {
    var added = 0
    for key in keys {
      added += (count - before) * (key.kind == .values ? 40 : 25)
      if key.kind == .values {
        for group in before..<count { added += key.values[group].heapBytes }
      }
    }
    added += (count - before) * 16
    bytes += added
    try context.memory.hold(added)
  }

  /// Numbers the rows of a single key: most rows find their group at the first place they look.
  private func assign(_ column: Column, _ rows: RowSet, to groups: inout [Int32]) {
    let columns = [column]
    let key = keys[0]
    let values = column.values
    let step = column.isConstant ? 0 : 1
    var way = Comparison(key, column)
    for index in 0..<rows.count {
      let row = rows[index]
      let hash = rowHashes[index]
      let entry = places[Int(truncatingIfNeeded: hash) & (places.count - 1)]
      if entry != 0 {
        let group = Int(entry) - 1
        if hashes[group] == hash {
          let isSame =
            switch way {
            case .words: key.word(at: group) == column.word(at: row &* step)
            case .values: key.values[group].isSameGroup(as: values[row])
            case .mixed: isEqual(columns, row, group)
            }
          if isSame {
            groups.append(Int32(truncatingIfNeeded: group))
            continue
          }
        }
      }
      groups.append(find(columns, row, hash))
      // A new key may have changed the kind of the keys' column.
      way = Comparison(key, column)
    }
  }

  /// Numbers the rows of a single key with a dictionary: each of its values finds its group once.
  private func assign(
    _ columns: [Column], _ dictionary: ColumnDictionary, _ rows: RowSet, to groups: inout [Int32]
  ) {
    if self.dictionary !== dictionary {
      self.dictionary = dictionary
      groupsByCode.removeAll(keepingCapacity: true)
      groupsByCode.append(contentsOf: repeatElement(-1, count: dictionary.values.count))
    }
    let column = columns[0]
    let codes = column.codeSpan
    for index in 0..<rows.count {
      let row = rows[index]
      let code = Int(codes[row])
      var group = groupsByCode[code]
      if group < 0 {
        let hash = GroupHash.join(Self.firstHash, dictionary.values[code].groupHash)
        group = find(columns, row, hash)
        groupsByCode[code] = group
      }
      groups.append(group)
    }
  }

  /// How the rows of a column compare with the keys known so far.
  private enum Comparison {
    case words
    case values
    case mixed

    init(_ key: Column, _ column: Column) {
      if key.kind != column.kind || column.isConstant && column.kind == .values {
        self = .mixed
      } else if key.kind == .values {
        self = .values
      } else if key.kind == .floats || column.hasNulls || key.hasNulls {
        self = .mixed
      } else {
        self = .words
      }
    }
  }

  private func find(_ columns: [Column], _ row: Int, _ hash: UInt64) -> Int32 {
    let mask = places.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while true {
      let entry = places[place]
      if entry == 0 { break }
      let group = Int(entry) - 1
      if hashes[group] == hash && isEqual(columns, row, group) { return Int32(group) }
      place = (place + 1) & mask
    }
    for (key, column) in zip(keys, columns) { key.append(from: column, row: row) }
    hashes.append(hash)
    count += 1
    places[place] = UInt32(count)
    if count * 2 > places.count { grow() }
    return Int32(count - 1)
  }

  @inline(__always)
  private func isEqual(_ columns: [Column], _ row: Int, _ group: Int) -> Bool {
    for index in columns.indices {
      let key = keys[index]
      let column = columns[index]
      if key.kind == .values, column.kind == .values {
        let value = column.generalValue(at: column.place(row))
        if !key.values[group].isSameGroup(as: value) { return false }
      } else if key.kind == column.kind && key.kind != .floats {
        let isNull = key.isNull(at: group)
        if isNull != column.isNull(at: row) { return false }
        if !isNull && key.word(at: group) != column.word(at: row) { return false }
      } else if !key.value(at: group).isEquivalent(to: column.value(at: row)) {
        return false
      }
    }
    return true
  }

  private func grow() {
    let size = places.count * 4
    var grown = [UInt32](repeating: 0, count: size)
    let mask = size - 1
    for group in 0..<count {
      var place = Int(truncatingIfNeeded: hashes[group]) & mask
      while grown[place] != 0 { place = (place + 1) & mask }
      grown[place] = UInt32(group + 1)
    }
    places = grown
  }

  private func hash(
    _ column: Column, _ dictionary: ColumnDictionary, _ position: Int, _ rows: RowSet
  ) {
    var known = hashesByCode[position]?.hashes ?? []
    if hashesByCode[position]?.dictionary !== dictionary {
      known = Array(repeating: 0, count: dictionary.values.count)
    }
    hashesByCode[position] = nil
    let codes = column.codeSpan
    for index in 0..<rows.count {
      let code = Int(codes[rows[index]])
      if known[code] == 0 { known[code] = dictionary.values[code].groupHash }
      rowHashes[index] = GroupHash.join(rowHashes[index], known[code])
    }
    hashesByCode[position] = (dictionary, known)
  }

  private static let firstHash: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Hashes the keys of each row.
  private func hash(_ columns: [Column], _ rows: RowSet) {
    rowHashes.removeAll(keepingCapacity: true)
    rowHashes.append(contentsOf: repeatElement(Self.firstHash, count: rows.count))
    for (position, column) in columns.enumerated() {
      if let dictionary = column.dictionary, !column.isConstant {
        hash(column, dictionary, position, rows)
      } else if column.kind == .values && !column.isConstant {
        let values = column.values
        for index in 0..<rows.count {
          rowHashes[index] = GroupHash.join(rowHashes[index], values[rows[index]].groupHash)
        }
      } else if column.kind == .values || column.kind == .floats || column.hasNulls {
        for index in 0..<rows.count {
          let hash = column.value(at: rows[index]).groupHash
          rowHashes[index] = GroupHash.join(rowHashes[index], hash)
        }
      } else {
        let salt = GroupHash.salt(column.kind)
        let words = column.wordSpan
        let step = column.isConstant ? 0 : 1
        for index in 0..<rows.count {
          let hash = GroupHash.mix(words[rows[index] &* step] ^ salt)
          rowHashes[index] = GroupHash.join(rowHashes[index], hash)
        }
      }
    }
  }
}

/// Hashing of grouping keys, the same for a value in a typed and in a general column.
enum GroupHash {
  /// Spreads the bits of a word.
  @inline(__always)
  static func mix(_ word: UInt64) -> UInt64 {
    var hash = word &* 0xBF58_476D_1CE4_E5B9
    hash ^= hash >> 32
    hash = hash &* 0x94D0_49BB_1331_11EB
    return hash ^ hash >> 29
  }

  /// Joins the hash of a further key.
  @inline(__always)
  static func join(_ first: UInt64, _ second: UInt64) -> UInt64 {
    (first ^ second) &* 0x9FB2_1C65_1E98_DF25 ^ (first >> 31)
  }

  /// What tells kinds with equal words apart.
  static func salt(_ kind: Column.Kind) -> UInt64 {
    switch kind {
    case .nodes: 0x5DEE_CE66_D123_4567
    case .relationships: 0x2545_F491_4F6C_DD1D
    case .booleans: 0x1234_5678_9ABC_DEF1
    case .integers, .floats, .values: 0
    }
  }

  /// Hashes text by its bytes.
  static func text(_ text: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return mix(hash)
  }
}

extension Value {
  /// A hash that is the same for equivalent values.
  var groupHash: UInt64 {
    switch self {
    case .null: return 0x7A5C_1F3D_9B2E_4860
    case .integer(let number): return GroupHash.mix(UInt64(bitPattern: number))
    case .float(let number):
      if let whole = Int64(exactly: number) { return GroupHash.mix(UInt64(bitPattern: whole)) }
      return GroupHash.mix(number.bitPattern)
    case .boolean(let flag): return GroupHash.mix((flag ? 1 : 0) ^ GroupHash.salt(.booleans))
    case .node(let id): return GroupHash.mix(id.raw ^ GroupHash.salt(.nodes))
    case .relationship(let id): return GroupHash.mix(id.raw ^ GroupHash.salt(.relationships))
    case .string(let text): return GroupHash.text(text)
    default:
      var hasher = Hasher()
      hashEquivalent(into: &hasher)
      return UInt64(bitPattern: Int64(hasher.finalize()))
    }
  }

  /// Equivalence, with short ways for what keys mostly are.
  func isSameGroup(as other: Value) -> Bool {
    switch (self, other) {
    case (.string(let a), .string(let b)):
      // Equal bytes are what counts; Swift's equality of strings normalises.
      a.utf8.count == b.utf8.count && a.hasSameCodePoints(as: b)
    case (.integer(let a), .integer(let b)): a == b
    default: isEquivalent(to: other)
    }
  }
}
