import CypherSyntax
import Diagnostics
import QueryPlan

/// What is gathered while the items of an aggregating projection are bound.
struct Aggregation {
  /// The aggregates so far.
  private(set) var aggregates: [Bound.Projection.Aggregate] = []
  private var slots: [AggregateCall: Slot] = [:]
  /// Grouping keys that mixed items may use: variables and properties of them.
  var keys: [AST.Expression: Binder.Computed] = [:]
  /// Whether an item that holds an aggregate is being bound, outside of the aggregates themselves.
  var isInMixedItem = false
  /// Whether aggregates are refused here, inside of what runs once per element of a list.
  var refusesAggregates = false
  /// Whether the arguments of an aggregate are being bound.
  var isInsideAggregate = false
  /// Variables of a mixed item that are no grouping keys.
  var illegal: [Name] = []

  /// Where a call's result goes when it is known already.
  func slot(of call: AggregateCall) -> Slot? { slots[call] }

  /// Adds an aggregate that is not known yet.
  mutating func add(_ call: AggregateCall, _ slot: Slot) {
    aggregates.append(Bound.Projection.Aggregate(slot: slot, call: call))
    slots[call] = slot
  }

  /// Notes a variable that stands outside of aggregates.
  mutating func noteVariable(_ name: Name) {
    if isInMixedItem { illegal.append(name) }
  }
}

extension AST.Expression {
  /// Whether an aggregating function stands in it, subqueries aside.
  var containsAggregate: Bool {
    switch kind {
    case .countAll: return true
    case .function(let call):
      if AggregateFunction.named(call.name.text) != nil { return true }
      return call.arguments.contains { $0.containsAggregate }
    default: return children.contains { $0.containsAggregate }
    }
  }
}

extension AggregateFunction {
  /// The aggregating function of a name, letter case aside.
  static func named(_ name: String, isCypher25: Bool = true) -> AggregateFunction? {
    switch name.lowercased() {
    case "collect_list" where isCypher25: .collect
    case "percentile_cont" where isCypher25: .percentileContinuous
    case "percentile_disc" where isCypher25: .percentileDiscrete
    case "stdev_samp" where isCypher25: .sampleDeviation
    case "stdev_pop" where isCypher25: .populationDeviation
    case "count": .count
    case "sum": .sum
    case "avg": .average
    case "min": .minimum
    case "max": .maximum
    case "collect": .collect
    case "stdev": .sampleDeviation
    case "stdevp": .populationDeviation
    case "percentilecont": .percentileContinuous
    case "percentiledisc": .percentileDiscrete
    default: nil
    }
  }
}
