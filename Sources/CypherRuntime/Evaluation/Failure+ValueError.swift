import Diagnostics
import GraphValues

extension Failure {
  /// What a client is told of an operation on values that has no result.
  init(_ error: ValueError) {
    switch error {
    case .overflow: self = .overflow("long overflow")
    case .divisionByZero:
      self = .arithmetic("/ by zero")
      gqlStatus = "22012"
      gqlDescription = "data exception - division by zero"
      causes = [.overflows("/ by zero")]
    case .operandMismatch(let operation, let left, let right):
      self = .operandMismatch(operation, left, right)
    case .temporalOverflow(_, let left, let right):
      self = .overflow(
        "Cannot combine \(left.debugText) and \(right.debugText): the result is out of range")
    case .listIndexNotInteger(let list, let index):
      if case .float = index {
        self = .invalidType(
          "Cannot access a list using an non-integer number index, got \(index.debugText)",
          value: index, expected: ["INTEGER"])
      } else {
        self = .invalidType(
          "Cannot access a list '\(list.debugText)' using a non-number index, "
            + "got \(index.debugText)", value: index, expected: ["INTEGER", "FLOAT"])
      }
    case .keyNotString(let container, let key):
      self = .invalidType(
        "Cannot access a map '\(container.debugText)' by key '\(key.debugText)': Expected "
          + "\(key.debugText) to be a String, but it was a \(key.kindText)", value: key,
        expected: ["STRING"])
    case .notIndexable(let container, let index):
      self = .invalidType(
        "`\(container.debugText)` is not a collection or a map. Element access is only possible "
          + "by performing a collection lookup using an integer index, or by performing a map "
          + "lookup using a string key (found: \(container.debugText)[\(index.debugText)])",
        value: container, expected: ["MAP", "NODE", "RELATIONSHIP", "LIST<ANY>"])
    case .sliceBoundNotNumber(let bound):
      self = .invalidType(
        "Expected a numeric value but got: \(bound.debugText)", value: bound,
        expected: ["INTEGER", "FLOAT"])
    case .sliceBoundOutOfRange(let bound):
      self = .execution(
        "Expected an integer between -2147483648 and 2147483647, but got: \(bound)")
    case .notAMap(let value):
      self = .invalidType(
        "Type mismatch: expected a map but was \(value.debugText)", value: value,
        expected: ["MAP"])
    }
  }

  /// A value of a type that does not fit, with its cause.
  static func invalidType(_ message: String, value: Value, expected: [String]) -> Failure {
    let text =
      "Expected the value \(value.causeText) to be of type \(alternatives(expected)), "
      + "but was of type \(value.typeText)."
    var failure = Failure.statement("TypeError", message)
    failure.gqlStatus = "22G03"
    failure.gqlDescription = "data exception - invalid value type"
    failure.causes = [
      GQLCause(
        gqlStatus: "22N01", gqlDescription: "data exception - invalid type. " + text, message: text)
    ]
    return failure
  }

  private static func alternatives(_ types: [String]) -> String {
    guard let last = types.last, types.count > 1 else { return types.first ?? "ANY" }
    return types.dropLast().joined(separator: ", ") + " or " + last
  }

  /// A result that does not fit its type.
  static func overflow(_ message: String) -> Failure {
    var failure = Failure.arithmetic(message)
    failure.gqlStatus = "22003"
    failure.gqlDescription =
      "data exception - numeric value out of range. The numeric value \(message) is outside the required range."
    failure.causes = [.overflows(message)]
    return failure
  }

  private static func operandMismatch(
    _ operation: ArithmeticOperation, _ left: Value, _ right: Value
  ) -> Failure {
    let (a, b) = (left.kindText, right.kindText)
    let message =
      switch operation {
      case .add: "Cannot add `\(a)` and `\(b)`"
      case .subtract: "Cannot subtract `\(b)` from `\(a)`"
      case .multiply: "Cannot multiply `\(a)` and `\(b)`"
      case .divide: "Cannot divide `\(a)` by `\(b)`"
      case .modulo: "Cannot calculate modulus of `\(a)` and `\(b)`"
      case .power: "Cannot raise `\(a)` to the power of `\(b)`"
      case .concatenate: "Cannot concatenate `\(a)` and `\(b)`"
      }
    return .invalidType(message, value: left, expected: [right.typeText])
  }
}

extension Value {
  /// The value as causes show it: Cypher text, strings in double quotes.
  var causeText: String {
    switch self {
    case .null: "NULL"
    case .string(let text): "\"\(text)\""
    case .map, .node, .relationship: debugText
    default: literal
    }
  }
}
