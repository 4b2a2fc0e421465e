import LineEditor

/// The log of `--log`: one line an event, to a file or standard error.
final class ShellLog {
  /// The most bytes that a log file gets.
  private static let mostBytes = 100_000_000

  private let sink: ByteSink
  private var written = 0

  /// Opens the log.
  ///
  /// - Parameter path: Is emptied; an empty path means standard error.
  /// - Throws: When the file cannot be written.
  init(path: String) throws(StreamError) {
    sink = path.isEmpty ? .standardError : try ByteSink(path: path, appends: false)
  }

  /// Writes an event; secrets in its text are hidden.
  func note(_ kind: String, _ text: String) {
    guard written < Self.mostBytes else { return }
    let line = "\(HostProcess.epochMilliseconds) \(kind) \(Redaction.redacted(text))\n"
    written += line.utf8.count
    _ = sink.write(Array(line.utf8))
  }
}
