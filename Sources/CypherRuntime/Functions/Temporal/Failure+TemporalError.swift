import Diagnostics
import GraphValues

/// Where a temporal error arose, which decides its code and what its cause points at.
enum TemporalSource {
  /// Reading this text.
  case text(String)
  /// A map; the names tell which component was set last.
  case fields([String])
}

extension Failure {
  /// The failure that a client sees for an error while an instant was made.
  init(_ error: TemporalError, _ source: TemporalSource) {
    switch error {
    case .unparsable(let kind, let text):
      self = .unparsable(kind, text)
    case .unknownZone(let text, let matched):
      self = .unknownZone(text, matched)
    case .outOfRange(let field, let value):
      self = .outOfRange(
        "Invalid value for \(field.name) (valid values \(field.range)): \(value)", source,
        key: field.key)
    case .noSuchDay(let month, let day):
      self = .outOfRange("Invalid date '\(Self.monthNames[(month - 1) % 12]) \(day)'", source)
    case .notLeapYear(let year):
      self = .outOfRange("Invalid date 'February 29' as '\(year)' is not a leap year", source)
    case .noLeapDayOfYear(let year):
      self = .outOfRange("Invalid date 'DayOfYear 366' as '\(year)' is not a leap year", source)
    case .noSuchWeek(let year, let week):
      self = .ofYear("Year \(year) does not contain \(week) weeks.", key: "week", source)
    case .quarterTooShort(let year, let quarter, let days):
      self = .ofYear(
        "Quarter \(quarter) of \(year) only has \(days) days.", key: "dayOfQuarter", source)
    case .offsetPart, .offsetBeyondRange, .zoneNeedsDate, .offsetMismatch:
      self = .ofZone(error)
    case .instantBeyondRange:
      self = TemporalFailure.format(
        "Instant exceeds minimum or maximum instant", TemporalFailure.cannotProcess("epochSecond"))
    default:
      self = .ofDuration(error)
    }
  }

  private static func unparsable(_ kind: TemporalKind, _ text: String) -> Failure {
    let name = kind.name
    return TemporalFailure.format(
      "Text cannot be parsed to a \(name)\n\"\(firstLine(text))\"\n ^",
      TemporalFailure.cause(
        "22N36", "invalid temporal format", "Cannot parse '\(text)' as a \(name)."),
      code: TemporalFailure.syntaxError)
  }

  private static func unknownZone(_ text: String, _ matched: Int?) -> Failure {
    let place =
      matched.map { ", unparsed text found at index \($0)" } ?? " at index 0"
    let caret = String(repeating: " ", count: (matched ?? 0) + 1) + "^"
    return TemporalFailure.data(
      "Invalid value for TimeZone: Text '\(text)' could not be parsed\(place)\n"
        + "\"\(firstLine(text))\"\n\(caret)",
      TemporalFailure.cannotProcess(text), code: TemporalFailure.syntaxError)
  }

  /// The quoted line above the caret; blanks at its end are not shown.
  private static func firstLine(_ text: String) -> String {
    var line = text.prefix { !$0.isNewline }
    while line.last?.isWhitespace == true { line.removeLast() }
    return String(line)
  }

  private static func outOfRange(
    _ message: String, _ source: TemporalSource, key: String? = nil
  ) -> Failure {
    switch source {
    case .text(let text):
      TemporalFailure.data(
        message, TemporalFailure.cannotProcess(text), code: TemporalFailure.syntaxError)
    case .fields(let keys):
      TemporalFailure.format(
        message, TemporalFailure.cannotProcess(key ?? keys.last ?? "day"))
    }
  }

  private static func ofYear(
    _ message: String, key: String, _ source: TemporalSource
  ) -> Failure {
    var what = key
    if case .text(let text) = source { what = text }
    return TemporalFailure.format(message, TemporalFailure.cannotProcess(what))
  }

  private static func ofZone(_ error: TemporalError) -> Failure {
    let zone = TemporalFailure.cannotProcess("timezone")
    switch error {
    case .offsetPart(let part, let value):
      let limit = part == .hours ? 18 : 59
      return TemporalFailure.format(
        "Zone offset \(part) not in valid range: value \(value) is not in the range -\(limit) to \(limit)",
        zone)
    case .zoneNeedsDate:
      return TemporalFailure.format(
        "Using a named time zone e.g. [UTC] is not valid for a time without a date. Instead, use a specific time zone string e.g. +00:00.",
        TemporalFailure.cause(
          "22N13", "invalid time zone", "Specified time zones must include a date component."))
    case .offsetMismatch(let local, let offset, let region, let valid):
      return offsetMismatch(local, offset, region, valid)
    default:
      return TemporalFailure.format("Zone offset not in valid range: -18:00 to +18:00", zone)
    }
  }

  private static func offsetMismatch(
    _ local: LocalDateTime, _ offset: Int32, _ region: String, _ valid: [Int32]
  ) -> Failure {
    let (given, time) = (offsetText(offset), local.isoText)
    let input = "Invalid input '\(given)' for \(time)[\(region)]."
    let expected = valid.map { "'\(offsetText($0))'" }.joined(separator: " or ")
    let cause =
      valid.isEmpty
      ? TemporalFailure.cause("22N05", "input failed validation", input)
      : TemporalFailure.cause("22N04", "invalid input value", "\(input) Expected \(expected).")
    return Failure(
      code: TemporalFailure.argumentError,
      message: "Timezone and offset do not match: \(time)\(given)[\(region)]",
      gqlStatus: "22003",
      gqlDescription:
        "data exception - numeric value out of range. The numeric value \(given) is outside the required range.",
      causes: [cause])
  }

  private static let monthNames = [
    "JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER",
    "OCTOBER", "NOVEMBER", "DECEMBER",
  ]
}

extension TemporalKind {
  /// The kind as messages about texts name it.
  fileprivate var name: String {
    switch self {
    case .date: "Date"
    case .localTime: "LocalTime"
    case .zonedTime: "Time"
    case .localDateTime: "LocalDateTime"
    case .zonedDateTime: "DateTime"
    case .duration: "Duration"
    }
  }
}

extension TemporalField {
  /// The field as messages name it.
  var name: String {
    switch self {
    case .year: "Year"
    case .monthOfYear: "MonthOfYear"
    case .dayOfMonth: "DayOfMonth"
    case .weekOfYear: "WeekOfWeekBasedYear"
    case .dayOfWeek: "DayOfWeek"
    case .quarterOfYear: "QuarterOfYear"
    case .dayOfQuarter: "DayOfQuarter"
    case .dayOfYear: "DayOfYear"
    case .hourOfDay: "HourOfDay"
    case .minuteOfHour: "MinuteOfHour"
    case .secondOfMinute: "SecondOfMinute"
    case .epochDay: "EpochDay"
    }
  }

  fileprivate var range: String {
    switch self {
    case .year: "-999999999 - 999999999"
    case .monthOfYear: "1 - 12"
    case .dayOfMonth: "1 - 28/31"
    case .weekOfYear: "1 - 52/53"
    case .dayOfWeek: "1 - 7"
    case .quarterOfYear: "1 - 4"
    case .dayOfQuarter: "1 - 90/92"
    case .dayOfYear: "1 - 365/366"
    case .hourOfDay: "0 - 23"
    case .minuteOfHour, .secondOfMinute: "0 - 59"
    case .epochDay: "-365243219162 - 365241780471"
    }
  }

  /// The component of a map that the field comes from.
  fileprivate var key: String {
    switch self {
    case .year, .epochDay: "year"
    case .monthOfYear: "month"
    case .dayOfMonth: "day"
    case .weekOfYear: "week"
    case .dayOfWeek: "dayOfWeek"
    case .quarterOfYear: "quarter"
    case .dayOfQuarter: "dayOfQuarter"
    case .dayOfYear: "ordinalDay"
    case .hourOfDay: "hour"
    case .minuteOfHour: "minute"
    case .secondOfMinute: "second"
    }
  }
}
