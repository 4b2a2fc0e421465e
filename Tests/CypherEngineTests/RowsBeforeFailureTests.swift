import CypherEngine
import Diagnostics
import GraphValues
import QuerySession
import Testing

/// Rows in front of one that fails reach the client before the failure does.
@Suite struct RowsBeforeFailureTests {
  @Test(arguments: [
    ("UNWIND [1, 0] AS d RETURN 1 / d AS x", 1), ("UNWIND [4, 2, 1, 0, 1] AS d RETURN 8 / d", 3),
    ("UNWIND [0, 1] AS d RETURN 1 / d", 0),
  ])
  func areDelivered(statement: String, expected: Int) async throws {
    try await Self.expect(statement, expected, isGrouped: false)
    // Behind a statement whose changes are not durable yet, too.
    try await Self.expect(statement, expected, isGrouped: true)
  }

  private static func expect(_ statement: String, _ expected: Int, isGrouped: Bool) async throws {
    let session = try GraphEngine.memory().session()
    if isGrouped {
      let written = try await session.run(StatementRequest("CREATE ()", isGrouped: true))
      #expect(!written.isDurable)
    }
    let stream = try await session.run(StatementRequest(statement, isGrouped: isGrouped))
    var rows = 0
    var code: String?
    do throws(Failure) {
      while let batch = try await stream.next() { rows += batch.count }
    } catch {
      code = error.code
    }
    #expect(rows == expected)
    #expect(code == "Neo.ClientError.Statement.ArithmeticError")
    guard isGrouped else { return await session.close() }
    try await session.sync()
    let counted = try await session.run(StatementRequest("MATCH (n) RETURN count(n)"))
    #expect(try await counted.next()?.columns.first?.first?.literal == "1")
    await session.close()
  }
}
