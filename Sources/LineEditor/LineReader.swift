/// What came of waiting for a line.
public enum LineOutcome: Equatable, Sendable {
  /// A line without its line end; several where the reader edits whole entries.
  case line(String)
  /// The input has ended, or Ctrl-D was pressed on an empty line.
  case end
  /// Ctrl-C was pressed; what was typed is gone.
  case interrupted
  /// Nothing was typed for the time given.
  case timedOut
}

/// What to do when Enter is pressed.
public enum Acceptance: Equatable, Sendable {
  /// The entry is whole.
  case complete
  /// Another line is needed; the note, if any, is shown below the text.
  case incomplete(note: String?)
}

/// Reads lines from a person.
public protocol LineReader: AnyObject {
  /// Shows a prompt and waits for a line; leaves the row that was typed on, unless the time was over.
  ///
  /// - Parameters:
  ///   - prompt: Parts between bytes 1 are escape codes that take no room on the screen.
  ///   - indentation: Blanks before all lines but the first of an entry that is edited whole.
  ///   - timeoutSeconds: How long to wait for a key; `nil` waits for ever.
  /// - Returns: The line, or why there is none.
  func readLine(prompt: String, indentation: Int, timeoutSeconds: Int?) -> LineOutcome

  /// Shows a prompt and waits for the answer to a question: one line, whatever it holds.
  func readAnswer(prompt: String) -> LineOutcome

  /// Shows a prompt and waits for a line that is not shown.
  func readSecret(prompt: String) -> LineOutcome

  /// Adds an entry, possibly of several lines, to those that the Up key brings back.
  func remember(_ entry: String)

  /// Forgets all entries.
  func forgetAll()
}

/// What to offer for the word before the cursor.
public struct Completion: Equatable, Sendable {
  /// How many characters before the cursor the insertion replaces.
  public var replacedCharacters: Int
  /// What to insert.
  public var insertion: String
  /// Lines to show below, when several words would do.
  public var listing: [String]

  /// Makes a completion.
  public init(replacedCharacters: Int, insertion: String, listing: [String]) {
    self.replacedCharacters = replacedCharacters
    self.insertion = insertion
    self.listing = listing
  }
}
