import CLineEditorShims

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Lines with editing, history and completion on a terminal, by libedit.
///
/// Used from one thread only; at most one exists at a time.
@safe
public final class EditedLineReader: LineReader {
  /// Entries that the Up key can reach.
  public static let historySize = 500

  private let editor: OpaquePointer
  private let complete: (String) -> Completion?

  /// Opens the editor on standard input and output; `nil` when the terminal cannot be edited on.
  ///
  /// - Parameters:
  ///   - program: The name that a user's `.editrc` can refer to.
  ///   - complete: Gets the text before the cursor when Tab is pressed.
  public init?(program: String, complete: @escaping (String) -> Completion?) {
    nacre_set_character_type()
    let wake = SignalWatch.wakeDescriptor
    guard
      let editor = unsafe nacre_editor_open(program, wake, Int32(Self.historySize))
    else { return nil }
    unsafe self.editor = editor
    self.complete = complete
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe nacre_editor_set_completion(
      editor,
      { context, text, length in
        guard let context = unsafe context, let text = unsafe text else {
          return unsafe nacre_completion()
        }
        let reader = unsafe Unmanaged<EditedLineReader>.fromOpaque(context).takeUnretainedValue()
        let bytes = unsafe UnsafeRawBufferPointer(start: text, count: length)
        return unsafe reader.completion(for: String(decoding: bytes, as: UTF8.self))
      }, context)
  }

  deinit {
    unsafe nacre_editor_close(editor)
  }

  /// Shows a prompt and waits for a line.
  public func readLine(
    prompt: String, isContinuation: Bool, timeoutSeconds: Int?
  ) -> LineOutcome {
    var length: Int32 = 0
    var outcome: Int32 = 0
    let timeout = Int32(clamping: (timeoutSeconds ?? -1).multipliedReportingOverflow(by: 1000).0)
    return unsafe prompt.withCString { prompt in
      let line = unsafe nacre_editor_read(
        editor, prompt, isContinuation ? 1 : 0, timeoutSeconds == nil ? -1 : timeout, &length,
        &outcome)
      switch UInt32(outcome) {
      case NACRE_LINE_INTERRUPTED.rawValue: return .interrupted
      case NACRE_LINE_TIMED_OUT.rawValue: return .timedOut
      case NACRE_LINE_READ.rawValue:
        guard let line = unsafe line else { return .end }
        let bytes = unsafe UnsafeRawBufferPointer(start: line, count: Int(length))
        var text = unsafe String(decoding: bytes, as: UTF8.self)
        if text.utf8.last == 0x0A { text.removeLast() }
        return .line(text)
      default: return .end
      }
    }
  }

  /// Shows a prompt and waits for a line that is not shown.
  public func readSecret(prompt: String) -> LineOutcome {
    PlainLineReader().readSecret(prompt: prompt)
  }

  /// Adds an entry to the history of this session.
  public func remember(_ entry: String) {
    unsafe nacre_editor_add_history(editor, entry)
  }

  /// Forgets the history of this session.
  public func forgetAll() {
    unsafe nacre_editor_clear_history(editor)
  }

  private func completion(for text: String) -> nacre_completion {
    var answer = unsafe nacre_completion()
    guard let completion = complete(text) else { return unsafe answer }
    unsafe answer.characters_to_delete = Int32(clamping: completion.replacedCharacters)
    unsafe answer.insertion = strdup(completion.insertion)
    let listing = completion.listing.map { $0 + "\n" }.joined()
    unsafe answer.listing = strdup(listing)
    return unsafe answer
  }
}
