import Bolt
import Diagnostics
import Network
import QuerySession
import Synchronization

/// One client's connection: takes its bytes apart on the event loop and queues requests, which one
/// task at a time carries out on a borrowed thread.
final class BoltConnection: ConnectionHandler {
  /// What is read and has not become requests yet; touched while bytes are taken apart.
  private struct Arrival {
    var handshake: ServerHandshake?
    var reader: ChunkReader
    /// Whether nothing more is read: the client is gone, or its bytes make no sense.
    var isEnded = false
    /// Whether a message waits that is too long until the client has been let in.
    var isBlocked = false
  }

  /// What the event loop and the task share.
  private struct Inbox {
    var queue: RequestQueue
    var state: ServerProtocol?
    var conversation: Conversation?
    var session: (any Session)?
    /// Whether a task carries out requests, or is about to.
    var isBusy = false
    /// Whether that task waits for the next request itself.
    var isWaiting = false
    var pace = ClientPace()
    var isLetIn = false
    /// Since when the client has not been let in.
    var strangeSince = ContinuousClock.now
    /// Who is at the other end, for lists.
    var user = ""
    var agent = ""
    var calledAddress: String?
    var isClosed = false
    var isFinished = false
    /// What waits until the client has taken its replies.
    var whenDrained: CheckedContinuation<Void, Never>?
    var lastSent = ContinuousClock.now
    var lastAsked = ContinuousClock.now

    /// Whether a request of a client that has been let in is carried out.
    var isAtWork: Bool { isLetIn && isBusy && !isWaiting }
  }

  let id: String
  let server: ServerContext
  let peerHost: String
  private let wire: ServerConnection
  let opened = ContinuousClock.now
  private let arrival: Mutex<Arrival>
  private let inbox: Mutex<Inbox>

  private static let queuedBytes = 4 << 20
  private static let cancelAgainSeconds = 0.05
  /// While nothing is read, so often it is looked at whether the client is still there.
  private static let peerCheckSeconds = 1.0
  /// How long a thread stays with a connection that has nothing to do.
  private static let waitMilliseconds: Int32 = 20

  init(_ wire: ServerConnection, _ server: ServerContext) {
    self.wire = wire
    self.server = server
    id = server.nextID()
    peerHost = wire.peer.host
    arrival = Mutex(
      Arrival(
        handshake: ServerHandshake(versions: server.options.versions),
        reader: ChunkReader(maximumMessageBytes: server.options.unauthenticatedMessageBytes)))
    inbox = Mutex(Inbox(queue: RequestQueue(pauseBytes: Self.queuedBytes)))
    server.add(self)
    wire.setTimer(seconds: server.options.unauthenticatedSeconds)
  }

  // MARK: Bytes

  func received(_ bytes: [UInt8]) {
    let rest = arrival.withLock { arrival -> [UInt8]? in
      guard !arrival.isEnded else { return nil }
      guard let handshake = arrival.handshake else { return bytes }
      return agree(handshake, bytes, &arrival)
    }
    if let rest { takeApart(rest) }
  }

  /// Goes on with the handshake; what is left of the bytes when it is over.
  private func agree(_ handshake: ServerHandshake, _ bytes: [UInt8], _ arrival: inout Arrival)
    -> [UInt8]?
  {
    var handshake = handshake
    var bytes = bytes
    while true {
      switch handshake.received(bytes) {
      case .proceed(let answer):
        arrival.handshake = handshake
        guard !answer.isEmpty else { return nil }
        wire.send(answer)
        // The client's choice may have come along.
        bytes = []
      case .refused(let answer):
        arrival.isEnded = true
        if !answer.isEmpty { wire.send(answer) }
        wire.finish()
        return nil
      case .agreed(let answer, let version, let byManifest, let rest):
        arrival.handshake = nil
        if !answer.isEmpty { wire.send(answer) }
        let conversation = Conversation(self, version: version, byManifest: byManifest)
        inbox.withLock {
          $0.state = ServerProtocol(version: version)
          $0.conversation = conversation
        }
        return rest
      }
    }
  }

  /// Queues all whole messages.
  private func takeApart(_ bytes: [UInt8]) {
    arrival.withLock { arrival in
      arrival.reader.append(bytes)
      let (isLetIn, isBusy) = inbox.withLock { ($0.isLetIn, $0.isBusy) }
      let options = server.options
      arrival.reader.maximumMessageBytes =
        isLetIn ? options.messageBytes : options.unauthenticatedMessageBytes
      do throws(ChunkError) {
        // What comes together is queued together, so that it does not matter how soon the first of it
        // is carried out.
        var messages: [QueuedRequest] = []
        defer { queue(messages) }
        while !arrival.isEnded, let range = try arrival.reader.next() {
          messages.append(.message(Array(arrival.reader.bytes[range]), interrupts: false))
        }
      } catch {
        if !isLetIn, isBusy || inbox.withLock({ $0.isBusy }) {
          // The requests in front of it may let the client in.
          arrival.isBlocked = true
          wire.pauseReading()
          return
        }
        arrival.isEnded = true
        queue([.tooLong(limitBytes: arrival.reader.maximumMessageBytes)])
      }
    }
  }

  private func queue(_ requests: [QueuedRequest]) {
    guard !requests.isEmpty else { return }
    if requests.contains(where: \.isGoodbye), inbox.withLock({ $0.isAtWork }) {
      // Whoever leaves wants no answer, not even to what is carried out.
      return wire.abort()
    }
    let (starts, pauses, cancelled) = inbox.withLock { inbox -> (Bool, Bool, (any Session)?) in
      guard !inbox.isClosed, !inbox.isFinished else { return (false, false, nil) }
      inbox.lastAsked = ContinuousClock.now
      var pauses = false
      var isInterrupted = false
      for var request in requests {
        if request.isReset, case .message(let bytes, _) = request {
          let interrupts = inbox.state?.resetArrived() == true
          request = .message(bytes, interrupts: interrupts)
          isInterrupted = isInterrupted || interrupts
        }
        pauses = inbox.queue.add(request) || pauses
      }
      guard !inbox.isBusy else {
        return (false, pauses, isInterrupted && !inbox.isWaiting ? inbox.session : nil)
      }
      inbox.isBusy = true
      return (true, pauses, nil)
    }
    if pauses {
      wire.pauseReading()
      wire.setTimer(seconds: Self.peerCheckSeconds)
    }
    if let cancelled {
      cancelled.cancel()
      wire.setTimer(seconds: Self.cancelAgainSeconds)
    }
    if starts { start() }
  }

  func drained() { resumeProducer() }

  private func resumeProducer() {
    let waiting = inbox.withLock { inbox in
      defer { inbox.whenDrained = nil }
      return inbox.whenDrained
    }
    waiting?.resume()
  }

  func closed(_ reason: CloseReason) {
    arrival.withLock { $0.isEnded = true }
    let (starts, hasBegun, session) = inbox.withLock { inbox in
      inbox.isClosed = true
      inbox.state?.closed()
      inbox.queue.removeAll()
      let starts = !inbox.isBusy
      inbox.isBusy = true
      // Only where no task carries out requests may the conversation be looked at from here.
      let hasBegun = starts && inbox.conversation?.hasSession == true
      // It holds this connection, which would keep them both for ever.
      if starts, !hasBegun { inbox.conversation = nil }
      return (starts, hasBegun, inbox.session)
    }
    session?.cancel()
    resumeProducer()
    guard starts else { return }
    if hasBegun { start() } else { server.remove(self) }
  }

  // MARK: Time

  func timeout() {
    let now = ContinuousClock.now
    let options = server.options
    enum Deed { case nothing, cancel(any Session), sign, end }
    let (deed, next) = inbox.withLock { inbox -> (Deed, Double) in
      guard inbox.isLetIn else {
        let left = options.unauthenticatedSeconds - inbox.strangeSince.seconds(to: now)
        return left <= 0 ? (.end, 1) : (.nothing, left)
      }
      if inbox.isBusy, inbox.state?.isInterrupted == true, let session = inbox.session {
        return (.cancel(session), Self.cancelAgainSeconds)
      }
      if inbox.isBusy, !inbox.isWaiting {
        if inbox.queue.isPaused, wire.isPeerGone { return (.end, 1) }
        let latest = inbox.queue.isPaused ? Self.peerCheckSeconds : options.idleSeconds ?? .infinity
        let left = options.keepAliveSeconds - inbox.lastSent.seconds(to: now)
        guard left <= 0 else { return (.nothing, min(left, latest)) }
        inbox.lastSent = now
        return (
          inbox.whenDrained == nil ? .sign : .nothing, min(options.keepAliveSeconds, latest)
        )
      }
      guard let idle = options.idleSeconds else { return (.nothing, options.keepAliveSeconds) }
      let left = idle - inbox.lastAsked.seconds(to: now)
      return left <= 0 ? (.end, 1) : (.nothing, min(left, options.keepAliveSeconds))
    }
    switch deed {
    case .nothing: break
    case .cancel(let session): session.cancel()
    case .sign: wire.send(ChunkWriter.keepAlive)
    case .end:
      wire.abort()
      return
    }
    wire.setTimer(seconds: next)
  }

  /// Ends the connection: at once when nothing waits in it, else when it has been answered.
  func stop() {
    let isIdle = inbox.withLock {
      (!$0.isBusy || $0.isWaiting) && $0.state?.state != .inTransaction
    }
    if isIdle { wire.finish() }
  }

  /// Ends the connection, whatever it does.
  func abort() { wire.abort() }

  // MARK: Carrying out

  private func start() {
    server.pool.borrow { [self] worker in
      guard let worker else {
        wire.abort()
        // Without a thread nothing has been begun that would have to be ended.
        server.remove(self)
        return
      }
      Task(executorPreference: worker) { [self] in await carryOut(on: worker) }
    }
  }

  private func carryOut(on worker: WorkerThread) async {
    while true {
      let (conversation, next, isClosed) = inbox.withLock { inbox in
        (inbox.conversation, inbox.queue.next(), inbox.isClosed)
      }
      guard let conversation, !isClosed else { return await end(worker) }
      if let next {
        if next.resumes { wire.resumeReading() }
        await conversation.answer(next.request)
        continue
      }
      // What has come meanwhile may join what is held.
      if conversation.mayHoldOn, waitForMore(milliseconds: 0) { continue }
      await conversation.settle()
      unblock()
      if waitForMore(milliseconds: Self.waitMilliseconds) { continue }
      if rest(worker) { return }
    }
  }

  /// Waits a moment for the next request on this thread, which is cheaper than the loop's way.
  ///
  /// - Returns: Whether bytes have come.
  private func waitForMore(milliseconds: Int32) -> Bool {
    let waits = inbox.withLock { inbox in
      inbox.isLetIn && inbox.queue.isEmpty && !inbox.isClosed && !inbox.isFinished
    }
    guard waits, !server.isStopping, server.mayWait() else { return false }
    defer { server.endWait() }
    guard wire.takeReading() else { return false }
    let watch = inbox.withLock { inbox -> Int? in
      // The loop may have passed some on in between.
      inbox.isWaiting = inbox.queue.isEmpty && !inbox.isClosed
      return inbox.isWaiting ? inbox.pace.watchMicroseconds : nil
    }
    guard let watch else { return true }
    let started = ContinuousClock.now
    let hasCome = wire.receive(
      withinMilliseconds: milliseconds,
      watchMicroseconds: milliseconds > 0 && server.isCalm ? watch : 0)
    inbox.withLock { inbox in
      inbox.isWaiting = false
      if milliseconds > 0 { inbox.pace.note(started.duration(to: .now)) }
    }
    if !hasCome, milliseconds > 0 { wire.giveBackReading() }
    return hasCome
  }

  /// Gives the thread back when nothing waits.
  private func rest(_ worker: WorkerThread) -> Bool {
    let (rests, ends) = inbox.withLock { inbox in
      guard inbox.queue.isEmpty, !inbox.isClosed else { return (false, false) }
      inbox.isBusy = false
      return (true, inbox.state?.state != .inTransaction)
    }
    guard rests else { return false }
    if ends, server.isStopping { wire.finish() }
    server.pool.giveBack(worker)
    return true
  }

  /// The client has been let in or refused: a message that was too long may now be taken.
  private func unblock() {
    let wasBlocked = arrival.withLock { arrival in
      defer { arrival.isBlocked = false }
      return arrival.isBlocked
    }
    guard wasBlocked else { return }
    takeApart([])
    wire.resumeReading()
  }

  private func end(_ worker: WorkerThread) async {
    let conversation = inbox.withLock { inbox in
      defer { inbox.conversation = nil }
      return inbox.conversation
    }
    await conversation?.end()
    server.pool.giveBack(worker)
    server.remove(self)
  }
}

/// What a conversation asks of its connection.
extension BoltConnection {
  /// The connection as others may see it; `serverAddress` is what the client calls the server.
  func description(serverAddress: String?) -> ServedConnection {
    ServedConnection(
      id: id, address: "\(wire.peer)", serverAddress: serverAddress ?? server.address,
      protocolName: "bolt")
  }

  /// Remembers what the client has said of itself.
  func note(agent: String, calledAddress: String?) {
    inbox.withLock {
      $0.agent = agent
      $0.calledAddress = calledAddress
    }
  }

  /// The connection as it is listed.
  var listed: ListedConnection {
    let (user, agent, address) = inbox.withLock { ($0.user, $0.agent, $0.calledAddress) }
    return ListedConnection(
      connection: description(serverAddress: address), user: user, agent: agent,
      age: ContinuousClock.now - opened)
  }

  /// What to do with the request whose turn has come.
  func turn(of message: ClientMessage, interrupts: Bool) -> ServerProtocol.Action {
    inbox.withLock { $0.state?.received(message, interrupts: interrupts) ?? .close }
  }

  func succeeded(_ message: ClientMessage, hasMore: Bool) {
    inbox.withLock { $0.state?.succeeded(message, hasMore: hasMore) }
  }

  /// - Returns: Whether the connection is to be closed.
  func failed(_ message: ClientMessage?, closes: Bool) -> Bool {
    inbox.withLock { $0.state?.failed(message, closes: closes) ?? true }
  }

  /// Whether requests are answered IGNORED.
  var isIgnoring: Bool {
    inbox.withLock { $0.state?.state == .failed || $0.state?.isInterrupted == true }
  }

  /// Whether a RESET waits.
  var isInterrupted: Bool { inbox.withLock { $0.state?.isInterrupted == true || $0.isClosed } }

  /// Whether more waits than what fetches the records of the statement that is carried out.
  var hasStatementsWaiting: Bool { inbox.withLock { $0.queue.count > 1 } }

  /// The request that is carried out next, if it has come.
  var nextRequest: QueuedRequest? { inbox.withLock { $0.queue.first } }

  /// Whether an explicit transaction is open, as the client sees it.
  var isInTransaction: Bool { inbox.withLock { $0.state?.state == .inTransaction } }

  /// The session that a RESET cancels.
  func use(_ session: (any Session)?) { inbox.withLock { $0.session = session } }

  /// The client has said that it is somebody else from now on, and not who.
  func letOut() {
    inbox.withLock {
      $0.isLetIn = false
      $0.user = ""
      $0.strangeSince = .now
    }
    wire.setTimer(seconds: server.options.unauthenticatedSeconds)
  }

  /// The client has said who it is.
  func letIn(_ user: AuthenticatedUser) {
    inbox.withLock {
      $0.isLetIn = true
      $0.user = user.name
    }
    wire.setTimer(
      seconds: min(server.options.keepAliveSeconds, server.options.idleSeconds ?? .infinity))
  }

  /// Sends whole messages without waiting: few bytes.
  func sendAtOnce(_ bytes: [UInt8]) {
    inbox.withLock { $0.lastSent = ContinuousClock.now }
    wire.send(bytes)
  }

  /// Sends whole messages, and waits while the client does not take them.
  func send(_ bytes: [UInt8]) async {
    inbox.withLock { $0.lastSent = ContinuousClock.now }
    guard wire.send(bytes) > server.highOutputBytes else { return }
    await withCheckedContinuation { continuation in
      inbox.withLock { $0.whenDrained = continuation }
      let isThrough = wire.pendingOutputBytes <= server.lowOutputBytes
      if isThrough || inbox.withLock({ $0.isClosed }) { resumeProducer() }
    }
  }

  /// Ends the connection once what was sent has been taken.
  func finish() {
    arrival.withLock { $0.isEnded = true }
    inbox.withLock {
      $0.isFinished = true
      $0.queue.removeAll()
    }
    wire.finish()
  }
}

extension ContinuousClock.Instant {
  /// Seconds from here to there.
  fileprivate func seconds(to end: ContinuousClock.Instant) -> Double {
    let (seconds, attoseconds) = (end - self).components
    return Double(seconds) + Double(attoseconds) / 1e18
  }
}
