extension Value {
  func temporalSum(_ other: Value) throws(ValueError) -> Value {
    throw .operandMismatch(.add, self, other)
  }

  func temporalDifference(_ other: Value) throws(ValueError) -> Value {
    throw .operandMismatch(.subtract, self, other)
  }

  func temporalProduct(_ other: Value) throws(ValueError) -> Value {
    throw .operandMismatch(.multiply, self, other)
  }

  func temporalQuotient(_ other: Value) throws(ValueError) -> Value {
    throw .operandMismatch(.divide, self, other)
  }
}
