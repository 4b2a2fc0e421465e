/// Why a pattern is malformed, in the words and with the place that Java gives.
struct PatternError: Error {
  let text: String
  /// In code points; negative when there is no place to tell.
  let index: Int

  /// Description, place, the pattern, and a mark below the place.
  func message(in pattern: String) -> String {
    var message = text
    if index >= 0 { message += " near index \(index)" }
    message += "\n" + pattern
    if index >= 0 && index < pattern.unicodeScalars.count {
      message += "\n" + String(repeating: " ", count: index) + "^"
    }
    return message
  }
}

/// Turns a pattern in Java's syntax into one in ICU's that matches the same texts.
///
/// The two agree in most; they differ in what `\d`, `\w`, `\s` and `(?i)` take (ASCII in Java), in names
/// of character properties, and in which malformed patterns they accept.
struct PatternTranslator {
  /// Flags that change what follows.
  struct Flags {
    var ignoresCase = false
    var isUnicodeCase = false
    var isUnicodeClass = false
    var hasComments = false

    /// Whether ASCII letters are spelt out in both cases.
    var foldsASCII: Bool { ignoresCase && !isUnicodeCase }
  }

  let source: [Unicode.Scalar]
  var place = 0
  var output = String.UnicodeScalarView()
  var flags = Flags()
  /// The names of groups so far.
  var groupNames: Set<String> = []
  /// How many parts so far may match texts of any length.
  var openLengths = 0
  private var depth = 0
  private static let deepestGroups = 200

  private init(_ pattern: String) { source = Array(pattern.unicodeScalars) }

  /// Translates a whole pattern.
  static func translate(_ pattern: String) throws(PatternError) -> String {
    var translator = PatternTranslator(pattern)
    try translator.alternatives()
    if translator.place < translator.source.count {
      throw PatternError(text: "Unmatched closing ')'", index: translator.place - 1)
    }
    return String(translator.output)
  }

  /// The same as a pattern of ICU.
  static func quoted(_ pattern: LiteralPattern) -> String {
    var output = pattern.isOpenAtStart ? ".*" : ""
    for scalar in pattern.literal.unicodeScalars { output += escaped(scalar) }
    return output + (pattern.isOpenAtEnd ? ".*" : "")
  }

  var current: Unicode.Scalar? { place < source.count ? source[place] : nil }

  func peek(_ distance: Int) -> Unicode.Scalar? {
    place + distance < source.count ? source[place + distance] : nil
  }

  /// An error at the place that was read last.
  func error(_ text: String) -> PatternError { PatternError(text: text, index: place - 1) }

  mutating func emit(_ text: String) { output.append(contentsOf: text.unicodeScalars) }

  // MARK: Structure

  private mutating func alternatives() throws(PatternError) {
    while let scalar = current, scalar != ")" {
      if scalar == "|" {
        place += 1
        emit("|")
        continue
      }
      try element()
    }
  }

  private mutating func element() throws(PatternError) {
    guard let scalar = current else { return }
    if flags.hasComments && skipComment(scalar) { return }
    switch scalar {
    case "(":
      guard try group() else { return }
    case "[": try characterClass()
    case "\\": try escape()
    case "*", "+", "?":
      place += 1
      throw error("Dangling meta character '\(scalar)'")
    case "{": throw error("Illegal repetition")
    case ".", "^", "$":
      place += 1
      emit(String(scalar))
    default:
      place += 1
      emitLiteral(scalar)
    }
    try quantifier()
  }

  /// Skips a blank or a comment; whether there was one.
  mutating func skipComment(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == " " || (scalar.value >= 0x09 && scalar.value <= 0x0D) {
      place += 1
      return true
    }
    guard scalar == "#" else { return false }
    while let next = current, next != "\n", next != "\r" {
      _ = next
      place += 1
    }
    return true
  }

  private mutating func quantifier() throws(PatternError) {
    if flags.hasComments { while let next = current, skipComment(next) {} }
    guard let scalar = current else { return }
    switch scalar {
    case "*", "+", "?":
      place += 1
      if scalar != "?" { openLengths += 1 }
      emit(String(scalar))
    case "{":
      try countedRepetition()
    default: return
    }
    if let suffix = current, suffix == "?" || suffix == "+" {
      place += 1
      emit(String(suffix))
    }
  }

  private mutating func countedRepetition() throws(PatternError) {
    guard let first = peek(1), isDigit(first) else { throw error("Illegal repetition") }
    place += 1
    let least = try number()
    var most: Int? = least
    if current == "," {
      place += 1
      most = current == "}" ? nil : try number()
    }
    let closing = current
    place += 1
    guard closing == "}" else { throw error("Unclosed counted closure") }
    if let most, most < least { throw error("Illegal repetition range") }
    if most == nil { openLengths += 1 }
    emit("{\(least)" + (most == least ? "" : most.map { ",\($0)" } ?? ",") + "}")
  }

  private mutating func number() throws(PatternError) -> Int {
    var number = 0
    while let scalar = current, isDigit(scalar) {
      number = number * 10 + Int(scalar.value - 0x30)
      place += 1
      if number > 0x7FFF_FFFF { throw error("Illegal repetition range") }
    }
    return number
  }

  func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 0x30 && scalar.value <= 0x39 }

  // MARK: Groups

  /// Reads a group; whether it is one that a quantifier may follow.
  private mutating func group() throws(PatternError) -> Bool {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepestGroups else { throw error("Too many nested groups") }
    let outer = flags
    place += 1
    emit("(")
    let lengths = openLengths
    let looksBehind = peek(1) == "<" && (peek(2) == "=" || peek(2) == "!")
    if current == "?" {
      place += 1
      guard try groupKind() else { return false }
    }
    try alternatives()
    if looksBehind && openLengths > lengths {
      throw error("Look-behind group does not have an obvious maximum length")
    }
    let closing = current
    place += 1
    guard closing == ")" else { throw error("Unclosed group") }
    emit(")")
    flags = outer
    return true
  }

  /// Reads what follows `(?`; `false` when flags were set for what comes and the group is over.
  private mutating func groupKind() throws(PatternError) -> Bool {
    let kind = current
    place += 1
    switch kind {
    case ":", "=", "!", ">": emit("?" + String(kind ?? ":"))
    case "<":
      if let next = current, next == "=" || next == "!" {
        place += 1
        emit("?<" + String(next))
      } else {
        let name = try groupName()
        guard groupNames.insert(name).inserted else {
          throw error("Named capturing group <\(name)> is already defined")
        }
        emit("?<\(name)>")
      }
    default:
      place -= 1
      return try inlineFlags()
    }
    return true
  }

  mutating func groupName() throws(PatternError) -> String {
    var name = String.UnicodeScalarView()
    while let scalar = current, isDigit(scalar) || isLetter(scalar) {
      if name.isEmpty && isDigit(scalar) { break }
      name.append(scalar)
      place += 1
    }
    let closing = current
    place += 1
    if name.isEmpty {
      throw error("capturing group name does not start with a Latin letter")
    }
    guard closing == ">" else {
      throw error("named capturing group is missing trailing '>'")
    }
    return String(name)
  }

  func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    (scalar.value | 0x20) >= 0x61 && (scalar.value | 0x20) <= 0x7A
  }

  private mutating func inlineFlags() throws(PatternError) -> Bool {
    var turnsOn = true
    var on = ""
    var off = ""
    while let scalar = current {
      place += 1
      switch scalar {
      case "i": flags.ignoresCase = turnsOn
      case "u": flags.isUnicodeCase = turnsOn
      case "U":
        flags.isUnicodeClass = turnsOn
        flags.isUnicodeCase = turnsOn
      case "x": flags.hasComments = turnsOn
      case "s", "m":
        if turnsOn { on.unicodeScalars.append(scalar) } else { off.unicodeScalars.append(scalar) }
      case "d": break
      case "-":
        guard turnsOn else { throw error("Unknown inline modifier") }
        turnsOn = false
      case ")", ":":
        if flags.ignoresCase && flags.isUnicodeCase { on += "i" } else { off += "i" }
        emit("?" + on + (off.isEmpty ? "" : "-" + off) + String(scalar))
        return scalar == ":"
      default: throw error("Unknown inline modifier")
      }
    }
    throw error("Unknown inline modifier")
  }

  // MARK: Literals

  mutating func emitLiteral(_ scalar: Unicode.Scalar) {
    if flags.foldsASCII && isLetter(scalar) {
      emit("[")
      output.append(scalar)
      output.append(Self.otherCase(scalar))
      emit("]")
    } else {
      emit(Self.escaped(scalar))
    }
  }

  /// An ASCII letter in the other case.
  static func otherCase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value ^ 0x20))
  }

  /// A character that stands for itself, also within a set.
  static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: String(scalar)
    case 0x80...: scalar.properties.isPatternWhitespace ? hexadecimal(scalar) : String(scalar)
    default: hexadecimal(scalar)
    }
  }

  private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    "\\x{" + String(scalar.value, radix: 16) + "}"
  }
}
