import Diagnostics
import GraphValues

extension Failure {
  /// An argument of a type that the function does not take, known only while running.
  ///
  /// `function` is the name without brackets, `message` the whole message, `expected` what it takes.
  static func argumentType(
    _ function: String, _ message: String, _ value: Value, expected: [String]
  ) -> Failure {
    var failure = Failure(code: "Neo.ClientError.Statement.TypeError", message: message)
    failure.setInvalidArgument(of: function)
    failure.causes = [.wrongType(value.structureText, is: value.typeText, expected: expected)]
    return failure
  }

  /// `Invalid input for function 'f()': Expected …, got: …`.
  static func invalidInput(
    _ function: String, _ wanted: String, _ value: Value, expected: [String]
  ) -> Failure {
    argumentType(
      function,
      "Invalid input for function '\(function)()': Expected \(wanted), got: "
        + value.debugText, value, expected: expected)
  }

  /// A text function got something else.
  static func notText(_ function: String, _ value: Value) -> Failure {
    argumentType(
      function,
      "Expected a string value for `\(function)`, but got: \(value.debugText); consider "
        + "converting it to a string with toString().", value, expected: ["STRING"])
  }

  /// A numeric function got something else.
  static func notNumber(_ function: String, _ value: Value) -> Failure {
    argumentType(function, "\(function)() requires numbers", value, expected: ["INTEGER", "FLOAT"])
  }

  /// A named argument of a function is no number.
  static func notNumber(_ function: String, argument: String, _ value: Value) -> Failure {
    argumentType(
      function,
      "Invalid input for \(argument) value in function '\(function)()': Expected a "
        + "numeric value but got: \(value.debugText)", value, expected: ["INTEGER", "FLOAT"])
  }

  /// A number outside of what a function takes.
  static func argumentRange(
    _ function: String, argument: String, _ range: ClosedRange<Int64>, found: Int64,
    message: String? = nil
  ) -> Failure {
    var failure = Failure(
      code: "Neo.ClientError.Statement.ArgumentError",
      message: message ?? "Function argument to '\(function)()' is out of range")
    failure.setInvalidArgument(of: function)
    failure.causes = [.outOfRange(argument, "INTEGER", range, found: String(found))]
    return failure
  }

  /// A number beyond 32 bits where a length or position is wanted.
  static func notInt32(
    _ function: String, argument: String, _ found: Int64, allowsNegative: Bool = false
  ) -> Failure {
    let least = allowsNegative ? "-2147483648" : "0"
    return outOfInt32(
      "Invalid input for \(argument) value in function '\(function)()': Expected an integer "
        + "between \(least) and 2147483647, but got: \(found)", found)
  }

  /// A number beyond 32 bits, in words of one's own.
  static func outOfInt32(_ message: String, _ found: Int64) -> Failure {
    var failure = Failure(code: "Neo.ClientError.Statement.ArgumentError", message: message)
    failure.setNumericRange(of: String(found))
    failure.causes = [
      .outOfRange("LIMIT", "INTEGER NOT NULL", 0...2_147_483_647, found: String(found))
    ]
    return failure
  }

  /// An argument that is wrong in a way that has no cause of its own.
  static func invalidArgument(_ function: String, _ message: String) -> Failure {
    var failure = Failure(code: "Neo.ClientError.Statement.ArgumentError", message: message)
    failure.setInvalidArgument(of: function)
    return failure
  }

  /// A text argument that does not have the form it must have.
  static func invalidText(
    _ function: String, argument: String, _ message: String, found: String, wanted: String
  ) -> Failure {
    var failure = invalidArgument(function, message)
    let text = "Invalid input '\(found)' for \(argument). Expected '\(wanted)'."
    failure.causes = [
      GQLCause(
        gqlStatus: "22N04", gqlDescription: "data exception - invalid input value. " + text,
        message: text)
    ]
    return failure
  }

  /// An integer result beyond 64 bits.
  static func integerOverflow(in operation: String, _ message: String, value: String) -> Failure {
    var failure = Failure(code: "Neo.ClientError.Statement.ArithmeticError", message: message)
    failure.setNumericRange(of: value)
    failure.causes = [.overflows(operation)]
    return failure
  }

  mutating func setInvalidArgument(of function: String) {
    gqlStatus = "22N38"
    gqlDescription =
      "data exception - invalid function argument. Invalid argument to the function \(function)()."
  }

  mutating func setNumericRange(of value: String) {
    gqlStatus = "22003"
    gqlDescription =
      "data exception - numeric value out of range. The numeric value \(value) is outside the required range."
  }
}

extension GQLCause {
  /// `22N01`: a value of the wrong type.
  static func wrongType(_ text: String, is type: String, expected: [String]) -> GQLCause {
    let text =
      "Expected the value \(text) to be of type \(expected.joinedAsAlternatives), "
      + "but was of type \(type)."
    return GQLCause(
      gqlStatus: "22N01", gqlDescription: "data exception - invalid type. " + text, message: text)
  }

  /// `22N03`: a number beyond its range.
  static func outOfRange(
    _ name: String, _ type: String, _ range: ClosedRange<Int64>, found: String
  ) -> GQLCause {
    let text =
      "Expected '\(name)' to be of type \(type) and in the range \(range.lowerBound) to "
      + "\(range.upperBound) but found \(found)."
    return GQLCause(
      gqlStatus: "22N03",
      gqlDescription: "data exception - specified numeric value out of range. " + text,
      message: text)
  }

  /// `22N28`: a result beyond its range.
  static func overflows(_ operation: String) -> GQLCause {
    let text = "The result of the operation '\(operation)' has caused an overflow."
    return GQLCause(
      gqlStatus: "22N28", gqlDescription: "data exception - overflow error. " + text, message: text)
  }
}

extension [String] {
  /// `A`, `A or B`, `A, B or C`.
  var joinedAsAlternatives: String {
    guard let last, count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " or " + last
  }
}
