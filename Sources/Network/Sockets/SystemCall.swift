#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Calls of the system whose names methods of ours have too, or that differ between systems.
enum SystemCall {
  #if canImport(Glibc)
    static let streamKind = Int32(SOCK_STREAM.rawValue)
  #else
    static let streamKind = SOCK_STREAM
  #endif

  static func listen(_ descriptor: Int32, backlog: Int32) -> Int32 {
    #if canImport(Glibc)
      Glibc.listen(descriptor, backlog)
    #else
      Darwin.listen(descriptor, backlog)
    #endif
  }

  static func accept(
    _ descriptor: Int32, _ address: UnsafeMutablePointer<sockaddr>, _ size: inout socklen_t
  ) -> Int32 {
    #if canImport(Glibc)
      unsafe Glibc.accept(descriptor, address, &size)
    #else
      unsafe Darwin.accept(descriptor, address, &size)
    #endif
  }

  static func connect(
    _ descriptor: Int32, _ address: UnsafePointer<sockaddr>, _ size: socklen_t
  ) -> Int32 {
    #if canImport(Glibc)
      unsafe Glibc.connect(descriptor, address, size)
    #else
      unsafe Darwin.connect(descriptor, address, size)
    #endif
  }

  /// A peer that is gone is an error, not a signal.
  static func send(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      unsafe Glibc.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
    #else
      unsafe Darwin.send(descriptor, buffer.baseAddress, buffer.count, 0)
    #endif
  }

  static func endOutput(_ descriptor: Int32) {
    #if canImport(Glibc)
      shutdown(descriptor, Int32(SHUT_WR))
    #else
      shutdown(descriptor, SHUT_WR)
    #endif
  }
}
