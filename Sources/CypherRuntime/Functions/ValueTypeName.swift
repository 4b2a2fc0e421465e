import GraphValues

/// The most precise type of a value, as `valueType()` names it.
struct ValueTypeName: Hashable {
  /// The places of types in unions.
  enum Kind: Int, Hashable {
    case nothing
    case null
    case boolean
    case string
    case integer
    case float
    case date
    case localTime
    case zonedTime
    case localDateTime
    case zonedDateTime
    case duration
    case point
    case node
    case relationship
    case map
    case list
    case path
    case any
  }

  private(set) var kind: Kind
  private(set) var isNullable: Bool
  /// The members of a list's element type, in order, each once.
  private(set) var elements: [ValueTypeName]

  private init(_ kind: Kind, isNullable: Bool = false, elements: [ValueTypeName] = []) {
    self.kind = kind
    self.isNullable = isNullable
    self.elements = elements
  }

  init(_ value: Value, level: Int = 0) {
    switch value {
    case .list(let list) where level < 100:
      self.init(.list, elements: Self.union(of: list, level: level))
    case .list: self.init(.list, elements: [ValueTypeName(.any, isNullable: true)])
    case .bytes(let bytes):
      self.init(.list, elements: [ValueTypeName(bytes.isEmpty ? .nothing : .integer)])
    default: self.init(Self.kind(of: value), isNullable: value.isNull)
    }
  }

  private static func kind(of value: Value) -> Kind {
    switch value {
    case .null: .null
    case .boolean: .boolean
    case .integer: .integer
    case .float: .float
    case .string: .string
    case .bytes, .list: .list
    case .map: .map
    case .date: .date
    case .localTime: .localTime
    case .zonedTime: .zonedTime
    case .localDateTime: .localDateTime
    case .zonedDateTime: .zonedDateTime
    case .duration: .duration
    case .point: .point
    case .node, .nodeRecord: .node
    case .relationship, .relationshipRecord: .relationship
    case .path, .pathRecord: .path
    }
  }

  /// The types of a list's elements; a null among others takes `NOT NULL` off all of them.
  private static func union(of list: [Value], level: Int) -> [ValueTypeName] {
    if list.isEmpty { return [ValueTypeName(.nothing)] }
    var types: Set<ValueTypeName> = []
    for element in list { types.insert(ValueTypeName(element, level: level + 1)) }
    if types.count > 1 {
      // A list of nothing is a list of anything: it adds no member beside other lists.
      let empty = ValueTypeName(.list, elements: [ValueTypeName(.nothing)])
      if types.contains(where: { $0.kind == .list && $0 != empty }) { types.remove(empty) }
    }
    let null = ValueTypeName(.null, isNullable: true)
    var members = Array(types)
    if types.contains(null), types.count > 1 {
      members.removeAll { $0 == null }
      members = members.map { ValueTypeName($0.kind, isNullable: true, elements: $0.elements) }
    }
    return members.sorted { $0.precedes($1) }
  }

  private func precedes(_ other: ValueTypeName) -> Bool {
    if kind != other.kind { return kind.rawValue < other.kind.rawValue }
    for (one, two) in zip(elements, other.elements) where one != two { return one.precedes(two) }
    return elements.count < other.elements.count
  }

  /// The text, such as `LIST<STRING NOT NULL | FLOAT NOT NULL> NOT NULL`.
  var text: String {
    let name =
      kind == .list ? "LIST<\(elements.map(\.text).joined(separator: " | "))>" : kind.name
    return isNullable || kind == .nothing || kind == .null ? name : name + " NOT NULL"
  }
}

extension ValueTypeName.Kind {
  fileprivate var name: String {
    switch self {
    case .nothing: "NOTHING"
    case .null: "NULL"
    case .boolean: "BOOLEAN"
    case .string: "STRING"
    case .integer: "INTEGER"
    case .float: "FLOAT"
    case .date: "DATE"
    case .localTime: "LOCAL TIME"
    case .zonedTime: "ZONED TIME"
    case .localDateTime: "LOCAL DATETIME"
    case .zonedDateTime: "ZONED DATETIME"
    case .duration: "DURATION"
    case .point: "POINT"
    case .node: "NODE"
    case .relationship: "RELATIONSHIP"
    case .map: "MAP"
    case .list: "LIST<ANY>"
    case .path: "PATH"
    case .any: "ANY"
    }
  }
}

extension Value {
  /// What `valueType()` gives.
  var typeText: String { ValueTypeName(self).text }
}
