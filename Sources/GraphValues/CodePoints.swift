// Swift's own `==` and `<` on strings go by canonical equivalence; Cypher goes by code points, whose
// order is the order of UTF-8 bytes.

extension String {
  /// Whether two strings are the same sequence of code points.
  public func hasSameCodePoints(as other: String) -> Bool {
    guard utf8.count == other.utf8.count, self == other else { return false }
    // Canonically equivalent texts can still differ, but not where all is ASCII.
    return isKnownASCII || utf8.elementsEqual(other.utf8)
  }

  /// Whether the text is marked as ASCII; `false` says nothing.
  ///
  /// Of such texts Swift's own comparisons, which are faster than a loop over bytes, agree with code
  /// points.
  private var isKnownASCII: Bool {
    guard #available(macOS 26.0, *) else { return false }
    return utf8Span.isKnownASCII
  }

  /// How two strings stand to each other by code points.
  public func codePointOrder(to other: String) -> ValueOrder {
    if isKnownASCII && other.isKnownASCII {
      return self == other ? .equal : self < other ? .less : .greater
    }
    var left = utf8.makeIterator()
    var right = other.utf8.makeIterator()
    while true {
      switch (left.next(), right.next()) {
      case (nil, nil): return .equal
      case (nil, _): return .less
      case (_, nil): return .greater
      case (let one?, let two?):
        if one != two { return one < two ? .less : .greater }
      }
    }
  }
}

/// How one value stands to another in an order.
@frozen public enum ValueOrder: Int8, Hashable, Sendable {
  /// Before.
  case less = -1
  /// Neither before nor behind.
  case equal = 0
  /// Behind.
  case greater = 1

  /// The same seen from the other side.
  @inlinable public var reversed: ValueOrder {
    switch self {
    case .less: .greater
    case .equal: .equal
    case .greater: .less
    }
  }

  /// This order, or where it is equal what `next` says.
  @inlinable public func then(_ next: @autoclosure () -> ValueOrder) -> ValueOrder {
    self == .equal ? next() : self
  }

  /// The order of two comparable things.
  @inlinable public init<T: Comparable>(_ left: T, _ right: T) {
    self = left < right ? .less : left == right ? .equal : .greater
  }

  /// The order of two doubles, with NaN behind everything and equal to itself, and one zero.
  @inlinable public init(total left: Double, _ right: Double) {
    if left < right {
      self = .less
    } else if left > right {
      self = .greater
    } else if left == right {
      self = .equal
    } else {
      self = left.isNaN ? (right.isNaN ? .equal : .greater) : .less
    }
  }

  /// The exact order of an integer and a double, which may lie beyond what either type can hold.
  @inlinable public init(exact left: Int64, _ right: Double) {
    guard right == right else {
      self = .less
      return
    }
    if right >= 0x1p63 {
      self = .less
    } else if right < -0x1p63 {
      self = .greater
    } else {
      let whole = right.rounded(.towardZero)
      let number = Int64(whole)
      if number != left {
        self = left < number ? .less : .greater
      } else {
        self = ValueOrder(total: whole, right)
      }
    }
  }
}
