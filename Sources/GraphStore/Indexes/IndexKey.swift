import GraphValues
import KeyValueStore

/// The order-preserving form of values in the keys of property indexes.
///
/// Bytes compare as the language orders values; INTEGER and FLOAT compare by number. Each value's form
/// ends by itself, so that one key is a prefix of another only where the values are equal.
enum IndexKey {
  /// First bytes, in ascending order of types; 0 ends a list.
  enum Kind: UInt8 {
    case list = 0x10
    case bytes = 0x14
    case point = 0x18
    case zonedDateTime = 0x20
    case localDateTime = 0x24
    case date = 0x28
    case zonedTime = 0x2C
    case localTime = 0x30
    case duration = 0x34
    case string = 0x40
    case boolean = 0x50
    case number = 0x60
  }

  /// The most bytes of values in a key; LMDB's keys have 511, of which index and entity take 12.
  static let limit = 499

  /// Appends a value's form.
  ///
  /// - Returns: `false` for values that no index holds.
  static func append(_ value: Value, to buffer: inout ByteBuffer) -> Bool {
    switch value {
    case .boolean(let flag):
      buffer.append(Kind.boolean.rawValue)
      buffer.append(flag ? 1 : 0)
    case .integer(let number): append(number: number, to: &buffer)
    case .float(let number): append(number: number, to: &buffer)
    case .string(let text):
      buffer.append(Kind.string.rawValue)
      append(text: text, to: &buffer)
      buffer.append(0)
    case .bytes(let bytes):
      buffer.append(Kind.bytes.rawValue)
      append(escaped: bytes, to: &buffer)
      buffer.append(0)
    case .list(let elements):
      buffer.append(Kind.list.rawValue)
      for element in elements {
        guard append(element, to: &buffer) else { return false }
      }
      buffer.append(0)
    case .date, .localTime, .zonedTime, .localDateTime, .zonedDateTime, .duration, .point:
      append(structured: value, to: &buffer)
    case .null, .map, .node, .relationship, .path, .nodeRecord, .relationshipRecord, .pathRecord:
      return false
    }
    return true
  }

  // MARK: Numbers

  /// The double nearest to the integer, then how far the integer lies from it.
  private static func append(number: Int64, to buffer: inout ByteBuffer) {
    let nearest = Double(number)
    buffer.append(Kind.number.rawValue)
    buffer.append(big: ordered(nearest))
    // At most 512 off, since neighbours below 2^63 lie 1,024 apart.
    let distance = Int128(number) - Int128(nearest)
    buffer.append(big: UInt16(truncatingIfNeeded: 0x8000 + distance))
  }

  private static func append(number: Double, to buffer: inout ByteBuffer) {
    buffer.append(Kind.number.rawValue)
    buffer.append(big: ordered(number))
    buffer.append(big: UInt16(0x8000))
  }

  /// A double's bits so that they order as numbers; -0 is 0, NaN comes last.
  private static func ordered(_ number: Double) -> UInt64 {
    if number.isNaN { return .max }
    let bits = (number == 0 ? 0.0 : number).bitPattern
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
  }

  /// A signed number's bits so that they order as numbers.
  private static func ordered(_ number: Int64) -> UInt64 { UInt64(bitPattern: number) ^ 1 << 63 }
  private static func ordered(_ number: Int32) -> UInt32 { UInt32(bitPattern: number) ^ 1 << 31 }

  // MARK: Text

  /// Appends a text's UTF-8 without an end; bytes order as code points do.
  ///
  /// 0 becomes 1 1, and 1 becomes 1 2, so that 0 is an end which no text holds.
  static func append(text: String, to buffer: inout ByteBuffer) {
    let start = buffer.count
    buffer.append(text)
    guard needsEscapes(buffer.bytes, from: start) else { return }
    buffer.truncate(to: start)
    append(escaped: Array(text.utf8), to: &buffer)
  }

  private static func needsEscapes(_ bytes: RawSpan, from start: Int) -> Bool {
    var offset = start
    while offset < bytes.byteCount {
      if bytes.uint8(at: offset) <= 1 { return true }
      offset &+= 1
    }
    return false
  }

  private static func append(escaped bytes: [UInt8], to buffer: inout ByteBuffer) {
    for byte in bytes {
      if byte <= 1 {
        buffer.append(1)
        buffer.append(byte + 1)
      } else {
        buffer.append(byte)
      }
    }
  }

  // MARK: Instants, durations, points

  private static func append(structured value: Value, to buffer: inout ByteBuffer) {
    switch value {
    case .date(let date):
      buffer.append(Kind.date.rawValue)
      buffer.append(big: ordered(date.epochDay))
    case .localTime(let time):
      buffer.append(Kind.localTime.rawValue)
      buffer.append(big: ordered(time.nanosecondOfDay))
    case .zonedTime(let time):
      buffer.append(Kind.zonedTime.rawValue)
      let instant = time.nanosecondOfDay &- Int64(time.offsetSeconds) &* 1_000_000_000
      buffer.append(big: ordered(instant))
      buffer.append(big: ordered(time.offsetSeconds))
    case .localDateTime(let time):
      buffer.append(Kind.localDateTime.rawValue)
      buffer.append(big: ordered(time.epochSecond))
      buffer.append(big: ordered(time.nanosecond))
    case .zonedDateTime(let time):
      buffer.append(Kind.zonedDateTime.rawValue)
      buffer.append(big: ordered(time.epochSecond))
      buffer.append(big: ordered(time.nanosecond))
      buffer.append(big: ordered(time.offsetSeconds))
      append(text: time.zoneName ?? "", to: &buffer)
      buffer.append(0)
    case .duration(let amount): append(duration: amount, to: &buffer)
    case .point(let point):
      buffer.append(Kind.point.rawValue)
      buffer.append(big: ordered(point.system.rawValue))
      buffer.append(big: ordered(point.x))
      buffer.append(big: ordered(point.y))
      buffer.append(big: ordered(point.z))
    default: break
    }
  }

  /// Average length first (a month has 2,629,746 s, a day 86,400 s), then the parts.
  private static func append(duration: DurationValue, to buffer: inout ByteBuffer) {
    buffer.append(Kind.duration.rawValue)
    let seconds =
      Int128(duration.months) * 2_629_746 + Int128(duration.days) * 86_400
      + Int128(duration.seconds)
    buffer.append(big: UInt64(truncatingIfNeeded: seconds >> 64) ^ 1 << 63)
    buffer.append(big: UInt64(truncatingIfNeeded: seconds))
    buffer.append(big: ordered(duration.nanoseconds))
    buffer.append(big: ordered(duration.months))
    buffer.append(big: ordered(duration.days))
    buffer.append(big: ordered(duration.seconds))
  }
}

/// A part of an index, as a range of the bytes of values.
struct IndexRange: Sendable {
  /// Values from here on.
  var lower: [UInt8]
  /// Values below this; empty for all.
  var upper: [UInt8]

  /// The range of a predicate; `nil` when it selects nothing.
  static func of(_ predicate: IndexPredicate) -> IndexRange? {
    var buffer = ByteBuffer()
    switch predicate {
    case .equal(let values):
      guard append(values, to: &buffer) else { return nil }
      return starting(buffer)
    case .strings(let prefix):
      guard append(prefix, to: &buffer) else { return nil }
      buffer.append(IndexKey.Kind.string.rawValue)
      return starting(buffer)
    case .startsWith(let prefix, let text):
      guard append(prefix, to: &buffer) else { return nil }
      buffer.append(IndexKey.Kind.string.rawValue)
      IndexKey.append(text: text, to: &buffer)
      return starting(buffer)
    case .range(let prefix, let lower, let upper):
      guard append(prefix, to: &buffer) else { return nil }
      return range(prefix: buffer.bytes.bytes(), lower, upper)
    }
  }

  private static func append(_ values: [Value], to buffer: inout ByteBuffer) -> Bool {
    for value in values {
      if case .float(let number) = value, number.isNaN { return false }
      guard IndexKey.append(value, to: &buffer) else { return false }
    }
    return true
  }

  private static func starting(_ buffer: borrowing ByteBuffer) -> IndexRange {
    let lower = buffer.bytes.bytes()
    return IndexRange(lower: lower, upper: successor(of: lower))
  }

  /// The least bytes above all that start with these; empty when there are none.
  static func successor(of bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    while let last = bytes.popLast() {
      if last < 255 {
        bytes.append(last + 1)
        return bytes
      }
    }
    return []
  }

  private static func range(prefix: [UInt8], _ lower: IndexBound?, _ upper: IndexBound?)
    -> IndexRange?
  {
    guard let kind = kind(of: lower ?? upper) else { return nil }
    if let lower, let upper, kind != Self.kind(of: upper) || lower.value.isNull { return nil }
    // Nothing is below or above a duration or a point; lists compare element by element, with nulls,
    // so that the caller must look at each.
    if kind == .duration || kind == .point { return nil }
    let whole = prefix + [kind.rawValue]
    var range = IndexRange(lower: whole, upper: successor(of: whole))
    if kind == .number { range.upper = whole + Array(repeating: 255, count: 8) }
    if kind == .list { return range }
    if let lower {
      guard let bytes = encoded(prefix, lower.value) else { return nil }
      range.lower = lower.isInclusive ? bytes : successor(of: bytes)
    }
    if let upper {
      guard let bytes = encoded(prefix, upper.value) else { return nil }
      range.upper = upper.isInclusive ? successor(of: bytes) : bytes
    }
    return range
  }

  private static func kind(of bound: IndexBound?) -> IndexKey.Kind? {
    guard let bound, let bytes = encoded([], bound.value), let first = bytes.first else {
      return nil
    }
    return IndexKey.Kind(rawValue: first)
  }

  private static func encoded(_ prefix: [UInt8], _ value: Value) -> [UInt8]? {
    var buffer = ByteBuffer()
    buffer.append(prefix)
    guard append([value], to: &buffer) else { return nil }
    return buffer.bytes.bytes()
  }
}

extension IndexBound {
  var value: Value {
    switch self {
    case .inclusive(let value), .exclusive(let value): value
    }
  }

  var isInclusive: Bool { if case .inclusive = self { true } else { false } }
}
