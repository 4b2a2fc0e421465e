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
  private var cache = PlanCache<CachedPlan>()
  private let shared: SharedPlans
  private var template = StatementTemplate()
  /// Plans of longer texts are not kept.
  private static let longestKeptText = 64 << 10

  /// The database that statements are compiled for.
  let database: String
  private let defaultsToCypher25: Bool
  /// Whether the database is `system`.
  var isOnSystem: Bool { database == Catalogue.systemName }
  private let cancellation: Cancellation

  /// Makes a compiler for statements on a database, which `cancellation` stops.
  init(
    engine: GraphEngine, database: DatabaseDescriptor, shared: SharedPlans,
    cancellation: Cancellation
  ) {
    self.shared = shared
    self.engine = engine
    self.cancellation = cancellation
    self.database = database.name
    defaultsToCypher25 = database.language == "25"
  }

  /// Prepares a statement for running in a transaction.
  ///
  /// - Throws: What is wrong with the statement.
  func prepare(_ request: StatementRequest, _ transaction: GraphTransaction) throws(Failure)
    -> PreparedStatement
  {
    var inputs = PreparedInputs(request)
    let size = try graphSize(transaction)
    let isLong = request.text.utf8.count > Self.longestKeptText
    defer { if isLong { template = StatementTemplate() } }
    guard template.scan(request.text) else {
      let plan = try compile(request, inputs, [], transaction, size)
      return prepared(CachedPlan(plan), inputs, request, transaction)
    }
    inputs.literals = template.literals.map(\.value)
    let key = PlanKey(
      template: template.key, parameterTypes: inputs.parameterTypes,
      defaultsToCypher25: defaultsToCypher25)
    let known = cache.plan(
      key, template.literals, schemaVersion: transaction.schemaVersion, size: size)
    if let known { return prepared(known, inputs, request, transaction) }
    let planned = try planned(key, request, inputs, transaction, size, isKept: !isLong)
    let plan = CachedPlan(planned)
    if planned.isCacheable, !isLong { cache.store(plan, key, template.literals) }
    return prepared(plan, inputs, request, transaction)
  }

  /// The plan of another session, or a new one for all of them.
  private func planned(
    _ key: PlanKey, _ request: StatementRequest, _ inputs: PreparedInputs,
    _ transaction: GraphTransaction, _ size: GraphSize, isKept: Bool
  ) throws(Failure) -> PlannedStatement {
    let literals = template.literals
    let known = shared.plan(key, literals, schemaVersion: transaction.schemaVersion, size: size)
    if let known { return known }
    let plan = try compile(request, inputs, literals.firstOccurrences, transaction, size)
    if plan.isCacheable, isKept { shared.store(plan, key, literals) }
    return plan
  }

  private func prepared(
    _ plan: CachedPlan, _ inputs: PreparedInputs, _ request: StatementRequest,
    _ transaction: GraphTransaction
  ) -> PreparedStatement {
    let prepared = PreparedStatement(plan, inputs, text: request.text, self)
    if plan.planned.mayNotify {
      prepared.notifications = StatementNotifications(
        bound: plan.planned.bound, text: request.text, database: database,
        loadsEagerly: plan.planned.loadsEagerly,
        readsDynamicKeys: plan.planned.readsDynamicKeys
      ).all(transaction, given: inputs.names)
    }
    return prepared
  }

  private func graphSize(_ transaction: GraphTransaction) throws(Failure) -> GraphSize {
    try storing { () throws(StoreError) in
      GraphSize(
        nodes: try transaction.nodeCount(),
        relationships: try transaction.relationshipCount() ?? 0)
    }
  }

  private func compile(
    _ request: StatementRequest, _ inputs: PreparedInputs, _ literalIndices: [Int],
    _ transaction: GraphTransaction, _ size: GraphSize
  ) throws(Failure) -> PlannedStatement {
    let parsed = CypherParser.parse(
      request.text, defaultVersion: defaultsToCypher25 ? .cypher25 : .cypher5)
    if let failure = parsed.failures.first { throw failure }
    guard let statement = parsed.statement else {
      throw Failure(
        code: "Neo.ClientError.Statement.SyntaxError", message: "The statement is empty.")
    }
    if isOnSystem {
      try SystemRules(text: request.text).check(statement)
    }
    let analyser = SemanticAnalyser(
      procedures: engine.procedures, defaultsToCypher25: defaultsToCypher25)
    var bound = try analyser.analyse(
      statement, text: request.text, parameters: inputs.types,
      literalIndices: literalIndices)
    if !parsed.legacyNames.isEmpty {
      var places = SourcePositions(in: request.text)
      bound.notifications += parsed.legacyNames.map {
        .legacyName($0.text, $0.character, at: places.position(ofByte: $0.span.start))
      }
    }
    if bound.mode != .explain, let missing = bound.missingParameters(given: inputs.names) {
      throw missing
    }
    let cancellation = cancellation
    let planner = QueryPlanner(
      statistics: StoreStatistics(transaction),
      updateStrategy: statement.prefix.isEager ? .always : .whereNeeded
    ) { () throws(Failure) in
      if cancellation.isCancelled { throw cancellation.failure }
    }
    let plan = try self.plan(bound, planner)
    var structural = Set(bound.structuralLiterals).union(parsed.fixedLiterals)
    if !literalIndices.isEmpty {
      structural = Set(
        structural.filter { literalIndices.indices.contains($0) }.map { literalIndices[$0] })
    }
    return PlannedStatement(
      bound: bound, plan: plan, columns: ColumnNames(bound.columns, request.text),
      schemaVersion: transaction.schemaVersion, size: size,
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
}

extension StatementPrefix {
  /// `CYPHER updateStrategy=eager`.
  fileprivate var isEager: Bool {
    options.contains {
      $0.key.text.lowercased() == "updatestrategy" && $0.value.text.lowercased() == "eager"
    }
  }
}

extension TemplateLiteral {
  /// The literal as a value.
  fileprivate var value: Value {
    switch self {
    case .integer(let number): .integer(number)
    case .float(let number): .float(number)
    case .string(let text): .string(text)
    }
  }
}

extension [TemplateLiteral] {
  /// For each literal the place of the first one that equals it.
  fileprivate var firstOccurrences: [Int] {
    // Of a few, a look at each is sooner done than a table is set up.
    if count < 8 { return indices.map { index in firstIndex(of: self[index]) ?? index } }
    var places: [TemplateLiteral: Int] = [:]
    return enumerated().map { index, literal in
      if let first = places[literal] { return first }
      places[literal] = index
      return index
    }
  }
}
