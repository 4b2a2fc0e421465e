import CypherSyntax
import Diagnostics

/// Checks what stands before a statement: versions, options and modes.
enum PrefixCheck {
  private struct Known {
    var name: String
    var values: [String]
  }

  private static let options: [String: Known] = [
    "planner": Known(name: "planner", values: ["cost", "dp", "idp"]),
    "connectcomponentsplanner": Known(name: "connectComponentsPlanner", values: ["greedy", "idp"]),
    "runtime": Known(
      name: "runtime", values: ["interpreted", "legacy", "parallel", "pipelined", "slotted"]),
    "updatestrategy": Known(name: "updateStrategy", values: ["default", "eager"]),
    "expressionengine": Known(
      name: "expressionEngine", values: ["compiled", "default", "interpreted"]),
    "operatorengine": Known(
      name: "operatorEngine", values: ["compiled", "default", "interpreted"]),
    "interpretedpipesfallback": Known(
      name: "interpretedPipesFallback",
      values: ["all", "default", "disabled", "whitelisted_plans_only"]),
    "replan": Known(name: "replan", values: ["default", "force", "skip"]),
    "inferschemaparts": Known(name: "inferSchemaParts", values: ["most_selective_label", "off"]),
    "eageranalyzer": Known(name: "eagerAnalyzer", values: ["ir", "lp"]),
    "debug": Known(name: "debug", values: []),
  ]

  static func check(_ prefix: StatementPrefix) throws(Failure) {
    for version in prefix.versions where version.text != "5" && version.text != "25" {
      throw badValue(version.text, of: "cypher version", among: ["25", "5"])
    }
    if Set(prefix.versions.map(\.text)).count > 1 { throw conflict("cypher version") }
    if prefix.isExplain && prefix.isProfile { throw conflict("execution mode") }
    var seen: [String: String] = [:]
    var unknown: [String] = []
    for option in prefix.options {
      guard let known = options[option.key.text.lowercased()] else {
        unknown.append(option.key.text)
        continue
      }
      let value = option.value.text.lowercased()
      if !known.values.isEmpty, !known.values.contains(value) {
        throw badValue(option.value.text, of: known.name, among: known.values)
      }
      if let other = seen.updateValue(value, forKey: known.name), other != value {
        throw conflict(known.name)
      }
    }
    guard unknown.isEmpty else { throw unsupported(unknown) }
  }

  private static func failure(_ message: String, _ cause: CauseText) -> Failure {
    Failure(
      code: "Neo.ClientError.Statement.ArgumentError", message: message, gqlStatus: "22000",
      gqlDescription: "data exception", causes: [cause.link])
  }

  private static func badValue(
    _ value: String, of option: String, among values: [String]
  ) -> Failure {
    let quoted = values.map { "'\($0)'" }
    let list =
      quoted.count > 1
      ? quoted.dropLast().joined(separator: ", ") + " and " + (quoted.last ?? "")
      : quoted.joined()
    return failure(
      "\(value) is not a valid option for \(option). Valid options are: \(values.joined(separator: ", "))",
      CauseText(
        code: "22N10", name: "invalid pre-parser option value",
        text:
          "Invalid pre-parser option, specified '\(value)' is not valid for option '\(option)'. Valid options are: \(list)."
      ))
  }

  private static func conflict(_ option: String) -> Failure {
    failure(
      "Can't specify multiple conflicting values for \(option)",
      CauseText(
        code: "22N09", name: "conflicting pre-parser combination",
        text:
          "Invalid pre-parser option, cannot specify multiple conflicting values for '\(option)'."
      ))
  }

  private static func unsupported(_ keys: [String]) -> Failure {
    failure(
      "Unsupported options: \(keys.joined(separator: ", "))",
      CauseText(
        code: "22N07", name: "invalid pre-parser option key",
        text:
          "Invalid pre-parser option(s): \(keys.map { "'\($0)'" }.joined(separator: ", "))."))
  }
}
