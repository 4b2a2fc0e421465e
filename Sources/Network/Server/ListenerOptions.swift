/// Where and how a listener listens.
public struct ListenerOptions: Sendable {
  /// Whether connections are encrypted.
  public enum TLSLevel: String, Sendable, CaseIterable {
    /// None is.
    case disabled
    /// As each client likes: the first byte tells.
    case optional
    /// All are; others are closed.
    case required
  }

  /// A name or a numeric address; `0.0.0.0` and `::` are all of the machine.
  public var host: String
  /// 0 for any that is free.
  public var port: Int
  /// Certificate and key; needed unless `tlsLevel` is `disabled`.
  public var tls: ServerTLS?
  /// Whether connections are encrypted.
  public var tlsLevel: TLSLevel
  /// Whether an HTTP request may turn a connection into one of WebSocket frames.
  public var acceptsWebSocket: Bool
  /// Whether pages of other sites than this machine may do so.
  ///
  /// A browser lets any page connect to this machine: without passwords each could read the database
  /// of who looks at it.
  public var acceptsForeignPages: Bool
  /// What a plain HTTP request is answered with; `nil` closes without an answer.
  public var httpGreeting: String?
  /// Further connections are closed as they come.
  public var maximumConnections: Int
  /// Threads that serve connections, 1…64.
  public var threadCount: Int
  /// Above so many bytes of output a handler waits for `drained`.
  public var highOutputBytes: Int
  /// At so many bytes of output `drained` comes.
  public var lowOutputBytes: Int
  /// At so many bytes of output a connection is broken off: its handler did not wait.
  public var maximumOutputBytes: Int
  /// A peer that takes nothing for so long is broken off.
  public var stalledOutputSeconds: Double

  /// Describes a listener; limits are those of the Bolt servers in use.
  public init(
    host: String, port: Int, tls: ServerTLS? = nil, tlsLevel: TLSLevel = .disabled,
    acceptsWebSocket: Bool = false, acceptsForeignPages: Bool = true, httpGreeting: String? = nil,
    maximumConnections: Int = 1_000,
    threadCount: Int = 1, highOutputBytes: Int = 1 << 19, lowOutputBytes: Int = 1 << 17,
    maximumOutputBytes: Int = 1 << 30, stalledOutputSeconds: Double = 900
  ) {
    self.host = host
    self.port = port
    self.tls = tls
    self.tlsLevel = tlsLevel
    self.acceptsWebSocket = acceptsWebSocket
    self.acceptsForeignPages = acceptsForeignPages
    self.httpGreeting = httpGreeting
    self.maximumConnections = maximumConnections
    self.threadCount = threadCount
    self.highOutputBytes = highOutputBytes
    self.lowOutputBytes = lowOutputBytes
    self.maximumOutputBytes = maximumOutputBytes
    self.stalledOutputSeconds = stalledOutputSeconds
  }
}
