/// Bytes that grow at the end; made once and reused for keys and values.
@safe
public struct ByteBuffer: ~Copyable {
  @usableFromInline var base: UnsafeMutableRawPointer
  @usableFromInline var capacity: Int
  /// How many bytes there are.
  public private(set) var count: Int

  /// Makes an empty buffer; memory comes with the first byte.
  public init() {
    capacity = 0
    unsafe base = Self.nothing
    count = 0
  }

  deinit { if capacity > 0 { unsafe base.deallocate() } }

  // Safe: never written, since a buffer without capacity reserves before it writes.
  nonisolated(unsafe) private static let nothing = UnsafeMutableRawPointer.allocate(
    byteCount: 16, alignment: 16)

  /// The bytes, until the buffer changes.
  public var bytes: RawSpan {
    @_lifetime(borrow self) get {
      let span = unsafe RawSpan(_unsafeStart: base, byteCount: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// Drops all bytes, keeps the memory.
  public mutating func removeAll() { count = 0 }

  /// Drops bytes at the end.
  public mutating func truncate(to count: Int) {
    precondition(count >= 0 && count <= self.count)
    self.count = count
  }

  /// Makes room for more bytes behind those that are there.
  public mutating func reserve(_ more: Int) {
    guard count &+ more > capacity else { return }
    let grown = max(count + more, capacity * 2, 64)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: grown, alignment: 16)
    unsafe memory.copyMemory(from: base, byteCount: count)
    if capacity > 0 { unsafe base.deallocate() }
    unsafe base = memory
    capacity = grown
  }

  private mutating func store<T: BitwiseCopyable>(_ value: T) {
    reserve(MemoryLayout<T>.size)
    unsafe base.storeBytes(of: value, toByteOffset: count, as: T.self)
    count &+= MemoryLayout<T>.size
  }

  /// Appends a byte.
  public mutating func append(_ byte: UInt8) { store(byte) }
  /// Appends a number, low byte first.
  public mutating func append(little value: UInt16) { store(value.littleEndian) }
  /// Appends a number, low byte first.
  public mutating func append(little value: UInt32) { store(value.littleEndian) }
  /// Appends a number, low byte first.
  public mutating func append(little value: UInt64) { store(value.littleEndian) }
  /// Appends a number, high byte first, so that bytes order as numbers do.
  public mutating func append(big value: UInt16) { store(value.bigEndian) }
  /// Appends a number, high byte first, so that bytes order as numbers do.
  public mutating func append(big value: UInt32) { store(value.bigEndian) }
  /// Appends a number, high byte first, so that bytes order as numbers do.
  public mutating func append(big value: UInt64) { store(value.bigEndian) }

  /// Replaces eight bytes that are there, low byte first.
  public mutating func replace(at offset: Int, little value: UInt64) {
    precondition(offset >= 0 && offset &+ 8 <= count)
    unsafe base.storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt64.self)
  }

  /// Replaces four bytes that are there, low byte first.
  public mutating func replace(at offset: Int, little value: UInt32) {
    precondition(offset >= 0 && offset &+ 4 <= count)
    unsafe base.storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt32.self)
  }

  /// Replaces two bytes that are there, low byte first.
  public mutating func replace(at offset: Int, little value: UInt16) {
    precondition(offset >= 0 && offset &+ 2 <= count)
    unsafe base.storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt16.self)
  }

  /// Replaces a byte that is there.
  public mutating func replace(at offset: Int, _ value: UInt8) {
    precondition(offset >= 0 && offset < count)
    unsafe base.storeBytes(of: value, toByteOffset: offset, as: UInt8.self)
  }

  /// Appends bytes.
  public mutating func append(_ bytes: RawSpan) {
    let added = bytes.byteCount
    guard added > 0 else { return }
    reserve(added)
    unsafe bytes.withUnsafeBytes { source in
      unsafe (base + count).copyMemory(
        from: source.baseAddress ?? UnsafeRawPointer(base), byteCount: added)
    }
    count &+= added
  }

  /// Appends the bytes of another buffer.
  public mutating func append(contentsOf other: borrowing ByteBuffer) {
    reserve(other.count)
    unsafe (base + count).copyMemory(from: other.base, byteCount: other.count)
    count &+= other.count
  }

  /// Appends bytes.
  public mutating func append(_ bytes: [UInt8]) {
    reserve(bytes.count)
    unsafe bytes.withUnsafeBytes { source in
      if let start = source.baseAddress {
        unsafe (base + count).copyMemory(from: start, byteCount: source.count)
      }
    }
    count &+= bytes.count
  }

  /// Appends the UTF-8 of a text.
  public mutating func append(_ text: String) {
    var text = text
    let added: Int = text.withUTF8 { source in
      reserve(source.count)
      if let start = source.baseAddress {
        unsafe (base + count).copyMemory(from: start, byteCount: source.count)
      }
      return source.count
    }
    count &+= added
  }

  /// Appends zero bytes.
  public mutating func appendZeros(_ added: Int) {
    guard added > 0 else { return }
    reserve(added)
    unsafe (base + count).initializeMemory(as: UInt8.self, repeating: 0, count: added)
    count &+= added
  }

  /// Inserts a number, low byte first, and moves what lies behind.
  public mutating func insert(at offset: Int, little value: UInt64) {
    precondition(offset >= 0 && offset <= count)
    reserve(8)
    let place = unsafe base + offset
    unsafe (place + 8).copyMemory(from: place, byteCount: count - offset)
    unsafe place.storeBytes(of: value.littleEndian, as: UInt64.self)
    count &+= 8
  }

  /// Inserts a number of 16 bits, low byte first, and moves what lies behind.
  public mutating func insert(at offset: Int, little value: UInt16) {
    precondition(offset >= 0 && offset <= count)
    reserve(2)
    let place = unsafe base + offset
    unsafe (place + 2).copyMemory(from: place, byteCount: count - offset)
    unsafe place.storeBytes(of: value.littleEndian, as: UInt16.self)
    count &+= 2
  }

  /// Removes bytes and moves up what lies behind.
  public mutating func remove(at offset: Int, count removed: Int) {
    precondition(offset >= 0 && removed >= 0 && offset &+ removed <= count)
    let place = unsafe base + offset
    unsafe place.copyMemory(from: place + removed, byteCount: count - offset - removed)
    count &-= removed
  }
}
