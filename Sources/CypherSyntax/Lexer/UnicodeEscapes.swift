/// A statement's bytes with `\uXXXX` decoded, and the way back to places in the text as sent.
struct DecodedText {
  /// What the lexer reads.
  let bytes: [UInt8]
  /// For each byte of `bytes`, and its end, the offset in the text as sent; `nil` for the same.
  private let origins: [Int32]?
  /// Where four hexadecimal digits are missing, as an offset into the text as sent.
  let brokenEscape: Int?

  /// Decodes; texts without `\u` are taken as they are.
  init(_ text: [UInt8]) {
    guard Self.hasEscape(text.span) else {
      bytes = text
      origins = nil
      brokenEscape = nil
      return
    }
    var decoder = EscapeDecoder()
    decoder.run(text.span)
    bytes = decoder.bytes
    origins = decoder.origins
    brokenEscape = decoder.broken
  }

  /// The place in the text as sent.
  func origin(_ offset: Int) -> Int {
    guard let origins, offset >= 0, offset < origins.count else { return offset }
    return Int(origins[offset])
  }

  private static func hasEscape(_ text: Span<UInt8>) -> Bool {
    var index = 0
    while index + 1 < text.count {
      if text[index] == UInt8(ascii: "\\"), text[index + 1] == UInt8(ascii: "u") { return true }
      index += 1
    }
    return false
  }
}

private struct EscapeDecoder {
  var bytes: [UInt8] = []
  var origins: [Int32] = []
  var broken: Int?

  mutating func run(_ text: Span<UInt8>) {
    bytes.reserveCapacity(text.count)
    origins.reserveCapacity(text.count + 1)
    var index = 0
    while index < text.count {
      let next: UInt8 = index + 1 < text.count ? text[index + 1] : 0
      guard text[index] == UInt8(ascii: "\\") else {
        add(text[index], index)
        index += 1
        continue
      }
      if next == UInt8(ascii: "u") {
        guard let end = escape(text, index) else {
          broken = index + 2
          return
        }
        index = end
      } else {
        // An escaped backslash begins no escape, so both go over together.
        add(text[index], index)
        if next == UInt8(ascii: "\\") {
          add(next, index + 1)
          index += 1
        }
        index += 1
      }
    }
    origins.append(Int32(truncatingIfNeeded: text.count))
  }

  private mutating func add(_ byte: UInt8, _ origin: Int) {
    bytes.append(byte)
    origins.append(Int32(truncatingIfNeeded: origin))
  }

  /// Decodes one escape, or two that make a surrogate pair; a lone surrogate becomes `?`.
  private mutating func escape(_ text: Span<UInt8>, _ start: Int) -> Int? {
    guard let unit = Self.unit(text, start) else { return nil }
    var end = start + 6
    var scalar = Unicode.Scalar(unit)
    if (0xD800..<0xDC00).contains(unit), let low = Self.unit(text, end),
      (0xDC00..<0xE000).contains(low)
    {
      scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
      end += 6
    }
    for byte in UTF8.encode(scalar ?? "?") ?? UTF8.encodedReplacementCharacter {
      add(byte, start)
    }
    return end
  }

  private static func unit(_ text: Span<UInt8>, _ start: Int) -> UInt32? {
    guard start + 6 <= text.count, text[start] == UInt8(ascii: "\\"),
      text[start + 1] == UInt8(ascii: "u")
    else { return nil }
    var value: UInt32 = 0
    for index in start + 2..<start + 6 {
      guard let digit = text[index].hexadecimalValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
