import CypherSyntax

/// Something to do that was read from a script or a prompt.
enum ScriptItem: Equatable {
  /// A Cypher statement, without its final `;`.
  case statement(String)
  /// A statement or command with bytes that are not UTF-8: with U+FFFD for them, and where the
  /// first one stood.
  case malformed(String, at: Int)
  /// A command: its name with the colon, and what stands behind it without final `;`.
  case command(name: String, rest: String)
}

/// Splits text into statements and commands while it comes.
struct StatementFeed {
  /// Said of a statement that is longer than any may be.
  static let tooLong = "A statement is longer than 1 GiB: the rest of the input is not read"

  private var splitter: StatementSplitter
  private var isFinished = false
  /// The line of the input, from 1, on which the last item begins.
  private(set) var line = 1

  init(longest: Int = 1 << 30) { splitter = StatementSplitter(longest: longest) }

  /// Whether what is unfinished is longer than a statement may be.
  var isTooLong: Bool { splitter.isTooLong }

  /// Whether a statement, a parameter map or a comment is unfinished.
  var isOpen: Bool { splitter.isInFragment || splitter.isInComment }

  /// Adds UTF-8 text.
  mutating func append(_ more: [UInt8]) {
    splitter.feed(more)
  }

  /// Adds text.
  mutating func append(_ more: String) {
    splitter.feed(Array(more.utf8))
  }

  /// Says that nothing more comes: what is unfinished is then yielded as it is.
  mutating func finish() {
    isFinished = true
  }

  /// The next item that is complete; `nil` when more text is needed.
  mutating func next() -> ScriptItem? {
    guard let fragment = isFinished ? splitter.finish() : splitter.next() else { return nil }
    line = fragment.line
    if let place = fragment.malformedAt { return .malformed(fragment.text, at: place) }
    switch fragment.kind {
    case .statement: return .statement(fragment.text)
    case .command(let name, let argument): return .command(name: name, rest: argument)
    }
  }
}
