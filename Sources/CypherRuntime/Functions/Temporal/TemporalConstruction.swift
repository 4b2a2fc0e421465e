import Diagnostics
import GraphValues

/// Makes instants of one type from text, maps and other instants.
struct TemporalConstruction {
  let type: TemporalType
  /// The constructor's name, of which there are two in Cypher 25.
  let name: String
  let context: FunctionContext

  init(type: TemporalType, name: String? = nil, context: FunctionContext) {
    self.type = type
    self.name = name ?? type.functionName
    self.context = context
  }

  /// The constructor applied to its arguments; without any it gives the current moment.
  func make(_ arguments: [Value]) throws(Failure) -> Value {
    guard arguments.count > 1 else { return try make(from: arguments.first) }
    if arguments.contains(where: \.isNull) { return .null }
    guard case .string(let text) = arguments[0], case .string(let pattern) = arguments[1] else {
      throw wrongCall(arguments)
    }
    return try PatternFunctions.instant(type, from: text, pattern)
  }

  private func wrongCall(_ arguments: [Value]) -> Failure {
    TemporalFailure.constructorCall(
      type.callName, arguments, function: name, input: "input = DEFAULT_TEMPORAL_ARGUMENT :: ANY",
      result: type.typeName, context)
  }

  private func make(from argument: Value?) throws(Failure) -> Value {
    guard let argument else {
      return type.part(of: context.statementClock.dateTime(in: try zone()))
    }
    switch argument {
    case .null: return .null
    case .string(let text): return try parse(text)
    case .map(let map): return try make(from: TemporalFields(map, for: type))
    default:
      guard let instant = TemporalInstant(argument) else { throw wrongCall([argument]) }
      return try convert(instant)
    }
  }

  private func zone(_ given: ZoneID? = nil) throws(Failure) -> ZoneID { try context.zone(given) }

  /// The offset that a zone has for a time without date: the present one.
  private func presentOffset(of zone: ZoneID) -> Int32 {
    zone.offsetSeconds(at: context.statementClock.epochSecond, Zones.rules)
  }

  private func parse(_ text: String) throws(Failure) -> Value {
    let standard = try zone()
    return try Failure.mapping(.text(text)) { () throws(TemporalError) in
      switch type {
      case .date: .date(try CalendarDate(parsing: text))
      case .localTime: .localTime(try LocalTime(parsing: text))
      case .zonedTime:
        .zonedTime(try ZonedTime(parsing: text) { presentOffset(of: standard) })
      case .localDateTime: .localDateTime(try LocalDateTime(parsing: text))
      case .zonedDateTime:
        .zonedDateTime(
          try ZonedDateTime(parsing: text, defaultZone: { standard }, Zones.rules))
      }
    }
  }

  private func convert(_ instant: TemporalInstant) throws(Failure) -> Value {
    switch type {
    case .date: return .date(try Self.date(of: instant))
    case .localTime: return .localTime(try time(of: instant))
    case .zonedTime:
      let time = try time(of: instant)
      let standard = try zone()
      let offset = instant.offsetSeconds ?? presentOffset(of: standard)
      return .zonedTime(ZonedTime(time, offsetSeconds: offset))
    case .localDateTime:
      let date = try Self.date(of: instant)
      return .localDateTime(LocalDateTime(date, try time(of: instant)))
    case .zonedDateTime:
      if case .zonedDateTime = instant { return instant.value }
      guard case .localDateTime(let local) = instant else {
        throw TemporalFailure.cannotSelect(from: instant)
      }
      return .zonedDateTime(ZonedDateTime(local, in: try zone(), Zones.rules))
    }
  }

  static func date(of instant: TemporalInstant) throws(Failure) -> CalendarDate {
    guard let date = instant.date else {
      throw TemporalFailure.cannotGet("date", of: instant, TemporalType.date.typeName)
    }
    return date
  }

  func time(of instant: TemporalInstant) throws(Failure) -> LocalTime {
    guard let time = instant.time else {
      throw TemporalFailure.cannotGet("time", of: instant, type.timeTypeName)
    }
    return time
  }

  /// The instant under a key such as `date`, if the key is there.
  private func base(
    _ key: TemporalFields.Key, _ fields: TemporalFields
  ) throws(Failure) -> TemporalInstant? {
    guard let value = fields[key] else { return nil }
    guard let instant = TemporalInstant(value) else {
      let part = key == .datetime ? "date time" : key.rawValue
      let name =
        key == .date
        ? TemporalType.date.typeName : key == .time ? type.timeTypeName : type.typeName
      throw TemporalFailure.cannotConstruct(part, name, from: value)
    }
    return instant
  }

  // MARK: - From components

  private func make(from fields: TemporalFields) throws(Failure) -> Value {
    if fields.isEmpty { throw TemporalFailure.noComponents() }
    if fields.isOnlyZone, let zone = try fields.zone() {
      return type.part(of: context.statementClock.dateTime(in: zone))
    }
    switch type {
    case .date:
      let base = try base(.date, fields)
      var date: CalendarDate?
      if let base { date = try Self.date(of: base) }
      return .date(try fields.date(base: date, isWhole: false))
    case .localTime:
      let base = try base(.time, fields)
      var time: LocalTime?
      if let base { time = try self.time(of: base) }
      return .localTime(try fields.time(base: time))
    case .zonedTime: return .zonedTime(try zonedTime(fields))
    case .localDateTime: return .localDateTime(try localDateTime(fields))
    case .zonedDateTime: return .zonedDateTime(try zonedDateTime(fields))
    }
  }

  private func zonedTime(_ fields: TemporalFields) throws(Failure) -> ZonedTime {
    let base = try base(.time, fields)
    let given = try fields.zone()
    guard let base else {
      let time = try fields.time(base: nil)
      return ZonedTime(time, offsetSeconds: presentOffset(of: try zone(given)))
    }
    var time = try time(of: base)
    let standard = try zone()
    var offset = base.offsetSeconds ?? presentOffset(of: standard)
    if let given {
      if case .zonedDateTime(let dateTime) = base {
        let moment = dateTime.converted(to: given, Zones.rules)
        (time, offset) = (moment.local.time, moment.offsetSeconds)
      } else {
        let target = presentOffset(of: given)
        if base.offsetSeconds != nil {
          time = ZonedTime(time, offsetSeconds: offset).converted(toOffset: target).localTime
        }
        offset = target
      }
    }
    return ZonedTime(try fields.time(base: time), offsetSeconds: offset)
  }

  private func localDateTime(_ fields: TemporalFields) throws(Failure) -> LocalDateTime {
    if let base = try base(.datetime, fields) {
      let time = try time(of: base)
      let date = try fields.date(base: Self.date(of: base), isWhole: true)
      return LocalDateTime(date, try fields.time(base: time))
    }
    let parts = try dateAndTimeBases(fields)
    let date = try fields.date(base: parts.date, isWhole: parts.hasTime)
    return LocalDateTime(date, try fields.time(base: parts.time))
  }

  private func dateAndTimeBases(
    _ fields: TemporalFields
  ) throws(Failure) -> (
    date: CalendarDate?, time: LocalTime?, hasTime: Bool, zoned: TemporalInstant?
  ) {
    var date: CalendarDate?
    var time: LocalTime?
    let timeBase = try base(.time, fields)
    if let base = try base(.date, fields) { date = try Self.date(of: base) }
    if let timeBase { time = try self.time(of: timeBase) }
    let hasTime = timeBase != nil || fields.hasAny(TemporalFields.clockKeys)
    return (date, time, hasTime, timeBase)
  }

  private func zonedDateTime(_ fields: TemporalFields) throws(Failure) -> ZonedDateTime {
    let given = try fields.zone()
    if let base = try epochOrDateTime(fields) {
      let time = try time(of: base)
      let local = LocalDateTime(try Self.date(of: base), time)
      return try override(
        local, zone: base.zone, offset: base.offsetSeconds, given: given, fields)
    }
    let parts = try dateAndTimeBases(fields)
    let date = try fields.date(base: parts.date, isWhole: parts.hasTime)
    guard let time = parts.time, let base = parts.zoned else {
      let local = LocalDateTime(date, try fields.time(base: parts.time))
      return ZonedDateTime(local, in: try zone(given), Zones.rules)
    }
    return try override(
      LocalDateTime(date, time), zone: base.zone, offset: base.offsetSeconds, given: given, fields)
  }

  /// Shows a base in the zone that is asked for, then lays the other components over it.
  private func override(
    _ local: LocalDateTime, zone base: ZoneID?, offset: Int32?, given: ZoneID?,
    _ fields: TemporalFields
  ) throws(Failure) -> ZonedDateTime {
    var moment = ZonedDateTime(
      local, in: try zone(base ?? given), preferring: offset, Zones.rules)
    if base != nil, let given { moment = moment.converted(to: given, Zones.rules) }
    guard fields.hasAny(TemporalFields.calendarKeys + TemporalFields.clockKeys) else {
      return moment
    }
    let date = try fields.date(base: moment.local.date, isWhole: true)
    let changed = LocalDateTime(date, try fields.time(base: moment.local.time))
    return ZonedDateTime(
      changed, in: moment.zone, preferring: moment.offsetSeconds, Zones.rules)
  }

  private func epochOrDateTime(_ fields: TemporalFields) throws(Failure) -> TemporalInstant? {
    if fields.has(.epochSeconds) {
      return .zonedDateTime(
        try Self.instant(epochSecond: fields.integer(.epochSeconds, default: 0), nanosecond: 0))
    }
    if fields.has(.epochMillis) {
      return .zonedDateTime(
        try Self.instant(epochMillis: fields.integer(.epochMillis, default: 0)))
    }
    return try base(.datetime, fields)
  }

  /// An instant in UTC by its seconds.
  static func instant(
    epochSecond: Int64, nanosecond: Int32
  ) throws(Failure) -> ZonedDateTime {
    let instant = ZonedDateTime(
      epochSecond: epochSecond, nanosecond: nanosecond, offsetSeconds: 0, zoneName: nil)
    guard (CalendarDate.earliest...CalendarDate.latest).contains(instant.local.date) else {
      throw Failure(.instantBeyondRange, .fields([]))
    }
    return instant
  }

  /// An instant in UTC by its milliseconds.
  static func instant(epochMillis: Int64) throws(Failure) -> ZonedDateTime {
    let (quotient, remainder) = epochMillis.quotientAndRemainder(dividingBy: 1000)
    let borrow: Int64 = remainder < 0 ? 1 : 0
    return try instant(
      epochSecond: quotient - borrow,
      nanosecond: Int32(remainder + borrow * 1000) * 1_000_000)
  }
}
