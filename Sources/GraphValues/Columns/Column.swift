/// One typed vector of a batch, reused from batch to batch.
///
/// Fixed-width kinds keep 64-bit words; `values` keeps general `Value`s. A column that is appended a
/// value of another kind turns into `values` by itself, so that writers need not know what follows.
/// A column of one row that `isConstant` stands for any number of equal rows. General values may be
/// given by number in a dictionary; whoever reads or changes them as such finds them written out.
///
/// Not `Sendable`: a column belongs to the operator that fills it and is valid until that operator's
/// next call.
@safe public final class Column {
  /// What the words mean.
  public enum Kind: UInt8, Sendable {
    /// `NodeID`s.
    case nodes
    /// `RelationshipID`s.
    case relationships
    /// `Int64`s.
    case integers
    /// `Double`s by bit pattern.
    case floats
    /// 0 or 1.
    case booleans
    /// Anything, in `values`.
    case values
  }

  /// What the column holds; `values` holds anything.
  public internal(set) var kind: Kind {
    get { unsafe state.pointee.kind }
    set { unsafe state.pointee.kind = newValue }
  }
  /// How many rows are filled.
  public internal(set) var count: Int {
    get { unsafe state.pointee.count }
    set { unsafe state.pointee.count = newValue }
  }
  /// Whether row 0 stands for all rows.
  public var isConstant: Bool {
    get { unsafe state.pointee.isConstant }
    set { unsafe state.pointee.isConstant = newValue }
  }
  /// Whether any row may be null; null rows have an unspecified word.
  public internal(set) var hasNulls: Bool {
    get { unsafe state.pointee.hasNulls }
    set { unsafe state.pointee.hasNulls = newValue }
  }
  /// The general values, when `kind` is `values`.
  public var values: [Value] { general }
  /// What the words number in a column of general values that are not written out.
  public internal(set) var dictionary: ColumnDictionary? {
    get { unsafe state.pointee.dictionary }
    set { unsafe state.pointee.dictionary = newValue }
  }
  var general: [Value] {
    get {
      writeOut()
      return unsafe state.pointee.general
    }
    _modify {
      writeOut()
      yield unsafe &state.pointee.general
    }
  }
  var words: UnsafeMutablePointer<UInt64> {
    get { unsafe state.pointee.words }
    set { unsafe state.pointee.words = newValue }
  }
  var nulls: UnsafeMutablePointer<Bool> {
    get { unsafe state.pointee.nulls }
    set { unsafe state.pointee.nulls = newValue }
  }
  var capacity: Int {
    get { unsafe state.pointee.capacity }
    set { unsafe state.pointee.capacity = newValue }
  }

  /// What changes, behind a pointer: a class's stored properties would be checked for overlapping
  /// accesses at each use, which was a sixth of the time of a statement of one row.
  @safe private struct State {
    var kind: Kind
    var count = 0
    var isConstant = false
    var hasNulls = false
    var general: [Value] = []
    var dictionary: ColumnDictionary?
    var words: UnsafeMutablePointer<UInt64>
    var nulls: UnsafeMutablePointer<Bool>
    var capacity: Int
  }
  private let state: UnsafeMutablePointer<State>

  /// Makes an empty column of a kind.
  public init(_ kind: Kind, capacity: Int = 4) {
    let capacity = max(capacity, 1)
    let words = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity)
    let nulls = UnsafeMutablePointer<Bool>.allocate(capacity: capacity)
    unsafe words.initialize(repeating: 0, count: capacity)
    unsafe nulls.initialize(repeating: false, count: capacity)
    unsafe state = .allocate(capacity: 1)
    unsafe state.initialize(
      to: State(kind: kind, words: words, nulls: nulls, capacity: capacity))
  }

  deinit {
    unsafe words.deallocate()
    unsafe nulls.deallocate()
    unsafe state.deinitialize(count: 1)
    unsafe state.deallocate()
  }

  /// Empties the column and gives it a kind; keeps its memory.
  public func reset(_ kind: Kind) {
    self.kind = kind
    count = 0
    isConstant = false
    hasNulls = false
    dictionary = nil
    general.removeAll(keepingCapacity: true)
  }

  /// Puts the values in place of their numbers.
  @inline(__always)
  private func writeOut() {
    if unsafe state.pointee.dictionary != nil { writeOutCodes() }
  }

  private func writeOutCodes() {
    guard let found = dictionary else { return }
    dictionary = nil
    general.reserveCapacity(count)
    for row in 0..<count { general.append(found.values[Int(unsafe words[row])]) }
  }

  /// Drops the rows from one on.
  public func truncate(to rows: Int) {
    precondition(rows >= 0 && rows <= count)
    if kind == .values { general.removeSubrange(rows...) }
    count = rows
  }

  /// Makes room for `rows` rows in all.
  public func reserve(_ rows: Int) {
    guard rows > capacity else { return }
    let grown = max(rows, capacity * 2)
    let newWords = UnsafeMutablePointer<UInt64>.allocate(capacity: grown)
    let newNulls = UnsafeMutablePointer<Bool>.allocate(capacity: grown)
    unsafe newWords.initialize(repeating: 0, count: grown)
    unsafe newNulls.initialize(repeating: false, count: grown)
    if kind != .values || dictionary != nil {
      unsafe newWords.update(from: words, count: count)
      unsafe newNulls.update(from: nulls, count: count)
    }
    unsafe words.deallocate()
    unsafe nulls.deallocate()
    unsafe words = newWords
    unsafe nulls = newNulls
    capacity = grown
  }

  // MARK: Reading

  /// The row to read for `row`, which is 0 in a constant column.
  @inlinable public func place(_ row: Int) -> Int { isConstant ? 0 : row }

  /// Whether a row is null.
  public func isNull(at row: Int) -> Bool {
    let row = place(row)
    if kind == .values { return generalValue(at: row).isNull }
    precondition(row < count)
    return unsafe hasNulls && nulls[row]
  }

  /// The word of a row of a fixed-width column; unspecified when the row is null.
  public func word(at row: Int) -> UInt64 {
    let row = place(row)
    precondition(row < count && kind != .values)
    return unsafe words[row]
  }

  /// The words of a fixed-width column.
  public var wordSpan: Span<UInt64> {
    @_lifetime(borrow self) get {
      let span = unsafe Span(_unsafeStart: words, count: kind == .values ? 0 : count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// The null flags of a fixed-width column; empty when `hasNulls` is false.
  public var nullSpan: Span<Bool> {
    @_lifetime(borrow self) get {
      let span = unsafe Span(_unsafeStart: nulls, count: hasNulls && kind != .values ? count : 0)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// A row of a general column, written out or not; not of a constant one other than row 0.
  @inline(__always)
  public func generalValue(at row: Int) -> Value {
    if let dictionary = unsafe state.pointee.dictionary {
      precondition(row < count)
      return dictionary.values[Int(unsafe words[row])]
    }
    return unsafe state.pointee.general[row]
  }

  /// A row as a `Value`.
  public func value(at row: Int) -> Value {
    let row = place(row)
    if kind == .values { return generalValue(at: row) }
    precondition(row < count)
    if unsafe hasNulls && nulls[row] { return .null }
    let word = unsafe words[row]
    switch kind {
    case .nodes: return .node(NodeID(word))
    case .relationships: return .relationship(RelationshipID(word))
    case .integers: return .integer(Int64(bitPattern: word))
    case .floats: return .float(Double(bitPattern: word))
    case .booleans: return .boolean(word != 0)
    case .values: return .null
    }
  }

  // MARK: Appending

  /// Appends a word of the column's own kind, which must be fixed-width.
  public func append(word: UInt64) {
    if count == capacity { reserve(count + 1) }
    unsafe words[count] = word
    if hasNulls { unsafe nulls[count] = false }
    count += 1
  }

  /// Appends many words of the column's own kind, which must be fixed-width.
  public func append(words source: Span<UInt64>) {
    reserve(count + source.count)
    for index in source.indices { unsafe words[count + index] = source[index] }
    if hasNulls { for index in source.indices { unsafe nulls[count + index] = false } }
    count += source.count
  }

  /// Appends words of the column's own kind, which must be fixed-width, from bytes of any alignment:
  /// eight each, low byte first.
  public func append(packedWords source: RawSpan) {
    let added = source.byteCount / 8
    guard added > 0 else { return }
    reserve(count + added)
    for index in 0..<added {
      unsafe words[count + index] = UInt64(
        littleEndian: source.unsafeLoadUnaligned(
          fromUncheckedByteOffset: index &* 8, as: UInt64.self))
    }
    if hasNulls { for index in 0..<added { unsafe nulls[count + index] = false } }
    count += added
  }

  /// Appends a null.
  public func appendNull() {
    if kind == .values {
      general.append(.null)
      count += 1
      return
    }
    if count == capacity { reserve(count + 1) }
    if !hasNulls {
      hasNulls = true
      for row in 0..<count { unsafe nulls[row] = false }
    }
    unsafe words[count] = 0
    unsafe nulls[count] = true
    count += 1
  }

  /// Appends any value; the column turns general when the kinds differ.
  ///
  /// An empty column takes the value's kind.
  public func append(_ value: Value) {
    if count == 0 { adopt(value) }
    switch (kind, value) {
    case (.values, _):
      general.append(value)
      count += 1
    case (_, .null): appendNull()
    case (.nodes, .node(let id)): append(word: id.raw)
    case (.relationships, .relationship(let id)): append(word: id.raw)
    case (.integers, .integer(let number)): append(word: UInt64(bitPattern: number))
    case (.floats, .float(let number)): append(word: number.bitPattern)
    case (.booleans, .boolean(let flag)): append(word: flag ? 1 : 0)
    default:
      generalise()
      general.append(value)
      count += 1
    }
  }

  /// Appends a row of another column.
  public func append(from other: Column, row: Int) {
    if other.kind != .values && other.kind == kind {
      if other.isNull(at: row) { appendNull() } else { append(word: other.word(at: row)) }
    } else {
      append(other.value(at: row))
    }
  }

  private func adopt(_ value: Value) {
    switch value {
    case .node: kind = .nodes
    case .relationship: kind = .relationships
    case .integer: kind = .integers
    case .float: kind = .floats
    case .boolean: kind = .booleans
    case .null: break
    default: kind = .values
    }
  }

  /// Turns a fixed-width column into a general one with the same rows.
  public func generalise() {
    guard kind != .values else { return }
    var general: [Value] = []
    general.reserveCapacity(max(capacity, count))
    let constant = isConstant
    isConstant = false
    for row in 0..<count { general.append(value(at: row)) }
    isConstant = constant
    self.general = general
    kind = .values
  }
}
