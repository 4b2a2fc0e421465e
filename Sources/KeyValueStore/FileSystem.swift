#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What makes two paths the same file: device and inode.
struct FileIdentity: Hashable, Sendable {
  let device: UInt64
  let inode: UInt64
}

/// The few calls on files and clocks that a store needs.
public enum FileSystem {
  /// Whether an error number says that so much address space is not to be had.
  static func isOutOfSpace(_ errorNumber: Int32) -> Bool {
    errorNumber == ENOMEM || errorNumber == EINVAL
  }

  /// The system's number of a failed read or write.
  public static let inputOutputFault = EIO

  /// What the system calls an error.
  public static func reason(_ errorNumber: Int32) -> String {
    guard let text = unsafe strerror(errorNumber) else { return "error \(errorNumber)" }
    return unsafe String(validatingCString: text) ?? "error \(errorNumber)"
  }

  /// Makes a directory and those above it.
  public static func makeDirectory(_ path: String) throws(KeyValueError) {
    if unsafe mkdir(path, 0o755) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
      throw .system(operation: "make directory", errorNumber: errno)
    }
    try makeDirectory(String(path[..<slash]))
    guard unsafe mkdir(path, 0o755) == 0 || errno == EEXIST else {
      throw .system(operation: "make directory", errorNumber: errno)
    }
  }

  /// Makes an empty file where there is none; LMDB takes it for a new environment.
  static func makeFile(_ path: String) throws(KeyValueError) {
    let file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw .system(operation: "open", errorNumber: errno) }
    _ = close(file)
  }

  /// Whether a directory holds an environment that can be read but not written: on a file system that
  /// is mounted so, or without the right to.
  static func isFixed(_ directory: String) -> Bool {
    let file = directory + "/data.mdb"
    let isWritable = unsafe access(file, R_OK | W_OK) == 0 && access(directory, W_OK) == 0
    if isWritable { return false }
    guard errno == EROFS || errno == EACCES || errno == EPERM else { return false }
    var status = stat()
    return unsafe stat(file, &status) == 0 && status.st_size > 0 && access(file, R_OK) == 0
  }

  /// Makes a directory of a new name for files that vanish.
  ///
  /// In shared memory where there is much of it (containers often have 64 MB): on a disk, giving the
  /// blocks of a vanished file back takes milliseconds.
  public static func makeTemporaryDirectory() throws(KeyValueError) -> String {
    var base = "/tmp"
    var room = statvfs()
    if unsafe statvfs("/dev/shm", &room) == 0, unsafe access("/dev/shm", W_OK) == 0,
      UInt64(room.f_bavail) * UInt64(room.f_frsize) > 1 << 30
    {
      base = "/dev/shm"
    } else if let variable = unsafe getenv("TMPDIR"),
      let text = unsafe String(validatingCString: variable),
      !text.isEmpty
    {
      base = text
    }
    var template = Array((base + "/nacre-XXXXXX").utf8CString)
    let made: String? = unsafe template.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress, let path = unsafe mkdtemp(start) else {
        return nil
      }
      return unsafe String(validatingCString: path)
    }
    guard let made else { throw .system(operation: "make directory", errorNumber: errno) }
    return made
  }

  static func identity(of path: String) throws(KeyValueError) -> FileIdentity {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      throw .system(operation: "open", errorNumber: errno)
    }
    return FileIdentity(
      device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(status.st_ino))
  }

  /// Whether something is at a path.
  public static func exists(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0
  }

  /// Whether a file with content is at a path.
  public static func hasContent(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_size > 0
  }

  /// Removes a file; one that is missing is no error.
  public static func remove(_ path: String) { _ = unsafe unlink(path) }

  /// Removes an empty directory.
  public static func removeDirectory(_ path: String) { _ = unsafe rmdir(path) }

  /// Removes the files of an environment and its directory.
  public static func removeEnvironment(_ directory: String) {
    for file in ["data.mdb", "lock.mdb", "writer.lock", CommitLog.fileName] {
      remove(directory + "/" + file)
    }
    removeDirectory(directory)
  }

  /// Milliseconds since 1970.
  public static func nowMilliseconds() -> Int64 {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }

  static func monotonicSeconds() -> Double {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  static func pause(microseconds: UInt32) { _ = usleep(microseconds) }
}
