import LineEditor
import QuerySession
import Synchronization

/// Carries signals to whoever can act on them: a running statement, a waiting prompt, the loop.
///
/// Safe from any thread.
final class Interrupter: Sendable {
  private struct State {
    var session: (any Session)?
    var isRunning = false
    var endingSignal: Int32?
    var wasCancelled = false
    var ranOutOfTime = false
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
    let session = state.withLock { state -> (any Session)? in
      guard state.isRunning else { return nil }
      state.ranOutOfTime = true
      return state.session
    }
    session?.cancel()
  }

  /// Says which session statements run on.
  func attach(_ session: (any Session)?) {
    state.withLock { $0.session = session }
  }

  /// Says that a statement runs.
  func begin() {
    state.withLock {
      $0.isRunning = true
      $0.wasCancelled = false
      $0.ranOutOfTime = false
    }
  }

  /// Says that no statement runs.
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
    case .interrupt where isInteractive:
      let running = state.withLock { state -> (any Session)? in
        guard state.isRunning else { return nil }
        state.wasCancelled = true
        return state.session
      }
      guard let running else { return true }
      announce("Stopping query...")
      running.cancel()
      return false
    case .interrupt, .terminate, .quit, .hangUp:
      end(by: signal.number)
      return true
    }
  }

  /// Stops what runs and asks the loop to leave; a second signal does not wait.
  private func end(by number: Int32) {
    let (isSecond, session) = state.withLock { state in
      defer { state.endingSignal = number }
      return (state.endingSignal != nil, state.isRunning ? state.session : nil)
    }
    if isSecond { HostProcess.exit(128 + number) }
    session?.cancel()
  }
}
