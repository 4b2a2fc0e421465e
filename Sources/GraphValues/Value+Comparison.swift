/// What `<`, `<=`, `>` and `>=` make of two values.
@frozen public enum Comparability: Hashable, Sendable {
  /// They stand in this order.
  case ordered(ValueOrder)
  /// All four operators are false: NaN with a number.
  case unordered
  /// They are the same but have no order: `<=` and `>=` are true, `<` and `>` null.
  case same
  /// All four operators are null: a null, or types that do not compare.
  case unknown

  /// `<`.
  @inlinable public var isLess: Bool? {
    switch self {
    case .ordered(let order): order == .less
    case .unordered: false
    case .same, .unknown: nil
    }
  }

  /// `<=`.
  @inlinable public var isLessOrEqual: Bool? {
    switch self {
    case .ordered(let order): order != .greater
    case .unordered: false
    case .same: true
    case .unknown: nil
    }
  }

  /// `>`.
  @inlinable public var isGreater: Bool? {
    switch self {
    case .ordered(let order): order == .greater
    case .unordered: false
    case .same, .unknown: nil
    }
  }

  /// `>=`.
  @inlinable public var isGreaterOrEqual: Bool? {
    switch self {
    case .ordered(let order): order != .less
    case .unordered: false
    case .same: true
    case .unknown: nil
    }
  }
}

extension Value {
  /// How the comparison operators see two values.
  ///
  /// Numbers by value, INTEGER with FLOAT as doubles; strings by code points; lists by their first
  /// pair that differs; instants of one type chronologically; entities by id. Durations and
  /// points have no order, but none is greater than itself; values of different types never compare.
  public func comparability(to other: Value) -> Comparability {
    switch (self, other) {
    case (.integer(let left), .integer(let right)): .ordered(ValueOrder(left, right))
    case (.float(let left), .float(let right)): Self.comparability(left, right)
    case (.integer(let left), .float(let right)): Self.comparability(Double(left), right)
    case (.float(let left), .integer(let right)): Self.comparability(left, Double(right))
    case (.string(let left), .string(let right)): .ordered(left.codePointOrder(to: right))
    case (.boolean(let left), .boolean(let right)):
      .ordered(ValueOrder(left ? 1 : 0, right ? 1 : 0))
    case (.list(let left), .list(let right)): Self.comparability(left, right)
    case (.bytes, .list), (.list, .bytes), (.bytes, .bytes):
      Self.comparability(listElements, other.listElements)
    case (.map(let left), .map(let right)): left.comparability(to: right)
    case (.point(let left), .point(let right)): left == right ? .same : .unknown
    case (.duration(let left), .duration(let right)): left == right ? .same : .unknown
    case (.duration, _), (.point, _), (.null, _), (_, .null): .unknown
    default: rank == other.rank ? .ordered(orderWithinRank(other)) : .unknown
    }
  }

  /// `<`; `nil` when the answer is null.
  @inlinable public func isLess(than other: Value) -> Bool? { comparability(to: other).isLess }

  /// `<=`; `nil` when the answer is null.
  @inlinable public func isLessOrEqual(to other: Value) -> Bool? {
    comparability(to: other).isLessOrEqual
  }

  /// `>`; `nil` when the answer is null.
  @inlinable public func isGreater(than other: Value) -> Bool? {
    comparability(to: other).isGreater
  }

  /// `>=`; `nil` when the answer is null.
  @inlinable public func isGreaterOrEqual(to other: Value) -> Bool? {
    comparability(to: other).isGreaterOrEqual
  }

  @inline(__always)
  private static func comparability(_ left: Double, _ right: Double) -> Comparability {
    if left < right { return .ordered(.less) }
    if left > right { return .ordered(.greater) }
    return left == right ? .ordered(.equal) : .unordered
  }

  private static func comparability(_ left: [Value], _ right: [Value]) -> Comparability {
    for (one, two) in zip(left, right) {
      switch one.comparability(to: two) {
      case .ordered(.equal), .same: continue
      case .ordered(let order): return .ordered(order)
      case .unordered, .unknown: return .unknown
      }
    }
    return .ordered(ValueOrder(left.count, right.count))
  }
}

extension MapValue {
  /// Maps compare by their number of keys, then by their sorted keys, then value by value.
  func comparability(to other: MapValue) -> Comparability {
    let left = sortedEntries
    let right = other.sortedEntries
    let byKeys = left.orderOfKeys(to: right)
    guard byKeys == .equal else { return .ordered(byKeys) }
    for (one, two) in zip(left, right) {
      switch one.value.comparability(to: two.value) {
      case .ordered(.equal), .same: continue
      case .ordered(let order): return .ordered(order)
      case .unordered, .unknown: return .unknown
      }
    }
    return .ordered(.equal)
  }

  /// The entries by key in code point order.
  var sortedEntries: [(key: String, value: Value)] {
    entries.sorted { $0.key.codePointOrder(to: $1.key) == .less }
  }
}

extension [(key: String, value: Value)] {
  /// The order by number of keys, then by the keys in turn; both sides must be sorted.
  func orderOfKeys(to other: Self) -> ValueOrder {
    guard count == other.count else { return ValueOrder(count, other.count) }
    for (one, two) in zip(self, other) {
      let order = one.key.codePointOrder(to: two.key)
      if order != .equal { return order }
    }
    return .equal
  }
}
