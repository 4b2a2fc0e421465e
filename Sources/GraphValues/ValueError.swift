/// An operator that computes a value from others.
public enum ArithmeticOperation: String, Hashable, Sendable {
  /// `+`.
  case add = "+"
  /// `-`, also the unary one, which counts as `0 - x`.
  case subtract = "-"
  /// `*`.
  case multiply = "*"
  /// `/`.
  case divide = "/"
  /// `%`.
  case modulo = "%"
  /// `^`.
  case power = "^"
  /// `||`.
  case concatenate = "||"
}

/// Why an operation on values has no result.
public enum ValueError: Error, Sendable {
  /// An integer result does not fit 64 bits.
  case overflow(ArithmeticOperation)
  /// An integer was divided by zero, or its remainder by zero was asked for.
  case divisionByZero
  /// The operation is not defined for these two operands.
  case operandMismatch(ArithmeticOperation, Value, Value)
  /// A duration does not fit its parts.
  case temporal(ArithmeticOperation, TemporalError)
  /// An instant left the range of years on its way.
  case temporalStep(ArithmeticOperation, TemporalFault)
  /// An instant of a region was moved where no time zones are known.
  case zoneRulesNeeded(region: String)
  /// A list was indexed by something other than an INTEGER.
  case listIndexNotInteger(list: Value, index: Value)
  /// A map or entity was asked for a key that is not a STRING.
  case keyNotString(container: Value, key: Value)
  /// `e[i]` where `e` is neither list nor map.
  case notIndexable(Value, index: Value)
  /// A bound of a slice is not a number.
  case sliceBoundNotNumber(Value)
  /// A bound of a slice does not fit 32 bits.
  case sliceBoundOutOfRange(Int64)
  /// `e.key` where `e` has no keys.
  case notAMap(Value)
}
