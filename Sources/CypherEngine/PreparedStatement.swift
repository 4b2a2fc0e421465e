import CypherPlanner
import CypherRuntime
import CypherSemantics
import CypherSyntax
import Diagnostics
import GraphStore
import GraphValues
import QueryPlan
import QuerySession
import Synchronization

/// What a request brings along, in the forms that the stages want.
struct PreparedInputs {
  var literals: [Value] = []
  let parameters: [String: Value]

  init(_ request: StatementRequest) {
    if request.parameters.isEmpty {
      parameters = [:]
    } else {
      parameters = Dictionary(
        request.parameters.entries.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    }
  }

  var names: Set<String> { Set(parameters.keys) }

  /// The types of the parameters as the analyser knows them.
  var types: [String: CypherType] { parameters.mapValues { $0.staticType } }

  /// Names and types as one part of a cache key.
  var parameterTypes: [String] {
    guard !parameters.isEmpty else { return [] }
    return parameters.map { "\($0.key) \($0.value.staticType)" }.sorted()
  }
}

extension Value {
  /// The type that a parameter of this value has at compile time.
  fileprivate var staticType: CypherType {
    switch self {
    case .null: .any
    case .boolean: .boolean
    case .integer: .integer
    case .float: .float
    case .string: .string
    case .bytes, .list: .list(.any)
    case .map: .map
    case .date: .date
    case .localTime: .localTime
    case .zonedTime: .zonedTime
    case .localDateTime: .localDateTime
    case .zonedDateTime: .zonedDateTime
    case .duration: .duration
    case .point: .point
    case .node, .nodeRecord: .node
    case .relationship, .relationshipRecord: .relationship
    case .path, .pathRecord: .path
    }
  }
}

/// A statement that was compiled once and serves all texts of its template.
final class CachedPlan {
  let bound: BoundStatement
  let plan: StatementPlan
  let columns: ColumnNames
  let schemaVersion: UInt64
  let size: GraphSize
  /// Which distinct literals the plan depends on.
  let structural: [Int]
  private var compiled: CompiledPlan?

  init(
    bound: BoundStatement, plan: StatementPlan, columns: ColumnNames, schemaVersion: UInt64,
    size: GraphSize,
    structural: [Int]
  ) {
    self.bound = bound
    self.plan = plan
    self.columns = columns
    self.schemaVersion = schemaVersion
    self.size = size
    self.structural = structural
  }

  /// Whether there may be something to tell besides the result.
  var mayNotify: Bool {
    !bound.notifications.isEmpty || !bound.usedNames.labels.isEmpty
      || !bound.usedNames.types.isEmpty || !bound.usedNames.properties.isEmpty
      || bound.mode == .explain
  }

  /// Operators that cost no more than the rows they give.
  private static let briefOperators: Set<String> = [
    "ProduceResults", "Projection", "Filter", "Limit", "CacheProperties", "Argument", "Expand(All)",
    "OptionalExpand(All)", "NodeIndexSeek", "NodeUniqueIndexSeek", "NodeByElementIdSeek",
    "NodeByIdSeek", "NodeCountFromCountStore", "RelationshipCountFromCountStore",
  ]
  private static let briefRows = 100.0

  /// Whether the result is expected to be there at once: a few rows that are found by their keys.
  private(set) lazy var isBrief: Bool = Self.isBrief(PlanOutline(plan))

  private static func isBrief(_ line: PlanOutline) -> Bool {
    line.cardinality <= briefRows && briefOperators.contains(line.name)
      && line.children.allSatisfy { isBrief($0) }
  }

  /// Whether another text may use this: commands are compiled afresh.
  var isCacheable: Bool {
    if case .query = bound.body { bound.mode != .explain } else { false }
  }

  /// The compiled operators, kept from run to run.
  func operators(_ compiler: StatementCompiler, _ inputs: RunInputs) throws(Failure) -> CompiledPlan
  {
    if let compiled {
      compiled.begin(inputs)
      return compiled
    }
    let made = try compiler.compiled(plan, inputs)
    compiled = made
    return made
  }

  /// Keeps the operators of a run that has ended, unless they hold much: a session may be silent for
  /// long, and compiling them anew costs little beside such a run.
  func take(back operators: CompiledPlan) {
    if !operators.end(), compiled === operators { compiled = nil }
  }
}

/// A statement ready to run once.
final class PreparedStatement {
  let cached: CachedPlan
  let inputs: PreparedInputs
  let columns: [String]
  private let compiler: StatementCompiler
  private let started: ContinuousClock.Instant
  private var available: ContinuousClock.Instant?
  /// The operators, once the statement runs.
  private(set) var operators: CompiledPlan?

  init(
    _ cached: CachedPlan, _ inputs: PreparedInputs, text: String, _ compiler: StatementCompiler
  ) {
    self.cached = cached
    self.inputs = inputs
    self.compiler = compiler
    columns = cached.columns.names(in: text)
    started = .now
  }

  /// Whether it is in Cypher 25.
  var isCypher25: Bool { cached.bound.isCypher25 }
  var isExplained: Bool { cached.bound.mode == .explain }
  var isProfiled: Bool { cached.bound.mode == .profile }
  var writes: Bool { cached.plan.writes }
  /// Whether it commits in batches and so cannot be part of a larger transaction.
  var needsImplicitTransaction: Bool { cached.bound.needsImplicitTransaction }
  var producesRows: Bool { cached.plan.producesRows }
  var resultColumns: [ResultColumn] { cached.plan.columns }
  /// What is worth telling besides the result.
  var notifications: [QuerySession.Notification] = []
  /// What a command changed.
  var commandCounters: QuerySession.UpdateCounters?

  /// The command that this is, unless it is a query.
  var command: Command? {
    if case .command(let command, _) = cached.bound.body { command } else { nil }
  }

  /// Begins the run.
  func begin(_ run: RunInputs) throws(Failure) {
    operators = try cached.operators(compiler, run)
    available = .now
  }

  /// The next batch of the run.
  func next() throws(Failure) -> Batch? { try operators?.next() }

  /// Lets go of what the run holds; its summary has been taken.
  func end() {
    guard let ended = operators else { return }
    operators = nil
    cached.take(back: ended)
  }

  /// What the run did so far.
  func summary() -> ResultSummary {
    let now = ContinuousClock.Instant.now
    let available = available ?? now
    var summary = ResultSummary(queryType: queryType, database: compiler.database)
    summary.notifications = notifications
    summary.availableAfterMilliseconds = Self.milliseconds(available - started)
    summary.consumedAfterMilliseconds = Self.milliseconds(now - available)
    if let counters = operators?.context.counters {
      summary.counters = QuerySession.UpdateCounters(counters)
    }
    if let commandCounters { summary.counters = commandCounters }
    if isExplained {
      summary.plan = PlanDescriber.describe(cached.plan, profiled: nil)
    } else if isProfiled, let operators {
      summary.plan = PlanDescriber.describe(cached.plan, profiled: operators)
      summary.isProfiled = true
    }
    return summary
  }

  private var queryType: ResultSummary.QueryType {
    if cached.bound.isSchemaChange || callsServer || listsServer || isOnSystem {
      return .schemaWrite
    }
    if cached.bound.isReadOnly { return .readOnly }
    return cached.bound.columns.isEmpty ? .writeOnly : .readWrite
  }

  /// Whether the database is `system`, where everything is administration.
  private var isOnSystem: Bool { compiler.isOnSystem }

  /// Whether it lists databases or users, which counts as administration.
  private var listsServer: Bool {
    if case .show(let listing, _)? = command {
      switch listing {
      case .databases, .aliases, .users: return true
      default: return false
      }
    }
    return false
  }

  /// Whether it is a call of a procedure that administers or informs, which counts as administration.
  private var callsServer: Bool {
    guard case .query(let query) = cached.bound.body, query.arms.count == 1,
      case .callProcedure(let call)? = query.arms.first?.clauses.first
    else { return false }
    return call.signature.mode == .dbms
  }

  private static func milliseconds(_ duration: Duration) -> Int {
    let parts = duration.components
    return Int(parts.seconds) * 1_000 + Int(parts.attoseconds / 1_000_000_000_000_000)
  }
}

extension QuerySession.UpdateCounters {
  /// The counters of the runtime under the names of the door.
  init(_ counters: CypherRuntime.UpdateCounters) {
    self.init()
    nodesCreated = counters.nodesCreated
    nodesDeleted = counters.nodesDeleted
    relationshipsCreated = counters.relationshipsCreated
    relationshipsDeleted = counters.relationshipsDeleted
    propertiesSet = counters.propertiesSet
    labelsAdded = counters.labelsAdded
    labelsRemoved = counters.labelsRemoved
    indexesAdded = counters.indexesAdded
    indexesRemoved = counters.indexesRemoved
    constraintsAdded = counters.constraintsAdded
    constraintsRemoved = counters.constraintsRemoved
    systemUpdates = counters.systemUpdates
  }
}
