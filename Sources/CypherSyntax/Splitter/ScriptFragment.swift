/// A statement or a command of a script, with its place in the whole input.
public struct ScriptFragment: Hashable, Sendable {
  /// The two kinds.
  public enum Kind: Hashable, Sendable {
    /// Cypher, without its semicolon.
    case statement
    /// A shell command: its name in lower case with the colon, and the rest without blanks and
    /// semicolons at its end.
    case command(name: String, argument: String)
  }

  /// What it is.
  public var kind: Kind
  /// The text as it stands in the input.
  ///
  /// A statement reaches from its first token up to the semicolon, a command from its colon to the
  /// end of its argument. Bytes that are not UTF-8 become U+FFFD.
  public var text: String
  /// Bytes of the input before the text.
  public var offset: Int
  /// The line on which the text begins, from 1; LF ends a line.
  public var line: Int
  /// Whether its end was seen: a semicolon, or what ends a command.
  public var isComplete: Bool
  /// Where in the text the first byte stood that is not UTF-8; `nil` when all are.
  public var malformedAt: Int?
}
