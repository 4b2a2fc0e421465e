/// A range of a statement's UTF-8 bytes.
public struct SourceSpan: Hashable, Sendable {
  /// Offset of the first byte.
  public var start: Int
  /// Offset behind the last byte.
  public var end: Int

  /// Makes a span; `end` is not before `start`.
  public init(start: Int, end: Int) {
    self.start = start
    self.end = end
  }

  /// Both spans and what lies between.
  public func union(_ other: SourceSpan) -> SourceSpan {
    SourceSpan(start: min(start, other.start), end: max(end, other.end))
  }
}

/// A place in a statement as users and drivers count it.
public struct SourcePosition: Hashable, Sendable {
  /// UTF-16 units from the start, from 0.
  public var offset: Int
  /// From 1; LF and CR LF end a line, CR alone does not; 0 for the statement as a whole.
  public var line: Int
  /// UTF-16 units from the line's start, from 1; 0 for the statement as a whole.
  public var column: Int

  /// Makes a position.
  public init(offset: Int, line: Int, column: Int) {
    self.offset = offset
    self.line = line
    self.column = column
  }

  /// Finds the position of a byte offset.
  ///
  /// - Parameters:
  ///   - byteOffset: At most the number of bytes; the end of the text is a position too.
  ///   - text: The statement as sent.
  public init(ofByte byteOffset: Int, in text: String) {
    var offset = 0
    var line = 1
    var column = 1
    var bytes = 0
    for scalar in text.unicodeScalars {
      if bytes >= byteOffset { break }
      bytes += UTF8.width(scalar)
      let units = UTF16.width(scalar)
      offset += units
      if scalar == "\n" {
        line += 1
        column = 1
      } else {
        column += units
      }
    }
    self.init(offset: offset, line: line, column: column)
  }
}
