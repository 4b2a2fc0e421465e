import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  /// Declares everything in a list of patterns; the slot given receives the path of the only one.
  mutating func draftPatterns(
    _ patterns: [PathPattern], _ context: inout PatternContext, pathSlot: Slot? = nil
  ) throws(Failure) -> PatternDraft {
    var draft = PatternDraft()
    for pattern in patterns { try draftPath(pattern, &draft, &context, pathSlot) }
    return draft
  }

  private mutating func draftPath(
    _ pattern: PathPattern, _ draft: inout PatternDraft, _ context: inout PatternContext,
    _ pathSlot: Slot?
  ) throws(Failure) {
    let isAcyclic = pattern.mode?.kind == .acyclic
    context.keepsAll = pattern.variable != nil || pathSlot != nil || isAcyclic
    var path = pathSlot
    if let name = pattern.variable { path = try declare(name, .path) }
    if isAcyclic && path == nil { path = slots.addAnonymous(.path) }
    let elements: [PathElement]
    switch pattern.kind {
    case .shortest(let shortest):
      try checkShortest(shortest, pattern, context)
      remark(on: shortest)
      elements = try draftShortest(shortest, &draft, &context)
    case .elements(let parts):
      try checkQuantifiers(parts, pattern)
      if let selector = try boundSelector(pattern.selector) {
        try nameInnerPath(parts, &draft)
        elements = try draftSelection(selector, parts, &draft, &context)
      } else {
        elements = try draftElements(parts, &draft, &context)
      }
    }
    if let path { draft.graph.paths.append(NamedPath(slot: path, elements: elements)) }
    if isAcyclic, let path { requireDistinctNodes(path, pattern, &draft) }
    for index in draft.graph.paths.indices where draft.graph.paths[index].elements.isEmpty {
      draft.graph.paths[index].elements = elements
    }
  }

  /// `ACYCLIC`: no node comes twice in a path; a selector chooses among such paths.
  private func requireDistinctNodes(
    _ path: Slot, _ pattern: PathPattern, _ draft: inout PatternDraft
  ) {
    let nodes = Bound.Expression.function("nodes", [.variable(path)])
    let condition = Bound.Expression.comparison(
      .equal, .function("size", [.function("coll.distinct", [nodes])]),
      .function("size", [nodes]))
    if pattern.selector?.isSelective == true, !draft.selections.isEmpty {
      draft.selections[draft.selections.count - 1].inner.graph.predicates.append(condition)
    } else {
      draft.graph.predicates.append(condition)
    }
  }

  /// `ANY SHORTEST (q = …)`: the parentheses hold the whole pattern, and so does their variable.
  private mutating func nameInnerPath(
    _ parts: [PatternElement], _ draft: inout PatternDraft
  ) throws(Failure) {
    guard parts.count == 1, case .parenthesized(let part) = parts[0], part.quantifier == nil,
      let name = part.variable
    else { return }
    draft.graph.paths.append(NamedPath(slot: try declare(name, .path), elements: []))
  }

  /// Declares nodes, relationships and parenthesised parts in text order.
  mutating func draftElements(
    _ parts: [PatternElement], _ draft: inout PatternDraft, _ context: inout PatternContext
  ) throws(Failure) -> [PathElement] {
    var elements: [PathElement] = []
    var left: Slot?
    var index = 0
    while index < parts.count {
      switch parts[index] {
      case .node(let node):
        let slot = try draftNode(node, &draft, &context)
        if left != slot || elements.isEmpty { elements.append(.node(slot)) }
        left = slot
      case .relationship(let relationship):
        let start = left ?? newAnonymousNode(&draft)
        let (end, pieces) = try draftEnd(after: index, parts, &draft, &context)
        let step = try draftRelationship(relationship, from: start, to: end, &draft, &context)
        elements.append(step)
        elements += pieces
        left = end
        index = nextIndex(after: index, parts)
        continue
      case .parenthesized(let part) where part.quantifier == nil:
        let inner = try draftElements(part.elements, &draft, &context)
        if let predicate = part.predicate { draft.conditions.append(.predicate(predicate)) }
        elements += inner
        if case .node(let slot)? = inner.last { left = slot }
      case .parenthesized(let part):
        let start = left ?? newAnonymousNode(&draft)
        if left == nil { elements.append(.node(start)) }
        let repetition = draft.graph.quantified.count
        let groups = try draftRepetition(part, from: start, &draft, &context)
        let (end, pieces) = try draftEnd(after: index, parts, &draft, &context)
        draft.graph.quantified[repetition].right = end
        elements.append(.groups(groups))
        elements += pieces
        left = end
        index = nextIndex(after: index, parts)
        continue
      }
      index += 1
    }
    return elements
  }

  private mutating func newAnonymousNode(_ draft: inout PatternDraft) -> Slot {
    let slot = slots.addAnonymous(.node)
    draft.graph.nodes.append(slot)
    return slot
  }

  /// The node behind a relationship or repeated part: the next element, or one without a name.
  private mutating func draftEnd(
    after index: Int, _ parts: [PatternElement], _ draft: inout PatternDraft,
    _ context: inout PatternContext
  ) throws(Failure) -> (Slot, [PathElement]) {
    if index + 1 < parts.count, case .node(let node) = parts[index + 1] {
      let slot = try draftNode(node, &draft, &context)
      return (slot, [.node(slot)])
    }
    let slot = newAnonymousNode(&draft)
    return (slot, [.node(slot)])
  }

  private func nextIndex(after index: Int, _ parts: [PatternElement]) -> Int {
    if index + 1 < parts.count, case .node = parts[index + 1] { return index + 2 }
    return index + 1
  }

  /// Declares a quantified part: inside, its variables stand for one iteration; outside, for lists.
  private mutating func draftRepetition(
    _ part: ParenthesizedPattern, from left: Slot, _ draft: inout PatternDraft,
    _ context: inout PatternContext
  ) throws(Failure) -> [Slot] {
    let outside = scope
    try checkNoSharedNames(part, outside)
    var inner = PatternDraft()
    var innerContext = context
    let keepsAll = context.keepsAll
    let elements = try draftElements(part.elements, &inner, &innerContext)
    if let predicate = part.predicate { inner.conditions.append(.predicate(predicate)) }
    var names: [String: Variable] = [:]
    for (name, variable) in scope.variables where outside.variables[name] != variable {
      names[name.text] = variable
    }
    scope = outside
    var groups: [GroupVariable] = []
    var path: [Slot] = []
    for (position, element) in elements.enumerated() {
      guard let slot = element.single else { continue }
      let name = names.first { $0.value.slot == slot }
      let type: StaticType = element.isNode ? .node : .relationship
      let isLastNode = position == elements.count - 1
      if name == nil, !keepsAll, element.isNode { continue }
      let outer: Slot
      if let known = groups.first(where: { $0.inner == slot }) {
        outer = known.outer
      } else if let name {
        outer = newSlot(name.key, .list(of: type))
        scope[name.key] = Variable(slot: outer, type: .list(of: type), origin: .clause)
        context.declared.insert(name.key)
        context.groups.insert(name.key)
        groups.append(GroupVariable(inner: slot, outer: outer))
      } else {
        outer = slots.addAnonymous(element.isNode ? .value : .relationshipList)
        groups.append(GroupVariable(inner: slot, outer: outer))
      }
      if !isLastNode { path.append(outer) }
    }
    guard let start = elements.first?.single, let end = elements.last?.single else { return [] }
    let range = part.quantifier?.range ?? HopRange(minimum: 1, maximum: 1)
    draft.repetitions.append(
      PatternDraft.Repetition(index: draft.graph.quantified.count, inner: inner, names: names))
    draft.graph.quantified.append(
      QuantifiedPattern(
        left: left, right: left, inner: PatternGraph(), innerStart: start, innerEnd: end,
        range: range, groups: groups))
    return path
  }

  private func checkNoSharedNames(
    _ part: ParenthesizedPattern, _ outside: Scope
  ) throws(Failure) {
    for name in part.elements.flatMap(\.names) where outside[name.text] != nil {
      throw alreadyDeclared(name.text, at: part.span.start)
    }
  }
}

extension PathElement {
  /// The slot of a single node or relationship.
  var single: Slot? {
    switch self {
    case .node(let slot), .relationship(let slot): slot
    case .relationshipList, .groups: nil
    }
  }

  var isNode: Bool {
    if case .node = self { true } else { false }
  }
}

extension PatternElement {
  /// The variables in it, in the order of the text.
  var names: [Name] {
    switch self {
    case .node(let node): node.variable.map { [$0] } ?? []
    case .relationship(let relationship): relationship.variable.map { [$0] } ?? []
    case .parenthesized(let part): part.elements.flatMap(\.names)
    }
  }
}
