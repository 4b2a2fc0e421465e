import Diagnostics
import GraphStore
import QueryPlan

extension PlanCompiler {
  /// Compiles a leaf; `nil` for operators with inputs.
  func makeLeaf(_ node: PlanNode) throws(Failure) -> Operator? {
    switch node.operation {
    case .argument(let slots): return ArgumentOperator(node, self, slots)
    case .emptyRow: return EmptyRowOperator(node, self)
    case .allNodesScan(let slot): return NodeScanOperator(node, self, slot, labels: [])
    case .nodeByLabelScan(let slot, let label):
      return NodeScanOperator(node, self, slot, labels: [label])
    case .unionNodeByLabelsScan(let slot, let labels):
      return UnionLabelScanOperator(node, self, slot, labels: labels)
    case .intersectionNodeByLabelsScan(let slot, let labels):
      return NodeScanOperator(node, self, slot, labels: labels)
    case .subtractionNodeByLabelsScan(let slot, let labels, let excluded):
      return SubtractionLabelScanOperator(node, self, slot, labels: labels, excluded: excluded)
    case .nodeByIDSeek(let slot, let ids, let isList, let isElementID):
      return try NodeByIDSeekOperator(
        node, self, slot, ids, isList: isList, isElementID: isElementID)
    case .nodeIndexSeek(let slot, let index, let seek):
      return try NodeIndexSeekOperator(node, self, slot, index, seek)
    default: return try makeRelationshipLeaf(node)
    }
  }

  private func makeRelationshipLeaf(_ node: PlanNode) throws(Failure) -> Operator? {
    switch node.operation {
    case .allRelationshipsScan(let slot, let left, let right, let isDirected):
      return RelationshipScanOperator(
        node, self, slot, left: left, right: right, types: [], isDirected: isDirected)
    case .relationshipTypeScan(let slot, let left, let right, let types, let isDirected):
      return RelationshipScanOperator(
        node, self, slot, left: left, right: right, types: types, isDirected: isDirected)
    case .relationshipByIDSeek(
      let slot, let left, let right, let ids, let isList, let isElementID, let isDirected):
      return try RelationshipByIDSeekOperator(
        node, self, slot, left: left, right: right, ids, isList: isList, isElementID: isElementID,
        isDirected: isDirected)
    case .relationshipIndexSeek(
      let slot, let left, let right, let index, let seek, let isDirected):
      return try RelationshipIndexSeekOperator(
        node, self, slot, left: left, right: right, index, seek, isDirected: isDirected)
    case .nodeCountFromCountStore(let slot, let labels):
      let references = labels.map { name in name.map { context.tokens.label($0) } }
      return CountStoreOperator(node, self, slot, CountStoreOperator.nodes(references))
    case .relationshipCountFromCountStore(let slot, let start, let types, let end, _):
      return CountStoreOperator(
        node, self, slot,
        CountStoreOperator.relationships(
          start: start.map { context.tokens.label($0) },
          types: TypeFilter(types, context.tokens), end: end.map { context.tokens.label($0) }))
    default: return nil
    }
  }
}
