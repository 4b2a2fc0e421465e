import GraphValues
import QuerySession

/// The key figures of a plan: kind, versions, times, and for PROFILE what really happened.
enum PlanFigures {
  /// Names and values in the order shown; empty when the summary has no plan.
  static func entries(of summary: ResultSummary) -> [(name: String, value: Value)] {
    guard let plan = summary.plan else { return [] }
    var entries: [(name: String, value: Value)] = [
      ("Plan", .string(summary.isProfiled ? "PROFILE" : "EXPLAIN")),
      ("Statement", .string(statementKind(summary.queryType))),
      ("Version", .string(languageVersion(text(plan.arguments["version"])))),
      ("Planner", .string(text(plan.arguments["planner"]))),
      ("Runtime", .string(text(plan.arguments["runtime"]))),
      (
        "Time",
        .integer(
          Int64(summary.availableAfterMilliseconds &+ summary.consumedAfterMilliseconds))
      ),
    ]
    if summary.isProfiled {
      entries.append(("DbHits", .integer(databaseHits(plan))))
      entries.append(("Rows", plan.arguments["Rows"] ?? .integer(0)))
      entries.append(
        ("Memory (Bytes)", plan.arguments["GlobalMemory"] ?? .string("?")))
    }
    return entries
  }

  private static func statementKind(_ type: ResultSummary.QueryType) -> String {
    switch type {
    case .readOnly: "READ_ONLY"
    case .readWrite: "READ_WRITE"
    case .writeOnly: "WRITE_ONLY"
    case .schemaWrite: "SCHEMA_WRITE"
    }
  }

  /// The number of a language version: `CYPHER 5` is shown as `5`.
  static func languageVersion(_ version: String) -> String {
    version.hasPrefix("CYPHER ") ? String(version.dropFirst(7)) : version
  }

  private static func text(_ value: Value?) -> String {
    if case .string(let string)? = value { string } else { "" }
  }

  private static func databaseHits(_ plan: PlanDescription) -> Int64 {
    var sum: Int64 = 0
    var open = [plan]
    while let next = open.popLast() {
      if case .integer(let hits)? = next.arguments["DbHits"] { sum = sum &+ hits }
      open.append(contentsOf: next.children)
    }
    return sum
  }
}
