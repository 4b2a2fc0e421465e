public import Diagnostics
public import QueryPlan

/// A statement after semantic analysis.
public struct BoundStatement: Sendable {
  /// What to do with the plan.
  public enum Mode: Sendable, Hashable {
    /// Run it.
    case plain
    /// Tell it.
    case explain
    /// Run it and tell what happened.
    case profile
  }

  /// The kinds of statements.
  public enum Body: Sendable, Hashable {
    /// A query on the graph.
    case query(BoundQuery)
    /// A command; of those that yield rows the tail filters, orders and projects them.
    case command(Command, tail: BoundQuery?)
  }

  /// What to do with the plan.
  public var mode: Mode
  /// The statement.
  public var body: Body
  /// All of its slots.
  public var slots: SlotTable
  /// The columns of its result.
  public var columns: [ResultColumn]
  /// The parameters that it needs.
  public var parameterNames: Set<String>
  /// Numbers of literals whose values the bound form depends on: the plan serves no others.
  public var structuralLiterals: Set<Int>
  /// Whether it is in Cypher 25.
  public var isCypher25: Bool
  /// Whether it changes nothing.
  public var isReadOnly: Bool
  /// Whether it changes the schema.
  public var isSchemaChange: Bool
  /// Whether the statement must run in a transaction of its own (`CALL … IN TRANSACTIONS`).
  public var needsImplicitTransaction: Bool
  /// Graphs named by USE, in the order of the text.
  public var graphs: [GraphReference]
  /// Labels, types and keys that the statement reads, to be looked up in the store.
  public var usedNames: UsedNames
  /// What is worth telling the user; what depends on the store is not among it.
  public var notifications: [SemanticNotification]

  /// The failure of a run whose parameters lack some that are needed; `nil` when all are there.
  public func missingParameters(given: Set<String>) -> Failure? {
    let missing = parameterNames.subtracting(given).sorted()
    guard !missing.isEmpty else { return nil }
    func listed(_ names: [String]) -> String {
      let quoted = names.map { "$`\($0)`" }
      guard let last = quoted.last else { return "nothing" }
      if quoted.count == 1 { return last }
      return quoted.dropLast().joined(separator: ", ") + " and " + last
    }
    let used = given.sorted()
    return Failure(
      code: "Neo.ClientError.Statement.ParameterMissing",
      message: "Expected parameter(s): \(missing.joined(separator: ", "))",
      gqlStatus: "42001",
      gqlDescription: "syntax error or access rule violation - invalid syntax",
      causes: [
        CauseText(
          code: "42N81", name: "missing request parameter",
          text: "Expected \(listed(missing)), but got \(listed(used))."
        ).link
      ])
  }
}

/// Names that a statement reads and that may be unknown to the store.
public struct UsedNames: Sendable {
  /// Labels with the bytes of all places where they stand.
  public var labels: [String: [SourceSpan]]
  /// Relationship types.
  public var types: [String: [SourceSpan]]
  /// Property keys.
  public var properties: [String: [SourceSpan]]
}
