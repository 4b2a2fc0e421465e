import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  mutating func bindSchemaCommand(_ command: SchemaCommand) throws(Failure) -> Command {
    switch command {
    case .createIndex(let create): .createIndex(try bindCreateIndex(create))
    case .dropIndex(let drop): .dropIndex(name: bindName(drop.name), ifExists: drop.ifExists)
    case .createConstraint(let create): .createConstraint(try bindCreateConstraint(create))
    case .dropConstraint(let drop):
      .dropConstraint(name: bindName(drop.name), ifExists: drop.ifExists)
    }
  }

  /// A name in the text, or the string of a parameter.
  mutating func bindName(_ name: NameOrParameter) -> Bound.Expression {
    switch name {
    case .name(let name): .literal(Bound.Literal(.string(name.text)))
    case .parameter(let parameter): bindParameter(parameter).expression
    }
  }

  private mutating func bindCreateIndex(_ create: CreateIndex) throws(Failure) -> IndexDefinition {
    let kind = (create.type ?? .range).bound
    let entity: SchemaEntity = create.pattern.isRelationship ? .relationship : .node
    if create.orReplace { throw replaceRefused("index", "INDEX", at: create.span.start) }
    try checkLookup(create, entity)
    for property in create.properties where property.variable.text != create.pattern.variable.text {
      throw undefinedVariable(property.variable.text, at: property.variable.span.start)
    }
    if create.properties.count > 1, let word = kind.singlePropertyWord {
      throw syntaxError(
        "Only single property \(word) indexes are supported",
        at: create.properties[1].variable.span.start,
        CauseText(
          code: "42N16", name: "unsupported index or constraint",
          text: "Only single property \(word) indexes are supported."))
    }
    let options = try bindOptions(create.options, indexTitle(kind, entity), at: create.span.start)
    return IndexDefinition(
      name: create.name.map { bindName($0) }, kind: kind, entity: entity,
      labels: create.pattern.labels.map(\.text), properties: create.properties.map(\.key.text),
      ifNotExists: create.ifNotExists, options: options)
  }

  private func indexTitle(_ kind: IndexKind, _ entity: SchemaEntity) -> String {
    switch kind {
    case .lookup: "\(entity.word) lookup index"
    case .fulltext: "fulltext \(entity.word) index"
    case .vector: "vector \(entity.word) index"
    default: "\(kind.rawValue.lowercased()) \(entity.word) property index"
    }
  }

  private func checkLookup(_ create: CreateIndex, _ entity: SchemaEntity) throws(Failure) {
    guard let lookup = create.lookup else { return }
    let valid = entity == .node ? "labels" : "type"
    if lookup.function.text.lowercased() != valid {
      throw syntaxError(
        "Failed to create \(entity.word) lookup index: Function '\(lookup.function.text)' is not allowed, valid function is '\(valid)'.",
        at: create.span.start,
        CauseText(
          code: "22N04", name: "invalid input value",
          text:
            "Invalid input '\(lookup.function.text)()' for function in \(entity.word) lookup index. Expected '\(valid)()'."
        ))
    }
    if lookup.variable.text != create.pattern.variable.text {
      throw undefinedVariable(lookup.variable.text, at: lookup.variable.span.start)
    }
  }

  private func replaceRefused(
    _ what: String, _ command: String, at offset: Int
  ) -> Failure {
    syntaxError(
      "Failed to create \(what): `OR REPLACE` cannot be used together with this command.",
      at: offset,
      CauseText(
        code: "42N14", name: "invalid use of command",
        text: "OR REPLACE cannot be used together with 'CREATE \(command)'."))
  }

  private mutating func bindOptions(
    _ options: AST.Expression?, _ title: String, at offset: Int
  ) throws(Failure) -> Bound.Expression? {
    guard let options else { return nil }
    if case .map(let entries) = options.kind {
      for entry in entries
      where !["indexprovider", "indexconfig"].contains(entry.key.text.lowercased()) {
        // Neo4j places this nowhere: at line 0, column 0.
        var failure = syntaxError(
          "Failed to create \(title): Invalid option provided, valid options are `indexProvider` and `indexConfig`.",
          at: nil,
          CauseText(
            code: "22N04", name: "invalid input value",
            text:
              "Invalid input '\(entry.key.text)' for 'OPTIONS'. Expected 'indexProvider' or 'indexConfig'."
          ))
        failure.position = SourcePosition(offset: 0, line: 0, column: 0)
        throw failure
      }
    }
    remark(onOptions: options, at: offset, isText: title.hasPrefix("text "))
    fixLiterals(of: options)
    return try bindExpression(options)
  }

  private mutating func bindCreateConstraint(
    _ create: CreateConstraint
  ) throws(Failure) -> ConstraintDefinition {
    let entity: SchemaEntity = create.pattern.isRelationship ? .relationship : .node
    let kind: ConstraintKind
    let title: String
    switch create.requirement {
    case .unique(let named):
      try checkEntity(named, "UNIQUE", create)
      (kind, title) = (.unique, entity == .node ? "uniqueness" : "relationship uniqueness")
    case .key(let named):
      try checkEntity(named, "KEY", create)
      (kind, title) = (.key, "\(entity.word) key")
    case .notNull:
      try checkOneProperty("IS NOT NULL", create)
      (kind, title) = (.existence, "\(entity.word) property existence")
    case .type(let type):
      try checkOneProperty("IS TYPED", create)
      (kind, title) = (
        .propertyType(try bindPropertyType(type, entity)), "\(entity.word) property type"
      )
    }
    if create.orReplace {
      throw replaceRefused("\(title) constraint", "CONSTRAINT", at: create.span.start)
    }
    for property in create.properties where property.variable.text != create.pattern.variable.text {
      throw undefinedVariable(property.variable.text, at: property.variable.span.start)
    }
    let options = try bindOptions(create.options, "\(title) constraint", at: create.span.start)
    return ConstraintDefinition(
      name: create.name.map { bindName($0) }, kind: kind, entity: entity,
      label: create.pattern.labels.first?.text ?? "",
      properties: create.properties.map(\.key.text), ifNotExists: create.ifNotExists,
      options: options)
  }

  /// What is asked of a value is asked of one property.
  private func checkOneProperty(_ words: String, _ create: CreateConstraint) throws(Failure) {
    guard create.properties.count > 1 else { return }
    throw syntaxError(
      "Constraint type '\(words)' does not allow multiple properties",
      at: create.properties[1].variable.span.start,
      CauseText(
        code: "22N04", name: "invalid input value",
        text: "Invalid input 'several properties' for \(words). Expected 'one property'."))
  }

  private func checkEntity(
    _ named: CreateConstraint.Entity?, _ word: String, _ create: CreateConstraint
  ) throws(Failure) {
    guard let named, (named == .relationship) != create.pattern.isRelationship else { return }
    let kind = named == .node ? "NODE" : "RELATIONSHIP"
    let pattern = create.pattern.isRelationship ? "relationship" : "node"
    throw syntaxError(
      "'IS \(kind) \(word)' does not allow \(pattern) patterns", at: create.pattern.span.start,
      CauseText(
        code: "22N04", name: "invalid input value",
        text:
          "Invalid input '\(pattern) pattern' for IS \(kind) \(word). Expected '\(kind.lowercased()) patterns'."
      ))
  }

  private func bindPropertyType(
    _ type: TypeExpression, _ entity: SchemaEntity
  ) throws(Failure) -> CypherType {
    let bound = try bindType(type)
    func refuse(_ more: String, _ extra: [GQLCause]) -> Failure {
      let text = "Invalid property type `\(bound.text)`."
      return Failure(
        code: "Neo.ClientError.Statement.SyntaxError",
        message:
          "Failed to create \(entity.word) property type constraint: \(text)\(more)",
        gqlStatus: "50N11",
        gqlDescription:
          "general processing exception - constraint creation failed. Unable to create '\(entity.word) property type constraint'.",
        causes: [
          CauseText(
            code: "22N90", name: "property type unsupported in constraint",
            text: "\(bound.text) is not supported in property type constraints."
          ).link
        ] + extra, position: SourcePosition(ofByte: type.span.start, in: self.text))
    }
    for member in bound.members {
      switch member {
      case .list(let element):
        guard case .notNull(let inner) = element else {
          let text = "Lists cannot have nullable inner types."
          throw refuse(
            " \(text)",
            [
              CauseText(
                code: "22NB9", name: "invalid inner list type",
                text: "Lists cannot have a nullable type as an inner type in this context."
              ).link
            ])
        }
        if !inner.isStorableScalar { throw refuse("", []) }
      default:
        if !member.isStorableScalar { throw refuse("", []) }
      }
    }
    return bound
  }
}

extension SchemaEntity {
  fileprivate var word: String { self == .node ? "node" : "relationship" }
}

extension IndexType {
  var bound: IndexKind {
    switch self {
    case .range: .range
    case .text: .text
    case .point: .point
    case .lookup: .lookup
    case .fulltext: .fulltext
    case .vector: .vector
    }
  }
}

extension IndexKind {
  /// The word of kinds that take one property only.
  fileprivate var singlePropertyWord: String? {
    switch self {
    case .text: "text"
    case .point: "point"
    case .vector: "vector"
    case .range, .fulltext, .lookup: nil
    }
  }
}

extension CypherType {
  fileprivate var members: [CypherType] {
    switch self {
    case .union(let members): members.flatMap(\.members)
    default: [self]
    }
  }

  fileprivate var isStorableScalar: Bool {
    switch self {
    case .boolean, .integer, .float, .string, .date, .localTime, .zonedTime, .localDateTime,
      .zonedDateTime, .duration, .point:
      true
    default: false
    }
  }
}
