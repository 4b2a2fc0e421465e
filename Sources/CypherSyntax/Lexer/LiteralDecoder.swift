/// What a number token says.
enum NumberValue: Hashable {
  /// The magnitude; the sign is an operator.
  case integer(UInt64)
  /// A finite float.
  case float(Double)
  /// An integer over 64 bits.
  case integerTooLarge
  /// A float that rounds to infinity.
  case floatTooLarge
  /// Not a number in any form.
  case malformed(NumberForm)
}

/// The forms of numbers, for messages.
enum NumberForm: Hashable {
  case decimal
  case hexadecimal
  case octal
  case float
}

/// Reads the values of literal tokens.
enum LiteralDecoder {
  /// The value of a number token's bytes.
  static func number(_ bytes: Span<UInt8>, isFloat: Bool) -> NumberValue {
    if isFloat { return float(bytes) }
    guard bytes.count > 1, bytes[0] == UInt8(ascii: "0") else { return decimal(bytes) }
    switch bytes[1] {
    case UInt8(ascii: "x"):
      return based(bytes, 16, .hexadecimal)
    case UInt8(ascii: "o"):
      return based(bytes, 8, .octal)
    case UInt8(ascii: "X"):
      return .malformed(.hexadecimal)
    default:
      return .malformed(.octal)
    }
  }

  private static func decimal(_ bytes: Span<UInt8>) -> NumberValue {
    var value: UInt64 = 0
    var overflows = false
    var previous: UInt8 = UInt8(ascii: "_")
    for index in 0..<bytes.count {
      let byte = bytes[index]
      if byte.isDigit {
        let (product, first) = value.multipliedReportingOverflow(by: 10)
        let (sum, second) = product.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
        overflows = overflows || first || second
        value = sum
      } else if byte != UInt8(ascii: "_") || previous == UInt8(ascii: "_") {
        return .malformed(.decimal)
      }
      previous = byte
    }
    if previous == UInt8(ascii: "_") { return .malformed(.decimal) }
    return overflows ? .integerTooLarge : .integer(value)
  }

  /// Digits behind `0x` or `0o`; an underscore may follow the letter at once.
  private static func based(
    _ bytes: Span<UInt8>, _ base: UInt64, _ form: NumberForm
  ) -> NumberValue {
    var value: UInt64 = 0
    var overflows = false
    var digits = 0
    var previous: UInt8 = 0
    for index in 2..<bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "_"), previous != UInt8(ascii: "_") {
        previous = byte
        continue
      }
      guard let digit = byte.hexadecimalValue, UInt64(digit) < base else {
        return .malformed(form)
      }
      let (product, overflow) = value.multipliedReportingOverflow(by: base)
      overflows = overflows || overflow
      value = product | UInt64(digit)
      digits += 1
      previous = byte
    }
    if previous == UInt8(ascii: "_") || digits == 0 { return .malformed(form) }
    return overflows ? .integerTooLarge : .integer(value)
  }

  private static func float(_ bytes: Span<UInt8>) -> NumberValue {
    var end = bytes.count
    if let last = end > 0 ? bytes[end - 1] | 0x20 : nil,
      last == UInt8(ascii: "f") || last == UInt8(ascii: "d")
    {
      end -= 1
    }
    var text: [UInt8] = []
    text.reserveCapacity(end)
    for index in 0..<end {
      let byte = bytes[index]
      if byte == UInt8(ascii: "_") {
        let isBetween =
          index > 0 && index + 1 < end && bytes[index - 1].isDigit
          && (bytes[index + 1].isDigit || bytes[index + 1] == UInt8(ascii: "_"))
        guard isBetween, bytes[index + 1].isDigit else { return .malformed(.float) }
        continue
      }
      text.append(byte)
    }
    guard let value = Double(String(decoding: text, as: UTF8.self)) else {
      return .malformed(.float)
    }
    return value.isFinite ? .float(value) : .floatTooLarge
  }

  /// The text of a string literal, or of a part of an interpolated one, without its quotes.
  ///
  /// A backslash before anything without meaning stays, together with what follows it.
  static func string(_ bytes: Span<UInt8>, escapesBraces: Bool = false) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "\\"), index + 1 < bytes.count else {
        text.append(byte)
        index += 1
        continue
      }
      let next = bytes[index + 1]
      switch next {
      case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): text.append(next)
      case UInt8(ascii: "b"): text.append(0x08)
      case UInt8(ascii: "f"): text.append(0x0C)
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "{") where escapesBraces, UInt8(ascii: "}") where escapesBraces:
        text.append(next)
      default:
        text.append(byte)
        text.append(next)
      }
      index += 2
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The text of a quoted name, back-ticks undoubled.
  static func quotedName(_ bytes: Span<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var index = 1
    while index + 1 < bytes.count {
      text.append(bytes[index])
      index += bytes[index] == UInt8(ascii: "`") ? 2 : 1
    }
    return String(decoding: text, as: UTF8.self)
  }
}
