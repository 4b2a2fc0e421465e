public import GraphValues

/// Values as JSON.
///
/// Numbers that JSON lacks (`NaN`, infinities), temporal values and bytes are strings; points and
/// entities are objects.
public enum JSONText {
  private static let deepestLevel = 1500

  /// Appends a value.
  public static func append(_ value: Value, to output: inout [UInt8]) {
    append(value, level: 0, to: &output)
  }

  /// Appends a string in quotes, with all escapes that JSON wants.
  public static func append(_ string: String, to output: inout [UInt8]) {
    output.append(0x22)
    for byte in string.utf8 {
      switch byte {
      case 0x22, 0x5C:
        output.append(0x5C)
        output.append(byte)
      case 0x0A: output.append(text: "\\n")
      case 0x0D: output.append(text: "\\r")
      case 0x09: output.append(text: "\\t")
      case 0..<0x20:
        output.append(text: "\\u00")
        let digits = String(byte, radix: 16)
        if digits.utf8.count < 2 { output.append(0x30) }
        output.append(text: digits)
      default: output.append(byte)
      }
    }
    output.append(0x22)
  }

  private static func append(_ value: Value, level: Int, to output: inout [UInt8]) {
    switch value {
    case .null: output.append(text: "null")
    case .boolean(let flag): output.append(text: flag ? "true" : "false")
    case .integer(let number): output.append(decimal: number)
    case .float(let number) where number.isFinite: FloatText.append(number, to: &output)
    case .string(let string): append(string, to: &output)
    case .list, .map, .nodeRecord, .relationshipRecord, .pathRecord, .point:
      guard level < deepestLevel else {
        output.append(text: "null")
        return
      }
      appendCompound(value, level: level + 1, to: &output)
    default:
      output.append(0x22)
      ValueText.append(value, to: &output)
      output.append(0x22)
    }
  }

  private static func appendCompound(_ value: Value, level: Int, to output: inout [UInt8]) {
    switch value {
    case .list(let elements): append(elements, level: level, to: &output)
    case .map(let map): append(map, level: level, to: &output)
    case .point(let point):
      output.append(text: "{\"srid\":")
      output.append(decimal: Int64(point.system.rawValue))
      for (name, coordinate) in [("x", point.x), ("y", point.y), ("z", point.z)]
      where name != "z" || point.system.isThreeDimensional {
        output.append(text: ",\"\(name)\":")
        append(.float(coordinate), level: level, to: &output)
      }
      output.append(0x7D)
    case .nodeRecord(let node):
      output.append(text: "{\"elementId\":")
      append(node.elementID, to: &output)
      output.append(text: ",\"labels\":")
      append(node.labels.map { .string($0) }, level: level, to: &output)
      output.append(text: ",\"properties\":")
      append(node.properties, level: level, to: &output)
      output.append(0x7D)
    case .relationshipRecord(let relationship):
      append(relationship, level: level, to: &output)
    case .pathRecord(let path):
      output.append(text: "{\"nodes\":")
      append(path.nodes.map { .nodeRecord($0) }, level: level, to: &output)
      output.append(text: ",\"relationships\":")
      append(path.relationships.map { .relationshipRecord($0) }, level: level, to: &output)
      output.append(0x7D)
    default: output.append(text: "null")
    }
  }

  private static func append(_ elements: [Value], level: Int, to output: inout [UInt8]) {
    output.append(0x5B)
    for (index, element) in elements.enumerated() {
      if index > 0 { output.append(0x2C) }
      append(element, level: level, to: &output)
    }
    output.append(0x5D)
  }

  private static func append(_ map: MapValue, level: Int, to output: inout [UInt8]) {
    output.append(0x7B)
    var isFirst = true
    for (key, value) in map.entries {
      if !isFirst { output.append(0x2C) }
      isFirst = false
      append(key, to: &output)
      output.append(0x3A)
      append(value, level: level, to: &output)
    }
    output.append(0x7D)
  }

  private static func append(
    _ relationship: RelationshipRecord, level: Int, to output: inout [UInt8]
  ) {
    output.append(text: "{\"elementId\":")
    append(relationship.elementID, to: &output)
    output.append(text: ",\"type\":")
    append(relationship.type, to: &output)
    output.append(text: ",\"startNodeElementId\":")
    append(relationship.startElementID, to: &output)
    output.append(text: ",\"endNodeElementId\":")
    append(relationship.endElementID, to: &output)
    output.append(text: ",\"properties\":")
    append(relationship.properties, level: level, to: &output)
    output.append(0x7D)
  }
}
