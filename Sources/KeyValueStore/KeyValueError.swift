import CLMDB

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why the key-value store could not do something.
public enum KeyValueError: Error, Sendable, Equatable {
  /// Another process or thread holds the writer's place; the pid is known when it wrote it down.
  case locked(byProcess: Int32?)
  /// The data have grown to the size of the map.
  case mapFull(limitBytes: Int)
  /// The disk or the quota is full.
  case diskFull
  /// The file is no LMDB file, is damaged, or comes from another version or machine.
  case invalidFile
  /// The operating system refused an operation.
  case system(operation: String, errorNumber: Int32)
  /// LMDB refused an operation; `code` is one of its own.
  case library(operation: String, code: Int32)
  /// The commit log holds commits that the data's file lacks and that cannot be made again.
  case unusableLog(LogProblem)
  /// As many transactions are open as the environment has room for.
  case tooManyReaders
  /// The transaction only reads.
  case readOnly
  /// The transaction has ended.
  case finished

  init(_ code: Int32, _ operation: String, limitBytes: Int = 0) {
    switch code {
    case MDB_MAP_FULL: self = .mapFull(limitBytes: limitBytes)
    case ENOSPC, EDQUOT: self = .diskFull
    case MDB_READERS_FULL: self = .tooManyReaders
    case MDB_INVALID, MDB_CORRUPTED, MDB_VERSION_MISMATCH, MDB_PAGE_NOTFOUND: self = .invalidFile
    case EACCES where operation == "put" || operation == "delete": self = .readOnly
    case let code where code > 0: self = .system(operation: operation, errorNumber: code)
    default: self = .library(operation: operation, code: code)
    }
  }
}

/// Why commits of the log cannot be made again.
public enum LogProblem: Sendable, Equatable {
  /// A record in the middle is not whole.
  case damaged
  /// The data's file is not the one that the log was written beside.
  case foreign
  /// Nobody may write to the files.
  case readOnly
}
