import Diagnostics
import GraphValues
import QueryPlan

extension Value {
  /// The value as an argument of a type: integers become FLOAT where that is wanted, all else must be of
  /// the type already; null passes.
  func coerced(to type: CypherType) throws(Failure) -> Value {
    switch (type, self) {
    case (_, .null), (.any, _), (.number, .integer), (.number, .float), (.list, .list),
      (.list, .bytes):
      return self
    case (.float, .integer(let number)): return .float(Double(number))
    case (.map, .node), (.map, .relationship), (.map, .nodeRecord), (.map, .relationshipRecord):
      return self
    case (.notNull(let inner), _): return try coerced(to: inner)
    default:
      if matches(type) { return self }
      throw .notCoercible(self, to: type)
    }
  }
}

extension Failure {
  /// An argument that is nothing of the type wanted.
  fileprivate static func notCoercible(_ value: Value, to type: CypherType) -> Failure {
    let name = type.messageName
    let text = "Cannot coerce \(value.debugText) to \(name)."
    return Failure(
      code: "Neo.ClientError.Statement.TypeError",
      message: "Can't coerce `\(value.debugText)` to \(name)", gqlStatus: "22G03",
      gqlDescription: "data exception - invalid value type",
      causes: [
        GQLCause(
          gqlStatus: "22N37", gqlDescription: "data exception - invalid coercion. " + text,
          message: text)
      ])
  }
}

extension CypherType {
  /// The name of the type as messages about arguments have it.
  fileprivate var messageName: String {
    switch self {
    case .boolean: "Boolean"
    case .integer: "Integer"
    case .float: "Float"
    case .number: "Number"
    case .string: "String"
    case .map: "Map"
    case .node: "Node"
    case .relationship: "Relationship"
    case .path: "Path"
    case .point: "Point"
    case .date: "Date"
    case .localTime: "LocalTime"
    case .zonedTime: "Time"
    case .localDateTime: "LocalDateTime"
    case .zonedDateTime: "DateTime"
    case .duration: "Duration"
    case .list(let element): element == .any ? "List<Any>" : "List<\(element.messageName)>"
    case .notNull(let inner): inner.messageName
    case .any, .nothing, .null, .propertyValue, .union: "Any"
    }
  }
}
