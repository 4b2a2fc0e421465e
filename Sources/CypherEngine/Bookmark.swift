import CypherRuntime
import Diagnostics
import GraphStore

/// Stands for a state of a database.
struct Bookmark: Hashable {
  let databaseID: String
  let snapshotID: UInt64

  init(databaseID: String, snapshotID: UInt64) {
    self.databaseID = databaseID
    self.snapshotID = snapshotID
  }

  /// The bookmark as clients keep it.
  var text: String { "\(Self.prefix)\(databaseID):\(String(snapshotID, radix: 36))" }

  private static let prefix = "NB:"

  /// Whether a text is a bookmark of a Neo4j server: it stands for no state of any database here, so
  /// that there is nothing to wait for.
  static func isForeign(_ text: String) -> Bool {
    let rest = text.utf8.dropFirst(3)
    return text.hasPrefix("FB:") && rest.count >= 16 && rest.count <= longestText
      && rest.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2F, 0x3D, 0x5F, 0x2D: true
        default: false
        }
      }
  }
  private static let longestText = 200

  /// Reads what a client kept.
  init(_ text: String) throws(Failure) {
    let parts = text.utf8.count <= Self.longestText ? text.split(separator: ":") : []
    guard parts.count == 3, text.hasPrefix(Self.prefix), let id = UInt64(parts[2], radix: 36) else {
      throw .invalidBookmark(String(text.prefix(Self.longestText)))
    }
    databaseID = String(parts[1])
    snapshotID = id
  }
}

extension EmbeddedSession {
  private static let bookmarkWaitSeconds: Double = 30

  /// Waits until the database has the states that bookmarks stand for.
  ///
  /// Within a process it has them always; another process may not have committed yet. Bookmarks of
  /// other databases do not concern this one: drivers send along all that they have ever got.
  func follow(_ texts: [String]) async throws(Failure) {
    var latest: UInt64 = 0
    for text in texts where !Bookmark.isForeign(text) {
      let bookmark = try Bookmark(text)
      if bookmark.databaseID == descriptor.id { latest = max(latest, bookmark.snapshotID) }
    }
    guard latest > 0, !writer.hasSettled(latest) else { return }
    var waited: Double = 0
    while try beginRead().snapshotID < latest {
      if watch.isCancelled { throw watch.cancellation.failure }
      guard waited < Self.bookmarkWaitSeconds else {
        throw .bookmarkTimeout(descriptor.name, seconds: Self.bookmarkWaitSeconds)
      }
      try? await Task.sleep(for: .milliseconds(20))
      waited += 0.02
    }
  }
}

extension Failure {
  /// A bookmark that is none.
  fileprivate static func invalidBookmark(_ text: String) -> Failure {
    Failure(
      code: "Neo.ClientError.Transaction.InvalidBookmark",
      message: "Parsing of supplied bookmarks failed with message: '\(text)' is no bookmark",
      gqlStatus: "08N12",
      gqlDescription:
        "connection exception - failed to parse bookmark. Failed to parse the supplied "
        + "bookmark. Verify it is correct or check the debug log for more information.")
  }

  /// A state that did not come.
  fileprivate static func bookmarkTimeout(_ database: String, seconds: Double) -> Failure {
    Failure(
      code: "Neo.TransientError.Transaction.BookmarkTimeout",
      message: "Database '\(database)' not up to the requested version after \(Int(seconds)) s",
      gqlStatus: "08N13",
      gqlDescription:
        "connection exception - database not up to requested bookmark. Database '\(database)' is "
        + "not up to the requested bookmark.")
  }

  /// Another writer keeps its place for too long.
  static func writerBusy(_ database: String, seconds: Double) -> Failure {
    Failure(
      code: "Neo.TransientError.Transaction.LockAcquisitionTimeout",
      message: "Another transaction of this process is still writing to '\(database)' after "
        + "\(Int(seconds)) s; nothing was written. SHOW TRANSACTIONS lists it and TERMINATE "
        + "TRANSACTION ends it.",
      gqlStatus: "25N16",
      gqlDescription: "invalid transaction state - transaction termination transient error. The "
        + "wait for the writer's place was too long.",
      hint: "try again when it has ended")
  }
}
