public import Diagnostics
public import GraphStore
public import GraphValues

extension Failure {
  /// What a client is told of an error while writing, with the names that the store's tokens have.
  public init(_ error: StoreError, _ transaction: GraphTransaction) {
    switch error {
    case .constraintViolation(let violation): self.init(violation, transaction)
    case .notStorable(let value): self.init(notStorable: value)
    default: self.init(error)
    }
  }

  private init(_ violation: ConstraintViolation, _ transaction: GraphTransaction) {
    switch violation.reason {
    case .duplicate(let other, let values):
      let text = ConstraintText(violation.constraint, transaction).duplicate(other, values)
      self.init(
        code: "Neo.ClientError.Schema.ConstraintValidationFailed", message: text,
        gqlStatus: "22N79",
        gqlDescription: "data exception - property uniqueness constraint violated. "
          + "Property uniqueness constraint violated: \(text).",
        causes: [
          GQLCause(
            gqlStatus: "22N80",
            gqlDescription: "data exception - index entry conflict. Index entry conflict: \(text).",
            message: "Index entry conflict: \(text).")
        ])
    case .missing(let keys):
      let text = ConstraintText(violation.constraint, transaction).missing(violation.entity, keys)
      self.init(
        code: "Neo.ClientError.Schema.ConstraintValidationFailed", message: text,
        gqlStatus: "22N77",
        gqlDescription: "data exception - property presence verification failed. " + text)
    case .wrongType(let value):
      let text = ConstraintText(violation.constraint, transaction).wrongType(
        violation.entity, value)
      self.init(
        code: "Neo.ClientError.Schema.ConstraintValidationFailed", message: text,
        gqlStatus: "22N78",
        gqlDescription: "data exception - property type verification failed. " + text)
    }
  }

  /// A value that no property can have.
  init(notStorable value: Value) {
    switch value {
    case .list(let elements):
      if case .map? = elements.first {
        // The first element says what the list is of.
        self.init(notStorable: elements[0])
      } else {
        self.init(notStorableList: value, elements)
      }
    default:
      self = .invalidType(
        "Property values can only be of primitive types or arrays thereof. "
          + "Encountered: \(value.debugText).",
        value: value,
        expected: [
          "BOOLEAN", "STRING", "INTEGER", "FLOAT", "DATE", "LOCAL TIME", "ZONED TIME",
          "LOCAL DATETIME", "ZONED DATETIME", "DURATION", "POINT",
        ])
    }
  }

  private init(notStorableList value: Value, _ elements: [Value]) {
    var message =
      "Neo4j only supports a subset of Cypher types for storage as singleton or array properties. "
      + "Please refer to section cypher/syntax/values of the manual for more details."
    var shown = value.literal
    if elements.contains(where: { if case .list = $0 { true } else { false } }) {
      message = "Collections containing collections can not be stored in properties."
    } else if elements.contains(where: \.isNull) {
      message = "Collections containing null values can not be stored in properties."
    } else if let stray = Self.pointOfAnotherSystem(elements) {
      message =
        "Collections containing point values with different CRS can not be stored in properties."
      shown = stray.literal
    } else if let stray = Self.valueOfAnotherType(elements) {
      shown = stray
    }
    let text = "Value \(shown) cannot be stored in properties."
    self.init(
      code: "Neo.ClientError.Statement.TypeError", message: message, gqlStatus: "22G03",
      gqlDescription: "data exception - invalid value type",
      causes: [
        GQLCause(
          gqlStatus: "22N39",
          gqlDescription: "data exception - unsupported property value type. " + text,
          message: text)
      ])
  }

  /// The first element of another type than the first one's, as the server's language writes it.
  private static func valueOfAnotherType(_ elements: [Value]) -> String? {
    let forms = elements.map { element -> (type: String, text: String)? in
      switch element {
      case .string(let text): ("String", "String(\"\(text)\")")
      case .boolean(let truth): ("Boolean", "Boolean('\(truth)')")
      case .integer(let number): ("Long", "Long(\(number))")
      case .float: ("Double", "Double(\(element.literal))")
      default: nil
      }
    }
    guard let first = forms.first ?? nil else { return nil }
    return forms.lazy.compactMap { $0 }.first { $0.type != first.type }?.text
  }

  private static func pointOfAnotherSystem(_ elements: [Value]) -> Value? {
    guard case .point(let first)? = elements.first else { return nil }
    return elements.first {
      if case .point(let point) = $0 { point.system != first.system } else { false }
    }
  }

  /// What a name is for.
  enum NamedToken: String {
    case label
    case type = "relationship type"
    case key = "property key"
  }

  /// A label, type or key that cannot be.
  static func tokenName(_ name: String, of token: NamedToken) -> Failure {
    let text = "A \(token.rawValue) name cannot be empty or contain any null-bytes: '\(name)'."
    return Failure(
      code: "Neo.ClientError.Schema.TokenNameError",
      message: "'\(name)' is not a valid token name. "
        + "Token names cannot be empty or contain any null-bytes.",
      gqlStatus: "42001",
      gqlDescription: "syntax error or access rule violation - invalid syntax",
      causes: [
        GQLCause(
          gqlStatus: "42I11",
          gqlDescription: "syntax error or access rule violation - invalid name. " + text,
          message: text)
      ])
  }

  /// A relationship whose end is null.
  static func missingEnd(relationship: String, node: String) -> Failure {
    .invalidType(
      "Failed to create relationship `\(relationship)`, node `\(node)` is missing. "
        + "If you prefer to simply ignore rows where a relationship node is missing, "
        + "set 'dbms.cypher.lenient_create_relationship = true' in neo4j.conf",
      value: .null, expected: ["NODE"]
    ).withCode("Neo.ClientError.Statement.ArgumentError")
  }

  private func withCode(_ code: String) -> Failure {
    var failure = self
    failure.code = code
    return failure
  }
}

/// How constraints and the entities that break them are named.
public struct ConstraintText {
  private let constraint: ConstraintDescriptor
  private let transaction: GraphTransaction

  /// Names with the tokens of a transaction.
  public init(_ constraint: ConstraintDescriptor, _ transaction: GraphTransaction) {
    self.constraint = constraint
    self.transaction = transaction
  }

  private var place: String {
    switch constraint.target {
    case .nodes(let labels):
      "label " + labels.map { "`\(transaction.name(of: $0))`" }.joined(separator: ", ")
    case .relationships(let types):
      "type " + types.map { "`\(transaction.name(of: $0))`" }.joined(separator: ", ")
    }
  }

  private func properties(_ values: [Value]) -> String {
    let parts = zip(constraint.keys, values).map { key, value in
      "`\(transaction.name(of: key))` = \(Self.shown(value))"
    }
    return (parts.count == 1 ? "property " : "properties ") + parts.joined(separator: ", ")
  }

  /// A value as messages show it: what is a moment or a span without its function around it.
  private static func shown(_ value: Value) -> String {
    TemporalInstant(value)?.isoText ?? value.literal
  }

  private func name(_ entity: EntityID?) -> String {
    switch entity {
    case .node(let id): "Node(\(id.raw))"
    case .relationship(let id): "Relationship(\(id.raw))"
    case nil: constraint.target.isNodes ? "Node" : "Relationship"
    }
  }

  /// Another entity has these values.
  public func duplicate(_ other: EntityID, _ values: [Value]) -> String {
    "\(name(other)) already exists with \(place) and \(properties(values))"
  }

  /// Two entities of the data share these values.
  public func duplicates(_ one: EntityID?, _ other: EntityID, _ values: [Value]) -> String {
    "Both \(name(other)) and \(name(one)) have the \(place) and \(properties(values))"
  }

  /// An entity lacks properties.
  public func missing(_ entity: EntityID?, _ keys: [KeyToken]) -> String {
    let names = keys.map { "`\(transaction.name(of: $0))`" }.joined(separator: ", ")
    let word = keys.count == 1 ? "property" : "properties"
    return "\(name(entity)) with \(place) must have the \(word) \(names)"
  }

  /// An entity's property has a wrong type.
  public func wrongType(_ entity: EntityID?, _ value: Value) -> String {
    let key = constraint.keys.first.map { transaction.name(of: $0) } ?? ""
    var wanted = ""
    if case .propertyType(let rule) = constraint.kind { wanted = rule.name }
    return "\(name(entity)) with \(place) required the property `\(key)` to be of type "
      + "`\(wanted)`, but was of type `\(value.typeText)`."
  }
}
