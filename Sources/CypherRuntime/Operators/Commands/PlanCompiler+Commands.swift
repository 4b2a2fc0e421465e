import Diagnostics
import QueryPlan

extension PlanCompiler {
  /// Compiles a procedure call, a file reader or a command; `nil` for all others.
  func makeCommand(_ node: PlanNode) throws(Failure) -> Operator? { nil }
}
