/// An operator of a plan with its inputs; immutable once made.
///
/// Arguments: a leaf below the right side of an apply (or of another operator that runs its right
/// side for each left row, or within a nested plan) takes live slots that it does not fill itself
/// from the row handed in, whatever kind of leaf it is; expressions of leaves may read any slot of
/// that row. The row handed in is one of the left side, whose live slots include all that the right
/// side reads. An apply passes left slots on from the left; its right side need not carry them.
public final class PlanNode: Sendable {
  /// What it does.
  public let operation: PlanOperation
  /// Its inputs, left first.
  public let children: [PlanNode]
  /// Rows it is estimated to yield.
  public let cardinality: Double
  /// Slots that operators above need from its rows, ascending; a batch need carry no others.
  public let live: [Slot]
  /// The `Details` column of EXPLAIN.
  public let details: String
  /// The details of each item of a SET or REMOVE, which EXPLAIN shows as operators of their own.
  public let itemDetails: [String]
  /// The order its rows have, as EXPLAIN prints it; empty when none.
  public let order: String

  /// Makes an operator.
  public init(
    _ operation: PlanOperation, children: [PlanNode] = [], cardinality: Double, live: [Slot],
    details: String = "", itemDetails: [String] = [], order: String = ""
  ) {
    self.operation = operation
    self.children = children
    self.cardinality = cardinality
    self.live = live
    self.details = details
    self.itemDetails = itemDetails
    self.order = order
  }
}

/// A whole plan, ready to be compiled by the runtime.
public struct StatementPlan: Sendable {
  /// The root: `produceResults`, or an operator of schema and administration commands.
  public var root: PlanNode
  /// All variables.
  public var slots: SlotTable
  /// Columns of the result; empty for none.
  public var columns: [ResultColumn]
  /// Whether anything is written to the graph; then every scan and seek has to yield what was there
  /// when it was opened (again), whatever the operators above it write meanwhile.
  public var writes: Bool
  /// Whether rows are produced.
  public var producesRows: Bool { !columns.isEmpty }

  /// Makes a plan.
  public init(root: PlanNode, slots: SlotTable, columns: [ResultColumn], writes: Bool) {
    self.root = root
    self.slots = slots
    self.columns = columns
    self.writes = writes
  }
}

/// A subquery inside an expression, planned; equal only to itself.
public final class NestedPlan: Hashable, Sendable {
  /// What is wanted of it.
  public let kind: Subquery.Kind
  /// Its plan; leaves that need outer variables start at an `argument`.
  public let plan: PlanNode
  /// The column that `collect` and `first` read.
  public let column: Slot?
  /// Outer slots that it reads.
  public let arguments: [Slot]
  /// How it reads in `Details`.
  public let text: String

  /// Makes a nested plan.
  public init(kind: Subquery.Kind, plan: PlanNode, column: Slot?, arguments: [Slot], text: String) {
    self.kind = kind
    self.plan = plan
    self.column = column
    self.arguments = arguments
    self.text = text
  }

  /// Identity.
  public static func == (left: NestedPlan, right: NestedPlan) -> Bool { left === right }

  /// Hashes the identity.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
