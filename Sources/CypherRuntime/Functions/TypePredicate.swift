import GraphValues
import QueryPlan

extension Value {
  /// Whether `IS :: T` holds: null belongs to every type that is not `NOT NULL`, lists are checked
  /// element by element, nothing is converted.
  func matches(_ type: CypherType) -> Bool {
    switch type {
    case .notNull(let inner): return !isNull && matches(inner)
    case .nothing: return false
    case .union(let members): return members.contains { matches($0) }
    case .propertyValue: return isNull || isStorable
    default: break
    }
    if isNull { return true }
    switch (type, self) {
    case (.list(let element), .list(let elements)):
      return elements.allSatisfy { $0.matches(element) }
    case (.list(let element), .bytes(let bytes)):
      return bytes.isEmpty || Value.integer(0).matches(element)
    default: return matchesSimple(type)
    }
  }

  private func matchesSimple(_ type: CypherType) -> Bool {
    switch (type, self) {
    case (.any, _), (.boolean, .boolean), (.integer, .integer), (.float, .float),
      (.number, .integer), (.number, .float), (.string, .string), (.date, .date),
      (.localTime, .localTime), (.zonedTime, .zonedTime), (.localDateTime, .localDateTime),
      (.zonedDateTime, .zonedDateTime), (.duration, .duration), (.point, .point), (.map, .map),
      (.node, .node), (.node, .nodeRecord), (.relationship, .relationship),
      (.relationship, .relationshipRecord), (.path, .path), (.path, .pathRecord):
      true
    default: false
    }
  }

  /// Whether the value may be a property: a scalar, or a list of scalars of one type without nulls.
  private var isStorable: Bool {
    switch self {
    case .list(let elements):
      guard let first = elements.first else { return true }
      if case .list = first { return false }
      guard first.isStorable, !first.isNull else { return false }
      return elements.allSatisfy { ValueTypeName($0) == ValueTypeName(first) }
    case .null, .map, .node, .nodeRecord, .relationship, .relationshipRecord, .path, .pathRecord:
      return false
    default: return true
    }
  }
}
