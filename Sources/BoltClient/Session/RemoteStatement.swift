import Diagnostics
import GraphValues
import QuerySession

/// A statement on its way: what is to be sent, and what has come back.
///
/// Belongs to the one caller of its session.
final class RemoteStatement {
  /// Records handed on at a time.
  static let batchSize = 1024

  /// How far it is.
  enum Phase {
    /// Not sent, or sent in vain behind one that failed.
    case waiting
    /// Sent; the reply to RUN is due.
    case sent
    /// Its columns are known and records are on their way.
    case streaming
    /// The server holds records that nobody has asked for.
    case paused
    /// All has come.
    case finished
    /// It failed, or its connection did.
    case failed(Failure)
  }

  /// The statement's text.
  let text: String
  /// Values of its parameters.
  let parameters: MapValue
  /// What is asked of its own transaction; `nil` inside an explicit one.
  let transaction: TransactionOptions?
  /// Records asked for at a time; `nil` for all at once.
  let pageSize: Int?

  /// How far it is.
  private(set) var phase = Phase.waiting
  /// Names of the columns, once the server has told them.
  private(set) var columns: [String] = []
  /// What the server said beside records.
  private(set) var metadata = StatementMetadata()
  /// How many records have been taken out.
  private(set) var takenCount = 0
  /// Whether records are dropped as they come.
  var drops = false
  /// How many bytes its request has.
  private(set) var wireBytes = 0
  /// Whether the caller has been told that it failed.
  var isToldOf = false
  /// Whether it has been sent once more after its connection was lost.
  private var isRepeated = false
  /// How many pages have ended.
  private(set) var pageCount = 0
  /// Records that have come and were not taken, column by column.
  private var held: [[Value]] = []
  private(set) var heldCount = 0
  /// Whether it may change anything, so that what it gives is not to be shown before it is committed.
  private(set) lazy var mayWrite = WritingWords.areIn(text)
  private var sentAt = ContinuousClock.now
  private var openedAt = ContinuousClock.now

  init(
    _ text: String, parameters: MapValue = MapValue(), transaction: TransactionOptions?,
    pageSize: Int?
  ) {
    self.text = text
    self.parameters = parameters
    self.transaction = transaction
    self.pageSize = pageSize
  }

  /// Whether it is its own transaction.
  var isAutoCommit: Bool { transaction != nil }

  /// Whether others are sent behind it before it is answered.
  var isGrouped: Bool { pageSize == nil }

  /// Whether nothing more will come.
  var isOver: Bool {
    switch phase {
    case .finished, .failed: true
    case .waiting, .sent, .streaming, .paused: false
    }
  }

  /// Whether it must be sent, for the first time or again.
  var isWaiting: Bool { if case .waiting = phase { true } else { false } }

  /// Whether the server holds records that must be asked for.
  var isPaused: Bool { if case .paused = phase { true } else { false } }

  /// Whether the server has accepted it.
  var isOpened: Bool {
    switch phase {
    case .streaming, .paused, .finished: true
    case .waiting, .sent, .failed: false
    }
  }

  /// Why it failed.
  var failure: Failure? { if case .failed(let failure) = phase { failure } else { nil } }

  // MARK: Events

  /// RUN has been put on its way.
  func send(bytes: Int) {
    phase = .sent
    wireBytes = bytes
    sentAt = .now
  }

  /// Records have been asked for.
  func ask() { phase = .streaming }

  /// The server accepted it.
  ///
  /// - Throws: When the reply does not tell the columns.
  func open(_ reply: MapValue) throws(ConnectionProblem) {
    guard case .list? = reply["fields"] else {
      throw .protocolViolation("the reply to RUN tells no columns")
    }
    columns = reply.texts("fields")
    metadata.run = reply
    metadata.hasColumns = !columns.isEmpty
    openedAt = .now
    metadata.availableAfterMilliseconds = Self.milliseconds(from: sentAt, to: openedAt)
    held = [[Value]](repeating: [], count: columns.count)
    phase = .streaming
  }

  /// A page of records has ended.
  func endPage(_ reply: MapValue) {
    pageCount += 1
    if reply.boolean("has_more") == true {
      phase = .paused
      return
    }
    metadata.end = reply
    metadata.consumedAfterMilliseconds = Self.milliseconds(from: openedAt, to: .now)
    phase = .finished
  }

  /// It failed; a second failure does not hide the first.
  func fail(_ failure: Failure) {
    if !isOver { phase = .failed(failure) }
  }

  /// The server passed it over because one before it had failed.
  func passOver() {
    if !isOver { phase = .waiting }
  }

  /// Its connection is lost, and it may be sent once more where nothing has come of it.
  ///
  /// - Returns: Whether it waits to be sent again.
  func repeatOnce() -> Bool {
    guard case .sent = phase, isGrouped, !isRepeated else { return false }
    isRepeated = true
    phase = .waiting
    return true
  }

  // MARK: Records

  /// Takes the columns out so that records can be added to them without looking here each time.
  func lend() -> [[Value]] {
    defer { held = [] }
    return held
  }

  /// Gives the columns back with the records added.
  func giveBack(_ columns: [[Value]], count: Int) {
    guard !drops else {
      held = [[Value]](repeating: [], count: columns.count)
      heldCount = 0
      return
    }
    held = columns
    heldCount += count
    if count > 0 { metadata.hasRecords = true }
  }

  /// The records that have come; `nil` where there are none.
  func take() -> (count: Int, columns: [[Value]])? {
    guard heldCount > 0 else { return nil }
    defer {
      takenCount += heldCount
      held = [[Value]](repeating: [], count: columns.count)
      heldCount = 0
    }
    return (heldCount, held)
  }

  /// Drops the records that have come.
  func dropHeld() {
    drops = true
    held = [[Value]](repeating: [], count: columns.count)
    heldCount = 0
  }

  private static func milliseconds(
    from start: ContinuousClock.Instant, to end: ContinuousClock.Instant
  ) -> Int {
    let (seconds, attoseconds) = (end - start).components
    return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
  }
}
