import CypherSyntax
import Diagnostics
import GraphValues
import QueryPlan

extension Binder {
  /// Binds MERGE: one pattern, both to look for and to make.
  mutating func bindMerge(_ merge: AST.MergeClause) throws(Failure) -> Bound.Clause {
    let outer = (scope, usedSlots, context.refusesSubqueries)
    context.refusesSubqueries = true
    usedSlots = []
    labelStyles = LabelStyles()
    var creation = CreationContext(keyword: "MERGE", isMerge: true)
    try checkMerged(merge.pattern, creation)
    var pattern = PatternContext(.merge, keyword: "MERGE")
    let draft = try draftPatterns([merge.pattern], &pattern)
    var graph = try finish(draft, pattern)
    graph.arguments = usedSlots.intersection(outer.0.slots)
    usedSlots.formUnion(outer.1)
    creation.made = pattern.declared
    let create = try bindMergedCreation(merge.pattern, graph, outer.0, creation)
    context.refusesSubqueries = outer.2
    var onCreate: [Bound.SetItem] = []
    var onMatch: [Bound.SetItem] = []
    for action in merge.actions {
      let items = try bindSetItems(action.set.items)
      if action.event == .create { onCreate += items } else { onMatch += items }
    }
    return .merge(
      Bound.MergeClause(pattern: graph, create: create, onCreate: onCreate, onMatch: onMatch))
  }

  /// What a pattern to merge may not have.
  private func checkMerged(
    _ pattern: PathPattern, _ creation: CreationContext
  ) throws(Failure) {
    let parts = try creatableParts(pattern, creation)
    for part in parts {
      switch part {
      case .node(let node):
        try checkMergedNode(node, isAlone: parts.count == 1, creation)
      case .relationship(let relationship):
        try checkCreatedRelationship(relationship, creation)
      case .parenthesized: continue
      }
    }
  }

  private func checkMergedNode(
    _ node: NodePattern, isAlone: Bool, _ creation: CreationContext
  ) throws(Failure) {
    if let test = node.labels, let offset = test.expression.refusedLabel(self) {
      throw refusedLabels(creation, at: offset)
    }
    guard let name = node.variable, let known = scope[name.text] else { return }
    if isAlone { throw alreadyDeclared(name.text, at: name.span.start) }
    if known.type.mayBe(.node), node.labels != nil || node.properties != nil {
      throw createdAgain(name.text, creation.keyword)
    }
  }

  /// What to make where nothing was found: all that was not bound before.
  private mutating func bindMergedCreation(
    _ pattern: PathPattern, _ graph: PatternGraph, _ before: Scope, _ creation: CreationContext
  ) throws(Failure) -> CreatePattern {
    guard case .elements(let parts) = pattern.kind else { return CreatePattern(items: []) }
    var made: [CreatePattern.Item] = []
    var seen = before.slots
    // The ends of the relationships, in text order, are the slots of the nodes, in text order.
    var places = graph.relationships.first.map { [$0.left] } ?? graph.nodes
    places += graph.relationships.map(\.right)
    var relationships = graph.relationships[...]
    for part in parts {
      guard case .node(let node) = part, let slot = places.first else { continue }
      places.removeFirst()
      if seen.insert(slot).inserted { made.append(try mergedNode(node, slot, creation)) }
    }
    for part in parts {
      guard case .relationship(let relationship) = part,
        let bound = relationships.popFirst()
      else { continue }
      made.append(try mergedRelationship(relationship, bound, creation))
    }
    return CreatePattern(items: made, paths: graph.paths)
  }

  private mutating func mergedNode(
    _ node: NodePattern, _ slot: Slot, _ creation: CreationContext
  ) throws(Failure) -> CreatePattern.Item {
    let labels = try bindCreatedLabels(node.labels, creation)
    let properties = try bindCreatedProperties(node.properties, creation)
    return .node(CreatePattern.Node(slot: slot, labels: labels, properties: properties))
  }

  private mutating func mergedRelationship(
    _ relationship: RelationshipPattern, _ bound: PatternRelationship, _ creation: CreationContext
  ) throws(Failure) -> CreatePattern.Item {
    let type = try bindCreatedType(relationship, creation)
    let properties = try bindCreatedProperties(relationship.properties, creation)
    let isReversed = bound.direction == .incoming
    return .relationship(
      CreatePattern.Relationship(
        slot: bound.slot, type: type, start: isReversed ? bound.right : bound.left,
        end: isReversed ? bound.left : bound.right, properties: properties))
  }
}
