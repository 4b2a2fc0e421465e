import GraphValues

/// Dates, times and durations as results show them.
///
/// Seconds are left out when they are zero, unless `withSeconds`; fractions have 3, 6 or 9 digits,
/// in durations as many as are needed.
enum TemporalText {
  /// Nanoseconds in a second.
  private static let nanosecondsPerSecond: Int64 = 1_000_000_000

  static func append(_ date: CalendarDate, to output: inout [UInt8]) {
    let (year, month, day) = civil(fromEpochDay: date.epochDay)
    if year < 0 { output.append(0x2D) } else if year > 9999 { output.append(0x2B) }
    output.append(decimal: abs(year), digits: 4)
    output.append(0x2D)
    output.append(decimal: month, digits: 2)
    output.append(0x2D)
    output.append(decimal: day, digits: 2)
  }

  static func append(_ time: LocalTime, withSeconds: Bool = false, to output: inout [UInt8]) {
    let (seconds, nanoseconds) = time.nanosecondOfDay.quotientAndRemainder(
      dividingBy: nanosecondsPerSecond)
    appendClock(seconds, nanoseconds, withSeconds, to: &output)
  }

  static func append(_ time: ZonedTime, withSeconds: Bool = false, to output: inout [UInt8]) {
    append(LocalTime(nanosecondOfDay: time.nanosecondOfDay), withSeconds: withSeconds, to: &output)
    appendOffset(time.offsetSeconds, to: &output)
  }

  static func append(_ moment: LocalDateTime, withSeconds: Bool = false, to output: inout [UInt8]) {
    let day = floorDivide(moment.epochSecond, 86_400)
    append(CalendarDate(epochDay: day), to: &output)
    output.append(0x54)
    appendClock(
      moment.epochSecond &- day &* 86_400, Int64(moment.nanosecond), withSeconds, to: &output)
  }

  static func append(_ moment: ZonedDateTime, withSeconds: Bool = false, to output: inout [UInt8]) {
    let local = LocalDateTime(
      epochSecond: moment.epochSecond &+ Int64(moment.offsetSeconds),
      nanosecond: moment.nanosecond)
    append(local, withSeconds: withSeconds, to: &output)
    appendOffset(moment.offsetSeconds, to: &output)
    if let zone = moment.zoneName {
      output.append(0x5B)
      output.append(text: zone)
      output.append(0x5D)
    }
  }

  static func append(_ duration: DurationValue, to output: inout [UInt8]) {
    let start = output.count
    output.append(0x50)
    append(duration.months / 12, unit: 0x59, to: &output)
    append(duration.months % 12, unit: 0x4D, to: &output)
    append(duration.days, unit: 0x44, to: &output)
    // Truncation toward zero: -1 s + 0.5 s is shown as -0.5 s.
    var seconds = duration.seconds
    var fraction = Int64(duration.nanoseconds)
    if seconds < 0 && fraction > 0 {
      seconds += 1
      fraction -= nanosecondsPerSecond
    }
    if seconds != 0 || fraction != 0 {
      output.append(0x54)
      append(seconds / 3600, unit: 0x48, to: &output)
      append(seconds / 60 % 60, unit: 0x4D, to: &output)
      appendSeconds(seconds % 60, fraction, to: &output)
    }
    if output.count == start + 1 { output.append(text: "T0S") }
  }

  private static func append(_ amount: Int64, unit: UInt8, to output: inout [UInt8]) {
    guard amount != 0 else { return }
    output.append(decimal: amount)
    output.append(unit)
  }

  private static func appendSeconds(
    _ seconds: Int64, _ fraction: Int64, to output: inout [UInt8]
  ) {
    guard seconds != 0 || fraction != 0 else { return }
    if seconds == 0 && fraction < 0 { output.append(0x2D) }
    output.append(decimal: seconds)
    if fraction != 0 {
      output.append(0x2E)
      output.append(decimal: abs(fraction), digits: 9)
      while output.last == 0x30 { output.removeLast() }
    }
    output.append(0x53)
  }

  private static func appendClock(
    _ secondOfDay: Int64, _ nanoseconds: Int64, _ withSeconds: Bool, to output: inout [UInt8]
  ) {
    output.append(decimal: secondOfDay / 3600, digits: 2)
    output.append(0x3A)
    output.append(decimal: secondOfDay / 60 % 60, digits: 2)
    let seconds = secondOfDay % 60
    guard withSeconds || seconds != 0 || nanoseconds != 0 else { return }
    output.append(0x3A)
    output.append(decimal: seconds, digits: 2)
    guard nanoseconds != 0 else { return }
    output.append(0x2E)
    if nanoseconds % 1_000_000 == 0 {
      output.append(decimal: nanoseconds / 1_000_000, digits: 3)
    } else if nanoseconds % 1000 == 0 {
      output.append(decimal: nanoseconds / 1000, digits: 6)
    } else {
      output.append(decimal: nanoseconds, digits: 9)
    }
  }

  private static func appendOffset(_ offset: Int32, to output: inout [UInt8]) {
    guard offset != 0 else {
      output.append(0x5A)
      return
    }
    output.append(offset < 0 ? 0x2D : 0x2B)
    let seconds = Int64(offset.magnitude)
    output.append(decimal: seconds / 3600, digits: 2)
    output.append(0x3A)
    output.append(decimal: seconds / 60 % 60, digits: 2)
    if seconds % 60 != 0 {
      output.append(0x3A)
      output.append(decimal: seconds % 60, digits: 2)
    }
  }

  /// Year, month and day of a day number, by eras of 400 years that begin on 1 March.
  private static func civil(fromEpochDay day: Int64) -> (Int64, Int64, Int64) {
    let shifted = day &+ 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted &- era &* 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra &+ era &* 400 &+ (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  private static func floorDivide(_ dividend: Int64, _ divisor: Int64) -> Int64 {
    let quotient = dividend / divisor
    return dividend % divisor < 0 ? quotient - 1 : quotient
  }
}
