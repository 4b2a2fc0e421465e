import Network
import Synchronization

/// Threads for connections that have something to do.
///
/// A connection borrows a thread from its first waiting request until nothing waits; an idle one costs
/// none. There may be as many as connections, so that a statement that waits for another's
/// transaction never holds the thread that the other needs. Threads are made as they are needed; a
/// few stay for the next that comes.
final class WorkerPool: Sendable {
  private struct State {
    var spare: [WorkerThread] = []
    var count = 0
    var waiting: [@Sendable (WorkerThread?) -> Void] = []
    var isStopped = false
  }

  private let limit: Int
  private let spareLimit: Int
  private let state = Mutex(State())

  /// `limit` threads at most; `spareLimit` of them stay when nobody needs them.
  init(limit: Int, spareLimit: Int = 16) {
    self.limit = limit
    self.spareLimit = spareLimit
  }

  /// Gives a thread to `start`: at once, or when another connection gives one back.
  ///
  /// `start` gets none when the system makes no thread and none is there to wait for.
  func borrow(_ start: @escaping @Sendable (WorkerThread?) -> Void) {
    enum Choice {
      case ready(WorkerThread?)
      case make
      case waits
    }
    let choice = state.withLock { state -> Choice in
      if let spare = state.spare.popLast() { return .ready(spare) }
      if state.count < limit {
        state.count += 1
        return .make
      }
      state.waiting.append(start)
      return .waits
    }
    switch choice {
    case .ready(let worker): start(worker)
    case .make:
      if let made = WorkerThread.start() { return start(made) }
      let isLast = state.withLock { state in
        state.count -= 1
        if state.count > 0 { state.waiting.append(start) }
        return state.count == 0
      }
      if isLast { start(nil) }
    case .waits: break
    }
  }

  /// How many threads are lent out.
  var busyCount: Int { state.withLock { $0.count - $0.spare.count } }

  /// Takes a thread back.
  func giveBack(_ worker: WorkerThread) {
    let next = state.withLock { state -> (@Sendable (WorkerThread?) -> Void)? in
      if !state.waiting.isEmpty { return state.waiting.removeFirst() }
      if state.isStopped || state.spare.count >= spareLimit {
        state.count -= 1
        worker.stop()
      } else {
        state.spare.append(worker)
      }
      return nil
    }
    next?(worker)
  }

  /// Lets all threads end that nobody has, and the others when they come back.
  func stop() {
    let spare = state.withLock { state in
      state.isStopped = true
      state.count -= state.spare.count
      defer { state.spare = [] }
      return state.spare
    }
    for worker in spare { worker.stop() }
  }
}
