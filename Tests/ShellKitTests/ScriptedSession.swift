import Diagnostics
import Formatting
import GraphValues
import QuerySession
import Synchronization

@testable import ShellKit

/// A session that answers statements from a table and writes down what is asked of it.
final class ScriptedSession: Session {
  struct Answer: Sendable {
    var columns: [String] = []
    var rows: [[Value]] = []
    var failure: Failure?
    var isDurable = false
    var summary = ResultSummary(queryType: .readOnly)
  }

  private struct State {
    var answers: [String: Answer] = [:]
    var log: [String] = []
    var isInTransaction = false
    var database = "neo4j"
    var failsSync = false
  }

  private let state = Mutex(State())

  /// What was asked, in order: texts, `sync`, `begin`, `commit`, `rollback`, `use …`, `close`.
  var log: [String] { state.withLock { $0.log } }

  func answer(_ text: String, _ answer: Answer) {
    state.withLock { $0.answers[text] = answer }
  }

  func failSync() { state.withLock { $0.failsSync = true } }

  func run(_ request: StatementRequest) async throws(Failure) -> any ResultStream {
    let answer = state.withLock { state in
      state.log.append(request.isGrouped ? request.text : "\(request.text) [alone]")
      return state.answers[request.text]
    }
    guard let answer else {
      state.withLock { $0.isInTransaction = false }
      throw Failure(code: "Neo.ClientError.Statement.SyntaxError", message: "Invalid input")
    }
    return ScriptedResult(answer)
  }

  var bookmarks: [String] { [] }

  func sync() async throws(Failure) {
    let fails = state.withLock { state in
      state.log.append("sync")
      return state.failsSync
    }
    if fails { throw Failure(code: "x", message: "disk is full") }
  }

  func begin(_ options: TransactionOptions) async throws(Failure) {
    state.withLock {
      $0.log.append("begin")
      $0.isInTransaction = true
    }
  }

  func commit() async throws(Failure) {
    state.withLock {
      $0.log.append("commit")
      $0.isInTransaction = false
    }
  }

  func rollback() async throws(Failure) {
    state.withLock {
      $0.log.append("rollback")
      $0.isInTransaction = false
    }
  }

  var isInTransaction: Bool { state.withLock { $0.isInTransaction } }

  func use(database: String) async throws(Failure) {
    if database == "nosuchdb" {
      throw Failure(code: "x", message: "Graph not found: nosuchdb")
    }
    state.withLock { $0.database = database.isEmpty ? "neo4j" : database }
  }

  func setAccessMode(_ mode: AccessMode) async throws(Failure) {}

  var database: String { state.withLock { $0.database } }

  var identity: SessionIdentity {
    SessionIdentity(user: "neo4j", address: "/data", isEmbedded: true, agent: "Nacre/0")
  }

  func cancel() {}

  func close() async { state.withLock { $0.log.append("close") } }
}

/// The records of one answer, one a batch.
final class ScriptedResult: ResultStream {
  private let answer: ScriptedSession.Answer
  private let place = Mutex(0)

  init(_ answer: ScriptedSession.Answer) { self.answer = answer }

  var columns: [String] { answer.columns }
  var isDurable: Bool { answer.isDurable }

  func next() async throws(Failure) -> RecordBatch? {
    let row = place.withLock { place in
      place += 1
      return place - 1
    }
    if row < answer.rows.count {
      return RecordBatch(count: 1, columns: answer.rows[row].map { [$0] })
    }
    if let failure = answer.failure { throw failure }
    return nil
  }

  func summary() async throws(Failure) -> ResultSummary { answer.summary }
}

/// Hands the same session out again and again.
struct ScriptedConnector: SessionConnector {
  let session: ScriptedSession

  func connect(_ request: ConnectionRequest) async throws(Failure) -> any Session {
    if request.impersonatedUser != nil {
      throw Failure(
        code: "x", message: "Impersonation is not supported in community edition.")
    }
    return session
  }

  func cancelConnecting() {}

  func moved(to address: ServerAddress) -> any SessionConnector { self }

  func serve(host: String, port: Int) async throws(Failure) -> String { "bolt://\(host):\(port)" }

  func stopServing() async -> Bool { false }
}

/// A value as results show it.
func valueText(_ value: Value) -> String { ValueText.text(of: value) }
