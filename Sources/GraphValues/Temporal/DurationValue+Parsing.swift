extension DurationValue {
  /// Reads `P1Y2M3W4DT5H6M7.8S` or the alternative form `P2012-02-02T14:37:21.545`.
  ///
  /// Signs may stand before the `P` and before each number; a fraction only in the last part, from
  /// where it cascades into smaller ones.
  ///
  /// - Throws: `TemporalError` when the form is unknown or a part does not fit.
  public init(parsing text: String) throws(TemporalError) {
    let bytes = Array(text.utf8)
    var scanner = TextScanner(bytes[...])
    let sign = scanner.sign() ?? 1
    guard scanner.skipAnyCase("P") else { throw .unparsable(kind: .duration, text: text) }
    var form = DurationForm()
    guard form.readDate(scanner) || form.readParts(scanner) else {
      throw .unparsable(kind: .duration, text: text)
    }
    self = try form.duration(sign: sign)
  }
}

/// The numbers of a duration as written.
private struct DurationForm {
  var months: Int64 = 0
  var days: Int64 = 0
  var seconds: Int64 = 0
  var nanoseconds: Int64 = 0
  /// The same with the fraction, where one has to cascade.
  var fractional: (months: Double, days: Double, seconds: Double)?

  func duration(sign: Int64) throws(TemporalError) -> DurationValue {
    if let fractional {
      let factor = Double(sign)
      return try DurationValue(
        fractionalMonths: fractional.months * factor, days: fractional.days * factor,
        seconds: fractional.seconds * factor, nanoseconds: 0)
    }
    // Only `Int64.min` would wrap here, and no digits give it.
    return try DurationValue(
      checkedMonths: months &* sign, days: days &* sign, seconds: seconds &* sign,
      nanoseconds: nanoseconds &* sign)
  }

  /// `yyyy-mm-ddThh:mm:ss`, or all of it without separators; the time may lack.
  mutating func readDate(_ start: TextScanner) -> Bool {
    var scanner = start
    guard scanner.digitCount == 4 || scanner.digitCount == 8, let years = scanner.digits(4) else {
      return false
    }
    let hyphens = scanner.skip("-")
    guard let months = scanner.digits(2), !hyphens || scanner.skip("-"),
      let days = scanner.digits(2)
    else { return false }
    var time: TimeForm?
    if scanner.skipAnyCase("T") {
      time = TimeForm(&scanner)
      guard time != nil else { return false }
    }
    guard scanner.isAtEnd else { return false }
    self.months = years * 12 + months
    self.days = days
    if let time {
      seconds = time.hour * 3600 + time.minute * 60 + time.second
      nanoseconds = time.nanosecond
    }
    return true
  }

  /// Numbers with designators, largest unit first, each at most once.
  mutating func readParts(_ start: TextScanner) -> Bool {
    self = DurationForm()
    var scanner = start
    var units = Self.dateUnits[...]
    var (hasPart, inTime) = (false, false)
    while !scanner.isAtEnd {
      if !inTime && scanner.skipAnyCase("T") {
        (units, inTime) = (Self.timeUnits[...], true)
        if scanner.isAtEnd { return false }
        continue
      }
      if fractional != nil || nanoseconds != 0 { return false }
      guard let part = Part(&scanner),
        let index = units.firstIndex(where: { scanner.skipAnyCase($0.designator) })
      else { return false }
      guard add(part, units[index]) else { return false }
      units = units[(index + 1)...]
      hasPart = true
    }
    return hasPart
  }

  private mutating func add(_ part: Part, _ unit: Unit) -> Bool {
    let (amount, overflow) = part.whole.multipliedReportingOverflow(by: unit.factor)
    var sum: (partialValue: Int64, overflow: Bool)
    switch unit.group {
    case .months: sum = months.addingReportingOverflow(amount)
    case .days: sum = days.addingReportingOverflow(amount)
    case .seconds: sum = seconds.addingReportingOverflow(amount)
    }
    guard !overflow, !sum.overflow else { return false }
    switch unit.group {
    case .months: months = sum.partialValue
    case .days: days = sum.partialValue
    case .seconds: seconds = sum.partialValue
    }
    guard part.hasFraction else { return true }
    if unit.designator == "S" {
      // Seconds keep all nine digits exactly.
      nanoseconds = part.nanos
      if nanoseconds == 0 { fractional = nil }
      return true
    }
    var parts = (months: Double(months), days: Double(days), seconds: Double(seconds))
    let fraction = Double(part.nanos) / 1e9 * Double(unit.factor)
    switch unit.group {
    case .months: parts.months += fraction
    case .days: parts.days += fraction
    case .seconds: parts.seconds += fraction
    }
    fractional = parts
    return true
  }

  private struct Part {
    let whole: Int64
    /// The fraction in billionths, with the sign of the number.
    let nanos: Int64
    let hasFraction: Bool

    init?(_ scanner: inout TextScanner) {
      let sign = scanner.sign() ?? 1
      guard let number = scanner.integer() else { return nil }
      hasFraction = scanner.next == UInt8(ascii: ".") || scanner.next == UInt8(ascii: ",")
      guard let fraction = scanner.fraction() else { return nil }
      whole = number * sign
      nanos = fraction * sign
    }
  }

  private enum Group { case months, days, seconds }

  private struct Unit {
    let designator: Unicode.Scalar
    let group: Group
    let factor: Int64
  }

  private static let dateUnits = [
    Unit(designator: "Y", group: .months, factor: 12),
    Unit(designator: "M", group: .months, factor: 1),
    Unit(designator: "W", group: .days, factor: 7),
    Unit(designator: "D", group: .days, factor: 1),
  ]

  private static let timeUnits = [
    Unit(designator: "H", group: .seconds, factor: 3600),
    Unit(designator: "M", group: .seconds, factor: 60),
    Unit(designator: "S", group: .seconds, factor: 1),
  ]
}
