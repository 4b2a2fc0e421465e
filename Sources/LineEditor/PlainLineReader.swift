import CLineEditorShims

/// Lines as the terminal itself gives them: no editing, no history; for `TERM=dumb`, and for
/// passwords.
public final class PlainLineReader: LineReader {
  private let input = ByteSource.standardInput
  private var buffer: [UInt8] = []

  /// Makes a reader on standard input.
  public init() {}

  /// Shows a prompt and waits for a line; carriage returns are ignored.
  public func readLine(
    prompt: String, isContinuation: Bool, timeoutSeconds: Int?
  ) -> LineOutcome {
    _ = ByteSink.standardOutput.write(Array(Self.withoutMarks(prompt).utf8))
    while true {
      if let end = buffer.firstIndex(of: 0x0A) {
        let line = buffer[..<end].filter { $0 != 0x0D }
        buffer.removeSubrange(...end)
        return .line(String(decoding: line, as: UTF8.self))
      }
      switch input.read(into: &buffer, timeoutMilliseconds: timeoutSeconds.map { $0 * 1000 } ?? -1)
      {
      case .bytes: continue
      case .woken:
        guard SignalWatch.takeWakeReason() == .interrupt else { continue }
        buffer.removeAll()
        return .interrupted
      case .timedOut: return .timedOut
      case .end, .failed:
        guard !buffer.isEmpty else { return .end }
        let line = buffer.filter { $0 != 0x0D }
        buffer.removeAll()
        return .line(String(decoding: line, as: UTF8.self))
      }
    }
  }

  /// Shows a prompt and waits for a line with the terminal's echo off.
  public func readSecret(prompt: String) -> LineOutcome {
    let wasOn = nacre_set_echo(0)
    defer { if wasOn != 0 { _ = nacre_set_echo(1) } }
    let outcome = readLine(prompt: prompt, isContinuation: false, timeoutSeconds: nil)
    _ = ByteSink.standardOutput.write([0x0A])
    return outcome
  }

  /// Does nothing: there is no way to bring entries back.
  public func remember(_ entry: String) {}

  /// Does nothing.
  public func forgetAll() {}

  private static func withoutMarks(_ prompt: String) -> String {
    String(prompt.filter { $0 != "\u{1}" })
  }
}
