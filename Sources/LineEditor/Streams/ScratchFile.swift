import CLineEditorShims

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file without a name that vanishes with the process: for output that is too large to wait in
/// memory.
public final class ScratchFile {
  private let descriptor: Int32
  private let sink: ByteSink

  /// Makes an empty file in `TMPDIR`, else in `/tmp`.
  ///
  /// - Throws: When the system refuses.
  public init() throws(StreamError) {
    let folder = HostProcess.environment("TMPDIR") ?? "/tmp"
    var template = Array((folder + "/nacre-XXXXXX").utf8CString)
    let made = unsafe mkstemp(&template)
    guard made >= 0 else { throw ByteSource.error(nacre_errno(), folder) }
    _ = unsafe unlink(&template)
    _ = fcntl(made, F_SETFD, FD_CLOEXEC)
    descriptor = made
    sink = ByteSink(descriptor: made, isOwned: true)
  }

  /// Adds bytes: all of them, or none where that fails.
  public func append(_ bytes: [UInt8]) -> ByteSink.Outcome {
    let size = lseek(descriptor, 0, SEEK_CUR)
    let outcome = sink.write(bytes)
    if outcome != .written, ftruncate(descriptor, size) == 0 { lseek(descriptor, size, SEEK_SET) }
    return outcome
  }

  /// All bytes from the start; nothing may be added any more.
  public func contents() -> ByteSource {
    lseek(descriptor, 0, SEEK_SET)
    return ByteSource(descriptor: descriptor, isOwned: false)
  }
}
