/// How much of a time of day is written when its small parts are zero.
public enum TemporalTextStyle: Sendable {
  /// Seconds only where they or the fraction are not zero; fractions in 3, 6 or 9 digits: `12:31`.
  case short
  /// Always with seconds; fractions without trailing zeros: `12:31:00`.
  case full
}

extension CalendarDate {
  /// Appends `2024-02-29`; years beyond four digits carry a sign.
  public func appendText(to text: inout [UInt8]) {
    let civil = civil
    let magnitude = civil.year.magnitude
    if civil.year < 0 {
      text.append(UInt8(ascii: "-"))
    } else if magnitude > 9999 {
      text.append(UInt8(ascii: "+"))
    }
    appendDigits(magnitude, atLeast: 4, to: &text)
    text.append(UInt8(ascii: "-"))
    appendTwoDigits(civil.month, to: &text)
    text.append(UInt8(ascii: "-"))
    appendTwoDigits(civil.day, to: &text)
  }

  /// The text of the date.
  public var isoText: String { string { appendText(to: &$0) } }
}

extension LocalTime {
  /// Appends `12:31:14.645`.
  public func appendText(to text: inout [UInt8], style: TemporalTextStyle = .short) {
    appendTwoDigits(hour, to: &text)
    text.append(UInt8(ascii: ":"))
    appendTwoDigits(minute, to: &text)
    let (second, nanosecond) = (second, nanosecond)
    if style == .short && second == 0 && nanosecond == 0 { return }
    text.append(UInt8(ascii: ":"))
    appendTwoDigits(second, to: &text)
    if nanosecond != 0 { appendFraction(nanosecond, grouped: style == .short, to: &text) }
  }

  /// The text with seconds left out where they are zero.
  public var isoText: String { string { appendText(to: &$0) } }

  /// The text with seconds always, as `toString()` gives it.
  public var fullText: String { string { appendText(to: &$0, style: .full) } }
}

extension ZonedTime {
  /// Appends `12:31:14.645+01:00`.
  public func appendText(to text: inout [UInt8], style: TemporalTextStyle = .short) {
    localTime.appendText(to: &text, style: style)
    appendOffset(offsetSeconds, to: &text)
  }

  /// The text with seconds left out where they are zero.
  public var isoText: String { string { appendText(to: &$0) } }

  /// The text with seconds always, as `toString()` gives it.
  public var fullText: String { string { appendText(to: &$0, style: .full) } }
}

extension LocalDateTime {
  /// Appends `2024-02-29T12:31`.
  public func appendText(to text: inout [UInt8], style: TemporalTextStyle = .short) {
    date.appendText(to: &text)
    text.append(UInt8(ascii: "T"))
    time.appendText(to: &text, style: style)
  }

  /// The text with seconds left out where they are zero.
  public var isoText: String { string { appendText(to: &$0) } }

  /// The text with seconds always, as `toString()` gives it.
  public var fullText: String { string { appendText(to: &$0, style: .full) } }
}

extension ZonedDateTime {
  /// Appends `2024-02-29T12:31+01:00[Europe/Paris]`.
  public func appendText(to text: inout [UInt8], style: TemporalTextStyle = .short) {
    local.appendText(to: &text, style: style)
    appendOffset(offsetSeconds, to: &text)
    if let zoneName {
      text.append(UInt8(ascii: "["))
      text.append(contentsOf: zoneName.utf8)
      text.append(UInt8(ascii: "]"))
    }
  }

  /// The text with seconds left out where they are zero.
  public var isoText: String { string { appendText(to: &$0) } }

  /// The text with seconds always, as `toString()` gives it.
  public var fullText: String { string { appendText(to: &$0, style: .full) } }
}

extension DurationValue {
  /// Appends `P1Y2M3DT4H5M6.7S`; the three groups do not carry into each other.
  public func appendText(to text: inout [UInt8]) {
    text.append(UInt8(ascii: "P"))
    appendPart(months / 12, "Y", to: &text)
    appendPart(months % 12, "M", to: &text)
    appendPart(days, "D", to: &text)
    if seconds != 0 || nanoseconds != 0 {
      appendTimeText(to: &text)
    } else if months == 0 && days == 0 {
      text.append(contentsOf: "T0S".utf8)
    }
  }

  /// The text of the duration.
  public var isoText: String { string { appendText(to: &$0) } }

  private func appendTimeText(to text: inout [UInt8]) {
    // A negative amount with nanoseconds prints as one signed decimal: −1 s + 0.5 s is -0.5.
    let borrows = seconds < 0 && nanoseconds > 0
    let whole = borrows ? seconds + 1 : seconds
    let fraction = borrows ? 1_000_000_000 - Int(nanoseconds) : Int(nanoseconds)
    text.append(UInt8(ascii: "T"))
    appendPart(whole / 3600, "H", to: &text)
    appendPart(whole / 60 % 60, "M", to: &text)
    let second = whole % 60
    guard second != 0 || fraction != 0 else { return }
    if seconds < 0 { text.append(UInt8(ascii: "-")) }
    appendDigits(second.magnitude, atLeast: 1, to: &text)
    if fraction != 0 { appendFraction(fraction, grouped: false, to: &text) }
    text.append(UInt8(ascii: "S"))
  }

  private func appendPart(_ amount: Int64, _ unit: Unicode.Scalar, to text: inout [UInt8]) {
    guard amount != 0 else { return }
    if amount < 0 { text.append(UInt8(ascii: "-")) }
    appendDigits(amount.magnitude, atLeast: 1, to: &text)
    text.append(UInt8(ascii: unit))
  }
}

/// `Z`, `+01:00` or `+00:09:21`.
public func offsetText(_ seconds: Int32) -> String {
  string { appendOffset(seconds, to: &$0) }
}

func appendOffset(_ seconds: Int32, to text: inout [UInt8]) {
  guard seconds != 0 else {
    text.append(UInt8(ascii: "Z"))
    return
  }
  let magnitude = Int(seconds.magnitude)
  text.append(seconds < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
  appendTwoDigits(magnitude / 3600, to: &text)
  text.append(UInt8(ascii: ":"))
  appendTwoDigits(magnitude / 60 % 60, to: &text)
  guard magnitude % 60 != 0 else { return }
  text.append(UInt8(ascii: ":"))
  appendTwoDigits(magnitude % 60, to: &text)
}

/// Appends a point and the fraction: in groups of three digits, or without trailing zeros.
private func appendFraction(_ nanosecond: Int, grouped: Bool, to text: inout [UInt8]) {
  text.append(UInt8(ascii: "."))
  var (rest, digits) = (nanosecond, 9)
  let step = grouped ? 1_000 : 10
  while digits > 0 && rest % step == 0 {
    rest /= step
    digits -= grouped ? 3 : 1
  }
  appendDigits(UInt64(rest.magnitude), atLeast: digits, to: &text)
}

private func appendTwoDigits(_ number: Int, to text: inout [UInt8]) {
  text.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number / 10 % 10))
  text.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number % 10))
}

private func appendDigits(_ number: UInt64, atLeast width: Int, to text: inout [UInt8]) {
  let start = text.count
  var rest = number
  repeat {
    text.append(UInt8(ascii: "0") + UInt8(rest % 10))
    rest /= 10
  } while rest > 0
  while text.count - start < width { text.append(UInt8(ascii: "0")) }
  text[start...].reverse()
}

private func string(_ append: (inout [UInt8]) -> Void) -> String {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(40)
  append(&bytes)
  return String(decoding: bytes, as: UTF8.self)
}
