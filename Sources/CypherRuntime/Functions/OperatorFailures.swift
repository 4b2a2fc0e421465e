import Diagnostics
import GraphValues

/// What clients are told of operators that have no result for their operands.
enum OperatorFailures {
  /// The failure for an error of the operations on values.
  static func failure(_ error: ValueError) -> Failure {
    switch error {
    case .overflow(let operation):
      .integerOverflow(in: operation.rawValue, "long overflow", value: "")
    case .divisionByZero: divisionByZero
    case .operandMismatch(let operation, let left, let right):
      mismatch(operation, left, right)
    case .listIndexNotInteger(let list, let index): listIndex(list, index)
    case .keyNotString(let container, let key):
      invalidType(
        "Cannot access a map '\(container.debugText)' by key '\(key.debugText)': Expected "
          + "\(key.debugText) to be a org.neo4j.values.storable.TextValue, but it was a "
          + key.className, key, ["STRING"])
    case .notIndexable(let value, let index):
      invalidType(
        "`\(value.debugText)` is not a collection or a map. Element access is only possible by "
          + "performing a collection lookup using an integer index, or by performing a map lookup "
          + "using a string key (found: \(value.debugText)[\(index.debugText)])", value,
        ["LIST", "MAP"])
    case .sliceBoundNotNumber(let bound):
      invalidType(
        "Expected \(bound.debugText) to be a org.neo4j.values.storable.NumberValue, but it was a "
          + bound.className, bound, ["INTEGER", "FLOAT"])
    case .sliceBoundOutOfRange(let bound):
      .outOfInt32(
        "Expected an integer between -2147483648 and 2147483647, but got: \(bound)", bound)
    case .notAMap(let value):
      invalidType(
        "Type mismatch: expected a map but was \(value.debugText)", value, ["MAP"])
    case .temporal(_, let error): .ofDuration(error)
    case .temporalStep(let operation, let fault): Failure(fault, operation: operation.rawValue)
    case .zoneRulesNeeded(let region):
      TemporalFailure.execution("No time zones are known here, but \(region) was to be used")
    }
  }

  /// A value where only true, false and null mean something.
  static func notPredicate(_ value: Value) -> Failure {
    invalidType(
      "Don't know how to treat that as a predicate: \(value.debugText)", value, ["BOOLEAN"])
  }

  private static var divisionByZero: Failure {
    Failure(
      code: "Neo.ClientError.Statement.ArithmeticError", message: "/ by zero",
      gqlStatus: "22012", gqlDescription: "data exception - division by zero",
      causes: [.overflows("/ by zero")])
  }

  private static func listIndex(_ list: Value, _ index: Value) -> Failure {
    if case .float = index {
      return invalidType(
        "Cannot access a list using an non-integer number index, got \(index.debugText)", index,
        ["INTEGER"])
    }
    return invalidType(
      "Cannot access a list '\(list.debugText)' using a non-number index, got "
        + "\(index.debugText): Expected \(index.debugText) to be a "
        + "org.neo4j.values.storable.NumberValue, but it was a \(index.className)", index,
      ["INTEGER", "FLOAT"])
  }

  private static func mismatch(
    _ operation: ArithmeticOperation, _ left: Value, _ right: Value
  ) -> Failure {
    let (one, two) = ("`\(left.kindText)`", "`\(right.kindText)`")
    switch operation {
    case .add: return invalidType("Cannot add \(one) and \(two)", right, addends(of: left))
    case .subtract: return difference(left, right, "Cannot subtract \(two) from \(one)")
    case .multiply:
      let isDuration = if case .duration = left { true } else { false }
      return invalidType(
        "Cannot multiply \(one) and \(two)", right,
        isDuration ? ["FLOAT", "INTEGER"] : ["FLOAT", "INTEGER", "DURATION"])
    case .divide:
      return invalidType("Cannot divide \(one) by \(two)", right, ["FLOAT", "INTEGER"])
    case .modulo:
      return invalidType(
        "Cannot calculate modulus of \(one) and \(two)", right, ["FLOAT", "INTEGER"])
    case .power:
      return invalidType(
        "Cannot raise \(one) to the power of \(two)", right, ["FLOAT", "INTEGER"])
    case .concatenate:
      return invalidType("Cannot concatenate \(one) and \(two)", right, [left.typeText])
    }
  }

  /// What may be added to a value.
  private static func addends(of value: Value) -> [String] {
    switch value {
    case .map, .node, .relationship, .path, .nodeRecord, .relationshipRecord, .pathRecord:
      ["LIST"]
    case .date, .localTime, .zonedTime, .localDateTime, .zonedDateTime:
      ["STRING", "DURATION", "LIST"]
    case .duration:
      [
        "STRING", "DURATION", "DATE", "ZONED TIME", "LOCAL TIME", "ZONED DATETIME",
        "LOCAL DATETIME", "LIST",
      ]
    default: ["FLOAT", "INTEGER", "STRING", "LIST"]
    }
  }

  private static func difference(_ left: Value, _ right: Value, _ message: String) -> Failure {
    switch left {
    case .integer, .float: return invalidType(message, right, ["INTEGER | FLOAT"])
    case .date, .localTime, .zonedTime, .localDateTime, .zonedDateTime, .duration:
      return invalidType(message, right, ["DURATION"])
    default:
      // The server names the two types the wrong way round here.
      var failure = invalidType(message, right, [right.typeText])
      failure.causes = [
        .wrongType(right.operandText, is: left.typeText, expected: [right.typeText])
      ]
      return failure
    }
  }

  /// A value of the wrong type, as operators tell it.
  static func invalidType(_ message: String, _ value: Value, _ expected: [String]) -> Failure {
    Failure(
      code: "Neo.ClientError.Statement.TypeError", message: message, gqlStatus: "22G03",
      gqlDescription: "data exception - invalid value type",
      causes: [.wrongType(value.operandText, is: value.typeText, expected: expected)])
  }
}
