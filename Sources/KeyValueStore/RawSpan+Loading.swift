// Loads from bytes of any alignment. Each checks its bounds: reading outside is a programmer's
// mistake, since lengths are checked before.

extension RawSpan {
  @inlinable @inline(__always)
  func checkBounds(_ offset: Int, _ size: Int) {
    precondition(offset >= 0 && offset <= byteCount &- size, "load outside the bytes")
  }

  /// The byte at an offset.
  @inlinable @inline(__always)
  public func uint8(at offset: Int) -> UInt8 {
    checkBounds(offset, 1)
    return unsafe unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
  }

  /// A little-endian number of 16 bits.
  @inlinable @inline(__always)
  public func uint16(at offset: Int) -> UInt16 {
    checkBounds(offset, 2)
    return UInt16(
      littleEndian: unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt16.self))
  }

  /// A little-endian number of 32 bits.
  @inlinable @inline(__always)
  public func uint32(at offset: Int) -> UInt32 {
    checkBounds(offset, 4)
    return UInt32(
      littleEndian: unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt32.self))
  }

  /// A little-endian number of 64 bits.
  @inlinable @inline(__always)
  public func uint64(at offset: Int) -> UInt64 {
    checkBounds(offset, 8)
    return UInt64(
      littleEndian: unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
  }

  /// A big-endian number of 32 bits.
  @inlinable @inline(__always)
  public func bigEndianUInt32(at offset: Int) -> UInt32 { uint32(at: offset).byteSwapped }

  /// A big-endian number of 64 bits.
  @inlinable @inline(__always)
  public func bigEndianUInt64(at offset: Int) -> UInt64 { uint64(at: offset).byteSwapped }

  /// The bytes from an offset on, `count` of them.
  @inlinable @inline(__always)
  @_lifetime(copy self)
  public func part(_ offset: Int, _ count: Int) -> RawSpan {
    precondition(
      offset >= 0 && count >= 0 && offset <= byteCount &- count, "part outside the bytes")
    return unsafe extracting(unchecked: offset..<(offset &+ count))
  }

  /// The bytes as an array.
  public func bytes() -> [UInt8] {
    unsafe withUnsafeBytes { unsafe [UInt8]($0) }
  }

  /// The bytes as text, or `nil` where they are not UTF-8.
  @inlinable public func text() -> String? {
    unsafe withUnsafeBytes { bytes in
      // The general initialiser looks its types up at each call, a third of a scan's time.
      if unsafe bytes.contains(where: { $0 >= 0x80 }) {
        return unsafe String(validating: bytes, as: UTF8.self)
      }
      return unsafe String(unsafeUninitializedCapacity: bytes.count) { buffer in
        unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(from: bytes)
        return bytes.count
      }
    }
  }

  /// Orders bytes as LMDB does: unsigned, a prefix first; negative, zero or positive.
  public func compare(to other: borrowing RawSpan) -> Int {
    let shared = Swift.min(byteCount, other.byteCount)
    var offset = 0
    while offset < shared {
      let left = unsafe unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
      let right = unsafe other.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
      if left != right { return left < right ? -1 : 1 }
      offset &+= 1
    }
    return byteCount == other.byteCount ? 0 : byteCount < other.byteCount ? -1 : 1
  }

  /// Whether these bytes begin with others.
  public func starts(with prefix: borrowing RawSpan) -> Bool {
    guard byteCount >= prefix.byteCount else { return false }
    return part(0, prefix.byteCount).compare(to: prefix) == 0
  }
}
