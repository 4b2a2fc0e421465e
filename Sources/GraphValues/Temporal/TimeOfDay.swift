/// Nanoseconds of the units of a clock.
enum Nanoseconds {
  static let perSecond: Int64 = 1_000_000_000
  static let perMinute: Int64 = 60 * perSecond
  static let perHour: Int64 = 60 * perMinute
  static let perDay: Int64 = 24 * perHour
}

/// Seconds of the units of a clock and of the average month.
enum Seconds {
  static let perDay: Int64 = 86_400
  /// A twelfth of 365.2425 days.
  static let perMonth: Int64 = 2_629_746
}

extension LocalTime {
  /// 00:00.
  public static let midnight = LocalTime(nanosecondOfDay: 0)

  /// A time by its parts.
  ///
  /// - Throws: `TemporalError.outOfRange` for hour, minute or second; `nanosecond` must be in range.
  public init(
    hour: Int64, minute: Int64 = 0, second: Int64 = 0, nanosecond: Int64 = 0
  ) throws(TemporalError) {
    try CalendarDate.check(hour, .hourOfDay, 0...23)
    try CalendarDate.check(minute, .minuteOfHour, 0...59)
    try CalendarDate.check(second, .secondOfMinute, 0...59)
    self.init(
      nanosecondOfDay: (hour * 3600 + minute * 60 + second) * Nanoseconds.perSecond + nanosecond)
  }

  /// 0 … 23.
  public var hour: Int { Int(nanosecondOfDay / Nanoseconds.perHour) }

  /// 0 … 59.
  public var minute: Int { Int(nanosecondOfDay / Nanoseconds.perMinute % 60) }

  /// 0 … 59.
  public var second: Int { Int(nanosecondOfDay / Nanoseconds.perSecond % 60) }

  /// 0 … 999,999,999.
  public var nanosecond: Int { Int(nanosecondOfDay % Nanoseconds.perSecond) }
}

extension ZonedTime {
  /// A local time with an offset.
  public init(_ time: LocalTime, offsetSeconds: Int32) {
    self.init(nanosecondOfDay: time.nanosecondOfDay, offsetSeconds: offsetSeconds)
  }

  /// The reading of the local clock.
  public var localTime: LocalTime { LocalTime(nanosecondOfDay: nanosecondOfDay) }

  /// Nanoseconds since midnight UTC of the same local day; may be negative.
  public var nanosecondOfDayUTC: Int64 {
    nanosecondOfDay &- Int64(offsetSeconds) * Nanoseconds.perSecond
  }

  /// The same moment read from a clock with another offset.
  public func converted(toOffset offset: Int32) -> ZonedTime {
    let shift = (Int64(offset) - Int64(offsetSeconds)) * Nanoseconds.perSecond
    return ZonedTime(
      nanosecondOfDay: floorRemainder(nanosecondOfDay &+ shift, Nanoseconds.perDay),
      offsetSeconds: offset)
  }
}

extension LocalDateTime {
  /// A date and a time of day.
  public init(_ date: CalendarDate, _ time: LocalTime) {
    self.init(
      epochSecond: date.epochDay &* Seconds.perDay
        &+ time.nanosecondOfDay / Nanoseconds.perSecond,
      nanosecond: Int32(time.nanosecond))
  }

  /// The date part.
  public var date: CalendarDate {
    CalendarDate(epochDay: floorDivide(epochSecond, Seconds.perDay))
  }

  /// The time part.
  public var time: LocalTime {
    LocalTime(
      nanosecondOfDay: floorRemainder(epochSecond, Seconds.perDay) * Nanoseconds.perSecond
        + Int64(nanosecond))
  }
}

/// Adds seconds and nanoseconds of any sign to a normalised instant.
///
/// - Throws: `TemporalError.outOfRange` with the day that the sum would fall on.
func addSeconds(
  _ second: Int64, _ nanosecond: Int32, _ moreSeconds: Int64, _ moreNanoseconds: Int64
) throws(TemporalError) -> (second: Int64, nanosecond: Int32) {
  let nanoseconds = Int64(nanosecond) + moreNanoseconds
  let carry = floorDivide(nanoseconds, Nanoseconds.perSecond)
  let sum = Int128(second) + Int128(moreSeconds) + Int128(carry)
  guard let exact = Int64(exactly: sum) else {
    throw .outOfRange(field: .epochDay, value: Int64(truncatingIfNeeded: sum / 86_400))
  }
  return (exact, Int32(nanoseconds - carry * Nanoseconds.perSecond))
}
