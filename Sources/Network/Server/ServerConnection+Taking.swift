import Synchronization

/// Reading on a thread of the handler's.
///
/// Between two requests of a busy client a thread that carries them out waits for the next itself:
/// the way through the loop's thread would cost each request two changes of threads. While a request
/// is carried out nobody reads; when that takes longer than a moment the loop reads again, so that a
/// peer that leaves or sends more is seen.
extension ServerConnection {
  /// Takes reading from the loop.
  ///
  /// Bytes that the loop has read are with the handler on return.
  ///
  /// - Returns: Whether reading is the caller's now; else the loop still reads.
  public func takeReading() -> Bool {
    let (isTaken, isNew) = delivery.withLock { _ in
      state.withLock { state in
        if state.isTaken { return (true, false) }
        guard state.phase == .open, !state.isPaused, state.events != nil else {
          return (false, false)
        }
        state.isTaken = true
        state.events?.disableReading()
        return (true, true)
      }
    }
    if isNew { loop.noteTaken(self) }
    return isTaken
  }

  /// Waits for bytes and passes them to the handler, on the caller's thread.
  ///
  /// A thread that sleeps takes tens of microseconds to wake, as long as a point read: where there is
  /// little else to do it may look again and again for a moment, giving way to whoever wants the
  /// processor.
  ///
  /// - Parameters:
  ///   - milliseconds: How long to wait at most.
  ///   - watchMicroseconds: How long to look before sleeping.
  /// - Returns: Whether to go on: `false` when none have come, the peer has closed, or the loop reads
  ///   again.
  public func receive(withinMilliseconds milliseconds: Int32, watchMicroseconds: Int = 0) -> Bool {
    let isTaken = state.withLock { state in
      guard state.isTaken else { return false }
      state.isReceiving = true
      state.receiveCount += 1
      return true
    }
    guard isTaken else { return false }
    defer { state.withLock { $0.isReceiving = false } }
    guard
      (watchMicroseconds > 0 && socket.watch(microseconds: watchMicroseconds))
        || socket.waitToRead(milliseconds: milliseconds)
    else { return false }
    return delivery.withLock { _ in
      // The descriptor may be another's once the connection is closed.
      let bytes = state.withLock { $0.isTaken ? socket.receiveSome() : nil }
      // The loop finds out in its own way what else there is.
      guard let bytes else { return false }
      received(bytes, from: .handler)
      return true
    }
  }

  /// Lets the loop read again.
  public func giveBackReading() {
    let wasTaken = state.withLock { giveBack(&$0) }
    if wasTaken { loop.forgetTaken(self) }
  }

  /// Takes reading back from a thread that has been doing something else since the last look.
  ///
  /// - Parameter count: What `receiveCount` was then; `nil` at the first look.
  /// - Returns: What it is now; `nil` when the loop reads again.
  func takeBack(unless count: UInt64?) -> UInt64? {
    state.withLock { state in
      guard state.isTaken else { return nil }
      if !state.isReceiving, state.receiveCount == count {
        giveBack(&state)
        return nil
      }
      return state.receiveCount
    }
  }

  @discardableResult
  private func giveBack(_ state: inout State) -> Bool {
    guard state.isTaken else { return false }
    state.isTaken = false
    if !state.isPaused, state.phase != .closed { state.events?.enableReading() }
    return true
  }
}
