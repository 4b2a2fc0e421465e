import Diagnostics
import QuerySession

extension RemoteSession {
  /// Bytes that are worth a call of the system.
  private static let flushBytes = 16 * 1024
  /// Records of the oldest statement that are held before new ones wait instead.
  private static let greatestHeldCount = 4 * RemoteStatement.batchSize

  /// Puts a statement behind those that are on their way.
  func runGrouped(_ request: StatementRequest) throws(Failure) -> RemoteResult {
    if let mode = request.transaction.accessMode, mode != accessMode {
      return try runAlone(request)
    }
    try finishCurrent()
    if pipeline.isEmpty { settings.cancellation.begin() }
    let statement = RemoteStatement(
      request.text, parameters: request.parameters, transaction: request.transaction, pageSize: nil)
    pipeline.append(statement)
    pipeline.resume(whatever: false)
    topUp()
    // Whoever sends faster than the server works waits here, unless there is much to be read first.
    while statement.isWaiting, !pipeline.isHalted, let oldest = pipeline.oldest,
      oldest.heldCount < Self.greatestHeldCount
    {
      pump()
      topUp()
    }
    return RemoteResult(self, statement)
  }

  /// Sends as much as may be under way.
  func topUp() {
    while let statement = pipeline.nextToSend() {
      do throws(Failure) {
        let connection = try connectionForNext()
        let isSafe = connection.greeting.product.passesOverAfterFailures
        pipeline.limit = isSafe ? StatementPipeline.greatestCount : 1
        try submit(statement, on: connection)
        pipeline.noteSent(statement)
        if connection.pendingBytes >= Self.flushBytes { flush(connection) }
      } catch {
        statement.fail(error)
        pipeline.noteUnsendable()
        endRequest()
      }
    }
  }

  /// Waits for all grouped statements, whether or not some of them fail.
  func settlePipeline() {
    while !pipeline.isEmpty {
      pipeline.resume(whatever: true)
      topUp()
      if pipeline.isUnderWay { pump() }
    }
  }

  /// Waits for all grouped statements up to one that fails.
  func settlePipelineUntilFailure() {
    while !pipeline.isEmpty, !pipeline.isHalted {
      topUp()
      if pipeline.isUnderWay { pump() }
    }
  }

  private func connectionForNext() throws(Failure) -> BoltConnection {
    if pipeline.isUnderWay, let connection { return connection }
    return try readyConnection(accessMode)
  }

  private func flush(_ connection: BoltConnection) {
    do {
      try connection.flush()
    } catch {
      lose(connection, error)
      while let statement = pipeline.popOver() { fail(statement) }
    }
  }

  /// A statement has failed with its connection.
  private func fail(_ statement: RemoteStatement) { pipeline.halt(by: statement) }
}
