import Diagnostics
import GraphValues

/// Causes that several failures share.
enum GQLCauses {
  static func cause(_ status: String, _ condition: String, _ text: String) -> GQLCause {
    GQLCause(
      gqlStatus: status, gqlDescription: text.isEmpty ? condition : "\(condition). \(text)",
      message: text)
  }

  /// A field that must have a value and has none.
  static func missing(_ field: String) -> [GQLCause] {
    [
      cause(
        "22N05", "data exception - input failed validation",
        "Invalid input 'null' for field '\(field)'."),
      cause("22004", "data exception - null value not allowed", ""),
    ]
  }
}

extension ProtocolFailure {
  /// A field within the metadata of a message whose value is not allowed.
  static func illegalWithin(
    _ outer: String, _ field: String, _ text: String, _ causes: [GQLCause]
  ) -> ProtocolFailure {
    let general = GQLCauses.cause(
      "08N06", "connection exception - protocol error", "General network protocol error.")
    return illegal(outer, "Illegal value for field \"\(field)\": \(text)", [general] + causes)
  }
}

extension Value {
  /// The value as failures about messages quote it.
  var boltText: String {
    switch self {
    case .string(let text): "String(\"\(text)\")"
    case .integer(let number): "Long(\(number))"
    case .float(let number): "Double(\(number))"
    case .boolean(let truth): "Boolean('\(truth)')"
    case .list: "List{…}"
    case .map: "Map{…}"
    case .null: "NO_VALUE"
    default: boltTypeName
    }
  }

  /// The type as failures about messages name it.
  var boltTypeName: String {
    switch self {
    case .string: "String"
    case .integer: "Long"
    case .float: "Double"
    case .boolean: "Boolean"
    case .list: "List"
    case .map: "Map"
    case .null: "null"
    case .bytes: "ByteArray"
    default: "Structure"
    }
  }
}
