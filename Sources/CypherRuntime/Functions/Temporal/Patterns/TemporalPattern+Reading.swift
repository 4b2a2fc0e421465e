import GraphValues

extension TemporalPattern {
  /// Reads an instant in the pattern's form; `nil` when the text does not fit or says too little.
  ///
  /// A day that its month lacks becomes the last one; without a zone it is UTC.
  func instant(_ type: TemporalType, from text: String) -> TemporalInstant? {
    var reading = InstantReading(text)
    guard reading.read(parts) else { return nil }
    return reading.instant(type)
  }
}

/// What has been read of an instant.
private struct InstantReading {
  private var reader: PatternReader
  private var numbers: [Character: Int64] = [:]
  private var zone: ZoneID?
  private var isAfternoon: Bool?

  init(_ text: String) { reader = PatternReader(text) }

  mutating func read(_ parts: [TemporalPattern.Part]) -> Bool {
    var starts: [InstantReading] = []
    var index = 0
    while index < parts.count {
      switch parts[index] {
      case .optionalStart: starts.append(self)
      case .optionalEnd: _ = starts.popLast()
      case .literal, .field:
        if readPart(parts, index) { break }
        guard let start = starts.popLast() else { return false }
        self = start
        index = Self.endOfOptional(parts, after: index)
      }
      index += 1
    }
    return reader.isAtEnd
  }

  private static func endOfOptional(_ parts: [TemporalPattern.Part], after start: Int) -> Int {
    var depth = 1
    for index in start..<parts.count {
      if parts[index] == .optionalStart { depth += 1 }
      if parts[index] == .optionalEnd { depth -= 1 }
      if depth == 0 { return index }
    }
    return parts.count
  }

  private mutating func readPart(_ parts: [TemporalPattern.Part], _ index: Int) -> Bool {
    guard case .field(let letter, let count) = parts[index] else {
      if case .literal(let literal) = parts[index] { return reader.skip(literal) }
      return true
    }
    switch letter {
    case "M", "L":
      guard count > 2 else { return readNumber(parts, index, as: "M") }
      return readName(PatternNames.months.map { PatternNames.form($0, count) }, as: "M")
    case "Q", "q":
      if count == 3 { return readName(["Q1", "Q2", "Q3", "Q4"], as: "Q") }
      if count == 4 { return readName(PatternNames.quarters, as: "Q") }
      return readNumber(parts, index, as: "Q")
    case "E":
      let days = PatternNames.days.map { PatternNames.form($0, max(3, count)) }
      return readName(days, as: "E")
    case "G": return readName(["BC", "AD"], as: "G")
    case "a":
      guard let half = reader.name(["AM", "PM"]) else { return false }
      isAfternoon = half == 1
      return true
    case "S":
      guard let digits = reader.fixed(count) else { return false }
      numbers["n"] = digits * TemporalPattern.power(9 - count)
      return true
    case "V", "z": return readZone()
    case "X", "x", "Z", "O": return readOffset(letter, count)
    case "u", "y": return readYear(parts, index, count)
    case "D", "d", "H", "k", "K", "h", "m", "s", "A", "n", "N":
      return readNumber(parts, index, as: letter)
    default: return false
    }
  }

  private mutating func readNumber(
    _ parts: [TemporalPattern.Part], _ index: Int, as letter: Character
  ) -> Bool {
    guard let number = reader.number(parts, index, isSigned: false) else { return false }
    numbers[letter] = number
    return true
  }

  private mutating func readYear(
    _ parts: [TemporalPattern.Part], _ index: Int, _ count: Int
  ) -> Bool {
    guard let year = reader.number(parts, index, isSigned: true) else { return false }
    // Two digits are a year of the century that begins with 2000.
    numbers["u"] = count == 2 ? 2000 + year : year
    return true
  }

  private mutating func readName(_ names: [String], as letter: Character) -> Bool {
    guard let index = reader.name(names) else { return false }
    numbers[letter] = Int64(index + 1)
    return true
  }

  private mutating func readZone() -> Bool {
    let name = reader.zoneName()
    guard let zone = try? ZoneID(parsing: name, Zones.rules) else { return false }
    self.zone = zone
    return true
  }

  private mutating func readOffset(_ letter: Character, _ count: Int) -> Bool {
    guard let pattern = OffsetPattern(letter, count) else { return false }
    if let zero = pattern.zero, !pattern.isNamed, reader.skip(zero) {
      zone = .utc
      return true
    }
    if pattern.isNamed && !reader.skip("GMT") { return false }
    let isEast = reader.skip("+")
    guard isEast || reader.skip("-") else {
      zone = .utc
      return pattern.isNamed
    }
    guard let hours = pattern.isNamed ? reader.fixed(2) ?? reader.fixed(1) : reader.fixed(2)
    else { return false }
    var rest: [Int64] = []
    for place in 0..<(pattern.hasSeconds ? 2 : 1) {
      let start = reader.position
      if pattern.hasColons && !reader.skip(":") { break }
      guard let part = reader.fixed(2) else {
        reader.rewind(to: start)
        break
      }
      rest.append(part)
      if place == 0 && pattern.minutes == .always { continue }
    }
    if rest.isEmpty && pattern.minutes == .always { return false }
    let minutes = rest.first ?? 0
    let seconds = rest.count > 1 ? rest[1] : 0
    let total = hours * 3600 + minutes * 60 + seconds
    guard minutes < 60, seconds < 60, total <= 64_800 else { return false }
    zone = .offset(Int32(isEast ? total : -total))
    return true
  }

  // MARK: - What it amounts to

  func instant(_ type: TemporalType) -> TemporalInstant? {
    switch type {
    case .date: return date.map { .date($0) }
    case .localTime: return time.map { .localTime($0) }
    case .zonedTime:
      guard let time else { return nil }
      let offset = (zone ?? .utc).offsetSeconds(at: 0, Zones.rules)
      return .zonedTime(ZonedTime(time, offsetSeconds: offset))
    case .localDateTime:
      guard let date, let time else { return nil }
      return .localDateTime(LocalDateTime(date, time))
    case .zonedDateTime:
      guard let date, let time else { return nil }
      return .zonedDateTime(
        ZonedDateTime(LocalDateTime(date, time), in: zone ?? .utc, Zones.rules))
    }
  }

  private var date: CalendarDate? {
    guard var year = numbers["u"] else { return nil }
    if numbers["G"] == 1 { year = 1 - year }
    if let day = numbers["D"] { return try? CalendarDate(year: year, ordinalDay: day) }
    guard let month = numbers["M"], let day = numbers["d"], (1...31).contains(day),
      let first = try? CalendarDate(year: year, month: month, day: 1)
    else { return nil }
    if let exact = try? CalendarDate(year: year, month: month, day: day) { return exact }
    // The month lacks the day: the day before the next month's first.
    guard let next = try? first.adding(months: 1) else { return nil }
    return try? next.adding(days: -1)
  }

  private var time: LocalTime? {
    if let nanoseconds = numbers["N"], (0..<86_400_000_000_000).contains(nanoseconds) {
      return LocalTime(nanosecondOfDay: nanoseconds)
    }
    if let milliseconds = numbers["A"], (0..<86_400_000).contains(milliseconds) {
      return LocalTime(nanosecondOfDay: milliseconds * 1_000_000)
    }
    guard let hour, (0..<1_000_000_000).contains(numbers["n"] ?? 0) else { return nil }
    return try? LocalTime(
      hour: hour, minute: numbers["m"] ?? 0, second: numbers["s"] ?? 0,
      nanosecond: numbers["n"] ?? 0)
  }

  private var hour: Int64? {
    if let hour = numbers["H"] { return hour }
    if let hour = numbers["k"] { return (1...24).contains(hour) ? hour % 24 : nil }
    guard let isAfternoon else { return nil }
    let afternoon: Int64 = isAfternoon ? 12 : 0
    if let hour = numbers["K"] { return (0...11).contains(hour) ? hour + afternoon : nil }
    if let hour = numbers["h"] { return (1...12).contains(hour) ? hour % 12 + afternoon : nil }
    return nil
  }
}
