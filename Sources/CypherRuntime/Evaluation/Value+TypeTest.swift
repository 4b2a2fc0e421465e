import GraphValues
import QueryPlan

extension Value {
  /// `IS :: type`: null satisfies every type that is not `NOT NULL`, lists element by element.
  func conforms(to type: CypherType) -> Bool {
    switch type {
    case .notNull(let inner): return !isNull && conforms(to: inner)
    case .union(let parts): return parts.contains { conforms(to: $0) }
    case .nothing: return false
    case .any, .null where isNull: return true
    case .any: return true
    case .null: return false
    case .list(let inner):
      switch self {
      case .null: return true
      case .list(let elements): return elements.allSatisfy { $0.conforms(to: inner) }
      default: return false
      }
    case .propertyValue: return isNull || isStorable
    default: return isNull || hasScalarType(type)
    }
  }

  private func hasScalarType(_ type: CypherType) -> Bool {
    switch (type, self) {
    case (.boolean, .boolean), (.integer, .integer), (.float, .float), (.string, .string),
      (.number, .integer), (.number, .float), (.date, .date), (.localTime, .localTime),
      (.zonedTime, .zonedTime), (.localDateTime, .localDateTime),
      (.zonedDateTime, .zonedDateTime), (.duration, .duration), (.point, .point),
      (.node, .node), (.node, .nodeRecord), (.relationship, .relationship),
      (.relationship, .relationshipRecord), (.path, .path), (.path, .pathRecord), (.map, .map):
      true
    default: false
    }
  }

  /// Whether the value could be a property: a scalar, or a list of scalars of one type.
  private var isStorable: Bool {
    switch self {
    case .null, .map, .node, .relationship, .path, .nodeRecord, .relationshipRecord, .pathRecord:
      return false
    case .list(let elements):
      guard let first = elements.first else { return true }
      return elements.allSatisfy { element in
        if case .list = element { return false }
        return element.isStorable && element.messageType == first.messageType
      }
    default: return true
    }
  }
}
