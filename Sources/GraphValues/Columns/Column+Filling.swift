extension Column {
  // MARK: Filling by row number

  /// Makes the column `rows` rows of a kind, to be filled by row number in any order.
  ///
  /// Fixed-width rows start with an unspecified word and are not null; general ones start as null.
  public func prepare(_ kind: Kind, rows: Int) {
    reset(kind)
    if kind == .values {
      general.append(contentsOf: repeatElement(.null, count: rows))
    } else {
      reserve(rows)
    }
    count = rows
  }

  /// Makes the column one row that stands for any number of equal rows.
  public func setConstant(_ value: Value) {
    reset(.values)
    append(value)
    isConstant = true
  }

  /// The words of a fixed-width column, to be written.
  public var mutableWords: MutableSpan<UInt64> {
    @_lifetime(borrow self) get {
      let span = unsafe MutableSpan(_unsafeStart: words, count: kind == .values ? 0 : count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// Sets the word of a row of a fixed-width column.
  public func set(word: UInt64, at row: Int) {
    precondition(row < count && kind != .values)
    unsafe words[row] = word
    if hasNulls { unsafe nulls[row] = false }
  }

  /// Sets a row to null.
  public func setNull(at row: Int) {
    precondition(row < count)
    if kind == .values {
      if dictionary == nil { general[row] = .null } else { set(code: 0, at: row) }
      return
    }
    if !hasNulls {
      hasNulls = true
      unsafe nulls.update(repeating: false, count: count)
    }
    unsafe nulls[row] = true
  }

  /// Sets a row to any value; the column turns general when the kinds differ.
  public func set(_ value: Value, at row: Int) {
    switch (kind, value) {
    case (.values, _): general[row] = value
    case (_, .null): setNull(at: row)
    case (.nodes, .node(let id)): set(word: id.raw, at: row)
    case (.relationships, .relationship(let id)): set(word: id.raw, at: row)
    case (.integers, .integer(let number)): set(word: UInt64(bitPattern: number), at: row)
    case (.floats, .float(let number)): set(word: number.bitPattern, at: row)
    case (.booleans, .boolean(let flag)): set(word: flag ? 1 : 0, at: row)
    default:
      generalise()
      general[row] = value
    }
  }

  /// Whether a row of booleans is true; of a general column, whether it is the value `true`.
  public func isTrue(at row: Int) -> Bool {
    let row = place(row)
    if kind == .values {
      if case .boolean(true) = values[row] { return true }
      return false
    }
    precondition(row < count)
    return unsafe kind == .booleans && words[row] != 0 && !(hasNulls && nulls[row])
  }

  /// Appends the numbers of the rows, of the first `rowCount`, in which this column is true.
  public func appendTrueRows(_ rowCount: Int, to rows: inout [UInt16]) {
    guard kind == .booleans else {
      for row in 0..<rowCount where isTrue(at: row) { rows.append(UInt16(row)) }
      return
    }
    precondition(rowCount <= count)
    rows.reserveCapacity(rows.count + rowCount)
    let start = rows.count
    rows.append(contentsOf: repeatElement(0, count: rowCount))
    let source = unsafe words
    let isNull = unsafe nulls
    let mayBeNull = hasNulls
    var kept = start
    var span = rows.mutableSpan
    for row in 0..<rowCount {
      span[kept] = UInt16(truncatingIfNeeded: row)
      let isKept = unsafe source[row] != 0 && !(mayBeNull && isNull[row])
      kept &+= isKept ? 1 : 0
    }
    rows.removeLast(rows.count - kept)
  }

  // MARK: Filling from other columns

  /// Replaces the content by some rows of another column, in their order, with repetitions.
  ///
  /// A constant column stays one row.
  public func gather(_ rows: [Int32], from other: Column) {
    reset(other.kind)
    if other.isConstant {
      append(from: other, row: 0)
      isConstant = true
      return
    }
    appendRows(rows, of: other)
  }

  /// Appends some rows of another column, in their order, with repetitions.
  public func appendRows(_ rows: [Int32], of other: Column) {
    if count == 0 && !isConstant { reset(other.kind) }
    guard other.kind == kind, !other.isConstant else {
      for row in rows { append(from: other, row: Int(row)) }
      return
    }
    if kind == .values {
      if let dictionary = other.dictionary, count == 0 {
        return gather(codes: rows, of: other, dictionary)
      }
      general.reserveCapacity(values.count + rows.count)
      for row in rows { general.append(other.generalValue(at: Int(row))) }
      count = values.count
      return
    }
    reserve(count + rows.count)
    let available = other.count
    for index in rows.indices {
      let row = Int(rows[index])
      precondition(row >= 0 && row < available)
      unsafe words[count + index] = other.words[row]
    }
    if other.hasNulls && !hasNulls {
      hasNulls = true
      unsafe nulls.update(repeating: false, count: count)
    }
    if hasNulls {
      for index in rows.indices {
        unsafe nulls[count + index] = other.hasNulls && other.nulls[Int(rows[index])]
      }
    }
    count += rows.count
  }

  private func gather(codes rows: [Int32], of other: Column, _ dictionary: ColumnDictionary) {
    prepareCodes(dictionary, rows: rows.count)
    for index in rows.indices {
      let row = Int(rows[index])
      precondition(row >= 0 && row < other.count)
      unsafe words[index] = other.words[row]
    }
  }

  /// Appends the surviving rows of another column; a constant column's row once for each.
  public func append(_ rows: RowSet, of other: Column) {
    if count == 0 && !isConstant { reset(other.kind) }
    guard other.kind == kind, kind != .values, !other.isConstant else {
      for index in 0..<rows.count { append(from: other, row: rows[index]) }
      return
    }
    reserve(count + rows.count)
    let available = other.count
    for index in 0..<rows.count {
      let row = rows[index]
      precondition(row < available)
      unsafe words[count + index] = other.words[row]
    }
    if other.hasNulls && !hasNulls {
      hasNulls = true
      unsafe nulls.update(repeating: false, count: count)
    }
    if hasNulls {
      for index in 0..<rows.count {
        unsafe nulls[count + index] = other.hasNulls && other.nulls[rows[index]]
      }
    }
    count += rows.count
  }

  /// Replaces the content by the rows `start ..< start + length` of another column.
  public func copy(_ start: Int, _ length: Int, from other: Column) {
    reset(other.kind)
    if other.isConstant {
      append(from: other, row: 0)
      isConstant = true
    } else if kind == .values {
      general.append(contentsOf: other.general[start..<start + length])
      count = length
    } else {
      precondition(start >= 0 && length >= 0 && start + length <= other.count)
      reserve(length)
      unsafe words.update(from: other.words + start, count: length)
      if other.hasNulls {
        hasNulls = true
        unsafe nulls.update(from: other.nulls + start, count: length)
      }
      count = length
    }
  }

  /// Fills with the integers `first`, `first + step`, …; wraps past the ends of `Int64`.
  public func fillProgression(from first: Int64, step: Int64, rows: Int) {
    prepare(.integers, rows: rows)
    var next = first
    for row in 0..<rows {
      unsafe words[row] = UInt64(bitPattern: next)
      next &+= step
    }
  }

  /// Fills with ascending words of a fixed-width kind, from `first` on.
  public func fillAscending(_ kind: Kind, from first: UInt64, rows: Int) {
    prepare(kind, rows: rows)
    for row in 0..<rows { unsafe words[row] = first &+ UInt64(row) }
  }

  /// Some rows as values, in their order.
  public func values(of rows: RowSet) -> [Value] {
    if kind == .values && rows.isAll && !isConstant { return Array(values.prefix(rows.count)) }
    var result: [Value] = []
    result.reserveCapacity(rows.count)
    for index in 0..<rows.count { result.append(value(at: rows[index])) }
    return result
  }

  /// Bytes that the rows occupy, strings and containers by estimate, for accounts of memory.
  public var estimatedBytes: Int {
    guard kind == .values else { return count * 9 }
    var bytes = count * 24
    for value in values { bytes += value.heapBytes }
    return bytes
  }
}

extension Value {
  /// Bytes that the value keeps outside itself, by estimate.
  public var heapBytes: Int {
    switch self {
    case .string(let text): text.utf8.count > 15 ? 32 + text.utf8.count : 0
    case .bytes(let bytes): 32 + bytes.count
    case .list(let elements): elements.reduce(32) { $0 + 24 + $1.heapBytes }
    case .map(let map): map.entries.reduce(32) { $0 + 40 + $1.value.heapBytes }
    case .zonedDateTime, .duration, .point: 48
    case .path(let path): 64 + 16 * path.nodes.count
    case .nodeRecord(let record): 96 + record.properties.entries.count * 64
    case .relationshipRecord(let record): 128 + record.properties.entries.count * 64
    case .pathRecord(let path): 64 + 256 * path.nodes.count
    default: 0
    }
  }
}

extension Column {
  /// Appends part of an array of numbers as words of the column's own kind, which must be fixed-width.
  public func append(_ numbers: [UInt32], _ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= numbers.count && kind != .values)
    reserve(count + range.count)
    let target = unsafe words + count
    unsafe numbers.withUnsafeBufferPointer { source in
      for index in 0..<range.count {
        unsafe target[index] = UInt64(source[range.lowerBound &+ index])
      }
    }
    if hasNulls { for index in 0..<range.count { unsafe nulls[count + index] = false } }
    count += range.count
  }
}
