import Diagnostics

extension Parser {
  /// An index or constraint command; `nil`, with nothing read, where none begins.
  mutating func schemaCommand() throws(SyntaxAbort) -> SchemaCommand? {
    let first = index
    if isAt(.create) {
      var at = 1
      let orReplace = peek(1).keyword == .or && peek(2).keyword == .replace
      if orReplace { at = 3 }
      let word = peek(at).keyword
      let isIndex = word == .index || (peek(at + 1).keyword == .index && indexWord(word))
      guard peek(at).kind == .name, peek(at + 1).kind != .equal, isIndex || word == .constraint
      else { return nil }
      for _ in 0..<at { advance() }
      if word == .constraint {
        advance()
        return .createConstraint(try createConstraint(orReplace: orReplace, first))
      }
      return .createIndex(try createIndex(orReplace: orReplace, first))
    }
    guard isAt(.drop), peek(1).keyword == .index || peek(1).keyword == .constraint else {
      return nil
    }
    advance()
    let isIndex = isAt(.index)
    advance()
    let drop = try dropSchema(isIndex: isIndex, first)
    return isIndex ? .dropIndex(drop) : .dropConstraint(drop)
  }

  private func indexWord(_ keyword: Keyword?) -> Bool {
    switch keyword {
    case .range, .text, .point, .lookup, .fulltext, .vector, .btree: true
    default: false
    }
  }

  private mutating func dropSchema(isIndex: Bool, _ first: Int) throws(SyntaxAbort) -> DropSchema {
    if !isIndex, version < .cypher25 { note("'ON'") }
    if version < .cypher25, isAt(.on),
      peek(1).kind == .colon || peek(1).kind == .leftParenthesis
    {
      throw abort(
        SyntaxFailures.oldSyntax(
          isIndex
            ? "Indexes cannot be dropped by schema, please drop by name instead: DROP INDEX index_name. The index name can be found using SHOW INDEXES."
            : oldDropConstraint()), at: isIndex ? here : span(of: first))
    }
    let name = try nameOrParameter()
    let ifExists = try ifExists()
    return DropSchema(name: name, ifExists: ifExists, span: spanFrom(first))
  }

  private func oldDropConstraint() -> String {
    let rest = tokens[index...]
    let kind: String
    if rest.contains(where: { $0.keyword == .unique }) {
      kind = "Uniqueness constraints"
    } else if rest.contains(where: { $0.keyword == .key }) {
      kind = "Node key constraints"
    } else if rest.contains(where: { $0.kind == .leftBracket }) {
      kind = "Relationship property existence constraints"
    } else {
      kind = "Node property existence constraints"
    }
    return
      "\(kind) cannot be dropped by schema, please drop by name instead: DROP CONSTRAINT constraint_name. The constraint name can be found using SHOW CONSTRAINTS."
  }

  /// `IF EXISTS`.
  mutating func ifExists() throws(SyntaxAbort) -> Bool {
    note("'IF EXISTS'")
    guard isAt(.if) else { return false }
    advance()
    try expect(.exists)
    return true
  }

  /// `IF NOT EXISTS`.
  mutating func ifNotExists() throws(SyntaxAbort) -> Bool {
    note("'IF NOT EXISTS'")
    guard isAt(.if) else { return false }
    advance()
    try expect(.not)
    try expect(.exists)
    return true
  }

  /// `OPTIONS {…}`, `OPTIONS $map`; `PROPERTIES …` likewise.
  mutating func mapOrParameter() throws(SyntaxAbort) -> Expression {
    if let parameter = parameter() {
      return Expression(.parameter(parameter), span: parameter.span)
    }
    guard at(.leftBrace) else { throw SyntaxAbort() }
    return try nestedMap()
  }

  // MARK: - Indexes

  private mutating func createIndex(orReplace: Bool, _ first: Int) throws(SyntaxAbort)
    -> CreateIndex
  {
    var type: IndexType?
    if !isAt(.index) {
      if isAt(.btree) {
        guard version < .cypher25 else { throw SyntaxAbort() }
        throw abort(
          SyntaxFailures.oldSyntax(
            "Invalid index type b-tree, use range, point or text index instead."), at: here)
      }
      type = token.keyword.flatMap { IndexType(rawValue: $0.text) }
      advance()
    }
    advance()
    if version < .cypher25, isAt(.on), peek(1).kind == .colon {
      throw abort(
        SyntaxFailures.oldSyntax(
          "Invalid create index syntax, use `CREATE INDEX FOR ...` instead."), at: here)
    }
    let name = try schemaName()
    let ifNotExists = try ifNotExists()
    try expect(.for)
    let pattern = try schemaPattern(
      allowsSeveral: type == .fulltext || (type == .vector && version >= .cypher25),
      hasLabels: type != .lookup)
    var command = CreateIndex(
      orReplace: orReplace, type: type, name: name, ifNotExists: ifNotExists, pattern: pattern,
      properties: [], lookup: nil, additionalProperties: [], options: nil, span: here)
    try expect(.on)
    try indexTarget(&command)
    if command.type == .vector, accept(.with) {
      try expect(.leftBracket)
      command.additionalProperties = try schemaProperties()
      try expect(.rightBracket)
    }
    if accept(.options) { command.options = try mapOrParameter() }
    command.span = spanFrom(first)
    return command
  }

  /// The name before `IF` or `FOR`; `nil` where there is none.
  private mutating func schemaName() throws(SyntaxAbort) -> NameOrParameter? {
    if isAt(.for), peek(1).kind == .leftParenthesis { return nil }
    if isAt(.if), peek(1).keyword == .not { return nil }
    if index == collectAt { expected.formUnion(["'FOR'", "'IF NOT EXISTS'"]) }
    return try nameOrParameter()
  }

  private mutating func indexTarget(_ command: inout CreateIndex) throws(SyntaxAbort) {
    switch command.type {
    case .lookup:
      _ = accept(.each)
      let function = try name("a function name")
      try expect(.leftParenthesis)
      let variable = try name("a variable name")
      try expect(.rightParenthesis)
      command.lookup = CreateIndex.Lookup(function: function, variable: variable)
    case .fulltext:
      try expect(.each)
      try expect(.leftBracket)
      command.properties = try schemaProperties()
      try expect(.rightBracket)
    default:
      command.properties = try propertyList()
    }
  }

  /// `(n.a, n.b)` or `n.a`.
  private mutating func propertyList() throws(SyntaxAbort) -> [SchemaProperty] {
    if accept(.leftParenthesis) {
      let properties = try schemaProperties()
      try expect(.rightParenthesis)
      return properties
    }
    return [try schemaProperty()]
  }

  private mutating func schemaProperties() throws(SyntaxAbort) -> [SchemaProperty] {
    var properties = [try schemaProperty()]
    while accept(.comma) { properties.append(try schemaProperty()) }
    return properties
  }

  private mutating func schemaProperty() throws(SyntaxAbort) -> SchemaProperty {
    let variable = try name()
    try expect(.dot)
    return SchemaProperty(variable: variable, key: try name())
  }

  /// `(n:A|B)`, `()-[r:T]-()`.
  private mutating func schemaPattern(
    allowsSeveral: Bool, hasLabels: Bool
  ) throws(SyntaxAbort) -> SchemaPattern {
    let first = index
    try expect(.leftParenthesis)
    if accept(.rightParenthesis) {
      if isAt(.less) { advance() }
      try expect(.minus)
      try expect(.leftBracket)
      let (variable, types) = try schemaLabels(allowsSeveral, hasLabels)
      try expect(.rightBracket)
      try expect(.minus)
      if isAt(.greater) { advance() }
      try expect(.leftParenthesis)
      try expect(.rightParenthesis)
      return SchemaPattern(
        isRelationship: true, variable: variable, labels: types, span: spanFrom(first))
    }
    let (variable, labels) = try schemaLabels(allowsSeveral, hasLabels)
    try expect(.rightParenthesis)
    return SchemaPattern(
      isRelationship: false, variable: variable, labels: labels, span: spanFrom(first))
  }

  private mutating func schemaLabels(
    _ allowsSeveral: Bool, _ hasLabels: Bool
  ) throws(SyntaxAbort) -> (Name, [Name]) {
    let variable = try name("a variable name")
    var labels: [Name] = []
    if hasLabels {
      try expect(.colon)
      labels.append(try name("a node label/relationship type name"))
      while allowsSeveral, accept(.bar) {
        labels.append(try name("a node label/relationship type name"))
      }
    }
    return (variable, labels)
  }

  // MARK: - Constraints

  private mutating func createConstraint(orReplace: Bool, _ first: Int) throws(SyntaxAbort)
    -> CreateConstraint
  {
    let isOld = version < .cypher25 && isAt(.on) && peek(1).kind == .leftParenthesis
    let name = isOld ? nil : try schemaName()
    let ifNotExists = try ifNotExists()
    if version < .cypher25, at(.on) {
      let isExistence = tokens[index...].contains { $0.keyword == .exists }
      throw abort(
        SyntaxFailures.oldSyntax(
          isExistence
            ? "Invalid constraint syntax, ON and ASSERT EXISTS should not be used. Replace ON with FOR and ASSERT EXISTS with REQUIRE ... IS NOT NULL."
            : "Invalid constraint syntax, ON and ASSERT should not be used. Replace ON with FOR and ASSERT with REQUIRE."
        ), at: here)
    }
    try expect(.for)
    let pattern = try schemaPattern(allowsSeveral: false, hasLabels: true)
    if version < .cypher25, isAt(.assert) {
      throw abort(
        SyntaxFailures.oldSyntax(
          "Invalid constraint syntax, FOR should not be used in combination with ASSERT. Replace ASSERT with REQUIRE."
        ), at: here)
    }
    try expect(.require)
    let properties = try propertyList()
    let requirement = try requirement()
    let options = accept(.options) ? try mapOrParameter() : nil
    return CreateConstraint(
      orReplace: orReplace, name: name, ifNotExists: ifNotExists, pattern: pattern,
      properties: properties, requirement: requirement, options: options, span: spanFrom(first))
  }

  private mutating func requirement() throws(SyntaxAbort) -> CreateConstraint.Requirement {
    if accept(.doubleColon) { return .type(try typeExpression()) }
    try expect(.is)
    if accept(.not) {
      try expect(.null)
      return .notNull
    }
    if accept(.doubleColon) || accept(.typed) { return .type(try typeExpression()) }
    var entity: CreateConstraint.Entity?
    if let word = acceptAny(.node, .relationship, .rel) {
      entity = word == .node ? .node : .relationship
    }
    if accept(.unique) { return .unique(entity) }
    try expect(.key)
    return .key(entity)
  }
}
