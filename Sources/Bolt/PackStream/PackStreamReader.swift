public import GraphValues

/// How strictly values are read, and what is known while reading.
public struct PackStreamReading: Sendable {
  /// How values are written.
  public var dialect: PackStreamDialect
  /// Whether a client's message is read.
  ///
  /// Then texts must be UTF-8, keys unique, entities are refused, and nothing may be unknown. Replies
  /// are read with tolerance, a cell that cannot be shown becoming a placeholder.
  public var isRequest: Bool
  /// Whether a null behind each point belongs to nothing, as FalkorDB writes it.
  public var skipsNullBehindPoints = false
  /// Offsets of named time zones.
  public var zones: any ZoneRules
  /// How deep containers may lie inside each other.
  public var maximumDepth: Int

  /// Makes rules of reading.
  public init(
    _ dialect: PackStreamDialect, isRequest: Bool, zones: any ZoneRules, maximumDepth: Int = 256
  ) {
    self.dialect = dialect
    self.isRequest = isRequest
    self.zones = zones
    self.maximumDepth = maximumDepth
  }
}

/// Reads values one behind the other from one message's bytes.
///
/// Every length is held against the bytes that are left before anything is allocated.
public struct PackStreamReader {
  let bytes: [UInt8]
  let end: Int
  let rules: PackStreamReading
  /// Where the next value begins.
  public internal(set) var position: Int
  var depth = 0

  /// Makes a reader of a part of a buffer.
  ///
  /// - Parameters:
  ///   - bytes: A buffer; it is not copied, and must not be changed while the reader is in use, or it
  ///     will be.
  ///   - range: The message within it; cut off at the buffer's end.
  ///   - rules: How to read.
  public init(_ bytes: [UInt8], _ range: Range<Int>, _ rules: PackStreamReading) {
    self.bytes = bytes
    self.rules = rules
    let within = range.clamped(to: 0..<bytes.count)
    position = within.lowerBound
    end = within.upperBound
  }

  /// Whether all bytes are read.
  public var isAtEnd: Bool { position >= end }

  /// How many bytes are left.
  var left: Int { end - position }

  // MARK: Heads

  /// The kind of the next value, which stays where it is.
  public func nextType() throws(PackStreamError) -> PackStreamType {
    guard position < end else { throw .truncated }
    return PackStreamType(marker: bytes[position])
  }

  /// Reads a structure's head: its tag and how many fields follow.
  public mutating func readStructureHead() throws(PackStreamError) -> (tag: UInt8, count: Int) {
    let marker = try readByte()
    guard marker & 0xF0 == 0xB0 else { throw unexpected(.structure, marker) }
    let tag = try readByte()
    let count = Int(marker & 0x0F)
    guard count <= left else { throw .truncated }
    return (tag, count)
  }

  /// Reads a list's head: how many items follow, never more than there are bytes.
  public mutating func readListHead() throws(PackStreamError) -> Int {
    let marker = try readByte()
    return try listCount(marker)
  }

  /// Reads a map's head: how many entries follow, never more than the bytes could hold.
  public mutating func readMapHead() throws(PackStreamError) -> Int {
    let marker = try readByte()
    return try mapCount(marker)
  }

  mutating func listCount(_ marker: UInt8) throws(PackStreamError) -> Int {
    let count: Int
    switch marker {
    case 0x90...0x9F: count = Int(marker & 0x0F)
    case PackStreamMarker.list8: count = try readLength(1)
    case PackStreamMarker.list16: count = try readLength(2)
    case PackStreamMarker.list32: count = try readLength(4)
    default: throw unexpected(.list, marker)
    }
    guard count <= left else { throw .truncated }
    return count
  }

  mutating func mapCount(_ marker: UInt8) throws(PackStreamError) -> Int {
    let count: Int
    switch marker {
    case 0xA0...0xAF: count = Int(marker & 0x0F)
    case PackStreamMarker.map8: count = try readLength(1)
    case PackStreamMarker.map16: count = try readLength(2)
    case PackStreamMarker.map32: count = try readLength(4)
    default: throw unexpected(.map, marker)
    }
    guard count <= left / 2 else { throw .truncated }
    return count
  }

  // MARK: Scalars

  /// Reads an integer of any width.
  public mutating func readInteger() throws(PackStreamError) -> Int64 {
    let marker = try readByte()
    return try integer(marker)
  }

  /// Reads a text.
  public mutating func readString() throws(PackStreamError) -> String {
    let marker = try readByte()
    return try string(marker)
  }

  mutating func integer(_ marker: UInt8) throws(PackStreamError) -> Int64 {
    switch marker {
    case 0x00...0x7F, 0xF0...0xFF: Int64(Int8(bitPattern: marker))
    case PackStreamMarker.integer8: Int64(Int8(truncatingIfNeeded: try readBigEndian(1)))
    case PackStreamMarker.integer16: Int64(Int16(truncatingIfNeeded: try readBigEndian(2)))
    case PackStreamMarker.integer32: Int64(Int32(truncatingIfNeeded: try readBigEndian(4)))
    case PackStreamMarker.integer64: Int64(bitPattern: try readBigEndian(8))
    default: throw unexpected(.integer, marker)
    }
  }

  mutating func float(_ marker: UInt8) throws(PackStreamError) -> Double {
    guard marker == PackStreamMarker.float else { throw unexpected(.float, marker) }
    return Double(bitPattern: try readBigEndian(8))
  }

  mutating func string(_ marker: UInt8) throws(PackStreamError) -> String {
    let count: Int
    switch marker {
    case 0x80...0x8F: count = Int(marker & 0x0F)
    case PackStreamMarker.string8: count = try readLength(1)
    case PackStreamMarker.string16: count = try readLength(2)
    case PackStreamMarker.string32: count = try readLength(4)
    default: throw unexpected(.string, marker)
    }
    let range = try take(count)
    guard rules.isRequest else { return String(decoding: bytes[range], as: UTF8.self) }
    guard let text = String(validating: bytes[range], as: UTF8.self) else { throw .invalidUTF8 }
    return text
  }

  mutating func byteArray(_ marker: UInt8) throws(PackStreamError) -> [UInt8] {
    let count: Int
    switch marker {
    case PackStreamMarker.bytes8: count = try readLength(1)
    case PackStreamMarker.bytes16: count = try readLength(2)
    case PackStreamMarker.bytes32: count = try readLength(4)
    default: throw unexpected(.bytes, marker)
    }
    return Array(bytes[try take(count)])
  }

  // MARK: Bytes

  mutating func readByte() throws(PackStreamError) -> UInt8 {
    guard position < end else { throw .truncated }
    defer { position += 1 }
    return bytes[position]
  }

  /// A length of 1, 2 or 4 bytes; beyond 2^31 - 1 there are never bytes enough.
  private mutating func readLength(_ width: Int) throws(PackStreamError) -> Int {
    Int(try readBigEndian(width))
  }

  private mutating func readBigEndian(_ width: Int) throws(PackStreamError) -> UInt64 {
    guard width <= left else { throw .truncated }
    var value: UInt64 = 0
    for place in position..<position + width { value = value << 8 | UInt64(bytes[place]) }
    position += width
    return value
  }

  private mutating func take(_ count: Int) throws(PackStreamError) -> Range<Int> {
    guard count <= left else { throw .truncated }
    defer { position += count }
    return position..<position + count
  }

  func unexpected(_ expected: PackStreamType, _ marker: UInt8) -> PackStreamError {
    let found = PackStreamType(marker: marker)
    if found == .reserved { return .reservedMarker(marker) }
    return .unexpected(expected: expected, found: found, marker: marker)
  }
}
