/// Copies a statement to a template's key up to the next literal.
///
/// Hot: runs over every byte of every statement that the engine is sent.
struct KeyWriter {
  /// A literal in the text.
  struct LiteralToken {
    enum Kind {
      /// A string without backslash.
      case plainString
      /// A string with escapes.
      case escapedString
      /// Up to 18 decimal digits.
      case decimal(Int64)
      /// Any other number.
      case number(isFloat: Bool)
    }

    var kind: Kind
    var start: Int
    var end: Int
  }

  private var bytes: [UInt8]
  private var digest: UInt64 = 0xCBF2_9CE4_8422_2325
  private var needsBlank = false
  private let table = CharacterClass.table
  /// Whether the whole text was read and has a template.
  private(set) var isComplete = false

  /// Takes over a buffer, which `finish` gives back.
  init(reusing buffer: inout [UInt8]) {
    bytes = []
    swap(&bytes, &buffer)
    bytes.removeAll(keepingCapacity: true)
  }

  mutating func finish(into key: inout TemplateKey) {
    swap(&bytes, &key.bytes)
    key.digest = digest
  }

  mutating func append(placeholder number: Int32, kind: UInt8) {
    blank()
    add(0)
    add(kind)
    var rest = UInt32(bitPattern: number)
    while rest >= 0x80 {
      add(UInt8(truncatingIfNeeded: rest & 0x7F | 0x80))
      rest >>= 7
    }
    add(UInt8(truncatingIfNeeded: rest))
  }

  @inline(__always)
  private mutating func add(_ byte: UInt8) {
    bytes.append(byte)
    digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  @inline(__always)
  private mutating func blank() {
    if needsBlank {
      needsBlank = false
      if !bytes.isEmpty { add(0x20) }
    }
  }

  /// Copies what stands before the next literal; `nil` at the end of the text, or where the
  /// statement turns out to have no template (`isComplete` tells).
  mutating func copy(
    upToLiteralIn text: Span<UInt8>, from position: inout Int
  ) -> LiteralToken? {
    while position < text.count {
      let byte = text[position]
      switch table[Int(byte)] {
      case CharacterClass.blank:
        needsBlank = true
        position += 1
      case CharacterClass.letter:
        guard copyName(text, &position) else { return nil }
      case CharacterClass.digit:
        return number(text, &position)
      case CharacterClass.multibyte:
        guard copyMultibyte(text, &position) else { return nil }
      default:
        if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
          return string(text, &position)
        }
        if byte == UInt8(ascii: "."), position + 1 < text.count, text[position + 1].isDigit,
          position == 0 || text[position - 1] != UInt8(ascii: ".") || dotsAreOver(text, position)
        {
          return number(text, &position)
        }
        guard copySymbol(text, byte, &position) else { return nil }
      }
    }
    isComplete = true
    return nil
  }

  /// Whether the dots before this one make whole `..` tokens, so that this one begins a number.
  private func dotsAreOver(_ text: Span<UInt8>, _ position: Int) -> Bool {
    var dots = 0
    var index = position
    while index > 0, text[index - 1] == UInt8(ascii: ".") {
      dots += 1
      index -= 1
    }
    return dots % 2 == 0
  }

  // MARK: - Copied as they are

  private mutating func copyName(
    _ text: Span<UInt8>, _ position: inout Int
  ) -> Bool {
    blank()
    let start = position
    while position < text.count {
      let kind = table[Int(text[position])]
      if kind != CharacterClass.letter && kind != CharacterClass.digit { break }
      add(text[position])
      position += 1
    }
    guard position < text.count else { return true }
    let next = text[position]
    // `s'…'` may be an interpolated string.
    if next == UInt8(ascii: "'") || next == UInt8(ascii: "\"") {
      return position != start + 1 || text[start] | 0x20 != UInt8(ascii: "s")
    }
    return copyRestOfName(text, &position)
  }

  /// Goes on after ASCII letters: `$` and multi-byte characters may belong to the name.
  private mutating func copyRestOfName(
    _ text: Span<UInt8>, _ position: inout Int
  ) -> Bool {
    while position < text.count {
      let byte = text[position]
      switch table[Int(byte)] {
      case CharacterClass.letter, CharacterClass.digit: break
      case CharacterClass.multibyte:
        guard let (scalar, length) = decodeScalar(text, position) else { return false }
        guard CharacterClass.goesOnName(scalar) else {
          // What only Cypher 5 takes, and what is blank in one version only, is not worth a key.
          return !CharacterClass.isIgnorableInName(scalar)
        }
        for offset in 0..<length - 1 { add(text[position + offset]) }
        position += length - 1
      case CharacterClass.other where byte == UInt8(ascii: "$"): break
      default: return true
      }
      add(text[position])
      position += 1
    }
    return true
  }

  private mutating func copyMultibyte(
    _ text: Span<UInt8>, _ position: inout Int
  ) -> Bool {
    guard let (scalar, length) = decodeScalar(text, position) else { return false }
    if CharacterClass.isIgnorableInName(scalar) { return false }
    if CharacterClass.isBlank(scalar, .cypher5) {
      needsBlank = true
      position += length
      return true
    }
    blank()
    if CharacterClass.startsName(scalar) { return copyRestOfName(text, &position) }
    for offset in 0..<length { add(text[position + offset]) }
    position += length
    return true
  }

  private mutating func copySymbol(
    _ text: Span<UInt8>, _ byte: UInt8, _ position: inout Int
  ) -> Bool {
    let next: UInt8 = position + 1 < text.count ? text[position + 1] : 0
    switch byte {
    case UInt8(ascii: "/") where next == UInt8(ascii: "/"):
      skipLine(text, &position)
      return true
    case UInt8(ascii: "/") where next == UInt8(ascii: "*"):
      return skipBlock(text, &position)
    case UInt8(ascii: "`"):
      return copyQuotedName(text, &position)
    case UInt8(ascii: "$"):
      return copyParameter(text, &position)
    case UInt8(ascii: "\\"):
      return false
    default:
      guard !byte.isIgnorableControl else { return false }
      blank()
      add(byte)
      position += 1
      return true
    }
  }

  private mutating func skipLine(_ text: Span<UInt8>, _ position: inout Int) {
    while position < text.count, text[position] != UInt8(ascii: "\n"),
      text[position] != UInt8(ascii: "\r")
    {
      position += 1
    }
    needsBlank = true
  }

  private mutating func skipBlock(_ text: Span<UInt8>, _ position: inout Int) -> Bool {
    position += 2
    while position + 1 < text.count {
      if text[position] == UInt8(ascii: "*"), text[position + 1] == UInt8(ascii: "/") {
        position += 2
        needsBlank = true
        return true
      }
      position += 1
    }
    return false
  }

  private mutating func copyQuotedName(_ text: Span<UInt8>, _ position: inout Int) -> Bool {
    blank()
    add(text[position])
    position += 1
    while position < text.count {
      let byte = text[position]
      // A Unicode escape may end the name, and zero marks placeholders.
      if byte == 0 { return false }
      if byte == UInt8(ascii: "\\"), position + 1 < text.count,
        text[position + 1] == UInt8(ascii: "u")
      {
        return false
      }
      add(byte)
      position += 1
      if byte == UInt8(ascii: "`") {
        // A doubled back-tick goes on: its second one opens the loop's next round by itself.
        guard position < text.count, text[position] == UInt8(ascii: "`") else { return true }
        add(text[position])
        position += 1
      }
    }
    return false
  }

  /// A dollar and the name behind it, whose digits are no literal.
  private mutating func copyParameter(
    _ text: Span<UInt8>, _ position: inout Int
  ) -> Bool {
    blank()
    add(text[position])
    position += 1
    while position < text.count, table[Int(text[position])] == CharacterClass.blank {
      position += 1
    }
    guard position < text.count, table[Int(text[position])] == CharacterClass.digit else {
      return true
    }
    return copyRestOfName(text, &position)
  }

  // MARK: - Literals

  private mutating func string(_ text: Span<UInt8>, _ position: inout Int) -> LiteralToken? {
    let start = position
    let quote = text[start]
    var hasEscapes = false
    position += 1
    while position < text.count {
      let byte = text[position]
      if byte == quote {
        position += 1
        return LiteralToken(
          kind: hasEscapes ? .escapedString : .plainString, start: start, end: position)
      }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        // Unicode escapes change where the string ends.
        if position + 1 < text.count, text[position + 1] == UInt8(ascii: "u") { return nil }
        position += 1
      }
      position += 1
    }
    return nil
  }

  private mutating func number(_ text: Span<UInt8>, _ position: inout Int) -> LiteralToken? {
    let start = position
    var value: Int64 = 0
    while position < text.count, text[position].isDigit, position - start < 18 {
      value = value &* 10 &+ Int64(text[position] &- UInt8(ascii: "0"))
      position += 1
    }
    let next: UInt8 = position < text.count ? text[position] : 0
    let isPlain =
      table[Int(next)] <= CharacterClass.blank && next != UInt8(ascii: "$")
      && next != UInt8(ascii: ".") && !(next < 0x09 && position < text.count)
      && !(next.isIgnorableControl && position < text.count)
    if isPlain, position > start, text[start] != UInt8(ascii: "0") || position == start + 1 {
      return LiteralToken(kind: .decimal(value), start: start, end: position)
    }
    var lexer = Lexer(version: .cypher5)
    let (end, isFloat) = lexer.numberEnd(text, start)
    position = end
    return LiteralToken(kind: .number(isFloat: isFloat), start: start, end: end)
  }
}
