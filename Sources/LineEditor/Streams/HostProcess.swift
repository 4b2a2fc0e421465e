import CLineEditorShims

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The standard streams' and the process's properties.
public enum HostProcess {
  /// Whether a standard stream (0, 1, 2) is a terminal.
  public static func isTerminal(_ stream: Int32) -> Bool { isatty(stream) == 1 }

  /// Whether standard input was a terminal that is gone.
  public static var isTerminalGone: Bool {
    var settings = termios()
    return unsafe tcgetattr(0, &settings) != 0 && nacre_errno() == EIO
  }

  /// Columns of the terminal behind standard output; `nil` where there is none.
  public static var terminalColumns: Int? {
    var columns: Int32 = 0
    var rows: Int32 = 0
    unsafe nacre_terminal_size(&columns, &rows)
    return columns > 0 ? Int(columns) : nil
  }

  /// The value of an environment variable; `nil` when it is not set.
  public static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  /// The bytes of an argument of the process, which need not be UTF-8.
  ///
  /// - Parameter text: The argument with U+FFFD for what is not UTF-8.
  /// - Returns: Its bytes; those of the text where the process has no such argument.
  public static func bytes(ofArgument text: String) -> [UInt8] {
    for index in 0..<Int(CommandLine.argc) {
      guard let argument = unsafe CommandLine.unsafeArgv[index] else { continue }
      let bytes = unsafe [UInt8](
        UnsafeRawBufferPointer(start: argument, count: strlen(argument)))
      if String(decoding: bytes, as: UTF8.self) == text { return bytes }
    }
    return Array(text.utf8)
  }

  /// Ends the process at once; nothing that waits in buffers is written.
  public static func exit(_ status: Int32) -> Never { _exit(status) }

  /// Milliseconds since 1970.
  public static var epochMilliseconds: Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// Nanoseconds of a clock that never goes back.
  public static var monotonicNanoseconds: UInt64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }

  /// Makes a folder and those above it, for the owner only; one that exists is fine.
  ///
  /// - Throws: When the system refuses.
  public static func makeFolders(_ path: String) throws(StreamError) {
    var end = path.startIndex
    while end < path.endIndex {
      end = path[path.index(after: end)...].firstIndex(of: "/") ?? path.endIndex
      let folder = String(path[..<end])
      if unsafe mkdir(folder, 0o700) != 0, nacre_errno() != EEXIST {
        throw ByteSource.error(nacre_errno(), folder)
      }
    }
  }

  /// Makes a file readable and writable by its owner only.
  public static func restrictToOwner(_ path: String) {
    _ = unsafe chmod(path, 0o600)
  }

  /// What lies at a path, links followed.
  public enum FileKind: Sendable {
    /// Nothing that can be looked at.
    case missing
    /// A file.
    case file
    /// A folder.
    case folder
    /// A character device, such as `/dev/null`.
    case device
    /// Something else: a pipe, a socket, a disk.
    case other
  }

  /// Finds out what lies at a path, without opening it.
  public static func kind(of path: String) -> FileKind {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return .missing }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    case S_IFCHR: return .device
    default: return .other
    }
  }
}
