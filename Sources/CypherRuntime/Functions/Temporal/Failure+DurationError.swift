import Diagnostics
import GraphValues

extension Failure {
  /// The failure that a client sees for an error while a duration was made or computed.
  static func ofDuration(_ error: TemporalError) -> Failure {
    switch error {
    case .durationOverflow(let months, let days, let seconds, let nanoseconds):
      interval(
        "Invalid value for duration, will cause overflow. Value was months=\(months), days=\(days), seconds=\(seconds), nanos=\(nanoseconds)",
        "duration()")
    case .durationSum(let left, let right, let subtracting):
      interval(
        "Can not \(subtracting ? "subtract" : "add") duration \(left.isoText) and \(right.isoText) without causing overflow.",
        subtracting ? "-" : "+")
    case .durationProduct(let duration, let factor):
      interval(
        "Can not multiply duration \(duration.isoText) with \(factor) without causing overflow.",
        "*")
    case .floatOverflow(let number):
      numeric("long overflow", value: number.cypherText, "Double to Long")
    case .divisionByZero:
      Failure(
        code: TemporalFailure.arithmeticError, message: "/ by zero", gqlStatus: "22012",
        gqlDescription: "data exception - division by zero", causes: [overflow("/ by zero")])
    case .unitNeedsDate(let unit):
      TemporalFailure.data(
        "Unsupported unit: \(unit.name)", TemporalFailure.cannotProcess(unit.name),
        code: TemporalFailure.typeError)
    default:
      TemporalFailure.execution("long overflow")
    }
  }

  /// The failure of an instant that a duration moves out of the range of years by `+` or `-`.
  init(_ fault: TemporalFault, operation: String) {
    let inner = Failure(fault.error, .fields([]))
    let what = "\(fault.instant.isoText) \(operation) \(fault.amount) \(fault.unit.name)"
    self = Failure.numeric(inner.message, value: what, operation)
  }

  private static func interval(_ message: String, _ operation: String) -> Failure {
    Failure(
      code: TemporalFailure.argumentError, message: message, gqlStatus: "22015",
      gqlDescription: "data exception - interval field overflow", causes: [overflow(operation)])
  }

  private static func numeric(_ message: String, value: String, _ operation: String) -> Failure {
    Failure(
      code: TemporalFailure.arithmeticError, message: message, gqlStatus: "22003",
      gqlDescription:
        "data exception - numeric value out of range. The numeric value \(value) is outside the required range.",
      causes: [overflow(operation)])
  }

  private static func overflow(_ operation: String) -> GQLCause {
    TemporalFailure.cause(
      "22N28", "overflow error",
      "The result of the operation '\(operation)' has caused an overflow.")
  }
}

extension DurationUnit {
  /// The unit as messages name it.
  fileprivate var name: String {
    switch self {
    case .months: "Months"
    case .days: "Days"
    case .seconds: "Seconds"
    }
  }
}
