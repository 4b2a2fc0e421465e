import Diagnostics
import QuerySession

/// A statement's result as it comes from a server.
///
/// Safe: used by the one caller of its session, which does all the work.
final class RemoteResult: ResultStream, @unchecked Sendable {
  let statement: RemoteStatement
  private let session: RemoteSession

  init(_ session: RemoteSession, _ statement: RemoteStatement) {
    self.session = session
    self.statement = statement
  }

  /// Waits for the server to accept the statement, where it was grouped; empty where it failed.
  var columns: [String] { session.columns(of: statement) }

  /// What is handed out of a grouped statement is committed, unless it is too much to be held.
  var isDurable: Bool { true }

  /// Grouped statements are on their way when their result is given.
  var isAwaited: Bool { statement.isGrouped }

  func opened() async throws(Failure) { try session.waitUntilOpened(statement) }

  func next() async throws(Failure) -> RecordBatch? { try session.nextBatch(of: statement) }

  func summary() async throws(Failure) -> ResultSummary { try session.summary(of: statement) }
}
