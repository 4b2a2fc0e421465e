public import CypherSyntax
public import Diagnostics
public import QueryPlan

/// The door to semantic analysis: what a statement means, or what is wrong with it.
public struct SemanticAnalyser: Sendable {
  private let procedures: any ProcedureCatalogue
  private let defaultsToCypher25: Bool

  /// Makes an analyser.
  ///
  /// - Parameters:
  ///   - procedures: Which procedures there are.
  ///   - defaultsToCypher25: Whether statements without a version are Cypher 25.
  public init(procedures: any ProcedureCatalogue, defaultsToCypher25: Bool = false) {
    self.procedures = procedures
    self.defaultsToCypher25 = defaultsToCypher25
  }

  /// Analyses a statement.
  ///
  /// - Parameters:
  ///   - statement: The tree of `text`.
  ///   - text: The statement as sent, which messages quote and places are counted in.
  ///   - parameters: The types of the values sent, `ANY` for null; those not sent are absent.
  ///   - literalIndices: For each number or string token the index of its value among the distinct
  ///     ones; empty when no literal is to be exchangeable.
  /// - Returns: The bound statement.
  /// - Throws: The first mistake, as the server would tell it.
  public func analyse(
    _ statement: Statement, text: String, parameters: [String: CypherType],
    literalIndices: [Int] = []
  ) throws(Failure) -> BoundStatement {
    try PrefixCheck.check(statement.prefix)
    let isCypher25 = statement.prefix.versions.last.map { $0.text == "25" } ?? defaultsToCypher25
    var binder = Binder(
      text: text, procedures: procedures, parameters: parameters, literalIndices: literalIndices,
      isCypher25: isCypher25)
    binder.remark(on: statement.prefix)
    let mode: BoundStatement.Mode =
      statement.prefix.isExplain ? .explain : statement.prefix.isProfile ? .profile : .plain
    switch statement.body {
    case .query(let query):
      if let listing = query.commandClauses {
        return try binder.bindListing(listing, mode)
      }
      let result = try binder.bindQuery(query, .statement)
      if mode == .explain { binder.remarkOnMissingParameters() }
      return binder.statement(
        mode, .query(result.query), result.query.columns, updates: query.updates(procedures))
    case .schema(let command):
      let bound = try binder.bindSchemaCommand(command)
      return binder.statement(
        mode, .command(bound, tail: nil), [], updates: true, isSchemaChange: true)
    case .administration(let command):
      return try binder.bindAdministration(command, mode)
    }
  }
}

extension Binder {
  init(
    text: String, procedures: any ProcedureCatalogue, parameters: [String: CypherType],
    literalIndices: [Int], isCypher25: Bool
  ) {
    self.text = text
    bytes = Array(text.utf8)
    positions = SourcePositions(in: text)
    self.procedures = procedures
    self.parameters = parameters
    self.literalIndices = literalIndices
    self.isCypher25 = isCypher25
  }

  /// EXPLAIN goes without parameters, but says so.
  mutating func remarkOnMissingParameters() {
    let missing = parameterNames.subtracting(parameters.keys).sorted()
    if !missing.isEmpty { remark(.missingParameters(missing)) }
  }

  /// The whole statement, with all that was gathered on the way.
  func statement(
    _ mode: BoundStatement.Mode, _ body: BoundStatement.Body, _ columns: [ResultColumn],
    updates: Bool, isSchemaChange: Bool = false
  ) -> BoundStatement {
    BoundStatement(
      mode: mode, body: body, slots: slots, columns: columns, parameterNames: parameterNames,
      structuralLiterals: structuralLiterals, isCypher25: isCypher25, isReadOnly: !updates,
      isSchemaChange: isSchemaChange, needsImplicitTransaction: callsInTransactions,
      graphs: graphs,
      usedNames: UsedNames(
        labels: notes.labels, types: notes.types, properties: notes.properties),
      notifications: notes.notifications)
  }
}
