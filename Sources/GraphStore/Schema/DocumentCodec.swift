import GraphValues
import KeyValueStore

/// The form of values of any shape, maps too, in which schema rules and catalogue entries are kept.
enum DocumentCodec {
  private static let map: UInt8 = 0xF0
  private static let list: UInt8 = 0xF1
  private static let single: UInt8 = 0xF2
  private static let deepest = 32

  static func encode(_ value: Value) throws(StoreError) -> [UInt8] {
    var buffer = ByteBuffer()
    try append(value, to: &buffer, depth: 0)
    return buffer.bytes.bytes()
  }

  static func decode(_ bytes: RawSpan) throws(StoreError) -> Value {
    guard let value = value(bytes, depth: 0) else {
      throw .corrupt(record: 0, expected: "document")
    }
    return value
  }

  private static func append(_ value: Value, to buffer: inout ByteBuffer, depth: Int)
    throws(StoreError)
  {
    guard depth < deepest else { throw .notStorable(value) }
    switch value {
    case .map(let map):
      buffer.append(Self.map)
      buffer.append(little: UInt32(truncatingIfNeeded: map.count))
      for entry in map.entries {
        let start = buffer.count
        buffer.append(little: UInt32(0))
        buffer.append(entry.key)
        close(&buffer, start)
        try appendSized(entry.value, to: &buffer, depth: depth + 1)
      }
    case .list(let elements):
      buffer.append(list)
      buffer.append(little: UInt32(truncatingIfNeeded: elements.count))
      for element in elements { try appendSized(element, to: &buffer, depth: depth + 1) }
    default:
      buffer.append(single)
      try ValueCodec.append(value, to: &buffer)
    }
  }

  private static func appendSized(_ value: Value, to buffer: inout ByteBuffer, depth: Int)
    throws(StoreError)
  {
    let start = buffer.count
    buffer.append(little: UInt32(0))
    try append(value, to: &buffer, depth: depth)
    close(&buffer, start)
  }

  private static func close(_ buffer: inout ByteBuffer, _ start: Int) {
    buffer.replace(at: start, little: UInt32(truncatingIfNeeded: buffer.count - start - 4))
  }

  private static func value(_ bytes: RawSpan, depth: Int) -> Value? {
    guard depth < deepest, bytes.byteCount > 0 else { return nil }
    switch bytes.uint8(at: 0) {
    case single:
      return try? ValueCodec.decode(bytes.part(1, bytes.byteCount - 1), record: 0)
    case list:
      var place = 5
      guard let count = count(bytes) else { return nil }
      var elements: [Value] = []
      for _ in 0..<count {
        guard let part = part(bytes, &place), let element = value(part, depth: depth + 1) else {
          return nil
        }
        elements.append(element)
      }
      return .list(elements)
    case map:
      var place = 5
      guard let count = count(bytes) else { return nil }
      var entries: [(key: String, value: Value)] = []
      for _ in 0..<count {
        guard let name = part(bytes, &place), let key = name.text(),
          let part = part(bytes, &place), let value = value(part, depth: depth + 1)
        else { return nil }
        entries.append((key, value))
      }
      return .map(MapValue(entries))
    default: return nil
    }
  }

  private static func count(_ bytes: RawSpan) -> Int? {
    guard bytes.byteCount >= 5 else { return nil }
    let count = Int(bytes.uint32(at: 1))
    return count <= (bytes.byteCount - 5) / 4 ? count : nil
  }

  @_lifetime(copy bytes)
  private static func part(_ bytes: RawSpan, _ place: inout Int) -> RawSpan? {
    guard bytes.byteCount - place >= 4 else { return nil }
    let size = Int(bytes.uint32(at: place))
    guard size <= bytes.byteCount - place - 4 else { return nil }
    let part = bytes.part(place + 4, size)
    place += 4 + size
    return part
  }
}
