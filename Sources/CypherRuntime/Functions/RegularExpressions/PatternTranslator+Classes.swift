extension PatternTranslator {
  /// Reads `[…]`, which may hold other classes and intersections.
  mutating func characterClass(level: Int = 0) throws(PatternError) {
    guard level < 100 else { throw error("Too many nested character classes") }
    place += 1
    emit("[")
    if current == "^" {
      place += 1
      emit("^")
    }
    var isEmpty = true
    while true {
      guard let scalar = current else { throw error("Unclosed character class") }
      if flags.hasComments && skipComment(scalar) { continue }
      switch scalar {
      case "]" where !isEmpty:
        place += 1
        emit("]")
        return
      case "[": try characterClass(level: level + 1)
      case "&" where peek(1) == "&":
        place += 2
        while current == "&" { place += 1 }
        emit("&&")
        // A bare list of members behind `&&` is one operand.
        if current != "[" && current != "]" {
          emit("[")
          try members(level: level)
          emit("]")
        }
      default: try member()
      }
      isEmpty = false
    }
  }

  /// Reads members up to the end of the class or the next intersection.
  private mutating func members(level: Int) throws(PatternError) {
    while let scalar = current, scalar != "]" {
      if scalar == "&" && peek(1) == "&" { return }
      if scalar == "[" { try characterClass(level: level + 1) } else { try member() }
    }
  }

  /// Reads one character, range or predefined class.
  private mutating func member() throws(PatternError) {
    guard let first = try classCharacter() else { return }
    guard current == "-", let next = peek(1), next != "]", next != "[" else {
      emitRange(first, first)
      return
    }
    place += 1
    guard let last = try classCharacter() else {
      emitRange(first, first)
      emitRange("-", "-")
      return
    }
    guard first.value <= last.value else { throw error("Illegal character range") }
    emitRange(first, last)
  }

  /// One character, or `nil` when an escape stood for a whole class, which is written already.
  private mutating func classCharacter() throws(PatternError) -> Unicode.Scalar? {
    guard let scalar = current else { throw error("Unclosed character class") }
    guard scalar == "\\" else {
      place += 1
      return scalar
    }
    return try classEscape()
  }

  private mutating func emitRange(_ first: Unicode.Scalar, _ last: Unicode.Scalar) {
    emitPlainRange(first.value, last.value)
    guard flags.foldsASCII else { return }
    for lower in [0x41, 0x61] as [UInt32] {
      let start = max(first.value, lower)
      let end = min(last.value, lower + 25)
      if start <= end { emitPlainRange(start ^ 0x20, end ^ 0x20) }
    }
  }

  private mutating func emitPlainRange(_ first: UInt32, _ last: UInt32) {
    guard let start = Unicode.Scalar(first), let end = Unicode.Scalar(last) else { return }
    emit(Self.escaped(start))
    if first != last { emit("-" + Self.escaped(end)) }
  }
}
