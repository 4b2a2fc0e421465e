extension CypherType {
  /// The type as signatures print it and `IS ::` writes it.
  public var text: String {
    switch self {
    case .any: "ANY"
    case .nothing: "NOTHING"
    case .null: "NULL"
    case .boolean: "BOOLEAN"
    case .integer: "INTEGER"
    case .float: "FLOAT"
    case .number: "INTEGER | FLOAT"
    case .string: "STRING"
    case .date: "DATE"
    case .localTime: "LOCAL TIME"
    case .zonedTime: "ZONED TIME"
    case .localDateTime: "LOCAL DATETIME"
    case .zonedDateTime: "ZONED DATETIME"
    case .duration: "DURATION"
    case .point: "POINT"
    case .node: "NODE"
    case .relationship: "RELATIONSHIP"
    case .path: "PATH"
    case .map: "MAP"
    case .list(let element): "LIST<\(element.text)>"
    case .propertyValue: "PROPERTY VALUE"
    case .union(let members): members.map(\.text).joined(separator: " | ")
    case .notNull(let type): "\(type.text) NOT NULL"
    }
  }
}
