import Diagnostics

/// Grouped statements in the order given: some sent and not answered, behind them some waiting.
///
/// What is on its way is bounded, so that neither end has to hold much: a server stops reading while
/// nobody takes its answers.
struct StatementPipeline {
  /// The most statements under way, where the server is known to take so many.
  static let greatestCount = 512
  /// The most bytes of requests under way; a longer one goes alone.
  static let greatestBytes = 64 * 1024

  private var statements: [RemoteStatement] = []
  private var first = 0
  /// How many of `statements`, from `first` on, have been sent.
  private var sentCount = 0
  private var sentBytes = 0
  /// The most statements under way on this connection.
  var limit = greatestCount
  /// The one that failed, until the caller goes on.
  private var halting: RemoteStatement?

  /// Whether none is left.
  var isEmpty: Bool { first == statements.count }
  /// How many have not been sent.
  var waitingCount: Int { statements.count - first - sentCount }
  /// The oldest.
  var oldest: RemoteStatement? { isEmpty ? nil : statements[first] }
  /// Whether one has failed and the caller has not gone on since.
  var isHalted: Bool { halting != nil }
  /// Whether any is under way.
  var isUnderWay: Bool { sentCount > 0 }

  /// Adds one behind all others.
  mutating func append(_ statement: RemoteStatement) { statements.append(statement) }

  /// Stops sending: one has failed, and the caller may not want the others any more.
  mutating func halt(by statement: RemoteStatement) {
    if halting?.isToldOf ?? true { halting = statement }
    recount()
  }

  /// The caller goes on.
  ///
  /// - Parameter whatever: Goes on also where the caller has not been told of the failure yet: it
  ///   then may still want to stop there.
  mutating func resume(whatever: Bool) {
    if whatever || halting?.isToldOf == true { halting = nil }
  }

  /// The next to send; `nil` while enough is under way.
  mutating func nextToSend() -> RemoteStatement? {
    guard !isHalted, waitingCount > 0 else { return nil }
    let statement = statements[first + sentCount]
    guard sentCount > 0 else { return statement }
    let bytes = sentBytes + statement.text.utf8.count
    return sentCount < limit && bytes < Self.greatestBytes ? statement : nil
  }

  /// The next has been sent.
  mutating func noteSent(_ statement: RemoteStatement) {
    sentCount += 1
    sentBytes += statement.wireBytes
  }

  /// The next could not be sent and has failed; those behind it wait.
  mutating func noteUnsendable() {
    let index = first + sentCount
    guard index < statements.count else { return }
    halt(by: statements.remove(at: index))
  }

  /// Ends all that are not over yet.
  func failAll(_ failure: Failure) {
    for statement in statements[first...] { statement.fail(failure) }
  }

  /// Takes the oldest out when it is over.
  mutating func popOver() -> RemoteStatement? {
    guard let statement = oldest, statement.isOver else { return nil }
    takeFirst()
    return statement
  }

  private mutating func takeFirst() {
    let statement = statements[first]
    first += 1
    if sentCount > 0 {
      sentCount -= 1
      sentBytes -= statement.wireBytes
    }
    if first == statements.count || first > Self.greatestCount {
      statements.removeSubrange(..<first)
      first = 0
    }
  }

  /// Counts anew what is under way: some may have been passed over.
  mutating func recount() {
    sentCount = statements[first...].prefix { !$0.isWaiting }.count
    sentBytes = statements[first...].prefix(sentCount).reduce(0) { $0 + $1.wireBytes }
  }
}
