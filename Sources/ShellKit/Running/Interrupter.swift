import LineEditor
import QuerySession
import Synchronization

/// Carries signals to whoever can act on them: a running statement, a waiting prompt, the loop.
///
/// Safe from any thread.
final class Interrupter: Sendable {
  /// What the user reads.
  private enum Words {
    static let stopping = "Stopping query..."
    static let waiting =
      "The server has not stopped yet. Press Ctrl-C again to close the connection."
    static let closing = "Closing the connection..."
  }

  /// How long a server may take to stop before the user is told what else there is to do.
  private static let patience = Duration.seconds(1)

  private struct State {
    var session: (any Session)?
    var isRemote = false
    var isRunning = false
    /// Ends what is under way without a session; `nil` where there is none such.
    var stop: (@Sendable () -> Void)?
    /// Tells one thing that runs from the next.
    var number = 0
    /// How often what runs was told to stop.
    var wishes = 0
    var isPrompting = false
    var endingSignal: Int32?
    var wasCancelled = false
    var ranOutOfTime = false

    /// Ends what runs; `nil` where nothing does.
    var ending: (@Sendable () -> Void)? {
      guard isRunning else { return nil }
      if let stop { return stop }
      guard let session else { return nil }
      return { session.cancel() }
    }
  }

  private let state = Mutex(State())
  private let isInteractive: Bool
  private let announce: @Sendable (String) -> Void

  /// Makes an interrupter.
  ///
  /// - Parameters:
  ///   - isInteractive: Whether Ctrl-C only stops a statement; else it ends the process.
  ///   - announce: Shows a message at once, from whatever thread.
  init(isInteractive: Bool, announce: @escaping @Sendable (String) -> Void) {
    self.isInteractive = isInteractive
    self.announce = announce
  }

  /// The signal that asked the process to end.
  var endingSignal: Int32? { state.withLock { $0.endingSignal } }

  /// Whether the last statement was stopped by a key; asking forgets it.
  func takeCancellation() -> Bool {
    state.withLock { state in
      defer { state.wasCancelled = false }
      return state.wasCancelled
    }
  }

  /// Whether the last statement took longer than it may.
  var ranOutOfTime: Bool { state.withLock { $0.ranOutOfTime } }

  /// Stops the running statement because its time is over.
  func runOutOfTime() {
    let ending = state.withLock { state in
      state.ranOutOfTime = state.isRunning
      return state.ending
    }
    ending?()
  }

  /// Says which session statements run on.
  func attach(_ session: (any Session)?) {
    let isRemote = session.map { !$0.identity.isEmbedded } ?? false
    state.withLock {
      $0.session = session
      $0.isRemote = isRemote
    }
  }

  /// Says that there is a prompt from now on: until then Ctrl-C ends the process.
  func beginPrompting() { state.withLock { $0.isPrompting = true } }

  /// Says that something runs: a statement, or what the closure given ends.
  func begin(_ stop: (@Sendable () -> Void)? = nil) {
    state.withLock {
      $0.isRunning = true
      $0.stop = stop
      $0.number += 1
      $0.wishes = 0
      $0.wasCancelled = false
      $0.ranOutOfTime = false
    }
  }

  /// Says that nothing runs any more.
  func end() {
    state.withLock { $0.isRunning = false }
  }

  /// Acts on a signal; tells whether a waiting read should end.
  func receive(_ signal: SignalWatch.Signal) -> Bool {
    switch signal {
    case .windowChange, .resume: return true
    case .stop:
      // The prompt has a terminal to put in order first.
      guard state.withLock({ $0.isRunning }) else { return true }
      SignalWatch.stopProcess()
      return false
    case .interrupt where isInteractive && state.withLock { $0.isPrompting }:
      return !stopRunning()
    case .interrupt, .terminate, .quit, .hangUp:
      end(by: signal.number)
      return true
    }
  }

  /// Stops what runs; tells whether anything does.
  private func stopRunning() -> Bool {
    let (now, ending) = state.withLock { state in
      let ending = state.ending
      if ending != nil {
        state.wasCancelled = true
        state.wishes += 1
      }
      return (state, ending)
    }
    guard let ending else { return false }
    // Connecting ends at once, and says so itself.
    if now.stop == nil {
      announce(now.isRemote && now.wishes > 1 ? Words.closing : Words.stopping)
      if now.isRemote, now.wishes == 1 { announceHow(toEnd: now.number) }
    }
    ending()
    return true
  }

  /// Tells what a second Ctrl-C does, if what runs does not end by itself.
  private func announceHow(toEnd number: Int) {
    Task.detached { [self] in
      try? await Task.sleep(for: Self.patience)
      let isWaiting = state.withLock { state in
        state.isRunning && state.number == number && state.wishes == 1
      }
      if isWaiting { announce(Words.waiting) }
    }
  }

  /// Stops what runs and asks the loop to leave; a second signal does not wait.
  private func end(by number: Int32) {
    let (isSecond, ending) = state.withLock { state in
      defer { state.endingSignal = number }
      return (state.endingSignal != nil, state.ending)
    }
    if isSecond { HostProcess.exit(128 + number) }
    ending?()
  }
}
