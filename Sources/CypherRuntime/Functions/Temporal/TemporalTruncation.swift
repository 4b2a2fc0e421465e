import Diagnostics
import GraphValues

/// The units that instants can be cut to.
enum TruncationUnit: String, CaseIterable {
  case millennium, century, decade, year, weekYear, quarter, month, week, day
  case hour, minute, second, millisecond, microsecond

  /// The unit as messages name it.
  var messageName: String {
    switch self {
    case .millennium: "Millennia"
    case .century: "Centuries"
    case .decade: "Decades"
    case .year: "Years"
    case .weekYear: "WeekBasedYears"
    case .quarter: "QuarterYears"
    case .month: "Months"
    case .week: "Weeks"
    case .day: "Days"
    case .hour: "Hours"
    case .minute: "Minutes"
    case .second: "Seconds"
    case .millisecond: "Millis"
    case .microsecond: "Micros"
    }
  }

  /// Nanoseconds of the unit where it is a part of a day.
  var nanoseconds: Int64? {
    switch self {
    case .day: 86_400_000_000_000
    case .hour: 3_600_000_000_000
    case .minute: 60_000_000_000
    case .second: 1_000_000_000
    case .millisecond: 1_000_000
    case .microsecond: 1_000
    default: nil
    }
  }

  var isDate: Bool { nanoseconds == nil || self == .day }

  /// The date cut to the unit; units smaller than a day leave it.
  func truncate(_ date: CalendarDate) throws(TemporalError) -> CalendarDate {
    let civil = date.civil
    func years(_ count: Int64) throws(TemporalError) -> CalendarDate {
      // Towards zero: the decade of −11 starts at −10.
      try CalendarDate(year: civil.year / count * count, month: 1, day: 1)
    }
    switch self {
    case .millennium: return try years(1000)
    case .century: return try years(100)
    case .decade: return try years(10)
    case .year: return try years(1)
    case .weekYear: return try CalendarDate(weekYear: date.weekYear, week: 1, dayOfWeek: 1)
    case .quarter:
      return try CalendarDate(year: civil.year, quarter: Int64(date.quarter), dayOfQuarter: 1)
    case .month: return try CalendarDate(year: civil.year, month: Int64(civil.month), day: 1)
    case .week: return try date.adding(days: Int64(1 - date.dayOfWeek))
    default: return date
    }
  }

  /// The time of day cut to the unit; units larger than a day give midnight.
  func truncate(_ time: LocalTime) -> LocalTime {
    guard let nanoseconds else { return .midnight }
    return LocalTime(
      nanosecondOfDay: time.nanosecondOfDay - time.nanosecondOfDay % nanoseconds)
  }
}

/// The `truncate` function of one type.
struct TemporalTruncation {
  let type: TemporalType
  let context: FunctionContext

  /// Cuts an instant to a unit, then lays components over it.
  func make(_ arguments: [Value]) throws(Failure) -> Value {
    let now = try context.statementClock.dateTime(in: context.zone())
    let input = arguments.count > 1 ? TemporalInstant(arguments[1]) : .zonedDateTime(now)
    guard case .string(let name)? = arguments.first, let input,
      let map = Self.map(arguments.count > 2 ? arguments[2] : .null)
    else { throw wrongCall(arguments) }
    guard let unit = TruncationUnit(rawValue: name) else {
      throw TemporalFailure.unsupportedUnit(name)
    }
    try check(unit)
    var fields = try TemporalFields(map, for: type)
    keepTruncated(unit, of: input, in: &fields)
    return try truncate(input, unit, fields)
  }

  private static func map(_ value: Value) -> MapValue? {
    switch value {
    case .null: MapValue()
    case .map(let map): map
    default: nil
    }
  }

  private func wrongCall(_ arguments: [Value]) -> Failure {
    var provided = arguments
    while provided.count < 3 { provided.append(.null) }
    let name = "\(type.functionName).truncate"
    return TemporalFailure.call(
      "Truncate", provided, function: name,
      signature:
        "\(name)(unit :: STRING, input = DEFAULT_TEMPORAL_ARGUMENT :: ANY, fields = null :: MAP) :: \(type.typeName)"
    )
  }

  private func check(_ unit: TruncationUnit) throws(Failure) {
    if !type.hasTime && !unit.isDate {
      throw TemporalFailure.data(
        "Unit too small for truncation: \(unit.messageName)",
        TemporalFailure.cannotProcess(unit.messageName), code: TemporalFailure.typeError)
    }
    if !type.hasDate && unit.nanoseconds == nil {
      throw TemporalFailure.data(
        "Unit is too large to be used for truncation",
        TemporalFailure.cannotProcess(unit.messageName), code: TemporalFailure.typeError)
    }
  }

  /// Sub-second components add to what a cut to milliseconds or microseconds leaves.
  private func keepTruncated(
    _ unit: TruncationUnit, of input: TemporalInstant, in fields: inout TemporalFields
  ) {
    guard let time = input.time else { return }
    if unit == .millisecond, fields.hasAny([.microsecond, .nanosecond]),
      !fields.has(.millisecond)
    {
      fields.set(.millisecond, Int64(time.nanosecond / 1_000_000))
    }
    if unit == .microsecond, fields.has(.nanosecond), !fields.hasAny([.millisecond, .microsecond]) {
      fields.set(.microsecond, Int64(time.nanosecond / 1_000))
    }
  }

  private func truncate(
    _ input: TemporalInstant, _ unit: TruncationUnit, _ fields: TemporalFields
  ) throws(Failure) -> Value {
    let construction = TemporalConstruction(type: type, context: context)
    var date = CalendarDate(epochDay: 0)
    if type.hasDate {
      let whole = try TemporalConstruction.date(of: input)
      let cut = try Failure.mapping(.fields([])) { () throws(TemporalError) in
        try unit.truncate(whole)
      }
      date = try fields.date(base: cut, isWhole: false)
    }
    var time = LocalTime.midnight
    if type.hasTime {
      // A date has no time of day; only cutting to a unit of dates makes up for it.
      if input.time == nil && !(type.hasDate && unit.isDate) {
        _ = try construction.time(of: input)
      }
      time = try fields.time(base: unit.truncate(input.time ?? .midnight))
    }
    switch type {
    case .date: return .date(date)
    case .localTime: return .localTime(time)
    case .localDateTime: return .localDateTime(LocalDateTime(date, time))
    case .zonedTime:
      let own = input.offsetSeconds.map { ZoneID.offset($0) }
      let zone = try context.zone(try fields.zone() ?? own)
      let offset = zone.offsetSeconds(at: context.statementClock.epochSecond, Zones.rules)
      return .zonedTime(ZonedTime(time, offsetSeconds: offset))
    case .zonedDateTime:
      let zone = try context.zone(try fields.zone() ?? input.zone)
      return .zonedDateTime(ZonedDateTime(LocalDateTime(date, time), in: zone, Zones.rules))
    }
  }
}
