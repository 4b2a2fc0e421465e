import CypherRuntime
import Diagnostics
import GraphStore
import Synchronization

/// The writer's place of one database within this process.
///
/// Whoever wants to write queues here, first come, first served; waiting suspends the task and blocks
/// no thread. Other processes are waited for only by whoever holds the place.
///
/// Grouped statements of all sessions share one write transaction, the open group. Of clients that
/// queued one behind the other the first that asks for durability commits for all who ran before it,
/// so that one flush serves many.
///
/// Safe: `group` is read and written only by the holder of the place, which passes from task to task
/// under the mutex; the rest is under the mutex.
final class DatabaseWriter: @unchecked Sendable {
  /// What waiting came to.
  enum Admission {
    /// The place is the caller's, who must release it.
    case admitted
    /// The group that the caller waited for has been settled by another; the place is not the
    /// caller's.
    case settled
    /// The deadline passed.
    case expired
    /// The wait was given up.
    case cancelled
  }

  private struct Waiter {
    let ticket: UInt64
    let group: WriteGroup?
    let continuation: CheckedContinuation<Admission, Never>
  }

  private struct State {
    var isTaken = false
    /// The last state that a commit of this process stands for, also of one that changed nothing.
    var settledID: UInt64 = 0
    var lastTicket: UInt64 = 0
    var waiters: [Waiter] = []
    /// When somebody last had to wait.
    var lastWait: ContinuousClock.Instant?
  }

  /// After so long without anybody waiting, writers are few enough to commit one by one.
  private static let quietTime = Duration.milliseconds(5)

  let store: Store
  /// What its sessions need not plan again.
  let plans = SharedPlans()
  private let state = Mutex(State())
  /// The open group.
  private(set) var group: WriteGroup?

  init(store: Store) { self.store = store }

  // MARK: The place

  /// Takes the place if it is free.
  func acquireAtOnce() -> Bool {
    state.withLock { state in
      if state.isTaken { return false }
      state.isTaken = true
      return true
    }
  }

  /// Waits for the place.
  ///
  /// - Parameters:
  ///   - deadlineSeconds: How long to wait; `nil` for ever.
  ///   - group: What the caller wants settled, by itself or another.
  ///   - watch: Can give the wait up.
  /// - Returns: Whether the place is the caller's now, or why not.
  func acquire(
    deadlineSeconds: Double?, for group: WriteGroup? = nil, _ watch: TransactionWatch? = nil
  ) async -> Admission {
    if acquireAtOnce() { return .admitted }
    let ticket = state.withLock { state in
      state.lastTicket += 1
      return state.lastTicket
    }
    let timer = deadlineSeconds.map { seconds in
      // Not before the time is over: who waits so long for its statement's time must find it out.
      DeadlineTimer(milliseconds: Int64((seconds * 1_000).rounded(.up))) { [weak self] in
        self?.leave(ticket, .expired)
      }
    }
    defer { timer?.stop() }
    watch?.waits { [weak self] in self?.leave(ticket, .cancelled) }
    defer { watch?.waits(nil) }
    return await withCheckedContinuation { continuation in
      let outcome = state.withLock { state -> Admission? in
        if let group, !group.isOpen { return .settled }
        if watch?.isCancelled == true { return .cancelled }
        if !state.isTaken {
          state.isTaken = true
          return .admitted
        }
        state.lastWait = .now
        state.waiters.append(Waiter(ticket: ticket, group: group, continuation: continuation))
        return nil
      }
      if let outcome { continuation.resume(returning: outcome) }
    }
  }

  /// Passes the place on.
  func release() {
    let next = state.withLock { state -> Waiter? in
      guard !state.waiters.isEmpty else {
        state.isTaken = false
        return nil
      }
      return state.waiters.removeFirst()
    }
    next?.continuation.resume(returning: .admitted)
  }

  private func leave(_ ticket: UInt64, _ admission: Admission) {
    let waiter = state.withLock { state -> Waiter? in
      guard let place = state.waiters.firstIndex(where: { $0.ticket == ticket }) else { return nil }
      return state.waiters.remove(at: place)
    }
    waiter?.continuation.resume(returning: admission)
  }

  // MARK: The group, for the holder of the place

  /// Whether nobody else writes, so that a group would have one member.
  var isQuiet: Bool {
    guard group == nil else { return false }
    return state.withLock { state in
      guard state.waiters.isEmpty else { return false }
      return state.lastWait.map { ContinuousClock.now - $0 > Self.quietTime } ?? true
    }
  }

  /// The open group, which is opened when there is none.
  func openGroup(deadlineSeconds: Double) throws(Failure) -> WriteGroup {
    if let group { return group }
    let transaction = try storing { () throws(StoreError) in
      try store.beginWrite(deadlineSeconds: deadlineSeconds)
    }
    let opened = WriteGroup(transaction)
    group = opened
    return opened
  }

  /// Commits the open group, if there is one; its members learn what came of it from the group.
  func settleGroup() {
    guard let settled = group else { return }
    group = nil
    settled.commit()
    note(settled: settled.snapshotID)
    wake(settled)
  }

  /// A commit has ended that stands for this state.
  func note(settled id: UInt64) {
    state.withLock { $0.settledID = max($0.settledID, id) }
  }

  /// Whether a state has been reached by this process, though the store may have no trace of it: a
  /// commit without changes leaves none.
  func hasSettled(_ id: UInt64) -> Bool { state.withLock { $0.settledID >= id } }

  /// Gives the open group up, whose transaction cannot go on.
  func abandonGroup(_ failure: Failure) {
    guard let lost = group else { return }
    group = nil
    lost.fail(failure)
    wake(lost)
  }

  private func wake(_ settled: WriteGroup) {
    let waiters = state.withLock { state -> [Waiter] in
      let found = state.waiters.filter { $0.group === settled }
      if !found.isEmpty { state.waiters.removeAll { $0.group === settled } }
      return found
    }
    for waiter in waiters { waiter.continuation.resume(returning: .settled) }
  }
}

/// A write transaction that statements of several sessions share, each atomic on its own.
///
/// Safe: the transaction is used only by the holder of the writer's place; the outcome is under a
/// mutex.
final class WriteGroup: @unchecked Sendable {
  private enum Outcome {
    case open
    case durable
    case failed(Failure)
  }

  let transaction: GraphTransaction
  /// Stands for the state that the commit makes.
  let snapshotID: UInt64
  private let outcome = Mutex(Outcome.open)

  init(_ transaction: GraphTransaction) {
    self.transaction = transaction
    snapshotID = transaction.snapshotID
  }

  /// Whether it is neither committed nor failed.
  var isOpen: Bool {
    outcome.withLock { if case .open = $0 { true } else { false } }
  }

  /// Says whether it became durable.
  ///
  /// - Throws: Why it did not.
  func check() throws(Failure) {
    if case .failed(let failure) = outcome.withLock({ $0 }) { throw failure }
  }

  fileprivate func commit() {
    do {
      try transaction.committing()
      outcome.withLock { $0 = .durable }
    } catch {
      transaction.rollback()
      outcome.withLock { $0 = .failed(error) }
    }
  }

  fileprivate func fail(_ failure: Failure) {
    transaction.rollback()
    outcome.withLock { $0 = .failed(failure) }
  }
}

extension GraphTransaction {
  /// Commits durably, telling violations with names.
  func committing(meanwhile: (() -> Void)? = nil) throws(Failure) {
    do throws(StoreError) { try commit(sync: true, meanwhile: meanwhile) } catch {
      throw Failure(error, self)
    }
  }

  /// Ends a statement of a group, telling violations with names.
  func committingStatement() throws(Failure) {
    do throws(StoreError) { try commitStatement() } catch { throw Failure(error, self) }
  }
}
