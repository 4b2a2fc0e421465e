import GraphValues

extension Value {
  /// The value as failure messages show it: `Long(1)`, `String("a")`, `List{Long(1)}`.
  var messageText: String { messageText(depth: 0) }

  private func messageText(depth: Int) -> String {
    if depth > 50 { return "…" }
    switch self {
    case .null: return "NO_VALUE"
    case .boolean(let flag): return "Boolean('\(flag)')"
    case .integer(let number): return "Long(\(number))"
    case .float(let number): return "Double(\(Value.scientific(number)))"
    case .string(let text): return "String(\"\(text)\")"
    case .bytes(let bytes): return "ByteArray\(bytes)"
    case .list(let elements):
      let parts = elements.map { $0.messageText(depth: depth + 1) }
      return "List{" + parts.joined(separator: ", ") + "}"
    case .map(let map):
      let parts = map.entries.map { "\($0.key) -> \($0.value.messageText(depth: depth + 1))" }
      return "Map{" + parts.joined(separator: ", ") + "}"
    case .node(let id): return "(\(id.raw))"
    case .nodeRecord(let record): return "(\(record.id.raw))"
    case .relationship(let id): return "-[\(id.raw)]-"
    case .relationshipRecord(let record): return "-[\(record.id.raw)]-"
    case .path(let path): return "Path{\(path.nodes.count) nodes}"
    case .pathRecord(let path): return "Path{\(path.nodes.count) nodes}"
    default: return plainText ?? ""
    }
  }

  /// The value's type in messages about operators: `Long`, `String`, `List`.
  var messageType: String {
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
    case .nodeRecord: "NodeValue"
    case .relationship: "RelationshipReference"
    case .relationshipRecord: "RelationshipValue"
    case .path, .pathRecord: "Path"
    }
  }

  /// The value's type as the language names it, with `NOT NULL`.
  var cypherTypeName: String {
    switch self {
    case .null: "NULL"
    case .boolean: "BOOLEAN NOT NULL"
    case .integer: "INTEGER NOT NULL"
    case .float: "FLOAT NOT NULL"
    case .string: "STRING NOT NULL"
    case .bytes: "BYTEARRAY NOT NULL"
    case .list(let elements): "LIST<\(Value.elementType(elements))> NOT NULL"
    case .map: "MAP NOT NULL"
    case .date: "DATE NOT NULL"
    case .localTime: "LOCAL TIME NOT NULL"
    case .zonedTime: "ZONED TIME NOT NULL"
    case .localDateTime: "LOCAL DATETIME NOT NULL"
    case .zonedDateTime: "ZONED DATETIME NOT NULL"
    case .duration: "DURATION NOT NULL"
    case .point: "POINT NOT NULL"
    case .node, .nodeRecord: "NODE NOT NULL"
    case .relationship, .relationshipRecord: "RELATIONSHIP NOT NULL"
    case .path, .pathRecord: "PATH NOT NULL"
    }
  }

  private static func elementType(_ elements: [Value]) -> String {
    if elements.isEmpty { return "NOTHING" }
    var names: [String] = []
    for element in elements where !names.contains(element.shallowTypeName) {
      names.append(element.shallowTypeName)
    }
    return names.sorted().joined(separator: " | ")
  }

  private var shallowTypeName: String {
    if case .list = self { return "LIST<ANY> NOT NULL" }
    return cypherTypeName
  }

  /// A double with six digits and an exponent of two, as messages show it.
  private static func scientific(_ number: Double) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
    if number == 0 { return number.sign == .minus ? "-0.000000e+00" : "0.000000e+00" }
    var magnitude = number.magnitude
    var exponent = 0
    while magnitude >= 10 {
      magnitude /= 10
      exponent += 1
    }
    while magnitude < 1 {
      magnitude *= 10
      exponent -= 1
    }
    var scaled = Int64((magnitude * 1_000_000).rounded())
    if scaled >= 10_000_000 {
      scaled /= 10
      exponent += 1
    }
    let fraction = String(scaled % 1_000_000)
    let padding = String(repeating: "0", count: 6 - fraction.count)
    let digits = "\(scaled / 1_000_000)." + padding + fraction
    let power = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
    return (number < 0 ? "-" : "") + digits + "e" + (exponent < 0 ? "-" : "+") + power
  }
}
