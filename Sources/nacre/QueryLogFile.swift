import BoltServer
import Diagnostics
import Foundation
import Synchronization

/// The file of statements that a server has carried out, a line for each.
final class QueryLogFile: Sendable {
  private let file: Mutex<FileHandle>

  /// Opens the file, which grows at its end.
  init(path: String) throws(Failure) {
    if !FileManager.default.fileExists(atPath: path) {
      _ = FileManager.default.createFile(atPath: path, contents: nil)
    }
    guard let file = FileHandle(forWritingAtPath: path) else {
      throw Failure(
        code: "Neo.ClientError.General.InvalidArguments", message: "Cannot write to \(path).")
    }
    _ = try? file.seekToEnd()
    self.file = Mutex(file)
  }

  /// Writes a line.
  func log(_ entry: QueryLogEntry) {
    let time = Date().formatted(.iso8601)
    let parts = [
      time, "\(entry.milliseconds) ms", entry.connection, entry.peer, entry.user, entry.agent,
      entry.database, entry.failureCode ?? "-", entry.statement.replacing("\n", with: " "),
    ]
    let line = Data((parts.joined(separator: "\t") + "\n").utf8)
    file.withLock { file in
      // A log that cannot be written must not stop what it tells about.
      try? file.write(contentsOf: line)
    }
  }
}
