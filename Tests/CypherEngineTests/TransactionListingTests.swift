import CypherEngine
import Diagnostics
import GraphValues
import QuerySession
import Testing

@Suite struct TransactionListingTests {
  @Test func whatIsUnderWayIsListed() async throws {
    let administration = try Administration()
    let watching = try administration.session()
    let busy = try administration.session("system")
    let list = "SHOW TRANSACTIONS YIELD database, currentQuery, username, status, metaData"
    #expect(
      try await watching.rows(list) == [["'neo4j'", "'\(list)'", "'neo4j'", "'Running'", "{}"]])
    try await busy.begin(TransactionOptions(metadata: MapValue([("app", .string("a"))])))
    let rows = try await watching.rows(list + " WHERE database = 'system'")
    #expect(rows == [["'system'", "''", "'neo4j'", "'Running'", "{app: 'a'}"]])
    try await busy.rollback()
    #expect(try await watching.rows(list + " WHERE database = 'system'") == [])
  }

  @Test func aTransactionHasTheMetadataThatItsClientSends() async throws {
    let administration = try Administration()
    let session = try administration.session()
    let options = TransactionOptions(metadata: MapValue([("app", .string("a"))]))
    let call = "CALL tx.getMetaData()"
    #expect(try await session.rows(call) == [["{}"]])
    try await session.begin(options)
    #expect(try await session.rows(call) == [["{app: 'a'}"]])
    try await session.rows("CALL tx.setMetaData({app: 'b'})")
    #expect(try await session.rows(call) == [["{app: 'b'}"]])
    try await session.rollback()
    // The next transaction has its own.
    #expect(try await session.rows(call) == [["{}"]])
  }

  @Test func commandsFollowEachOther() async throws {
    let administration = try Administration()
    let watching = try administration.session()
    let busy = try administration.session("system")
    try await busy.begin(TransactionOptions())
    let others = "SHOW TRANSACTIONS YIELD transactionId AS t, database AS d WHERE d = 'system' "
    #expect(
      try await watching.rows(others + "SHOW TRANSACTIONS t YIELD username RETURN d, username")
        == [["'system'", "'neo4j'"]])
    #expect(
      try await watching.rows(
        others + "TERMINATE TRANSACTIONS [t, 'neo4j-transaction-0'] YIELD message AS m"
      )
      .map { $0.suffix(2) } == [
        ["'system'", "'Transaction terminated.'"], ["'system'", "'Transaction not found.'"],
      ])
    #expect(await busy.outcome("SHOW USERS") == "Transaction.Terminated")
    #expect(
      try await watching.rows(
        "SHOW TRANSACTIONS YIELD transactionId AS t TERMINATE TRANSACTIONS t YIELD message "
          + "RETURN message") == [["'Transaction terminated.'"]])
  }

  @Test(arguments: [
    ("SHOW TRANSACTIONS TERMINATE TRANSACTIONS 'x' YIELD message RETURN message", ["22N93"]),
    ("SHOW TRANSACTIONS YIELD username SHOW TRANSACTIONS YIELD *", ["22N94"]),
    (
      "SHOW TRANSACTIONS YIELD username AS t TERMINATE TRANSACTIONS u YIELD message",
      ["42001", "42N62"]
    ),
    (
      "SHOW TRANSACTIONS YIELD username SHOW TRANSACTIONS YIELD username RETURN 1",
      ["42001", "42N59"]
    ),
  ]) func commandsBesideOthersSayWhatTheyYield(text: String, statuses: [String]) async throws {
    #expect(await (try Answers()).failureStatuses(text) == statuses)
  }

  @Test func aStatementThatIsReadNoMoreIsNotListed() async throws {
    let administration = try Administration()
    let watching = try administration.session()
    let other = try administration.session()
    let count = "SHOW TRANSACTIONS YIELD currentQuery RETURN count(*)"
    var result: (any ResultStream)? = try await other.run(
      StatementRequest("UNWIND range(1, 5000) AS x RETURN x"))
    _ = try await result?.next()
    #expect(try await watching.rows(count) == [["2"]])
    result = nil
    #expect(try await watching.rows(count) == [["1"]])
    try await other.rows("CREATE (:N)")
    _ = await other.outcome("RETURN 1 / 0")
    _ = await other.outcome("nonsense")
    #expect(try await watching.rows(count) == [["1"]])
  }

  @Test func aStatementOnAnotherDatabaseIsStoppedToo() async throws {
    let administration = try Administration()
    let watching = try administration.session()
    try await watching.rows("CREATE DATABASE films")
    let session = try administration.session()
    // It must not end before it is seen, however late that is.
    let long =
      "USE films UNWIND range(1, 1000000000) AS x UNWIND range(1, 1000000000) AS y "
      + "WITH x, y WHERE x + y < 0 RETURN count(*)"
    let running = Task.detached { await session.outcome(long) }
    let list = "SHOW TRANSACTIONS YIELD database WHERE database = 'films'"
    while try await watching.rows(list).isEmpty { await Task.yield() }
    session.cancel()
    #expect(await running.value == "Transaction.Terminated")
    session.forgetCancellation()
    session.cancel()
    #expect(await session.outcome("USE films RETURN 1") == "Transaction.Terminated")
    #expect(await session.outcome("USE films RETURN 1") == "[[\"1\"]]")
  }

  @Test func passwordsAreNotListed() async throws {
    let administration = try Administration()
    let watching = try administration.session()
    let other = try administration.session()
    let text = "SHOW USERS YIELD user WHERE user <> 'secret' // password"
    let result = try await other.run(
      StatementRequest(text, parameters: MapValue([("p", .string("secret"))])))
    let rows = try await watching.rows(
      "SHOW TRANSACTIONS YIELD currentQuery, parameters WHERE currentQuery STARTS WITH 'SHOW USERS' "
        + "RETURN currentQuery, parameters")
    #expect(rows.count == 1 && !"\(rows)".contains("secret"))
    _ = try await result.summary()
  }

  @Test func anOpenTransactionIsTerminated() async throws {
    let administration = try Administration()
    let watching = try administration.session()
    let victim = try administration.session()
    try await victim.begin()
    try await victim.rows("CREATE (:N)")
    let ids = try await watching.rows(
      "SHOW TRANSACTIONS YIELD transactionId, currentQuery WHERE currentQuery = '' "
        + "RETURN transactionId")
    let id = String((ids.first?.first ?? "").dropFirst().dropLast())
    #expect(
      try await watching.rows("TERMINATE TRANSACTIONS $id", MapValue([("id", .string(id))]))
        == [["'\(id)'", "'neo4j'", "'Transaction terminated.'"]])
    // The writer's place is free at once.
    try await watching.rows("CREATE (:M)")
    #expect(await victim.outcome("RETURN 1") == "Transaction.Terminated")
    #expect(!victim.isInTransaction)
    #expect(try await victim.rows("MATCH (n) RETURN labels(n)") == [["['M']"]])
  }

  @Test(arguments: ["Transaction.Terminated", "Transaction.TransactionTimedOutClientConfiguration"])
  func aResultOfATransactionThatWasEndedDoesNotLookWhole(outcome: String) async throws {
    let administration = try Administration()
    let watching = try administration.session()
    let victim = try administration.session()
    let isTimed = outcome != "Transaction.Terminated"
    try await victim.begin(TransactionOptions(timeoutMilliseconds: isTimed ? 20 : nil))
    let result = try await victim.run(StatementRequest("UNWIND range(1, 5000) AS x RETURN x"))
    let list = "SHOW TRANSACTIONS YIELD transactionId, currentQuery, status "
    if isTimed {
      let ended = list + "WHERE status = 'Terminated' RETURN 1"
      while try await watching.rows(ended).isEmpty { await Task.yield() }
    } else {
      _ = try await result.next()
      let found = try await watching.rows(
        list + "WHERE currentQuery STARTS WITH 'UNWIND' RETURN transactionId")
      let id = found.first?.first ?? ""
      #expect(
        try await watching.rows("TERMINATE TRANSACTION \(id) YIELD message")
          == [["'Transaction terminated.'"]])
    }
    for _ in 1...2 {
      await #expect { _ = try await result.next() } throws: {
        ($0 as? Failure)?.code == "Neo.ClientError." + outcome
      }
    }
    #expect(!victim.isInTransaction)
    #expect(try await victim.rows("RETURN 1") == [["1"]])
  }

  @Test func theConnectionOfAClientIsListed() async throws {
    let administration = try Administration()
    let client = try administration.engine.session(
      connection: ServedConnection(
        id: "bolt-7", address: "127.0.0.1:5000", serverAddress: "localhost:7687",
        protocolName: "bolt"))
    let list = "SHOW TRANSACTIONS YIELD connectionId, clientAddress, protocol, requestUri"
    #expect(
      try await client.rows(list)
        == [["'bolt-7'", "'127.0.0.1:5000'", "'bolt'", "'localhost:7687'"]])
    #expect(try await administration.session().rows(list) == [["''", "''", "''", "''"]])
  }

  @Test func aTransactionEndsAfterTheTimeOfTheEngine() async throws {
    var options = GraphEngine.Options()
    options.transactionTimeoutSeconds = 0.5
    let engine = try GraphEngine.memory(options: options)
    let (silent, patient, next) = (try engine.session(), try engine.session(), try engine.session())
    // A client's own time goes in front; 0 is for ever.
    try await patient.begin(TransactionOptions(timeoutMilliseconds: 0))
    try await silent.begin()
    try await silent.rows("CREATE (:Lost)")
    // Waits until the other one's time is over.
    try await next.begin(TransactionOptions(timeoutMilliseconds: 86_400_000))
    try await next.rows("CREATE (:Kept)")
    try await next.commit()
    #expect(await silent.outcome("RETURN 1") == "Transaction.TransactionTimedOut")
    #expect(
      await next.outcome("UNWIND range(1, 1000000000) AS x WITH x WHERE x < 0 RETURN x")
        == "Transaction.TransactionTimedOut")
    #expect(try await patient.rows("MATCH (n) RETURN labels(n)") == [])
    try await patient.commit()
    #expect(try await next.rows("MATCH (n) RETURN labels(n)") == [["['Kept']"]])
  }

  @Test func whoWaitsForTheWriterDoesNotWaitBeyondItsTime() async throws {
    let engine = try GraphEngine.memory()
    let (writing, waiting) = (try engine.session(), try engine.session())
    try await writing.begin()
    try await writing.rows("CREATE (:N)")
    let failure = await #expect(throws: Failure.self) {
      _ = try await waiting.run(
        StatementRequest(
          "CREATE (:M)", transaction: TransactionOptions(timeoutMilliseconds: 20)))
    }
    #expect(
      failure?.code == "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration")
    try await writing.commit()
  }

  @Test func aSessionThatIsDroppedInATransactionHoldsNoPlace() async throws {
    let administration = try Administration()
    var lost: EmbeddedSession? = try administration.session()
    try await lost?.begin()
    try await lost?.rows("CREATE (:N)")
    lost = nil
    let next = try administration.session()
    try await next.rows("CREATE (:M)")
    #expect(try await next.rows("MATCH (n) RETURN labels(n)") == [["['M']"]])
  }

  @Test(arguments: [
    (
      "TERMINATE TRANSACTION 'neo4j-transaction-99'",
      "[['neo4j-transaction-99', null, 'Transaction not found.']]"
    ),
    ("TERMINATE TRANSACTION 'x'", "General.InvalidArguments"),
    ("TERMINATE TRANSACTION 1", "Statement.TypeError"),
    ("SHOW TRANSACTIONS 'x' YIELD transactionId", "[]"),
    ("SHOW SETTINGS 1", "Statement.TypeError"),
  ])
  func idsAreChecked(statement: String, outcome: String) async throws {
    let got = await (try Administration().session()).outcome(statement)
    #expect(got.filter { $0 != "\"" && $0 != "\\" } == outcome)
  }

  @Test func dataAndSchemaChangeInTransactionsOfTheirOwn() async throws {
    let session = try Administration().session()
    for (first, second) in [
      ("CREATE (:N)", "CREATE INDEX FOR (n:N) ON (n.p)"),
      ("CREATE INDEX FOR (n:N) ON (n.p)", "CREATE (:N)"),
    ] {
      try await session.begin()
      try await session.rows(first)
      #expect(await session.outcome(second) == "Transaction.ForbiddenDueToTransactionType")
      #expect(!session.isInTransaction)
    }
  }
}
