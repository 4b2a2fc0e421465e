import CLineEditorShims

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why a file cannot be read or written.
public enum StreamError: Error, Equatable, Sendable {
  /// No such file.
  case missing(path: String)
  /// The path is a folder.
  case isDirectory(path: String)
  /// Anything else, with the system's words for it.
  case other(path: String, reason: String)
}

/// Bytes that come from a file, a pipe or a terminal.
public final class ByteSource {
  /// What came of reading.
  public enum Outcome: Equatable, Sendable {
    /// So many bytes were appended.
    case bytes(Int)
    /// Nothing more will come.
    case end
    /// A signal came first; see `SignalWatch`.
    case woken
    /// Nothing came within the time given.
    case timedOut
    /// The system refused.
    case failed(reason: String)
  }

  /// The process's standard input.
  public static var standardInput: ByteSource { ByteSource(descriptor: 0, isOwned: false) }

  private static let chunkSize = 65_536

  private let descriptor: Int32
  private let isOwned: Bool

  init(descriptor: Int32, isOwned: Bool) {
    self.descriptor = descriptor
    self.isOwned = isOwned
  }

  /// Opens a file for reading.
  ///
  /// - Throws: When it is missing, a folder or unreadable.
  public convenience init(path: String) throws(StreamError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.error(nacre_errno(), path) }
    var status = stat()
    if unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      close(descriptor)
      throw .isDirectory(path: path)
    }
    self.init(descriptor: descriptor, isOwned: true)
  }

  deinit {
    if isOwned { close(descriptor) }
  }

  /// Whether reading now would have to wait.
  public var wouldBlock: Bool { nacre_wait_readable(descriptor, -1, 0) == 0 }

  /// Waits for bytes and appends those that are there, at most 64 KiB.
  ///
  /// - Parameters:
  ///   - buffer: Keeps what it holds.
  ///   - timeoutMilliseconds: Below 0 waits for ever.
  ///   - heedsSignals: Whether a signal ends the wait.
  /// - Returns: What came of it.
  public func read(
    into buffer: inout [UInt8], timeoutMilliseconds: Int = -1, heedsSignals: Bool = true
  ) -> Outcome {
    let wake = heedsSignals ? SignalWatch.wakeDescriptor : -1
    switch nacre_wait_readable(descriptor, wake, Int32(clamping: timeoutMilliseconds)) {
    case 0: return .timedOut
    case 2: return .woken
    case 1: break
    default: return .failed(reason: Self.reason(nacre_errno()))
    }
    let start = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: Self.chunkSize))
    let count = unsafe buffer.withUnsafeMutableBytes { bytes in
      unsafe Self.read(descriptor, UnsafeMutableRawBufferPointer(rebasing: bytes[start...]))
    }
    buffer.removeLast(Self.chunkSize - max(count, 0))
    if count < 0 { return .failed(reason: Self.reason(nacre_errno())) }
    return count == 0 ? .end : .bytes(count)
  }

  private static func read(_ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer) -> Int {
    while true {
      #if canImport(Glibc)
        let count = unsafe Glibc.read(descriptor, bytes.baseAddress, bytes.count)
      #else
        let count = unsafe Darwin.read(descriptor, bytes.baseAddress, bytes.count)
      #endif
      if count >= 0 || nacre_errno() != EINTR { return count }
    }
  }

  static func error(_ number: Int32, _ path: String) -> StreamError {
    switch number {
    case ENOENT, ENOTDIR: .missing(path: path)
    case EISDIR: .isDirectory(path: path)
    default: .other(path: path, reason: reason(number))
    }
  }

  static func reason(_ number: Int32) -> String {
    guard let text = unsafe strerror(number) else { return "error \(number)" }
    return unsafe String(cString: text)
  }
}
