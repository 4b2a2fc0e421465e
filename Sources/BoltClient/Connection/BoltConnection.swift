import Bolt
import Diagnostics
import GraphValues
import Network

/// One connection to one server, past the handshake: messages go out, replies find their statements.
///
/// Belongs to the one caller of its session. Requests may be sent ahead of their replies; `pump()`
/// takes one reply at a time. After a FAILURE it sends RESET at once, since some servers hold all
/// further replies back until they see one.
final class BoltConnection {
  /// The longest message that a server may send.
  private static let greatestMessageBytes = 1 << 30

  let endpoint: ServerEndpoint
  let version: BoltVersion
  /// What the server said of itself; told by HELLO and LOGON.
  var greeting = ServerGreeting()
  /// Whether it must not be used for anything new.
  var isSpent = false
  /// Whether its session stays with it although the address asks for routing.
  var isUnrouted = false
  /// Why it cannot be used any more.
  private(set) var problem: ConnectionProblem?

  private let socket: ClientConnection
  private let cancellation: CancelSwitch
  private let cancelSeconds: Double
  private let resetSeconds: Double
  private var chunks = ChunkReader(maximumMessageBytes: greatestMessageBytes)
  private var reading: PackStreamReading
  private var writer: PackStreamWriter
  private var replies = ClientProtocol<ExpectedReply>()
  private var inbox: [UInt8] = []
  private var resetsDue = 0
  /// When the login must be over, whatever signs of life there are.
  var loginDeadline: Countdown?
  /// When a RESET must have been answered.
  private var resetDeadline: ContinuousClock.Instant?
  /// A message that was found behind records and has not been looked at.
  private var found: Range<Int>?

  /// Takes over a connection on which a version has been agreed.
  init(
    _ socket: ClientConnection, endpoint: ServerEndpoint, version: BoltVersion, early: [UInt8],
    options: RemoteOptions, cancellation: CancelSwitch
  ) {
    self.socket = socket
    self.endpoint = endpoint
    self.version = version
    self.cancellation = cancellation
    cancelSeconds = options.cancelTimeoutSeconds
    resetSeconds = options.connectTimeoutSeconds
    let dialect = PackStreamDialect(version)
    reading = PackStreamReading(dialect, isRequest: false, zones: options.zones)
    writer = PackStreamWriter(dialect)
    chunks.append(early)
  }

  /// Whether nothing is due.
  var isIdle: Bool { replies.count == 0 }
  /// How many replies are due.
  var dueCount: Int { replies.count }
  /// Bytes that are written and not sent.
  var pendingBytes: Int { writer.bytes.count }

  /// Whether more of what the server has sent is here.
  var hasInput: Bool { found != nil || problem != nil || socket.hasInput }

  /// Whether the server has hung up while nothing was asked of it.
  var isDead: Bool { problem != nil || socket.isDead }

  /// Takes over what HELLO agreed on for date-times.
  func agree(onUTC isPatched: Bool) {
    let dialect = PackStreamDialect(version, patchedUTC: isPatched)
    reading.dialect = dialect
    writer.dialect = dialect
  }

  // MARK: Requests

  /// Writes RUN, with something in front of the statement's text, and asks for the first records.
  func submit(
    _ statement: RemoteStatement, behind header: String = "", parameters: MapValue,
    extra: MapValue
  ) {
    let before = writer.bytes.count
    let text = header.isEmpty ? statement.text : header + statement.text
    writer.write(.run(text: text, parameters: parameters, extra: extra))
    replies.sent(.opening(statement))
    writer.write(.pull(StreamDemand(count: statement.pageSize)))
    replies.sent(.page(statement))
    statement.send(bytes: writer.bytes.count - before)
  }

  /// Asks for more records.
  func pull(_ statement: RemoteStatement) {
    writer.write(.pull(StreamDemand(count: statement.pageSize)))
    replies.sent(.page(statement))
    statement.ask()
  }

  /// Has the server drop what is left of a result; where it cannot, the client does.
  func discard(_ statement: RemoteStatement) {
    writer.write(
      greeting.product.canDiscard ? .discard(StreamDemand()) : .pull(StreamDemand()))
    replies.sent(.page(statement))
    statement.ask()
  }

  /// Writes any other message; the reply comes with `pump()`.
  func submit(_ message: ClientMessage) -> ControlReply {
    let reply = ControlReply()
    writer.write(message)
    replies.sent(.control(reply))
    return reply
  }

  /// Writes a message and waits for its reply.
  func ask(
    _ message: ClientMessage, timeoutSeconds: Double? = nil
  ) throws(ConnectionProblem) -> ControlReply.Outcome {
    let reply = submit(message)
    return try outcome(of: reply, timeoutSeconds: timeoutSeconds)
  }

  /// Waits for a reply.
  func outcome(
    of reply: ControlReply, timeoutSeconds: Double? = nil
  ) throws(ConnectionProblem) -> ControlReply.Outcome {
    while true {
      if let outcome = reply.outcome { return outcome }
      try pump(timeoutSeconds: timeoutSeconds)
    }
  }

  /// Rolls back and forgets whatever there is.
  func reset() {
    writer.write(.reset)
    replies.sent(.reset, isReset: true)
    resetsDue += 1
  }

  /// Sends what has been written.
  func flush() throws(ConnectionProblem) {
    if let problem { throw problem }
    guard !writer.bytes.isEmpty else { return }
    do {
      try socket.send(writer.take(), timeoutSeconds: nil)
    } catch {
      // How much was sent is not known, so that nothing can follow it.
      if error == .interrupted { _ = cancellation.take() }
      throw fail(.network(error))
    }
  }

  /// Waits until nothing is due.
  func drain() throws(ConnectionProblem) {
    while !isIdle { try pump() }
  }

  /// Says goodbye and closes; never waits for the server.
  func close() {
    if problem == nil, greeting.product.bearsGoodbye {
      writer.write(.goodbye)
      try? socket.send(writer.take(), timeoutSeconds: 0)
    }
    abandon(.network(.closed))
  }

  /// Closes without a word.
  func abandon(_ reason: ConnectionProblem) {
    if problem == nil { problem = reason }
    socket.close()
  }

  // MARK: Replies

  /// Sends what is written, then takes one reply, or as many records as have come.
  ///
  /// The longest wait for a sign of life is what is given, else what the server promised.
  func pump(timeoutSeconds: Double? = nil) throws(ConnectionProblem) {
    while true {
      try meetWishes()
      try flush()
      do {
        if let range = try found ?? chunks.next() {
          found = nil
          return try handle(range)
        }
      } catch let error as ChunkError {
        throw fail(.protocolViolation("a message is too long (\(error))"))
      } catch let error as ConnectionProblem {
        throw error
      } catch {
        throw fail(.protocolViolation("\(error)"))
      }
      try receive(timeoutSeconds)
    }
  }

  /// Marks the connection as unusable and returns why.
  func fail(_ reason: ConnectionProblem) -> ConnectionProblem {
    if let problem { return problem }
    abandon(reason)
    return reason
  }

  /// Whether the server passes over what was sent, since something before it failed.
  var isFailed: Bool { replies.isFailed && !cancellation.isStopping }

  /// The statements that were under way, oldest first, once the connection is lost.
  func takeStranded() -> [RemoteStatement] {
    var stranded: [RemoteStatement] = []
    while let reply = replies.head {
      _ = replies.summary(.ignored, isReset: false)
      switch reply {
      case .opening(let statement), .page(let statement):
        if stranded.last !== statement { stranded.append(statement) }
      case .control, .reset: continue
      }
    }
    return stranded
  }

  private func handle(_ range: Range<Int>) throws(ConnectionProblem) {
    if ServerMessage.isRecord(chunks.bytes, range) { return try records(from: range) }
    let message: ServerMessage
    do {
      message = try ServerMessage(chunks.bytes, range, reading)
    } catch {
      throw fail(.protocolViolation("a message cannot be read (\(error))"))
    }
    switch message {
    case .success(let metadata): try succeeded(metadata)
    case .failure(let metadata):
      var failure = Failure(metadata: metadata)
      if greeting.product == .falkorDB {
        failure.message = FalkorDBMessage.readable(failure.message)
      }
      try failed(failure)
    case .ignored: try ignored()
    case .record: throw fail(.protocolViolation("a record came where none was due"))
    }
  }

  /// Adds records to their statement, up to a batch of them, as far as they have come.
  private func records(from first: Range<Int>) throws(ConnectionProblem) {
    guard case .page(let statement)? = replies.head, statement.isOpened else {
      throw fail(.protocolViolation("a record came where none was due"))
    }
    var columns = statement.lend()
    var count = 0
    var next: Range<Int>? = first
    do {
      while let range = next {
        guard count < RemoteStatement.batchSize, ServerMessage.isRecord(chunks.bytes, range) else {
          found = range
          break
        }
        try append(range, to: &columns)
        count += 1
        next = try chunks.next()
      }
    } catch {
      // The records in front of it have come all the same; some columns may hold a part of it.
      for place in columns.indices {
        columns[place].removeLast(columns[place].count - statement.heldCount - count)
      }
      statement.giveBack(columns, count: count)
      throw fail(.protocolViolation("a record cannot be read (\(error))"))
    }
    statement.giveBack(columns, count: count)
  }

  /// Adds one record.
  private func append(
    _ range: Range<Int>, to columns: inout [[Value]]
  ) throws(PackStreamError) {
    var reader = PackStreamReader(chunks.bytes, range, reading)
    try reader.appendRecord(to: &columns)
    guard !reader.isAtEnd, !reading.skipsNullBehindPoints else { return }
    // One maker's server writes a byte too many behind each point: what is left over betrays it.
    var tolerant = reading
    tolerant.skipsNullBehindPoints = true
    var again = columns.map { _ in [Value]() }
    reader = PackStreamReader(chunks.bytes, range, tolerant)
    guard (try? reader.appendRecord(to: &again)) != nil, reader.isAtEnd else { return }
    reading = tolerant
    for (place, values) in again.enumerated() {
      columns[place].removeLast()
      columns[place] += values
    }
  }

  private func succeeded(_ metadata: MapValue) throws(ConnectionProblem) {
    switch try summary(.success) {
    case .opening(let statement):
      do {
        try statement.open(metadata)
      } catch {
        throw fail(error)
      }
    case .page(let statement): statement.endPage(metadata)
    case .control(let reply): reply.outcome = .success(metadata)
    case .reset:
      resetsDue -= 1
      if resetsDue == 0 { resetDeadline = nil }
    }
  }

  private func failed(_ failure: Failure) throws(ConnectionProblem) {
    // What comes behind a failure was passed over, whatever the server calls it.
    let isPassedOver = isFailed
    switch try summary(.failure(needsReset: false)) {
    case .opening(let statement), .page(let statement):
      if isPassedOver { statement.passOver() } else { statement.fail(failure) }
    case .control(let reply): reply.outcome = .failure(failure)
    case .reset: throw fail(.protocolViolation("RESET failed: \(failure.message)"))
    }
  }

  private func ignored() throws(ConnectionProblem) {
    let isExpected = replies.isFailed || resetsDue > 0 || cancellation.isStopping
    switch try summary(.ignored) {
    case .opening(let statement), .page(let statement):
      guard isExpected else {
        throw fail(.protocolViolation("a request was ignored though none before it had failed"))
      }
      if cancellation.isStopping { statement.fail(.terminated) } else { statement.passOver() }
    case .control(let reply): reply.outcome = .ignored
    case .reset: throw fail(.protocolViolation("RESET was ignored"))
    }
  }

  /// Ends the oldest request; sends RESET where a failure calls for it.
  private func summary(
    _ reply: ClientProtocol<ExpectedReply>.Reply
  ) throws(ConnectionProblem) -> ExpectedReply {
    var isReset = false
    if case .reset? = replies.head { isReset = true }
    guard let (tag, meaning) = replies.summary(reply, isReset: isReset) else {
      throw fail(.protocolViolation("a reply came where none was due"))
    }
    // Failures of HELLO and LOGON end the connection: RESET would meet nobody.
    if case .failure(needsReset: true) = meaning, greeting.isComplete {
      reset()
      setResetDeadline(resetSeconds)
      try flush()
    }
    return tag
  }

  // MARK: Waiting

  private func receive(_ timeoutSeconds: Double?) throws(ConnectionProblem) {
    var seconds = timeoutSeconds ?? greeting.silenceSeconds.map { Double($0) }
    if let left = loginDeadline?.secondsLeft {
      guard left > 0 else { throw fail(.network(.timedOut(.receive))) }
      seconds = min(seconds ?? left, left)
    }
    if let resetDeadline {
      let left = ContinuousClock.now.duration(to: resetDeadline) / .seconds(1)
      guard left > 0 else { throw fail(.notStopped) }
      seconds = min(seconds ?? left, left)
    }
    do {
      inbox.removeAll(keepingCapacity: true)
      guard try socket.receive(into: &inbox, timeoutSeconds: seconds) > 0 else {
        throw fail(.network(.lost(errorNumber: 0)))
      }
      chunks.append(inbox)
    } catch let error as NetworkError {
      switch error {
      // Wishes are met by the caller's loop; an interruption without one came late.
      case .interrupted: return
      case .timedOut where resetDeadline != nil: throw fail(.notStopped)
      case .timedOut where timeoutSeconds == nil && loginDeadline == nil:
        throw fail(.silent(seconds: greeting.silenceSeconds ?? 0))
      default: throw fail(.network(error))
      }
    } catch let problem as ConnectionProblem {
      throw problem
    } catch {
      throw fail(.protocolViolation("\(error)"))
    }
  }

  /// Sends RESET on the first wish to stop, closes on the second.
  private func meetWishes() throws(ConnectionProblem) {
    switch cancellation.take() {
    case .none: return
    case .stop where greeting.isComplete:
      reset()
      setResetDeadline(cancelSeconds)
    case .stop: throw fail(.network(.interrupted))
    case .stopNow: throw fail(.notStopped)
    }
  }

  private func setResetDeadline(_ seconds: Double) {
    let deadline = ContinuousClock.now.advanced(by: .seconds(seconds))
    resetDeadline = min(resetDeadline ?? deadline, deadline)
  }
}

extension Failure {
  /// A statement that was told to stop.
  static var terminated: Failure {
    Failure(
      code: "Neo.ClientError.Transaction.Terminated",
      message: "The transaction has been terminated. Retry your operation in a new transaction, "
        + "and you should see a successful result. Explicitly terminated by the user. ")
  }
}
