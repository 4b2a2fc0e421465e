import Diagnostics
import GraphValues

/// The zones of this process.
enum Zones {
  static let rules = TimeZoneRules()

  /// The zone that a text names.
  static func parse(_ text: String) throws(Failure) -> ZoneID {
    try Failure.mapping(.text(text)) { () throws(TemporalError) in
      try ZoneID(parsing: text, rules)
    }
  }
}

extension FunctionContext {
  /// The zone that is given, or else the one of instants that are given without.
  func zone(_ given: ZoneID? = nil) throws(Failure) -> ZoneID {
    if let given { return given }
    return defaultZone == "Z" ? .utc : try Zones.parse(defaultZone)
  }
}

extension ClockInstant {
  /// The moment as it reads in a zone.
  func dateTime(in zone: ZoneID) -> ZonedDateTime {
    ZonedDateTime(epochSecond: epochSecond, nanosecond: nanosecond, in: zone, Zones.rules)
  }
}

extension TemporalType {
  /// The part of a moment that the type holds.
  func part(of moment: ZonedDateTime) -> Value {
    switch self {
    case .date: .date(moment.local.date)
    case .localTime: .localTime(moment.local.time)
    case .zonedTime:
      .zonedTime(ZonedTime(moment.local.time, offsetSeconds: moment.offsetSeconds))
    case .localDateTime: .localDateTime(moment.local)
    case .zonedDateTime: .zonedDateTime(moment)
    }
  }
}
