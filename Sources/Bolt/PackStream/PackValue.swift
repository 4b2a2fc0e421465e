/// A value as it stands on the wire, structures included; keeps the order of a map's keys.
///
/// For tests and for what is not a Cypher value; records are read straight into `Value`.
public indirect enum PackValue: Hashable, Sendable {
  /// `null`.
  case null
  /// A truth value.
  case boolean(Bool)
  /// An integer.
  case integer(Int64)
  /// A float, by its bits.
  case float(bits: UInt64)
  /// A byte array.
  case bytes([UInt8])
  /// A text.
  case string(String)
  /// A list.
  case list([PackValue])
  /// A map's keys and values in turn.
  case map([PackValue])
  /// A structure.
  case structure(tag: UInt8, fields: [PackValue])
}

extension PackStreamReader {
  /// Reads a value as it stands.
  public mutating func readPackValue() throws(PackStreamError) -> PackValue {
    let marker = try readByte()
    switch PackStreamType(marker: marker) {
    case .none: return .null
    case .boolean: return .boolean(marker == PackStreamMarker.true)
    case .integer: return .integer(try integer(marker))
    case .float: return .float(bits: try float(marker).bitPattern)
    case .bytes: return .bytes(try byteArray(marker))
    case .string: return .string(try string(marker))
    case .list: return .list(try packValues(try listCount(marker)))
    case .map: return .map(try packValues(try mapCount(marker) * 2))
    case .structure:
      position -= 1
      let (tag, count) = try readStructureHead()
      return .structure(tag: tag, fields: try packValues(count))
    case .reserved: throw .reservedMarker(marker)
    }
  }

  private mutating func packValues(_ count: Int) throws(PackStreamError) -> [PackValue] {
    try descend()
    defer { depth -= 1 }
    var values: [PackValue] = []
    values.reserveCapacity(min(count, 4096))
    for _ in 0..<count { values.append(try readPackValue()) }
    return values
  }
}

extension PackStreamWriter {
  /// Writes a value as it stood.
  public mutating func write(_ value: PackValue) {
    switch value {
    case .null: writeNull()
    case .boolean(let truth): write(truth)
    case .integer(let number): write(number)
    case .float(let bits): write(Double(bitPattern: bits))
    case .bytes(let bytes): write(bytes: bytes)
    case .string(let text): write(text)
    case .list(let items):
      writeList(count: items.count)
      for item in items { write(item) }
    case .map(let items):
      writeMap(count: items.count / 2)
      for item in items { write(item) }
    case .structure(let tag, let fields):
      writeStructure(tag, count: fields.count)
      for field in fields { write(field) }
    }
  }
}
