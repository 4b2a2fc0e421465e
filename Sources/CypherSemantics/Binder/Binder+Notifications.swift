import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  /// What was met on the way, as notifications.
  func notifications() -> [SemanticNotification] {
    var found: [SemanticNotification] = []
    func add(_ kind: SemanticNotification.Kind, at offset: Int) {
      found.append(
        SemanticNotification(
          kind: kind, position: SourcePosition(ofByte: offset, in: text)))
    }
    for match in notes.matches {
      if let names = cartesianNames(match.graph) {
        add(.cartesianProduct(names), at: match.clause.span.start)
      }
    }
    for name in notes.repeatedRelationships {
      add(.repeatedRelationship(name.text), at: name.span.start)
    }
    for separator in notes.deprecatedTypeSeparators {
      add(.typeSeparator(source(separator)), at: separator.start)
    }
    for call in notes.importingCalls { add(.importingCall, at: call.start) }
    for call in notes.redundantOptionalCalls { add(.redundantOptionalCall, at: call.start) }
    for call in notes.redundantOptionalProcedures {
      add(.redundantOptionalProcedure, at: call.start)
    }
    return found
  }

  /// The variables of a part without a connection to the rest of a pattern; `nil` when all hold
  /// together.
  private func cartesianNames(_ graph: PatternGraph) -> [String]? {
    var parent: [Slot: Slot] = [:]
    func root(_ slot: Slot) -> Slot {
      var place = slot
      while let next = parent[place], next != place { place = next }
      return place
    }
    func join(_ first: Slot, _ second: Slot) { parent[root(first)] = root(second) }
    for node in graph.nodes { parent[node] = node }
    for relationship in graph.relationships { join(relationship.left, relationship.right) }
    for part in graph.quantified { join(part.left, part.right) }
    for part in graph.shortest { join(part.left, part.right) }
    let bound = graph.nodes.filter { graph.arguments.contains($0) }
    if let first = bound.first { for other in bound.dropFirst() { join(first, other) } }
    let roots = Set(graph.nodes.map { root($0) })
    guard roots.count > 1, let first = graph.nodes.first.map({ root($0) }) else { return nil }
    let apart = graph.nodes.filter { root($0) != first && !slots[$0].isAnonymous }
    return apart.map { slots[$0].name }
  }
}
