import CLineEditorShims

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where bytes go: standard output, standard error, a file.
public final class ByteSink {
  /// What came of writing.
  public enum Outcome: Equatable, Sendable {
    /// Everything is written.
    case written
    /// Nobody reads any more.
    case closed
    /// The system refused.
    case failed(reason: String)
  }

  /// The process's standard output.
  public static var standardOutput: ByteSink { ByteSink(descriptor: 1, isOwned: false) }

  /// The process's standard error.
  public static var standardError: ByteSink { ByteSink(descriptor: 2, isOwned: false) }

  private let descriptor: Int32
  private let isOwned: Bool

  init(descriptor: Int32, isOwned: Bool) {
    self.descriptor = descriptor
    self.isOwned = isOwned
  }

  /// Opens a file for writing, readable by its owner only.
  ///
  /// - Parameters:
  ///   - path: Its folder must exist.
  ///   - appends: Whether to keep what the file holds.
  /// - Throws: When the system refuses.
  public convenience init(path: String, appends: Bool) throws(StreamError) {
    let mode = O_WRONLY | O_CREAT | O_CLOEXEC | (appends ? O_APPEND : O_TRUNC)
    let descriptor = unsafe open(path, mode, 0o600)
    guard descriptor >= 0 else { throw ByteSource.error(nacre_errno(), path) }
    self.init(descriptor: descriptor, isOwned: true)
  }

  deinit {
    if isOwned { close(descriptor) }
  }

  /// Writes all bytes.
  public func write(_ bytes: [UInt8]) -> Outcome {
    unsafe bytes.withUnsafeBytes { bytes in
      var position = 0
      while position < bytes.count {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[position...])
        #if canImport(Glibc)
          let count = unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
        #else
          let count = unsafe Darwin.write(descriptor, rest.baseAddress, rest.count)
        #endif
        if count >= 0 {
          position += count
          continue
        }
        switch nacre_errno() {
        case EINTR: continue
        case EAGAIN: _ = nacre_wait_writable(descriptor)
        case EPIPE: return .closed
        case let number: return .failed(reason: ByteSource.reason(number))
        }
      }
      return .written
    }
  }
}
