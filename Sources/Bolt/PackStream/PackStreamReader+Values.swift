public import GraphValues

extension PackStreamReader {
  /// Reads any value.
  public mutating func readValue() throws(PackStreamError) -> Value {
    let marker = try readByte()
    switch PackStreamType(marker: marker) {
    case .integer: return .integer(try integer(marker))
    case .string: return .string(try string(marker))
    case .none: return .null
    case .boolean: return .boolean(marker == PackStreamMarker.true)
    case .float: return .float(try float(marker))
    case .bytes: return .bytes(try byteArray(marker))
    case .list: return .list(try list(marker))
    case .map: return .map(try map(marker))
    case .structure:
      position -= 1
      return try structure()
    case .reserved where marker == PackStreamMarker.uuid && rules.dialect.version.hasUUIDs:
      return .string(try uuidText())
    case .reserved: throw .reservedMarker(marker)
    }
  }

  /// A UUID, which is held as its text.
  private mutating func uuidText() throws(PackStreamError) -> String {
    var text = ""
    for place in 0..<16 {
      if [4, 6, 8, 10].contains(place) { text += "-" }
      let byte = try readByte()
      text += String(byte >> 4, radix: 16) + String(byte & 0x0F, radix: 16)
    }
    return text
  }

  /// Reads a map.
  public mutating func readMap() throws(PackStreamError) -> MapValue {
    let marker = try readByte()
    return try map(marker)
  }

  /// Reads a list's items.
  public mutating func readList() throws(PackStreamError) -> [Value] {
    let marker = try readByte()
    return try list(marker)
  }

  private mutating func list(_ marker: UInt8) throws(PackStreamError) -> [Value] {
    let count = try listCount(marker)
    try descend()
    defer { depth -= 1 }
    var items: [Value] = []
    items.reserveCapacity(min(count, 4096))
    for _ in 0..<count { items.append(try readValue()) }
    return items
  }

  private mutating func map(_ marker: UInt8) throws(PackStreamError) -> MapValue {
    let count = try mapCount(marker)
    try descend()
    defer { depth -= 1 }
    var entries: [(key: String, value: Value)] = []
    entries.reserveCapacity(min(count, 4096))
    for _ in 0..<count {
      let keyMarker = try readByte()
      guard PackStreamType(marker: keyMarker) == .string else { throw .keyNotText }
      entries.append((try string(keyMarker), try readValue()))
    }
    let map = MapValue(entries)
    if rules.isRequest, map.count < count { throw .duplicateKey(repeated(entries)) }
    return map
  }

  private func repeated(_ entries: [(key: String, value: Value)]) -> String {
    var seen: Set<String> = []
    return entries.first { !seen.insert($0.key).inserted }?.key ?? ""
  }

  mutating func descend() throws(PackStreamError) {
    guard depth < rules.maximumDepth else { throw .tooDeep(limit: rules.maximumDepth) }
    depth += 1
  }

  // MARK: Structures

  private mutating func structure() throws(PackStreamError) -> Value {
    let (tag, count) = try readStructureHead()
    try descend()
    defer { depth -= 1 }
    let fields = position
    do {
      return try structure(tag, count)
    } catch  where !rules.isRequest && error.concernsOneValue {
      // A client shows the other values of the record; skipping does not look into what it skips.
      position = fields
      for _ in 0..<count { try skipValue() }
      return .string("<invalid \(Self.hex(tag))>")
    }
  }

  private mutating func structure(_ tag: UInt8, _ count: Int) throws(PackStreamError) -> Value {
    switch tag {
    case StructureTag.node, StructureTag.relationship, StructureTag.unboundRelationship,
      StructureTag.path:
      guard !rules.isRequest else { throw .entity(tag: tag) }
      return try entity(tag, count)
    case StructureTag.vector, StructureTag.unsupported:
      return try placeholder(tag, count)
    default:
      if let value = try temporalOrSpatial(tag, count) { return value }
      return try placeholder(tag, count)
    }
  }

  /// A value that cannot be held: what stands in its place in a reply.
  private mutating func placeholder(_ tag: UInt8, _ count: Int) throws(PackStreamError) -> Value {
    guard !rules.isRequest else { throw .unknownStructure(tag: tag) }
    var fields: [Value] = []
    for _ in 0..<count { fields.append(try readValue()) }
    if tag == StructureTag.vector, let vector = Self.vector(fields) { return vector }
    if tag == StructureTag.unsupported, case .string(let name)? = fields.first {
      return .string("<unsupported \(name)>")
    }
    return .string("<unsupported \(Self.hex(tag))>")
  }

  private static func hex(_ tag: UInt8) -> String {
    let digits = String(tag, radix: 16, uppercase: true)
    return digits.count < 2 ? "0" + digits : digits
  }

  /// Passes over a value of any kind.
  private mutating func skipValue() throws(PackStreamError) {
    // Counted rather than recursive: values that are still to come.
    var due = 1
    while due > 0 {
      due -= 1
      let marker = try readByte()
      switch PackStreamType(marker: marker) {
      case .integer: _ = try integer(marker)
      case .string: _ = try string(marker)
      case .none, .boolean: continue
      case .float: _ = try float(marker)
      case .bytes: _ = try byteArray(marker)
      case .list: due += try listCount(marker)
      case .map: due += 2 * (try mapCount(marker))
      case .structure:
        position -= 1
        due += try readStructureHead().count
      case .reserved: throw .reservedMarker(marker)
      }
    }
  }

  /// A vector as the list of its elements.
  private static func vector(_ fields: [Value]) -> Value? {
    guard fields.count == 2, case .bytes(let kind) = fields[0], case .bytes(let data) = fields[1],
      let marker = kind.first, kind.count == 1
    else { return nil }
    let widths: [UInt8: Int] = [0xC8: 1, 0xC9: 2, 0xCA: 4, 0xCB: 8, 0xC6: 4, 0xC1: 8]
    guard let width = widths[marker], data.count % width == 0 else { return nil }
    return .list(
      stride(from: 0, to: data.count, by: width).map { start in
        let raw = data[start..<start + width].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return switch marker {
        case 0xC8: .integer(Int64(Int8(truncatingIfNeeded: raw)))
        case 0xC9: .integer(Int64(Int16(truncatingIfNeeded: raw)))
        case 0xCA: .integer(Int64(Int32(truncatingIfNeeded: raw)))
        case 0xCB: .integer(Int64(bitPattern: raw))
        case 0xC6: .float(Double(Float(bitPattern: UInt32(truncatingIfNeeded: raw))))
        default: .float(Double(bitPattern: raw))
        }
      })
  }

  func check(_ count: Int, _ expected: Int) throws(PackStreamError) {
    guard count == expected else { throw .structureSize(expected: expected, found: count) }
  }
}
