import CypherRuntime
import Diagnostics
import Synchronization

/// Ends what a session runs: at a user's wish, or when its time is over.
final class TransactionWatch: Sendable {
  private struct State {
    var isRunning = false
    /// Gives up the wait for the writer's place.
    var giveUp: (@Sendable () -> Void)?
  }

  /// What the running statement looks at.
  let cancellation = Cancellation()
  private let state = Mutex(State())

  /// Whether what runs was told to stop.
  var isCancelled: Bool { cancellation.isCancelled }

  /// A statement waits for something that this can make it give up; `nil` when it waits no more.
  func waits(_ giveUp: (@Sendable () -> Void)?) {
    state.withLock { $0.giveUp = giveUp }
  }

  /// Tells what runs to stop.
  func cancel(_ reason: Cancellation.Reason = .user) {
    cancellation.cancel(reason)
    let giveUp = state.withLock { $0.giveUp }
    giveUp?()
  }
}

/// Calls something once after a time, unless it is stopped before; holds no thread meanwhile.
final class DeadlineTimer: Sendable {
  private let task: Task<Void, Never>

  init(milliseconds: Int64, _ fire: @escaping @Sendable () -> Void) {
    task = Task.detached {
      do {
        try await Task.sleep(for: .milliseconds(milliseconds))
      } catch {
        return
      }
      fire()
    }
  }

  deinit { task.cancel() }

  func stop() { task.cancel() }
}
