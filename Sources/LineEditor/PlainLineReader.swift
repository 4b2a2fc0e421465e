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
    prompt: String, indentation: Int, timeoutSeconds: Int?
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
        let reason = SignalWatch.takeWakeReason()
        if reason == .stop { SignalWatch.stopProcess() }
        guard reason == .interrupt else { continue }
        buffer.removeAll()
        _ = ByteSink.standardOutput.write([0x0A])
        return .interrupted
      case .timedOut: return .timedOut
      case .end, .failed:
        guard !buffer.isEmpty else {
          _ = ByteSink.standardOutput.write([0x0A])
          return .end
        }
        let line = buffer.filter { $0 != 0x0D }
        buffer.removeAll()
        return .line(String(decoding: line, as: UTF8.self))
      }
    }
  }

  /// Shows a prompt and waits for a line.
  public func readAnswer(prompt: String) -> LineOutcome {
    readLine(prompt: prompt, indentation: 0, timeoutSeconds: nil)
  }

  /// Shows a prompt and waits for a line, with a `*` for each character.
  public func readSecret(prompt: String) -> LineOutcome {
    readSecret(prompt: prompt, isMarked: true)
  }

  /// Shows a prompt and waits for a line.
  ///
  /// - Parameters:
  ///   - prompt: What to show.
  ///   - isMarked: Whether a `*` is shown for each character; else nothing is.
  /// - Returns: The line, or why there is none.
  public func readSecret(prompt: String, isMarked: Bool) -> LineOutcome {
    var buffer = [CChar](repeating: 0, count: 4096)
    let capacity = buffer.count
    let outcome = unsafe nacre_read_secret(
      prompt, isMarked ? 1 : 0, SignalWatch.wakeDescriptor, &buffer, capacity)
    switch UInt32(bitPattern: outcome) {
    case NACRE_LINE_READ.rawValue:
      let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      return .line(String(decoding: bytes, as: UTF8.self))
    case NACRE_LINE_INTERRUPTED.rawValue: return .interrupted
    default: return .end
    }
  }

  /// Does nothing: there is no way to bring entries back.
  public func remember(_ entry: String) {}

  /// Does nothing.
  public func forgetAll() {}

  private static func withoutMarks(_ prompt: String) -> String {
    String(prompt.filter { $0 != "\u{1}" })
  }
}
