import Diagnostics
import QueryPlan

extension PatternSolver {
  /// Takes conditions on all hops, or all nodes, of a walk into the walk, so that it turns back at the
  /// first that fails.
  func inline(
    _ relationship: PatternRelationship, from start: Slot, into length: inout VariableLength,
    _ state: inout State
  ) throws(Failure) {
    for index in problem.predicates.indices where !state.solved.contains(index) {
      guard let condition = walkCondition(problem.predicates[index].expression, relationship),
        condition.outer.isSubset(of: state.draft.available)
      else { continue }
      let predicate = HopPredicate(
        slot: condition.local, expression: try planning.nested(condition.expression))
      if condition.isAboutNodes {
        if length.nodePredicate != nil { continue }
        // The walk checks the nodes that it reaches; where it starts is checked before.
        let first = condition.expression.substituting([condition.local: .variable(start)])
        length.nodePredicate = predicate
        state.draft = try planning.filter(state.draft, by: [first])
      } else {
        if length.hopPredicate != nil { continue }
        length.hopPredicate = predicate
      }
      state.solved.insert(index)
    }
  }

  private func walkCondition(
    _ predicate: Expression, _ relationship: PatternRelationship
  ) -> (local: Slot, expression: Expression, outer: Set<Slot>, isAboutNodes: Bool)? {
    guard case .quantifier(let quantifier, let local, let list, let body) = predicate,
      quantifier == .all || quantifier == .none, !body.containsSubquery
    else { return nil }
    let isAboutNodes: Bool
    switch list {
    case .variable(relationship.slot): isAboutNodes = false
    case .function(let name, let arguments):
      guard case .variable(let path)? = arguments.first, isPath(path, of: relationship) else {
        return nil
      }
      switch name.lowercased() {
      case "nodes": isAboutNodes = true
      case "relationships": isAboutNodes = false
      default: return nil
      }
    default: return nil
    }
    let condition = quantifier == .all ? body : .not(body)
    return (local, condition, condition.slots.subtracting([local]), isAboutNodes)
  }

  /// Whether a path variable stands for this walk and nothing else.
  private func isPath(_ path: Slot, of relationship: PatternRelationship) -> Bool {
    problem.paths.contains { named in
      named.slot == path
        && named.elements == [
          .node(relationship.left), .relationshipList(relationship.slot),
          .node(relationship.right),
        ]
    }
  }
}
