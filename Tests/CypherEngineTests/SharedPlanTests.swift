import CypherSyntax
import Diagnostics
import GraphStore
import GraphValues
import QueryPlan
import QuerySession
import Testing

@testable import CypherEngine

@Suite struct SharedPlanTests {
  /// The plan that a session would run a statement with.
  private static func plan(
    _ text: String, in session: EmbeddedSession, _ parameters: MapValue = MapValue()
  ) throws -> PlannedStatement {
    let transaction = try session.beginRead()
    defer { transaction.rollback() }
    let request = StatementRequest(text, parameters: parameters)
    return try session.compiler.prepare(request, transaction).planned
  }

  private static func operators(_ session: EmbeddedSession, _ text: String) async throws -> String {
    let result = try await session.run(StatementRequest("PROFILE " + text))
    return String(describing: try await result.summary().plan)
  }

  @Test func aPlanOfOneSessionServesTheOthers() throws {
    let engine = try GraphEngine.memory()
    let first = try Self.plan("MATCH (n {id: 1}) RETURN n", in: engine.session())
    let second = try Self.plan("MATCH (n {id: 2}) RETURN n", in: engine.session())
    #expect(first === second)
  }

  @Test(
    arguments: [
      ("RETURN $x", .integer(1), "RETURN $x", .string("a")),
      ("UNWIND [1] AS i RETURN i LIMIT 2", .null, "UNWIND [1] AS i RETURN i LIMIT 3", .null),
      ("RETURN 1 AS a", .null, "EXPLAIN RETURN 1 AS a", .null),
      ("RETURN 1 AS a", .null, "CYPHER 25 RETURN 1 AS a", .null),
    ] as [(String, Value, String, Value)])
  func whatIsNotTheSameStatementHasAPlanOfItsOwn(
    one: String, value: Value, other: String, otherValue: Value
  ) throws {
    let engine = try GraphEngine.memory()
    let first = try Self.plan(one, in: engine.session(), MapValue([("x", value)]))
    let second = try Self.plan(other, in: engine.session(), MapValue([("x", otherValue)]))
    #expect(first !== second)
  }

  @Test func anIndexOfOneSessionIsUsedByAllAndItsLossIsSeen() async throws {
    let engine = try GraphEngine.memory()
    let (first, second) = (try engine.session(), try engine.session())
    let statement = "MATCH (n:Person {id: 7}) RETURN n.id AS id"
    try await ConcurrentSessionsTests.run(
      first, "UNWIND range(1, 500) AS i CREATE (:Person {id: i})")
    #expect(try await !Self.operators(first, statement).contains("NodeIndexSeek"))
    #expect(try await !Self.operators(second, statement).contains("NodeIndexSeek"))
    try await ConcurrentSessionsTests.run(first, "CREATE INDEX ids FOR (n:Person) ON (n.id)")
    #expect(try await Self.operators(second, statement).contains("NodeIndexSeek"))
    #expect(try await Self.operators(engine.session(), statement).contains("NodeIndexSeek"))
    try await ConcurrentSessionsTests.run(second, "DROP INDEX ids")
    #expect(try await ConcurrentSessionsTests.value(first, statement) == 7)
    #expect(try await ConcurrentSessionsTests.value(engine.session(), statement) == 7)
  }

  @Test func anIndexThatIsRolledBackLeavesNoPlanBehind() async throws {
    let engine = try GraphEngine.memory()
    let session = try engine.session()
    let statement = "MATCH (n:Person {id: 7}) RETURN n.id AS id"
    try await ConcurrentSessionsTests.run(
      session, "UNWIND range(1, 500) AS i CREATE (:Person {id: i})")
    try await session.begin()
    try await ConcurrentSessionsTests.run(session, "CREATE INDEX FOR (n:Person) ON (n.id)")
    _ = try? await Self.operators(session, statement)
    try? await session.rollback()
    let other = try engine.session()
    #expect(try await !Self.operators(other, statement).contains("NodeIndexSeek"))
    #expect(try await ConcurrentSessionsTests.value(other, statement) == 7)
  }

  @Test func aProcedureRegisteredAnewIsCalledByNewSessions() async throws {
    let engine = try GraphEngine.memory()
    let signature = ProcedureSignature(
      name: "test.answer", inputs: [], outputs: [.init(name: "value", type: .integer)], mode: .read)
    for answer in [Int64(1), 2] {
      engine.register(signature) { _ in [[.integer(answer)]] }
      let found = try await ConcurrentSessionsTests.value(
        engine.session(), "CALL test.answer() YIELD value RETURN value")
      #expect(found == answer)
    }
  }

  @Test func manySessionsAtOnceShareWithoutHarm() async throws {
    let engine = try GraphEngine.memory()
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      for task in 0..<8 {
        tasks.addTask {
          for step in 0..<20 {
            let session = try engine.session()
            let number = Int64(task * 20 + step)
            let name = "name\(step % 5)"
            let found = try await ConcurrentSessionsTests.value(
              session, "WITH \(number) AS \(name) RETURN \(name) + 1")
            #expect(found == number + 1)
            await session.close()
          }
        }
      }
      try await tasks.waitForAll()
    }
  }

  @Test func aCacheHoldsNoMorePlansThanItMay() throws {
    let engine = try GraphEngine.memory()
    let made = try Self.plan("RETURN 1", in: engine.session())
    var cache = PlanCache<PlannedStatement>(mostPlans: 10)
    func key(_ number: Int) -> PlanKey {
      var template = StatementTemplate()
      _ = template.scan("RETURN x\(number)")
      return PlanKey(template: template.key, parameterTypes: [], defaultsToCypher25: false)
    }
    for number in 0..<25 { cache.store(made, key(number), []) }
    let kept = (0..<25).count {
      cache.plan(key($0), [], schemaVersion: made.schemaVersion, size: made.size) != nil
    }
    #expect((1...11).contains(kept))
    #expect(
      cache.plan(key(24), [], schemaVersion: made.schemaVersion, size: made.size) === made)
  }
}
