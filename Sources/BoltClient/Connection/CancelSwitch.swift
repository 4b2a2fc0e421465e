import Network
import Synchronization

/// Carries the wish to stop from any thread to the one that drives a session's connections.
final class CancelSwitch: Sendable {
  /// What a look at the wishes finds.
  enum Wish {
    /// Nothing new.
    case none
    /// To stop.
    case stop
    /// To stop, as stopping itself takes too long.
    case stopNow
  }

  private struct State {
    var isRunning = false
    var wishes = 0
    var met = 0
  }

  /// Ends what the driving thread waits for.
  let interruption: Interruption
  private let state = Mutex(State())

  init() throws(NetworkError) { interruption = try Interruption() }

  /// Whether a wish to stop what runs has been met.
  var isStopping: Bool { state.withLock { $0.met > 0 } }

  /// Whether what runs is to stop, be it met or not.
  var isWished: Bool { state.withLock { $0.wishes > 0 } }

  /// What is wished for since the last look.
  func take() -> Wish {
    state.withLock { state in
      guard state.wishes > state.met else { return .none }
      defer { state.met = state.wishes }
      // What is told here must not end the wait for the answer to RESET.
      interruption.reset()
      return state.met > 0 || state.wishes > 1 ? .stopNow : .stop
    }
  }

  /// Says that something begins to run; older wishes do not concern it.
  func begin() {
    state.withLock {
      $0 = State(isRunning: true)
      interruption.reset()
    }
  }

  /// Says that nothing runs any more.
  func end() { state.withLock { $0.isRunning = false } }

  /// Asks to stop; does nothing where nothing runs.
  func cancel() {
    state.withLock {
      guard $0.isRunning else { return }
      $0.wishes += 1
      interruption.interrupt()
    }
  }
}
