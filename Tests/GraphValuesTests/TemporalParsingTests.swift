import GraphValues
import Testing

/// Zones for tests: one region whose clocks go forward at 1,000,000,000 s and back at 1,100,000,000 s.
struct PlainZones: ZoneRules {
  func regionName(_ text: String) -> String? {
    text.lowercased() == "test/city" ? "Test/City" : nil
  }

  func offsetSeconds(of region: String, at epochSecond: Int64) -> Int32 {
    (1_000_000_000..<1_100_000_000).contains(epochSecond) ? 7_200 : 3_600
  }
}

/// What reading a text gives: its ISO text again, or the error.
func outcome(_ read: () throws(TemporalError) -> String) -> String {
  do throws(TemporalError) {
    return try read()
  } catch .unparsable {
    return "unparsable"
  } catch .outOfRange(let field, let value) {
    return "\(field) \(value)"
  } catch {
    return "\(error)"
  }
}

@Suite struct TemporalDateParsingTests {
  @Test(arguments: [
    ("2015-07-21", "2015-07-21"), ("20150721", "2015-07-21"), ("2015-07", "2015-07-01"),
    ("201507", "2015-07-01"), ("2015-W30-2", "2015-07-21"), ("2015W302", "2015-07-21"),
    ("2015-W30", "2015-07-20"), ("2015W30", "2015-07-20"), ("2015-Q2-60", "2015-05-30"),
    ("2015Q260", "2015-05-30"), ("2015-Q2", "2015-04-01"), ("2015Q2", "2015-04-01"),
    ("2015-202", "2015-07-21"), ("2015202", "2015-07-21"), ("2015", "2015-01-01"),
    ("0000-01-01", "0000-01-01"), ("-0001-01-01", "-0001-01-01"), ("+2015-07-21", "2015-07-21"),
    ("+12345-01-01", "+12345-01-01"), ("-999999999-01-01", "-999999999-01-01"),
    ("+999999999-12-31", "+999999999-12-31"), ("2020-W53-7", "2021-01-03"),
    ("2016-366", "2016-12-31"), ("2024-1-1", "2024-01-01"), ("-5", "-0005-01-01"),
    ("2015-W53-1", "2015-12-28"),
  ])
  func reads(text: String, expected: String) {
    #expect(
      outcome { () throws(TemporalError) in try CalendarDate(parsing: text).isoText } == expected)
  }

  @Test(arguments: [
    ("", "unparsable"), ("12345-01-01", "unparsable"), ("2015-07-21Z", "unparsable"),
    (" 2015-01-01", "unparsable"), ("2015-w30", "unparsable"), ("+1000000000-01-01", "unparsable"),
    ("2024-01-01T00:00", "unparsable"), ("20150", "unparsable"), ("+2015W30", "unparsable"),
    ("2015-W54-1", "weekOfYear 54"), ("2015-W30-8", "dayOfWeek 8"), ("2015-Q5", "quarterOfYear 5"),
    ("2015-13-01", "monthOfYear 13"), ("2015-01-32", "dayOfMonth 32"),
    ("2015-367", "dayOfYear 367"),
    ("2024-02-30", "noSuchDay(month: 2, day: 30)"), ("2023-02-29", "notLeapYear(year: 2023)"),
    ("2015-366", "noLeapDayOfYear(year: 2015)"), ("2014-W53", "noSuchWeek(year: 2014, week: 53)"),
    ("2015-Q1-91", "quarterTooShort(year: 2015, quarter: 1, days: 90)"),
  ])
  func refuses(text: String, expected: String) {
    #expect(
      outcome { () throws(TemporalError) in try CalendarDate(parsing: text).isoText } == expected)
  }

  @Test func calendarPartsAgreeWithEachOther() throws {
    for day in stride(from: Int64(-800_000), to: 800_000, by: 37) {
      let date = CalendarDate(epochDay: day)
      let civil = date.civil
      #expect(
        try CalendarDate(year: civil.year, month: Int64(civil.month), day: Int64(civil.day)) == date
      )
      #expect(try CalendarDate(year: civil.year, ordinalDay: Int64(date.ordinalDay)) == date)
      #expect(
        try CalendarDate(
          weekYear: date.weekYear, week: Int64(date.week), dayOfWeek: Int64(date.dayOfWeek)) == date
      )
      #expect(
        try CalendarDate(
          year: civil.year, quarter: Int64(date.quarter), dayOfQuarter: Int64(date.dayOfQuarter))
          == date)
    }
  }

  @Test(arguments: [Int64.min, .max, 0, -1, .min + 719_468])
  func anyDayNumberHasAText(day: Int64) {
    #expect(!CalendarDate(epochDay: day).isoText.isEmpty)
    #expect((1...53).contains(CalendarDate(epochDay: day).week))
  }
}

@Suite struct TemporalTimeParsingTests {
  @Test(arguments: [
    ("21:40:32.142", "21:40:32.142"), ("214032.142", "21:40:32.142"), ("214032", "21:40:32"),
    ("21:40", "21:40"), ("2140", "21:40"), ("21", "21:00"), ("1:00", "01:00"),
    ("23:59:59.999999999", "23:59:59.999999999"), ("21:40:32.1", "21:40:32.100"),
    ("21:40:32,142", "21:40:32.142"), ("T12:00", "12:00"), ("t12", "12:00"),
    ("24:00", "hourOfDay 24"), ("12:60", "minuteOfHour 60"), ("12:00:60", "secondOfMinute 60"),
    ("", "unparsable"), ("123", "unparsable"), ("12:00:00.", "unparsable"),
    ("12:00:00.1234567890", "unparsable"), ("2020-01-01T12:00", "unparsable"),
    ("12:", "unparsable"),
  ])
  func readsLocal(text: String, expected: String) {
    #expect(
      outcome { () throws(TemporalError) in try LocalTime(parsing: text).isoText } == expected)
  }

  @Test(arguments: [
    ("21:40:32.142+0100", "21:40:32.142+01:00"), ("214032.142Z", "21:40:32.142Z"),
    ("21:40-01:30", "21:40-01:30"), ("2140-00:00", "21:40Z"), ("2140-02", "21:40-02:00"),
    ("22+18:00", "22:00+18:00"), ("12:00", "12:00Z"), ("12:00z", "12:00Z"),
    ("12:00+02:05:59", "12:00+02:05:59"), ("12:00+020559", "12:00+02:05:59"),
    ("12:00+1", "unparsable"), ("12:00+18:01", "offsetBeyondRange"),
    ("12:00[Test/City]", "zoneNeedsDate"), ("12:00+01:00[]", "unparsable"),
  ])
  func readsZoned(text: String, expected: String) {
    let read = outcome { () throws(TemporalError) in
      try ZonedTime(parsing: text) { () throws(TemporalError) in 0 }.isoText
    }
    #expect(read == expected)
  }

  @Test(arguments: [
    ("2015-07-21T21:40:32.142", "2015-07-21T21:40:32.142Z"), ("2015202T21", "2015-07-21T21:00Z"),
    ("2015-07-21", "2015-07-21T00:00Z"), ("2015-07-21t21:40:32z", "2015-07-21T21:40:32Z"),
    ("2015-07-21T21:40[Z]", "2015-07-21T21:40Z"), ("2015-07-21T", "unparsable"),
    ("2015-07-21Z", "unparsable"), ("2015-07-21T21:40[+01:00]", "unparsable"),
    ("2015-07-21T21:40[test/CITY]", "2015-07-21T21:40+01:00[Test/City]"),
    ("2015-07-21T21:40 Test/City", "unparsable"),
    ("2001-09-09T03:00[Test/City]", "2001-09-09T04:00+02:00[Test/City]"),
    ("2004-11-09T12:45[Test/City]", "2004-11-09T12:45+02:00[Test/City]"),
    ("2004-11-09T12:45+01:00[Test/City]", "2004-11-09T12:45+01:00[Test/City]"),
    ("2015-07-21T21:40[Test/CityX]", "unknownZone(text: \"Test/CityX\", matched: Optional(9))"),
  ])
  func readsZonedDateTime(text: String, expected: String) {
    let read = outcome { () throws(TemporalError) in
      try ZonedDateTime(
        parsing: text, defaultZone: { () throws(TemporalError) in .utc }, PlainZones()
      )
      .isoText
    }
    #expect(read == expected)
  }

  @Test func offsetsThatARegionNeverHasAreRefused() throws {
    let local = try LocalDateTime(parsing: "2015-01-01T00:00")
    #expect(
      throws: TemporalError.offsetMismatch(
        local: local, offset: 18_000, region: "Test/City", valid: [3_600])
    ) {
      try ZonedDateTime(
        parsing: "2015-01-01T00:00+05:00[Test/City]",
        defaultZone: { () throws(TemporalError) in .utc }, PlainZones())
    }
  }
}
