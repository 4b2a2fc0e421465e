import Diagnostics
import GraphValues
import QueryPlan

extension Planning {
  /// The plan of a MATCH that is only counted, when the store knows the number.
  ///
  /// Takes the clause that counts off `rest` when it succeeds.
  func planCount(
    _ graph: PatternGraph, before rest: inout ArraySlice<Clause>, on input: Draft
  ) throws(Failure) -> Draft? {
    guard case .argument = input.operation,
      case .project(let projection)? = rest.first, projection.isAggregating,
      projection.grouping.isEmpty, projection.aggregates.count == 1,
      let aggregate = projection.aggregates.first, !aggregate.call.isDistinct,
      graph.arguments.isEmpty, graph.quantified.isEmpty, graph.shortest.isEmpty,
      graph.hints.isEmpty, Set(graph.nodes).isDisjoint(with: input.available)
    else { return nil }
    let operation =
      graph.relationships.isEmpty
      ? nodeCount(graph, aggregate) : relationshipCount(graph, aggregate)
    guard let operation else { return nil }
    rest.removeFirst()
    let counted = Draft(operation, rows: 1, cost: 1, arguments: input.available)
    var remaining = projection
    remaining.isAggregating = false
    remaining.aggregates = []
    return try planProjection(remaining, on: counted)
  }

  /// The label of each node when conditions ask for at most one label a node and nothing else.
  private func labels(of graph: PatternGraph) -> [Slot: String]? {
    var labels: [Slot: String] = [:]
    for predicate in graph.predicates.flatMap(\.conjuncts) {
      guard case .hasLabels(.variable(let slot), .name(let name)) = predicate,
        graph.nodes.contains(slot), labels[slot] == nil
      else { return nil }
      labels[slot] = name
    }
    return labels
  }

  private func counts(_ aggregate: Projection.Aggregate, _ entities: [Slot]) -> Bool {
    switch aggregate.call.function {
    case .countAll: return true
    case .count:
      if case .variable(let slot)? = aggregate.call.arguments.first {
        return entities.contains(slot)
      }
      return false
    default: return false
    }
  }

  private func nodeCount(
    _ graph: PatternGraph, _ aggregate: Projection.Aggregate
  ) -> PlanOperation? {
    guard let labels = labels(of: graph), !graph.nodes.isEmpty, counts(aggregate, graph.nodes)
    else { return nil }
    return .nodeCountFromCountStore(aggregate.slot, labels: graph.nodes.map { labels[$0] })
  }

  private func relationshipCount(
    _ graph: PatternGraph, _ aggregate: Projection.Aggregate
  ) -> PlanOperation? {
    guard let labels = labels(of: graph), labels.count <= 1, graph.relationships.count == 1,
      let relationship = graph.relationships.first, relationship.length == nil,
      !relationship.isBound, relationship.left != relationship.right, graph.nodes.count == 2,
      Set(relationship.types).count == relationship.types.count,
      counts(aggregate, [relationship.slot] + graph.nodes)
    else { return nil }
    if relationship.direction == .both { return nil }
    let isForward = relationship.direction == .outgoing
    let start = isForward ? relationship.left : relationship.right
    let end = isForward ? relationship.right : relationship.left
    return .relationshipCountFromCountStore(
      aggregate.slot, startLabel: labels[start], types: relationship.types, endLabel: labels[end],
      isDirected: true)
  }
}
