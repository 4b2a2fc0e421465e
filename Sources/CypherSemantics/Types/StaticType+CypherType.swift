import QueryPlan

extension StaticType {
  /// What a type of signatures and of parameters says at compile time.
  init(of type: CypherType) {
    switch type {
    case .any, .null, .nothing: self = .any
    case .boolean: self = .boolean
    case .integer: self = .integer
    case .float: self = .float
    case .number: self = StaticType(.number)
    case .string: self = .string
    case .date: self = StaticType(.date)
    case .localTime: self = StaticType(.localTime)
    case .zonedTime: self = StaticType(.zonedTime)
    case .localDateTime: self = StaticType(.localDateTime)
    case .zonedDateTime: self = StaticType(.zonedDateTime)
    case .duration: self = StaticType(.duration)
    case .point: self = StaticType(.point)
    case .node: self = .node
    case .relationship: self = .relationship
    case .path: self = .path
    case .map: self = .map
    case .list(let element): self = .list(of: StaticType(of: element))
    case .propertyValue: self = .storable
    case .union(let types):
      guard let first = types.first else {
        self = .any
        return
      }
      self = types.dropFirst().reduce(StaticType(of: first)) { $0.union(StaticType(of: $1)) }
    case .notNull(let type): self = StaticType(of: type)
    }
  }
}
