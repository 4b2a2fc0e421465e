public import GraphValues

/// How a server listens, and what one client may cost it.
public struct BoltServerOptions: Sendable {
  /// Where a certificate and its key lie.
  public struct TLS: Sendable {
    /// The file of the certificate chain, in PEM.
    public var certificateFile: String
    /// The file of the private key, in PEM.
    public var keyFile: String
    /// Whether clients must encrypt; else plain connections are served on the same port.
    public var isRequired: Bool

    /// Makes settings.
    public init(certificateFile: String, keyFile: String, isRequired: Bool) {
      self.certificateFile = certificateFile
      self.keyFile = keyFile
      self.isRequired = isRequired
    }
  }

  /// The address to listen on; anything but the machine's own needs a service with authentication.
  public var host = "127.0.0.1"
  /// The port; 0 lets the system choose one.
  public var port = 7687
  /// Encryption; `nil` serves plain connections only.
  public var tls: TLS?
  /// Whether browsers may connect by WebSocket.
  public var acceptsWebSocket = true
  /// The `host:port` that routing tables name; `nil` repeats what the client called the server.
  public var advertisedAddress: String?
  /// What the server calls itself in `HELLO`; drivers want it to begin with `Neo4j/`.
  public var agent = "Neo4j/5.26.0"
  /// How many connections may be open at once; more are closed at once.
  public var maximumConnections = 1000
  /// Seconds that a client has to say who it is.
  public var unauthenticatedSeconds = 30.0
  /// The largest message before that.
  public var unauthenticatedMessageBytes = 8 << 10
  /// The largest message afterwards.
  public var messageBytes = 256 << 20
  /// Bytes that one connection may hold for requests that wait and for records kept back.
  public var connectionMemoryBytes = 512 << 20
  /// Seconds without a request after which a connection is closed; `nil` is never.
  public var idleSeconds: Double?
  /// Seconds of silence after which a working server says that it still works.
  public var keepAliveSeconds = 60.0
  /// Seconds after which a client that does not read what it asked for is given up.
  public var stalledOutputSeconds = 900.0
  /// What is known of named time zones, for the parameters of statements.
  public var zones: any ZoneRules
  /// The newest version offered, such as `5.4`; `nil` offers all.
  public var newestVersion: String?
  /// Told of each statement when it has ended.
  public var queryLog: (@Sendable (QueryLogEntry) -> Void)?

  /// The defaults.
  public init(zones: any ZoneRules) { self.zones = zones }
}
