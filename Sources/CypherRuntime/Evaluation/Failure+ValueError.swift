import Diagnostics
import GraphValues

extension Failure {
  /// What a client is told of an operation on values that has no result.
  init(_ error: ValueError) { self = OperatorFailures.failure(error) }

  /// A value of a type that does not fit, with its cause.
  static func invalidType(_ message: String, value: Value, expected: [String]) -> Failure {
    OperatorFailures.invalidType(message, value, expected)
  }
}
