// The byte loops of the splitter. Each mode reads on until it changes, and stops before a byte whose
// meaning depends on the one behind it while that has not come in.

/// Bytes at which a mode of a statement has something to do.
private enum Stops {
  static let code = table(";'\"`/\\\n")
  static let single = table("'\\\n")
  static let double = table("\"\\\n")
  static let backTick = table("`\n")
  static let line = table("\r\n")
  static let block = table("*\n")

  private static func table(_ bytes: String) -> [Bool] {
    var table = [Bool](repeating: false, count: 256)
    for byte in bytes.utf8 { table[Int(byte)] = true }
    return table
  }

  static func quoted(_ quote: UInt8) -> [Bool] {
    switch quote {
    case UInt8(ascii: "'"): single
    case UInt8(ascii: "\""): double
    default: backTick
    }
  }
}

private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
private let semicolon = UInt8(ascii: ";")
private let backslash = UInt8(ascii: "\\")
private let slash = UInt8(ascii: "/")
private let star = UInt8(ascii: "*")

private func skip(_ bytes: Span<UInt8>, _ start: Int, to stops: [Bool]) -> Int {
  let stops = stops.span
  var position = start
  while position < bytes.count, !stops[Int(bytes[position])] { position += 1 }
  return position
}

extension StatementSplitter {
  mutating func scan(isFinal: Bool) -> ScriptFragment? {
    while true {
      let fragment: ScriptFragment?
      let isWaiting: Bool
      switch mode {
      case .start: (fragment, isWaiting) = (nil, skipMark(isFinal))
      case .between: (fragment, isWaiting) = (nil, skipBetween(isFinal))
      case .betweenLine: (fragment, isWaiting) = (nil, skipLine(then: .between))
      case .betweenBlock: (fragment, isWaiting) = (nil, skipBlock(isFinal, then: .between))
      case .code: (fragment, isWaiting) = code(isFinal)
      case .lineComment: (fragment, isWaiting) = (nil, skipLine(then: .code))
      case .blockComment: (fragment, isWaiting) = (nil, skipBlock(isFinal, then: .code))
      case .quoted: (fragment, isWaiting) = (nil, skipQuoted(isFinal))
      default: (fragment, isWaiting) = command(isFinal)
      }
      if let fragment { return fragment }
      if isWaiting { return isFinal ? rest() : nil }
    }
  }

  /// What is left when the input is over.
  private mutating func rest() -> ScriptFragment? {
    cursor = buffer.count
    switch mode {
    case .start, .between, .betweenLine, .betweenBlock:
      return nil
    case .code, .lineComment, .blockComment, .quoted:
      return statement(upTo: cursor, isComplete: false)
    case .commandMap, .mapLine, .mapBlock:
      return command(upTo: cursor, isComplete: false)
    case .commandName:
      nameEnd = cursor
      return command(upTo: cursor, isComplete: true)
    case .commandGap, .commandLine:
      return command(upTo: cursor, isComplete: true)
    }
  }

  // MARK: - Between statements

  /// Drops a byte order mark; true where it may still become one.
  private mutating func skipMark(_ isFinal: Bool) -> Bool {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let count = min(buffer.count, 3)
    guard buffer.prefix(count).elementsEqual(mark.prefix(count)) else {
      mode = .between
      return false
    }
    if count < 3 { return true }
    cursor = 3
    mode = .between
    return false
  }

  private mutating func skipBetween(_ isFinal: Bool) -> Bool {
    while cursor < buffer.count {
      let byte = buffer[cursor]
      if byte == newline { line += 1 }
      if isBlank(byte) || byte == semicolon {
        cursor += 1
        continue
      }
      if byte == slash {
        guard cursor + 1 < buffer.count || isFinal else { return true }
        let next = cursor + 1 < buffer.count ? buffer[cursor + 1] : 0
        if next == slash || next == star {
          mode = next == slash ? .betweenLine : .betweenBlock
          cursor += 2
          return false
        }
      }
      if byte == UInt8(ascii: ":") {
        begin(.commandName)
        cursor += 1
      } else {
        begin(.code)
      }
      return false
    }
    return true
  }

  private mutating func skipLine(then next: Mode) -> Bool {
    cursor = skip(buffer.span, cursor, to: Stops.line)
    // The end of the line is left for the next mode, which counts it.
    if cursor == buffer.count { return true }
    mode = next
    return false
  }

  private mutating func skipBlock(_ isFinal: Bool, then next: Mode) -> Bool {
    while true {
      cursor = skip(buffer.span, cursor, to: Stops.block)
      guard cursor < buffer.count else { return true }
      if buffer[cursor] == newline {
        line += 1
      } else {
        guard cursor + 1 < buffer.count else { return true }
        if buffer[cursor + 1] == slash {
          cursor += 2
          mode = next
          return false
        }
      }
      cursor += 1
    }
  }

  // MARK: - In a statement

  private mutating func code(_ isFinal: Bool) -> (ScriptFragment?, Bool) {
    while true {
      cursor = skip(buffer.span, cursor, to: Stops.code)
      guard cursor < buffer.count else { return (nil, true) }
      let byte = buffer[cursor]
      switch byte {
      case semicolon:
        cursor += 1
        return (statement(upTo: cursor - 1, isComplete: true), false)
      case newline:
        line += 1
        cursor += 1
      case slash:
        guard cursor + 1 < buffer.count || isFinal else { return (nil, true) }
        let next = cursor + 1 < buffer.count ? buffer[cursor + 1] : 0
        if next == slash || next == star {
          mode = next == slash ? .lineComment : .blockComment
          cursor += 2
          return (nil, false)
        }
        cursor += 1
      case backslash:
        guard skipEscape(isFinal) else { return (nil, true) }
      default:
        quote = byte
        mode = .quoted
        cursor += 1
        return (nil, false)
      }
    }
  }

  /// Skips a backslash and what it hides; false where that has not come in.
  private mutating func skipEscape(_ isFinal: Bool) -> Bool {
    guard cursor + 1 < buffer.count else { return false }
    if buffer[cursor + 1] == newline { line += 1 }
    cursor += 2
    return true
  }

  private mutating func skipQuoted(_ isFinal: Bool) -> Bool {
    let stops = Stops.quoted(quote)
    while true {
      cursor = skip(buffer.span, cursor, to: stops)
      guard cursor < buffer.count else { return true }
      switch buffer[cursor] {
      case newline:
        line += 1
        cursor += 1
      case backslash:
        guard skipEscape(isFinal) else { return true }
      default:
        cursor += 1
        mode = .code
        return false
      }
    }
  }

  // MARK: - In a command

  private mutating func command(_ isFinal: Bool) -> (ScriptFragment?, Bool) {
    while cursor < buffer.count {
      let byte = buffer[cursor]
      switch mode {
      case .commandName:
        if isBlank(byte) || byte == semicolon {
          nameEnd = cursor
          if isPrefix {
            mode = .between
            return (nil, false)
          }
          mode = .commandGap
        } else {
          cursor += 1
        }
      case .commandGap:
        if byte == 0x20 || byte == 0x09 {
          cursor += 1
        } else {
          braces = 0
          mode = byte == UInt8(ascii: "{") && takesMap ? .commandMap : .commandLine
        }
      case .commandLine:
        if byte == newline || byte == carriageReturn || (byte == semicolon && quote == 0) {
          // The end stays for what comes between statements.
          return (command(upTo: cursor, isComplete: true), false)
        }
        guard hide(byte) else { return (nil, true) }
      default:
        guard map(byte, isFinal) else { return (nil, true) }
      }
    }
    return (nil, true)
  }

  /// Moves over one byte of a command, with quotes opened and closed; false to wait for more.
  private mutating func hide(_ byte: UInt8) -> Bool {
    if byte == backslash, quote != 0, quote != UInt8(ascii: "`") {
      guard cursor + 1 < buffer.count else { return false }
      let next = buffer[cursor + 1]
      // The end of the line ends the command, whatever stands before it.
      cursor += next == newline || next == carriageReturn ? 1 : 2
      return true
    }
    if byte == quote {
      quote = 0
    } else if quote == 0,
      byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`")
    {
      quote = byte
    }
    cursor += 1
    return true
  }

  /// Reads one step of a map over several lines; false to wait for more.
  private mutating func map(_ byte: UInt8, _ isFinal: Bool) -> Bool {
    if mode == .mapLine { return !skipLine(then: .commandMap) }
    if mode == .mapBlock { return !skipBlock(isFinal, then: .commandMap) }
    if byte == newline { line += 1 }
    if quote != 0 {
      if byte == backslash, quote != UInt8(ascii: "`") { return skipEscape(isFinal) }
      if byte == quote { quote = 0 }
      cursor += 1
      return true
    }
    switch byte {
    case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): quote = byte
    case UInt8(ascii: "{"): braces += 1
    case UInt8(ascii: "}"):
      braces -= 1
      if braces == 0 { mode = .commandLine }
    case slash:
      guard cursor + 1 < buffer.count || isFinal else { return false }
      let next = cursor + 1 < buffer.count ? buffer[cursor + 1] : 0
      if next == slash || next == star {
        mode = next == slash ? .mapLine : .mapBlock
        cursor += 1
      }
    default: break
    }
    cursor += 1
    return true
  }
}
