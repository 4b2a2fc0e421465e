import CypherRuntime
import Diagnostics
import Synchronization

/// Ends what a session runs: at a user's wish, or when its time is over.
final class TransactionWatch: Sendable {
  private struct State {
    var isRunning = false
    /// Gives up the wait for the writer's place.
    var giveUp: (@Sendable () -> Void)?
    /// Watches the statement where it runs on another database.
    var other: TransactionWatch?
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

  /// The statement runs on another database; `nil` when the next one begins.
  func passes(to other: TransactionWatch?) {
    state.withLock { $0.other = other }
  }

  /// Tells what runs to stop.
  func cancel(_ reason: Cancellation.Reason = .user) {
    cancellation.cancel(reason)
    let (giveUp, other) = state.withLock { ($0.giveUp, $0.other) }
    giveUp?()
    other?.cancel(reason)
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
