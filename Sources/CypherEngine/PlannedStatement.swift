import CypherPlanner
import CypherRuntime
import CypherSemantics
import CypherSyntax
import Diagnostics
import QueryPlan
import Synchronization

/// A statement that was parsed, checked and planned once and serves all texts of its template, in
/// every session on its database.
final class PlannedStatement: KeptPlan, Sendable {
  let bound: BoundStatement
  let plan: StatementPlan
  let columns: ColumnNames
  let schemaVersion: UInt64
  let size: GraphSize
  let structural: [Int]
  /// Whether it reads a file, all rows of which wait somewhere for the last one.
  let loadsEagerly: Bool
  /// Whether a condition reads a property whose name is computed.
  let readsDynamicKeys: Bool

  init(
    bound: BoundStatement, plan: StatementPlan, columns: ColumnNames, schemaVersion: UInt64,
    size: GraphSize, structural: [Int]
  ) {
    self.bound = bound
    self.plan = plan
    self.columns = columns
    self.schemaVersion = schemaVersion
    self.size = size
    self.structural = structural
    readsDynamicKeys = bound.body.readsDynamicKeys
    loadsEagerly =
      plan.root.contains { if case .loadCSV = $0 { true } else { false } }
      && plan.root.contains { if case .eager = $0 { true } else { false } }
  }

  /// Whether there may be something to tell besides the result.
  var mayNotify: Bool {
    !bound.notifications.isEmpty || !bound.usedNames.labels.isEmpty
      || !bound.usedNames.types.isEmpty || !bound.usedNames.properties.isEmpty
      || bound.mode == .explain || loadsEagerly
  }

  /// Whether another text may use this: commands are compiled afresh.
  var isCacheable: Bool {
    if case .query = bound.body { bound.mode != .explain } else { false }
  }
}

/// A planned statement with one session's operators, which hold the state of their run.
final class CachedPlan: KeptPlan {
  let planned: PlannedStatement
  private var compiled: CompiledPlan?

  init(_ planned: PlannedStatement) { self.planned = planned }

  var schemaVersion: UInt64 { planned.schemaVersion }
  var size: GraphSize { planned.size }
  var structural: [Int] { planned.structural }

  /// Operators that cost no more than the rows they give.
  private static let briefOperators: Set<String> = [
    "ProduceResults", "Projection", "Filter", "Limit", "CacheProperties", "Argument", "Expand(All)",
    "OptionalExpand(All)", "NodeIndexSeek", "NodeUniqueIndexSeek", "NodeByElementIdSeek",
    "NodeByIdSeek", "NodeCountFromCountStore", "RelationshipCountFromCountStore",
  ]
  private static let briefRows = 100.0

  /// Whether the result is expected to be there at once: a few rows that are found by their keys.
  private(set) lazy var isBrief: Bool = Self.isBrief(PlanOutline(planned.plan))

  private static func isBrief(_ line: PlanOutline) -> Bool {
    line.cardinality <= briefRows && briefOperators.contains(line.name)
      && line.children.allSatisfy { isBrief($0) }
  }

  /// The compiled operators, kept from run to run.
  func operators(_ inputs: RunInputs) throws(Failure) -> CompiledPlan {
    if let compiled {
      compiled.begin(inputs)
      return compiled
    }
    let made = try CompiledPlan(planned.plan, inputs)
    compiled = made
    return made
  }

  /// Keeps the operators of a run that has ended, unless they hold much: a session may be silent for
  /// long, and compiling them anew costs little beside such a run.
  func take(back operators: CompiledPlan) {
    if !operators.end(), compiled === operators { compiled = nil }
  }
}

/// The plans that the sessions on a database share, so that a client which connects for one statement
/// does not have it planned again.
///
/// A session asks here once for each plan and keeps what it gets.
final class SharedPlans: Sendable {
  private let plans = Mutex(PlanCache<PlannedStatement>())

  /// A plan made for this statement before by any session, if it is still good.
  func plan(
    _ key: PlanKey, _ literals: [TemplateLiteral], schemaVersion: UInt64, size: GraphSize
  ) -> PlannedStatement? {
    plans.withLock { $0.plan(key, literals, schemaVersion: schemaVersion, size: size) }
  }

  /// Keeps a plan for other sessions.
  func store(_ plan: PlannedStatement, _ key: PlanKey, _ literals: [TemplateLiteral]) {
    plans.withLock { $0.store(plan, key, literals) }
  }

  /// Drops all plans and tells how many there were.
  @discardableResult
  func removeAll() -> Int {
    plans.withLock { plans in
      defer { plans.removeAll() }
      return plans.count
    }
  }
}

extension PlanNode {
  /// Whether an operator is as told; plans in expressions aside.
  fileprivate func contains(_ isMeant: (PlanOperation) -> Bool) -> Bool {
    var current: PlanNode? = self
    while let node = current {
      if isMeant(node.operation) { return true }
      for child in node.children.dropFirst() where child.contains(isMeant) { return true }
      current = node.children.first
    }
    return false
  }
}
