import GraphValues
import TestKit

/// Canonical texts of values, recorded and returned: equal when the values may not be told apart.
enum GoldenValue {
  /// The text of a recorded value.
  static func text(_ json: JSON, sortingLists: Bool) -> String {
    switch json {
    case .null: return "null"
    case .boolean(let flag): return "\(flag)"
    case .string(let text): return "\"\(text)\""
    case .integer(let number): return "\(number)"
    case .float(let number): return "\(number)"
    case .array(let values):
      return list(values.map { text($0, sortingLists: sortingLists) }, sortingLists)
    case .object(let entries):
      guard let (kind, content) = entries.first, entries.count == 1 || entries["rel"] != nil else {
        return "?"
      }
      if let relationship = entries["rel"] { return element("rel", relationship, sortingLists) }
      return tagged(kind, content, sortingLists)
    }
  }

  private static func tagged(_ kind: String, _ content: JSON, _ sortingLists: Bool) -> String {
    switch kind {
    case "map": return map(content.object ?? [:], sortingLists)
    case "node": return element("node", content, sortingLists)
    case "path":
      let parts = (content.array ?? []).map { part in
        text(part, sortingLists: sortingLists) + (part["reversed"]?.isTrue == true ? "<" : "")
      }
      return "path(" + parts.joined(separator: " ") + ")"
    case "point":
      let names = ["srid", "x", "y", "z"].compactMap { name in content[name].map { (name, $0) } }
      return "point(" + names.map { "\($0.0)=\(number($0.1))" }.joined(separator: ",") + ")"
    case "float": return "float(\(canonicalFloat(content.text ?? "")))"
    case "int": return content.text ?? ""
    case "datetime": return "datetime(\((content.text ?? "").replacing("Z[UTC]", with: "Z")))"
    default: return "\(kind)(\(content.text ?? ""))"
    }
  }

  private static func number(_ json: JSON) -> String {
    switch json {
    case .integer(let number): "\(number)"
    case .float(let number): "\(number)"
    case .string(let text): canonicalFloat(text)
    case .object(let entries):
      entries["int"]?.text ?? canonicalFloat(entries["float"]?.text ?? "")
    default: ""
    }
  }

  private static func canonicalFloat(_ text: String) -> String {
    switch text {
    case "NaN": "nan"
    case "Infinity": "inf"
    case "-Infinity": "-inf"
    default: Double(text).map { "\($0)" } ?? text
    }
  }

  private static func list(_ texts: [String], _ sorting: Bool) -> String {
    "[" + (sorting ? texts.sorted() : texts).joined(separator: ", ") + "]"
  }

  private static func map(_ entries: [String: JSON], _ sortingLists: Bool) -> String {
    let parts = entries.keys.sorted().map { key in
      "\(key): \(text(entries[key] ?? .null, sortingLists: sortingLists))"
    }
    return "{" + parts.joined(separator: ", ") + "}"
  }

  private static func element(_ kind: String, _ json: JSON, _ sortingLists: Bool) -> String {
    let labels = (json["labels"]?.array ?? []).compactMap(\.text).sorted()
    let names = json["type"]?.text.map { [$0] } ?? labels
    return "\(kind)(\(names.joined(separator: ":")) "
      + map(json["properties"]?.object ?? [:], sortingLists) + ")"
  }

  /// The text of a value that the engine returned.
  static func text(_ value: Value, sortingLists: Bool) -> String {
    switch value {
    case .null: return "null"
    case .boolean(let flag): return "\(flag)"
    case .string(let text): return "\"\(text)\""
    case .integer(let number): return "\(number)"
    case .float(let number): return number.isNaN ? "float(nan)" : "float(\(number))"
    case .bytes(let bytes):
      return "bytes(" + bytes.map { hexadecimal($0) }.joined() + ")"
    case .list(let values):
      return list(values.map { text($0, sortingLists: sortingLists) }, sortingLists)
    case .map(let map): return text(map, sortingLists)
    case .nodeRecord(let node):
      return "node(\(node.labels.sorted().joined(separator: ":")) "
        + text(node.properties, sortingLists) + ")"
    case .relationshipRecord(let relationship): return text(relationship, sortingLists)
    case .pathRecord(let path): return text(path, sortingLists)
    case .point(let point):
      let third = point.system.isThreeDimensional ? ",z=\(point.z)" : ""
      return "point(srid=\(point.system.rawValue),x=\(point.x),y=\(point.y)\(third))"
    case .date: return "date(\(plain(value)))"
    case .localTime: return "localtime(\(plain(value)))"
    case .zonedTime: return "time(\(plain(value)))"
    case .localDateTime: return "localdatetime(\(plain(value)))"
    case .zonedDateTime:
      return "datetime(\(plain(value).replacing("Z[UTC]", with: "Z")))"
    case .duration: return "duration(\(plain(value)))"
    case .node, .relationship, .path: return "reference"
    }
  }

  private static func plain(_ value: Value) -> String {
    TemporalInstant(value)?.isoText ?? value.plainText ?? ""
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }

  private static func text(_ map: MapValue, _ sortingLists: Bool) -> String {
    let sorted = map.entries.sorted { $0.key < $1.key }
    let parts = sorted.map { "\($0.key): \(text($0.value, sortingLists: sortingLists))" }
    return "{" + parts.joined(separator: ", ") + "}"
  }

  private static func text(_ relationship: RelationshipRecord, _ sortingLists: Bool) -> String {
    "rel(\(relationship.type) " + text(relationship.properties, sortingLists) + ")"
  }

  private static func text(_ path: PathRecord, _ sortingLists: Bool) -> String {
    var parts = [text(.nodeRecord(path.nodes[0]), sortingLists: sortingLists)]
    for (index, relationship) in path.relationships.enumerated() {
      let isReversed = relationship.start != path.nodes[index].id
      parts.append(text(relationship, sortingLists) + (isReversed ? "<" : ""))
      parts.append(text(.nodeRecord(path.nodes[index + 1]), sortingLists: sortingLists))
    }
    return "path(" + parts.joined(separator: " ") + ")"
  }

  /// The kind of a canonical text: what stands before its first bracket, or the sort of literal.
  static func kind(_ text: String) -> String {
    switch text.first {
    case "\"": return "string"
    case "[": return "list"
    case "{": return "map"
    case "-", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9": return "int"
    default: return String(text.prefix { $0 != "(" })
    }
  }
}
