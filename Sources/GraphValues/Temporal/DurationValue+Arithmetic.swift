extension DurationValue {
  /// No time at all.
  public static let zero = DurationValue(months: 0, days: 0, seconds: 0, nanoseconds: 0)

  /// A duration whose nanoseconds may be any number.
  ///
  /// - Throws: `TemporalError.durationOverflow` when the average length exceeds 64-bit seconds.
  public init(
    checkedMonths months: Int64, days: Int64, seconds: Int64, nanoseconds: Int64
  ) throws(TemporalError) {
    let carry = floorDivide(nanoseconds, Nanoseconds.perSecond)
    let total = Int128(seconds) + Int128(carry)
    let average =
      total + Int128(months) * Int128(Seconds.perMonth) + Int128(days) * Int128(Seconds.perDay)
    guard let whole = Int64(exactly: total), Int64(exactly: average) != nil else {
      throw .durationOverflow(
        months: months, days: days, seconds: seconds, nanoseconds: nanoseconds)
    }
    self.init(
      months: months, days: days, seconds: whole,
      nanoseconds: Int32(nanoseconds - carry * Nanoseconds.perSecond))
  }

  /// A duration of fractional parts.
  ///
  /// What is left of a month becomes days, of a day seconds, of a second nanoseconds; the rest is
  /// dropped. Not a number counts as zero.
  ///
  /// - Throws: `TemporalError` when a part does not fit into 64 bits.
  public init(
    fractionalMonths months: Double, days: Double, seconds: Double, nanoseconds: Double
  ) throws(TemporalError) {
    let nanosPerMonth = Double(Seconds.perMonth * Nanoseconds.perSecond)
    let nanosPerDay = Double(Nanoseconds.perDay)
    let nanosPerSecond = Double(Nanoseconds.perSecond)
    // The order of these operations decides the last digit; it is the one servers give.
    let wholeMonths = try Self.whole(months)
    let monthRest = nanosPerMonth * (months - Double(wholeMonths))
    let allDays = days + monthRest / nanosPerDay
    let wholeDays = try Self.whole(allDays)
    let dayRest = nanosPerDay * (allDays - Double(wholeDays))
    let allSeconds = seconds + dayRest / nanosPerSecond
    let wholeSeconds = try Self.whole(allSeconds)
    let secondRest = nanosPerSecond * (allSeconds - Double(wholeSeconds))
    try self.init(
      checkedMonths: wholeMonths, days: wholeDays, seconds: wholeSeconds,
      nanoseconds: Self.whole(nanoseconds + secondRest))
  }

  private static func whole(_ number: Double) throws(TemporalError) -> Int64 {
    if number.isNaN { return 0 }
    // 2^63 itself is let through and clamped, as a cast from double to long does.
    guard number.magnitude <= 0x1p63 else { throw .floatOverflow(number) }
    return Int64(exactly: number.rounded(.towardZero)) ?? (number < 0 ? .min : .max)
  }

  /// The sum, part by part.
  ///
  /// - Throws: `TemporalError` when it does not fit.
  public func adding(_ other: DurationValue) throws(TemporalError) -> DurationValue {
    try combine(other, subtracting: false)
  }

  /// The difference, part by part.
  ///
  /// - Throws: `TemporalError` when it does not fit.
  public func subtracting(_ other: DurationValue) throws(TemporalError) -> DurationValue {
    try combine(other, subtracting: true)
  }

  private func combine(
    _ other: DurationValue, subtracting: Bool
  ) throws(TemporalError) -> DurationValue {
    let combine: (Int64, Int64) -> (partialValue: Int64, overflow: Bool) =
      subtracting ? { $0.subtractingReportingOverflow($1) } : { $0.addingReportingOverflow($1) }
    let months = combine(months, other.months)
    let days = combine(days, other.days)
    let seconds = combine(seconds, other.seconds)
    guard !months.overflow, !days.overflow, !seconds.overflow else {
      throw .durationSum(self, other, subtracting: subtracting)
    }
    let nanoseconds = combine(Int64(nanoseconds), Int64(other.nanoseconds)).partialValue
    return try DurationValue(
      checkedMonths: months.partialValue, days: days.partialValue,
      seconds: seconds.partialValue, nanoseconds: nanoseconds)
  }

  /// The product, part by part.
  ///
  /// - Throws: `TemporalError` when it does not fit.
  public func multiplied(by factor: Int64) throws(TemporalError) -> DurationValue {
    let months = months.multipliedReportingOverflow(by: factor)
    let days = days.multipliedReportingOverflow(by: factor)
    let seconds = seconds.multipliedReportingOverflow(by: factor)
    let nanoseconds = Int64(nanoseconds).multipliedReportingOverflow(by: factor)
    guard !months.overflow, !days.overflow, !seconds.overflow, !nanoseconds.overflow else {
      throw .durationProduct(self, factor: factor)
    }
    return try DurationValue(
      checkedMonths: months.partialValue, days: days.partialValue,
      seconds: seconds.partialValue, nanoseconds: nanoseconds.partialValue)
  }

  /// The product, fractions cascading into smaller parts.
  ///
  /// - Throws: `TemporalError` when it does not fit.
  public func multiplied(by factor: Double) throws(TemporalError) -> DurationValue {
    try DurationValue(
      fractionalMonths: Double(months) * factor, days: Double(days) * factor,
      seconds: Double(seconds) * factor, nanoseconds: Double(nanoseconds) * factor)
  }

  /// The quotient, fractions cascading into smaller parts.
  ///
  /// - Throws: `TemporalError.divisionByZero` for zero.
  public func divided(by divisor: Int64) throws(TemporalError) -> DurationValue {
    guard divisor != 0 else { throw .divisionByZero }
    return try divided(by: Double(divisor))
  }

  /// The quotient, fractions cascading into smaller parts.
  ///
  /// - Throws: `TemporalError` when it does not fit.
  public func divided(by divisor: Double) throws(TemporalError) -> DurationValue {
    try DurationValue(
      fractionalMonths: Double(months) / divisor, days: Double(days) / divisor,
      seconds: Double(seconds) / divisor, nanoseconds: Double(nanoseconds) / divisor)
  }
}
