/// Writes values behind each other into a buffer of its own.
public struct PackStreamWriter: Sendable {
  /// What is written so far.
  public internal(set) var bytes: [UInt8] = []
  /// How values are written.
  public var dialect: PackStreamDialect

  /// Makes a writer with an empty buffer.
  public init(_ dialect: PackStreamDialect) { self.dialect = dialect }

  /// Takes what is written and starts anew.
  public mutating func take() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  /// Appends bytes that are written already.
  public mutating func append(raw: some Sequence<UInt8>) { bytes.append(contentsOf: raw) }

  // MARK: Scalars

  /// Writes `null`.
  public mutating func writeNull() { bytes.append(PackStreamMarker.null) }

  /// Writes a truth value.
  public mutating func write(_ value: Bool) {
    bytes.append(value ? PackStreamMarker.true : PackStreamMarker.false)
  }

  /// Writes an integer in its smallest form.
  public mutating func write(_ value: Int64) {
    switch value {
    case -16...127: bytes.append(UInt8(truncatingIfNeeded: value))
    case -128 ... -17:
      bytes.append(PackStreamMarker.integer8)
      bytes.append(UInt8(truncatingIfNeeded: value))
    case -32768...32767:
      bytes.append(PackStreamMarker.integer16)
      appendBigEndian(UInt64(truncatingIfNeeded: value), 2)
    case -2_147_483_648...2_147_483_647:
      bytes.append(PackStreamMarker.integer32)
      appendBigEndian(UInt64(truncatingIfNeeded: value), 4)
    default:
      bytes.append(PackStreamMarker.integer64)
      appendBigEndian(UInt64(bitPattern: value), 8)
    }
  }

  /// Writes a float.
  public mutating func write(_ value: Double) {
    bytes.append(PackStreamMarker.float)
    appendBigEndian(value.isNaN ? 0x7FF8_0000_0000_0000 : value.bitPattern, 8)
  }

  /// Writes a text.
  public mutating func write(_ text: String) {
    var text = text
    text.makeContiguousUTF8()
    writeLength(
      text.utf8.count, tiny: 0x80, PackStreamMarker.string8, PackStreamMarker.string16,
      PackStreamMarker.string32)
    bytes.append(contentsOf: text.utf8)
  }

  /// Writes a byte array, which has no tiny form.
  public mutating func write(bytes value: [UInt8]) {
    writeLength(
      value.count, tiny: nil, PackStreamMarker.bytes8, PackStreamMarker.bytes16,
      PackStreamMarker.bytes32)
    bytes.append(contentsOf: value)
  }

  // MARK: Containers

  /// Writes the head of a list; its items follow.
  public mutating func writeList(count: Int) {
    writeLength(
      count, tiny: 0x90, PackStreamMarker.list8, PackStreamMarker.list16, PackStreamMarker.list32)
  }

  /// Writes the head of a map; keys and values follow in turn.
  public mutating func writeMap(count: Int) {
    writeLength(
      count, tiny: 0xA0, PackStreamMarker.map8, PackStreamMarker.map16, PackStreamMarker.map32)
  }

  /// Writes the head of a structure; its fields follow.
  ///
  /// - Parameters:
  ///   - tag: Below 128.
  ///   - count: At most 15.
  public mutating func writeStructure(_ tag: UInt8, count: Int) {
    bytes.append(0xB0 | UInt8(truncatingIfNeeded: count & 0x0F))
    bytes.append(tag)
  }

  // MARK: Parts

  private mutating func writeLength(
    _ count: Int, tiny: UInt8?, _ marker8: UInt8, _ marker16: UInt8, _ marker32: UInt8
  ) {
    switch count {
    case 0...15 where tiny != nil: bytes.append((tiny ?? 0) | UInt8(truncatingIfNeeded: count))
    case 0...255:
      bytes.append(marker8)
      bytes.append(UInt8(truncatingIfNeeded: count))
    case 0...65535:
      bytes.append(marker16)
      appendBigEndian(UInt64(count), 2)
    default:
      bytes.append(marker32)
      appendBigEndian(UInt64(count), 4)
    }
  }

  private mutating func appendBigEndian(_ value: UInt64, _ count: Int) {
    var shift = (count - 1) * 8
    while shift >= 0 {
      bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
      shift -= 8
    }
  }
}
