import Diagnostics
import GraphValues

/// The components of a map that an instant is made from.
struct TemporalFields {
  /// The components by their canonical names.
  enum Key: String, CaseIterable {
    case year, month, day, week, dayOfWeek, quarter, dayOfQuarter, ordinalDay
    case hour, minute, second, millisecond, microsecond, nanosecond
    case timezone, date, time, datetime, epochSeconds, epochMillis
    case weekYear, weekDay, quarterDay, offset, offsetMinutes, offsetSeconds

    /// By lower-case name.
    static let named = Dictionary(
      uniqueKeysWithValues: allCases.map { ($0.rawValue.lowercased(), $0) })
  }

  static let calendarKeys: [Key] = [
    .year, .month, .day, .week, .dayOfWeek, .quarter, .dayOfQuarter, .ordinalDay,
  ]
  static let clockKeys: [Key] = [
    .hour, .minute, .second, .millisecond, .microsecond, .nanosecond,
  ]
  static let subsecondKeys: [Key] = [.millisecond, .microsecond, .nanosecond]

  /// In the order of the map.
  private(set) var keys: [Key] = []
  private var values: [Key: Value] = [:]

  /// Reads a map for a type.
  ///
  /// - Throws: `Failure` for keys that are unknown, that the type lacks, or that exclude each other.
  init(_ map: MapValue, for type: TemporalType) throws(Failure) {
    for (name, value) in map.entries {
      guard let key = Key.named[name.lowercased()] else {
        throw TemporalFailure.noSuchField(name)
      }
      if values.updateValue(value, forKey: key) == nil { keys.append(key) }
    }
    try check(for: type)
  }

  private func check(for type: TemporalType) throws(Failure) {
    for key in keys where !Self.isSupported(key, by: type) {
      if key == .timezone {
        if keys.count > 1 { throw TemporalFailure.zoneWithOtherFields(type) }
        continue
      }
      throw TemporalFailure.notSupported(key.rawValue, type)
    }
    let sources: [Key] = [.epochSeconds, .epochMillis, .datetime, .date, .time]
    let given = keys.filter { sources.contains($0) }
    for (index, key) in given.enumerated() {
      for earlier in given[..<index] where key != earlier {
        if [key, earlier].allSatisfy({ $0 == .date || $0 == .time }) { continue }
        throw TemporalFailure.selectedTogether(key.rawValue, with: earlier.rawValue)
      }
    }
  }

  private static func isSupported(_ key: Key, by type: TemporalType) -> Bool {
    switch key {
    case .date: type.hasDate
    case .time: type.hasTime
    case .datetime: type.hasDate && type.hasTime
    case .timezone: type.hasZone
    case .epochSeconds, .epochMillis: type == .zonedDateTime
    case .weekYear, .weekDay, .quarterDay, .offset, .offsetMinutes, .offsetSeconds: false
    default: calendarKeys.contains(key) ? type.hasDate : type.hasTime
    }
  }

  var isEmpty: Bool { keys.isEmpty }

  /// Whether a zone is all there is: then the current moment is meant.
  var isOnlyZone: Bool { keys == [.timezone] }

  subscript(key: Key) -> Value? { values[key] }

  func has(_ key: Key) -> Bool { values[key] != nil }

  func hasAny(_ keys: [Key]) -> Bool { keys.contains(where: has) }

  mutating func set(_ key: Key, _ value: Int64) {
    if values.updateValue(.integer(value), forKey: key) == nil { keys.append(key) }
  }

  /// An INTEGER component; absent or null it is the default.
  func integer(_ key: Key, default standard: Int64) throws(Failure) -> Int64 {
    switch values[key] {
    case nil, .null?: return standard
    case .integer(let number)?: return number
    case let other?: throw TemporalFailure.wrongComponent(key.rawValue, other)
    }
  }

  /// The zone, where one is given.
  func zone() throws(Failure) -> ZoneID? {
    switch values[.timezone] {
    case nil: return nil
    case .string(let text)?: return try Zones.parse(text)
    case let other?: throw TemporalFailure.wrongComponent(Key.timezone.rawValue, other)
    }
  }

  /// Checks that no unit is given without all larger ones.
  func requireInOrder(_ names: [(String, Bool)]) throws(Failure) {
    if let first = names.first, !first.1 { throw TemporalFailure.mustBeSpecified(first.0) }
    var missing: String?
    for (name, isGiven) in names {
      if !isGiven {
        missing = missing ?? name
      } else if let missing {
        throw TemporalFailure.component("\(name) cannot be specified without \(missing)", name)
      }
    }
  }
}

/// The ways to name a day of a year.
enum CalendarSystem: String {
  case calendar, week, quarter, ordinal

  /// The components after the year, larger first.
  var keys: [TemporalFields.Key] {
    switch self {
    case .calendar: [.month, .day]
    case .week: [.week, .dayOfWeek]
    case .quarter: [.quarter, .dayOfQuarter]
    case .ordinal: [.ordinalDay]
    }
  }

  init?(_ key: TemporalFields.Key) {
    switch key {
    case .month, .day: self = .calendar
    case .week, .dayOfWeek: self = .week
    case .quarter, .dayOfQuarter: self = .quarter
    case .ordinalDay: self = .ordinal
    default: return nil
    }
  }
}

extension TemporalFields {
  /// The way that the day is named; components of two ways exclude each other.
  private func calendarSystem() throws(Failure) -> CalendarSystem {
    var system: CalendarSystem?
    for key in keys {
      guard let next = CalendarSystem(key) else { continue }
      if let system, system != next {
        let key = key.rawValue
        throw TemporalFailure.cannotAssign(
          "Cannot assign \(key) to \(system.rawValue) date.", key, TemporalType.date.typeName)
      }
      system = next
    }
    return system ?? .calendar
  }

  /// The date that the components name.
  ///
  /// `base` gives the components that are not there; without it `isWhole` asks for all components
  /// down to the day, as a time of day needs them.
  func date(base: CalendarDate?, isWhole: Bool) throws(Failure) -> CalendarDate {
    let system = try calendarSystem()
    if let base {
      guard hasAny(Self.calendarKeys) else { return base }
    } else {
      let parts = [Key.year] + system.keys
      if isWhole {
        for part in parts where !has(part) {
          throw TemporalFailure.mustBeSpecified(part.rawValue)
        }
      }
      try requireInOrder(parts.map { ($0.rawValue, has($0)) })
    }
    let given = ([.year] + system.keys).filter(has).map(\.rawValue)
    // Read before the calendar is asked: types are checked in this order.
    let year = try integer(
      .year, default: (system == .week ? base?.weekYear : base?.year) ?? 0)
    let (large, small) = try parts(of: system, base)
    return try Failure.mapping(.fields(given)) { () throws(TemporalError) in
      switch system {
      case .calendar: try CalendarDate(year: year, month: large, day: small)
      case .week: try CalendarDate(weekYear: year, week: large, dayOfWeek: small)
      case .quarter: try CalendarDate(year: year, quarter: large, dayOfQuarter: small)
      case .ordinal: try CalendarDate(year: year, ordinalDay: small)
      }
    }
  }

  private func parts(
    of system: CalendarSystem, _ base: CalendarDate?
  ) throws(Failure) -> (large: Int64, small: Int64) {
    switch system {
    case .calendar:
      (
        try integer(.month, default: base.map { Int64($0.month) } ?? 1),
        try integer(.day, default: base.map { Int64($0.day) } ?? 1)
      )
    case .week:
      (
        try integer(.week, default: base.map { Int64($0.week) } ?? 1),
        try integer(.dayOfWeek, default: base.map { Int64($0.dayOfWeek) } ?? 1)
      )
    case .quarter:
      (
        try integer(.quarter, default: base.map { Int64($0.quarter) } ?? 1),
        try integer(.dayOfQuarter, default: base.map { Int64($0.dayOfQuarter) } ?? 1)
      )
    case .ordinal:
      (1, try integer(.ordinalDay, default: base.map { Int64($0.ordinalDay) } ?? 1))
    }
  }

  /// The time of day that the components name.
  ///
  /// `base` gives the components that are not there; sub-second ones only together.
  func time(base: LocalTime?) throws(Failure) -> LocalTime {
    if base == nil && hasAny(Self.clockKeys) {
      try requireInOrder([
        ("hour", has(.hour)), ("minute", has(.minute)), ("second", has(.second)),
        ("subsecond", hasAny(Self.subsecondKeys)),
      ])
    }
    let hour = try integer(.hour, default: Int64(base?.hour ?? 0))
    let minute = try integer(.minute, default: Int64(base?.minute ?? 0))
    let second = try integer(.second, default: Int64(base?.second ?? 0))
    let nanosecond =
      hasAny(Self.subsecondKeys) ? try subsecond() : Int64(base?.nanosecond ?? 0)
    return try Failure.mapping(.fields([])) { () throws(TemporalError) in
      try LocalTime(hour: hour, minute: minute, second: second, nanosecond: nanosecond)
    }
  }

  /// Milliseconds, microseconds and nanoseconds added up, each within what the larger ones leave.
  private func subsecond() throws(Failure) -> Int64 {
    let millisecond = try integer(.millisecond, default: 0)
    let microsecond = try integer(.microsecond, default: 0)
    let nanosecond = try integer(.nanosecond, default: 0)
    let microsecondLimit: Int64 = has(.millisecond) ? 999 : 999_999
    let nanosecondLimit: Int64 =
      has(.microsecond) ? 999 : has(.millisecond) ? 999_999 : 999_999_999
    for (name, value, limit) in [
      ("Millisecond", millisecond, 999), ("Microsecond", microsecond, microsecondLimit),
      ("Nanosecond", nanosecond, nanosecondLimit),
    ] where !(0...limit).contains(value) {
      throw TemporalFailure.subsecond(
        name, value, limit: limit, message: "Invalid value for \(name): \(value)")
    }
    return millisecond * 1_000_000 + microsecond * 1_000 + nanosecond
  }
}

extension Failure {
  /// Turns an error into the failure that it is at this place.
  static func mapping<T>(
    _ source: TemporalSource, _ body: () throws(TemporalError) -> T
  ) throws(Failure) -> T {
    do throws(TemporalError) {
      return try body()
    } catch {
      throw Failure(error, source)
    }
  }
}
