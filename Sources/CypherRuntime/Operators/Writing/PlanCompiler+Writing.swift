import Diagnostics
import QueryPlan

extension PlanCompiler {
  /// Compiles an operator that changes the graph; `nil` for all others.
  func makeWriting(_ node: PlanNode) throws(Failure) -> Operator? {
    switch node.operation {
    case .create(let pattern):
      return try CreateOperator(node, pattern, self, input: try writingInput(node))
    case .set(let items):
      return try SetOperator(node, items, self, input: try writingInput(node))
    case .remove(let items):
      return try RemoveOperator(node, items, self, input: try writingInput(node))
    case .delete(let expressions, let isDetaching):
      return try DeleteOperator(
        node, expressions, isDetaching: isDetaching, self, input: try writingInput(node))
    case .merge(let clause): return try makeMerge(node, clause)
    case .forEach(let slot, let list, let body):
      return try makeForEach(node, slot, list, body)
    default: return nil
    }
  }

  private func writingInput(_ node: PlanNode) throws(Failure) -> Operator {
    guard let child = node.children.first else {
      throw .execution("a writing operator without an input")
    }
    return try compile(child)
  }

  private func makeMerge(_ node: PlanNode, _ clause: MergeClause) throws(Failure) -> Operator {
    guard node.children.count == 2 else { throw .execution("a merge without two inputs") }
    let left = try compile(node.children[0])
    let frame = argumentFrame(for: node.children[1], rowsOf: node.children[0])
    let search = try compile(node.children[1], within: frame)
    return try MergeOperator(node, clause, self, input: left, search: search, argument: frame)
  }

  private func makeForEach(
    _ node: PlanNode, _ slot: Slot, _ list: Expression, _ body: PlanNode
  ) throws(Failure) -> Operator {
    guard let child = node.children.first else { throw .execution("a FOREACH without an input") }
    let input = try compile(child)
    var read = Set(child.live)
    read.insert(slot)
    body.collectArguments(into: &read)
    let frame = ArgumentFrame(slotCount: slotCount, slots: read.sorted(), parent: self.frame)
    let inner = try compile(body, within: frame)
    return try ForEachOperator(
      node, slot, list: list, self, input: input, body: inner, argument: frame)
  }
}

extension PlanOperation {
  /// Whether the operator changes the graph, the schema or anything else outside its rows.
  var hasEffects: Bool {
    switch self {
    case .create, .merge, .set, .remove, .delete, .forEach, .command, .procedureCall: true
    default: false
    }
  }
}
