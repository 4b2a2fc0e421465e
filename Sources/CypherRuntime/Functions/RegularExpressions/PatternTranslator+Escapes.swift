extension PatternTranslator {
  /// Reads an escape outside of a class.
  mutating func escape() throws(PatternError) {
    let start = place
    guard let kind = peek(1) else {
      place += 2
      throw error("Unescaped trailing backslash")
    }
    switch kind {
    case "b", "B", "A", "G", "Z", "z", "R", "X":
      place += 2
      emit("\\" + String(kind))
    case "1"..."9": try backReference()
    case "k":
      place += 2
      guard current == "<" else {
        throw error("\\k is not followed by '<' for named capturing group")
      }
      place += 1
      let name = try groupName()
      guard groupNames.contains(name) else {
        throw error("named capturing group <\(name)> does not exist")
      }
      openLengths += 1
      emit("\\k<\(name)>")
    case "Q": quotation()
    default:
      if let scalar = try classEscape() { emitLiteral(scalar) }
      _ = start
    }
  }

  private mutating func backReference() throws(PatternError) {
    place += 1
    var number = 0
    while let scalar = current, isDigit(scalar), number < 10 {
      number = number * 10 + Int(scalar.value - 0x30)
      place += 1
    }
    openLengths += 1
    emit("\\\(number)(?:)")
  }

  /// `\Q…\E`: everything between stands for itself.
  private mutating func quotation() {
    place += 2
    while let scalar = current {
      if scalar == "\\" && peek(1) == "E" {
        place += 2
        return
      }
      place += 1
      emitLiteral(scalar)
    }
  }

  /// Reads an escape that is one character, which is returned, or a class, which is written.
  mutating func classEscape() throws(PatternError) -> Unicode.Scalar? {
    place += 1
    guard let kind = current else {
      place += 1
      throw error("Unescaped trailing backslash")
    }
    place += 1
    switch kind {
    case "t": return "\t"
    case "n": return "\n"
    case "r": return "\r"
    case "f": return "\u{C}"
    case "a": return "\u{7}"
    case "e": return "\u{1B}"
    case "c":
      guard let control = current, control.value < 0x80 else {
        throw error("Illegal control escape sequence")
      }
      place += 1
      return Unicode.Scalar(UInt8(control.value ^ 64))
    case "0": return try octal()
    case "x": return try hexadecimal()
    case "u": return try unicode()
    case "d", "D", "w", "W", "s", "S", "h", "H", "v", "V":
      emit(Self.predefined(kind, isUnicode: flags.isUnicodeClass))
      return nil
    case "p", "P":
      emit(try property(isNegated: kind == "P"))
      return nil
    default:
      guard !isLetter(kind) else { throw error("Illegal/unsupported escape sequence") }
      return kind
    }
  }

  private static func predefined(_ kind: Unicode.Scalar, isUnicode: Bool) -> String {
    if isUnicode { return "\\" + String(kind) }
    return switch kind {
    case "d": "[0-9]"
    case "D": "[^0-9]"
    case "w": "[a-zA-Z_0-9]"
    case "W": "[^a-zA-Z_0-9]"
    case "s": "[ \\t\\n\\x{b}\\f\\r]"
    case "S": "[^ \\t\\n\\x{b}\\f\\r]"
    case "h": "[ \\t\\x{a0}\\x{1680}\\x{180e}\\x{2000}-\\x{200a}\\x{202f}\\x{205f}\\x{3000}]"
    case "H": "[^ \\t\\x{a0}\\x{1680}\\x{180e}\\x{2000}-\\x{200a}\\x{202f}\\x{205f}\\x{3000}]"
    case "v": "[\\n\\x{b}\\f\\r\\x{85}\\x{2028}\\x{2029}]"
    default: "[^\\n\\x{b}\\f\\r\\x{85}\\x{2028}\\x{2029}]"
    }
  }

  // MARK: Numbers of characters

  private mutating func octal() throws(PatternError) -> Unicode.Scalar {
    var number: UInt32 = 0
    var count = 0
    while count < 3, let scalar = current, scalar.value >= 0x30, scalar.value <= 0x37,
      number * 8 + scalar.value - 0x30 <= 0o377
    {
      number = number * 8 + scalar.value - 0x30
      place += 1
      count += 1
    }
    guard count > 0, let scalar = Unicode.Scalar(number) else {
      place += 1
      throw error("Illegal octal escape sequence")
    }
    return scalar
  }

  private mutating func hexadecimal() throws(PatternError) -> Unicode.Scalar {
    var number: UInt32 = 0
    if current == "{" {
      place += 1
      while let digit = current?.hexadecimalValue, number < 0x11_0000 {
        number = number * 16 + digit
        place += 1
      }
      let closing = current
      place += 1
      guard closing == "}" else { throw error("Unclosed hexadecimal escape sequence") }
    } else {
      number = try hexadecimalDigits(2, "Illegal hexadecimal escape sequence")
    }
    guard let scalar = Unicode.Scalar(number) else {
      throw error("Hexadecimal codepoint is too big")
    }
    return scalar
  }

  private mutating func unicode() throws(PatternError) -> Unicode.Scalar {
    let text = "Illegal Unicode escape sequence"
    let first = try hexadecimalDigits(4, text)
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard current == "\\", peek(1) == "u" else { return "\u{FFFD}" }
    place += 2
    let second = try hexadecimalDigits(4, text)
    guard first < 0xDC00, second >= 0xDC00, second < 0xE000 else { return "\u{FFFD}" }
    return Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)) ?? "\u{FFFD}"
  }

  private mutating func hexadecimalDigits(
    _ count: Int, _ text: String
  ) throws(PatternError) -> UInt32 {
    var number: UInt32 = 0
    for _ in 0..<count {
      let digit = current?.hexadecimalValue
      place += 1
      guard let digit else { throw error(text) }
      number = number * 16 + digit
    }
    return number
  }

  // MARK: Properties

  private mutating func property(isNegated: Bool) throws(PatternError) -> String {
    guard let first = current else { throw error("Illegal/unsupported escape sequence") }
    place += 1
    guard first == "{" else {
      return try propertySet(String(first), isNegated: isNegated)
    }
    var name = String.UnicodeScalarView()
    while let scalar = current, scalar != "}" {
      name.append(scalar)
      place += 1
    }
    guard current == "}" else { throw error("Unclosed character family") }
    place += 1
    if name.isEmpty { throw error("Empty character family") }
    return try propertySet(String(name), isNegated: isNegated)
  }

  private func propertySet(
    _ name: String, isNegated: Bool
  ) throws(PatternError) -> String {
    if let members = Self.asciiFamilies[name] ?? Self.javaFamilies[name] {
      return isNegated ? "[^" + members + "]" : "[" + members + "]"
    }
    let letter = isNegated ? "\\P" : "\\p"
    if name.hasPrefix("Is") { return letter + "{" + name.dropFirst(2) + "}" }
    if name.hasPrefix("In") { return letter + "{Block=" + name.dropFirst(2) + "}" }
    guard Self.categories.contains(name) || name.contains("=") else {
      throw error("Unknown character property name {\(name)}")
    }
    return letter + "{" + name + "}"
  }

  /// The general categories: unlike scripts and blocks they need no prefix.
  private static let categories: Set<String> = [
    "C", "Cc", "Cf", "Cn", "Co", "Cs", "L", "LC", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me",
    "Mn", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc", "Sk",
    "Sm", "So", "Z", "Zl", "Zp", "Zs",
  ]

  /// Families that Java limits to ASCII.
  private static let asciiFamilies: [String: String] = [
    "Lower": "a-z", "Upper": "A-Z", "ASCII": "\\x{0}-\\x{7f}", "Alpha": "a-zA-Z", "Digit": "0-9",
    "Alnum": "a-zA-Z0-9", "Punct": "\\x{21}-\\x{2f}\\x{3a}-\\x{40}\\x{5b}-\\x{60}\\x{7b}-\\x{7e}",
    "Graph": "\\x{21}-\\x{7e}", "Print": "\\x{20}-\\x{7e}", "Blank": " \\t",
    "Cntrl": "\\x{0}-\\x{1f}\\x{7f}", "XDigit": "0-9a-fA-F", "Space": " \\t\\n\\x{b}\\f\\r",
    "L1": "\\x{0}-\\x{ff}", "LD": "\\p{L}\\p{Nd}", "all": "\\x{0}-\\x{10ffff}",
  ]

  /// Families named after methods of Java's `Character`.
  private static let javaFamilies: [String: String] = [
    "javaLowerCase": "\\p{Lowercase}", "javaUpperCase": "\\p{Uppercase}",
    "javaAlphabetic": "\\p{Alphabetic}", "javaDigit": "\\p{Nd}", "javaLetter": "\\p{L}",
    "javaLetterOrDigit": "\\p{L}\\p{Nd}", "javaTitleCase": "\\p{Lt}", "javaMirrored": "\\p{Bidi_M}",
    "javaWhitespace": "\\p{Z}\\x{9}-\\x{d}\\x{1c}-\\x{1f}", "javaSpaceChar": "\\p{Z}",
  ]
}

extension Unicode.Scalar {
  fileprivate var hexadecimalValue: UInt32? {
    switch value {
    case 0x30...0x39: value - 0x30
    case 0x41...0x46: value - 0x41 + 10
    case 0x61...0x66: value - 0x61 + 10
    default: nil
    }
  }
}
