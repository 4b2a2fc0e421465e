import GraphValues
import Testing

@Suite struct TemporalDurationTests {
  @Test(arguments: [
    ("P14DT16H12M", "P14DT16H12M"), ("P5M1.5D", "P5M1DT12H"), ("P0.75M", "P22DT19H51M49.5S"),
    ("PT0.75M", "PT45S"), ("P2012-02-02T14:37:21.545", "P2012Y2M2DT14H37M21.545S"),
    ("P20120202T143721.545", "P2012Y2M2DT14H37M21.545S"), ("P2012-02-02", "P2012Y2M2D"),
    ("P1Y", "P1Y"), ("P1W", "P7D"), ("P1Y2M3W4DT5H6M7.8S", "P1Y2M25DT5H6M7.8S"), ("P0D", "PT0S"),
    ("P-1Y-2M", "P-1Y-2M"), ("P1YT-1S", "P1YT-1S"), ("PT-0.5S", "PT-0.5S"), ("-P1D", "P-1D"),
    ("PT1.000000001S", "PT1.000000001S"), ("PT36H", "PT36H"), ("PT100000S", "PT27H46M40S"),
    ("P1.5Y", "P1Y6M"), ("P0.5W", "P3DT12H"), ("PT1.5H", "PT1H30M"), ("PT1,5S", "PT1.5S"),
    ("p1d", "P1D"), ("P1Y1W", "P1Y7D"), ("P1Y-1M", "P11M"), ("PT-1H1S", "PT-59M-59S"),
    ("PT9223372036854775807S", "PT2562047788015215H30M7S"), ("-PT0.5S", "PT-0.5S"),
    ("P1DT", "unparsable"), ("", "unparsable"), ("P", "unparsable"), ("PT", "unparsable"),
    ("1D", "unparsable"), ("PT1D", "unparsable"), ("P1M1Y", "unparsable"), ("P1H", "unparsable"),
    ("P2012-02", "unparsable"), ("P--1D", "unparsable"), ("PT1.1234567890S", "unparsable"),
    ("P1Y1Y", "unparsable"), ("PT1M2H", "unparsable"), ("P2012W02T14", "unparsable"),
    ("P1.5D1D", "unparsable"), ("P99999999999999999999D", "unparsable"),
  ])
  func reads(text: String, expected: String) {
    #expect(
      outcome { () throws(TemporalError) in try DurationValue(parsing: text).isoText } == expected)
  }

  @Test(
    arguments: [
      (1.1 * 12, 0, 0, "P1Y1M6DT2H5M49.200000002S"), (0.5, 0, 0, "P15DT5H14M33S"),
      (-0.5, 0, 0, "P-15DT-5H-14M-33S"), (0, -1.5, 0, "P-1DT-12H"), (0, 0.1, 0, "PT2H24M"),
      (0, 0, 1.9999999999, "PT1.999999999S"), (Double.nan, 0, 0, "PT0S"),
      (0, Double.infinity, 0, "floatOverflow(inf)"),
    ] as [(Double, Double, Double, String)])
  func fractionsCascade(months: Double, days: Double, seconds: Double, expected: String) {
    let made = outcome { () throws(TemporalError) in
      try DurationValue(fractionalMonths: months, days: days, seconds: seconds, nanoseconds: 0)
        .isoText
    }
    #expect(made == expected)
  }

  @Test func averageLengthMustFit64Bits() {
    #expect(throws: TemporalError.self) { try DurationValue(parsing: "P9223372036854775807M") }
    #expect(throws: TemporalError.self) {
      try DurationValue(checkedMonths: 0, days: 0, seconds: .max, nanoseconds: 1_000_000_000)
    }
  }

  @Test(
    arguments: [
      (2, "P7M1DT14H2M33.35S"), (3, "P4M21DT8H21M6.233333334S"), (7, "P2MT10H52M9.528571428S"),
      (-2, "P-7M-1DT-14H-2M-33.35S"), (0.5, "P2Y4M6DT8H10M13.4S"),
    ] as [(Double, String)])
  func divides(divisor: Double, expected: String) throws {
    let duration = try DurationValue(parsing: "P1Y2M3DT4H5M6.7S")
    #expect(try duration.divided(by: divisor).isoText == expected)
  }

  @Test(
    arguments: [
      ("P1M2DT3S", 0.5, "P16DT5H14M34.5S"), ("P1M", 0.5, "P15DT5H14M33S"),
      ("P1M1DT1S", 0.5, "P15DT17H14M33.5S"), ("PT1S", 0.1, "PT0.1S"), ("P1D", 1.0 / 0, "PT0S"),
    ] as [(String, Double, String)])
  func multiplies(text: String, factor: Double, expected: String) throws {
    #expect(try DurationValue(parsing: text).multiplied(by: factor).isoText == expected)
  }

  @Test(arguments: [
    ("2020-01-31", "2020-02-29", "P29D", "PT0S", "P29D"),
    ("2020-02-29", "2020-01-31", "P-29D", "PT0S", "P-29D"),
    ("2020-01-31", "2020-03-01", "P1M1D", "P1M", "P30D"),
    ("2020-02-29", "2021-02-28", "P11M30D", "P11M", "P365D"),
    ("2024-03-31", "2024-02-29", "P-1M", "P-1M", "P-31D"),
    ("1984-10-11", "2015-06-24", "P30Y8M13D", "P30Y8M", "P11213D"),
    ("2024-01-31T23:59:59.5", "2024-02-01T00:00", "PT0.5S", "PT0S", "PT0S"),
    ("2024-02-15T09:59", "2024-01-15T10:00", "P-30DT-23H-59M", "PT0S", "P-30D"),
    (
      "-999999999-01-01", "+999999999-12-31", "P1999999998Y11M30D", "P1999999998Y11M",
      "P730484999633D"
    ),
  ])
  func betweenLocalDateTimes(
    from: String, to: String, between: String, months: String, days: String
  ) throws {
    let (from, to) = (
      TemporalInstant.localDateTime(try LocalDateTime(parsing: from)),
      TemporalInstant.localDateTime(try LocalDateTime(parsing: to))
    )
    #expect(DurationValue.between(from, to, PlainZones()).isoText == between)
    #expect(try DurationValue.between(from, to, in: .months, PlainZones()).isoText == months)
    #expect(try DurationValue.between(from, to, in: .days, PlainZones()).isoText == days)
  }

  @Test(arguments: [
    ("2020-01-31", "P1M", "2020-02-29", "2019-12-31"),
    ("2019-01-31", "P1M1D", "2019-03-01", "2018-12-30"),
    ("2020-01-01", "PT47H59M", "2020-01-02", "2019-12-31"),
    ("2020-01-01", "PT23H59M59.5S", "2020-01-01", "2020-01-01"),
  ])
  func datesMove(date: String, by duration: String, sum: String, difference: String) throws {
    let instant = TemporalInstant.date(try CalendarDate(parsing: date))
    let duration = try DurationValue(parsing: duration)
    #expect(try instant.adding(duration, PlainZones()).isoText == sum)
    #expect(try instant.subtracting(duration, PlainZones()).isoText == difference)
  }

  @Test func datesDoNotLeaveTheirYears() throws {
    let last = TemporalInstant.date(.latest)
    let day = try DurationValue(parsing: "P1D")
    #expect(throws: TemporalFault.self) { try last.adding(day, PlainZones()) }
    let huge = DurationValue(months: .min, days: .min, seconds: .min, nanoseconds: 0)
    #expect(throws: TemporalFault.self) { try last.subtracting(huge, PlainZones()) }
  }
}
