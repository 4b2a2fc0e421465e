import Diagnostics
import GraphValues
import Testing

@testable import CypherRuntime

/// A clock that stands at 2024-06-15T10:30:00.5Z.
let standingContext = FunctionContext(
  statementClock: ClockInstant(epochSecond: 1_718_447_400, nanosecond: 500_000_000),
  transactionClock: ClockInstant(epochSecond: 1_718_447_000, nanosecond: 0),
  realtimeClock: { ClockInstant(epochSecond: 1_718_448_000, nanosecond: 0) })

/// Calls a function that needs no store.
func call(_ name: String, _ arguments: [Value]) throws -> Value {
  switch FunctionRegistry.body(of: name, argumentCount: arguments.count) {
  case .none(let body)?: try body(standingContext)
  case .one(let body)?: try body(arguments[0])
  case .two(let body)?: try body(arguments[0], arguments[1])
  case .many(let body)?: try body(arguments, standingContext)
  case .entity?, nil: try #require(nil as Value?, "no such function: \(name)")
  }
}

/// What a call gives: the text of its value, or the message of its failure.
func answer(_ name: String, _ arguments: Value...) -> String {
  do {
    let value = try call(name, arguments)
    return TemporalInstant(value)?.isoText ?? value.plainText ?? value.literal
  } catch let failure as Failure {
    return failure.message
  } catch {
    return "\(error)"
  }
}

func map(_ entries: KeyValuePairs<String, Value>) -> Value {
  .map(MapValue(entries.map { ($0.key, $0.value) }))
}

private func date(_ text: String) throws -> Value { try call("date", [.string(text)]) }
private func time(_ text: String) throws -> Value { try call("time", [.string(text)]) }
private func localTime(_ text: String) throws -> Value { try call("localtime", [.string(text)]) }
private func dateTime(_ text: String) throws -> Value { try call("datetime", [.string(text)]) }
private func localDateTime(_ text: String) throws -> Value {
  try call("localdatetime", [.string(text)])
}

@Suite struct TemporalConstructorTests {
  @Test func clocksReadTheirMoments() {
    #expect(answer("datetime") == "2024-06-15T10:30:00.500Z")
    #expect(answer("datetime.statement") == "2024-06-15T10:30:00.500Z")
    #expect(answer("localdatetime.transaction") == "2024-06-15T10:23:20")
    #expect(answer("time.realtime", .string("Asia/Tokyo")) == "19:40+09:00")
    #expect(answer("date", map(["timezone": .string("Pacific/Kiritimati")])) == "2024-06-16")
    #expect(answer("datetime.transaction", .null) == "null")
  }

  @Test(
    arguments: [
      (["year": .integer(1984), "month": .integer(10), "day": .integer(11)], "1984-10-11"),
      (["year": .integer(1817), "week": .integer(1)], "1816-12-30"),
      (
        ["year": .integer(1984), "quarter": .integer(3), "dayOfQuarter": .integer(45)], "1984-08-14"
      ),
      (["YEAR": .integer(1984), "ordinalday": .integer(202)], "1984-07-20"),
      (["year": .null], "0000-01-01"),
      ([:], "At least one temporal unit must be specified."),
      (["month": .integer(1)], "year must be specified"),
      (["year": .integer(1), "day": .integer(1)], "day cannot be specified without month"),
      (
        ["year": .integer(1), "dayOfWeek": .integer(3)],
        "dayOfWeek cannot be specified without week"
      ),
      (
        ["year": .integer(1), "week": .integer(1), "month": .integer(3)],
        "Cannot assign month to week date."
      ),
      (["year": .integer(1), "foo": .integer(1)], "No such field: foo"),
      (["year": .integer(1), "hour": .integer(1)], "Not supported: hour"),
      (["year": .float(1)], "Cannot assign year of a FLOAT."),
      (
        ["year": .integer(2015), "month": .integer(2), "day": .integer(29)],
        "Invalid date 'February 29' as '2015' is not a leap year"
      ),
      (
        ["year": .integer(2015), "month": .integer(13)],
        "Invalid value for MonthOfYear (valid values 1 - 12): 13"
      ),
    ] as [(KeyValuePairs<String, Value>, String)])
  func dates(fields: KeyValuePairs<String, Value>, expected: String) {
    #expect(answer("date", map(fields)) == expected)
  }

  @Test func basesGiveWhatIsNotSaid() throws {
    let base = try date("1984-11-11")
    #expect(answer("date", map(["date": base, "week": .integer(1)])) == "1984-01-08")
    #expect(answer("date", map(["date": base, "quarter": .integer(3)])) == "1984-08-11")
    #expect(answer("date", map(["date": base, "dayOfWeek": .integer(2)])) == "1984-11-06")
    #expect(
      answer("time", map(["time": try time("12:31+01:00"), "timezone": .string("+05:00")]))
        == "16:31+05:00")
    #expect(
      answer("time", map(["time": try localTime("12:31"), "timezone": .string("+05:00")]))
        == "12:31+05:00")
    #expect(
      answer(
        "datetime",
        map([
          "datetime": try dateTime("1984-10-11T12:31+05:00"), "timezone": .string("europe/paris"),
          "day": .integer(28),
        ])) == "1984-10-28T08:31+01:00[Europe/Paris]")
    #expect(
      answer(
        "datetime", map(["epochMillis": .integer(237_821_673_987), "nanosecond": .integer(23)]))
        == "1977-07-15T13:34:33.000000023Z")
    #expect(
      answer("date", map(["date": try localTime("12:00")])) == "Cannot get the date of: 12:00:00")
  }

  @Test func subsecondsAddUp() {
    let whole: KeyValuePairs<String, Value> = [
      "hour": .integer(12), "minute": .integer(31), "second": .integer(14),
      "millisecond": .integer(645), "microsecond": .integer(876), "nanosecond": .integer(123),
    ]
    #expect(answer("localtime", map(whole)) == "12:31:14.645876123")
    #expect(
      answer(
        "localtime",
        map([
          "hour": .integer(1), "minute": .integer(1), "second": .integer(1),
          "millisecond": .integer(1), "microsecond": .integer(1000),
        ])) == "Invalid value for Microsecond: 1000")
    #expect(
      answer("localtime", map(["hour": .integer(1), "second": .integer(1)]))
        == "second cannot be specified without minute")
  }

  @Test func daylightSavingFollowsTheRegion() throws {
    #expect(
      answer("datetime", .string("2024-03-31T02:30[Europe/Berlin]"))
        == "2024-03-31T03:30+02:00[Europe/Berlin]")
    #expect(
      answer("datetime", .string("2024-10-27T02:30[Europe/Berlin]"))
        == "2024-10-27T02:30+02:00[Europe/Berlin]")
    #expect(
      answer("datetime", .string("2011-12-30T12:00[Pacific/Apia]"))
        == "2011-12-31T12:00+14:00[Pacific/Apia]")
    #expect(
      answer("datetime", .string("+999999999-07-01T12:00[Europe/Berlin]"))
        == "+999999999-07-01T12:00+02:00[Europe/Berlin]")
    #expect(
      answer("datetime", .string("1883-01-01T00:00[Europe/Paris]"))
        == "1883-01-01T00:00+00:09:21[Europe/Paris]")
  }

  @Test(arguments: [
    ("Foo/Bar", "could not be parsed at index 0"), ("EST", "could not be parsed at index 0"),
    ("GMT+1", "could not be parsed, unparsed text found at index 3"),
    ("+0100", "could not be parsed at index 0"), ("+18:01", "could not be parsed at index 0"),
  ])
  func unknownZonesAreTold(zone: String, expected: String) {
    let message = answer("datetime", map(["year": .integer(2020), "timezone": .string(zone)]))
    #expect(message.hasPrefix("Invalid value for TimeZone: Text '\(zone)' \(expected)\n"))
  }

  @Test func epochsHaveBounds() {
    #expect(answer("datetime.fromepochmillis", .integer(-1)) == "1969-12-31T23:59:59.999Z")
    #expect(answer("datetime.fromEpoch", .integer(0), .integer(-1)) == "Invalid nanosecond: -1")
    #expect(
      answer("datetime.fromepoch", .integer(.max), .integer(0))
        == "Instant exceeds minimum or maximum instant")
    #expect(answer("datetime.fromepochmillis", .integer(.min)).hasPrefix("-292275055"))
  }

  @Test func wrongTypesAreTold() {
    #expect(
      answer("date", .integer(5))
        == "Invalid call signature for DateFunction: Provided input was [Long(5)]")
    #expect(
      answer("date.truncate", .string("year"), .null)
        == "Invalid call signature for Truncate: Provided input was [String(\"year\"), NO_VALUE, NO_VALUE]"
    )
  }
}

@Suite struct TemporalTruncationTests {
  @Test(arguments: [
    ("millennium", "2000-01-01T00:00+01:00[Europe/Paris]"),
    ("decade", "2010-01-01T00:00+01:00[Europe/Paris]"),
    ("weekYear", "2017-01-02T00:00+01:00[Europe/Paris]"),
    ("quarter", "2017-07-01T00:00+02:00[Europe/Paris]"),
    ("week", "2017-07-10T00:00+02:00[Europe/Paris]"),
    ("hour", "2017-07-11T12:00+02:00[Europe/Paris]"),
    ("microsecond", "2017-07-11T12:31:14.645876+02:00[Europe/Paris]"),
    ("YEAR", "Unsupported unit: YEAR"), ("nanosecond", "Unsupported unit: nanosecond"),
  ])
  func cutsDateTimes(unit: String, expected: String) throws {
    let moment = try dateTime("2017-07-11T12:31:14.645876123[Europe/Paris]")
    #expect(answer("datetime.truncate", .string(unit), moment) == expected)
  }

  @Test func laysComponentsOver() throws {
    #expect(
      answer(
        "datetime.truncate", .string("millisecond"), try dateTime("2017-11-11T12:31:14.645876123Z"),
        map(["nanosecond": .integer(2)])) == "2017-11-11T12:31:14.645000002Z")
    #expect(
      answer(
        "date.truncate", .string("week"), try date("2017-11-11"), map(["dayOfWeek": .integer(3)]))
        == "2017-11-08")
    #expect(
      answer(
        "datetime.truncate", .string("month"), try dateTime("2017-11-11T12:31+01:00"),
        map(["timezone": .string("Europe/Paris")])) == "2017-11-01T00:00+01:00[Europe/Paris]")
  }

  @Test func unitsMustFitTheType() throws {
    #expect(
      answer("date.truncate", .string("hour"), try date("2017-11-11"))
        == "Unit too small for truncation: Hours")
    #expect(
      answer("localtime.truncate", .string("month"), try localTime("12:00"))
        == "Unit is too large to be used for truncation")
    #expect(
      answer("localtime.truncate", .string("hour"), try date("2017-11-11"))
        == "Cannot get the time of: 2017-11-11")
  }
}

@Suite struct TemporalDurationFunctionTests {
  @Test func mapsMakeDurations() {
    #expect(answer("duration", map(["days": .integer(1), "hours": .integer(25)])) == "P1DT25H")
    #expect(answer("duration", map(["months": .float(0.5)])) == "P15DT5H14M33S")
    #expect(answer("duration", map(["quarters": .integer(1)])) == "Unknown field: quarters")
    #expect(answer("duration", map(["days": .string("a")])) == "Cannot assign days of a STRING.")
    #expect(
      answer("duration", map(["hours": .integer(2_562_047_788_015_216)]))
        == "PT-2562047788015215H-16S")
  }

  @Test func differencesFollowTheClockAndTheZone() throws {
    let from = try dateTime("2024-03-30T12:00[Europe/Berlin]")
    let to = try dateTime("2024-03-31T12:00[Europe/Berlin]")
    #expect(answer("duration.between", from, to) == "P1D")
    #expect(answer("duration.inSeconds", from, to) == "PT23H")
    #expect(answer("duration.between", from, .null) == "null")
    #expect(
      answer("duration.inMonths", try localTime("12:00"), try localTime("13:00"))
        == "Unsupported unit: Months")
    #expect(
      answer(
        "duration.between", try localTime("14:30"), try dateTime("2015-07-21T21:40:32.142+0100"))
        == "PT7H10M32.142S")
  }

  @Test func regionsMoveByClockThenByInstant() throws {
    let zones = TimeZoneRules()
    let moment = try dateTime("2024-10-26T12:00[Europe/Berlin]")
    let day = try call("duration", [.string("P1D")])
    let hours = try call("duration", [.string("PT24H")])
    #expect(
      try moment.adding(day, zones).plainText == "2024-10-27T12:00:00+01:00[Europe/Berlin]")
    #expect(
      try moment.adding(hours, zones).plainText == "2024-10-27T11:00:00+01:00[Europe/Berlin]")
    #expect(throws: ValueError.self) { try moment.adding(day) }
  }
}

@Suite struct TemporalComponentTests {
  private func read(_ name: String, _ value: Value) throws -> String {
    do {
      let component = try TemporalComponents.component(named: name, of: value)
      return component?.plainText ?? "none"
    } catch {
      return error.message
    }
  }

  @Test(arguments: [
    ("weekYear", "-1"), ("week", "52"), ("weekDay", "6"), ("ordinalDay", "1"), ("quarterDay", "1"),
    ("YEAR", "0"), ("hour", "Unsupported field: HourOfDay"), ("foo", "No such field: foo"),
    ("offset", "Cannot get the offset of: 0000-01-01"),
  ])
  func dates(name: String, expected: String) throws {
    #expect(try read(name, try date("0000-01-01")) == expected)
  }

  @Test(arguments: [
    ("timezone", "Europe/Paris"), ("offset", "+00:09:21"), ("offsetMinutes", "9"),
    ("offsetSeconds", "561"), ("epochSeconds", "-2745446961"), ("epochMillis", "-2745446961000"),
  ])
  func zones(name: String, expected: String) throws {
    #expect(try read(name, try dateTime("1883-01-01T00:00[Europe/Paris]")) == expected)
  }

  @Test(arguments: [
    ("years", "-1"), ("quarters", "-5"), ("seconds", "-3662"), ("minutes", "-61"),
    ("milliseconds", "-3661112"), ("millisecondsOfSecond", "888"), ("secondsOfMinute", "-2"),
    ("hoursOfDay", "No such field: hoursOfDay"),
  ])
  func durations(name: String, expected: String) throws {
    let duration = try call("duration", [.string("P-1Y-4M-10DT-1H-1M-1.111222333S")])
    #expect(try read(name, duration) == expected)
  }

  @Test func otherValuesHaveNone() throws {
    #expect(try TemporalComponents.component(named: "year", of: .integer(1))?.isNull == nil)
  }
}
