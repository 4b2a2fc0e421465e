import GraphValues
import QueryPlan

/// The order of the rows of a buffer by some of its columns.
struct RowOrder {
  /// One key: its column, and for numbers and entities the words by which it sorts.
  private struct Key {
    let column: Column
    let words: [UInt64]
    let isDescending: Bool
  }

  private let keys: [Key]

  /// Looks at the columns as they are now.
  init(_ buffer: RowBuffer, _ sortKeys: [SortKey]) {
    keys = sortKeys.compactMap { key in
      buffer.column(key.slot.index).map { column in
        Key(column: column, words: column.orderWords(), isDescending: key.isDescending)
      }
    }
  }

  /// All rows in order; equal ones as they came.
  func sorted(_ count: Int) -> [Int32] {
    if keys.count == 1, !keys[0].words.isEmpty || count == 0 { return sortedByWords(count) }
    return (0..<Int32(count)).sorted { first, second in
      let order = compare(Int(first), Int(second))
      return order == .equal ? first < second : order == .less
    }
  }

  private func sortedByWords(_ count: Int) -> [Int32] {
    struct Entry {
      let key: UInt64
      let row: Int32
    }
    let mask: UInt64 = keys[0].isDescending ? UInt64.max : 0
    var entries: [Entry] = []
    entries.reserveCapacity(count)
    for row in 0..<count {
      entries.append(Entry(key: keys[0].words[row] ^ mask, row: Int32(row)))
    }
    entries.sort { $0.key == $1.key ? $0.row < $1.row : $0.key < $1.key }
    return entries.map(\.row)
  }

  /// How two rows stand to each other.
  func compare(_ first: Int, _ second: Int) -> ValueOrder {
    for key in keys {
      var order: ValueOrder
      if key.words.isEmpty {
        order = key.column.value(at: first).order(to: key.column.value(at: second))
      } else {
        order = ValueOrder(key.words[first], key.words[second])
      }
      if order == .equal { continue }
      if key.isDescending { order = order.reversed }
      return order
    }
    return .equal
  }
}

extension Column {
  /// For a fixed-width column without nulls: words that sort, unsigned, as its values do; else nothing.
  func orderWords() -> [UInt64] {
    guard kind != .values, !hasNulls, !isConstant else { return [] }
    var words: [UInt64] = []
    words.reserveCapacity(count)
    let span = wordSpan
    switch kind {
    case .integers: for row in 0..<count { words.append(span[row] ^ (1 << 63)) }
    case .floats: for row in 0..<count { words.append(Double(bitPattern: span[row]).orderWord) }
    default: for row in 0..<count { words.append(span[row]) }
    }
    return words
  }
}

extension Double {
  /// A word that sorts, unsigned, as the number does: one zero, NaN last.
  var orderWord: UInt64 {
    if isNaN { return UInt64.max }
    let bits = (self == 0 ? 0.0 : self).bitPattern
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
  }
}
