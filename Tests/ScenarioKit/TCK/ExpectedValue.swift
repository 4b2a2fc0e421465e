import GraphValues

/// A value as the TCK's tables write it.
indirect enum ExpectedValue: Equatable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case float(Double)
  case string(String)
  case list([ExpectedValue])
  case map([String: ExpectedValue])
  case node(labels: [String], properties: [String: ExpectedValue])
  case relationship(type: String, properties: [String: ExpectedValue])
  /// Nodes, and relationships with whether they are walked in their own direction.
  case path([ExpectedValue], [(relationship: ExpectedValue, isForward: Bool)])

  static func == (left: Self, right: Self) -> Bool { left.text == right.text }

  /// A canonical text: two values are equal when their texts are.
  var text: String { text(sortingLists: false) }

  func text(sortingLists: Bool) -> String {
    func inner(_ value: Self) -> String { value.text(sortingLists: sortingLists) }
    func map(_ entries: [String: Self]) -> String {
      let parts = entries.keys.sorted().map { "\($0): \(entries[$0].map(inner) ?? "")" }
      return "{" + parts.joined(separator: ", ") + "}"
    }
    switch self {
    case .null: return "null"
    case .boolean(let flag): return "\(flag)"
    case .integer(let number): return "\(number)"
    case .float(let number):
      // Negative zero equals zero.
      return number.isNaN ? "NaN" : "float(\(number == 0 ? 0 : number))"
    case .string(let text): return "'\(text)'"
    case .list(let values):
      let texts = values.map(inner)
      return "[" + (sortingLists ? texts.sorted() : texts).joined(separator: ", ") + "]"
    case .map(let entries): return map(entries)
    case .node(let labels, let properties):
      return "(" + labels.sorted().map { ":" + $0 }.joined() + map(properties) + ")"
    case .relationship(let type, let properties): return "[:\(type)\(map(properties))]"
    case .path(let nodes, let steps):
      var text = "<" + (nodes.first.map(inner) ?? "")
      for (step, node) in zip(steps, nodes.dropFirst()) {
        let relationship = inner(step.relationship)
        text += step.isForward ? "-\(relationship)->" : "<-\(relationship)-"
        text += inner(node)
      }
      return text + ">"
    }
  }

  /// The same form of a value that a query returned; temporal values and points are their texts.
  init(_ value: Value) {
    switch value {
    case .null: self = .null
    case .boolean(let flag): self = .boolean(flag)
    case .integer(let number): self = .integer(number)
    case .float(let number): self = .float(number)
    case .string(let text): self = .string(text)
    case .list(let values): self = .list(values.map { Self($0) })
    case .map(let map): self = .map(Self.entries(map))
    case .nodeRecord(let node): self = Self.node(node)
    case .relationshipRecord(let relationship): self = Self.relationship(relationship)
    case .pathRecord(let path):
      var steps: [(relationship: ExpectedValue, isForward: Bool)] = []
      for (index, relationship) in path.relationships.enumerated() {
        let isForward = relationship.start == path.nodes[index].id
        steps.append((Self.relationship(relationship), isForward))
      }
      self = .path(path.nodes.map(Self.node), steps)
    default: self = .string(TemporalInstant(value)?.isoText ?? value.plainText ?? "")
    }
  }

  private static func entries(_ map: MapValue) -> [String: Self] {
    Dictionary(map.entries.map { ($0.key, Self($0.value)) }, uniquingKeysWith: { $1 })
  }

  private static func node(_ node: NodeRecord) -> Self {
    .node(labels: node.labels, properties: entries(node.properties))
  }

  private static func relationship(_ relationship: RelationshipRecord) -> Self {
    .relationship(type: relationship.type, properties: entries(relationship.properties))
  }
}
