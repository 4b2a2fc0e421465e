extension Value {
  /// The text that `toString()` makes: of numbers, booleans, strings, temporals, durations and points.
  ///
  /// `nil` for everything that has no such text, null included.
  public var plainText: String? {
    switch self {
    case .string(let text): text
    case .boolean(let flag): flag ? "true" : "false"
    case .integer(let number): String(number)
    case .float(let number): number.cypherText
    default: temporalOrPointText
    }
  }

  /// What stands for a value beside a string under `+`.
  var textForConcatenation: String? { plainText }
}
