import Diagnostics
import GraphValues
import QuerySession
import Synchronization

/// A service whose statements say what they come to, so that each side of the server can be seen.
///
/// | Statement | Comes to |
/// |---|---|
/// | `RETURN 1 AS n` | one record |
/// | `ROWS n` | records 1…n of `x` |
/// | `BIG n` | n records of a text of 10,000 characters |
/// | `CREATE` | a node more, durable with its group |
/// | `ALONE` | a node more, committed by itself |
/// | `COUNT` | how many nodes there are |
/// | `WAIT` | nothing, until it is cancelled |
/// | `WAIT LATER` | a record, then nothing until it is cancelled |
/// | `OOPS` | a syntax error |
/// | `BREAKS n` | n records, then a failure |
/// | `NOTED` | no record, a warning |
/// | `PLAN`, `PROFILE` | a plan |
/// | `ECHO` | the parameter `x` |
final class ScriptedService: SessionService {
  struct State {
    var nodes = 0
    var openSessions = 0
    var syncs = 0
    var failsSync = false
    var hasWaiting = false
    var options: [TransactionOptions] = []
    var databases: [String] = []
    var log: [String] = []
  }

  let requiresAuthentication: Bool
  let state = Mutex(State())
  /// Fires when a statement has begun to wait.
  let waiting = Signal()

  init(requiresAuthentication: Bool = false) {
    self.requiresAuthentication = requiresAuthentication
  }

  func authenticate(_ credentials: Credentials) async throws(Failure) -> AuthenticatedUser {
    switch credentials {
    case .none: return AuthenticatedUser(name: "")
    case .basic(let name, "secret"): return AuthenticatedUser(name: name)
    case .basic(let name, "expired"):
      return AuthenticatedUser(name: name, mustChangePassword: true)
    default:
      throw Failure(
        code: "Neo.ClientError.Security.Unauthorized",
        message: "The client is unauthorized due to authentication failure.", gqlStatus: "42NFF",
        gqlDescription: "syntax error or access rule violation - permission/access denied")
    }
  }

  func session(
    for user: AuthenticatedUser, on connection: ServedConnection, database: String
  ) async throws(Failure) -> any Session {
    state.withLock { $0.openSessions += 1 }
    return ScriptedSession(self, database: database, user: user.name)
  }

  func resolve(database: String, for user: AuthenticatedUser) throws(Failure) -> String {
    switch database.lowercased() {
    case "", "neo4j": return "neo4j"
    case "system", "other": return database.lowercased()
    default:
      throw Failure(
        code: "Neo.ClientError.Database.DatabaseNotFound", message: "Graph not found: \(database)")
    }
  }

  var nodes: Int { state.withLock { $0.nodes } }
  var openSessions: Int { state.withLock { $0.openSessions } }
}

/// An event that tests wait for.
final class Signal: Sendable {
  private let stream: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  init() { (stream, continuation) = AsyncStream.makeStream() }

  func fire() { continuation.yield() }

  func wait() async {
    for await _ in stream { return }
  }
}

/// Safe: one caller; what `cancel` touches is under a lock.
final class ScriptedSession: Session, @unchecked Sendable {
  private let service: ScriptedService
  private(set) var database: String
  private let user: String
  private var open: Int?
  private var grouped = 0
  private var commits = 0
  private struct Waiting {
    var isCancelled = false
    var continuation: CheckedContinuation<Void, Never>?
  }
  private let cancelled = Mutex(Waiting())

  init(_ service: ScriptedService, database: String, user: String) {
    self.service = service
    self.database = database
    self.user = user
  }

  var isInTransaction: Bool { open != nil }
  var bookmarks: [String] { ["scripted:\(commits)"] }
  var identity: SessionIdentity {
    SessionIdentity(user: user, address: "", isEmbedded: true, agent: "Scripted")
  }

  func run(_ request: StatementRequest) async throws(Failure) -> any ResultStream {
    cancelled.withLock { $0 = Waiting() }
    service.state.withLock {
      $0.log.append(request.text)
      $0.databases.append(database)
      if open == nil { $0.options.append(request.transaction) }
    }
    do throws(Failure) {
      return try await carryOut(request)
    } catch {
      open = nil
      throw error
    }
  }

  private func carryOut(_ request: StatementRequest) async throws(Failure) -> any ResultStream {
    let words = request.text.split(separator: " ")
    let number = words.count > 1 ? Int(words[1]) ?? 0 : 0
    var result = ScriptedResult(self, ["x"])
    switch words.first {
    case "RETURN":
      result = ScriptedResult(self, ["n"])
      result.rows = [[.integer(1)]]
    case "ROWS": result.rows = (0..<number).map { [.integer(Int64($0 + 1))] }
    case "BIG":
      result.endless = (count: number, value: .string(String(repeating: "x", count: 10_000)))
    case "ECHO": result.rows = [[request.parameters["x"] ?? .null]]
    case "COUNT": result.rows = [[.integer(Int64(service.nodes + (open ?? 0) + grouped))]]
    case "CREATE":
      if request.transaction.accessMode == .read, open == nil {
        throw Failure(code: "Neo.ClientError.Statement.AccessMode", message: "Not allowed.")
      }
      result = ScriptedResult(self, [])
      result.counters.nodesCreated = 1
      result.counters.labelsAdded = 1
      if let inside = open {
        open = inside + 1
      } else {
        grouped += 1
        commits += 1
        result.isDurable = false
      }
    case "ALONE":
      request.willCommit?(result.columns)
      try commitAlone()
    case "WAIT" where words.count == 1: try await waitForCancellation()
    case "WAIT":
      result.rows = [[.integer(1)]]
      result.waitsAtEnd = true
    case "BREAKS":
      result.rows = (0..<number).map { [.integer(Int64($0 + 1))] }
      result.failure = Failure(
        code: "Neo.ClientError.Statement.ArithmeticError", message: "/ by zero",
        gqlStatus: "22012", gqlDescription: "data exception - division by zero")
    case "NOTED": result.notifications = [Self.unknownLabel]
    case "PLAN", "PROFILE":
      result.plan = PlanDescription(
        operatorType: "ProduceResults", identifiers: ["x"],
        arguments: MapValue([("Id", .integer(0)), ("DbHits", .integer(3)), ("Rows", .integer(1))]),
        children: [
          PlanDescription(
            operatorType: "AllNodesScan", identifiers: ["x"], arguments: MapValue(), children: [])
        ])
      result.isProfiled = words.first == "PROFILE"
    case "ALTER": result = ScriptedResult(self, [])
    default: throw Self.syntaxError
    }
    return result
  }

  static let syntaxError = Failure(
    code: "Neo.ClientError.Statement.SyntaxError", message: "Invalid input", gqlStatus: "42001",
    gqlDescription: "syntax error or access rule violation - invalid syntax",
    causes: [
      GQLCause(
        gqlStatus: "42I06",
        gqlDescription: "syntax error or access rule violation - invalid input. Invalid input",
        message: "Invalid input")
    ], position: SourcePosition(offset: 0, line: 1, column: 1))

  static let unknownLabel = Notification(
    code: "Neo.ClientNotification.Statement.UnknownLabelWarning", title: "Unknown",
    description: "No such label", severity: "WARNING", category: "UNRECOGNIZED",
    gqlStatus: "01N50", gqlDescription: "warn: label does not exist",
    position: SourcePosition(offset: 9, line: 1, column: 10))

  func waitForCancellation() async throws(Failure) {
    await withCheckedContinuation { continuation in
      let isCancelled = cancelled.withLock { state in
        if !state.isCancelled { state.continuation = continuation }
        return state.isCancelled
      }
      if isCancelled { continuation.resume() }
      service.waiting.fire()
    }
    throw Failure(
      code: "Neo.ClientError.Transaction.Terminated", message: "Terminated.", gqlStatus: "25N14")
  }

  private func commitAlone() throws(Failure) {
    grouped += 1
    try commitGroup()
  }

  func sync() async throws(Failure) {
    guard grouped > 0 else { return }
    try commitGroup()
  }

  private func commitGroup() throws(Failure) {
    let group = grouped
    grouped = 0
    let fails = service.state.withLock { state in
      state.syncs += 1
      if !state.failsSync { state.nodes += group }
      return state.failsSync
    }
    if fails {
      throw Failure(
        code: "Neo.DatabaseError.Transaction.TransactionCommitFailed", message: "The disk is full.")
    }
  }

  func begin(_ options: TransactionOptions) async throws(Failure) {
    service.state.withLock { $0.options.append(options) }
    if options.bookmarks.contains("garbage") {
      throw Failure(
        code: "Neo.ClientError.Transaction.InvalidBookmark", message: "No bookmark.")
    }
    open = 0
  }

  func commit() async throws(Failure) {
    let added = open ?? 0
    open = nil
    commits += 1
    service.state.withLock { $0.nodes += added }
  }

  func rollback() async throws(Failure) { open = nil }

  func use(database: String) async throws(Failure) { self.database = database }

  func setAccessMode(_ mode: AccessMode) async throws(Failure) {}

  func cancel() {
    let waiting = cancelled.withLock { state -> CheckedContinuation<Void, Never>? in
      state.isCancelled = true
      let continuation = state.continuation
      state.continuation = nil
      return continuation
    }
    waiting?.resume()
  }

  func close() async {
    open = nil
    service.state.withLock { $0.openSessions -= 1 }
  }
}

/// Safe: one caller.
final class ScriptedResult: ResultStream, @unchecked Sendable {
  let columns: [String]
  var isDurable = true
  var rows: [[Value]] = []
  var endless: (count: Int, value: Value)?
  var counters = UpdateCounters()
  var notifications: [Notification] = []
  var plan: PlanDescription?
  var isProfiled = false
  var failure: Failure?
  var waitsAtEnd = false
  private let session: ScriptedSession

  init(_ session: ScriptedSession, _ columns: [String]) {
    self.session = session
    self.columns = columns
  }

  func next() async throws(Failure) -> RecordBatch? {
    if let (count, value) = endless, count > 0 {
      let size = min(count, 100)
      endless = (count - size, value)
      return RecordBatch(count: size, columns: [Array(repeating: value, count: size)])
    }
    if rows.isEmpty {
      if let failure { throw failure }
      if waitsAtEnd { try await session.waitForCancellation() }
      return nil
    }
    // Small batches, so that pages and batches end at different places.
    let taken = rows.prefix(3)
    rows.removeFirst(taken.count)
    return RecordBatch(
      count: taken.count,
      columns: columns.indices.map { column in taken.map { $0[column] } })
  }

  func summary() async throws(Failure) -> ResultSummary {
    while try await next() != nil {}
    return ResultSummary(
      queryType: counters.containsUpdates ? .writeOnly : .readOnly, counters: counters,
      notifications: notifications, plan: plan, isProfiled: isProfiled,
      database: session.database)
  }
}
