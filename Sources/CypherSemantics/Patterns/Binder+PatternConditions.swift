import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  /// Binds the conditions of a draft, now that all of its variables are known.
  mutating func finish(
    _ draft: PatternDraft, _ context: PatternContext
  ) throws(Failure) -> PatternGraph {
    var graph = draft.graph
    for condition in draft.conditions { try bindPatternCondition(condition, &graph, context) }
    for repetition in draft.repetitions {
      let outside = scope
      for (name, variable) in repetition.names { scope[name] = variable }
      graph.quantified[repetition.index].inner = try finish(repetition.inner, context)
      scope = outside
    }
    for selection in draft.selections {
      graph.shortest[selection.index].pattern = try finish(selection.inner, context)
    }
    return graph
  }

  private mutating func bindPatternCondition(
    _ condition: PatternDraft.Condition, _ graph: inout PatternGraph, _ context: PatternContext
  ) throws(Failure) {
    switch condition {
    case .nodeLabels(let slot, let test):
      graph.predicates.append(.hasLabels(.variable(slot), try bindLabels(test, .nodePattern)))
    case .types(let slot, let test):
      graph.predicates.append(
        .hasLabels(.variable(slot), try bindLabels(test, .relationshipPattern)))
    case .properties(let slot, let map, _):
      graph.predicates += try bindPropertyConditions(slot, map, context)
    case .predicate(let predicate):
      graph.predicates += try bindCondition(predicate).expression.conjuncts
    case .hop(let index, let relationship):
      graph.relationships[index].hopPredicate = try bindHop(relationship, context)
    }
  }

  private mutating func bindHop(
    _ relationship: RelationshipPattern, _ context: PatternContext
  ) throws(Failure) -> HopPredicate? {
    let hop = slots.addAnonymous(.relationship)
    var conditions: [Bound.Expression] = []
    if let test = relationship.types {
      let labels = try bindLabels(test, .relationshipPattern)
      if test.expression.plainTypes == nil { conditions.append(.hasLabels(.variable(hop), labels)) }
    }
    if let properties = relationship.properties {
      conditions += try bindPropertyConditions(hop, properties, context)
    }
    if let predicate = relationship.predicate {
      // Inside of a quantified relationship its variable stands for one hop.
      let outside = scope
      if let name = relationship.variable {
        scope[name.text] = Variable(slot: hop, type: .relationship, origin: .clause)
      }
      conditions += try bindCondition(predicate).expression.conjuncts
      scope = outside
    }
    guard let first = conditions.first else { return nil }
    return HopPredicate(
      slot: hop, expression: conditions.count == 1 ? first : .and(conditions))
  }

  /// `{k: v}` of a pattern means that each property equals its value.
  mutating func bindPropertyConditions(
    _ slot: Slot, _ map: AST.Expression, _ context: PatternContext
  ) throws(Failure) -> [Bound.Expression] {
    guard case .map(let entries) = map.kind else { throw parameterMap(map, context) }
    var conditions: [Bound.Expression] = []
    for entry in entries {
      notes.use(property: entry.key)
      let value = try bind(entry.value)
      conditions.append(
        .comparison(.equal, .property(.variable(slot), key: entry.key.text), value.expression))
    }
    return conditions
  }

  private func parameterMap(_ map: AST.Expression, _ context: PatternContext) -> Failure {
    let keyword = context.keyword
    return syntaxError(
      "Parameter maps cannot be used in `\(keyword)` patterns (use a literal map instead, e.g. `{id: $\(map.parameterName ?? "param").id}`)",
      at: map.span.start,
      CauseText(
        code: "42N32", name: "invalid use of parameter map",
        text:
          "Parameter maps cannot be used in '\(keyword)' patterns. Use a literal map instead."))
  }
}

extension AST.Expression {
  fileprivate var parameterName: String? {
    if case .parameter(let parameter) = kind { parameter.name } else { nil }
  }
}

extension Bound.Expression {
  /// The parts of a conjunction.
  var conjuncts: [Bound.Expression] {
    if case .and(let parts) = self { parts.flatMap(\.conjuncts) } else { [self] }
  }
}
