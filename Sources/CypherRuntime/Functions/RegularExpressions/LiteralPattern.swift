import GraphValues

/// A pattern that is plain text, with `.*` in front or behind or neither: no engine is needed for it.
struct LiteralPattern {
  /// The text between.
  let literal: String
  /// Whether anything may come before.
  let isOpenAtStart: Bool
  /// Whether anything may follow.
  let isOpenAtEnd: Bool

  init?(_ pattern: String) {
    var rest = pattern.unicodeScalars[...]
    isOpenAtStart = rest.starts(with: ".*".unicodeScalars)
    if isOpenAtStart { rest = rest.dropFirst(2) }
    let reversed = rest.reversed()
    isOpenAtEnd = reversed.starts(with: "*.".unicodeScalars) && !rest.dropLast(2).hasSuffix("\\")
    if isOpenAtEnd { rest = rest.dropLast(2) }
    let special = "\\^$.|?*+()[]{}#".unicodeScalars
    guard !rest.contains(where: { special.contains($0) }) else { return nil }
    literal = String(rest)
  }

  /// Whether the whole text matches; `nil` when a line end stands where `.` does not take one.
  func matches(_ text: String) -> Bool? {
    if (isOpenAtStart || isOpenAtEnd) && Self.hasLineEnd(text) { return nil }
    switch (isOpenAtStart, isOpenAtEnd) {
    case (false, false): return text.hasSameCodePoints(as: literal)
    case (false, true): return text.utf8.starts(with: literal.utf8)
    case (true, false):
      return text.utf8.count >= literal.utf8.count
        && text.utf8.suffix(literal.utf8.count).elementsEqual(literal.utf8)
    case (true, true): return text.containsCodePoints(of: literal)
    }
  }

  private static func hasLineEnd(_ text: String) -> Bool {
    var previous: (UInt8, UInt8) = (0, 0)
    for byte in text.utf8 {
      if byte == 0x0A || byte == 0x0D { return true }
      if byte == 0x85 && previous.1 == 0xC2 { return true }
      if (byte == 0xA8 || byte == 0xA9) && previous == (0xE2, 0x80) { return true }
      previous = (previous.1, byte)
    }
    return false
  }
}

extension Substring.UnicodeScalarView {
  fileprivate func hasSuffix(_ scalar: Unicode.Scalar) -> Bool { last == scalar }
}
