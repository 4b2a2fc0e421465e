#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension Value {
  /// `self + other`: sums, concatenation of strings and lists, appending and prepending to lists, and
  /// strings joined with the text of numbers, booleans, temporals and points.
  public func adding(_ other: Value) throws(ValueError) -> Value {
    switch (self, other) {
    case (.integer(let left), .integer(let right)):
      let (sum, overflow) = left.addingReportingOverflow(right)
      if overflow { throw .overflow(.add) }
      return .integer(sum)
    case (.null, _), (_, .null): return .null
    case (.bytes, _): return try Value.list(listElements).adding(other)
    case (_, .bytes): return try adding(.list(other.listElements))
    case (.list(let left), .list(let right)): return .list(left + right)
    case (.list(let left), _): return .list(left + [other])
    case (_, .list(let right)): return .list([self] + right)
    case (.string(let left), .string(let right)): return .string(left + right)
    case (.string(let left), _):
      guard let right = other.textForConcatenation else { break }
      return .string(left + right)
    case (_, .string(let right)):
      guard let left = textForConcatenation else { break }
      return .string(left + right)
    default: break
    }
    if let (left, right) = doubles(with: other) { return .float(left + right) }
    return try temporalSum(other)
  }

  /// `self - other`.
  public func subtracting(_ other: Value) throws(ValueError) -> Value {
    if case .integer(let left) = self, case .integer(let right) = other {
      let (difference, overflow) = left.subtractingReportingOverflow(right)
      if overflow { throw .overflow(.subtract) }
      return .integer(difference)
    }
    if isNull || other.isNull { return .null }
    if let (left, right) = doubles(with: other) { return .float(left - right) }
    return try temporalDifference(other)
  }

  /// `self * other`.
  public func multiplied(by other: Value) throws(ValueError) -> Value {
    if case .integer(let left) = self, case .integer(let right) = other {
      let (product, overflow) = left.multipliedReportingOverflow(by: right)
      if overflow { throw .overflow(.multiply) }
      return .integer(product)
    }
    if isNull || other.isNull { return .null }
    if let (left, right) = doubles(with: other) { return .float(left * right) }
    return try temporalProduct(other)
  }

  /// `self / other`: truncates toward zero between integers; the least integer by -1 stays itself.
  public func divided(by other: Value) throws(ValueError) -> Value {
    if case .integer(let left) = self, case .integer(let right) = other {
      if right == 0 { throw .divisionByZero }
      return .integer(left.dividedReportingOverflow(by: right).partialValue)
    }
    if isNull || other.isNull { return .null }
    if let (left, right) = doubles(with: other) { return .float(left / right) }
    return try temporalQuotient(other)
  }

  /// `self % other`: the sign is the dividend's.
  public func modulo(_ other: Value) throws(ValueError) -> Value {
    if case .integer(let left) = self, case .integer(let right) = other {
      if right == 0 { throw .divisionByZero }
      return .integer(left.remainderReportingOverflow(dividingBy: right).partialValue)
    }
    if isNull || other.isNull { return .null }
    guard let (left, right) = doubles(with: other) else {
      throw .operandMismatch(.modulo, self, other)
    }
    return .float(left.truncatingRemainder(dividingBy: right))
  }

  /// `self ^ other`, always FLOAT.
  public func raised(to other: Value) throws(ValueError) -> Value {
    if isNull || other.isNull { return .null }
    guard let (left, right) = doubles(with: other) else {
      throw .operandMismatch(.power, self, other)
    }
    return .float(pow(left, right))
  }

  /// `self || other`: strings with strings, lists with lists, nothing else.
  public func concatenated(with other: Value) throws(ValueError) -> Value {
    switch (self, other) {
    case (.string(let left), .string(let right)): return .string(left + right)
    case (.list(let left), .list(let right)): return .list(left + right)
    case (.null, _), (_, .null): return .null
    default: throw .operandMismatch(.concatenate, self, other)
    }
  }

  /// `-self`.
  public func negated() throws(ValueError) -> Value {
    switch self {
    case .null: return .null
    // As 0 - x, so that no negative zero comes of zero.
    case .float(let number): return .float(0 - number)
    case .integer(let number):
      let (negative, overflow) = (0 as Int64).subtractingReportingOverflow(number)
      if overflow { throw .overflow(.subtract) }
      return .integer(negative)
    default: throw .operandMismatch(.subtract, .integer(0), self)
    }
  }

  /// The value as a double when it is a number.
  @inlinable public var double: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .float(let number): number
    default: nil
    }
  }

  /// Both operands as doubles when both are numbers.
  @inline(__always)
  private func doubles(with other: Value) -> (Double, Double)? {
    guard let left = double, let right = other.double else { return nil }
    return (left, right)
  }
}
