import CypherPlanner
import CypherRuntime
import GraphValues
import QueryPlan
import QuerySession

/// Tells a plan as EXPLAIN and PROFILE do.
struct PlanDescriber {
  private let profiled: CompiledPlan?

  /// Describes a whole plan; `profiled` is the one that ran, for PROFILE.
  static func describe(_ plan: StatementPlan, profiled: CompiledPlan?) -> PlanDescription {
    var root = PlanDescriber(profiled: profiled).describe(PlanOutline(plan))
    let facts: [(String, String)] = [
      ("planner", "COST"), ("planner-impl", "IDP"), ("planner-version", NacreVersion.neo4j),
      ("runtime", "SLOTTED"), ("runtime-impl", "SLOTTED"),
      ("runtime-version", NacreVersion.neo4j), ("version", "5"),
    ]
    for (name, value) in facts { root.arguments[name] = .string(value) }
    if let profiled {
      root.arguments["GlobalMemory"] = .integer(Int64(profiled.peakMemoryBytes))
    }
    return root
  }

  private func describe(_ line: PlanOutline) -> PlanDescription {
    var arguments = MapValue()
    arguments["Id"] = .integer(Int64(line.id))
    arguments["EstimatedRows"] = .float(line.cardinality)
    if let details = line.details { arguments["Details"] = .string(details) }
    if !line.order.isEmpty { arguments["Order"] = .string(line.order) }
    if let profiled {
      let profile = profiled.profile(of: line.node)
      arguments["Rows"] = .integer(Int64(profile.rows))
      arguments["DbHits"] = .integer(Int64(profile.storeHits))
    }
    return PlanDescription(
      operatorType: line.name, identifiers: line.identifiers, arguments: arguments,
      children: line.children.map { describe($0) })
  }
}

/// What this build calls itself.
enum NacreVersion {
  /// Nacre's own version.
  static let text = "0.1.0"
  /// The version of Neo4j whose language and messages it follows.
  static let neo4j = "2026.09.0"
}
