import GraphValues
import Testing

@testable import CypherRuntime

@Suite struct TemporalPatternTests {
  @Test(arguments: [
    ("yyyy-MM-dd HH:mm:ss.SSS VV xxx", "2024-01-02 15:34:56.789 Europe/Paris +01:00"),
    ("EEEE, d MMMM uuuu", "Tuesday, 2 January 2024"), ("'day' D 'of' yy", "day 2 of 24"),
    ("h:m:s a", "3:34:56 PM"), ("w W e Q q", "1 1 3 1 1"), ("", ""), ("''''", "''"),
    ("EEE MMM QQQ", "Tue Jan Q1"), ("kk KK hh", "15 03 03"),
    ("X XX XXX O OOOO", "+01 +0100 +01:00 GMT+1 GMT+01:00"),
    ("yyyyy G", "02024 AD"), ("n A", "789000000 56096789"), ("HH[:mm]", "15:34"),
    (
      "bb",
      "An invalid character is used in the pattern. Verify that all characters are supported by `ZONED DATETIME`."
    ),
    (
      "'open",
      "An invalid character is used in the pattern. Verify that all characters are supported by `ZONED DATETIME`."
    ),
  ])
  func formats(pattern: String, expected: String) throws {
    let moment = try call(
      "datetime", [.string("2024-01-02T15:34:56.789+01:00[Europe/Paris]")])
    #expect(answer("format", moment, .string(pattern)) == expected)
  }

  @Test func lettersMustFitTheType() throws {
    let date = try call("date", [.string("2024-01-02")])
    #expect(answer("format", date, .string("HH:mm")).hasSuffix("supported by `DATE`."))
    #expect(answer("format", date, .string("d[ HH:mm]")) == "2")
    #expect(answer("format", date) == "2024-01-02")
    #expect(answer("format", date, .null) == "null")
  }

  @Test(arguments: [
    ("P1Y2M3DT4H5M6.7S", "y 'years' M 'months'", "1 years 2 months"),
    ("PT1H30M", "HH:mm:ss", "01:30:00"), ("P1M", "d", "0"), ("P15M", "M", "15"),
    ("P15M", "y M", "1 3"), ("PT36H", "d H", "0 36"), ("PT6.7S", "s.SS", "6.70"),
    ("P17D", "w d", "2 3"),
  ])
  func durations(text: String, pattern: String, expected: String) throws {
    let duration = try call("duration", [.string(text)])
    #expect(answer("format", duration, .string(pattern)) == expected)
  }

  @Test(arguments: [
    ("date", "2 January 2024", "d MMMM yyyy", "2024-01-02"),
    ("date", "31/02/2024", "dd/MM/yyyy", "2024-02-29"),
    ("date", "20240102", "yyyyMMdd", "2024-01-02"),
    ("date", "2024-366", "u-D", "2024-12-31"), ("date", "5.3.24", "d.M.yy", "2024-03-05"),
    ("datetime", "2024-01-02 15:34 +01:00", "yyyy-MM-dd HH:mm xxx", "2024-01-02T15:34+01:00"),
    (
      "datetime", "2024-07-02 15:34 Europe/Paris", "yyyy-MM-dd HH:mm VV",
      "2024-07-02T15:34+02:00[Europe/Paris]"
    ),
    ("datetime", "2024-01-02 15", "yyyy-MM-dd HH", "2024-01-02T15:00Z"),
    ("local_datetime", "2024-01-02 15:34", "yyyy-MM-dd HH:mm", "2024-01-02T15:34"),
    ("localtime", "03:04 PM", "hh:mm a", "15:04"), ("localtime", "12 AM", "h a", "00:00"),
    ("zoned_time", "15:04 +0200", "HH:mm xx", "15:04+02:00"),
    ("localtime", "15:04:05.5", "HH:mm:ss[.S]", "15:04:05.500"),
    ("localtime", "15:04:05", "HH:mm:ss[.S]", "15:04:05"),
    ("duration", "3 days 4", "d 'days' H", "P3DT4H"), ("duration", "-1 02", "d HH", "P-1DT2H"),
  ])
  func reads(function: String, text: String, pattern: String, expected: String) {
    #expect(answer(function, .string(text), .string(pattern)) == expected)
  }

  @Test(arguments: [
    ("date", "02/01", "dd/MM", "DATE"), ("date", "2020", "01", "DATE"),
    ("date", "02/01/2024", "zz", "DATE"), ("duration", "x", "d", "DURATION"),
    ("date", "32/01/2024", "dd/MM/yyyy", "DATE"), ("localtime", "25", "HH", "LOCAL TIME"),
    ("date", "2024-01-02 ", "yyyy-MM-dd", "DATE"), ("date", "", "yyyy", "DATE"),
    ("localtime", "99999999999999999999", "n", "LOCAL TIME"),
  ])
  func refuses(function: String, text: String, pattern: String, type: String) {
    #expect(
      answer(function, .string(text), .string(pattern))
        == "Pattern, `\(pattern)`, does not match input, `\(text)`. Verify that the pattern is valid for constructing `\(type)`."
    )
  }
}
