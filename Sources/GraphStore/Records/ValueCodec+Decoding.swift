import GraphValues
import KeyValueStore

extension ValueCodec {
  /// Reads back what `append` wrote; a reference to a long value is not followed.
  ///
  /// - Parameters:
  ///   - bytes: The whole encoding.
  ///   - record: Whose it is, for the error.
  /// - Returns: The value.
  /// - Throws: `corrupt`.
  static func decode(_ bytes: RawSpan, record: UInt64) throws(StoreError) -> Value {
    guard let value = decode(bytes) else { throw .corrupt(record: record, expected: "value") }
    return value
  }

  private static func decode(_ bytes: RawSpan) -> Value? {
    guard bytes.byteCount > 0, let tag = Tag(rawValue: bytes.uint8(at: 0)) else { return nil }
    let size = bytes.byteCount - 1
    switch tag {
    case .null: return .null
    case .no: return .boolean(false)
    case .yes: return .boolean(true)
    case .integer: return integer(bytes).map(Value.integer)
    case .float:
      return size == 8 ? .float(Double(bitPattern: bytes.uint64(at: 1))) : nil
    case .string: return bytes.part(1, size).text().map(Value.string)
    case .bytes: return .bytes(bytes.part(1, size).bytes())
    case .list: return list(bytes)
    case .integers: return numbers(bytes) { .integer(Int64(bitPattern: $0)) }
    case .floats: return numbers(bytes) { .float(Double(bitPattern: $0)) }
    case .long: return nil
    case .date, .localTime, .zonedTime, .localDateTime, .zonedDateTime, .duration, .point:
      return structured(bytes, tag, size)
    }
  }

  /// The number of an encoded integer.
  @inline(__always)
  static func integer(_ bytes: RawSpan) -> Int64? {
    switch bytes.byteCount {
    case 2: return Int64(Int8(bitPattern: bytes.uint8(at: 1)))
    case 3: return Int64(Int16(bitPattern: bytes.uint16(at: 1)))
    case 5: return Int64(Int32(bitPattern: bytes.uint32(at: 1)))
    case 9: return Int64(bitPattern: bytes.uint64(at: 1))
    default: return nil
    }
  }

  private static func structured(_ bytes: RawSpan, _ tag: Tag, _ size: Int) -> Value? {
    switch (tag, size) {
    case (.date, 8): return .date(CalendarDate(epochDay: bytes.int64(at: 1)))
    case (.localTime, 8): return .localTime(LocalTime(nanosecondOfDay: bytes.int64(at: 1)))
    case (.zonedTime, 12):
      return .zonedTime(
        ZonedTime(nanosecondOfDay: bytes.int64(at: 1), offsetSeconds: bytes.int32(at: 9)))
    case (.localDateTime, 12):
      return .localDateTime(
        LocalDateTime(epochSecond: bytes.int64(at: 1), nanosecond: bytes.int32(at: 9)))
    case (.zonedDateTime, 16...):
      var zone: String?
      if size > 16 {
        guard let name = bytes.part(17, size - 16).text() else { return nil }
        zone = name
      }
      return .zonedDateTime(
        ZonedDateTime(
          epochSecond: bytes.int64(at: 1), nanosecond: bytes.int32(at: 9),
          offsetSeconds: bytes.int32(at: 13), zoneName: zone))
    case (.duration, 28):
      return .duration(
        DurationValue(
          months: bytes.int64(at: 1), days: bytes.int64(at: 9), seconds: bytes.int64(at: 17),
          nanoseconds: bytes.int32(at: 25)))
    case (.point, 28):
      guard let system = CoordinateReferenceSystem(rawValue: bytes.int32(at: 1)) else { return nil }
      return .point(
        PointValue(
          system: system, x: bytes.double(at: 5), y: bytes.double(at: 13), z: bytes.double(at: 21)))
    default: return nil
    }
  }

  private static func numbers(_ bytes: RawSpan, _ make: (UInt64) -> Value) -> Value? {
    let size = bytes.byteCount - 1
    guard size % 8 == 0 else { return nil }
    var elements: [Value] = []
    elements.reserveCapacity(size / 8)
    for index in 0..<(size / 8) { elements.append(make(bytes.uint64(at: 1 + index * 8))) }
    return .list(elements)
  }

  private static func list(_ bytes: RawSpan) -> Value? {
    guard bytes.byteCount >= 5 else { return nil }
    let count = Int(bytes.uint32(at: 1))
    // Each element takes five bytes at least: a wrong count cannot ask for much memory.
    guard count <= (bytes.byteCount - 5) / 5 else { return nil }
    var elements: [Value] = []
    elements.reserveCapacity(count)
    var offset = 5
    for _ in 0..<count {
      guard bytes.byteCount - offset >= 4 else { return nil }
      let size = Int(bytes.uint32(at: offset))
      offset += 4
      guard size > 0, size <= bytes.byteCount - offset else { return nil }
      let part = bytes.part(offset, size)
      // Lists hold no lists, so this goes one level down.
      guard part.uint8(at: 0) < Tag.list.rawValue, let element = decode(part) else { return nil }
      elements.append(element)
      offset += size
    }
    return offset == bytes.byteCount ? .list(elements) : nil
  }
}

extension RawSpan {
  func int64(at offset: Int) -> Int64 { Int64(bitPattern: uint64(at: offset)) }
  func int32(at offset: Int) -> Int32 { Int32(bitPattern: uint32(at: offset)) }
  func double(at offset: Int) -> Double { Double(bitPattern: uint64(at: offset)) }
}
