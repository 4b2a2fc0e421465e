import Diagnostics
import QueryPlan

extension PlanCompiler {
  /// Compiles a procedure call, a file reader or a command; `nil` for all others.
  func makeCommand(_ node: PlanNode) throws(Failure) -> Operator? {
    switch node.operation {
    case .command(let command): return ListingOperator(node, command, self)
    case .procedureCall(let call):
      guard let child = node.children.first else {
        throw .execution("a procedure call without an input")
      }
      return try ProcedureCallOperator(node, call, self, input: try compile(child))
    case .loadCSV(let clause):
      guard let child = node.children.first else { throw .execution("a file without an input") }
      return try LoadCSVOperator(node, self, try compile(child), clause)
    default: return nil
    }
  }
}
