import CypherRuntime
import Diagnostics
import GraphStore
import QueryPlan
import QuerySession

extension EmbeddedSession {
  private static let spooledRows = 10_000
  /// How long a reading statement may keep the group open.
  private static let spoolingMilliseconds: Int64 = 250

  /// Runs a statement that nothing of this session's stands in front of.
  func runOnSnapshot(_ request: StatementRequest) async throws(Failure) -> any ResultStream {
    let transaction = try beginRead()
    lastSnapshotID = transaction.snapshotID
    let prepared = try compiler.prepare(request, transaction)
    if let other = try otherSession(for: prepared) {
      transaction.rollback()
      return try await passOn(request, to: other)
    }
    if prepared.isExplained {
      transaction.rollback()
      return SpooledResult.explained(prepared, isDurable: true)
    }
    if prepared.command != nil {
      transaction.rollback()
      return try await runCommand(prepared, request.transaction)
    }
    guard prepared.writes else {
      if prepared.needsImplicitTransaction {
        transaction.rollback()
        return try runInBatches(prepared)
      }
      try begin(prepared, transaction)
      return stream(prepared, transaction, isOwner: true)
    }
    transaction.rollback()
    if prepared.needsImplicitTransaction {
      return try await runInBatches(prepared, request.transaction)
    }
    try checkAccess(request.transaction)
    if request.demandedRows > 0 {
      let result = try await holdingPlace { () throws(Failure) in
        request.isGrouped && !(request.isAloneWhenQuiet && writer.isQuiet)
          ? try runInGroup(prepared, request) : try runAlone(prepared, request)
      }
      if let result { return result }
    }
    return try await runUntilRead(request)
  }

  /// Runs a writing statement in a transaction that is committed when its last record has been read.
  private func runUntilRead(_ request: StatementRequest) async throws(Failure) -> any ResultStream {
    try await begin(request.transaction)
    noteBegin(request.text, request.parameters, request.transaction.metadata)
    return UncommittedResult(try await runInTransaction(request), self)
  }

  /// Runs a statement behind others of this session that are not durable yet.
  ///
  /// It is checked and reads in their group, so that it sees what came before.
  func runBehindGroup(_ request: StatementRequest, _ group: WriteGroup) async throws(Failure)
    -> any ResultStream
  {
    try await takePlace()
    guard group.isOpen else {
      writer.release()
      return try await runOnSnapshot(request)
    }
    let result: (any ResultStream)?
    do {
      result = try runWithin(group, request)
    } catch {
      writer.release()
      throw error
    }
    writer.release()
    if let result { return result }
    return try await runOnSnapshot(request)
  }

  /// Runs a statement in the open group; `nil` when it must run after the group, which is then
  /// settled.
  private func runWithin(_ group: WriteGroup, _ request: StatementRequest) throws(Failure)
    -> (any ResultStream)?
  {
    let prepared = try compiler.prepare(request, group.transaction)
    if prepared.isExplained { return SpooledResult.explained(prepared, isDurable: false) }
    let isAlone =
      prepared.command != nil || prepared.goesElsewhere(from: descriptor.name)
      || prepared.needsImplicitTransaction
      || (prepared.writes && !request.isGrouped)
    if !isAlone {
      if prepared.writes {
        try checkAccess(request.transaction)
        if request.demandedRows > 0,
          let result = try run(prepared, in: group, limit: request.demandedRows)
        {
          return result
        }
      }
      // What the group has written is not durable yet: keep a small result until it is; for a large
      // one, or one that takes long, make it durable first and read it again from a snapshot, so that
      // other writers need not wait.
      if !prepared.writes, let result = try spoolSoon(prepared, group.transaction) { return result }
    }
    writer.settleGroup()
    try group.check()
    return nil
  }

  /// Runs a reading statement to its end and keeps its records; `nil` when there are many, or when it
  /// takes long.
  private func spoolSoon(_ prepared: PreparedStatement, _ transaction: GraphTransaction)
    throws(Failure) -> SpooledResult?
  {
    watch.cancellation.setPatience(milliseconds: Self.spoolingMilliseconds)
    defer { watch.cancellation.setPatience(milliseconds: nil) }
    do {
      try begin(prepared, transaction)
      return try spool(
        prepared, limit: Self.spooledRows, isDurable: false, keepsFailure: true)
    } catch {
      guard watch.cancellation.isOutOfPatience, !watch.cancellation.hasReason else { throw error }
      return nil
    }
  }

  // MARK: Holding the writer's place

  /// `nil` when there are more records than were asked for: nothing has happened then.
  private func runInGroup(_ prepared: PreparedStatement, _ request: StatementRequest)
    throws(Failure) -> (any ResultStream)?
  {
    let group = try writer.openGroup(deadlineSeconds: engine.options.writeDeadlineSeconds)
    return try run(
      try current(prepared, request, group.transaction), in: group, limit: request.demandedRows)
  }

  private func run(_ prepared: PreparedStatement, in group: WriteGroup, limit: Int)
    throws(Failure) -> (any ResultStream)?
  {
    let transaction = group.transaction
    try storing { () throws(StoreError) in try transaction.beginStatement() }
    do {
      try begin(prepared, transaction)
      guard let result = try spool(prepared, limit: limit, isDurable: false) else {
        try storing { () throws(StoreError) in try transaction.rollbackStatement() }
        return nil
      }
      try transaction.committingStatement()
      pending = group
      lastSnapshotID = transaction.resultingSnapshotID
      return result
    } catch {
      do throws(StoreError) { try transaction.rollbackStatement() } catch let broken {
        writer.abandonGroup(Failure(broken))
      }
      throw error
    }
  }

  /// Runs a writing statement in a transaction of its own, durable on return; `nil` when there are more
  /// records than were asked for: nothing has happened then.
  private func runAlone(_ prepared: PreparedStatement, _ request: StatementRequest)
    throws(Failure) -> (any ResultStream)?
  {
    writer.settleGroup()
    let transaction = try beginWrite()
    do {
      let prepared = try current(prepared, request, transaction)
      try begin(prepared, transaction)
      guard let result = try spool(prepared, limit: request.demandedRows, isDurable: true) else {
        transaction.rollback()
        return nil
      }
      let snapshotID = transaction.resultingSnapshotID
      try transaction.committing { request.willCommit?(result.columns) }
      noteCommit(snapshotID)
      return result
    } catch {
      transaction.rollback()
      throw error
    }
  }

  /// The statement as prepared, or prepared anew when the schema has changed since.
  private func current(
    _ prepared: PreparedStatement, _ request: StatementRequest, _ transaction: GraphTransaction
  ) throws(Failure) -> PreparedStatement {
    if prepared.planned.schemaVersion == transaction.schemaVersion { return prepared }
    return try compiler.prepare(request, transaction)
  }

  /// Runs a statement that commits in batches, with the writer's place where it writes.
  private func runInBatches(_ prepared: PreparedStatement, _ options: TransactionOptions)
    async throws(Failure) -> any ResultStream
  {
    guard prepared.writes else { return try runInBatches(prepared) }
    try checkAccess(options)
    return try await holdingPlace { () throws(Failure) in
      writer.settleGroup()
      return try runInBatches(prepared)
    }
  }

  /// Runs a statement that commits in batches.
  private func runInBatches(_ prepared: PreparedStatement) throws(Failure) -> any ResultStream {
    let control = BatchTransactions(
      outer: try beginRead(), database: descriptor.name,
      beginRead: { [self] () throws(Failure) in try beginRead() },
      beginBatch: { [self] () throws(Failure) in
        prepared.writes ? try beginWrite() : try beginRead()
      })
    surroundings.transactionControl = control
    defer {
      surroundings.transactionControl = nil
      control.close()
    }
    try begin(prepared, control.outerTransaction)
    let result = try spool(prepared, limit: .max, isDurable: true)
    try control.commitRest()
    return result ?? SpooledResult.empty(prepared, isDurable: true)
  }

  // MARK: In an explicit transaction

  func runInTransaction(_ request: StatementRequest) async throws(Failure) -> any ResultStream {
    guard let open = explicit else { throw .noTransaction }
    try enter()
    defer { leave() }
    do throws(Failure) {
      let prepared = try compiler.prepare(request, open.transaction)
      if let other = try otherSession(for: prepared) {
        return try await runElsewhere(prepared, request, other, open)
      }
      if prepared.isExplained { return SpooledResult.explained(prepared, isDurable: true) }
      if prepared.command != nil { return try await runCommand(prepared, open.options) }
      if prepared.needsImplicitTransaction {
        guard open.options.isImplicit, !open.transaction.isWritable else {
          throw Failure.implicitTransactionNeeded
        }
        return try await runInBatches(prepared, open.options)
      }
      if prepared.writes {
        try checkAccess(open.options)
        try open.note(isSchema: false)
        try await upgrade(open)
        let prepared = try current(prepared, request, open.transaction)
        try begin(prepared, open.transaction)
        let result = try spool(prepared, limit: .max, isDurable: true)
        return result ?? SpooledResult.empty(prepared, isDurable: true)
      }
      try begin(prepared, open.transaction)
      return stream(prepared, open.transaction, isOwner: false)
    } catch {
      failTransaction()
      throw error
    }
  }

  /// Takes the writer's place for the rest of the transaction.
  func upgrade(_ open: ExplicitTransaction) async throws(Failure) {
    guard !open.transaction.isWritable else { return }
    if let other = open.writesElsewhere { throw .writingElsewhere(database, from: other) }
    try await takePlace()
    open.holdsPlace = true
    writer.settleGroup()
    try storing { () throws(StoreError) in
      try open.transaction.upgradeToWrite(deadlineSeconds: engine.options.writeDeadlineSeconds)
    }
  }

  // MARK: Commands

  private func runCommand(_ prepared: PreparedStatement, _ options: TransactionOptions)
    async throws(Failure) -> any ResultStream
  {
    guard let command = prepared.command else { throw .notSupported("this command") }
    if case .administer(let action, _) = command {
      try checkMode(options, on: Catalogue.systemName)
      return try await administer(action, prepared)
    }
    if prepared.producesRows { return try runListing(prepared) }
    try checkAccess(options)
    if let explicit {
      try explicit.note(isSchema: true)
      try await upgrade(explicit)
      return try run(command, prepared, explicit.transaction)
    }
    return try await holdingPlace { () throws(Failure) in try runAlone(command, prepared) }
  }

  private func runAlone(_ command: Command, _ prepared: PreparedStatement) throws(Failure)
    -> any ResultStream
  {
    writer.settleGroup()
    let transaction = try beginWrite()
    do {
      let result = try run(command, prepared, transaction)
      let snapshotID = transaction.resultingSnapshotID
      try transaction.committing()
      noteCommit(snapshotID)
      return result
    } catch {
      transaction.rollback()
      throw error
    }
  }
}
