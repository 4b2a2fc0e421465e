import GraphValues

/// How deep messages show nested values.
private let deepestShown = 20

extension Value {
  /// The value as messages show it with its kind: `Long(1)`, `String("a")`, `List{Long(1)}`.
  var debugText: String { debugText(level: 0) }

  private func debugText(level: Int) -> String {
    guard level < deepestShown else { return "…" }
    switch self {
    case .null: return "NO_VALUE"
    case .boolean(let flag): return "Boolean('\(flag)')"
    case .integer(let number): return "Long(\(number))"
    case .float(let number): return "Double(\(number.scientificText))"
    case .string(let text): return "String(\"\(text)\")"
    case .bytes(let bytes):
      let signed = bytes.map { String(Int8(bitPattern: $0)) }
      return "ByteArray[\(signed.joined(separator: ", "))]"
    case .list(let elements):
      let parts = elements.map { $0.debugText(level: level + 1) }
      return "List{\(parts.joined(separator: ", "))}"
    case .map(let map):
      let parts = map.entries.map { "\($0.key) -> \($0.value.debugText(level: level + 1))" }
      return "Map{\(parts.joined(separator: ", "))}"
    case .path, .pathRecord: return pathText(node: { "(\($0))" }, relationship: { "-[\($0)]-" })
    case .point(let point): return "Point(\(point.structureText))"
    default:
      if let node = nodeID { return "(\(node.raw))" }
      if let relationship = relationshipID { return "-[\(relationship.raw)]-" }
      return plainText ?? ""
    }
  }

  /// The value as causes of operators show it: scalars as in a text, all else as `debugText`.
  var operandText: String {
    switch self {
    case .boolean, .integer, .float: plainText ?? ""
    case .string(let text): "'\(text)'"
    case .point(let point): point.structureText
    default: debugText
    }
  }

  /// The value as causes of aggregates show it: as those of operators, strings in double quotes.
  var causeText: String {
    if case .string(let text) = self { "\"\(text)\"" } else { operandText }
  }

  /// The value as causes of functions show it: `"a"`, `[1]`, `{a: 1}`, `{date: "2020-01-01"}`.
  var structureText: String { structureText(level: 0) }

  private func structureText(level: Int) -> String {
    guard level < deepestShown else { return "…" }
    switch self {
    case .null: return "<null>"
    case .string(let text): return "\"\(text)\""
    case .bytes(let bytes):
      return "[\(bytes.map { String(Int8(bitPattern: $0)) }.joined(separator: ", "))]"
    case .list(let elements):
      return "[\(elements.map { $0.structureText(level: level + 1) }.joined(separator: ", "))]"
    case .map(let map):
      let parts = map.entries.map { "\($0.key): \($0.value.structureText(level: level + 1))" }
      return "{\(parts.joined(separator: ", "))}"
    case .date: return named("date")
    case .localTime: return named("localTime")
    case .zonedTime: return named("time")
    case .localDateTime: return named("localDatetime")
    case .zonedDateTime: return named("datetime")
    case .duration: return named("duration")
    case .point(let point): return point.structureText
    case .path, .pathRecord:
      return pathText(node: { "(id=\($0))" }, relationship: { "-[id=\($0)]-" })
    default:
      if let node = nodeID { return "(id=\(node.raw))" }
      if let relationship = relationshipID { return "-[id=\(relationship.raw)]-" }
      return plainText ?? ""
    }
  }

  private func named(_ name: String) -> String { "{\(name): \"\(plainText ?? "")\"}" }

  private func pathText(
    node: (UInt64) -> String, relationship: (UInt64) -> String
  ) -> String {
    guard let (nodes, relationships) = pathIDs else { return "" }
    var text = nodes.first.map { node($0.raw) } ?? ""
    for (step, next) in zip(relationships, nodes.dropFirst()) {
      text += relationship(step.raw) + node(next.raw)
    }
    return text
  }

  /// The value's kind in messages about operators: `Long`, `String`, `NodeIdReference`.
  var kindText: String {
    switch self {
    case .null: "NO_VALUE"
    case .boolean: "Boolean"
    case .integer: "Long"
    case .float: "Double"
    case .string: "String"
    case .bytes: "ByteArray"
    case .list: "List"
    case .map: "Map"
    case .date: "Date"
    case .localTime: "LocalTime"
    case .zonedTime: "Time"
    case .localDateTime: "LocalDateTime"
    case .zonedDateTime: "DateTime"
    case .duration: "Duration"
    case .point: "Point"
    case .node: "NodeIdReference"
    case .nodeRecord: "Node"
    case .relationship: "RelationshipReference"
    case .relationshipRecord: "Relationship"
    case .path: "PathReference"
    case .pathRecord: "Path"
    }
  }

  /// The class that messages of Neo4j name for the value.
  var className: String {
    switch self {
    case .null: "org.neo4j.values.storable.NoValue"
    case .boolean: "org.neo4j.values.storable.BooleanValue"
    case .integer: "org.neo4j.values.storable.LongValue"
    case .float: "org.neo4j.values.storable.DoubleValue"
    case .string: "org.neo4j.values.storable.UTF8StringValue"
    case .bytes: "org.neo4j.values.storable.ByteArray"
    case .list: "org.neo4j.values.virtual.ListValue"
    case .map: "org.neo4j.values.virtual.MapValue"
    case .point: "org.neo4j.values.storable.PointValue"
    case .node, .relationship, .nodeRecord, .relationshipRecord, .path, .pathRecord:
      "org.neo4j.values.virtual.\(kindText)"
    default: "org.neo4j.values.storable.\(kindText)Value"
    }
  }
}

extension PointValue {
  /// The point as causes show it.
  fileprivate var structureText: String {
    var coordinates = [x.cypherText, y.cypherText]
    if system.isThreeDimensional { coordinates.append(z.cypherText) }
    let authority = system.isGeographic ? "epsg" : "sr-org"
    let code = system.rawValue
    return "{geometry: {type: \"Point\", coordinates: [\(coordinates.joined(separator: ", "))], "
      + "crs: {type: link, properties: {href: \"https://spatialreference.org/ref/\(authority)/"
      + "\(code)/\", code: \(code)}}}}"
  }
}

extension Double {
  /// Six digits and an exponent of at least two: `1.500000e+00`.
  fileprivate var scientificText: String {
    if isNaN { return "NaN" }
    if isInfinite { return self < 0 ? "-Infinity" : "Infinity" }
    guard magnitude > 0 else { return "0.000000e+00" }
    var (digits, exponent) = magnitude.shortestDigits
    if digits.count > 7 {
      let roundsUp = digits[7] >= UInt8(ascii: "5")
      digits.removeLast(digits.count - 7)
      if roundsUp {
        var place = 6
        while place >= 0, digits[place] == UInt8(ascii: "9") {
          digits[place] = UInt8(ascii: "0")
          place -= 1
        }
        if place >= 0 {
          digits[place] += 1
        } else {
          digits.insert(UInt8(ascii: "1"), at: 0)
          digits.removeLast()
          exponent += 1
        }
      }
    }
    while digits.count < 7 { digits.append(UInt8(ascii: "0")) }
    let text = String(decoding: digits, as: UTF8.self)
    let power = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
    return (self < 0 ? "-" : "") + text.prefix(1) + "." + text.dropFirst()
      + (exponent < 0 ? "e-" : "e+") + power
  }
}
