import Synchronization

/// A state that becomes the checkpoint when the disk has all of it.
struct NextCheckpoint {
  let transactionID: UInt64
  let meta: MetaPage
  /// What its roots look like.
  let rootSum: UInt64
  /// Keeps its pages.
  let reader: Reader
  /// Where the records behind it begin, and the first one's number.
  let recordOffset: Int
  let firstSequence: UInt64
  /// Whether the disk has it; `nil` as long as it is being flushed.
  var isDurable: Bool?
}

extension CommitLog {
  /// Sees to it that the checkpoint is not far behind.
  ///
  /// The data's file is flushed by a thread of its own while commits go on; the header names the new
  /// state once that is done. Only where the records' room ends, or the checkpoint is too far behind,
  /// does a commit wait for the disk.
  func moveCheckpoint(_ state: inout State, _ environment: Environment, _ id: UInt64) {
    if let next = state.session?.next, let isDurable = next.isDurable {
      if isDurable {
        adopt(&state, next)
      } else {
        state.damage = .system(operation: "sync", errorNumber: FileSystem.inputOutputFault)
      }
    }
    guard let session = state.session, !session.isBroken, state.damage == nil else { return }
    let behind = session.recordCount - session.header.firstSequence
    if behind >= options.commitsBehindCheckpoint
      || session.end + ChangeRecord.headSize + ChangeRecord.largestSize > options.logBytes
    {
      return restart(&state, environment, id)
    }
    if session.next == nil, behind >= options.commitsPerCheckpoint {
      prepare(&state, environment, id)
    }
  }

  /// Lets the disk take a state while commits go on.
  private func prepare(_ state: inout State, _ environment: Environment, _ id: UInt64) {
    guard let session = state.session, let meta = environment.metaPage(of: id),
      let sum = try? environment.rootSum(meta), let reader = environment.pin(id)
    else { return restart(&state, environment, id) }
    state.session?.next = NextCheckpoint(
      transactionID: id, meta: meta, rootSum: sum, reader: reader, recordOffset: session.end,
      firstSequence: session.recordCount)
    state.flushCount += 1
    // Not the environment, which would then end on that thread; `close` waits for it.
    let (data, token) = (environment.handle, session.header.token)
    let isStarted = DetachedThread.start { [self] in
      let isDurable = (try? data.sync()) != nil
      self.state.withLock { state in
        state.flushCount -= 1
        guard let session = state.session, session.header.token == token,
          session.next?.transactionID == id
        else { return }
        state.session?.next?.isDurable = isDurable
      }
    }
    if !isStarted {
      state.flushCount -= 1
      restart(&state, environment, id)
    }
  }

  /// Writes that the records count from a newer state on.
  private func adopt(_ state: inout State, _ next: NextCheckpoint) {
    guard var session = state.session else { return }
    state.generation += 1
    var header = session.header
    header.generation = state.generation
    header.checkpoint = next.meta.bytes
    header.rootSum = next.rootSum
    header.recordOffset = next.recordOffset
    header.firstSequence = next.firstSequence
    guard (try? write(header, &state)) != nil else {
      // The disk may have either header: the readers of both stay.
      state.session?.isBroken = true
      return
    }
    session.checkpoint.close()
    session.checkpoint = next.reader
    session.header = header
    session.next = nil
    state.session = session
  }

  /// Takes the last state as the checkpoint at once, so that the records begin anew; a session that
  /// cannot is broken.
  private func restart(_ state: inout State, _ environment: Environment, _ id: UInt64) {
    state.session?.isBroken = true
    do throws(KeyValueError) { try environment.sync() } catch {
      state.damage = error
      return
    }
    begin(&state, environment, id)
  }
}
