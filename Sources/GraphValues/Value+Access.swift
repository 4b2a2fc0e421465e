extension Value {
  /// `list[index]` and `map[key]`: negative indexes count from the end, out of range and missing
  /// keys are null, as is anything of null.
  ///
  /// Nodes and relationships are the caller's to read: here they are `notIndexable`.
  public func element(at index: Value) throws(ValueError) -> Value {
    switch (self, index) {
    case (.list(let elements), .integer(let index)):
      let place = index < 0 ? index &+ Int64(elements.count) : index
      guard place >= 0, place < Int64(elements.count) else { return .null }
      return elements[Int(place)]
    case (.map(let map), .string(let key)): return map[key] ?? .null
    case (.null, _), (_, .null): return .null
    case (.list, _): throw .listIndexNotInteger(list: self, index: index)
    case (.map, _): throw .keyNotString(container: self, key: index)
    case (.bytes(let bytes), .integer(let index)):
      let place = index < 0 ? index &+ Int64(bytes.count) : index
      guard place >= 0, place < Int64(bytes.count) else { return .null }
      return .integer(Int64(Int8(bitPattern: bytes[Int(place)])))
    default: throw .notIndexable(self, index: index)
    }
  }

  /// The part of a list from one bound up to, but not including, another.
  ///
  /// Negative bounds count from the end, all are clamped, `nil` stands for a bound that is not written;
  /// a null bound or list gives null. A scalar counts as a list of one. Throws `sliceBoundNotNumber`
  /// and `sliceBoundOutOfRange`.
  public func slice(from: Value?, to: Value?) throws(ValueError) -> Value {
    if isNull { return .null }
    let elements = listElements
    if from?.isNull == true || to?.isNull == true { return .null }
    let first = try Self.bound(from, count: elements.count) ?? 0
    let end = try Self.bound(to, count: elements.count) ?? elements.count
    guard first < end else { return .list([]) }
    if first == 0 && end == elements.count { return .list(elements) }
    return .list(Array(elements[first..<end]))
  }

  private static func bound(_ value: Value?, count: Int) throws(ValueError) -> Int? {
    guard let value else { return nil }
    let number: Int64
    switch value {
    case .integer(let bound):
      guard Int32(exactly: bound) != nil else { throw .sliceBoundOutOfRange(bound) }
      number = bound
    case .float(let bound):
      let whole = bound.isNaN ? 0 : bound.rounded(.towardZero)
      number = whole >= 0x1p31 ? 0x7FFF_FFFF : whole <= -0x1p31 ? -0x8000_0000 : Int64(whole)
    default: throw .sliceBoundNotNumber(value)
    }
    let place = number < 0 ? number + Int64(count) : number
    return Int(min(max(place, 0), Int64(count)))
  }

  /// The elements of a list; a scalar is taken for a list of one, null for an empty one, bytes for a
  /// list of signed numbers.
  public var listElements: [Value] {
    switch self {
    case .list(let elements): elements
    case .bytes(let bytes): bytes.map { .integer(Int64(Int8(bitPattern: $0))) }
    case .null: []
    default: [self]
    }
  }

  /// `self IN list`: three-valued OR of `=` over the elements; a scalar counts as a list of one.
  public func isMember(of list: Value) -> Value {
    if list.isNull { return .null }
    if case .list(let elements) = list {
      if elements.isEmpty { return .boolean(false) }
      if isNull { return .null }
      var isKnown = true
      for element in elements {
        switch equals(element) {
        case true?: return .boolean(true)
        case false?: continue
        case nil: isKnown = false
        }
      }
      return isKnown ? .boolean(false) : .null
    }
    return isMember(of: .list(list.listElements))
  }

  /// Whether lists and maps nest more than `limit` levels deep within this value.
  ///
  /// The depth of values is bounded where they are made (parameters, and loops such as `reduce`), so
  /// that everything that walks them may recurse. Visits at most all parts of the value.
  public func nests(deeperThan limit: Int) -> Bool {
    switch self {
    case .list(let elements):
      guard limit > 0 else { return true }
      for element in elements where element.nests(deeperThan: limit - 1) { return true }
      return false
    case .map(let map):
      guard limit > 0 else { return true }
      for entry in map.entries where entry.value.nests(deeperThan: limit - 1) { return true }
      return false
    default: return false
    }
  }

  /// The deepest nesting of lists and maps that values may have.
  public static let deepestNesting = 1_000
}
