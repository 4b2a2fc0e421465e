/// Cuts a script into statements and commands while it comes in.
///
/// Feed bytes in pieces of any size, cut anywhere; take out fragments with `next()` until there is
/// none; at the end of the input take out the rest with `finish()`. Holds no more than the fragment
/// that is not yet complete. Strings, quoted names and comments hide semicolons; what is between
/// statements (blanks, comments, empty statements) is dropped.
public struct StatementSplitter: Sendable {
  /// Where the end of the input so far lies.
  public enum State: Hashable, Sendable {
    /// Between statements.
    case between
    /// In a statement, outside of what hides semicolons.
    case statement
    /// In a string or quoted name; the quote is one of `'`, `"` and a back-tick.
    case quoted(Character)
    /// In a comment, within a statement or between two.
    case comment
    /// In a command.
    case command
  }

  enum Mode: UInt8 {
    case start, between, betweenLine, betweenBlock
    case code, lineComment, blockComment, quoted
    case commandName, commandGap, commandLine, commandMap, mapLine, mapBlock
  }

  var mode = Mode.start
  /// The quote that is open, in statements and commands; 0 for none.
  var quote: UInt8 = 0
  /// Open braces of a command's map.
  var braces = 0
  /// Where the name of the command ends.
  var nameEnd = 0

  var buffer: [UInt8] = []
  /// The next byte to look at.
  var cursor = 0
  /// The first byte of the fragment.
  var start = 0
  private var startLine = 1
  var line = 1
  /// Bytes of the input before the buffer.
  private var base = 0

  /// Bytes that one statement or command may have.
  private let longest: Int

  /// Makes a splitter at the start of an input.
  ///
  /// - Parameter longest: The bytes that one statement or command may have.
  public init(longest: Int = 1 << 30) { self.longest = longest }

  /// Whether what is being read is longer than a statement may be, so that reading on is no use.
  public var isTooLong: Bool { isInFragment && buffer.count - start > longest }

  /// Adds the next bytes of the input.
  public mutating func feed(_ bytes: [UInt8]) {
    let kept = isInFragment ? start : cursor
    if kept == buffer.count {
      base += kept
      buffer.removeAll(keepingCapacity: true)
      cursor -= kept
      start = 0
      nameEnd -= kept
    } else if kept > 1 << 16, kept > buffer.count / 2 {
      base += kept
      buffer.removeSubrange(0..<kept)
      cursor -= kept
      start = isInFragment ? start - kept : 0
      nameEnd -= kept
    }
    buffer.append(contentsOf: bytes)
  }

  /// The next statement or command whose end has been seen; `nil` where more input is needed.
  public mutating func next() -> ScriptFragment? { scan(isFinal: false) }

  /// The next statement or command, the input being over; `nil` after the last one.
  ///
  /// The last statement may be incomplete: it is to be run all the same, or to be gone on with.
  public mutating func finish() -> ScriptFragment? { scan(isFinal: true) }

  /// Where the end of the input so far lies; ask after `next()` has returned `nil`.
  public var state: State {
    switch mode {
    case .start, .between: .between
    case .betweenLine, .betweenBlock, .lineComment, .blockComment: .comment
    case .code: .statement
    case .quoted: .quoted(Character(Unicode.Scalar(quote)))
    case .commandName, .commandGap, .commandLine, .commandMap, .mapLine, .mapBlock: .command
    }
  }

  /// Whether a statement or command has begun and its end has not been seen.
  public var isInFragment: Bool {
    switch mode {
    case .start, .between, .betweenLine, .betweenBlock: false
    default: true
    }
  }

  /// Whether a comment between two statements has begun and its end has not been seen.
  public var isInComment: Bool { mode == .betweenBlock }

  /// All fragments of a text, the last one perhaps incomplete.
  public static func fragments(of text: String) -> [ScriptFragment] {
    var splitter = StatementSplitter()
    splitter.feed(Array(text.utf8))
    var fragments: [ScriptFragment] = []
    while let fragment = splitter.finish() { fragments.append(fragment) }
    return fragments
  }

  // MARK: - For the scanner

  /// Begins a fragment at the cursor.
  mutating func begin(_ mode: Mode) {
    start = cursor
    startLine = line
    quote = 0
    self.mode = mode
  }

  /// Ends a statement before `end`; `nil` if there is nothing but blanks in it.
  mutating func statement(upTo end: Int, isComplete: Bool) -> ScriptFragment? {
    mode = .between
    guard buffer[start..<end].contains(where: { !isBlank($0) }) else { return nil }
    let bytes = buffer[start..<end]
    let text = String(validating: bytes, as: UTF8.self)
    return ScriptFragment(
      kind: .statement, text: text ?? String(decoding: bytes, as: UTF8.self),
      offset: base + start, line: startLine, isComplete: isComplete,
      malformedAt: text == nil ? CypherParser.validPrefix(of: bytes) : nil)
  }

  /// Ends a command before `end`.
  mutating func command(upTo end: Int, isComplete: Bool) -> ScriptFragment {
    mode = .between
    let name = String(decoding: buffer[start..<min(nameEnd, end)], as: UTF8.self).lowercased()
    var last = end
    while last > nameEnd, isBlank(buffer[last - 1]) || buffer[last - 1] == UInt8(ascii: ";") {
      last -= 1
    }
    var first = min(nameEnd, last)
    while first < last, isBlank(buffer[first]) { first += 1 }
    let bytes = buffer[start..<max(last, min(nameEnd, end))]
    let text = String(validating: bytes, as: UTF8.self)
    return ScriptFragment(
      kind: .command(
        name: name, argument: String(decoding: buffer[first..<last], as: UTF8.self)),
      text: text ?? String(decoding: bytes, as: UTF8.self),
      offset: base + start, line: startLine, isComplete: isComplete,
      malformedAt: text == nil ? CypherParser.validPrefix(of: bytes) : nil)
  }

  func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// Whether what is being read is `:auto`, a word of other tools before statements that says
  /// nothing here.
  var isPrefix: Bool {
    nameEnd - start == 5
      && String(decoding: buffer[start..<nameEnd], as: UTF8.self).lowercased() == ":auto"
  }

  /// Whether the command being read takes a map over several lines.
  var takesMap: Bool {
    let name = String(decoding: buffer[start..<nameEnd], as: UTF8.self).lowercased()
    return name == ":param" || name == ":params"
  }
}
