import GraphValues

extension Value {
  /// The value's type as messages about components name it.
  var componentTypeName: String {
    switch self {
    case .null: "NULL"
    case .boolean: "BOOLEAN"
    case .integer: "INTEGER"
    case .float: "FLOAT"
    case .string: "STRING"
    case .bytes: "BYTEARRAY"
    case .list: "LIST"
    case .map: "MAP"
    case .date: "DATE"
    case .localTime: "LOCAL TIME"
    case .zonedTime: "ZONED TIME"
    case .localDateTime: "LOCAL DATETIME"
    case .zonedDateTime: "ZONED DATETIME"
    case .duration: "DURATION"
    case .point: "POINT"
    case .node, .nodeRecord: "NODE"
    case .relationship, .relationshipRecord: "RELATIONSHIP"
    case .path, .pathRecord: "PATH"
    }
  }
}
