import CypherSyntax
import Diagnostics
import GraphValues
import QueryPlan

extension Binder {
  /// Declares a node of a pattern and notes its conditions.
  mutating func draftNode(
    _ node: NodePattern, _ draft: inout PatternDraft, _ context: inout PatternContext
  ) throws(Failure) -> Slot {
    let slot = try nodeSlot(node, &context)
    if !draft.graph.nodes.contains(slot) { draft.graph.nodes.append(slot) }
    if let labels = node.labels { draft.conditions.append(.nodeLabels(slot, labels)) }
    if let properties = node.properties {
      draft.conditions.append(.properties(slot, properties, isNode: true))
    }
    if let predicate = node.predicate {
      if context.place == .merge { throw predicateRefused("Node", context.keyword, predicate) }
      draft.conditions.append(.predicate(predicate))
    }
    return slot
  }

  func predicateRefused(
    _ what: String, _ keyword: String, _ predicate: AST.Expression
  ) -> Failure {
    syntaxError(
      "\(what) pattern predicates are not allowed in a \(keyword) clause, but only in a MATCH clause or inside a pattern comprehension",
      at: position(of: predicate),
      CauseText(
        code: "42I32", name: "invalid use of node and relationship pattern predicate",
        text:
          "Node and relationship pattern predicates cannot be used in a \(keyword) clause. They can only be used in a `MATCH` clause or inside a pattern comprehension."
      ))
  }

  private mutating func nodeSlot(
    _ node: NodePattern, _ context: inout PatternContext
  ) throws(Failure) -> Slot {
    guard let name = node.variable else { return slots.addAnonymous(.node) }
    if let known = scope[name.text] {
      if !known.type.mayBe(.node) {
        if context.groups.contains(name.text) {
          throw alreadyDeclared(name.text, at: name.span.start)
        }
        throw conflictingType(of: name.text, known.type, expected: .node, at: name.span.start)
      }
      note(use: name, of: known.slot)
      if known.origin == .clause { aggregation?.noteVariable(name) }
      return known.slot
    }
    return try declareElement(name, .node, &context)
  }

  private mutating func declareElement(
    _ name: Name, _ type: StaticType, _ context: inout PatternContext
  ) throws(Failure) -> Slot {
    if context.place == .shortestExpression {
      throw undefinedVariable(name.text, at: name.span.start)
    }
    if context.place == .predicate {
      throw patternIntroduces(name.text, at: name.span.start)
    }
    if let lost = lostNames, lost.names.contains(name.text) {
      throw lostByProjection(name.text, in: lost.clause, at: name.span.start)
    }
    context.declared.insert(name.text)
    noteShadowing(name)
    let slot = newSlot(name.text, type)
    scope[name.text] = Variable(slot: slot, type: type, origin: .clause)
    return slot
  }

  /// Declares a relationship between two nodes and notes its conditions.
  mutating func draftRelationship(
    _ relationship: RelationshipPattern, from left: Slot, to right: Slot,
    _ draft: inout PatternDraft, _ context: inout PatternContext
  ) throws(Failure) -> PathElement {
    let length = relationship.length.map(\.range) ?? relationship.quantifier.map(\.range)
    let isVariable = length != nil
    notes.numbersOfHops += relationship.numberCount
    if let predicate = relationship.predicate {
      if context.place == .merge {
        throw predicateRefused("Relationship", context.keyword, predicate)
      }
      if relationship.length != nil { throw variableLengthPredicate(predicate) }
    }
    let (slot, isBound) = try relationshipSlot(
      relationship, isVariable: isVariable, &draft, &context)
    let types = relationship.types.flatMap { $0.expression.plainTypes }
    try checkTypes(relationship, isVariable: relationship.length != nil)
    for name in relationship.types?.expression.names ?? [] { notes.use(type: name) }
    let index = draft.graph.relationships.count
    draft.graph.relationships.append(
      PatternRelationship(
        slot: slot, left: left, right: right, direction: relationship.direction.bound,
        types: types ?? [], length: length, isBound: isBound))
    if isVariable {
      draft.conditions.append(.hop(relationship: index, relationship))
      return .relationshipList(slot)
    }
    if let test = relationship.types { remark(onTypes: test.expression) }
    if let test = relationship.types, types == nil { draft.conditions.append(.types(slot, test)) }
    if let properties = relationship.properties {
      draft.conditions.append(.properties(slot, properties, isNode: false))
    }
    if let predicate = relationship.predicate { draft.conditions.append(.predicate(predicate)) }
    return .relationship(slot)
  }

  private func variableLengthPredicate(_ predicate: AST.Expression) -> Failure {
    syntaxError(
      "Relationship pattern predicates are not supported for variable-length relationships.",
      at: position(of: predicate),
      CauseText(
        code: "42N37",
        name: "invalid use of relationship pattern predicates in variable length relationships",
        text: "Relationship pattern predicates cannot be use in variable length relationships."))
  }

  private mutating func relationshipSlot(
    _ relationship: RelationshipPattern, isVariable: Bool, _ draft: inout PatternDraft,
    _ context: inout PatternContext
  ) throws(Failure) -> (Slot, Bool) {
    let type: StaticType = isVariable ? .list(of: .relationship) : .relationship
    guard let name = relationship.variable else {
      return (slots.addAnonymous(Self.kind(of: type)), false)
    }
    guard let known = scope[name.text] else {
      firstRelationships[name.text] = name
      return (try declareElement(name, type, &context), false)
    }
    if relationship.quantifier != nil {
      throw alreadyDeclared(name.text, at: relationship.span.start)
    }
    if !known.type.fits(type) {
      if context.groups.contains(name.text) {
        throw alreadyDeclared(name.text, at: name.span.start)
      }
      throw conflictingType(of: name.text, known.type, expected: type, at: name.span.start)
    }
    if context.place == .merge { throw alreadyDeclared(name.text, at: name.span.start) }
    note(use: name, of: known.slot)
    if context.declared.contains(name.text) {
      noteRepeated(name)
      draft.graph.predicates.append(.literal(Bound.Literal(.boolean(false))))
    } else if known.origin == .clause {
      aggregation?.noteVariable(name)
    }
    return (known.slot, true)
  }
}

extension Binder {
  /// Notes a relationship variable that stands twice, at its first place.
  private mutating func noteRepeated(_ name: Name) {
    guard !notes.repeatedRelationships.contains(where: { $0.text == name.text }) else { return }
    notes.repeatedRelationships.append(firstRelationships[name.text] ?? name)
  }
}

extension PatternDirection {
  /// As seen from the node on the left.
  var bound: Direction {
    switch self {
    case .right: .outgoing
    case .left: .incoming
    case .either: .both
    }
  }
}

extension CypherSyntax.VariableLength {
  var range: HopRange {
    HopRange(
      minimum: lower.map { Int(clamping: $0) } ?? 1, maximum: upper.map { Int(clamping: $0) })
  }
}

extension AST.Quantifier {
  var range: HopRange {
    HopRange(minimum: Int(clamping: lower), maximum: upper.map { Int(clamping: $0) })
  }
}
