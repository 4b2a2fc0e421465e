import Diagnostics
import GraphValues
import QuerySession
import Testing

@testable import CypherEngine

@Suite struct ConcurrentSessionsTests {
  /// The only value of a statement's only record.
  static func value(_ session: EmbeddedSession, _ text: String) async throws -> Int64? {
    let result = try await session.run(StatementRequest(text))
    var found: Int64?
    while let batch = try await result.next() {
      if case .integer(let number)? = batch.columns.first?.first { found = number }
    }
    return found
  }

  static func run(
    _ session: EmbeddedSession, _ text: String, isGrouped: Bool = false,
    _ options: TransactionOptions = TransactionOptions()
  ) async throws {
    let result = try await session.run(
      StatementRequest(text, isGrouped: isGrouped, transaction: options))
    _ = try await result.summary()
  }

  @Test func transfersInExplicitTransactionsKeepTheSum() async throws {
    let engine = try GraphEngine.memory()
    let setUp = try engine.session()
    try await Self.run(setUp, "UNWIND range(0, 9) AS i CREATE (:Account {id: i, balance: 100})")
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      for task in 0..<8 {
        tasks.addTask {
          let session = try engine.session()
          for step in 0..<20 {
            let from = (task + step) % 10
            try await session.begin()
            try await Self.run(
              session, "MATCH (a:Account {id: \(from)}) SET a.balance = a.balance - 1")
            try await Self.run(
              session, "MATCH (a:Account {id: \((from + 3) % 10)}) SET a.balance = a.balance + 1")
            if step % 5 == 4 { try await session.rollback() } else { try await session.commit() }
          }
          await session.close()
        }
      }
      try await tasks.waitForAll()
    }
    #expect(try await Self.value(setUp, "MATCH (a:Account) RETURN sum(a.balance)") == 1000)
  }

  @Test func groupedStatementsOfManySessionsAreAllDurableAfterTheirSync() async throws {
    let engine = try GraphEngine.memory()
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      for task in 0..<16 {
        tasks.addTask {
          let session = try engine.session()
          for step in 0..<25 {
            try await Self.run(
              session, "CREATE (:N {task: \(task), step: \(step)})", isGrouped: true)
            if step % 3 == 0 { try await session.sync() }
            #expect(
              try await Self.value(session, "MATCH (n:N {task: \(task)}) RETURN count(n)")
                == Int64(step + 1))
          }
          await session.close()
        }
      }
      try await tasks.waitForAll()
    }
    let session = try engine.session()
    #expect(try await Self.value(session, "MATCH (n:N) RETURN count(n)") == 400)
  }

  @Test func othersSeeAGroupedStatementOnlyWhenItIsDurable() async throws {
    let engine = try GraphEngine.memory()
    let (one, other) = (try engine.session(), try engine.session())
    try await Self.run(one, "CREATE (:N)", isGrouped: true)
    #expect(try await Self.value(one, "MATCH (n:N) RETURN count(n)") == 1)
    #expect(try await Self.value(other, "MATCH (n:N) RETURN count(n)") == 0)
    try await one.sync()
    #expect(try await Self.value(other, "MATCH (n:N) RETURN count(n)") == 1)
  }

  @Test func aReadThatTakesLongDoesNotHoldTheGroupOpen() async throws {
    let engine = try GraphEngine.memory()
    let (one, other) = (try engine.session(), try engine.session())
    try await Self.run(one, "CREATE (:N)", isGrouped: true)
    let text = "UNWIND range(1, 1000000000) AS x WITH x WHERE x % 3000000 = 0 RETURN x"
    let stream = try await one.run(StatementRequest(text, isGrouped: true))
    #expect(try await Self.value(other, "MATCH (n:N) RETURN count(n)") == 1)
    try await Self.run(other, "CREATE (:N)")
    await one.close()
    withExtendedLifetime(stream) {}
  }

  @Test func aFailingStatementLeavesTheRestOfItsGroup() async throws {
    let engine = try GraphEngine.memory()
    let (one, other) = (try engine.session(), try engine.session())
    try await Self.run(one, "CREATE (:N)", isGrouped: true)
    await #expect(throws: Failure.self) {
      try await Self.run(
        other, "UNWIND [1, 0] AS x CREATE (:N {x: 1 / x})", isGrouped: true)
    }
    try await other.sync()
    try await one.sync()
    #expect(try await Self.value(other, "MATCH (n:N) RETURN count(n)") == 1)
  }

  @Test func aWriterThatWaitsTakesItsTurnWhenTheTransactionEnds() async throws {
    let engine = try GraphEngine.memory()
    let (one, other) = (try engine.session(), try engine.session())
    try await one.begin()
    try await Self.run(one, "CREATE (:N)")
    async let waiting: Void = Self.run(other, "CREATE (:N)")
    try await one.commit()
    try await waiting
    #expect(try await Self.value(one, "MATCH (n:N) RETURN count(n)") == 2)
  }

  @Test func aWriterThatWaitsTooLongFailsWithATransientError() async throws {
    var options = GraphEngine.Options()
    options.writeDeadlineSeconds = 0.05
    let engine = try GraphEngine.memory(options: options)
    let (one, other) = (try engine.session(), try engine.session())
    try await one.begin()
    try await Self.run(one, "CREATE (:N)")
    let failure = await #expect(throws: Failure.self) {
      try await Self.run(other, "CREATE (:N)")
    }
    #expect(failure?.code == "Neo.TransientError.Transaction.LockAcquisitionTimeout")
    try await one.rollback()
    try await Self.run(other, "CREATE (:N)")
  }

  @Test func aWaitingWriterCanBeCancelled() async throws {
    let engine = try GraphEngine.memory()
    let (one, other) = (try engine.session(), try engine.session())
    try await one.begin()
    try await Self.run(one, "CREATE (:N)")
    other.forgetCancellation()
    async let waiting: Void = Self.run(other, "CREATE (:N)")
    other.cancel()
    do {
      try await waiting
      Issue.record("not cancelled")
    } catch {
      #expect((error as? Failure)?.code == "Neo.ClientError.Transaction.Terminated")
    }
    try await one.commit()
  }

  @Test func anIdleTransactionEndsWhenItsTimeIsOver() async throws {
    let engine = try GraphEngine.memory()
    let (one, other) = (try engine.session(), try engine.session())
    try await one.begin(TransactionOptions(timeoutMilliseconds: 30))
    try await Self.run(one, "CREATE (:N)")
    // The other one waits until the first has lost the writer's place.
    try await Self.run(other, "CREATE (:N)")
    let failure = await #expect(throws: Failure.self) { try await Self.run(one, "RETURN 1") }
    #expect(
      failure?.code == "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration")
    #expect(!one.isInTransaction)
    #expect(try await Self.value(other, "MATCH (n:N) RETURN count(n)") == 1)
  }

  @Test func aStatementEndsWhenItsTimeIsOver() async throws {
    let session = try GraphEngine.memory().session()
    let failure = await #expect(throws: Failure.self) {
      try await Self.run(
        session, "UNWIND range(1, 1000000000) AS x RETURN count(x)",
        TransactionOptions(timeoutMilliseconds: 20))
    }
    #expect(
      failure?.code == "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration")
    #expect(failure?.gqlStatus == "25N14")
    #expect(try await Self.value(session, "RETURN 1") == 1)
  }

  @Test func aTransactionThatReadsRefusesToWrite() async throws {
    let session = try GraphEngine.memory().session()
    let options = TransactionOptions(accessMode: .read)
    let failure = await #expect(throws: Failure.self) {
      try await Self.run(session, "CREATE (:N)", options)
    }
    #expect(failure?.code == "Neo.ClientError.Statement.AccessMode")
    #expect(failure?.gqlStatus == "08N03")
    try await session.begin(options)
    await #expect(throws: Failure.self) { try await Self.run(session, "CREATE (:N)") }
    #expect(!session.isInTransaction)
  }

  @Test func bookmarksStandForStatesOfTheirDatabase() async throws {
    let engine = try GraphEngine.memory()
    let (one, other) = (try engine.session(), try engine.session())
    try await Self.run(one, "CREATE (:N)")
    let bookmarks = one.bookmarks
    #expect(bookmarks.count == 1)
    try await other.begin(TransactionOptions(bookmarks: bookmarks))
    #expect(try await Self.value(other, "MATCH (n:N) RETURN count(n)") == 1)
    try await other.commit()
    // A write that changes nothing leaves no trace: it stands for the state that it read, which is
    // still there when the store is opened anew.
    for isGrouped in [true, false] {
      try await Self.run(one, "MATCH (n:Nothing) DELETE n", isGrouped: isGrouped)
      try await one.sync()
      #expect(one.bookmarks == bookmarks)
    }
    try await one.begin(TransactionOptions())
    try await Self.run(one, "MERGE (n:N)")
    try await one.commit()
    #expect(one.bookmarks == bookmarks)
    try await Self.run(other, "RETURN 1", TransactionOptions(bookmarks: one.bookmarks))
    for text in ["nonsense", "NB:x", "NB:a:b:c", "NB:a:***", String(repeating: "NB:", count: 1000)]
    {
      let failure = await #expect(throws: Failure.self) {
        try await Self.run(other, "RETURN 1", TransactionOptions(bookmarks: [text]))
      }
      #expect(failure?.code == "Neo.ClientError.Transaction.InvalidBookmark")
    }
  }

  @Test func aStatementThatMayRunAloneDoesSoWhileNobodyElseWrites() async throws {
    let engine = try GraphEngine.memory()
    let (one, other) = (try engine.session(), try engine.session())
    let request = StatementRequest("CREATE (:N)", isGrouped: true, isAloneWhenQuiet: true)
    #expect(try await other.run(request).isDurable)
    try await Self.run(one, "CREATE (:N)", isGrouped: true)
    #expect(try await !other.run(request).isDurable)
    try await one.sync()
    #expect(try await other.run(request).isDurable)
    #expect(try await Self.value(one, "MATCH (n:N) RETURN count(n)") == 4)
  }
}
