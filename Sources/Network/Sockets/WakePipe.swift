import CLibEvent

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A pipe by which any thread ends another's wait.
final class WakePipe: Sendable {
  let reading: Int32
  private let writing: Int32

  init() throws(NetworkError) {
    var ends: (Int32, Int32) = (-1, -1)
    let code = unsafe withUnsafeMutablePointer(to: &ends) {
      unsafe $0.withMemoryRebound(to: Int32.self, capacity: 2) { unsafe pipe($0) }
    }
    guard code == 0 else { throw .system(operation: "pipe", errorNumber: errno) }
    reading = ends.0
    writing = ends.1
    for end in [ends.0, ends.1] {
      evutil_make_socket_nonblocking(end)
      evutil_make_socket_closeonexec(end)
    }
  }

  deinit {
    close(reading)
    close(writing)
  }

  /// Ends the wait, or the next one; a pipe that is full has done so before.
  func wake() {
    var byte: UInt8 = 1
    _ = unsafe write(writing, &byte, 1)
  }

  /// Takes out what `wake` put in.
  func clear() {
    var bytes: (UInt64, UInt64) = (0, 0)
    while unsafe read(reading, &bytes, 16) > 0 {}
  }
}
