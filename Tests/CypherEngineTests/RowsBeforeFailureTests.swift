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
    let session = try GraphEngine.memory().session()
    let stream = try await session.run(StatementRequest(statement))
    var rows = 0
    var code: String?
    do throws(Failure) {
      while let batch = try await stream.next() { rows += batch.count }
    } catch {
      code = error.code
    }
    #expect(rows == expected)
    #expect(code == "Neo.ClientError.Statement.ArithmeticError")
    await session.close()
  }
}
