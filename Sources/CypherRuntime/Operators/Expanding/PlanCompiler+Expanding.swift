import Diagnostics
import QueryPlan

extension PlanCompiler {
  /// Compiles an operator that goes along relationships; `nil` for others.
  func makeExpanding(_ node: PlanNode, _ input: Operator) throws(Failure) -> Operator? {
    switch node.operation {
    case .expandAll(let expansion): return ExpandAllOperator(node, self, input, expansion)
    case .expandInto(let expansion): return ExpandIntoOperator(node, self, input, expansion)
    case .optionalExpandAll(let expansion, let predicates):
      return try OptionalExpandOperator(
        node, self, input, expansion, isInto: false, predicates)
    case .optionalExpandInto(let expansion, let predicates):
      return try OptionalExpandOperator(node, self, input, expansion, isInto: true, predicates)
    case .varLengthExpand(let expansion, let walk):
      return try VarLengthExpandOperator(node, self, input, expansion, walk)
    case .shortestPath(let search):
      return try ShortestPathOperator(node, self, input, search)
    case .statefulShortestPath(let part, let target, let isInto, let inner):
      return try StatefulShortestPathOperator(
        node, self, input, part, target: target, isInto: isInto, inner: inner)
    case .projectEndpoints(
      let slot, let left, let right, let isLeftBound, let isRightBound, let types, let direction,
      let length):
      return ProjectEndpointsOperator(
        node, self, input, slot, left: left, right: right, isLeftBound: isLeftBound,
        isRightBound: isRightBound, types: types, direction, length)
    default: return nil
    }
  }
}
