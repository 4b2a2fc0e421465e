/// What separates and quotes fields.
public struct DelimitedDialect: Hashable, Sendable {
  /// Between fields; one character.
  public var separator: Character
  /// Whether `\"` and `\\` within quotes stand for the second character.
  public var hasBackslashEscapes: Bool

  /// Makes a dialect; commas and backslash escapes by default.
  public init(separator: Character = ",", hasBackslashEscapes: Bool = true) {
    self.separator = separator
    self.hasBackslashEscapes = hasBackslashEscapes
  }
}

/// Why a file cannot be read on.
public enum DelimitedFileError: Error, Hashable, Sendable {
  /// Something stands behind the quote that closes a field: the characters read so far, and the field.
  case charactersAfterQuote(position: Int, text: String)
  /// The file ends within quotes: the characters read.
  case missingEndQuote(position: Int)
}

/// Reads records of a delimited file from pieces of bytes.
///
/// A field that is empty without quotes is `nil`. Lines without any character are skipped. A byte
/// order mark at the start is skipped. Records may span lines within quotes.
public struct DelimitedReader {
  /// Gives the next piece of the file; `nil` at its end.
  public typealias Source = () -> [UInt8]?

  /// How many records were read.
  public private(set) var recordCount = 0
  private let separator: [UInt8]
  private let hasBackslashEscapes: Bool
  private let source: Source
  private var buffer: [UInt8] = []
  private var place = 0
  private var characters = 0
  private var isStarted = false
  private var isExhausted = false

  private static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// Makes a reader that pulls pieces as it needs them.
  public init(_ dialect: DelimitedDialect = DelimitedDialect(), source: @escaping Source) {
    separator = Array(String(dialect.separator).utf8)
    hasBackslashEscapes = dialect.hasBackslashEscapes
    self.source = source
  }

  /// The next record, or `nil` at the end.
  ///
  /// - Throws: `DelimitedFileError`; the reader is of no use afterwards.
  public mutating func next() throws(DelimitedFileError) -> [String?]? {
    if !isStarted { skipByteOrderMark() }
    while let byte = peek(), byte == Self.lineFeed || byte == Self.carriageReturn { _ = advance() }
    if peek() == nil { return nil }
    var fields: [String?] = []
    while true {
      fields.append(try field())
      if skipSeparator() { continue }
      endLine()
      recordCount += 1
      return fields
    }
  }

  /// Whether no record is left.
  public mutating func isAtEnd() -> Bool {
    while let byte = peek(), byte == Self.lineFeed || byte == Self.carriageReturn { _ = advance() }
    return peek() == nil
  }

  private mutating func skipByteOrderMark() {
    isStarted = true
    if peek(0) == 0xEF, peek(1) == 0xBB, peek(2) == 0xBF { place += 3 }
  }

  private mutating func field() throws(DelimitedFileError) -> String? {
    if peek() == Self.quote { return try quotedField() }
    var bytes: [UInt8] = []
    while let byte = peek(), byte != Self.lineFeed, byte != Self.carriageReturn,
      !startsSeparator(byte)
    {
      bytes.append(byte)
      _ = advance()
    }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }

  private mutating func quotedField() throws(DelimitedFileError) -> String {
    _ = advance()
    var bytes: [UInt8] = []
    while let byte = advance() {
      if byte == Self.quote {
        if peek() != Self.quote {
          try endQuoted(bytes)
          return String(decoding: bytes, as: UTF8.self)
        }
        _ = advance()
        bytes.append(byte)
      } else if hasBackslashEscapes, byte == Self.backslash, let next = peek(),
        next == Self.quote || next == Self.backslash
      {
        _ = advance()
        bytes.append(next)
      } else {
        bytes.append(byte)
      }
    }
    throw .missingEndQuote(position: characters + 1)
  }

  /// Checks what follows the closing quote.
  private mutating func endQuoted(_ field: [UInt8]) throws(DelimitedFileError) {
    guard let byte = peek(), byte != Self.lineFeed, byte != Self.carriageReturn,
      !startsSeparator(byte)
    else { return }
    var text = field + [Self.quote, byte]
    _ = advance()
    while let next = peek(), next & 0xC0 == 0x80 {
      text.append(next)
      _ = advance()
    }
    throw .charactersAfterQuote(
      position: characters, text: String(decoding: text, as: UTF8.self))
  }

  private mutating func startsSeparator(_ byte: UInt8) -> Bool {
    guard byte == separator[0] else { return false }
    for index in separator.indices.dropFirst() where peek(index) != separator[index] {
      return false
    }
    return true
  }

  private mutating func skipSeparator() -> Bool {
    guard let byte = peek(), startsSeparator(byte) else { return false }
    for _ in separator { _ = advance() }
    return true
  }

  private mutating func endLine() {
    if peek() == Self.carriageReturn { _ = advance() }
    if peek() == Self.lineFeed { _ = advance() }
  }

  // MARK: Bytes

  private mutating func peek(_ offset: Int = 0) -> UInt8? {
    while place + offset >= buffer.count {
      guard !isExhausted, let piece = source(), !piece.isEmpty else {
        isExhausted = true
        return nil
      }
      buffer.removeFirst(place)
      place = 0
      buffer.append(contentsOf: piece)
    }
    return buffer[place + offset]
  }

  private mutating func advance() -> UInt8? {
    guard let byte = peek() else { return nil }
    place += 1
    // Bytes that go on with a character do not count.
    if byte & 0xC0 != 0x80 { characters += 1 }
    return byte
  }
}
