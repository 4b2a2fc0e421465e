import Diagnostics
import GraphValues
import QuerySession

/// What the engine answered.
struct GoldenAnswer {
  var keys: [String] = []
  var rows: [[Value]] = []
  var summary: ResultSummary?
  var failure: Failure?
  var statement: String

  static func ask(_ session: any Session, _ statement: String, _ parameters: MapValue) async
    -> GoldenAnswer
  {
    var answer = GoldenAnswer(statement: statement)
    do {
      let result = try await session.run(StatementRequest(statement, parameters: parameters))
      answer.keys = result.columns
      while let batch = try await result.next() {
        for row in 0..<batch.count { answer.rows.append(batch.columns.map { $0[row] }) }
      }
      answer.summary = try await result.summary()
    } catch {
      answer.failure = error
    }
    return answer
  }
}
