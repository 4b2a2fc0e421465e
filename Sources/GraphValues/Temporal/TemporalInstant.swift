/// Any of the five kinds of instants.
public enum TemporalInstant: Hashable, Sendable {
  /// DATE.
  case date(CalendarDate)
  /// LOCAL TIME.
  case localTime(LocalTime)
  /// ZONED TIME.
  case zonedTime(ZonedTime)
  /// LOCAL DATETIME.
  case localDateTime(LocalDateTime)
  /// ZONED DATETIME.
  case zonedDateTime(ZonedDateTime)

  /// The instant in a value; `nil` when it is anything else.
  public init?(_ value: Value) {
    switch value {
    case .date(let date): self = .date(date)
    case .localTime(let time): self = .localTime(time)
    case .zonedTime(let time): self = .zonedTime(time)
    case .localDateTime(let dateTime): self = .localDateTime(dateTime)
    case .zonedDateTime(let dateTime): self = .zonedDateTime(dateTime)
    default: return nil
    }
  }

  /// The instant as a value.
  public var value: Value {
    switch self {
    case .date(let date): .date(date)
    case .localTime(let time): .localTime(time)
    case .zonedTime(let time): .zonedTime(time)
    case .localDateTime(let dateTime): .localDateTime(dateTime)
    case .zonedDateTime(let dateTime): .zonedDateTime(dateTime)
    }
  }

  /// The date part, where the kind has one.
  public var date: CalendarDate? {
    switch self {
    case .date(let date): date
    case .localDateTime(let dateTime): dateTime.date
    case .zonedDateTime(let dateTime): dateTime.local.date
    case .localTime, .zonedTime: nil
    }
  }

  /// The time of day, where the kind has one.
  public var time: LocalTime? {
    switch self {
    case .date: nil
    case .localTime(let time): time
    case .zonedTime(let time): time.localTime
    case .localDateTime(let dateTime): dateTime.time
    case .zonedDateTime(let dateTime): dateTime.local.time
    }
  }

  /// The zone, where the kind has one.
  public var zone: ZoneID? {
    switch self {
    case .zonedTime(let time): .offset(time.offsetSeconds)
    case .zonedDateTime(let dateTime): dateTime.zone
    case .date, .localTime, .localDateTime: nil
    }
  }

  /// The offset from UTC, where the kind has one.
  public var offsetSeconds: Int32? {
    switch self {
    case .zonedTime(let time): time.offsetSeconds
    case .zonedDateTime(let dateTime): dateTime.offsetSeconds
    case .date, .localTime, .localDateTime: nil
    }
  }

  /// The text with seconds left out where they are zero.
  public var isoText: String {
    switch self {
    case .date(let date): date.isoText
    case .localTime(let time): time.isoText
    case .zonedTime(let time): time.isoText
    case .localDateTime(let dateTime): dateTime.isoText
    case .zonedDateTime(let dateTime): dateTime.isoText
    }
  }

  /// The text with seconds always, as `toString()` gives it.
  public var fullText: String {
    switch self {
    case .date(let date): date.isoText
    case .localTime(let time): time.fullText
    case .zonedTime(let time): time.fullText
    case .localDateTime(let dateTime): dateTime.fullText
    case .zonedDateTime(let dateTime): dateTime.fullText
    }
  }
}
