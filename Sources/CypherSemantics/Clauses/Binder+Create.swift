import CypherSyntax
import Diagnostics
import QueryPlan

/// Where a pattern creates something, and what may stand in it.
struct CreationContext {
  /// The word in messages.
  var keyword: String
  /// Whether it is MERGE, which may leave directions open.
  var isMerge = false
  /// Whether it is INSERT.
  var isInsert = false
  /// Variables of relationships and nodes that this clause makes.
  var made: Set<String> = []
}

extension Binder {
  mutating func bindCreate(_ create: CreateClause) throws(Failure) -> Bound.Clause {
    var context = CreationContext(
      keyword: create.isInsert ? "INSERT" : "CREATE", isInsert: create.isInsert)
    var pattern = CreatePattern(items: [])
    for path in create.patterns { try bindCreated(path, &pattern, &context) }
    return .create(pattern)
  }

  /// Binds one path to create.
  mutating func bindCreated(
    _ path: PathPattern, _ pattern: inout CreatePattern, _ context: inout CreationContext
  ) throws(Failure) {
    let parts = try creatableParts(path, context)
    var elements: [PathElement] = []
    var slot: Slot?
    if let name = path.variable {
      try checkNew(name.text, at: name.span.start)
      slot = newSlot(name.text, .path)
    }
    var index = 0
    var left: Slot?
    let isAlone = parts.count == 1
    while index < parts.count {
      switch parts[index] {
      case .node(let node):
        let created = try bindCreatedNode(node, isAlone: isAlone, &pattern, &context)
        elements.append(.node(created))
        left = created
        index += 1
      case .relationship(let relationship):
        guard let start = left, index + 1 < parts.count, case .node(let node) = parts[index + 1]
        else { return }
        try checkCreatedRelationship(relationship, context)
        let end = try bindCreatedNode(node, isAlone: false, &pattern, &context)
        let made = try bindCreatedRelationship(relationship, start, end, &pattern, &context)
        elements += [.relationship(made), .node(end)]
        left = end
        index += 2
      case .parenthesized: index += 1
      }
    }
    if let slot, let name = path.variable {
      scope[name.text] = Variable(slot: slot, type: .path, origin: .clause)
      pattern.paths.append(NamedPath(slot: slot, elements: elements))
    }
  }

  /// The nodes and relationships of a path, with forms that cannot be created refused.
  func creatableParts(
    _ path: PathPattern, _ context: CreationContext
  ) throws(Failure) -> [PatternElement] {
    let keyword = context.keyword
    func refusal(_ what: String, _ text: String, at offset: Int) -> Failure {
      syntaxError(
        "\(what) cannot be used in a \(keyword) clause, but only in a MATCH clause.", at: offset,
        CauseText(
          code: "42I04", name: "invalid expression",
          text: "'\(text)' cannot be used in a \(keyword) clause."))
    }
    if let selector = path.selector {
      throw refusal(
        "Path selectors such as `\(selector.text)`", source(path.span), at: selector.span.start)
    }
    guard case .elements(let parts) = path.kind else {
      guard case .shortest(let shortest) = path.kind else { return [] }
      let name = shortest.isAll ? "allShortestPaths" : "shortestPath"
      throw refusal("\(name)(...)", source(shortest.span), at: shortest.span.start)
    }
    for part in parts {
      switch part {
      case .relationship(let relationship):
        guard let quantifier = relationship.quantifier else { continue }
        let arrow = source(
          SourceSpan(start: relationship.span.start, end: quantifier.span.start))
        throw refusal(
          "Quantified path patterns", "(()\(arrow)())\(source(quantifier.span))",
          at: relationship.span.start)
      case .parenthesized(let part):
        throw refusal("Quantified path patterns", source(part.span), at: part.span.start)
      case .node: continue
      }
    }
    return parts
  }

  private mutating func bindCreatedNode(
    _ node: NodePattern, isAlone: Bool, _ pattern: inout CreatePattern,
    _ context: inout CreationContext
  ) throws(Failure) -> Slot {
    if let predicate = node.predicate {
      throw predicateRefused("Node", context.keyword, predicate)
    }
    if let name = node.variable, let known = scope[name.text] {
      if isAlone { throw alreadyDeclared(name.text, at: name.span.start) }
      if !known.type.mayBe(.node) {
        throw conflictingType(of: name.text, known.type, expected: .node, at: name.span.start)
      }
      if node.labels != nil || node.properties != nil {
        throw createdAgain(name.text, context.keyword)
      }
      usedSlots.insert(known.slot)
      return known.slot
    }
    let labels = try bindCreatedLabels(node.labels, context)
    let properties = try bindCreatedProperties(node.properties, context)
    let slot: Slot
    if let name = node.variable {
      slot = newSlot(name.text, .node)
      scope[name.text] = Variable(slot: slot, type: .node, origin: .clause)
      context.made.insert(name.text)
    } else {
      slot = slots.addAnonymous(.node)
    }
    pattern.items.append(
      .node(CreatePattern.Node(slot: slot, labels: labels, properties: properties)))
    return slot
  }

  func createdAgain(_ name: String, _ keyword: String) -> Failure {
    Failure(
      code: "Neo.ClientError.Statement.SyntaxError",
      message:
        "Can't create node `\(name)` with labels or properties here. The variable is already declared in this context",
      gqlStatus: "42N78",
      gqlDescription:
        "syntax error or access rule violation - variable already bound. Node `\(name)` has already been bound and cannot be modified by the \(keyword) clause."
    )
  }

  private mutating func bindCreatedRelationship(
    _ relationship: RelationshipPattern, _ left: Slot, _ right: Slot,
    _ pattern: inout CreatePattern, _ context: inout CreationContext
  ) throws(Failure) -> Slot {
    if let name = relationship.variable {
      if scope[name.text] != nil { throw alreadyDeclared(name.text, at: name.span.start) }
    }
    let type = try bindCreatedType(relationship, context)
    let properties = try bindCreatedProperties(relationship.properties, context)
    let slot: Slot
    if let name = relationship.variable {
      slot = newSlot(name.text, .relationship)
      scope[name.text] = Variable(slot: slot, type: .relationship, origin: .clause)
      context.made.insert(name.text)
    } else {
      slot = slots.addAnonymous(.relationship)
    }
    let isReversed = relationship.direction == .left
    pattern.items.append(
      .relationship(
        CreatePattern.Relationship(
          slot: slot, type: type, start: isReversed ? right : left,
          end: isReversed ? left : right, properties: properties)))
    return slot
  }

  private func readsOwnCreation(_ name: Name, _ keyword: String) -> Failure {
    let doing = keyword == "MERGE" ? "Merging" : "Creating"
    return syntaxError(
      "\(doing) an entity (\(name.text)) and referencing that entity in a property definition in the same \(keyword) is not allowed. Only reference variables created in earlier clauses.",
      at: name.span.start,
      CauseText(
        code: "42I58", name: "invalid entity reference",
        text:
          "Entity, '\(name.text)', cannot be created and referenced in the same clause."))
  }

  /// Binds the map of a node or relationship to create.
  mutating func bindCreatedProperties(
    _ properties: AST.Expression?, _ context: CreationContext
  ) throws(Failure) -> Bound.Expression? {
    guard let properties else { return nil }
    let typed = try bind(properties)
    try expect(StaticType(.mapLike), typed.type, properties)
    for name in properties.namedVariables where context.made.contains(name.text) {
      if isCypher25 { throw readsOwnCreation(name, context.keyword) }
      remark(onReading: name, in: context.keyword)
    }
    return typed.expression
  }
}

extension AST.Expression {
  /// The variables named in it.
  fileprivate var namedVariables: [Name] {
    if case .variable(let name) = kind { return [name] }
    return children.flatMap(\.namedVariables)
  }
}

extension PathSelector {
  /// As messages print it.
  var text: String {
    func number(_ count: Count?) -> String {
      if case .number(let number)? = count { "\(number)" } else { "1" }
    }
    switch kind {
    case .all: return "ALL PATHS"
    case .any(let count): return "ANY \(number(count)) PATHS"
    case .allShortest: return "ALL SHORTEST PATHS"
    case .shortest(let count): return "SHORTEST \(number(count)) PATHS"
    case .shortestGroups(let count): return "SHORTEST \(number(count)) PATH GROUPS"
    }
  }
}
