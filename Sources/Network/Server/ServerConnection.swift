import CLibEvent
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

// Safe: all that changes stands in `state`, under its lock, except `loop`'s own, which only its thread
// touches. That lock is never held while a handler is called.

/// One connection at a server's end; the handler sees the plain stream, whatever lies below.
///
/// All methods may be called from any thread and never wait for the network.
@safe public final class ServerConnection: @unchecked Sendable {
  /// How far the conversation is.
  enum Phase {
    case open
    /// What was sent before goes out; then the connection lingers.
    case finishing
    /// The peer is given time to read what it was sent; what it sends is dropped.
    case lingering
    case closed
  }

  struct State {
    var phase = Phase.open
    var stream: ServerStream
    var output = OutputQueue()
    var handler: (any ConnectionHandler)?
    var events: ConnectionEvents?
    var isPaused = false
    /// Whether a thread of the handler's reads in place of the loop's.
    var isTaken = false
    /// Whether that thread waits for bytes; how often it has begun to.
    var isReceiving = false
    var receiveCount: UInt64 = 0
    var isAboveHighMark = false
    var isWaitingToWrite = false
    var timerDeadline: ContinuousClock.Instant?
    var armedDeadline: ContinuousClock.Instant?
  }

  /// So long a peer has to see that the connection is over.
  static let lingerSeconds = 2.0
  /// So long a peer may take nothing of the last words.
  static let stalledEndSeconds = 30.0

  /// The peer's address.
  public let peer: SocketAddress
  let socket: Socket
  let loop: EventLoop
  let options: ListenerOptions
  let state: Mutex<State>
  /// Held from reading bytes until the handler has them, so that they reach it in order.
  let delivery = Mutex(())
  private let onClose: @Sendable () -> Void

  init(
    _ socket: Socket, peer: SocketAddress, on loop: EventLoop, _ options: ListenerOptions,
    _ context: TLSContext?, onClose: @escaping @Sendable () -> Void
  ) {
    self.socket = socket
    self.peer = peer
    self.loop = loop
    self.options = options
    self.onClose = onClose
    state = Mutex(State(stream: ServerStream(options, context)))
  }

  /// Whether TLS has been agreed on.
  public var isEncrypted: Bool { state.withLock { $0.stream.isEncrypted } }

  /// Bytes that the peer has not taken yet, as the wire carries them.
  public var pendingOutputBytes: Int { state.withLock { $0.output.count } }

  /// Sends bytes, at once as far as the socket takes them.
  ///
  /// Nothing happens once the connection is finishing or closed. A handler that has more than the
  /// high mark pending should wait for `drained`.
  ///
  /// - Returns: The bytes that are pending now.
  @discardableResult
  public func send(_ bytes: [UInt8]) -> Int {
    let (pending, end) = state.withLock { state -> (Int, CloseReason?) in
      guard state.phase == .open, !bytes.isEmpty else { return (state.output.count, nil) }
      let end = write(state.stream.encode(bytes), &state)
      return (state.output.count, end)
    }
    if let end { closeSoon(end) }
    return pending
  }

  /// Stops reading, so that the peer's output backs up.
  public func pauseReading() {
    state.withLock { state in
      guard !state.isPaused else { return }
      state.isPaused = true
      state.events?.disableReading()
    }
  }

  /// Whether the peer has closed its end, which nobody is told while reading is paused.
  public var isPeerGone: Bool {
    state.withLock { $0.phase != .closed && socket.isPeerGone }
  }

  /// Reads on.
  public func resumeReading() {
    state.withLock { state in
      guard state.isPaused, state.phase != .closed else { return }
      state.isPaused = false
      if !state.isTaken { state.events?.enableReading() }
    }
  }

  /// Calls the handler's `timeout` in so many seconds, in place of a time set before.
  ///
  /// - Parameter seconds: `nil` for never.
  public func setTimer(seconds: Double?) {
    state.withLock { state in
      guard state.phase == .open else { return }
      guard let seconds else {
        state.timerDeadline = nil
        return
      }
      let deadline = ContinuousClock.now + .seconds(max(0, min(seconds, 3e9)))
      state.timerDeadline = deadline
      arm(for: deadline, &state)
    }
  }

  /// Closes after what was sent has gone out; nothing more is read or taken.
  ///
  /// The handler's last call comes soon: it need not wait for a peer that is slow to read.
  public func finish() { finish(.finished) }

  /// Closes at once.
  public func abort() { closeSoon(.aborted) }

  func finish(_ reason: CloseReason) {
    let isBegun = state.withLock { state in
      guard state.phase == .open else { return false }
      state.phase = .finishing
      let last = state.stream.encodeEnd()
      if write(last, &state) != nil { state.output.removeAll() }
      return true
    }
    guard isBegun else { return }
    loop.post { [self] in
      releaseHandler(reason)
      if state.withLock({ $0.output.isEmpty }) { linger() }
    }
  }

  /// Puts bytes of the wire on their way; why the connection must end, or `nil`.
  func write(_ bytes: [UInt8], _ state: inout State) -> CloseReason? {
    guard !bytes.isEmpty else { return nil }
    var sent = 0
    if state.output.isEmpty {
      // No thread is woken for what the socket takes at once.
      switch socket.send(bytes, from: 0) {
      case .bytes(let count): sent = count
      case .wouldBlock: break
      case .failed(let errorNumber): return .lost(errorNumber: errorNumber)
      }
    }
    state.output.append(bytes, from: sent)
    if state.output.count > options.maximumOutputBytes { return .notReading }
    if state.output.count > options.highOutputBytes { state.isAboveHighMark = true }
    if !state.output.isEmpty, !state.isWaitingToWrite { waitToWrite(&state) }
    return nil
  }

  func waitToWrite(_ state: inout State) {
    state.isWaitingToWrite = true
    let limit = options.stalledOutputSeconds
    state.events?.waitToWrite(
      atMost: state.phase == .open ? limit : min(limit, Self.stalledEndSeconds))
  }

  func arm(for deadline: ContinuousClock.Instant, _ state: inout State) {
    // A timer that is due sooner looks at the deadline when it comes: moving one forward is free.
    if let armed = state.armedDeadline, armed <= deadline { return }
    state.armedDeadline = deadline
    state.events?.setTimer(seconds: ContinuousClock.now.duration(to: deadline) / .seconds(1))
  }

  func closeSoon(_ reason: CloseReason) { loop.post { [self] in close(reason) } }

  /// Ends the connection; only on the loop's thread.
  func close(_ reason: CloseReason) {
    let isOver = state.withLock { state in
      guard state.phase != .closed else { return false }
      state.phase = .closed
      state.isTaken = false
      state.events?.free()
      state.events = nil
      state.output.removeAll()
      socket.close()
      return true
    }
    guard isOver else { return }
    loop.remove(self)
    loop.forgetTaken(self)
    onClose()
    releaseHandler(reason)
  }

  /// Makes the handler's last call, once; only on the loop's thread.
  private func releaseHandler(_ reason: CloseReason) {
    let handler = state.withLock { state in
      defer { state.handler = nil }
      return state.handler
    }
    handler?.closed(reason)
  }
}
