import CypherRuntime
import Diagnostics
import GraphValues
import QuerySession
import Synchronization

/// What a session is doing, for SHOW TRANSACTIONS.
struct SessionActivity: Sendable {
  /// The number of the transaction, unique within the engine.
  let transaction: Int
  let database: String
  let user: String
  /// The number of the statement.
  var query: Int
  /// The statement's text; empty between the statements of an explicit transaction.
  var text = ""
  var parameters = MapValue()
  let metadata: MapValue
  /// Whose it is; `nil` for a caller in this process.
  let connection: ServedConnection?
  /// When the transaction began, and the statement.
  let started: ClockInstant
  var queryStarted: ClockInstant

  /// The transaction's id as clients know it.
  var id: String { "\(database)-transaction-\(transaction)" }
}

/// The transactions of an engine that are under way.
///
/// Sessions are listed, not transactions, so that a statement costs no entry in a shared list.
final class RunningTransactions: Sendable {
  private struct Entry {
    weak var session: EmbeddedSession?
  }

  private let sessions = Mutex<[ObjectIdentifier: Entry]>([:])
  private let lastNumber = Atomic<Int>(0)

  /// A number that no transaction or statement of the engine has had.
  func nextNumber() -> Int {
    lastNumber.wrappingAdd(1, ordering: .relaxed).newValue
  }

  func enter(_ session: EmbeddedSession) {
    sessions.withLock { $0[ObjectIdentifier(session)] = Entry(session: session) }
  }

  /// Called while the session goes.
  func leave(_ identifier: ObjectIdentifier) {
    sessions.withLock { _ = $0.removeValue(forKey: identifier) }
  }

  /// What is under way, in the order in which it began.
  var all: [(session: EmbeddedSession, activity: SessionActivity)] {
    let known = sessions.withLock { sessions in sessions.values.compactMap { $0.session } }
    return known.compactMap { session in session.activity.map { (session, $0) } }
      .sorted { $0.activity.transaction < $1.activity.transaction }
  }
}

extension EmbeddedSession {
  /// What the session is doing now; `nil` between transactions.
  var activity: SessionActivity? { activities.withLock { $0 } }

  /// A transaction begins, or the next statement of an open one.
  func noteBegin(_ text: String, _ parameters: MapValue, _ metadata: MapValue) {
    let number = engine.running.nextNumber()
    let now = ClockInstant.now()
    let isWithin = explicit != nil
    let fresh = SessionActivity(
      transaction: number, database: database, user: user?.name ?? UserList.firstName,
      query: number, text: text, parameters: parameters, metadata: metadata,
      connection: connection, started: now, queryStarted: now)
    let isFresh = activities.withLock { activity in
      guard isWithin, activity != nil else {
        activity = fresh
        return true
      }
      activity?.query = number
      activity?.text = text
      activity?.parameters = parameters
      activity?.queryStarted = now
      return false
    }
    // What its client says, until a procedure says otherwise.
    if isFresh { surroundings.services.transactionMetadata = metadata }
  }

  /// A statement ends, and its transaction with it unless that is an explicit one.
  func noteEnd() {
    let isWithin = explicit != nil
    activities.withLock { activity in
      if isWithin { activity?.text = "" } else { activity = nil }
    }
  }

  /// Ends a transaction at the wish of another session.
  ///
  /// - Returns: Whether it was still under way.
  func terminate(_ transaction: Int) -> Bool {
    // Under the lock, so that what is stopped is not the next one.
    activities.withLock { activity in
      guard activity?.transaction == transaction else { return false }
      stop(.user)
      return true
    }
  }
}
