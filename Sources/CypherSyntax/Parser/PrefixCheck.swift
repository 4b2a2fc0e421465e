import Diagnostics

/// Checks what stands before a statement: versions, options, and that they do not contradict.
enum PrefixCheck {
  /// The version that the prefix names, if it is a known one.
  static func version(_ prefix: StatementPrefix) -> CypherVersion? {
    prefix.versions.first.flatMap { Int($0.text) }.flatMap(CypherVersion.init)
  }

  private static let argumentError = "Neo.ClientError.Statement.ArgumentError"

  /// The values of each option, in the order in which messages list them.
  private static let options: [String: [String]] = [
    "planner": ["cost", "dp", "idp"],
    "connectcomponentsplanner": ["greedy", "idp"],
    "runtime": ["interpreted", "legacy", "parallel", "pipelined", "slotted"],
    "updatestrategy": ["default", "eager"],
    "expressionengine": ["compiled", "default", "interpreted"],
    "operatorengine": ["compiled", "default", "interpreted"],
    "interpretedpipesfallback": ["all", "default", "disabled", "whitelisted_plans_only"],
    "replan": ["default", "force", "skip"],
    "inferschemaparts": ["most_selective_label", "off"],
    "eageranalyzer": ["ir", "lp"],
    "statefulshortestplanningmode": ["all_if_possible", "cardinality_heuristic", "into_only"],
    "parallelruntimesupport": ["all", "default", "disabled"],
    "debug": [],
  ]

  /// What is wrong, if anything.
  static func failure(_ prefix: StatementPrefix) -> Failure? {
    for version in prefix.versions where Int(version.text).flatMap(CypherVersion.init) == nil {
      return invalidValue(version.text, "cypher version", ["25", "5"])
    }
    if Set(prefix.versions.map(\.text)).count > 1 { return conflict("cypher version") }
    if prefix.isExplain, prefix.isProfile { return conflict("execution mode") }
    var seen: [String: String] = [:]
    for option in prefix.options {
      let key = option.key.text.lowercased()
      let value = option.value.text.lowercased()
      guard let values = options[key] else { return unknownKey(option.key.text) }
      if !values.isEmpty, !values.contains(value) {
        return invalidValue(option.value.text, option.key.text, values)
      }
      if let before = seen[key], before != value { return conflict(option.key.text) }
      seen[key] = value
    }
    return nil
  }

  private static func invalidValue(_ value: String, _ option: String, _ values: [String]) -> Failure
  {
    let quoted = values.map { "'\($0)'" }
    let list =
      quoted.count > 1
      ? quoted.dropLast().joined(separator: ", ") + " and " + (quoted.last ?? "")
      : quoted.joined()
    return failure(
      "\(value) is not a valid option for \(option). Valid options are: \(values.joined(separator: ", "))",
      "22N10", "invalid pre-parser option value",
      "Invalid pre-parser option, specified '\(value)' is not valid for option '\(option)'. Valid options are: \(list)."
    )
  }

  private static func conflict(_ option: String) -> Failure {
    failure(
      "Can't specify multiple conflicting values for \(option)", "22N09",
      "conflicting pre-parser combination",
      "Invalid pre-parser option, cannot specify multiple conflicting values for '\(option)'.")
  }

  private static func unknownKey(_ key: String) -> Failure {
    failure(
      "Unsupported options: \(key)", "22N07", "invalid pre-parser option key",
      "Invalid pre-parser option(s): '\(key)'.")
  }

  private static func failure(
    _ message: String, _ cause: String, _ condition: String, _ text: String
  ) -> Failure {
    Failure(
      code: argumentError, message: message, gqlStatus: "22000", gqlDescription: "data exception",
      causes: [
        GQLCause(
          gqlStatus: cause, gqlDescription: "data exception - \(condition). \(text)",
          message: text)
      ])
  }
}
