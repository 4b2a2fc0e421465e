import Bolt
import Diagnostics
import GraphValues
import QuerySession

/// Statements and their results: RUN, PULL, DISCARD.
extension Conversation {
  func run(_ text: String, _ parameters: MapValue, _ map: MapValue) async throws(ProtocolFailure) {
    if let session, session.isInTransaction {
      return try await runInTransaction(text, parameters, session)
    }
    if connection.isInTransaction { throw ProtocolFailure(.transactionLost, closes: false) }
    let extra = try TransactionExtra(map, version: version)
    transactionFilter = extra.notifications
    try checkPassword(text)
    let session = try await session(for: extra)
    let isAlone = !replies.isHolding && !connection.hasStatementsWaiting
    let started = ContinuousClock.now
    announced = nil
    var request = StatementRequest(
      text, parameters: parameters, isGrouped: true, isAloneWhenQuiet: isAlone,
      transaction: TransactionOptions(extra))
    request.demandedRows = demandedRows
    let database = version.tellsHomeDatabase && extra.database.isEmpty ? session.database : nil
    if isAlone {
      // The client reads this while the disk takes what the statement did.
      request.willCommit = { [self] columns in
        announced = columns
        answerRun(columns, started.milliseconds(to: .now), database)
        connection.sendAtOnce(replies.take())
      }
    }
    let result = try await open(request, in: session, started: started)
    if !result.isDurable { hold() }
    results = [result]
    if announced == nil { answerRun(result.columns, result.availableMilliseconds, database) }
  }

  /// How many records of the statement that is carried out the client has asked for already.
  private var demandedRows: Int {
    guard case .message(let bytes, _)? = connection.nextRequest,
      let next = try? ClientMessage(bytes, 0..<bytes.count, rules)
    else { return 0 }
    switch next {
    case .pull(let demand), .discard(let demand): return demand.count ?? .max
    default: return 0
    }
  }

  private func answerRun(_ columns: [String], _ milliseconds: Int, _ database: String?) {
    var reply = MapValue([
      ("t_first", .integer(Int64(milliseconds))),
      ("fields", .list(columns.map { .string($0) })),
    ])
    if let database { reply["db"] = .string(database) }
    replies.succeed(reply)
  }

  private func runInTransaction(
    _ text: String, _ parameters: MapValue, _ session: any Session
  ) async throws(ProtocolFailure) {
    do throws(Failure) {
      // The session streams one result at a time.
      var left = server.options.connectionMemoryBytes
      for case let result? in results {
        try await result.keep(limitBytes: left)
        left -= result.keptBytes
      }
    } catch {
      throw ProtocolFailure(error, closes: false)
    }
    announced = nil
    let result = try await open(
      StatementRequest(text, parameters: parameters), in: session, started: .now)
    results.append(result)
    replies.succeed(
      MapValue([
        ("t_first", .integer(Int64(result.availableMilliseconds))),
        ("fields", .list(result.columns.map { .string($0) })),
        ("qid", .integer(Int64(results.count - 1))),
      ]))
  }

  private func open(
    _ request: StatementRequest, in session: any Session, started: ContinuousClock.Instant
  ) async throws(ProtocolFailure) -> OpenResult {
    do throws(Failure) {
      return OpenResult(try await session.run(request), request.text, started: started)
    } catch {
      // RUN has been answered: the failure is the answer to what comes next.
      if let announced {
        return OpenResult(FailedResult(announced, error), request.text, started: started)
      }
      log(request.text, started, error)
      throw ProtocolFailure(error, closes: false)
    }
  }

  /// A session on the database that a statement or transaction asks for.
  func session(for extra: TransactionExtra) async throws(ProtocolFailure) -> any Session {
    if extra.impersonatedUser != nil { throw ProtocolFailure(.noImpersonation, closes: false) }
    let database = try resolving(extra.database)
    let user = try loggedOn()
    do throws(Failure) {
      if let session {
        if session.database != database {
          // What is held was done elsewhere.
          if replies.isHolding { await sync() }
          if connection.isIgnoring { throw .terminated }
          try await session.use(database: database)
        }
        return session
      }
      let made = try await server.service.session(
        for: user, on: connection.description(serverAddress: calledAddress), database: database)
      session = made
      connection.use(made)
      return made
    } catch {
      throw ProtocolFailure(error, closes: false)
    }
  }

  // MARK: Records

  /// So long records gather while more are on their way.
  private static let sendingPause = Duration.milliseconds(1)

  func pull(_ demand: StreamDemand) async throws(ProtocolFailure) -> Bool {
    let (place, result) = try wanted(demand)
    // What takes its time must not keep the answer to RUN waiting.
    if !result.isBrief, !replies.isHolding { await flush() }
    do throws(Failure) {
      var left = demand.count ?? .max
      var lastSent: ContinuousClock.Instant?
      while left > 0, let page = try await result.page(limit: left) {
        for row in page.rows {
          replies.writer.writeRecord(of: page.batch.columns, row: row)
          if replies.byteCount >= Self.pieceBytes { try await passOn() }
        }
        left -= page.rows.count
        // Records that are there do not wait for those that are not.
        if result.mayTakeLong, !replies.isHolding,
          lastSent.map({ .now - $0 >= Self.sendingPause }) ?? true
        {
          await flush()
          lastSent = .now
        }
        if connection.isInterrupted { throw .terminated }
      }
      guard try await result.isExhausted() else { return moreRecords() }
      try await finish(place, result)
      return false
    } catch {
      throw failed(result, error)
    }
  }

  func discard(_ demand: StreamDemand) async throws(ProtocolFailure) -> Bool {
    let (place, result) = try wanted(demand)
    if !result.isBrief, !replies.isHolding { await flush() }
    do throws(Failure) {
      if var left = demand.count {
        while left > 0, let page = try await result.page(limit: left) {
          left -= page.rows.count
        }
        guard try await result.isExhausted() else { return moreRecords() }
      }
      try await finish(place, result)
      return false
    } catch {
      throw failed(result, error)
    }
  }

  /// Sends records while more are written.
  private func passOn() async throws(Failure) {
    await settle()
    if let lost = lostGroup {
      lostGroup = nil
      throw lost
    }
  }

  private func moreRecords() -> Bool {
    replies.succeed(MapValue([("has_more", .boolean(true))]))
    return true
  }

  private func wanted(_ demand: StreamDemand) throws(ProtocolFailure) -> (Int, OpenResult) {
    let number = demand.statement ?? Int64(max(0, results.count - 1))
    guard number >= 0, number < results.count, let result = results[Int(number)] else {
      throw .noSuchStatement(number)
    }
    return (Int(number), result)
  }

  private func finish(_ place: Int, _ result: OpenResult) async throws(Failure) {
    var summary = try await result.summary()
    if summary.database.isEmpty { summary.database = session?.database ?? "" }
    let isInTransaction = connection.isInTransaction
    let wanted = transactionFilter?.completed(by: filter) ?? filter
    let metadata = SummaryMetadata(
      summary: summary, version: version, filter: wanted, hasColumns: !result.columns.isEmpty,
      hasRecords: result.hasRecords, bookmark: isInTransaction ? nil : session?.bookmarks.last,
      milliseconds: result.consumedMilliseconds)
    replies.succeed(metadata.map)
    log(result.statement, result.started, nil)
    // Nothing else was let through.
    user?.mustChangePassword = false
    if isInTransaction { results[place] = nil } else { results = [] }
  }

  private func failed(_ result: OpenResult, _ failure: Failure) -> ProtocolFailure {
    failedStatement = result.statement
    log(result.statement, result.started, failure)
    return ProtocolFailure(failure, closes: false)
  }

  // MARK: Passwords and logs

  /// Lets nothing but a change of the password through while it must be changed.
  func checkPassword(_ text: String) throws(ProtocolFailure) {
    guard let user, user.mustChangePassword else { return }
    let words = text.split(maxSplits: 3, whereSeparator: \.isWhitespace).prefix(3)
    guard words.map({ $0.uppercased() }) == ["ALTER", "CURRENT", "USER"] else {
      throw ProtocolFailure(.credentialsExpired, closes: false)
    }
  }

  private func log(_ text: String, _ started: ContinuousClock.Instant, _ failure: Failure?) {
    guard let write = server.options.queryLog else { return }
    write(
      QueryLogEntry(
        connection: connection.id, peer: connection.peerHost, user: user?.name ?? "", agent: agent,
        database: session?.database ?? "", milliseconds: started.milliseconds(to: .now),
        statement: QueryLogEntry.masking(text), failureCode: failure?.code))
  }
}

extension ContinuousClock.Instant {
  /// Whole milliseconds from here to there.
  func milliseconds(to end: ContinuousClock.Instant) -> Int {
    let (seconds, attoseconds) = (end - self).components
    return Int(seconds * 1000 + attoseconds / 1_000_000_000_000_000)
  }
}

extension TransactionOptions {
  /// What a client's message asks for.
  init(_ extra: TransactionExtra) {
    self.init(
      timeoutMilliseconds: extra.timeoutMilliseconds, metadata: extra.metadata,
      accessMode: extra.isReadOnly ? .read : .write, bookmarks: extra.bookmarks)
    isImplicit = extra.isImplicit
  }
}
