import CLMDB

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An open file that is read and written at offsets, flushed, and locked among processes.
struct LogFile: ~Copyable, Sendable {
  /// The system's number of it.
  let descriptor: Int32

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: Where it lies.
  ///   - isReadOnly: Whether it is only read; then it must be there.
  /// - Returns: `nil` when it is missing and may not be made.
  /// - Throws: `system`, `diskFull`.
  static func open(_ path: String, isReadOnly: Bool) throws(KeyValueError) -> LogFile? {
    let flags = isReadOnly ? O_RDONLY : O_RDWR | O_CREAT
    let descriptor = Self.opened(path, flags | O_CLOEXEC)
    if descriptor >= 0 { return LogFile(descriptor: descriptor) }
    if isReadOnly && errno == ENOENT { return nil }
    throw KeyValueError(errno, "open log")
  }

  private static func opened(_ path: String, _ flags: Int32) -> Int32 {
    #if canImport(Glibc)
      unsafe Glibc.open(path, flags, 0o644)
    #else
      unsafe Darwin.open(path, flags, 0o644)
    #endif
  }

  private init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { _ = close(descriptor) }

  /// How many bytes it has.
  func size() throws(KeyValueError) -> Int {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw KeyValueError(errno, "open log") }
    return Int(status.st_size)
  }

  /// Reads up to `count` bytes; fewer where the file ends.
  func read(_ count: Int, at offset: Int) throws(KeyValueError) -> ByteBuffer {
    try Self.read(descriptor, count, at: offset)
  }

  /// Reads up to `count` bytes of an open file; fewer where it ends.
  static func read(_ descriptor: Int32, _ count: Int, at offset: Int) throws(KeyValueError)
    -> ByteBuffer
  {
    var bytes = ByteBuffer()
    bytes.appendZeros(count)
    var done = 0
    while done < count {
      let read = unsafe pread(descriptor, bytes.base + done, count - done, off_t(offset + done))
      if read < 0 {
        if errno == EINTR { continue }
        throw KeyValueError(errno, "read")
      }
      if read == 0 { break }
      done += read
    }
    bytes.truncate(to: done)
    return bytes
  }

  /// Writes bytes, all of them.
  func write(_ bytes: RawSpan, at offset: Int) throws(KeyValueError) {
    let descriptor = descriptor
    let code = unsafe bytes.withUnsafeBytes { bytes -> Int32 in
      guard let start = bytes.baseAddress else { return 0 }
      var done = 0
      while done < bytes.count {
        let written = unsafe pwrite(
          descriptor, start + done, bytes.count - done, off_t(offset + done))
        if written < 0 {
          if errno == EINTR { continue }
          return errno
        }
        // Nothing taken and no reason given: do not try for ever.
        if written == 0 { return ENOSPC }
        done += written
      }
      return 0
    }
    guard code == 0 else { throw KeyValueError(code, "write log") }
  }

  /// Shortens the file, as far as the system lets it.
  func truncate(to size: Int) { _ = ftruncate(descriptor, off_t(size)) }

  /// Sends written bytes on their way to the disk; `flush` waits for them.
  func startFlush(_ count: Int, at offset: Int) {
    #if canImport(Glibc)
      // What fails here fails again in `flush`.
      _ = sync_file_range(
        descriptor, Int64(offset), Int64(count), UInt32(NACRE_SYNC_FILE_RANGE_WRITE))
    #endif
  }

  /// Returns when the disk has what was written.
  func flush() throws(KeyValueError) {
    #if canImport(Darwin)
      // `fsync` leaves it in the drive's own memory there.
      let code = fcntl(descriptor, F_FULLFSYNC)
    #else
      let code = fdatasync(descriptor)
    #endif
    guard code == 0 else { throw KeyValueError(errno, "flush log") }
  }

  /// How a file is locked, by all processes that follow the same rule.
  enum Lock {
    /// Others may hold it too.
    case shared
    /// Nobody else holds it.
    case exclusive

    fileprivate var flag: Int32 { self == .shared ? LOCK_SH : LOCK_EX }
  }

  /// Takes a lock instead of the one that is held, unless another process is in the way; then none is
  /// held.
  func lock(_ lock: Lock) throws(KeyValueError) -> Bool {
    while flock(descriptor, lock.flag | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      if errno == EWOULDBLOCK { return false }
      throw KeyValueError(errno, "lock log")
    }
    return true
  }
}

extension FileSystem {
  /// Makes the names in a directory durable.
  static func flushDirectory(_ path: String) throws(KeyValueError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw KeyValueError(errno, "open") }
    defer { _ = close(descriptor) }
    // Some file systems know no such thing and need none.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw KeyValueError(errno, "flush") }
  }

  /// What names the time since the system was started; `nil` where it has no such name.
  static let bootID: [UInt8]? = {
    #if canImport(Darwin)
      var bytes = [UInt8](repeating: 0, count: 64)
      var count = bytes.count
      guard unsafe sysctlbyname("kern.bootsessionuuid", &bytes, &count, nil, 0) == 0 else {
        return nil
      }
      let found = Array(bytes[..<min(count, 36)])
    #else
      let descriptor = unsafe open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { return nil }
      defer { _ = close(descriptor) }
      guard let read = try? LogFile.read(descriptor, 36, at: 0) else { return nil }
      let found = read.bytes.bytes()
    #endif
    return found.count == 36 ? found : nil
  }()
}
