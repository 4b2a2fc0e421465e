import LineEditor
import Synchronization

/// Results that are written a moment after they came, by a task of their own: the statement behind them
/// may take long.
///
/// Whoever writes holds the lock, so that everything comes in order.
final class DueOutput: Sendable {
  private struct State {
    var bytes: [UInt8] = []
    /// Whether somebody is about to write.
    var isAwaited = false
    /// Why nothing more can be written.
    var trouble: ByteSink.Outcome?
  }

  /// So long results gather.
  private static let pause = Duration.milliseconds(20)

  private let state = Mutex(State())
  private let write: @Sendable ([UInt8]) -> ByteSink.Outcome

  init(write: @escaping @Sendable ([UInt8]) -> ByteSink.Outcome) { self.write = write }

  /// Adds results.
  func add(_ bytes: [UInt8]) {
    let starts = state.withLock { state in
      state.bytes.append(contentsOf: bytes)
      defer { state.isAwaited = true }
      return !state.isAwaited
    }
    guard starts else { return }
    Task.detached { [self] in
      try? await Task.sleep(for: Self.pause)
      state.withLock { send(&$0) }
    }
  }

  /// Writes what there is; gives what went wrong since the last call.
  func flush() -> ByteSink.Outcome? {
    state.withLock { state in
      send(&state)
      defer { state.trouble = nil }
      return state.trouble
    }
  }

  private func send(_ state: inout State) {
    state.isAwaited = false
    guard !state.bytes.isEmpty else { return }
    let outcome = write(state.bytes)
    state.bytes.removeAll(keepingCapacity: state.bytes.count <= 1 << 20)
    if case .written = outcome { return }
    state.trouble = outcome
  }
}
