public import Diagnostics
public import QueryPlan

/// Plans queries by cost.
public struct QueryPlanner {
  /// When barriers between reads and writes are put in.
  public enum UpdateStrategy: Sendable {
    /// Where the analysis finds a conflict.
    case whereNeeded
    /// At each write.
    case always
  }

  private let statistics: any Statistics
  private let updateStrategy: UpdateStrategy
  private let checkCancelled: () throws(Failure) -> Void

  /// Makes a planner.
  ///
  /// - Parameters:
  ///   - statistics: Of the graph that the plan will run on; a plan stays correct when they change.
  ///   - updateStrategy: `always` is `CYPHER updateStrategy=eager`.
  ///   - checkCancelled: Called now and then while planning; fails when the statement is to stop.
  public init(
    statistics: any Statistics, updateStrategy: UpdateStrategy = .whereNeeded,
    checkCancelled: @escaping () throws(Failure) -> Void = {}
  ) {
    self.statistics = statistics
    self.updateStrategy = updateStrategy
    self.checkCancelled = checkCancelled
  }

  /// Plans a query.
  ///
  /// - Parameters:
  ///   - query: What semantic analysis made of the statement.
  ///   - slots: Its variables; the plan has these and those the planner adds.
  ///   - given: Variables that the rows hold which the plan begins with; its first leaf is then an
  ///     `argument` of these.
  /// - Returns: A plan whose root is `produceResults`.
  /// - Throws: A failure when hints cannot be met, or when told to stop.
  public func plan(
    _ query: BoundQuery, slots: SlotTable, given: Set<Slot> = []
  ) throws(Failure) -> StatementPlan {
    let planning = Planning(
      statistics: statistics, slots: slots, checkCancelled: checkCancelled)
    let draft = try planning.planStatement(query, given: given)
    let writes = draft.containsWrites
    if writes {
      planning.removeIdle(draft)
      var analysis = EagerAnalysis(planning)
      switch updateStrategy {
      case .whereNeeded: try analysis.run(on: draft)
      case .always: analysis.surroundWrites(in: draft)
      }
      draft.partBatches()
    }
    planning.noteCaching(in: draft)
    let root = try planning.finishStatement(draft, given: given)
    return StatementPlan(
      root: root, slots: planning.slots, columns: query.columns, writes: writes)
  }
}
