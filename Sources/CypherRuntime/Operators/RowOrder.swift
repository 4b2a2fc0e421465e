import GraphValues
import QueryPlan

/// The order of the rows of a buffer by some of its columns.
///
/// Sorts by one key after the other: by the first all rows, by the next those runs of rows that the
/// keys before it do not tell apart. Numbers and entities sort by words, all else by the order of
/// values.
struct RowOrder {
  private let keys: [Key]

  /// One key: its column, and for numbers and entities the words by which it sorts.
  private struct Key {
    let column: Column
    let words: [UInt64]
    let isDescending: Bool
  }

  private struct Entry {
    let word: UInt64
    let row: Int32
  }

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
    var rows = Array(0..<Int32(count))
    sort(&rows, 0..<count, key: 0)
    return rows
  }

  /// Sorts a range of rows by a key and those after it.
  private func sort(_ rows: inout [Int32], _ range: Range<Int>, key: Int) {
    guard key < keys.count, range.count > 1 else { return }
    if keys[key].column.isConstant {
      sort(&rows, range, key: key + 1)
    } else if keys[key].words.isEmpty {
      sortValues(&rows, range, key: key)
    } else {
      sortWords(&rows, range, key: key)
    }
  }

  private func sortWords(_ rows: inout [Int32], _ range: Range<Int>, key: Int) {
    let words = keys[key].words
    let column = keys[key].column
    let isDescending = keys[key].isDescending
    let mask: UInt64 = isDescending ? UInt64.max : 0
    var entries: [Entry] = []
    entries.reserveCapacity(range.count)
    var nulls: [Int32] = []
    if column.hasNulls {
      for row in rows[range] {
        if column.isNull(at: Int(row)) {
          nulls.append(row)
        } else {
          entries.append(Entry(word: words[Int(row)] ^ mask, row: row))
        }
      }
    } else {
      for row in rows[range] { entries.append(Entry(word: words[Int(row)] ^ mask, row: row)) }
    }
    entries.sort { $0.word == $1.word ? $0.row < $1.row : $0.word < $1.word }
    var place = range.lowerBound
    if isDescending { place = put(nulls, &rows, at: place, key: key) }
    var start = place
    for index in entries.indices {
      rows[place] = entries[index].row
      place += 1
      if index + 1 == entries.count || entries[index + 1].word != entries[index].word {
        sort(&rows, start..<place, key: key + 1)
        start = place
      }
    }
    if !isDescending { _ = put(nulls, &rows, at: place, key: key) }
  }

  /// Writes rows that a key does not tell apart, sorted by the keys after it; gives the place behind.
  private func put(_ equal: [Int32], _ rows: inout [Int32], at place: Int, key: Int) -> Int {
    for (offset, row) in equal.enumerated() { rows[place + offset] = row }
    sort(&rows, place..<place + equal.count, key: key + 1)
    return place + equal.count
  }

  private func sortValues(_ rows: inout [Int32], _ range: Range<Int>, key: Int) {
    let column = keys[key].column
    let before: ValueOrder = keys[key].isDescending ? .greater : .less
    var entries: [(value: Value, row: Int32)] = []
    entries.reserveCapacity(range.count)
    for row in rows[range] { entries.append((column.value(at: Int(row)), row)) }
    entries.sort { first, second in
      let order = first.value.order(to: second.value)
      return order == .equal ? first.row < second.row : order == before
    }
    var place = range.lowerBound
    var start = place
    for index in entries.indices {
      rows[place] = entries[index].row
      place += 1
      if index + 1 == entries.count
        || entries[index + 1].value.order(to: entries[index].value) != .equal
      {
        sort(&rows, start..<place, key: key + 1)
        start = place
      }
    }
  }
}

extension Column {
  /// For a fixed-width column: words that sort, unsigned, as its values do; else nothing.
  func orderWords() -> [UInt64] {
    guard kind != .values, !isConstant else { return [] }
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
