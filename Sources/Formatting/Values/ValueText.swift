public import GraphValues

/// Values as the table and plain formats show them.
public enum ValueText {
  /// Deeper values end in `…`; the engine bounds nesting below that.
  private static let deepestLevel = 1500

  /// Appends a value's text, such as `"Ada"`, `1.0E7`, `(:Person {name: "Ada"})`.
  ///
  /// Only `"` is escaped within strings; keys and labels keep the order they have.
  public static func append(_ value: Value, to output: inout [UInt8]) {
    append(value, level: 0, to: &output)
  }

  /// A value's text as a string, for messages and other rare places.
  public static func text(of value: Value) -> String {
    var output: [UInt8] = []
    append(value, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// Appends a string in double quotes.
  static func append(_ string: String, to output: inout [UInt8]) {
    output.append(0x22)
    let start = output.count
    output.append(text: string)
    for position in start..<output.count where output[position] == 0x22 {
      escapeQuotes(from: position, in: &output)
      break
    }
    output.append(0x22)
  }

  private static func escapeQuotes(from start: Int, in output: inout [UInt8]) {
    let rest = Array(output[start...])
    output.removeLast(rest.count)
    for byte in rest {
      if byte == 0x22 { output.append(0x5C) }
      output.append(byte)
    }
  }

  private static func append(_ value: Value, level: Int, to output: inout [UInt8]) {
    switch value {
    case .null: output.append(text: "NULL")
    case .boolean(let flag): output.append(text: flag ? "TRUE" : "FALSE")
    case .integer(let number): output.append(decimal: number)
    case .float(let number): FloatText.append(number, to: &output)
    case .string(let string): append(string, to: &output)
    case .bytes(let bytes): append(bytes: bytes, to: &output)
    case .date(let date): date.appendText(to: &output)
    case .localTime(let time): time.appendText(to: &output)
    case .zonedTime(let time): time.appendText(to: &output)
    case .localDateTime(let moment): moment.appendText(to: &output)
    case .zonedDateTime(let moment): moment.appendText(to: &output)
    case .duration(let duration): duration.appendText(to: &output)
    case .point(let point): append(point, to: &output)
    default: appendCompound(value, level: level + 1, to: &output)
    }
  }

  private static func appendCompound(_ value: Value, level: Int, to output: inout [UInt8]) {
    guard level < deepestLevel else {
      output.append(text: "…")
      return
    }
    switch value {
    case .list(let elements): append(elements, level: level, to: &output)
    case .map(let map): append(map, level: level, to: &output)
    case .nodeRecord(let node): append(node, level: level, to: &output)
    case .relationshipRecord(let relationship): append(relationship, level: level, to: &output)
    case .pathRecord(let path): append(path, level: level, to: &output)
    case .path: output.append(text: "()")
    case .relationship: output.append(text: "[]")
    default: output.append(text: "()")
    }
  }

  private static func append(bytes: [UInt8], to output: inout [UInt8]) {
    output.append(0x23)
    for byte in bytes {
      output.append(hexadecimal(byte >> 4))
      output.append(hexadecimal(byte & 15))
    }
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8 {
    digit < 10 ? 0x30 + digit : 0x57 + digit
  }

  private static func append(_ point: PointValue, to output: inout [UInt8]) {
    output.append(text: "point({srid:")
    output.append(decimal: Int64(point.system.rawValue))
    output.append(text: ", x:")
    FloatText.append(point.x, to: &output)
    output.append(text: ", y:")
    FloatText.append(point.y, to: &output)
    if point.system.isThreeDimensional {
      output.append(text: ", z:")
      FloatText.append(point.z, to: &output)
    }
    output.append(text: "})")
  }

  private static func append(_ elements: [Value], level: Int, to output: inout [UInt8]) {
    output.append(0x5B)
    var isFirst = true
    for element in elements {
      if !isFirst { output.append(text: ", ") }
      isFirst = false
      append(element, level: level, to: &output)
    }
    output.append(0x5D)
  }

  private static func append(_ map: MapValue, level: Int, to output: inout [UInt8]) {
    output.append(0x7B)
    var isFirst = true
    for (key, value) in map.entries {
      if !isFirst { output.append(text: ", ") }
      isFirst = false
      NameText.append(key, to: &output)
      output.append(text: ": ")
      append(value, level: level, to: &output)
    }
    output.append(0x7D)
  }

  private static func append(_ node: NodeRecord, level: Int, to output: inout [UInt8]) {
    output.append(0x28)
    for label in node.labels {
      output.append(0x3A)
      NameText.append(label, to: &output)
    }
    if !node.properties.isEmpty {
      if !node.labels.isEmpty { output.append(0x20) }
      append(node.properties, level: level, to: &output)
    }
    output.append(0x29)
  }

  private static func append(
    _ relationship: RelationshipRecord, level: Int, to output: inout [UInt8]
  ) {
    output.append(text: "[:")
    NameText.append(relationship.type, to: &output)
    if !relationship.properties.isEmpty {
      output.append(0x20)
      append(relationship.properties, level: level, to: &output)
    }
    output.append(0x5D)
  }

  private static func append(_ path: PathRecord, level: Int, to output: inout [UInt8]) {
    guard let first = path.nodes.first else { return }
    append(first, level: level, to: &output)
    for (index, relationship) in path.relationships.enumerated()
    where index + 1 < path.nodes.count {
      let isForward = relationship.start == path.nodes[index].id
      output.append(text: isForward ? "-" : "<-")
      append(relationship, level: level, to: &output)
      output.append(text: isForward ? "->" : "-")
      append(path.nodes[index + 1], level: level, to: &output)
    }
  }
}
