import CypherPlanner
import CypherRuntime
import CypherSemantics
import CypherSyntax
import Diagnostics
import GraphStore
import GraphValues
import QueryPlan
import QuerySession

/// Turns a statement's text into something that runs: from the plan cache, or through parser,
/// analyser, planner and compiler.
final class StatementCompiler {
  private let engine: GraphEngine
  private let cache = PlanCache()

  init(engine: GraphEngine) { self.engine = engine }

  /// Prepares a statement for running in a transaction.
  ///
  /// - Throws: What is wrong with the statement.
  func prepare(_ request: StatementRequest, _ transaction: GraphTransaction) throws(Failure)
    -> PreparedStatement
  {
    let inputs = PreparedInputs(request)
    let size = try graphSize(transaction)
    let plan = try compile(request, inputs, transaction, size)
    return PreparedStatement(plan, inputs, text: request.text, self)
  }

  /// Forgets all plans.
  func forget() { cache.removeAll() }

  private func graphSize(_ transaction: GraphTransaction) throws(Failure) -> GraphSize {
    try storing { () throws(StoreError) in
      GraphSize(
        nodes: try transaction.nodeCount(),
        relationships: try transaction.relationshipCount() ?? 0)
    }
  }

  private func compile(
    _ request: StatementRequest, _ inputs: PreparedInputs,
    _ transaction: GraphTransaction, _ size: GraphSize
  ) throws(Failure) -> CachedPlan {
    let parsed = CypherParser.parse(request.text)
    if let failure = parsed.failures.first { throw failure }
    guard let statement = parsed.statement else {
      throw Failure(
        code: "Neo.ClientError.Statement.SyntaxError", message: "The statement is empty.")
    }
    let analyser = SemanticAnalyser(procedures: engine.procedures)
    let bound = try analyser.analyse(
      statement, text: request.text, parameters: inputs.types,
      literalIndices: [])
    if bound.mode != .explain, let missing = bound.missingParameters(given: inputs.names) {
      throw missing
    }
    let planner = QueryPlanner(
      statistics: StoreStatistics(transaction),
      updateStrategy: statement.prefix.isEager ? .always : .whereNeeded)
    let plan = try self.plan(bound, planner)
    let structural = Set(bound.structuralLiterals).union(parsed.fixedLiterals)
    return CachedPlan(
      bound: bound, plan: plan, schemaVersion: transaction.schemaVersion, size: size,
      structural: structural.sorted())
  }

  /// Plans a query; a command gets a plan of its own, with its tail above it.
  private func plan(_ bound: BoundStatement, _ planner: QueryPlanner) throws(Failure)
    -> StatementPlan
  {
    switch bound.body {
    case .query(let query): return try planner.plan(query, slots: bound.slots)
    case .command(let command, let tail):
      return try CommandPlan.plan(command, tail: tail, slots: bound.slots, planner)
    }
  }

  /// Compiles a plan for its first run.
  func compiled(_ plan: StatementPlan, _ inputs: RunInputs) throws(Failure) -> CompiledPlan {
    try CompiledPlan(plan, inputs)
  }
}

extension StatementPrefix {
  /// `CYPHER updateStrategy=eager`.
  fileprivate var isEager: Bool {
    options.contains {
      $0.key.text.lowercased() == "updatestrategy" && $0.value.text.lowercased() == "eager"
    }
  }
}
