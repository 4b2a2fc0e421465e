import Synchronization

/// The environments that this process has open, by device and inode of their directories.
///
/// LMDB's locks belong to the process: opening a file twice and closing one of the two drops the
/// locks of the other.
enum OpenEnvironments {
  private struct Entry {
    let identity: FileIdentity
    weak var environment: Environment?
  }

  /// Few: a list is searched sooner than a table is set up.
  private static let entries = Mutex<[Entry]>([])

  static func environment(
    _ identity: FileIdentity, open: () throws(KeyValueError) -> Environment
  ) throws(KeyValueError) -> Environment {
    while true {
      let found: Result<Environment?, KeyValueError> = entries.withLock { entries in
        if let entry = entries.first(where: { $0.identity == identity }) {
          return .success(entry.environment)
        }
        do throws(KeyValueError) {
          let environment = try open()
          entries.append(Entry(identity: identity, environment: environment))
          return .success(environment)
        } catch {
          return .failure(error)
        }
      }
      if let environment = try found.get() { return environment }
      // Another thread is just closing it.
      FileSystem.pause(microseconds: 50)
    }
  }

  static func forget(_ identity: FileIdentity) {
    entries.withLock { $0.removeAll { $0.identity == identity } }
  }
}
