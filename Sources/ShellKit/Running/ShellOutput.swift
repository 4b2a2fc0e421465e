import LineEditor

/// Standard output and error of a shell, with a buffer for what may not be shown yet.
///
/// `pending` holds formatted results; `flush` shows them. Errors go out at once, after what is
/// pending has been dealt with by the caller.
final class ShellOutput {
  /// Results that are not written yet.
  var pending: [UInt8] = []
  /// What is written soon, whatever the shell is doing.
  private let due: DueOutput
  /// Whether escape codes for colour and weight are used.
  let isStyled: Bool
  /// Whether nobody reads standard output any more.
  private(set) var isClosed = false
  /// Whether the system refused to write to standard output, which was reported.
  private(set) var isRefused = false

  /// What waits beyond this is kept in a file.
  private static let mostBytesInMemory = 16 << 20

  /// The older part of what is pending, when it is large.
  private var scratch: ScratchFile?
  private let writeOut: ([UInt8]) -> ByteSink.Outcome
  private let writeError: ([UInt8]) -> ByteSink.Outcome

  /// Makes an output.
  ///
  /// - Parameters:
  ///   - isStyled: Whether both streams are terminals and colours are wanted.
  ///   - out: Writes to standard output; one call at a time, not always from the same thread.
  ///   - error: Writes to standard error.
  init(
    isStyled: Bool, out: @escaping @Sendable ([UInt8]) -> ByteSink.Outcome,
    error: @escaping ([UInt8]) -> ByteSink.Outcome
  ) {
    self.isStyled = isStyled
    writeOut = out
    writeError = error
    due = DueOutput(write: out)
    pending.reserveCapacity(1 << 16)
  }

  /// Lets what is pending be written within a moment, while a statement goes on.
  ///
  /// Only for results that may be shown whatever comes behind them.
  func publish() {
    guard !pending.isEmpty, scratch == nil, !isClosed else { return }
    due.add(pending)
    pending.removeAll(keepingCapacity: pending.count <= 1 << 20)
  }

  /// Writes what is pending.
  func flush() {
    if let outcome = due.flush() { note(outcome) }
    flushScratch()
    guard !pending.isEmpty else { return }
    if !isClosed { send(pending) }
    pending.removeAll(keepingCapacity: pending.count <= 1 << 20)
  }

  /// Forgets what is pending: it must not be shown.
  func drop() {
    if let outcome = due.flush() { note(outcome) }
    scratch = nil
    pending.removeAll()
  }

  /// Moves what is pending to a file when it is large, so that it may go on waiting.
  func makeRoom() {
    guard pending.count > Self.mostBytesInMemory else { return }
    if scratch == nil { scratch = try? ScratchFile() }
    // Without a file, or without room on it, memory has to do.
    guard let scratch, scratch.append(pending) == .written else { return }
    pending.removeAll(keepingCapacity: true)
  }

  private func flushScratch() {
    guard let contents = scratch?.contents() else { return }
    var bytes: [UInt8] = []
    while case .bytes = contents.read(into: &bytes, heedsSignals: false), !isClosed {
      send(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    scratch = nil
  }

  /// Appends text to what is pending and writes it all.
  func print(_ text: String) {
    pending.append(contentsOf: text.utf8)
    flush()
  }

  /// Writes a line to standard error, in bright red on a terminal.
  func report(_ message: String) {
    write(error: isStyled ? "\u{1B}[91m\(message)\u{1B}[m\n" : message + "\n")
  }

  /// Writes a line to standard error as it is.
  func note(_ message: String) {
    write(error: message + "\n")
  }

  /// A text in bold where escape codes are used.
  func bold(_ text: String) -> String {
    isStyled ? "\u{1B}[1m\(text)\u{1B}[22m" : text
  }

  /// A text in yellow where escape codes are used.
  func yellow(_ text: String) -> String {
    isStyled ? "\u{1B}[33m\(text)\u{1B}[39m" : text
  }

  /// Writes to standard output; nothing more follows where that is not possible.
  private func send(_ bytes: [UInt8]) { note(writeOut(bytes)) }

  private func note(_ outcome: ByteSink.Outcome) {
    switch outcome {
    case .written: break
    case .closed: isClosed = true
    case .failed(let reason):
      isClosed = true
      isRefused = true
      report("Failed to write to standard output: \(reason)")
    }
  }

  private func write(error text: String) {
    _ = writeError(Array(text.utf8))
  }
}
