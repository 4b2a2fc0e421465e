import Diagnostics
import QuerySession
import Synchronization
import Testing

@testable import CypherEngine

/// Sessions of all kinds at once on one engine; for the thread sanitizer too, see CONTRIBUTING.md.
@Suite struct SessionStressTests {
  private static let rounds = 40
  /// How statements may end that others get in the way of.
  private static let expected: Set<String> = [
    "Neo.ClientError.Transaction.Terminated", "Neo.ClientError.Database.DatabaseNotFound",
    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
  ]

  @Test(.timeLimit(.minutes(15)))
  func whatSessionsDoAtOnceLeavesTheEngineWhole() async throws {
    let administration = try Administration()
    let engine = administration.engine
    let kept = Kept()
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      for _ in 0..<2 {
        for kind in Kind.allCases {
          tasks.addTask {
            for round in 0..<Self.rounds {
              try await Self.tolerating { () async throws(Failure) in
                try await Self.work(kind, engine, round, kept)
              }
            }
          }
        }
      }
      // Ends what the others do until they are through.
      let terminator = Task { try await Self.terminate(engine, until: kept) }
      do {
        defer { kept.isAll.store(true, ordering: .releasing) }
        try await tasks.waitForAll()
      }
      try await terminator.value
    }
    let session = try engine.session()
    // The writer's place is free, and nothing is under way.
    try await session.rows("CREATE (:Last)")
    #expect(
      try await session.rows("MATCH (n:Kept) RETURN count(n)")
        == [["\(kept.count.load(ordering: .relaxed))"]])
    #expect(try await session.rows("MATCH (n:Lost) RETURN count(n)") == [["0"]])
    #expect(
      try await session.rows("SHOW TRANSACTIONS YIELD transactionId RETURN count(*)") == [["1"]])
  }

  /// How many nodes have been acknowledged, and whether no more will be.
  private final class Kept: Sendable {
    let count = Atomic(0)
    let isAll = Atomic(false)
  }

  private enum Kind: CaseIterable {
    case read, writeGrouped, transact, runOutOfTime, cancel, changeSchema
    case changeDatabases, useDatabases, changeUsers, leave, writeInBatches
  }

  private static func work(_ kind: Kind, _ engine: GraphEngine, _ round: Int, _ kept: Kept)
    async throws(Failure)
  {
    switch kind {
    case .read: try await read(engine)
    case .writeGrouped: try await writeGrouped(engine, round, kept)
    case .transact: try await transact(engine, round, kept)
    case .runOutOfTime: try await runOutOfTime(engine, round)
    case .cancel: try await cancel(engine)
    case .changeSchema: try await changeSchema(engine, round)
    case .changeDatabases: try await changeDatabases(engine, round)
    case .useDatabases: try await useDatabases(engine, round)
    case .changeUsers: try await changeUsers(engine, round)
    case .leave: try await leave(engine)
    case .writeInBatches: try await writeInBatches(engine)
    }
  }

  private static func tolerating(_ body: () async throws(Failure) -> Void) async throws(Failure) {
    do throws(Failure) { try await body() } catch {
      guard expected.contains(error.code) else { throw error }
    }
  }

  private static func session(
    _ engine: GraphEngine, _ database: String = "",
    _ body: (EmbeddedSession) async throws(Failure) -> Void
  ) async throws(Failure) {
    let session = try engine.session(database: database)
    do throws(Failure) { try await body(session) } catch {
      await session.close()
      throw error
    }
    await session.close()
  }

  // MARK: What sessions do

  private static func read(_ engine: GraphEngine)
    async throws(Failure)
  {
    try await session(engine) { (session) async throws(Failure) in
      try await session.rows("MATCH (n) RETURN labels(n), count(*)")
      try await session.rows("UNWIND range(1, 3000) AS x RETURN x")
    }
  }

  private static func writeGrouped(_ engine: GraphEngine, _ round: Int, _ kept: Kept)
    async throws(Failure)
  {
    try await session(engine) { (session) async throws(Failure) in
      var written = 0
      for _ in 0..<5 {
        try await tolerating { () async throws(Failure) in
          let result = try await session.run(
            StatementRequest("CREATE (:Kept {round: \(round)})", isGrouped: true))
          _ = try await result.summary()
          written += 1
        }
      }
      try await session.sync()
      kept.count.add(written, ordering: .relaxed)
    }
  }

  private static func transact(_ engine: GraphEngine, _ round: Int, _ kept: Kept)
    async throws(Failure)
  {
    try await session(engine) { (session) async throws(Failure) in
      try await session.begin()
      if round.isMultiple(of: 2) {
        try await session.rows("CREATE (:Kept)")
        try await session.rows("MATCH (n:Kept) RETURN count(n)")
        try await session.commit()
        kept.count.add(1, ordering: .relaxed)
      } else {
        try await session.rows("CREATE (:Lost)")
        try await session.rollback()
      }
    }
  }

  private static func runOutOfTime(_ engine: GraphEngine, _ round: Int)
    async throws(Failure)
  {
    try await session(engine) { (session) async throws(Failure) in
      try await session.begin(TransactionOptions(timeoutMilliseconds: Int64(round % 5 + 1)))
      try await session.rows("CREATE (:Lost)")
      while true {
        let result = try await session.run(StatementRequest("UNWIND range(1, 5000) AS x RETURN x"))
        _ = try await result.next()
        await Task.yield()
        _ = try await result.next()
      }
    }
  }

  private static func cancel(_ engine: GraphEngine)
    async throws(Failure)
  {
    try await session(engine) { (session) async throws(Failure) in
      session.forgetCancellation()
      let canceller = Task { session.cancel() }
      let outcome = await session.outcome(
        "UNWIND range(1, 1000000000) AS x WITH x WHERE x < 0 CREATE (:Lost)")
      #expect(outcome == "Transaction.Terminated")
      await canceller.value
    }
  }

  private static func changeSchema(_ engine: GraphEngine, _ round: Int)
    async throws(Failure)
  {
    try await session(engine) { (session) async throws(Failure) in
      let name = "i\(round % 3)"
      try await session.rows("CREATE INDEX \(name) IF NOT EXISTS FOR (n:Kept) ON (n.\(name))")
      try await session.rows("SHOW INDEXES")
      try await session.rows("MATCH (n:Kept) WHERE n.\(name) = 1 RETURN n")
      try await session.rows("DROP INDEX \(name) IF EXISTS")
    }
  }

  private static func changeDatabases(_ engine: GraphEngine, _ round: Int)
    async throws(Failure)
  {
    try await session(engine) { (session) async throws(Failure) in
      let name = "films\(round % 2)"
      try await session.rows("CREATE DATABASE \(name) IF NOT EXISTS")
      try await session.rows("USE \(name) CREATE (:N)")
      try await session.rows("SHOW DATABASES")
      try await session.rows("DROP DATABASE \(name) IF EXISTS")
    }
  }

  private static func useDatabases(_ engine: GraphEngine, _ round: Int)
    async throws(Failure)
  {
    try await session(engine, "films\(round % 2)") { (session) async throws(Failure) in
      try await session.begin()
      try await session.rows("CREATE (:N)")
      try await session.rows("MATCH (n) RETURN count(n)")
      try await session.commit()
    }
  }

  private static func changeUsers(_ engine: GraphEngine, _ round: Int)
    async throws(Failure)
  {
    try await session(engine) { (session) async throws(Failure) in
      let name = "user\(round % 3)"
      try await session.rows(
        "CREATE USER \(name) IF NOT EXISTS SET PASSWORD 'abcdefgh' CHANGE NOT REQUIRED")
      _ = try engine.users.authenticate(name: name, password: Array("abcdefgh".utf8))
      try await session.rows("SHOW USERS")
      try await session.rows("DROP USER \(name) IF EXISTS")
    }
  }

  /// Leaves in the middle of a transaction, without closing.
  private static func leave(_ engine: GraphEngine)
    async throws(Failure)
  {
    let session = try engine.session()
    try await session.begin()
    try await session.rows("CREATE (:Lost)")
    let result = try await session.run(StatementRequest("UNWIND range(1, 5000) AS x RETURN x"))
    _ = try await result.next()
  }

  private static func writeInBatches(_ engine: GraphEngine)
    async throws(Failure)
  {
    try await session(engine) { (session) async throws(Failure) in
      try await session.rows(
        "UNWIND range(1, 10) AS x CALL (x) { CREATE (:Batch) } IN TRANSACTIONS OF 3 ROWS")
    }
  }

  // MARK: Who ends it

  private static func terminate(_ engine: GraphEngine, until kept: Kept)
    async throws(Failure)
  {
    let session = try engine.session()
    while !kept.isAll.load(ordering: .acquiring) {
      for found in try await session.rows(
        "SHOW TRANSACTIONS YIELD transactionId AS id, currentQuery AS query "
          + "WHERE NOT query CONTAINS 'TRANSACTIONS YIELD' RETURN id LIMIT 1")
      {
        try await session.rows("TERMINATE TRANSACTION \(found[0])")
      }
      for _ in 0..<100 { await Task.yield() }
    }
    await session.close()
  }
}
