extension CalendarDate {
  /// Reads a date in any ISO form: calendar, week, quarter or ordinal, with or without hyphens.
  ///
  /// - Throws: `TemporalError` when the form is unknown or a part out of range.
  public init(parsing text: String) throws(TemporalError) {
    guard let form = DateForm(Array(text.utf8)[...]) else {
      throw .unparsable(kind: .date, text: text)
    }
    self = try form.date()
  }
}

extension LocalTime {
  /// Reads `hh:mm:ss.f` or `hhmmss.f`, shortened at will, with an optional leading `T`.
  ///
  /// - Throws: `TemporalError` when the form is unknown or a part out of range.
  public init(parsing text: String) throws(TemporalError) {
    let bytes = Array(text.utf8)
    var scanner = TextScanner(bytes[...])
    _ = scanner.skipAnyCase("T")
    guard let form = TimeForm(&scanner), scanner.isAtEnd else {
      throw .unparsable(kind: .localTime, text: text)
    }
    self = try form.time()
  }
}

extension ZonedTime {
  /// Reads a time of day and an offset; without one the default offset counts.
  ///
  /// - Throws: `TemporalError` when the form is unknown or a part out of range.
  public init(
    parsing text: String, defaultOffset: () throws(TemporalError) -> Int32
  ) throws(TemporalError) {
    let bytes = Array(text.utf8)
    var scanner = TextScanner(bytes[...])
    _ = scanner.skipAnyCase("T")
    guard let form = TimeForm(&scanner), let zone = ZoneForm(&scanner), scanner.isAtEnd else {
      throw .unparsable(kind: .zonedTime, text: text)
    }
    if zone.region != nil { throw .zoneNeedsDate }
    let time = try form.time()
    if let offset = zone.offset {
      self.init(time, offsetSeconds: try offset.totalSeconds())
    } else {
      self.init(time, offsetSeconds: try defaultOffset())
    }
  }
}

extension LocalDateTime {
  /// Reads a date and, behind `T`, a time of day; without one it is midnight.
  ///
  /// - Throws: `TemporalError` when the form is unknown or a part out of range.
  public init(parsing text: String) throws(TemporalError) {
    let bytes = Array(text.utf8)
    guard let (date, rest) = DateForm.splitting(bytes) else {
      throw .unparsable(kind: .localDateTime, text: text)
    }
    guard var scanner = rest else {
      self.init(try date.date(), .midnight)
      return
    }
    guard let time = TimeForm(&scanner), scanner.isAtEnd else {
      throw .unparsable(kind: .localDateTime, text: text)
    }
    self.init(try date.date(), try time.time())
  }
}

extension ZonedDateTime {
  /// Reads a date, a time of day, an offset and a region in brackets; all but the date may lack.
  ///
  /// - Throws: `TemporalError` when the form is unknown, a part out of range, or offset and region
  ///   do not agree.
  public init(
    parsing text: String, defaultZone: () throws(TemporalError) -> ZoneID,
    _ rules: some ZoneRules
  ) throws(TemporalError) {
    let bytes = Array(text.utf8)
    guard let (date, rest) = DateForm.splitting(bytes) else {
      throw .unparsable(kind: .zonedDateTime, text: text)
    }
    guard var scanner = rest else {
      self.init(LocalDateTime(try date.date(), .midnight), in: try defaultZone(), rules)
      return
    }
    guard let time = TimeForm(&scanner), let zone = ZoneForm(&scanner), scanner.isAtEnd else {
      throw .unparsable(kind: .zonedDateTime, text: text)
    }
    let local = LocalDateTime(try date.date(), try time.time())
    let offset = try zone.offset?.totalSeconds()
    guard let name = zone.region else {
      var zone = ZoneID.offset(offset ?? 0)
      if offset == nil { zone = try defaultZone() }
      self.init(local, in: zone, rules)
      return
    }
    let region = try ZoneID(parsing: name, rules)
    self.init(local, in: region, preferring: offset, rules)
    guard let offset else { return }
    if offsetSeconds != offset || self.local != local {
      var valid: [Int32] = []
      if case .region(let name) = region {
        valid = rules.validOffsets(of: name, atLocal: local.epochSecond)
      } else {
        valid = [offsetSeconds]
      }
      throw .offsetMismatch(local: local, offset: offset, region: region.name, valid: valid)
    }
  }
}

extension ZoneID {
  /// Reads `Z`, `±hh:mm`, `±hh:mm:ss` or a region's name in any letter case.
  ///
  /// - Throws: `TemporalError.unknownZone`.
  public init(parsing text: String, _ rules: some ZoneRules) throws(TemporalError) {
    let bytes = Array(text.utf8)
    if bytes.count == 1, bytes[0] == UInt8(ascii: "Z") || bytes[0] == UInt8(ascii: "z") {
      self = .utc
      return
    }
    if bytes.first == UInt8(ascii: "+") || bytes.first == UInt8(ascii: "-") {
      var scanner = TextScanner(bytes[...])
      guard let offset = OffsetForm(&scanner, colons: true), scanner.isAtEnd, bytes.count >= 6,
        let seconds = try? offset.totalSeconds()
      else { throw .unknownZone(text: text, matched: nil) }
      self = .offset(seconds)
      return
    }
    if let name = rules.regionName(text) {
      self = .region(name)
      return
    }
    // The longest start that is a region's name tells where reading stopped.
    for length in stride(from: min(bytes.count - 1, 40), to: 0, by: -1)
    where rules.regionName(String(decoding: bytes[..<length], as: UTF8.self)) != nil {
      throw .unknownZone(text: text, matched: length)
    }
    throw .unknownZone(text: text, matched: nil)
  }
}

/// A date as written, not yet checked.
private enum DateForm {
  case calendar(year: Int64, month: Int64, day: Int64)
  case week(year: Int64, week: Int64, dayOfWeek: Int64)
  case quarter(year: Int64, quarter: Int64, dayOfQuarter: Int64)
  case ordinal(year: Int64, day: Int64)

  func date() throws(TemporalError) -> CalendarDate {
    switch self {
    case .calendar(let year, let month, let day):
      try CalendarDate(year: year, month: month, day: day)
    case .week(let year, let week, let day):
      try CalendarDate(weekYear: year, week: week, dayOfWeek: day)
    case .quarter(let year, let quarter, let day):
      try CalendarDate(year: year, quarter: quarter, dayOfQuarter: day)
    case .ordinal(let year, let day):
      try CalendarDate(year: year, ordinalDay: day)
    }
  }

  /// Parts a text at `T`; the scanner is `nil` when there is no `T`.
  static func splitting(_ bytes: [UInt8]) -> (DateForm, TextScanner?)? {
    let split = bytes.firstIndex { $0 == UInt8(ascii: "T") || $0 == UInt8(ascii: "t") }
    guard let split else { return DateForm(bytes[...]).map { ($0, nil) } }
    return DateForm(bytes[..<split]).map { ($0, TextScanner(bytes[(split + 1)...])) }
  }

  init?(_ bytes: ArraySlice<UInt8>) {
    var scanner = TextScanner(bytes)
    let sign = scanner.sign()
    guard
      let number = sign == nil ? scanner.digits(4) : scanner.digits(1...9)
    else { return nil }
    let year = number * (sign ?? 1)
    if scanner.isAtEnd {
      self = .calendar(year: year, month: 1, day: 1)
      return
    }
    let hyphens = scanner.skip("-")
    if sign != nil && !hyphens { return nil }
    guard let form = Self.afterYear(year, &scanner, hyphens: hyphens), scanner.isAtEnd else {
      return nil
    }
    self = form
  }

  private static func afterYear(
    _ year: Int64, _ scanner: inout TextScanner, hyphens: Bool
  ) -> DateForm? {
    if scanner.skip("W") {
      guard let week = scanner.digits(hyphens ? 1...2 : 2...2) else { return nil }
      guard let day = last(&scanner, 1...1, hyphens) else { return nil }
      return .week(year: year, week: week, dayOfWeek: day)
    }
    if scanner.skip("Q") {
      guard let quarter = scanner.digits(1) else { return nil }
      guard let day = last(&scanner, hyphens ? 1...2 : 2...2, hyphens) else { return nil }
      return .quarter(year: year, quarter: quarter, dayOfQuarter: day)
    }
    if scanner.digitCount == 3 {
      return scanner.digits(3).map { .ordinal(year: year, day: $0) }
    }
    guard let month = scanner.digits(hyphens ? 1...2 : 2...2) else { return nil }
    guard let day = last(&scanner, hyphens ? 1...2 : 2...2, hyphens) else { return nil }
    return .calendar(year: year, month: month, day: day)
  }

  /// The last part of a date, 1 when the text ends before it.
  private static func last(
    _ scanner: inout TextScanner, _ counts: ClosedRange<Int>, _ hyphens: Bool
  ) -> Int64? {
    if scanner.isAtEnd { return 1 }
    if hyphens && !scanner.skip("-") { return nil }
    return scanner.digits(counts)
  }
}

/// A time of day as written, not yet checked.
struct TimeForm {
  var hour: Int64 = 0
  var minute: Int64 = 0
  var second: Int64 = 0
  var nanosecond: Int64 = 0

  func time() throws(TemporalError) -> LocalTime {
    try LocalTime(hour: hour, minute: minute, second: second, nanosecond: nanosecond)
  }

  init?(_ scanner: inout TextScanner) {
    switch scanner.digitCount {
    case 1, 2:
      guard readParts(&scanner, 1...2, colons: true) else { return nil }
    case 4, 6:
      guard readParts(&scanner, 2...2, colons: false) else { return nil }
    default:
      return nil
    }
  }

  private mutating func readParts(
    _ scanner: inout TextScanner, _ counts: ClosedRange<Int>, colons: Bool
  ) -> Bool {
    guard let hour = scanner.digits(counts) else { return false }
    self.hour = hour
    guard colons ? scanner.skip(":") : scanner.digitCount > 0 else { return true }
    guard let minute = scanner.digits(counts) else { return false }
    self.minute = minute
    guard colons ? scanner.skip(":") : scanner.digitCount > 0 else { return true }
    guard let second = scanner.digits(counts), let fraction = scanner.fraction() else {
      return false
    }
    self.second = second
    nanosecond = fraction
    return true
  }
}

/// An offset as written, not yet checked.
private struct OffsetForm {
  let sign: Int64
  let hours: Int64
  var minutes: Int64 = 0
  var seconds: Int64 = 0

  // With `colons` there must be colons, otherwise they may lack.
  init?(_ scanner: inout TextScanner, colons: Bool) {
    guard let sign = scanner.sign(), let hours = scanner.digits(2) else { return nil }
    self.sign = sign
    self.hours = hours
    guard scanner.skip(":") || (!colons && scanner.digitCount > 0) else { return }
    guard let minutes = scanner.digits(2) else { return nil }
    self.minutes = minutes
    guard scanner.skip(":") || (!colons && scanner.digitCount > 0) else { return }
    guard let seconds = scanner.digits(2) else { return nil }
    self.seconds = seconds
  }

  func totalSeconds() throws(TemporalError) -> Int32 {
    guard hours <= 18 else { throw .offsetPart(.hours, value: Int(sign * hours)) }
    guard minutes <= 59 else { throw .offsetPart(.minutes, value: Int(sign * minutes)) }
    guard seconds <= 59 else { throw .offsetPart(.seconds, value: Int(sign * seconds)) }
    let total = hours * 3600 + minutes * 60 + seconds
    guard total <= 18 * 3600 else { throw .offsetBeyondRange }
    return Int32(sign * total)
  }
}

/// What stands behind a time: an offset, a region in brackets, both or neither.
private struct ZoneForm {
  var offset: OffsetForm?
  var region: String?

  init?(_ scanner: inout TextScanner) {
    if scanner.skipAnyCase("Z") {
      offset = .zero
    } else if scanner.next == UInt8(ascii: "+") || scanner.next == UInt8(ascii: "-") {
      guard let form = OffsetForm(&scanner, colons: false) else { return nil }
      offset = form
    }
    guard scanner.skip("[") else { return }
    let rest = scanner.rest
    guard rest.count > 1, rest.last == UInt8(ascii: "]"), rest.dropLast().allSatisfy(Self.isName)
    else { return nil }
    region = String(decoding: rest.dropLast(), as: UTF8.self)
    scanner = TextScanner(rest[rest.endIndex...])
  }

  private static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "~"),
      UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "/"):
      true
    default: false
    }
  }
}

extension OffsetForm {
  static let zero = OffsetForm()

  private init() {
    sign = 1
    hours = 0
  }
}
