#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The three descriptors that every program expects to be open.
public enum StandardStreams {
  /// Opens the null device in place of those that the parent closed.
  ///
  /// Otherwise the next file to be opened would take their place: results would be written into a
  /// database's file, or a script be read from a pipe of our own.
  public static func fillGaps() {
    var descriptor = unsafe open("/dev/null", O_RDWR)
    while descriptor >= 0, descriptor <= 2 {
      descriptor = unsafe open("/dev/null", O_RDWR)
    }
    if descriptor > 2 { close(descriptor) }
  }
}
