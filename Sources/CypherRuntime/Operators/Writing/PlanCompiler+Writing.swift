import Diagnostics
import QueryPlan

extension PlanCompiler {
  /// Compiles an operator that changes the graph; `nil` for all others.
  func makeWriting(_ node: PlanNode) throws(Failure) -> Operator? { nil }
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
