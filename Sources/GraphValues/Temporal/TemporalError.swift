/// Why a temporal value could not be read, made or computed.
public enum TemporalError: Error, Hashable, Sendable {
  /// The text has none of the forms of the kind.
  case unparsable(kind: TemporalKind, text: String)
  /// A component lies outside its fixed range.
  case outOfRange(field: TemporalField, value: Int64)
  /// The month never has that day.
  case noSuchDay(month: Int, day: Int)
  /// 29 February in a common year.
  case notLeapYear(year: Int64)
  /// Day 366 of a common year.
  case noLeapDayOfYear(year: Int64)
  /// The ISO year has only 52 weeks.
  case noSuchWeek(year: Int64, week: Int64)
  /// The quarter is shorter than the day asked for.
  case quarterTooShort(year: Int64, quarter: Int, days: Int)
  /// No zone has this name; `matched` counts the bytes at its start that are a zone's name, if any.
  case unknownZone(text: String, matched: Int?)
  /// Hours, minutes or seconds of an offset are too large by themselves.
  case offsetPart(OffsetPart, value: Int)
  /// An offset beyond ±18 hours.
  case offsetBeyondRange
  /// A region on a time that has no date.
  case zoneNeedsDate
  /// The offset is not one that the region has at that local time; `valid` is empty in a gap.
  case offsetMismatch(local: LocalDateTime, offset: Int32, region: String, valid: [Int32])
  /// An instant before or after all that can be represented.
  case instantBeyondRange
  /// A duration whose average length does not fit into 64-bit seconds.
  case durationOverflow(months: Int64, days: Int64, seconds: Int64, nanoseconds: Int64)
  /// The sum or difference of two durations does not fit.
  case durationSum(DurationValue, DurationValue, subtracting: Bool)
  /// The product or quotient of a duration and an integer does not fit.
  case durationProduct(DurationValue, factor: Int64)
  /// A floating-point number too large for 64 bits.
  case floatOverflow(Double)
  /// Division of a duration by the integer zero.
  case divisionByZero
  /// A result beyond 64 bits.
  case integerOverflow
  /// Whole months or days between two values of which neither has a date.
  case unitNeedsDate(DurationUnit)
}

/// What a text was to be read as.
public enum TemporalKind: Hashable, Sendable, CaseIterable {
  /// DATE.
  case date
  /// LOCAL TIME.
  case localTime
  /// ZONED TIME.
  case zonedTime
  /// LOCAL DATETIME.
  case localDateTime
  /// ZONED DATETIME.
  case zonedDateTime
  /// DURATION.
  case duration
}

/// A component with a range of its own.
public enum TemporalField: Hashable, Sendable, CaseIterable {
  /// −999,999,999 … 999,999,999.
  case year
  /// 1 … 12.
  case monthOfYear
  /// 1 … 28 to 31.
  case dayOfMonth
  /// 1 … 52 or 53.
  case weekOfYear
  /// 1 (Monday) … 7.
  case dayOfWeek
  /// 1 … 4.
  case quarterOfYear
  /// 1 … 90 to 92.
  case dayOfQuarter
  /// 1 … 365 or 366.
  case dayOfYear
  /// 0 … 23.
  case hourOfDay
  /// 0 … 59.
  case minuteOfHour
  /// 0 … 59.
  case secondOfMinute
  /// Days since 1970-01-01 that fall into the range of years.
  case epochDay
}

/// A part of an offset from UTC.
public enum OffsetPart: Hashable, Sendable {
  /// −18 … 18.
  case hours
  /// −59 … 59.
  case minutes
  /// −59 … 59.
  case seconds
}

/// The units that differences can be asked for in.
public enum DurationUnit: Hashable, Sendable {
  /// Whole months.
  case months
  /// Whole days.
  case days
  /// Seconds and nanoseconds.
  case seconds
}
