import Bolt
import Diagnostics
import GraphValues
import QuerySession

/// Explicit transactions: BEGIN, COMMIT, ROLLBACK.
extension Conversation {
  func begin(_ map: MapValue) async throws(ProtocolFailure) {
    let extra = try TransactionExtra(map, version: version)
    if let user, user.mustChangePassword {
      throw ProtocolFailure(.credentialsExpired, closes: false)
    }
    let session = try await session(for: extra)
    do throws(Failure) {
      try await session.begin(TransactionOptions(extra))
    } catch {
      throw ProtocolFailure(error, closes: false)
    }
    transactionFilter = extra.notifications
    results = []
    var reply = MapValue()
    if version.tellsHomeDatabase, extra.database.isEmpty {
      reply["db"] = .string(session.database)
    }
    replies.succeed(reply)
  }

  func commit() async throws(ProtocolFailure) {
    guard let session, session.isInTransaction else {
      throw ProtocolFailure(.transactionLost, closes: false)
    }
    results = []
    transactionFilter = nil
    do throws(Failure) {
      try await session.commit()
    } catch {
      throw ProtocolFailure(error, closes: false)
    }
    var reply = MapValue()
    if let bookmark = session.bookmarks.last { reply["bookmark"] = .string(bookmark) }
    replies.succeed(reply)
  }

  func rollback() async throws(ProtocolFailure) {
    results = []
    transactionFilter = nil
    if let session, session.isInTransaction {
      do throws(Failure) { try await session.rollback() } catch {
        throw ProtocolFailure(error, closes: false)
      }
    }
    replies.succeed()
  }
}
