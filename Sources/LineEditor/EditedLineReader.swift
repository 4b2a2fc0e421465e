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
  private let accept: (String) -> Acceptance
  /// The entries that libedit holds, without indentation.
  private var entries: [String] = []
  private var indentation = 0

  /// Opens the editor on standard input and output; `nil` when the terminal cannot be edited on.
  ///
  /// - Parameters:
  ///   - program: The name that a user's `.editrc` can refer to.
  ///   - complete: Gets the text before the cursor when Tab is pressed.
  ///   - accept: Gets the whole text when Enter is pressed.
  public init?(
    program: String, complete: @escaping (String) -> Completion?,
    accept: @escaping (String) -> Acceptance
  ) {
    nacre_set_character_type()
    let wake = SignalWatch.wakeDescriptor
    guard
      let editor = unsafe nacre_editor_open(program, wake, Int32(Self.historySize))
    else { return nil }
    unsafe self.editor = editor
    self.complete = complete
    self.accept = accept
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe nacre_editor_set_completion(
      editor,
      { context, text, length in
        unsafe EditedLineReader.answer(context, text, length) { unsafe $0.completion(for: $1) }
      }, context)
    unsafe nacre_editor_set_acceptance(
      editor,
      { context, text, length in
        unsafe EditedLineReader.answer(context, text, length) { unsafe $0.acceptance(of: $1) }
      }, context)
  }

  /// Finds the reader behind a callback of C.
  private static func answer(
    _ context: UnsafeMutableRawPointer?, _ text: UnsafePointer<CChar>?, _ length: Int,
    _ body: (EditedLineReader, String) -> nacre_completion
  ) -> nacre_completion {
    guard let context = unsafe context, let text = unsafe text else {
      return unsafe nacre_completion()
    }
    let reader = unsafe Unmanaged<EditedLineReader>.fromOpaque(context).takeUnretainedValue()
    let bytes = unsafe UnsafeRawBufferPointer(start: text, count: length)
    let entry = unsafe reader.withoutIndentation(String(decoding: bytes, as: UTF8.self))
    return unsafe body(reader, entry)
  }

  deinit {
    unsafe nacre_editor_close(editor)
  }

  /// Shows a prompt and waits for a line, or several when an old entry or a paste brings them.
  public func readLine(
    prompt: String, indentation: Int, timeoutSeconds: Int?
  ) -> LineOutcome {
    indent(by: indentation)
    var length: Int32 = 0
    var outcome: Int32 = 0
    let timeout = timeoutSeconds.map { Int32(clamping: min($0, 1 << 20) * 1000) } ?? -1
    return unsafe prompt.withCString { prompt in
      let line = unsafe nacre_editor_read(
        editor, prompt, Int32(clamping: indentation), timeout, &length, &outcome)
      switch UInt32(bitPattern: outcome) {
      case NACRE_LINE_INTERRUPTED.rawValue: return .interrupted
      case NACRE_LINE_TIMED_OUT.rawValue: return .timedOut
      case NACRE_LINE_READ.rawValue:
        guard let line = unsafe line else { return ended() }
        let bytes = unsafe UnsafeRawBufferPointer(start: line, count: Int(length))
        var text = unsafe String(decoding: bytes, as: UTF8.self)
        if text.utf8.last == 0x0A { text.removeLast() }
        return .line(withoutIndentation(text))
      default: return ended()
      }
    }
  }

  /// Leaves the row of the prompt, which the end of the input does not do by itself.
  private func ended() -> LineOutcome {
    _ = ByteSink.standardOutput.write([0x0A])
    return .end
  }

  /// Shows a prompt and waits for one line, which is not held against what makes an entry whole.
  public func readAnswer(prompt: String) -> LineOutcome {
    PlainLineReader().readAnswer(prompt: prompt)
  }

  /// Shows a prompt and waits for a line that is not shown.
  public func readSecret(prompt: String) -> LineOutcome {
    PlainLineReader().readSecret(prompt: prompt)
  }

  /// Adds an entry to the history of this session.
  public func remember(_ entry: String) {
    entries.append(entry)
    if entries.count > Self.historySize { entries.removeFirst() }
    unsafe nacre_editor_add_history(editor, withIndentation(entry))
  }

  /// Forgets the history of this session.
  public func forgetAll() {
    entries.removeAll()
    unsafe nacre_editor_clear_history(editor)
  }

  /// Lets all lines but the first of entries stand under the prompt's end.
  ///
  /// libedit shows one buffer with one prompt: the blanks are in the buffer while it is edited.
  private func indent(by indentation: Int) {
    guard indentation != self.indentation else { return }
    self.indentation = indentation
    guard entries.contains(where: { $0.utf8.contains(0x0A) }) else { return }
    unsafe nacre_editor_clear_history(editor)
    for entry in entries { unsafe nacre_editor_add_history(editor, withIndentation(entry)) }
  }

  private func withIndentation(_ text: String) -> String {
    guard text.utf8.contains(0x0A) else { return text }
    let blanks = String(repeating: " ", count: indentation)
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "\n" + blanks)
  }

  private func withoutIndentation(_ text: String) -> String {
    guard text.utf8.contains(0x0A) else { return text }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let rest = lines.dropFirst().map { line in
      line.dropFirst(min(line.prefix { $0 == " " }.count, indentation))
    }
    return ([lines[0]] + rest).joined(separator: "\n")
  }

  private func acceptance(of text: String) -> nacre_completion {
    var answer = unsafe nacre_completion()
    switch accept(text) {
    case .complete: unsafe answer.characters_to_delete = 1
    case .incomplete(let note):
      if let note { unsafe answer.listing = strdup(note + "\n") }
    }
    return unsafe answer
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
