import CypherPlanner
import Diagnostics
import QueryPlan

/// Plans of commands: the command at the bottom, what filters and projects its rows above it.
enum CommandPlan {
  /// Plans a command.
  static func plan(
    _ command: Command, tail: BoundQuery?, slots: SlotTable, _ planner: QueryPlanner
  ) throws(Failure) -> StatementPlan {
    guard let tail else {
      let root = PlanNode(
        .command(command), cardinality: 1, live: [], details: command.details(nil))
      return StatementPlan(root: root, slots: slots, columns: [], writes: false)
    }
    let given = Set(command.columns.map(\.slot))
    var plan = try planner.plan(tail, slots: slots, given: given)
    let leaf = PlanNode(
      .command(command), cardinality: 10, live: command.columns.map(\.slot).sorted(),
      details: command.details(tail))
    plan.root = plan.root.replacingFirstLeaf(with: leaf)
    return plan
  }
}

extension Command {
  /// The columns that a listing yields.
  var columns: [ListingColumn] {
    switch self {
    case .show(_, let columns), .terminateTransactions(_, let columns),
      .administer(_, let columns):
      columns
    default: []
    }
  }
}

extension PlanNode {
  /// The plan with another leaf where the row of the statement's beginning comes in.
  func replacingFirstLeaf(with leaf: PlanNode) -> PlanNode {
    guard let first = children.first else { return leaf }
    return PlanNode(
      operation, children: [first.replacingFirstLeaf(with: leaf)] + children.dropFirst(),
      cardinality: cardinality, live: live, details: details, itemDetails: itemDetails,
      order: order)
  }
}
