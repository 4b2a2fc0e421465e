import Bolt
import Diagnostics
import GraphValues
import QuerySession

/// What one client has said and what it is answered: requests in order, one at a time.
///
/// Safe: only the task that carries out requests touches it, one task at a time; the lock of the
/// connection's inbox lies between one task and the next.
final class Conversation: @unchecked Sendable {
  let connection: BoltConnection
  let server: ServerContext
  let version: BoltVersion
  /// Whether the version was agreed on by a list of versions.
  let byManifest: Bool
  var rules: PackStreamReading
  var replies: Replies
  /// Who the client is, once it has been let in.
  var user: AuthenticatedUser?
  var session: (any Session)?
  var agent = ""
  /// What the client calls the server.
  var calledAddress: String?
  /// Which notifications the client wants in general, and of the open transaction.
  var filter = NotificationFilter.everything
  var transactionFilter: NotificationFilter?
  /// The results of the open transaction in the order of their statements; `nil` once read.
  var results: [OpenResult?] = []
  /// The columns of the statement being run, once its RUN has been answered.
  var announced: [String]?
  /// When the first held reply was written.
  var heldSince: ContinuousClock.Instant?

  private static let heldBytes = 64 << 10
  private static let heldMilliseconds = 20
  /// Output is sent in pieces of about this size.
  static let pieceBytes = 64 << 10

  init(
    _ connection: BoltConnection, version: BoltVersion, byManifest: Bool
  ) {
    self.connection = connection
    server = connection.server
    self.version = version
    self.byManifest = byManifest
    let dialect = PackStreamDialect(version)
    rules = PackStreamReading(
      dialect, isRequest: true, zones: connection.server.options.zones,
      maximumDepth: Self.depthBeforeLogon)
    replies = Replies(dialect)
  }

  static let depthBeforeLogon = 32
  static let depthAfterLogon = 200

  /// Whether there is a session to close.
  var hasSession: Bool { session != nil }

  // MARK: Requests

  /// Carries out the next request.
  func answer(_ request: QueuedRequest) async {
    switch request {
    case .tooLong(let limitBytes):
      await refuse(ProtocolFailure(.messageTooLong(limitBytes), closes: true), nil)
    case .message(let bytes, let interrupts):
      do throws(ProtocolFailure) {
        await answer(try ClientMessage(bytes, 0..<bytes.count, rules), interrupts: interrupts)
      } catch {
        if !error.closes, connection.isIgnoring { return ignore() }
        await refuse(error, nil)
      }
    }
    if replies.byteCount >= Self.heldBytes || isHeldTooLong { await settle() }
  }

  private func answer(_ message: ClientMessage, interrupts: Bool) async {
    if replies.isHolding, !message.joinsGroup { await sync() }
    switch connection.turn(of: message, interrupts: interrupts) {
    case .perform:
      var statement = ""
      do throws(ProtocolFailure) {
        if case .run(let text, _, _) = message { statement = text }
        let hasMore = try await perform(message)
        endRequest()
        connection.succeeded(message, hasMore: hasMore)
      } catch {
        await refuse(error, message, statement: statement)
      }
    case .ignore: ignore()
    case .refuse(let failure): await refuse(failure, message)
    case .close:
      await settle()
      connection.finish()
    }
  }

  private func ignore() {
    replies.ignore()
    endRequest()
  }

  /// Answers a request that fails; what is open is rolled back at once, and locks with it.
  private func refuse(
    _ problem: ProtocolFailure, _ message: ClientMessage?, statement: String = ""
  ) async {
    await dropTransaction()
    // What was held in front of the failure is sent in front of it.
    if replies.isHolding {
      await sync()
      if connection.isIgnoring, !problem.closes { return ignore() }
    }
    if let failure = problem.failure {
      replies.fail(failure, statement: failedStatement ?? statement)
      endRequest()
    }
    failedStatement = nil
    if connection.failed(message, closes: problem.closes) {
      await flush()
      connection.finish()
    }
  }

  /// The statement whose result failed, when that is not the one of the request.
  var failedStatement: String?

  private func endRequest() { replies.endRequest() }

  /// - Returns: Whether records are left.
  private func perform(_ message: ClientMessage) async throws(ProtocolFailure) -> Bool {
    switch message {
    case .hello(let extra): try await greet(extra)
    case .logon(let token): try await logOn(token)
    case .logoff: await logOff()
    case .route(let context, _, let extra): try route(context, extra)
    case .telemetry: replies.succeed()
    case .run(let text, let parameters, let extra): try await run(text, parameters, extra)
    case .pull(let demand): return try await pull(demand)
    case .discard(let demand): return try await discard(demand)
    case .begin(let extra): try await begin(extra)
    case .commit: try await commit()
    case .rollback: try await rollback()
    case .reset:
      await dropTransaction()
      replies.succeed()
    case .goodbye: break
    }
    return false
  }

  // MARK: Output

  /// Whether replies are held that may be so a little longer.
  var mayHoldOn: Bool { replies.isHolding && !isHeldTooLong }

  private var isHeldTooLong: Bool {
    guard replies.isHolding, let heldSince else { return false }
    return ContinuousClock.now - heldSince >= .milliseconds(Self.heldMilliseconds)
  }

  /// Holds replies from now on, since what they tell is not durable yet.
  func hold() {
    guard !replies.isHolding else { return }
    replies.hold()
    heldSince = ContinuousClock.now
  }

  /// Makes durable what is held, and sends all that is written.
  func settle() async {
    await sync()
    await flush()
  }

  /// Makes durable what is held; when that fails, the held replies become failures.
  func sync() async {
    guard replies.isHolding, let session else { return }
    do throws(Failure) {
      try await session.sync()
      replies.release()
    } catch {
      if replies.replaceHeld(by: error) {
        results = []
        _ = connection.failed(nil, closes: false)
      } else {
        lostGroup = error
      }
    }
    heldSince = nil
  }

  /// Why what the request being carried out has done so far is lost.
  var lostGroup: Failure?

  /// Sends what is written, and waits while the client does not take it.
  func flush() async {
    let bytes = replies.take()
    if !bytes.isEmpty { await connection.send(bytes) }
  }

  // MARK: Ends

  /// Forgets open results and rolls back what is open.
  func dropTransaction() async {
    results = []
    transactionFilter = nil
    guard let session, session.isInTransaction else { return }
    do throws(Failure) { try await session.rollback() } catch {
      // The transaction is gone either way.
    }
  }

  /// Lets go of everything; nothing is carried out afterwards.
  func end() async {
    results = []
    await session?.close()
    session = nil
    connection.use(nil)
  }
}

extension ClientMessage {
  /// Whether the request may be carried out while earlier replies are held.
  fileprivate var joinsGroup: Bool {
    switch self {
    case .run, .pull, .discard: true
    default: false
    }
  }
}
