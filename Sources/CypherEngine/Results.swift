import CypherRuntime
import Diagnostics
import GraphStore
import GraphValues
import QueryPlan
import QuerySession

/// A result that is complete in memory.
///
/// Safe: handed to the session's only caller, who reads it from one task.
final class SpooledResult: ResultStream, @unchecked Sendable {
  let columns: [String]
  let isDurable: Bool
  private var batches: [RecordBatch]
  private var place = 0
  private let summaryValue: ResultSummary
  /// What comes behind the last record instead of a summary.
  private let failure: Failure?

  init(
    _ prepared: PreparedStatement, batches: [RecordBatch], isDurable: Bool,
    failure: Failure? = nil
  ) {
    columns = prepared.columns
    self.failure = failure
    self.batches = batches
    self.isDurable = isDurable
    summaryValue = prepared.summary()
  }

  static func empty(_ prepared: PreparedStatement, isDurable: Bool) -> SpooledResult {
    SpooledResult(prepared, batches: [], isDurable: isDurable)
  }

  /// What EXPLAIN answers: columns, no rows, the plan.
  static func explained(_ prepared: PreparedStatement, isDurable: Bool) -> SpooledResult {
    SpooledResult(prepared, batches: [], isDurable: isDurable)
  }

  func next() async throws(Failure) -> RecordBatch? {
    guard place < batches.count else {
      if let failure { throw failure }
      return nil
    }
    defer { place += 1 }
    return batches[place]
  }

  func summary() async throws(Failure) -> ResultSummary {
    place = batches.count
    if let failure { throw failure }
    return summaryValue
  }
}

/// The records of a statement that has written, which is committed when the last one has been read.
///
/// Safe: handed to the session's only caller, who reads it from one task.
final class UncommittedResult: ResultStream, @unchecked Sendable {
  let columns: [String]
  let isDurable = true
  private let records: any ResultStream
  /// `nil` once it is committed, or cannot be.
  private var session: EmbeddedSession?
  private var failure: Failure?

  init(_ records: any ResultStream, _ session: EmbeddedSession) {
    self.records = records
    self.session = session
    columns = records.columns
  }

  func next() async throws(Failure) -> RecordBatch? {
    if let failure { throw failure }
    do throws(Failure) {
      // The transaction may have been ended from outside.
      try session?.enter()
      session?.leave()
      if let batch = try await records.next() { return batch }
      try await session?.commit()
      session = nil
    } catch {
      failure = error
      session = nil
      throw error
    }
    return nil
  }

  func summary() async throws(Failure) -> ResultSummary {
    while try await next() != nil {}
    return try await records.summary()
  }
}

/// A result that is read from a snapshot while the caller asks for more.
///
/// Safe: handed to the session's only caller, who reads it from one task.
final class StreamedResult: ResultStream, @unchecked Sendable {
  let columns: [String]
  let isDurable = true
  var isBrief: Bool { prepared.isBrief }
  private let prepared: PreparedStatement
  private var transaction: GraphTransaction?
  private let isOwner: Bool
  private(set) weak var session: EmbeddedSession?
  private var failure: Failure?
  private var finished: ResultSummary?

  /// `isOwner` tells whether the transaction ends with the result.
  init(
    _ prepared: PreparedStatement, transaction: GraphTransaction, isOwner: Bool,
    session: EmbeddedSession
  ) {
    columns = prepared.columns
    self.prepared = prepared
    self.transaction = transaction
    self.isOwner = isOwner
    self.session = session
  }

  deinit { letGo() }

  func next() async throws(Failure) -> RecordBatch? { try pull() }

  private func pull() throws(Failure) -> RecordBatch? {
    if let failure { throw failure }
    guard transaction != nil else { return nil }
    if !isOwner { try enter() }
    defer { if !isOwner { session?.leave() } }
    do {
      while let batch = try prepared.next() {
        guard prepared.producesRows else { continue }
        return RecordBatch(batch, prepared.resultColumns)
      }
    } catch {
      failure = error
      letGo()
      if !isOwner { session?.failTransaction() }
      throw error
    }
    letGo()
    return nil
  }

  /// Goes on in the explicit transaction.
  ///
  /// - Throws: When that was ended from outside; what is left of the result then never comes.
  private func enter() throws(Failure) {
    do throws(Failure) { try session?.enter() } catch {
      failure = error
      letGo()
      throw error
    }
  }

  func summary() async throws(Failure) -> ResultSummary {
    while try pull() != nil {}
    return finished ?? prepared.summary()
  }

  /// Ends the result where it is.
  func abandon() {
    letGo()
  }

  private func letGo() {
    guard let transaction else { return }
    if finished == nil { finished = prepared.summary() }
    prepared.end()
    if isOwner { transaction.rollback() }
    self.transaction = nil
    session?.noteEnd()
  }
}

extension RecordBatch {
  /// Copies the surviving rows of a batch, column by column.
  init(_ batch: Batch, _ columns: [ResultColumn]) {
    let rows = batch.rows
    let values = columns.map { column -> [Value] in
      guard let source = batch.columns[column.slot.index] else {
        return Array(repeating: .null, count: rows.count)
      }
      return source.values(of: rows)
    }
    self.init(count: rows.count, columns: values)
  }
}
