import Foundation
import GraphValues

extension TemporalPattern {
  /// The instant in the pattern's form; `nil` when it lacks what a letter asks for.
  func format(_ instant: TemporalInstant) -> String? {
    let text = InstantText(instant: instant)
    var output = ""
    // Optional parts print only when all of them can.
    var starts: [(length: Int, isWhole: Bool)] = []
    for part in parts {
      switch part {
      case .literal(let literal): output += literal
      case .field(let letter, let count):
        if let field = text.field(letter, count) {
          output += field
        } else if starts.isEmpty {
          return nil
        } else {
          starts[starts.count - 1].isWhole = false
        }
      case .optionalStart: starts.append((output.count, true))
      case .optionalEnd:
        if let start = starts.popLast(), !start.isWhole {
          output = String(output.prefix(start.length))
        }
      }
    }
    return output
  }
}

/// Writes the fields of an instant.
private struct InstantText {
  let instant: TemporalInstant

  func field(_ letter: Character, _ count: Int) -> String? {
    if let date = instant.date, let text = dateField(letter, count, date) { return text }
    if let time = instant.time, let text = timeField(letter, count, time) { return text }
    return zoneField(letter, count)
  }

  private func dateField(_ letter: Character, _ count: Int, _ date: CalendarDate) -> String? {
    switch letter {
    case "G":
      let era = date.year > 0 ? ["AD", "Anno Domini", "A"] : ["BC", "Before Christ", "B"]
      return count < 4 ? era[0] : era[count - 3]
    case "u": return year(date.year, count)
    case "y": return year(date.year > 0 ? date.year : 1 - date.year, count)
    case "D": return padded(Int64(date.ordinalDay), count)
    case "M", "L":
      guard count > 2 else { return padded(Int64(date.month), count) }
      return PatternNames.form(PatternNames.months[date.month - 1], count)
    case "d": return padded(Int64(date.day), count)
    case "Q", "q":
      if count < 3 { return padded(Int64(date.quarter), count) }
      if count == 3 { return "Q\(date.quarter)" }
      return count == 4 ? PatternNames.quarters[date.quarter - 1] : "\(date.quarter)"
    case "E": return dayName(date, count)
    case "e", "c":
      return count > 2 ? dayName(date, count) : padded(Int64(date.dayOfWeek % 7 + 1), count)
    case "F": return String((date.day - 1) / 7 + 1)
    default: return weekField(letter, count, date)
    }
  }

  /// Weeks that start on Sunday and belong to the year or month that any of their days lies in.
  private func weekField(_ letter: Character, _ count: Int, _ date: CalendarDate) -> String? {
    let column = date.dayOfWeek % 7
    let nextYearDay = date.ordinalDay - column + 6
    let daysInYear =
      date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0) ? 366 : 365
    let belongsToNextYear = nextYearDay > daysInYear
    switch letter {
    case "Y": return year(belongsToNextYear ? date.year + 1 : date.year, count)
    case "w":
      return belongsToNextYear
        ? padded(1, count) : padded(Int64((date.ordinalDay - 1 - column + 6) / 7 + 1), count)
    case "W": return String((date.day - 1 - column + 6) / 7 + 1)
    default: return nil
    }
  }

  private func dayName(_ date: CalendarDate, _ count: Int) -> String {
    PatternNames.form(PatternNames.days[date.dayOfWeek - 1], max(3, count))
  }

  private func timeField(_ letter: Character, _ count: Int, _ time: LocalTime) -> String? {
    let hour = Int64(time.hour)
    switch letter {
    case "a": return hour < 12 ? "AM" : "PM"
    case "H": return padded(hour, count)
    case "k": return padded(hour == 0 ? 24 : hour, count)
    case "K": return padded(hour % 12, count)
    case "h": return padded(hour % 12 == 0 ? 12 : hour % 12, count)
    case "m": return padded(Int64(time.minute), count)
    case "s": return padded(Int64(time.second), count)
    case "S": return String(padded(Int64(time.nanosecond), 9).prefix(count))
    case "A": return padded(time.nanosecondOfDay / 1_000_000, count)
    case "n": return padded(Int64(time.nanosecond), count)
    case "N": return padded(time.nanosecondOfDay, count)
    default: return nil
    }
  }

  private func zoneField(_ letter: Character, _ count: Int) -> String? {
    guard let offset = instant.offsetSeconds, let zone = instant.zone else { return nil }
    switch letter {
    case "V": return zone.name
    case "z": return Self.name(of: zone, instant, isLong: count == 4)
    default: return OffsetPattern(letter, count)?.text(offset)
    }
  }

  private static func name(
    of zone: ZoneID, _ instant: TemporalInstant, isLong: Bool
  ) -> String {
    guard case .region(let region) = zone, case .zonedDateTime(let moment) = instant,
      let known = TimeZone(identifier: region)
    else { return zone.name }
    let date = Date(timeIntervalSince1970: Double(moment.epochSecond))
    let isSummer = known.isDaylightSavingTime(for: date)
    let style: NSTimeZone.NameStyle =
      isLong
      ? (isSummer ? .daylightSaving : .standard)
      : (isSummer ? .shortDaylightSaving : .shortStandard)
    return known.localizedName(for: style, locale: Locale(identifier: "en_US")) ?? region
  }

  /// Two letters are the last two digits; four or more are padded, with a sign beyond them.
  private func year(_ year: Int64, _ count: Int) -> String {
    if count == 2 { return padded(((year % 100) + 100) % 100, 2) }
    let digits = String(year.magnitude)
    let text = String(repeating: "0", count: max(0, count - digits.count)) + digits
    if year < 0 { return "-" + text }
    return count >= 4 && digits.count > count ? "+" + text : text
  }

  private func padded(_ number: Int64, _ count: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, count - digits.count)) + digits
  }
}

/// The ways that letters write an offset from UTC.
struct OffsetPattern {
  /// What stands for no offset; `nil` for zeros.
  let zero: String?
  /// `GMT` before the offset.
  let isNamed: Bool
  let hasColons: Bool
  /// Whether minutes are always there, only when not zero, or never padded.
  let minutes: Minutes
  let hasSeconds: Bool

  enum Minutes { case always, ifNeeded }

  init?(_ letter: Character, _ count: Int) {
    switch letter {
    case "X", "x":
      zero = letter == "X" ? "Z" : nil
      isNamed = false
      hasColons = count == 3 || count == 5
      minutes = count == 1 ? .ifNeeded : .always
      hasSeconds = count > 3
    case "Z":
      zero = count == 5 ? "Z" : count == 4 ? "GMT" : nil
      isNamed = count == 4
      hasColons = count > 3
      minutes = .always
      hasSeconds = count == 5
    case "O":
      zero = "GMT"
      isNamed = true
      hasColons = true
      minutes = count == 1 ? .ifNeeded : .always
      hasSeconds = true
    default: return nil
    }
  }

  func text(_ offset: Int32) -> String {
    if offset == 0, let zero { return zero }
    let magnitude = Int(offset.magnitude)
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    let hours = isNamed && minutes == .ifNeeded ? String(magnitude / 3600) : two(magnitude / 3600)
    var text = (isNamed ? "GMT" : "") + (offset < 0 ? "-" : "+") + hours
    let colon = hasColons ? ":" : ""
    if minutes == .always || magnitude / 60 % 60 != 0 { text += colon + two(magnitude / 60 % 60) }
    if hasSeconds && magnitude % 60 != 0 { text += colon + two(magnitude % 60) }
    return text
  }
}
