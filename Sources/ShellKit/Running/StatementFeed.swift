/// Something to do that was read from a script or a prompt.
enum ScriptItem: Equatable {
  /// A Cypher statement, without its final `;`.
  case statement(String)
  /// A command: its name with the colon, and what stands behind it without final `;`.
  case command(name: String, rest: String)
}

/// Splits text into statements and commands while it comes.
///
/// Memory is bounded by the longest statement and one chunk. Knows quotes, comments and escapes, and
/// nothing else of the language: what is between two `;` is for the engine to judge.
struct StatementFeed {
  private enum State {
    case between
    case statement
    case command
  }

  private static let autoPrefix = ":auto"

  private var bytes: [UInt8] = []
  /// Where the item at hand begins.
  private var start = 0
  /// What has been looked at.
  private var place = 0
  private var state = State.between
  private var scanner = CodeScanner()
  private var isFinished = false
  private var isAtStartOfText = true

  /// Whether a statement or a parameter map is unfinished.
  var isOpen: Bool { state != .between }

  /// Adds UTF-8 text.
  mutating func append(_ more: [UInt8]) {
    if start > 0 {
      bytes.removeSubrange(..<start)
      place -= start
      start = 0
    }
    bytes.append(contentsOf: more)
  }

  /// Adds text.
  mutating func append(_ more: String) {
    append(Array(more.utf8))
  }

  /// Says that nothing more comes: what is unfinished is then yielded as it is.
  mutating func finish() {
    isFinished = true
  }

  /// The next item that is complete; `nil` when more text is needed.
  mutating func next() -> ScriptItem? {
    while true {
      switch state {
      case .between:
        guard skipToItem() else { return nil }
      case .statement:
        guard let text = takeStatement() else { return nil }
        if !text.isEmpty { return .statement(text) }
      case .command:
        guard let item = takeCommand() else { return nil }
        return item
      }
    }
  }

  /// Skips blanks and comments; tells whether an item begins.
  private mutating func skipToItem() -> Bool {
    guard skipByteOrderMark() else { return false }
    while place < bytes.count {
      switch bytes[place] {
      case 0x20, 0x09, 0x0A, 0x0D, 0x3B: place += 1
      case 0x3A:
        begin(.command)
        return true
      case 0x2F where place + 1 == bytes.count && !isFinished:
        start = place
        return false
      case 0x2F where place + 1 < bytes.count && bytes[place + 1] == 0x2F:
        guard let end = bytes[place...].firstIndex(of: 0x0A) else { return waitForMore() }
        place = end + 1
      case 0x2F where place + 1 < bytes.count && bytes[place + 1] == 0x2A:
        guard let end = endOfComment(from: place + 2) else { return waitForMore() }
        place = end
      default:
        begin(.statement)
        return true
      }
      start = place
    }
    start = place
    return false
  }

  /// Keeps an unfinished comment for when more comes.
  private mutating func waitForMore() -> Bool {
    start = isFinished ? bytes.count : place
    if isFinished { place = bytes.count }
    return false
  }

  private mutating func begin(_ state: State) {
    self.state = state
    start = place
    scanner = CodeScanner()
  }

  /// Skips the mark that may begin a text; tells whether enough is there to know.
  private mutating func skipByteOrderMark() -> Bool {
    guard isAtStartOfText, let first = bytes.first else { return true }
    guard first != 0xEF || bytes.count >= 3 || isFinished else { return false }
    isAtStartOfText = false
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      place = 3
      start = 3
    }
    return true
  }

  private func endOfComment(from first: Int) -> Int? {
    var position = first
    while let star = bytes[position...].firstIndex(of: 0x2A) {
      if star + 1 < bytes.count, bytes[star + 1] == 0x2F { return star + 2 }
      position = star + 1
    }
    return nil
  }

  /// The text up to `;`, or up to the end of a finished text.
  private mutating func takeStatement() -> String? {
    let end = scanner.findSemicolon(in: bytes, from: &place)
    guard end != nil || isFinished else { return nil }
    let text = String(decoding: bytes[start..<(end ?? bytes.count)], as: UTF8.self)
    state = .between
    start = place
    return text
  }

  private mutating func takeCommand() -> ScriptItem? {
    var position = start
    while position < bytes.count, !Self.endsName(bytes[position]) { position += 1 }
    guard position < bytes.count || isFinished else { return nil }
    let name = String(decoding: bytes[start..<position], as: UTF8.self)
    if name.lowercased() == Self.autoPrefix {
      place = position
      state = .between
      start = place
      return next()
    }
    while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 {
      position += 1
    }
    guard position < bytes.count || isFinished else { return nil }
    let isParameter = [":param", ":params"].contains(name.lowercased())
    let isMap = isParameter && position < bytes.count && bytes[position] == 0x7B
    // Commands are short: they are looked at from their start each time more text comes.
    var scanner = CodeScanner()
    var end = position
    if isMap {
      guard scanner.skipMap(in: bytes, from: &end) || isFinished else { return nil }
    }
    guard scanner.skipLine(in: bytes, from: &end) || isFinished else { return nil }
    let rest = String(decoding: bytes[position..<end], as: UTF8.self)
    place = min(end + 1, bytes.count)
    state = .between
    start = place
    return .command(name: name, rest: Self.trimmed(rest))
  }

  private static func endsName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D, 0x3B: true
    default: false
    }
  }

  private static func trimmed(_ text: String) -> String {
    var text = text[...]
    while let last = text.last, last.isWhitespace || last == ";" { text.removeLast() }
    return String(text)
  }
}

/// Walks over code with its quotes and comments, and can stop and go on at any byte.
private struct CodeScanner {
  private enum State {
    case code
    case lineComment
    case blockComment
    case quoted(UInt8)
  }

  private var state = State.code
  /// Whether the next byte has no special meaning.
  private var isEscaped = false

  /// Moves behind the first `;` of code.
  ///
  /// - Returns: Where the `;` stands; `nil` when there is none so far.
  mutating func findSemicolon(in bytes: [UInt8], from place: inout Int) -> Int? {
    while place < bytes.count {
      let byte = bytes[place]
      if case .code = state, !isEscaped, byte == 0x3B {
        place += 1
        return place - 1
      }
      guard step(over: byte, in: bytes, from: &place) else { return nil }
    }
    return nil
  }

  /// Moves behind the `}` that closes the map at `place`; tells whether there is one.
  mutating func skipMap(in bytes: [UInt8], from place: inout Int) -> Bool {
    var depth = 0
    while place < bytes.count {
      let byte = bytes[place]
      if case .code = state, !isEscaped {
        if byte == 0x7B { depth += 1 }
        if byte == 0x7D { depth -= 1 }
        if depth == 0 {
          place += 1
          return true
        }
      }
      guard step(over: byte, in: bytes, from: &place) else { return false }
    }
    return false
  }

  /// Moves to the line's end or to a `;` of code; tells whether there is one.
  mutating func skipLine(in bytes: [UInt8], from place: inout Int) -> Bool {
    state = .code
    isEscaped = false
    while place < bytes.count {
      let byte = bytes[place]
      if byte == 0x0A || byte == 0x0D { return true }
      if case .code = state, !isEscaped, byte == 0x3B { return true }
      guard step(over: byte, in: bytes, from: &place) else { break }
    }
    place = bytes.count
    return false
  }

  /// Moves over one byte, or over the two that open or close a comment.
  ///
  /// - Returns: Whether it could be done: a last `/` or `*` may need the byte behind it.
  private mutating func step(over byte: UInt8, in bytes: [UInt8], from place: inout Int) -> Bool {
    if isEscaped {
      isEscaped = false
      place += 1
      return true
    }
    let next = place + 1 < bytes.count ? bytes[place + 1] : nil
    switch state {
    case .code:
      switch byte {
      case 0x27, 0x22, 0x60: state = .quoted(byte)
      case 0x5C: isEscaped = true
      case 0x2F:
        guard let next else { return false }
        if next == 0x2F || next == 0x2A {
          state = next == 0x2F ? .lineComment : .blockComment
          place += 1
        }
      default: break
      }
    case .lineComment:
      if byte == 0x0A { state = .code }
    case .blockComment:
      if byte == 0x2A {
        guard let next else { return false }
        if next == 0x2F {
          state = .code
          place += 1
        }
      }
    case .quoted(let quote):
      if byte == quote { state = .code } else if byte == 0x5C && quote != 0x60 { isEscaped = true }
    }
    place += 1
    return true
  }
}
