import CLibEvent

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Opens the sockets of a listener.
enum ListeningSockets {
  /// One for each address of the host, all with the same port.
  static func open(_ options: ListenerOptions) throws(NetworkError) -> [Socket] {
    let addresses = try HostResolver.addresses(
      of: options.host, port: options.port, deadlineSeconds: 30)
    var sockets: [Socket] = []
    var problem: NetworkError?
    var port = options.port
    for address in addresses {
      do {
        let socket = try open(address.with(port: port), options)
        port = socket.localAddress()?.port ?? port
        sockets.append(socket)
      } catch {
        // A machine without IPv6 still has IPv4.
        problem = problem ?? error
      }
    }
    if sockets.isEmpty, let problem { throw problem }
    return sockets
  }

  private static func open(
    _ address: SocketAddress, _ options: ListenerOptions
  ) throws(NetworkError) -> Socket {
    let socket: Socket
    switch Socket.make(for: address) {
    case .success(let made): socket = made
    case .failure(let error): throw .system(operation: "socket", errorNumber: error.number)
    }
    socket.set(SOL_SOCKET, SO_REUSEADDR, 1)
    if address.isIPv6 { socket.set(Int32(IPPROTO_IPV6), IPV6_V6ONLY, address.host == "::" ? 0 : 1) }
    let code: Int32 = unsafe address.withSystemAddress { pointer, size in
      guard unsafe bind(socket.descriptor, pointer, size) == 0 else { return errno }
      return SystemCall.listen(socket.descriptor, backlog: 1_024) == 0 ? 0 : errno
    }
    guard code != 0 else { return socket }
    socket.close()
    if code == EADDRINUSE { throw .addressInUse(host: options.host, port: options.port) }
    throw .system(operation: "bind", errorNumber: code)
  }
}
