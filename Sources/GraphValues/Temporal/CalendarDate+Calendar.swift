/// Year, month and day of the proleptic Gregorian calendar.
public struct CivilDate: Hashable, Sendable {
  /// Astronomical: the year 0 is 1 BC.
  public let year: Int64
  /// 1 … 12.
  public let month: Int
  /// 1 … 31.
  public let day: Int

  /// Days since 1970-01-01; the parts must be in range.
  var epochDay: Int64 {
    // Years begin in March, so that the leap day is the last one.
    let marchYear = month <= 2 ? year - 1 : year
    let era = floorDivide(marchYear, 400)
    let yearOfEra = marchYear - era * 400
    let marchMonth = Int64(month > 2 ? month - 3 : month + 9)
    let dayOfYear = (153 * marchMonth + 2) / 5 + Int64(day) - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era &* 146_097 &+ dayOfEra &- 719_468
  }
}

/// Whether the year has a 29 February.
func isLeapYear(_ year: Int64) -> Bool {
  year & 3 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// How many days a month has.
func dayCount(ofMonth month: Int, year: Int64) -> Int {
  switch month {
  case 2: isLeapYear(year) ? 29 : 28
  case 4, 6, 9, 11: 30
  default: 31
  }
}

extension CalendarDate {
  /// 1 January of the year −999,999,999.
  public static let earliest = CalendarDate(epochDay: -365_243_219_162)
  /// 31 December of the year 999,999,999.
  public static let latest = CalendarDate(epochDay: 365_241_780_471)
  /// The years that dates may have.
  public static let years: ClosedRange<Int64> = -999_999_999...999_999_999

  /// A date by its day number.
  ///
  /// - Throws: `TemporalError.outOfRange` when its year is too far away.
  public init(checkedEpochDay day: Int64) throws(TemporalError) {
    guard day >= Self.earliest.epochDay, day <= Self.latest.epochDay else {
      throw .outOfRange(field: .epochDay, value: day)
    }
    self.init(epochDay: day)
  }

  /// A date by year, month and day of month.
  ///
  /// - Throws: `TemporalError` when a part is out of range or the month lacks the day.
  public init(year: Int64, month: Int64, day: Int64) throws(TemporalError) {
    try Self.check(year, .year, Self.years)
    try Self.check(month, .monthOfYear, 1...12)
    try Self.check(day, .dayOfMonth, 1...31)
    let (month, day) = (Int(month), Int(day))
    if day > dayCount(ofMonth: month, year: year) {
      if day == 29 { throw .notLeapYear(year: year) }
      throw .noSuchDay(month: month, day: day)
    }
    self.init(epochDay: CivilDate(year: year, month: month, day: day).epochDay)
  }

  /// A date by ISO week: week 1 holds 4 January, weeks start on Monday.
  ///
  /// - Throws: `TemporalError` when a part is out of range or the year lacks the week.
  public init(weekYear: Int64, week: Int64, dayOfWeek: Int64) throws(TemporalError) {
    try Self.check(weekYear, .year, Self.years)
    try Self.check(week, .weekOfYear, 1...53)
    try Self.check(dayOfWeek, .dayOfWeek, 1...7)
    if week == 53 && Self.weekCount(ofWeekYear: weekYear) < 53 {
      throw .noSuchWeek(year: weekYear, week: week)
    }
    let monday = Self.firstMonday(ofWeekYear: weekYear)
    try self.init(checkedEpochDay: monday + (week - 1) * 7 + dayOfWeek - 1)
  }

  /// A date by quarter and day within it.
  ///
  /// - Throws: `TemporalError` when a part is out of range or the quarter lacks the day.
  public init(year: Int64, quarter: Int64, dayOfQuarter: Int64) throws(TemporalError) {
    try Self.check(year, .year, Self.years)
    try Self.check(quarter, .quarterOfYear, 1...4)
    try Self.check(dayOfQuarter, .dayOfQuarter, 1...92)
    let days = quarter == 1 ? (isLeapYear(year) ? 91 : 90) : quarter == 2 ? 91 : 92
    guard dayOfQuarter <= days else {
      throw .quarterTooShort(year: year, quarter: Int(quarter), days: days)
    }
    let start = CivilDate(year: year, month: Int(quarter) * 3 - 2, day: 1)
    self.init(epochDay: start.epochDay + dayOfQuarter - 1)
  }

  /// A date by its number within the year.
  ///
  /// - Throws: `TemporalError` when a part is out of range or the year lacks the day.
  public init(year: Int64, ordinalDay: Int64) throws(TemporalError) {
    try Self.check(year, .year, Self.years)
    try Self.check(ordinalDay, .dayOfYear, 1...366)
    if ordinalDay == 366 && !isLeapYear(year) { throw .noLeapDayOfYear(year: year) }
    self.init(epochDay: CivilDate(year: year, month: 1, day: 1).epochDay + ordinalDay - 1)
  }

  static func check(
    _ value: Int64, _ field: TemporalField, _ range: ClosedRange<Int64>
  ) throws(TemporalError) {
    guard range.contains(value) else { throw .outOfRange(field: field, value: value) }
  }

  /// Day number of the Monday that starts week 1.
  private static func firstMonday(ofWeekYear year: Int64) -> Int64 {
    let fourth = CivilDate(year: year, month: 1, day: 4).epochDay
    return fourth - Int64(CalendarDate(epochDay: fourth).dayOfWeek - 1)
  }

  private static func weekCount(ofWeekYear year: Int64) -> Int64 {
    (firstMonday(ofWeekYear: year + 1) - firstMonday(ofWeekYear: year)) / 7
  }
}

extension CalendarDate {
  /// Year, month and day; take this once when more than one of them is needed.
  public var civil: CivilDate {
    // Day numbers from disk or wire may be anything: wrap instead of trapping.
    let shifted = epochDay &+ 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted &- era &* 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let day = Int(dayOfYear - (153 * marchMonth + 2) / 5) + 1
    let month = Int(marchMonth < 10 ? marchMonth + 3 : marchMonth - 9)
    let year = yearOfEra &+ era &* 400 &+ (month <= 2 ? 1 : 0)
    return CivilDate(year: year, month: month, day: day)
  }

  /// The astronomical year.
  public var year: Int64 { civil.year }

  /// 1 … 12.
  public var month: Int { civil.month }

  /// 1 … 31.
  public var day: Int { civil.day }

  /// 1 for Monday … 7 for Sunday.
  public var dayOfWeek: Int { Int(floorRemainder(epochDay &+ 3, 7)) + 1 }

  /// 1 … 366.
  public var ordinalDay: Int {
    Int(epochDay &- CivilDate(year: civil.year, month: 1, day: 1).epochDay) + 1
  }

  /// 1 … 4.
  public var quarter: Int { (civil.month + 2) / 3 }

  /// 1 … 92.
  public var dayOfQuarter: Int {
    let civil = civil
    let start = CivilDate(year: civil.year, month: (civil.month + 2) / 3 * 3 - 2, day: 1)
    return Int(epochDay &- start.epochDay) + 1
  }

  /// The year that the ISO week belongs to.
  public var weekYear: Int64 { thursday.civil.year }

  /// The ISO week, 1 … 53.
  public var week: Int { (thursday.ordinalDay - 1) / 7 + 1 }

  /// The Thursday of the same ISO week, which decides the week's year.
  private var thursday: CalendarDate {
    CalendarDate(epochDay: epochDay &+ Int64(4 - dayOfWeek))
  }
}

extension CalendarDate {
  /// Moves by whole months; a day that the new month lacks becomes its last day.
  ///
  /// - Throws: `TemporalError.outOfRange` when the year leaves its range.
  public func adding(months: Int64) throws(TemporalError) -> CalendarDate {
    guard months != 0 else { return self }
    let civil = civil
    let (total, overflow) = (civil.year * 12 + Int64(civil.month - 1))
      .addingReportingOverflow(months)
    guard !overflow else { throw .integerOverflow }
    let year = floorDivide(total, 12)
    let month = Int(floorRemainder(total, 12)) + 1
    try Self.check(year, .year, Self.years)
    let day = min(civil.day, dayCount(ofMonth: month, year: year))
    return CalendarDate(epochDay: CivilDate(year: year, month: month, day: day).epochDay)
  }

  /// Moves by whole days.
  ///
  /// - Throws: `TemporalError.outOfRange` when the year leaves its range.
  public func adding(days: Int64) throws(TemporalError) -> CalendarDate {
    guard days != 0 else { return self }
    let (sum, overflow) = epochDay.addingReportingOverflow(days)
    guard !overflow else { throw .integerOverflow }
    if sum > Self.latest.epochDay, sum - Self.latest.epochDay <= 31 {
      // Only just beyond the last year it is the year that servers name, else the day.
      throw .outOfRange(field: .year, value: Self.years.upperBound + 1)
    }
    return try CalendarDate(checkedEpochDay: sum)
  }
}

/// Division that rounds towards negative infinity; `divisor` is positive.
@inlinable func floorDivide(_ dividend: Int64, _ divisor: Int64) -> Int64 {
  let quotient = dividend / divisor
  return dividend % divisor < 0 ? quotient - 1 : quotient
}

/// The remainder that goes with `floorDivide`, never negative.
@inlinable func floorRemainder(_ dividend: Int64, _ divisor: Int64) -> Int64 {
  let remainder = dividend % divisor
  return remainder < 0 ? remainder + divisor : remainder
}
