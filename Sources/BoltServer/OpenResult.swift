import Diagnostics
import GraphValues
import QuerySession

/// A statement's result between its RUN and its last record, read page by page.
///
/// Looks one batch ahead, so that the page with the last record is also the one that says so.
final class OpenResult {
  /// The column names.
  let columns: [String]
  /// The statement, for the places that its failures name.
  let statement: String
  /// When it was started.
  let started: ContinuousClock.Instant
  /// Whether what it shows may leave at once.
  let isDurable: Bool
  /// Whether it will be there at once.
  let isBrief: Bool
  /// Whether any record has come.
  private(set) var hasRecords = false

  private let available = ContinuousClock.now
  private let stream: any ResultStream
  private var batch: RecordBatch?
  private var row = 0
  private var kept: [(batch: RecordBatch, bytes: Int)] = []
  /// About how much memory the records take that were read in advance.
  private(set) var keptBytes = 0
  private var isRead = false

  init(_ stream: any ResultStream, _ statement: String, started: ContinuousClock.Instant) {
    self.stream = stream
    columns = stream.columns
    isDurable = stream.isDurable
    isBrief = stream.isBrief
    self.statement = statement
    self.started = started
  }

  /// Milliseconds until the columns were known.
  var availableMilliseconds: Int { started.milliseconds(to: available) }

  /// Milliseconds from then to now.
  var consumedMilliseconds: Int { available.milliseconds(to: .now) }

  /// Some records that follow each other in one batch, at most `limit`; `nil` at the end.
  func page(limit: Int) async throws(Failure) -> (batch: RecordBatch, rows: Range<Int>)? {
    guard let batch = try await current() else { return nil }
    let rows = row..<row + min(batch.count - row, limit)
    row = rows.upperBound
    return (batch, rows)
  }

  /// Whether the next record may be long in coming.
  var mayTakeLong: Bool {
    guard !isBrief, !isRead else { return false }
    return batch.map { row >= $0.count } ?? true
  }

  /// Whether all records were given out.
  func isExhausted() async throws(Failure) -> Bool { try await current() == nil }

  /// Reads what is left into memory, since the session is about to run another statement.
  ///
  /// - Parameter limitBytes: About how much may be kept.
  /// - Throws: Also when that is not enough.
  func keep(limitBytes: Int) async throws(Failure) {
    guard !isRead else { return }
    while let next = try await stream.next() {
      let bytes = next.bytes
      keptBytes += bytes
      kept.append((next, bytes))
      if keptBytes > limitBytes { throw .resultsTooLarge }
    }
    isRead = true
  }

  /// What the statement did; drops what is left.
  func summary() async throws(Failure) -> ResultSummary {
    if !hasRecords, try await current() != nil { hasRecords = true }
    return try await stream.summary()
  }

  /// The batch that has the next record.
  private func current() async throws(Failure) -> RecordBatch? {
    while true {
      if let batch, row < batch.count {
        hasRecords = true
        return batch
      }
      row = 0
      if isRead {
        let next = kept.isEmpty ? nil : kept.removeFirst()
        keptBytes -= next?.bytes ?? 0
        batch = next?.batch
      } else {
        batch = try await stream.next()
        if batch == nil { isRead = true }
      }
      if batch == nil { return nil }
    }
  }
}

extension RecordBatch {
  /// About how much memory it takes.
  fileprivate var bytes: Int {
    columns.reduce(0) { sum, column in
      column.reduce(sum + column.count * MemoryLayout<Value>.stride) { $0 + $1.heapBytes }
    }
  }
}

/// The result of a statement that failed after its columns had been told.
final class FailedResult: ResultStream {
  let columns: [String]
  let isDurable = true
  private let failure: Failure

  init(_ columns: [String], _ failure: Failure) {
    self.columns = columns
    self.failure = failure
  }

  func next() async throws(Failure) -> RecordBatch? { throw failure }

  func summary() async throws(Failure) -> ResultSummary { throw failure }
}
