/// What a byte or character may begin.
enum CharacterClass {
  static let other: UInt8 = 0
  static let blank: UInt8 = 1
  static let letter: UInt8 = 2
  static let digit: UInt8 = 3
  static let multibyte: UInt8 = 4

  /// The class of each byte; those of multi-byte characters say so.
  static let table: [UInt8] = (0...255).map { byte -> UInt8 in
    switch UInt8(byte) {
    case 0x09...0x0D, 0x1C...0x20: blank
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      letter
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit
    case 0x80...0xFF: multibyte
    default: other
    }
  }

  /// Blanks beyond ASCII; U+0085 is one in Cypher 25 only.
  static func isBlank(_ scalar: Unicode.Scalar, _ version: CypherVersion) -> Bool {
    switch scalar {
    case "\u{A0}", "\u{1680}", "\u{2000}"..."\u{200A}", "\u{2028}", "\u{2029}", "\u{202F}",
      "\u{205F}", "\u{3000}":
      true
    case "\u{85}": version >= .cypher25
    default: false
    }
  }

  /// Letters, letter numbers, connectors and currency signs other than `$`.
  static func startsName(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .letterNumber, .connectorPunctuation:
      true
    case .currencySymbol: scalar != "$"
    default: false
    }
  }

  /// What starts a name, and digits and marks.
  static func goesOnName(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .decimalNumber, .spacingMark, .nonspacingMark: true
    default: startsName(scalar)
    }
  }

  /// Control and format characters that Cypher 5 takes within names.
  static func isIgnorableInName(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x80...0x9F: true
    default: scalar.properties.generalCategory == .format && scalar != "\u{FEFF}"
    }
  }
}

extension UInt8 {
  var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }

  /// ASCII control characters that Cypher 5 takes within names.
  var isIgnorableControl: Bool { self < 0x09 || (0x0E...0x1B).contains(self) || self == 0x7F }

  /// The value of a hexadecimal digit.
  var hexadecimalValue: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

/// Reads the character at `start`; `nil` for bytes that are not UTF-8.
func decodeScalar(_ bytes: Span<UInt8>, _ start: Int) -> (Unicode.Scalar, Int)? {
  let first = bytes[start]
  let (length, initial): (Int, UInt32) =
    switch first {
    case 0..<0x80: (1, UInt32(first))
    case 0xC2..<0xE0: (2, UInt32(first & 0x1F))
    case 0xE0..<0xF0: (3, UInt32(first & 0x0F))
    case 0xF0..<0xF5: (4, UInt32(first & 0x07))
    default: (0, 0)
    }
  guard length > 0, start + length <= bytes.count else { return nil }
  var value = initial
  for offset in 1..<max(length, 1) {
    let byte = bytes[start + offset]
    guard byte & 0xC0 == 0x80 else { return nil }
    value = value << 6 | UInt32(byte & 0x3F)
  }
  let least: UInt32 = length == 3 ? 0x800 : length == 4 ? 0x10000 : 0
  guard value >= least, let scalar = Unicode.Scalar(value) else { return nil }
  return (scalar, length)
}
