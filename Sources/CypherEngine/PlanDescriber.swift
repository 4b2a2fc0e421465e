import CypherPlanner
import CypherRuntime
import GraphValues
import QueryPlan
import QuerySession

/// Tells a plan as EXPLAIN and PROFILE do.
struct PlanDescriber {
  /// The plan that ran, for PROFILE.
  let profiled: CompiledPlan?
  /// What kind of command the statement is where nothing is planned for it: `SCHEMA` or `SYSTEM`.
  let commandRuntime: String?
  /// Whether it is in Cypher 25.
  let isCypher25: Bool

  /// Describes a whole plan.
  func describe(_ plan: StatementPlan) -> PlanDescription {
    var root = describe(PlanOutline(plan))
    let planner = commandRuntime == nil ? "COST" : "ADMINISTRATION"
    let implementation = commandRuntime == nil ? "IDP" : planner
    let runtime = commandRuntime ?? "SLOTTED"
    let facts: [(String, String)] = [
      ("planner", planner), ("planner-impl", implementation),
      ("planner-version", NacreVersion.neo4j), ("runtime", runtime), ("runtime-impl", runtime),
      ("runtime-version", NacreVersion.neo4j), ("version", isCypher25 ? "25" : "5"),
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
    if commandRuntime == nil { arguments["EstimatedRows"] = .float(line.cardinality) }
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
