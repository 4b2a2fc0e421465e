import GraphValues
import KeyValueStore

/// The compact form in which property values are stored.
///
/// A tag byte, then the value; the length comes from around it. Integers take as few of 1, 2, 4 and 8
/// bytes as hold them.
enum ValueCodec {
  enum Tag: UInt8 {
    case null = 0
    case no, yes, integer, float, string, bytes
    case date, localTime, zonedTime, localDateTime, zonedDateTime, duration, point
    case list, integers, floats
    case long
  }

  /// Values whose encoding is longer than this leave the record.
  static let longestInline = 1_024

  static func append(_ value: Value, to buffer: inout ByteBuffer) throws(StoreError) {
    switch value {
    case .null: buffer.append(Tag.null.rawValue)
    case .boolean(let flag): buffer.append(flag ? Tag.yes.rawValue : Tag.no.rawValue)
    case .integer(let number): append(integer: number, to: &buffer)
    case .float(let number):
      buffer.append(Tag.float.rawValue)
      buffer.append(little: number.bitPattern)
    case .string(let text):
      buffer.append(Tag.string.rawValue)
      buffer.append(text)
    case .bytes(let bytes):
      buffer.append(Tag.bytes.rawValue)
      buffer.append(bytes)
    case .list(let elements): try append(list: elements, to: &buffer)
    case .date, .localTime, .zonedTime, .localDateTime, .zonedDateTime, .duration, .point:
      append(structured: value, to: &buffer)
    case .map, .node, .relationship, .path, .nodeRecord, .relationshipRecord, .pathRecord:
      throw .notStorable(value)
    }
  }

  private static func append(integer number: Int64, to buffer: inout ByteBuffer) {
    buffer.append(Tag.integer.rawValue)
    if let small = Int8(exactly: number) {
      buffer.append(UInt8(bitPattern: small))
    } else if let small = Int16(exactly: number) {
      buffer.append(little: UInt16(bitPattern: small))
    } else if let small = Int32(exactly: number) {
      buffer.append(little: UInt32(bitPattern: small))
    } else {
      buffer.append(little: UInt64(bitPattern: number))
    }
  }

  private static func append(structured value: Value, to buffer: inout ByteBuffer) {
    switch value {
    case .date(let date):
      buffer.append(Tag.date.rawValue)
      buffer.append(signed: date.epochDay)
    case .localTime(let time):
      buffer.append(Tag.localTime.rawValue)
      buffer.append(signed: time.nanosecondOfDay)
    case .zonedTime(let time):
      buffer.append(Tag.zonedTime.rawValue)
      buffer.append(signed: time.nanosecondOfDay)
      buffer.append(signed: time.offsetSeconds)
    case .localDateTime(let time):
      buffer.append(Tag.localDateTime.rawValue)
      buffer.append(signed: time.epochSecond)
      buffer.append(signed: time.nanosecond)
    case .zonedDateTime(let time):
      buffer.append(Tag.zonedDateTime.rawValue)
      buffer.append(signed: time.epochSecond)
      buffer.append(signed: time.nanosecond)
      buffer.append(signed: time.offsetSeconds)
      if let zone = time.zoneName { buffer.append(zone) }
    case .duration(let amount):
      buffer.append(Tag.duration.rawValue)
      buffer.append(signed: amount.months)
      buffer.append(signed: amount.days)
      buffer.append(signed: amount.seconds)
      buffer.append(signed: amount.nanoseconds)
    case .point(let point):
      buffer.append(Tag.point.rawValue)
      buffer.append(signed: point.system.rawValue)
      buffer.append(little: point.x.bitPattern)
      buffer.append(little: point.y.bitPattern)
      buffer.append(little: point.z.bitPattern)
    default: break
    }
  }

  // MARK: Lists

  private static func append(list elements: [Value], to buffer: inout ByteBuffer)
    throws(StoreError)
  {
    let kind = try elementKind(elements)
    switch kind {
    case .integer:
      buffer.append(Tag.integers.rawValue)
      for element in elements {
        if case .integer(let number) = element { buffer.append(signed: number) }
      }
    case .float:
      // A list of integers and floats mixed becomes one of floats.
      buffer.append(Tag.floats.rawValue)
      for element in elements {
        switch element {
        case .float(let number): buffer.append(little: number.bitPattern)
        case .integer(let number): buffer.append(little: Double(number).bitPattern)
        default: break
        }
      }
    default:
      buffer.append(Tag.list.rawValue)
      buffer.append(little: UInt32(truncatingIfNeeded: elements.count))
      for element in elements {
        let start = buffer.count
        buffer.append(little: UInt32(0))
        try append(element, to: &buffer)
        buffer.replace(at: start, little: UInt32(truncatingIfNeeded: buffer.count - start - 4))
      }
    }
  }

  /// The one kind of a list's elements; numbers mixed count as floats.
  private static func elementKind(_ elements: [Value]) throws(StoreError) -> PropertyTypeRule
    .Scalar?
  {
    guard let first = elements.first else { return nil }
    guard var kind = PropertyTypeRule.Scalar(first) else { throw .notStorable(.list(elements)) }
    for element in elements {
      guard let other = PropertyTypeRule.Scalar(element) else {
        throw .notStorable(.list(elements))
      }
      if case .point(let point) = element, case .point(let first) = first,
        point.system != first.system
      {
        throw .notStorable(.list(elements))
      }
      if other == kind { continue }
      switch (kind, other) {
      case (.integer, .float), (.float, .integer): kind = .float
      default: throw .notStorable(.list(elements))
      }
    }
    return kind
  }
}

extension PropertyTypeRule.Scalar {
  /// The type of a value, `nil` for those that are no single property value.
  init?(_ value: Value) {
    switch value {
    case .boolean: self = .boolean
    case .integer: self = .integer
    case .float: self = .float
    case .string: self = .string
    case .date: self = .date
    case .localTime: self = .localTime
    case .zonedTime: self = .zonedTime
    case .localDateTime: self = .localDateTime
    case .zonedDateTime: self = .zonedDateTime
    case .duration: self = .duration
    case .point: self = .point
    case .null, .bytes, .list, .map, .node, .relationship, .path, .nodeRecord,
      .relationshipRecord, .pathRecord:
      return nil
    }
  }
}

extension ByteBuffer {
  mutating func append(signed value: Int64) { append(little: UInt64(bitPattern: value)) }
  mutating func append(signed value: Int32) { append(little: UInt32(bitPattern: value)) }
}
