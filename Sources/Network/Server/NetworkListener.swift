import CLibEvent
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Takes connections at a port and serves them on event loops of its own.
public final class NetworkListener: Sendable {
  /// The port, also when any was asked for.
  public let port: Int
  /// The addresses that are listened on.
  public let addresses: [SocketAddress]
  private let loops: [EventLoop]
  private let acceptors: Mutex<[Acceptor]>
  private let connectionCount: Counter

  /// Counts the connections of a listener; shared with each of them.
  final class Counter: Sendable {
    let value = Atomic<Int>(0)
  }

  private init(
    _ addresses: [SocketAddress], _ loops: [EventLoop], _ acceptors: sending [Acceptor],
    _ counter: Counter
  ) {
    self.addresses = addresses
    port = addresses.first?.port ?? 0
    self.loops = loops
    self.acceptors = Mutex(acceptors)
    connectionCount = counter
  }

  /// Listens on all addresses of the host, with one port.
  ///
  /// - Parameters:
  ///   - options: Where and how.
  ///   - makeHandler: Called on an event loop's thread for each connection, before anything is read.
  /// - Returns: A listener that takes connections until it is closed.
  /// - Throws: When no address can be listened on, or the certificate cannot be used.
  public static func listen(
    _ options: ListenerOptions,
    makeHandler: @escaping @Sendable (ServerConnection) -> any ConnectionHandler
  ) throws(NetworkError) -> NetworkListener {
    let context: TLSContext? =
      if options.tlsLevel != .disabled, let tls = options.tls { try TLSContext(tls) } else { nil }
    guard options.tlsLevel == .disabled || context != nil else {
      throw .tls(.other(reason: "a certificate is needed to encrypt"))
    }
    let sockets = try ListeningSockets.open(options)
    var loops: [EventLoop] = []
    do {
      for _ in 0..<min(max(options.threadCount, 1), 64) {
        let loop = try EventLoop()
        try loop.start()
        loops.append(loop)
      }
    } catch {
      for loop in loops { loop.stop() }
      for socket in sockets { socket.close() }
      throw error
    }
    let counter = Counter()
    let acceptors = sockets.map {
      Acceptor($0, loops: loops, options, context, counter, makeHandler)
    }
    for acceptor in acceptors { loops[0].post { acceptor.start() } }
    return NetworkListener(
      sockets.compactMap { $0.localAddress() }, loops, acceptors, counter)
  }

  deinit { close() }

  /// How many connections are open.
  public var openConnections: Int { connectionCount.value.load(ordering: .relaxed) }

  /// Closes the port; connections that are open go on.
  public func stopAccepting() {
    let acceptors = acceptors.withLock { acceptors in
      defer { acceptors = [] }
      return acceptors
    }
    for acceptor in acceptors { loops[0].post { acceptor.stop() } }
  }

  /// Closes the port and all connections, and ends the threads; not for a handler to call.
  public func close() {
    stopAccepting()
    // The first loop takes the connections of all: it ends first.
    for loop in loops { loop.stop() }
  }
}
