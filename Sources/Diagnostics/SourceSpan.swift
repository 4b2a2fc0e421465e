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
    var places = SourcePositions(in: text)
    self = places.position(ofByte: byteOffset)
  }
}

/// The positions of many byte offsets of one text.
///
/// Offsets that come in ascending order cost one pass over the text together.
public struct SourcePositions: Sendable {
  private let scalars: String.UnicodeScalarView
  private var index: String.Index
  private var bytes = 0
  private var reached = SourcePosition(offset: 0, line: 1, column: 1)

  /// Begins at the start of a text.
  public init(in text: String) {
    scalars = text.unicodeScalars
    index = scalars.startIndex
  }

  /// Finds the position of a byte offset.
  public mutating func position(ofByte byteOffset: Int) -> SourcePosition {
    if byteOffset < bytes { startOver() }
    while bytes < byteOffset, index < scalars.endIndex {
      let scalar = scalars[index]
      scalars.formIndex(after: &index)
      bytes += UTF8.width(scalar)
      let units = UTF16.width(scalar)
      reached.offset += units
      if scalar == "\n" {
        reached.line += 1
        reached.column = 1
      } else {
        reached.column += units
      }
    }
    return reached
  }

  private mutating func startOver() {
    index = scalars.startIndex
    bytes = 0
    reached = SourcePosition(offset: 0, line: 1, column: 1)
  }
}
