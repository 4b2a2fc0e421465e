import Diagnostics
import GraphValues

/// Reads components such as `d.year` of temporals, durations and points.
enum TemporalComponents {
  /// The component of a value by its name in any letter case.
  ///
  /// - Returns: `nil` when the value is no temporal, duration or point.
  static func component(named name: String, of value: Value) throws(Failure) -> Value? {
    switch value {
    case .duration(let duration): return try component(named: name, of: duration)
    case .point(let point): return try PointComponents.component(named: name, of: point)
    default:
      guard let instant = TemporalInstant(value) else { return nil }
      return try component(named: name, of: instant)
    }
  }

  private static func component(
    named name: String, of instant: TemporalInstant
  ) throws(Failure) -> Value {
    guard let component = InstantComponent.named[name.lowercased()] else {
      throw TemporalFailure.unreadable("No such field: \(name)", name, "temporal")
    }
    if let field = component.dateFieldName {
      guard let date = instant.date else { throw unsupported(field) }
      return .integer(component.number(of: date))
    }
    if let field = component.clockFieldName {
      guard let time = instant.time else { throw unsupported(field) }
      return .integer(component.number(of: time))
    }
    if component == .epochSeconds || component == .epochMillis {
      return .integer(try epoch(component, of: instant))
    }
    guard let zone = instant.zone, let offset = instant.offsetSeconds else {
      throw TemporalFailure.cannotGet("offset", of: instant, "ZONED TIME/ZONED DATETIME")
    }
    switch component {
    case .timezone: return .string(zone.name)
    case .offset: return .string(offsetText(offset))
    case .offsetMinutes: return .integer(Int64(offset / 60))
    default: return .integer(Int64(offset))
    }
  }

  private static func unsupported(_ field: String) -> Failure {
    TemporalFailure.data(
      "Unsupported field: \(field)", TemporalFailure.cannotProcess(field),
      code: TemporalFailure.typeError)
  }

  private static func epoch(
    _ component: InstantComponent, of instant: TemporalInstant
  ) throws(Failure) -> Int64 {
    guard case .zonedDateTime(let dateTime) = instant else {
      throw TemporalFailure.unreadable(
        "Epoch not supported.", component.rawValue, instant.isoText)
    }
    let (scaled, overflow) = dateTime.epochSecond.multipliedReportingOverflow(by: 1000)
    let sum = scaled.addingReportingOverflow(Int64(dateTime.nanosecond) / 1_000_000)
    guard !overflow, !sum.overflow else { throw TemporalFailure.execution("long overflow") }
    // Seconds come from the milliseconds and truncate: the last second before 1970 is 0.
    return component == .epochMillis ? sum.partialValue : sum.partialValue / 1000
  }

  private static func component(
    named name: String, of duration: DurationValue
  ) throws(Failure) -> Value {
    guard let component = DurationComponent.named[name.lowercased()] else {
      throw TemporalFailure.unreadable("No such field: \(name)", name, "DURATION")
    }
    return .integer(component.number(of: duration))
  }
}

/// The components of instants.
private enum InstantComponent: String, CaseIterable {
  case year, quarter, month, week, weekYear, dayOfQuarter, quarterDay, day, ordinalDay
  case dayOfWeek, weekDay
  case hour, minute, second, millisecond, microsecond, nanosecond
  case timezone, offset, offsetMinutes, offsetSeconds, epochSeconds, epochMillis

  static let named = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.rawValue.lowercased(), $0) })

  /// What messages name a component of dates.
  var dateFieldName: String? {
    switch self {
    case .year: "Year"
    case .quarter: "QuarterOfYear"
    case .month: "MonthOfYear"
    case .week: "WeekOfWeekBasedYear"
    case .weekYear: "WeekBasedYear"
    case .dayOfQuarter, .quarterDay: "DayOfQuarter"
    case .day: "DayOfMonth"
    case .ordinalDay: "DayOfYear"
    case .dayOfWeek, .weekDay: "DayOfWeek"
    default: nil
    }
  }

  /// What messages name a component of times of day.
  var clockFieldName: String? {
    switch self {
    case .hour: "HourOfDay"
    case .minute: "MinuteOfHour"
    case .second: "SecondOfMinute"
    case .millisecond: "MilliOfSecond"
    case .microsecond: "MicroOfSecond"
    case .nanosecond: "NanoOfSecond"
    default: nil
    }
  }

  func number(of date: CalendarDate) -> Int64 {
    switch self {
    case .year: date.year
    case .quarter: Int64(date.quarter)
    case .month: Int64(date.month)
    case .week: Int64(date.week)
    case .weekYear: date.weekYear
    case .dayOfQuarter, .quarterDay: Int64(date.dayOfQuarter)
    case .day: Int64(date.day)
    case .ordinalDay: Int64(date.ordinalDay)
    default: Int64(date.dayOfWeek)
    }
  }

  /// Parts of the second are cumulative.
  func number(of time: LocalTime) -> Int64 {
    switch self {
    case .hour: Int64(time.hour)
    case .minute: Int64(time.minute)
    case .second: Int64(time.second)
    case .millisecond: Int64(time.nanosecond / 1_000_000)
    case .microsecond: Int64(time.nanosecond / 1_000)
    default: Int64(time.nanosecond)
    }
  }
}

/// The components of durations.
private enum DurationComponent: String, CaseIterable {
  case years, quarters, months, weeks, days, hours, minutes, seconds
  case milliseconds, microseconds, nanoseconds
  case quartersOfYear, monthsOfYear, monthsOfQuarter, daysOfWeek, minutesOfHour
  case secondsOfMinute, millisecondsOfSecond, microsecondsOfSecond, nanosecondsOfSecond

  static let named = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.rawValue.lowercased(), $0) })

  func number(of duration: DurationValue) -> Int64 {
    let nanoseconds = Int64(duration.nanoseconds)
    switch self {
    case .years: return duration.months / 12
    case .quarters: return duration.months / 3
    case .months: return duration.months
    case .weeks: return duration.days / 7
    case .days: return duration.days
    case .hours: return duration.seconds / 3600
    case .minutes: return duration.seconds / 60
    case .seconds: return duration.seconds
    // Sub-second totals of very long durations wrap.
    case .milliseconds: return duration.seconds &* 1_000 &+ nanoseconds / 1_000_000
    case .microseconds: return duration.seconds &* 1_000_000 &+ nanoseconds / 1_000
    case .nanoseconds: return duration.seconds &* 1_000_000_000 &+ nanoseconds
    case .quartersOfYear: return duration.months / 3 % 4
    case .monthsOfYear: return duration.months % 12
    case .monthsOfQuarter: return duration.months % 3
    case .daysOfWeek: return duration.days % 7
    case .minutesOfHour: return duration.seconds / 60 % 60
    case .secondsOfMinute: return duration.seconds % 60
    case .millisecondsOfSecond: return nanoseconds / 1_000_000
    case .microsecondsOfSecond: return nanoseconds / 1_000
    case .nanosecondsOfSecond: return nanoseconds
    }
  }
}
