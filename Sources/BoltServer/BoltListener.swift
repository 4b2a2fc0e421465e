public import Diagnostics
import Bolt
import Network
public import QuerySession

/// Listens for Bolt drivers and serves them the databases of a service.
public final class BoltListener: Sendable {
  /// The port listened on.
  public let port: Int
  /// Where it listens, as `host:port`.
  public var address: String { server.address }
  private let listener: NetworkListener
  private let server: ServerContext

  private init(_ listener: NetworkListener, _ server: ServerContext) {
    self.listener = listener
    self.server = server
    port = listener.port
  }

  /// Starts to listen.
  ///
  /// - Parameters:
  ///   - options: Where, and within which limits.
  ///   - service: What is served.
  /// - Returns: The listener, which serves until it is shut down.
  /// - Throws: When the address is in use or not ours, when the certificate cannot be read, and when
  ///   others than this machine could reach the server without saying who they are.
  public static func start(_ options: BoltServerOptions, service: any SessionService)
    throws(Failure) -> BoltListener
  {
    if !isLoopback(options.host), !service.requiresAuthentication {
      throw .openToOthers(options.host)
    }
    let server = ServerContext(options, service)
    do throws(NetworkError) {
      let listener = try NetworkListener.listen(server.listenerOptions) { wire in
        BoltConnection(wire, server)
      }
      let host = options.host.contains(":") ? "[\(options.host)]" : options.host
      server.address = "\(host):\(listener.port)"
      return BoltListener(listener, server)
    } catch {
      throw Failure(
        code: "Neo.ClientError.General.InvalidArguments", message: "Cannot listen: \(error).")
    }
  }

  private static func isLoopback(_ host: String) -> Bool {
    host == "localhost" || host == "::1" || host == "[::1]" || host.hasPrefix("127.")
  }

  /// Stops: no new connections, idle ones close, busy ones get some time to finish, then all end.
  ///
  /// - Parameter graceSeconds: How long requests that are being carried out may still take.
  public func shutdown(graceSeconds: Double) async {
    listener.stopAccepting()
    for connection in server.stop() { connection.stop() }
    let server = server
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await server.waitUntilIdle() }
      group.addTask {
        try? await Task.sleep(for: .seconds(graceSeconds))
        guard !Task.isCancelled else { return }
        for connection in server.connections { connection.abort() }
      }
      await group.next()
      if server.connections.isEmpty { group.cancelAll() }
      await group.waitForAll()
    }
    listener.close()
    server.pool.stop()
  }
}

extension BoltListener: ConnectionList {
  /// The connections of clients, the oldest first.
  public var connections: [ListedConnection] {
    server.connections.sorted { $0.opened < $1.opened }.map(\.listed)
  }

  /// Ends a client's connection, with what it does.
  public func end(connection id: String) -> ListedConnection? {
    guard let found = server.connections.first(where: { $0.id == id }) else { return nil }
    let listed = found.listed
    found.abort()
    return listed
  }
}

extension ServerContext {
  /// Above so many bytes that a client has not taken the producer pauses, and goes on below.
  var highOutputBytes: Int { 512 << 10 }
  var lowOutputBytes: Int { 128 << 10 }

  fileprivate var listenerOptions: ListenerOptions {
    let tls = options.tls.map { tls in
      ServerTLS(
        certificate: CertificateFiles(
          certificatePath: tls.certificateFile, keyPath: tls.keyFile))
    }
    let level: ListenerOptions.TLSLevel =
      if let tls = options.tls { tls.isRequired ? .required : .optional } else { .disabled }
    return ListenerOptions(
      host: options.host, port: options.port, tls: tls, tlsLevel: level,
      acceptsWebSocket: options.acceptsWebSocket,
      acceptsForeignPages: service.requiresAuthentication,
      httpGreeting: "This is a Bolt port; connect with a driver.",
      maximumConnections: options.maximumConnections, highOutputBytes: highOutputBytes,
      lowOutputBytes: lowOutputBytes, stalledOutputSeconds: options.stalledOutputSeconds)
  }
}

extension BoltServerOptions {
  /// What `newestVersion` may be, newest first.
  public static var knownVersions: [String] { BoltVersion.served.map(\.description) }

  /// The versions offered.
  var versions: [BoltVersion] {
    guard let newestVersion else { return BoltVersion.served }
    let parts = newestVersion.split(separator: ".").compactMap { UInt8($0) }
    guard parts.count == 2 else { return BoltVersion.served }
    return BoltVersion.served.filter { $0 <= BoltVersion(parts[0], parts[1]) }
  }
}
