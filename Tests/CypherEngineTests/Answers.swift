import CypherEngine
import Diagnostics
import GraphValues
import QuerySession

/// Runs statements on databases in memory and gives rows as text.
struct Answers {
  let engine: GraphEngine
  let session: any Session

  init(memoryLimitBytes: Int? = nil) throws {
    var options = GraphEngine.Options()
    if let memoryLimitBytes { options.memoryLimitBytes = memoryLimitBytes }
    engine = try GraphEngine.memory(options: options)
    session = try engine.session()
  }

  /// The rows of a statement, each value as a literal.
  @discardableResult
  func rows(_ text: String, _ parameters: MapValue = MapValue()) async throws(Failure) -> [[String]]
  {
    let stream = try await session.run(StatementRequest(text, parameters: parameters))
    var rows: [[String]] = []
    while let batch = try await stream.next() {
      for row in 0..<batch.count { rows.append(batch.columns.map { $0[row].literal }) }
    }
    return rows
  }

  /// The code of the failure that a statement ends in, or `nil`.
  func failureCode(_ text: String) async -> String? {
    do throws(Failure) {
      try await rows(text)
      return nil
    } catch {
      return error.code
    }
  }

  /// The statuses of the failure that a statement ends in, the outer one first; none without one.
  func failureStatuses(_ text: String) async -> [String] {
    do throws(Failure) {
      try await rows(text)
      return []
    } catch {
      return [error.gqlStatus] + error.causes.map(\.gqlStatus)
    }
  }
}
