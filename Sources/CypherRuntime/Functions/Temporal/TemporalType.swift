import GraphValues

/// The five types of instants, with the names that functions and messages give them.
enum TemporalType: CaseIterable {
  case date, localTime, zonedTime, localDateTime, zonedDateTime

  /// The constructor's name.
  var functionName: String {
    switch self {
    case .date: "date"
    case .localTime: "localtime"
    case .zonedTime: "time"
    case .localDateTime: "localdatetime"
    case .zonedDateTime: "datetime"
    }
  }

  /// The constructor's other name in Cypher 25.
  var longFunctionName: String {
    switch self {
    case .date: "date"
    case .localTime: "local_time"
    case .zonedTime: "zoned_time"
    case .localDateTime: "local_datetime"
    case .zonedDateTime: "zoned_datetime"
    }
  }

  /// The name of the type in Cypher.
  var typeName: String {
    switch self {
    case .date: "DATE"
    case .localTime: "LOCAL TIME"
    case .zonedTime: "ZONED TIME"
    case .localDateTime: "LOCAL DATETIME"
    case .zonedDateTime: "ZONED DATETIME"
    }
  }

  /// What messages about calls name the constructor.
  var callName: String {
    switch self {
    case .date: "DateFunction"
    case .localTime: "LocalTimeFunction"
    case .zonedTime: "TimeFunction"
    case .localDateTime: "LocalDateTimeFunction"
    case .zonedDateTime: "DateTimeFunction"
    }
  }

  var hasDate: Bool { self == .date || self == .localDateTime || self == .zonedDateTime }

  var hasTime: Bool { self != .date }

  var hasZone: Bool { self == .zonedTime || self == .zonedDateTime }

  /// The type whose time of day this one holds, as messages name it.
  var timeTypeName: String {
    hasZone ? TemporalType.zonedTime.typeName : TemporalType.localTime.typeName
  }
}
