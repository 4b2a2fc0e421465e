/// Why a statement, a command or a connection failed, with all that any front end needs to tell it.
///
/// `message` is the complete legacy text as Neo4j sends it over Bolt, without position and caret,
/// which `position` and the statement's text add (`legacyMessage(in:)`).
public struct Failure: Error, Sendable, Hashable {
  /// The Neo4j status code, such as `Neo.ClientError.Statement.SyntaxError`.
  public var code: String
  /// The sentence or sentences that say what is wrong.
  public var message: String
  /// Five characters such as `42001`; `50N42` where nothing more precise is known.
  public var gqlStatus: String
  /// The GQL description without the leading `error: `, such as
  /// `syntax error or access rule violation - invalid syntax`.
  public var gqlDescription: String
  /// What lies behind, outermost first.
  public var causes: [GQLCause]
  /// Where in the statement; compile-time failures have one.
  public var position: SourcePosition?
  /// What to do about it, when that is likely right.
  public var hint: String?

  /// Makes a failure.
  public init(
    code: String, message: String, gqlStatus: String = "50N42",
    gqlDescription: String =
      "general processing exception - unexpected error. Unexpected error has occurred. See debug log for details.",
    causes: [GQLCause] = [], position: SourcePosition? = nil, hint: String? = nil
  ) {
    self.code = code
    self.message = message
    self.gqlStatus = gqlStatus
    self.gqlDescription = gqlDescription
    self.causes = causes
    self.position = position
    self.hint = hint
  }

  /// The message as Neo4j sends it: with ` (line …, column … (offset: …))`, the quoted line and a caret
  /// where the failure has a position.
  public func legacyMessage(in statement: String) -> String {
    guard let position else { return message }
    let place =
      " (line \(position.line), column \(position.column) (offset: \(position.offset)))"
    // Failures about the whole statement stand at line 0, column 0 and show the first line.
    let (line, column) = Self.line(
      max(position.line, 1), column: max(position.column, 1), of: statement)
    let quoted = Self.shortened(line, around: column)
    let caret = String(repeating: " ", count: quoted.column) + "^"
    return message + place + "\n\"" + quoted.text + "\"\n" + caret
  }

  /// A line of a text, the first being 1, without the bytes that end it, and a column of it.
  ///
  /// Empty lines at the end are none: behind the last line stands its end. A carriage return within a
  /// line is shown as `\r`.
  private static func line(_ number: Int, column: Int, of text: String) -> (Substring, Int) {
    var bytes = text.utf8[...]
    while number > 1, let last = bytes.last, last == 0x0A || last == 0x0D {
      bytes.removeLast()
    }
    var line = bytes[...]
    var rest: Substring.UTF8View? = bytes
    var found = 0
    while found < number, let start = rest {
      line = start.prefix { $0 != 0x0A }
      rest = line.endIndex == start.endIndex ? nil : start[line.endIndex...].dropFirst()
      found += 1
    }
    if rest != nil, line.last == 0x0D { line = line.dropLast() }
    let shown = Substring(line)
    let column = found < number ? shown.utf16.count + 1 : column
    guard line.contains(0x0D) else { return (shown, column) }
    let returns = shown.utf16.prefix(column - 1).count { $0 == 0x0D }
    let parts = line.split(separator: 0x0D, omittingEmptySubsequences: false)
    return (
      Substring(parts.map { String(Substring($0)) }.joined(separator: "\\r")), column + returns
    )
  }

  /// The most UTF-16 units of a line that is quoted whole.
  private static let longestLine = 4_000
  /// How many are quoted on each side of the place of a longer one.
  private static let quotedUnits = 200

  /// A line, or the part of a long one around a column, and the column within it.
  private static func shortened(_ line: Substring, around column: Int)
    -> (text: String, column: Int)
  {
    // The number of bytes is no less than the number of units, and at once known.
    guard line.utf8.count > longestLine else { return (String(line), column) }
    let first = column - 1 - quotedUnits
    var text = first > 0 ? "…" : ""
    var units = 0
    for scalar in line.unicodeScalars {
      if units >= column - 1 + quotedUnits {
        text += "…"
        break
      }
      if units >= first { text.unicodeScalars.append(scalar) }
      units += UTF16.width(scalar)
    }
    return (text, first > 0 ? quotedUnits + 2 : column)
  }
}

/// One link of a chain of GQLSTATUS objects behind a failure.
public struct GQLCause: Sendable, Hashable {
  /// Five characters such as `42N62`.
  public var gqlStatus: String
  /// The description without the leading `error: `: `condition - subcondition. Text`.
  public var gqlDescription: String
  /// The text alone: sent as `CODE: text`.
  public var message: String

  /// Makes a link.
  public init(gqlStatus: String, gqlDescription: String, message: String) {
    self.gqlStatus = gqlStatus
    self.gqlDescription = gqlDescription
    self.message = message
  }
}
