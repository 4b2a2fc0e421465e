import Synchronization

/// What the loop's thread does with a connection.
extension ServerConnection {
  /// Begins to serve the peer.
  func start(_ makeHandler: (ServerConnection) -> any ConnectionHandler) {
    loop.add(self)
    guard let events = ConnectionEvents(self) else { return close(.aborted) }
    state.withLock { $0.events = events }
    let handler = makeHandler(self)
    state.withLock { state in
      guard state.phase != .closed else { return }
      state.handler = handler
      if !state.isPaused { events.enableReading() }
      if let deadline = state.timerDeadline {
        state.armedDeadline = nil
        arm(for: deadline, &state)
      }
    }
  }

  /// Reads once: what is left lets the others have their turn first.
  func canRead() {
    delivery.withLock { _ in
      let isTaken = state.withLock { $0.isTaken }
      guard !isTaken else { return }
      let outcome = unsafe loop.scratch.withUnsafeMutableBytes { unsafe socket.receive(into: $0) }
      switch outcome {
      case .wouldBlock: return
      case .failed(let errorNumber): close(.lost(errorNumber: errorNumber))
      case .bytes(0): ended()
      case .bytes(let count):
        received(
          unsafe loop.scratch.withUnsafeBytes {
            unsafe Array(UnsafeRawBufferPointer(rebasing: $0[..<count]))
          }, from: .loop)
      }
    }
  }

  /// The socket has room, or had none for too long.
  func canWrite(isTooLate: Bool) {
    guard !isTooLate else { return close(.notReading) }
    let (error, handler, isDone) = state.withLock {
      state -> (SystemError?, (any ConnectionHandler)?, Bool) in
      state.isWaitingToWrite = false
      let error = state.output.write(to: socket)
      guard error == nil, state.phase != .closed else { return (error, nil, false) }
      if !state.output.isEmpty {
        waitToWrite(&state)
      }
      let hasDrained =
        state.isAboveHighMark && state.output.count <= options.lowOutputBytes
      if hasDrained { state.isAboveHighMark = false }
      return (
        nil, hasDrained && state.phase == .open ? state.handler : nil,
        state.phase == .finishing && state.output.isEmpty
      )
    }
    if let error { return close(.lost(errorNumber: error.number)) }
    handler?.drained()
    if isDone { linger() }
  }

  func timerFired() {
    let (handler, isLingering) = state.withLock { state -> ((any ConnectionHandler)?, Bool) in
      state.armedDeadline = nil
      if state.phase == .lingering { return (nil, true) }
      guard state.phase == .open, let deadline = state.timerDeadline else { return (nil, false) }
      // It may have been moved since.
      guard deadline <= .now + .milliseconds(1) else {
        arm(for: deadline, &state)
        return (nil, false)
      }
      state.timerDeadline = nil
      return (state.handler, false)
    }
    if isLingering { return close(.finished) }
    handler?.timeout()
  }

  /// Says that nothing more comes, and gives the peer time to read.
  ///
  /// Closing while bytes of the peer are unread has the system reset the connection, which takes away
  /// what the peer has not read yet: the very message that says why it is closed.
  func linger() {
    state.withLock { state in
      guard state.phase == .finishing else { return }
      state.phase = .lingering
      socket.endOutput()
      state.isPaused = false
      state.isTaken = false
      state.events?.enableReading()
      state.events?.setTimer(seconds: Self.lingerSeconds)
    }
  }

  /// Where bytes were read.
  enum Reader {
    case loop
    /// A thread of the handler's: what belongs to the loop's is left to it.
    case handler
  }

  func received(_ bytes: [UInt8], from reader: Reader) {
    let (outcome, handler, end) = state.withLock {
      state -> (ServerStream.Outcome, (any ConnectionHandler)?, CloseReason?) in
      guard state.phase == .open else { return (.init(), nil, nil) }
      let outcome = state.stream.received(
        bytes, answersPings: state.output.count <= options.highOutputBytes)
      let end = write(outcome.reply, &state)
      return (outcome, state.handler, end)
    }
    if !outcome.payload.isEmpty { handler?.received(outcome.payload) }
    if let end {
      switch reader {
      case .loop: close(end)
      case .handler: closeSoon(end)
      }
      return
    }
    switch outcome.end {
    case nil: break
    case .peerClosed: finish(.peerClosed)
    case .refused(let reason): finish(.notSpoken(reason: reason))
    }
  }

  /// The peer sends nothing more; what it asked for before still goes out to it.
  private func ended() {
    let (isDone, isOpen) = state.withLock { state in
      state.events?.disableReading()
      return (state.output.isEmpty || state.phase == .lingering, state.phase == .open)
    }
    if isDone { return close(.peerClosed) }
    if isOpen { finish(.peerClosed) }
  }
}
