import GraphValues

extension TemporalPattern {
  /// Units of durations by letter, with how many of the smallest unit of their group they are.
  static let durationUnits: [Character: (group: Int, size: Int64)] = [
    "y": (0, 12), "M": (0, 1), "w": (1, 7), "d": (1, 1), "H": (2, 3600), "h": (2, 3600),
    "m": (2, 60), "s": (2, 1),
  ]

  /// The duration in the pattern's form; `nil` when a letter is no part of durations.
  ///
  /// Each unit holds what the larger ones of its group, as far as they are there, leave over.
  func format(_ duration: DurationValue) -> String? {
    let amounts = [duration.months, duration.days, duration.seconds]
    var output = ""
    for part in parts {
      switch part {
      case .literal(let literal): output += literal
      case .optionalStart, .optionalEnd: break
      case .field("S", let count):
        output += Self.padded(Int64(duration.nanoseconds), 9).prefix(count)
      case .field("n", let count): output += Self.padded(Int64(duration.nanoseconds), count)
      case .field(let letter, let count):
        guard let unit = Self.durationUnits[letter] else { return nil }
        var amount = amounts[unit.group]
        if let larger = nextLarger(than: unit) { amount %= larger }
        output += Self.padded(amount / unit.size, count)
      }
    }
    return output
  }

  /// The next larger unit of the same group that the pattern has.
  private func nextLarger(than unit: (group: Int, size: Int64)) -> Int64? {
    parts.compactMap { part -> Int64? in
      guard case .field(let letter, _) = part, let other = Self.durationUnits[letter],
        other.group == unit.group, other.size > unit.size
      else { return nil }
      return other.size
    }.min()
  }

  private static func padded(_ number: Int64, _ count: Int) -> String {
    let digits = String(number.magnitude)
    let zeros = String(repeating: "0", count: max(0, count - digits.count))
    return (number < 0 ? "-" : "") + zeros + digits
  }

  /// Reads a duration in the pattern's form; `nil` when the text does not fit.
  func duration(from text: String) -> DurationValue? {
    var reader = PatternReader(text)
    var amounts: [Int64] = [0, 0, 0]
    var nanoseconds: Int64 = 0
    for (index, part) in parts.enumerated() {
      switch part {
      case .literal(let literal):
        guard reader.skip(literal) else { return nil }
      case .optionalStart, .optionalEnd: break
      case .field("S", let count):
        guard let digits = reader.fixed(count) else { return nil }
        nanoseconds = digits * Self.power(9 - count)
      case .field("n", _):
        guard let number = reader.number(parts, index, isSigned: false) else { return nil }
        nanoseconds = number
      case .field(let letter, _):
        guard let unit = Self.durationUnits[letter],
          let number = reader.number(parts, index, isSigned: true)
        else { return nil }
        let (product, overflow) = number.multipliedReportingOverflow(by: unit.size)
        let sum = amounts[unit.group].addingReportingOverflow(product)
        guard !overflow, !sum.overflow else { return nil }
        amounts[unit.group] = sum.partialValue
      }
    }
    guard reader.isAtEnd else { return nil }
    return try? DurationValue(
      checkedMonths: amounts[0], days: amounts[1], seconds: amounts[2], nanoseconds: nanoseconds)
  }

  static func power(_ exponent: Int) -> Int64 {
    (0..<max(0, exponent)).reduce(1) { power, _ in power * 10 }
  }
}
