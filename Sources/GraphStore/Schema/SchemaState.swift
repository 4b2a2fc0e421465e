import GraphValues
import KeyValueStore

/// The schema with what writers look up in it; never changed, replaced as a whole.
final class SchemaState: Sendable {
  let schema: Schema
  /// Maintained indexes by label and by type.
  let nodeIndexes: [UInt32: [IndexDescriptor]]
  let relationshipIndexes: [UInt32: [IndexDescriptor]]
  /// Constraints that are checked at commit, by label and by type.
  let nodeChecks: [UInt32: [ConstraintDescriptor]]
  let relationshipChecks: [UInt32: [ConstraintDescriptor]]
  /// Uniqueness behind an index.
  let uniqueness: [SchemaRuleID: ConstraintDescriptor]

  static let empty = SchemaState(Schema())

  init(_ schema: Schema) {
    self.schema = schema
    var nodeIndexes: [UInt32: [IndexDescriptor]] = [:]
    var relationshipIndexes: [UInt32: [IndexDescriptor]] = [:]
    for index in schema.indexes where index.kind == .range {
      for token in index.target.rawTokens {
        if index.target.isNodes {
          nodeIndexes[token, default: []].append(index)
        } else {
          relationshipIndexes[token, default: []].append(index)
        }
      }
    }
    var nodeChecks: [UInt32: [ConstraintDescriptor]] = [:]
    var relationshipChecks: [UInt32: [ConstraintDescriptor]] = [:]
    var uniqueness: [SchemaRuleID: ConstraintDescriptor] = [:]
    for constraint in schema.constraints {
      if let index = constraint.ownedIndex { uniqueness[index] = constraint }
      if constraint.kind == .unique { continue }
      for token in constraint.target.rawTokens {
        if constraint.target.isNodes {
          nodeChecks[token, default: []].append(constraint)
        } else {
          relationshipChecks[token, default: []].append(constraint)
        }
      }
    }
    self.nodeIndexes = nodeIndexes
    self.relationshipIndexes = relationshipIndexes
    self.nodeChecks = nodeChecks
    self.relationshipChecks = relationshipChecks
    self.uniqueness = uniqueness
  }

  /// The indexes that any of some labels has, each once.
  func indexes(on labels: [UInt32]) -> [IndexDescriptor] {
    if nodeIndexes.isEmpty { return [] }
    if labels.count == 1 { return nodeIndexes[labels[0]] ?? [] }
    var found: [IndexDescriptor] = []
    for label in labels {
      for index in nodeIndexes[label] ?? [] where !found.contains(where: { $0.id == index.id }) {
        found.append(index)
      }
    }
    return found
  }
}

extension IndexDescriptor {
  /// The rule as it is kept.
  var document: Value {
    .map(
      MapValue([
        ("rule", .string("index")), ("id", .integer(Int64(id.raw))), ("name", .string(name)),
        ("kind", .integer(Int64(kind.rawValue))), ("nodes", .boolean(target.isNodes)),
        ("tokens", .list(target.rawTokens.map { .integer(Int64($0)) })),
        ("keys", .list(keys.map { .integer(Int64($0.raw)) })), ("options", .map(options)),
        ("owner", owningConstraint.map { .integer(Int64($0.raw)) } ?? .null),
      ]))
  }

  init?(_ document: MapValue) {
    guard let id = document.token("id"), case .string(let name)? = document["name"],
      let kind = document.token("kind").flatMap({ UInt8(exactly: $0) }).flatMap(IndexKind.init),
      let target = document.target, let keys = document.tokens("keys"),
      case .map(let options)? = document["options"]
    else { return nil }
    self.init(
      id: SchemaRuleID(id), name: name, kind: kind, target: target, keys: keys.map(KeyToken.init),
      options: options, owningConstraint: document.token("owner").map(SchemaRuleID.init))
  }
}

extension ConstraintDescriptor {
  /// The rule as it is kept.
  var document: Value {
    var entries: [(key: String, value: Value)] = [
      ("rule", .string("constraint")), ("id", .integer(Int64(id.raw))), ("name", .string(name)),
      ("nodes", .boolean(target.isNodes)),
      ("tokens", .list(target.rawTokens.map { .integer(Int64($0)) })),
      ("keys", .list(keys.map { .integer(Int64($0.raw)) })), ("options", .map(options)),
      ("index", ownedIndex.map { .integer(Int64($0.raw)) } ?? .null),
    ]
    switch kind {
    case .unique: entries.append(("kind", .string("unique")))
    case .key: entries.append(("kind", .string("key")))
    case .existence: entries.append(("kind", .string("existence")))
    case .propertyType(let rule):
      entries.append(("kind", .string("type")))
      entries.append(("type", .string(rule.name)))
      entries.append(("scalars", .list(rule.scalars.sorted.map { .integer(Int64($0.rawValue)) })))
      entries.append(
        ("elements", .list(rule.listElements.sorted.map { .integer(Int64($0.rawValue)) })))
    }
    return .map(MapValue(entries))
  }

  init?(_ document: MapValue) {
    guard let id = document.token("id"), case .string(let name)? = document["name"],
      let target = document.target, let keys = document.tokens("keys"),
      case .map(let options)? = document["options"], case .string(let word)? = document["kind"]
    else { return nil }
    let kind: ConstraintKind
    switch word {
    case "unique": kind = .unique
    case "key": kind = .key
    case "existence": kind = .existence
    case "type":
      guard case .string(let text)? = document["type"], let scalars = document.scalars("scalars"),
        let elements = document.scalars("elements")
      else { return nil }
      kind = .propertyType(PropertyTypeRule(scalars: scalars, listElements: elements, name: text))
    default: return nil
    }
    self.init(
      id: SchemaRuleID(id), name: name, kind: kind, target: target, keys: keys.map(KeyToken.init),
      ownedIndex: document.token("index").map(SchemaRuleID.init), options: options)
  }
}

extension Set<PropertyTypeRule.Scalar> {
  fileprivate var sorted: [PropertyTypeRule.Scalar] { sorted { $0.rawValue < $1.rawValue } }
}

extension MapValue {
  fileprivate func token(_ key: String) -> UInt32? {
    guard case .integer(let number)? = self[key] else { return nil }
    return UInt32(exactly: number)
  }

  fileprivate func tokens(_ key: String) -> [UInt32]? {
    guard case .list(let elements)? = self[key] else { return nil }
    var tokens: [UInt32] = []
    for element in elements {
      guard case .integer(let number) = element, let token = UInt32(exactly: number) else {
        return nil
      }
      tokens.append(token)
    }
    return tokens
  }

  fileprivate func scalars(_ key: String) -> Set<PropertyTypeRule.Scalar>? {
    guard let numbers = tokens(key) else { return nil }
    var scalars: Set<PropertyTypeRule.Scalar> = []
    for number in numbers {
      guard let raw = UInt8(exactly: number), let scalar = PropertyTypeRule.Scalar(rawValue: raw)
      else { return nil }
      scalars.insert(scalar)
    }
    return scalars
  }

  fileprivate var target: SchemaTarget? {
    guard case .boolean(let isNodes)? = self["nodes"], let tokens = tokens("tokens") else {
      return nil
    }
    return isNodes
      ? .nodes(tokens.map(LabelToken.init)) : .relationships(tokens.map(TypeToken.init))
  }
}
