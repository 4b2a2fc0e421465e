/// A day of the proleptic ISO calendar.
public struct CalendarDate: Hashable, Sendable {
  /// Days since 1970-01-01.
  public let epochDay: Int64

  /// Wraps a day number.
  public init(epochDay: Int64) { self.epochDay = epochDay }
}

/// A time of day without zone.
public struct LocalTime: Hashable, Sendable {
  /// Nanoseconds since midnight, below 86,400,000,000,000.
  public let nanosecondOfDay: Int64

  /// Wraps nanoseconds since midnight.
  public init(nanosecondOfDay: Int64) { self.nanosecondOfDay = nanosecondOfDay }
}

/// A time of day with an offset from UTC.
public struct ZonedTime: Hashable, Sendable {
  /// Nanoseconds since local midnight.
  public let nanosecondOfDay: Int64
  /// Seconds east of UTC, within ±18 hours.
  public let offsetSeconds: Int32

  /// Wraps a local time and its offset.
  public init(nanosecondOfDay: Int64, offsetSeconds: Int32) {
    self.nanosecondOfDay = nanosecondOfDay
    self.offsetSeconds = offsetSeconds
  }
}

/// A date and time of day without zone.
public struct LocalDateTime: Hashable, Sendable {
  /// Seconds since 1970-01-01T00:00 of the same local clock.
  public let epochSecond: Int64
  /// 0 … 999,999,999.
  public let nanosecond: Int32

  /// Wraps seconds and nanoseconds.
  public init(epochSecond: Int64, nanosecond: Int32) {
    self.epochSecond = epochSecond
    self.nanosecond = nanosecond
  }
}

/// An instant with an offset from UTC and, where given, the region that the offset comes from.
public struct ZonedDateTime: Hashable, Sendable {
  /// Seconds since 1970-01-01T00:00Z.
  public let epochSecond: Int64
  /// 0 … 999,999,999.
  public let nanosecond: Int32
  /// Seconds east of UTC at this instant.
  public let offsetSeconds: Int32
  /// The region's name such as `Europe/Stockholm`; `nil` where only an offset was given.
  public let zoneName: String?

  /// Wraps an instant; the offset must be the region's at that instant.
  public init(epochSecond: Int64, nanosecond: Int32, offsetSeconds: Int32, zoneName: String?) {
    self.epochSecond = epochSecond
    self.nanosecond = nanosecond
    self.offsetSeconds = offsetSeconds
    self.zoneName = zoneName
  }
}

/// An amount of time in four parts that do not convert into each other.
public struct DurationValue: Hashable, Sendable {
  /// Months, of any sign.
  public let months: Int64
  /// Days, of any sign.
  public let days: Int64
  /// Seconds, of any sign.
  public let seconds: Int64
  /// 0 … 999,999,999, added to `seconds`.
  public let nanoseconds: Int32

  /// Wraps the four parts; `nanoseconds` must be normalised.
  public init(months: Int64, days: Int64, seconds: Int64, nanoseconds: Int32) {
    self.months = months
    self.days = days
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }
}
