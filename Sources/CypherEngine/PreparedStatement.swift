import CypherRuntime
import CypherSemantics
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

  /// Names and types, as one part of a cache key.
  var parameterTypes: [ParameterType] {
    guard !parameters.isEmpty else { return [] }
    var types = parameters.map { ParameterType(name: $0.key, type: $0.value.staticType) }
    if types.count > 1 { types.sort { $0.name < $1.name } }
    return types
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

/// A statement ready to run once.
final class PreparedStatement {
  let planned: PlannedStatement
  private let cached: CachedPlan
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
    planned = cached.planned
    self.inputs = inputs
    self.compiler = compiler
    columns = planned.columns.names(in: text)
    started = .now
  }

  /// Whether the result is expected to be there at once.
  var isBrief: Bool { cached.isBrief }
  /// Whether it is in Cypher 25.
  var isCypher25: Bool { planned.bound.isCypher25 }
  var isExplained: Bool { planned.bound.mode == .explain }
  var isProfiled: Bool { planned.bound.mode == .profile }
  var writes: Bool { planned.plan.writes }
  /// Whether it commits in batches and so cannot be part of a larger transaction.
  var needsImplicitTransaction: Bool { planned.bound.needsImplicitTransaction }
  var producesRows: Bool { planned.plan.producesRows }
  var resultColumns: [ResultColumn] { planned.plan.columns }
  /// What is worth telling besides the result.
  var notifications: [QuerySession.Notification] = []
  /// What a command changed.
  var commandCounters: QuerySession.UpdateCounters?

  /// The command that this is, unless it is a query.
  var command: Command? {
    if case .command(let command, _) = planned.bound.body { command } else { nil }
  }

  /// Begins the run.
  func begin(_ run: RunInputs) throws(Failure) {
    operators = try cached.operators(run)
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
    if operators?.context.hasListAsCondition == true {
      summary.notifications.append(.listAsCondition)
    }
    if let commandCounters { summary.counters = commandCounters }
    if isExplained {
      summary.plan = describer(nil).describe(planned.plan)
    } else if isProfiled, let operators {
      summary.plan = describer(operators).describe(planned.plan)
      summary.isProfiled = true
    }
    return summary
  }

  private func describer(_ profiled: CompiledPlan?) -> PlanDescriber {
    PlanDescriber(
      profiled: profiled, commandRuntime: commandRuntime, isCypher25: isCypher25)
  }

  private var commandRuntime: String? {
    if case .administer? = command { return "SYSTEM" }
    if listsServer || isOnSystem && command != nil { return "SYSTEM" }
    return planned.bound.isSchemaChange ? "SCHEMA" : nil
  }

  private var queryType: ResultSummary.QueryType {
    if planned.bound.isSchemaChange || callsServer || listsServer || isOnSystem {
      return .schemaWrite
    }
    if planned.bound.isReadOnly { return .readOnly }
    return planned.bound.columns.isEmpty ? .writeOnly : .readWrite
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
    guard case .query(let query) = planned.bound.body, query.arms.count == 1,
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
