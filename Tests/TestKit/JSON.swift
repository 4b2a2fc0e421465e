/// A JSON value that tells whole numbers from others.
public indirect enum JSON: Equatable, Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case boolean(Bool)
  /// A number without a fraction.
  case integer(Int64)
  /// Any other number.
  case float(Double)
  /// A text.
  case string(String)
  /// A list.
  case array([JSON])
  /// Values by their keys; of a key that stands there twice the last.
  case object([String: JSON])

  /// The value under a key; `nil` where this is no object.
  public subscript(key: String) -> JSON? {
    if case .object(let entries) = self { entries[key] } else { nil }
  }

  /// The text; `nil` for anything else.
  public var text: String? { if case .string(let text) = self { text } else { nil } }
  /// The list; `nil` for anything else.
  public var array: [JSON]? { if case .array(let values) = self { values } else { nil } }
  /// The object; `nil` for anything else.
  public var object: [String: JSON]? {
    if case .object(let entries) = self { entries } else { nil }
  }
  /// Whether it is `true`.
  public var isTrue: Bool { self == .boolean(true) }
}

/// Reads one JSON text.
public struct JSONReader {
  /// The text is no JSON.
  public struct Malformed: Error {
    /// Where, in bytes.
    public let offset: Int
  }

  private let bytes: [UInt8]
  private var at = 0

  private init(_ text: String) { bytes = Array(text.utf8) }

  /// Reads a text; what stands behind the value is not looked at.
  public static func read(_ text: String) throws(Malformed) -> JSON {
    var reader = JSONReader(text)
    return try reader.value()
  }

  private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipBlanks() {
    while let byte = next, byte == 32 || byte == 9 || byte == 10 || byte == 13 { at += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard next == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(Malformed) {
    guard take(character) else { throw Malformed(offset: at) }
  }

  private mutating func value() throws(Malformed) -> JSON {
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(_ word: String, _ value: JSON) throws(Malformed) -> JSON {
    guard bytes[at...].starts(with: word.utf8) else { throw Malformed(offset: at) }
    at += word.utf8.count
    return value
  }

  private mutating func number() throws(Malformed) -> JSON {
    let start = at
    while let byte = next, "+-.0123456789eE".utf8.contains(byte) { at += 1 }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    if let integer = Int64(text) { return .integer(integer) }
    guard let float = Double(text) else { throw Malformed(offset: start) }
    return .float(float)
  }

  private mutating func array() throws(Malformed) -> JSON {
    try expect("[")
    var values: [JSON] = []
    if take("]") { return .array([]) }
    repeat { values.append(try value()) } while take(",")
    try expect("]")
    return .array(values)
  }

  private mutating func object() throws(Malformed) -> JSON {
    try expect("{")
    var entries: [String: JSON] = [:]
    if take("}") { return .object([:]) }
    repeat {
      skipBlanks()
      let key = try string()
      try expect(":")
      entries[key] = try value()
    } while take(",")
    try expect("}")
    return .object(entries)
  }

  private mutating func string() throws(Malformed) -> String {
    try expect("\"")
    var units: [UInt8] = []
    while let byte = next {
      at += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: units, as: UTF8.self)
      case UInt8(ascii: "\\"): try appendEscape(to: &units)
      default: units.append(byte)
      }
    }
    throw Malformed(offset: at)
  }

  private mutating func appendEscape(to units: inout [UInt8]) throws(Malformed) {
    guard let byte = next else { throw Malformed(offset: at) }
    at += 1
    switch byte {
    case UInt8(ascii: "n"): units.append(10)
    case UInt8(ascii: "t"): units.append(9)
    case UInt8(ascii: "r"): units.append(13)
    case UInt8(ascii: "b"): units.append(8)
    case UInt8(ascii: "f"): units.append(12)
    case UInt8(ascii: "u"):
      var pair = [try hexadecimal()]
      if UTF16.isLeadSurrogate(pair[0]), bytes[at...].starts(with: "\\u".utf8) {
        at += 2
        pair.append(try hexadecimal())
      }
      units.append(contentsOf: String(decoding: pair, as: UTF16.self).utf8)
    default: units.append(byte)
    }
  }

  private mutating func hexadecimal() throws(Malformed) -> UInt16 {
    guard at + 4 <= bytes.count,
      let unit = UInt16(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
    else { throw Malformed(offset: at) }
    at += 4
    return unit
  }
}
