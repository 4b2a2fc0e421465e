import CLibEvent

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A numeric address with its port.
public struct SocketAddress: Sendable, Hashable, CustomStringConvertible {
  /// The address without brackets.
  public let host: String
  /// The port, 0…65535.
  public let port: Int
  /// The bytes of a `sockaddr_in` or `sockaddr_in6`.
  let bytes: [UInt8]

  /// As in an address: IPv6 in brackets.
  public var description: String { isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// Whether the address is of this machine alone.
  public var isLoopback: Bool {
    host.hasPrefix("127.") || host == "::1" || host.hasPrefix("::ffff:127.")
  }

  var isIPv6: Bool { host.contains(":") }

  var family: Int32 { isIPv6 ? AF_INET6 : AF_INET }

  /// Takes an address of IPv4 or IPv6 from the system, with another port where one is given.
  init?(_ address: UnsafePointer<sockaddr>, port: Int? = nil) {
    let size: Int
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    switch unsafe Int32(address.pointee.sa_family) {
    case AF_INET:
      var copy = unsafe UnsafeRawPointer(address).loadUnaligned(as: sockaddr_in.self)
      if let port { copy.sin_port = UInt16(truncatingIfNeeded: port).bigEndian }
      self.port = Int(UInt16(bigEndian: copy.sin_port))
      size = MemoryLayout<sockaddr_in>.size
      unsafe inet_ntop(AF_INET, &copy.sin_addr, &text, socklen_t(text.count))
      bytes = unsafe withUnsafeBytes(of: &copy) { unsafe Array($0.prefix(size)) }
    case AF_INET6:
      var copy = unsafe UnsafeRawPointer(address).loadUnaligned(as: sockaddr_in6.self)
      if let port { copy.sin6_port = UInt16(truncatingIfNeeded: port).bigEndian }
      self.port = Int(UInt16(bigEndian: copy.sin6_port))
      size = MemoryLayout<sockaddr_in6>.size
      unsafe inet_ntop(AF_INET6, &copy.sin6_addr, &text, socklen_t(text.count))
      bytes = unsafe withUnsafeBytes(of: &copy) { unsafe Array($0.prefix(size)) }
    default: return nil
    }
    host = String(
      decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Reads a numeric address; `nil` for a name.
  init?(numeric text: String, port: Int) {
    var storage = sockaddr_storage()
    var size = Int32(MemoryLayout<sockaddr_storage>.size)
    let isIPv6 = text.contains(":")
    let written = isIPv6 ? "[\(text)]:\(port)" : "\(text):\(port)"
    guard port != 0 || !text.isEmpty else { return nil }
    let code = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        // Port 0 is refused by the parser; the right one is set below.
        unsafe evutil_parse_sockaddr_port(
          port == 0 ? (isIPv6 ? "[\(text)]" : text) : written, $0, &size)
      }
    }
    guard code == 0 else { return nil }
    let made = unsafe withUnsafePointer(to: &storage) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe SocketAddress($0, port: port)
      }
    }
    guard let made else { return nil }
    self = made
  }

  /// The same address with another port.
  func with(port: Int) -> SocketAddress {
    unsafe withSystemAddress { pointer, _ in unsafe SocketAddress(pointer, port: port) } ?? self
  }

  /// Calls `body` with the address as the system wants it.
  func withSystemAddress<Result>(
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    unsafe bytes.withUnsafeBytes { buffer in
      var storage = sockaddr_storage()
      return unsafe withUnsafeMutableBytes(of: &storage) { target in
        unsafe target.copyMemory(from: buffer)
        return unsafe target.withMemoryRebound(to: sockaddr.self) { rebound in
          guard let base = rebound.baseAddress else { preconditionFailure("storage is not empty") }
          return unsafe body(base, socklen_t(buffer.count))
        }
      }
    }
  }
}
