/// Where a server's conversation with one client stands.
public enum ServerState: String, Sendable, CaseIterable {
  /// Nothing is known of the client.
  case negotiation = "NEGOTIATION"
  /// The client must say who it is.
  case authentication = "AUTHENTICATION"
  /// Nothing runs.
  case ready = "READY"
  /// A statement's own transaction has an open result.
  case streaming = "AUTO_COMMIT"
  /// An explicit transaction is open, with or without open results.
  case inTransaction = "IN_TRANSACTION"
  /// A request has failed; all are ignored until RESET.
  case failed = "FAILED"
  /// The connection is at its end.
  case defunct = "DEFUNCT"
}

/// The order in which a client's messages may come, from the server's end.
///
/// Events are told in the order in which requests are carried out; what comes back is what to do with
/// the request. What a request came to is told by `succeeded` and `failed`.
public struct ServerProtocol: Sendable {
  /// What to do with a request.
  public enum Action: Sendable {
    /// Carry it out, then tell `succeeded` or `failed`.
    case perform
    /// Answer IGNORED.
    case ignore
    /// Answer with this failure and, if it says so, close.
    case refuse(ProtocolFailure)
    /// Close without a word.
    case close
  }

  /// The version agreed on.
  public let version: BoltVersion
  /// Where the conversation stands.
  public private(set) var state: ServerState = .negotiation
  /// How many RESETs have arrived and are not yet carried out.
  public private(set) var pendingResets = 0
  /// Whether the client has been let in at least once.
  public private(set) var hasBeenReady = false
  /// Whether the client is logged on at this moment; nothing is carried out for others.
  public private(set) var isLoggedOn = false

  /// Begins a conversation after the handshake.
  public init(version: BoltVersion) { self.version = version }

  /// Whether requests in front of a RESET are to be ignored.
  public var isInterrupted: Bool { pendingResets > 0 }

  /// A RESET has arrived, and may stand behind other requests.
  ///
  /// - Returns: Whether it interrupts: what runs is to be cancelled, and the RESET carried out as
  ///   one. Before the client has been let in for the first time it is a request like others.
  public mutating func resetArrived() -> Bool {
    guard hasBeenReady else { return false }
    pendingResets += 1
    return true
  }

  /// The next request's turn has come.
  ///
  /// - Parameters:
  ///   - message: The request.
  ///   - interrupts: Whether it is a RESET that interrupts.
  /// - Returns: What to do with it.
  public mutating func received(_ message: ClientMessage, interrupts: Bool = false) -> Action {
    if state == .defunct { return .close }
    switch message {
    case .goodbye:
      state = .defunct
      return .close
    case .reset where interrupts && isLoggedOn: return .perform
    case .logoff where !isInterrupted && state == .failed:
      // The servers that drivers know hang up here, rather than ignore it as they do all else.
      state = .defunct
      return .refuse(.logoffAfterFailure)
    case .logon, .logoff:
      // Those that a RESET overtook are carried out all the same.
      if !isInterrupted, state == .failed { return .ignore }
    case .reset where interrupts: break
    default:
      if isInterrupted || state == .failed { return .ignore }
    }
    if isAllowed(message) { return .perform }
    defer { state = .defunct }
    return .refuse(.misplaced(message.name, in: state.rawValue))
  }

  private func isAllowed(_ message: ClientMessage) -> Bool {
    switch message {
    case .hello: state == .negotiation
    case .logon: state == .authentication
    case .logoff: state == .ready || (isInterrupted && state != .authentication)
    case .run: state == .ready || state == .inTransaction
    case .pull, .discard: state == .streaming || state == .inTransaction
    case .begin, .route, .telemetry: state == .ready
    case .commit, .rollback: state == .inTransaction
    case .reset, .goodbye: false
    }
  }

  /// The request was carried out.
  ///
  /// - Parameters:
  ///   - message: The request.
  ///   - hasMore: Of PULL and DISCARD, whether records are left.
  public mutating func succeeded(_ message: ClientMessage, hasMore: Bool = false) {
    switch message {
    case .hello:
      isLoggedOn = !version.hasLogon
      state = isLoggedOn ? .ready : .authentication
    case .logon:
      isLoggedOn = true
      state = .ready
    case .logoff:
      isLoggedOn = false
      state = .authentication
    case .run: if state == .ready { state = .streaming }
    case .pull, .discard: if state == .streaming, !hasMore { state = .ready }
    case .begin: state = .inTransaction
    case .commit, .rollback: state = .ready
    case .reset:
      pendingResets = max(0, pendingResets - 1)
      state = .ready
    case .route, .telemetry, .goodbye: break
    }
    if state == .ready { hasBeenReady = true }
  }

  /// The request failed.
  ///
  /// - Parameters:
  ///   - message: The request; `nil` where it was none.
  ///   - closes: Whether the connection ends with it.
  /// - Returns: Whether the connection is to be closed after the answer.
  public mutating func failed(_ message: ClientMessage?, closes: Bool = false) -> Bool {
    // A client that is not logged on has no state to come back to. One that has not even said HELLO
    // rightly keeps its connection, as with the servers that drivers know, and is ignored for good:
    // before the first log-in no RESET interrupts.
    let mayStay = isLoggedOn || state == .negotiation
    state = closes || !mayStay || message.isLogon ? .defunct : .failed
    return state == .defunct
  }

  /// The connection ends.
  public mutating func closed() { state = .defunct }
}

extension ClientMessage? {
  fileprivate var isLogon: Bool { if case .logon? = self { true } else { false } }
}
