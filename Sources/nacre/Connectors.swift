import BoltClient
import BoltServer
import CypherEngine
import Diagnostics
import QuerySession
import ShellKit
import Synchronization

/// Opens sessions at an address: the one place where engines and clients join the shell.
struct Connector: SessionConnector {
  private let address: ServerAddress
  private let settings: RemoteSettings
  private let engines: Engines
  private let attempt = ConnectionAttempt()

  /// The connector for a program's address.
  init(for program: ShellProgram) {
    address = program.options.address
    settings = program.options.remote
    var options = GraphEngine.Options()
    options.passwords = ScryptPasswords()
    if program.options.durability == "none" { options.isDurable = false }
    engines = Engines(dataDirectory: program.dataDirectory, options: options)
  }

  private init(_ address: ServerAddress, like other: Connector) {
    self.address = address
    settings = other.settings
    engines = other.engines
  }

  func moved(to address: ServerAddress) -> any SessionConnector { Connector(address, like: self) }

  func connect(_ request: ConnectionRequest) async throws(Failure) -> any Session {
    switch address {
    case .embedded: try await open(engines.stored(), request)
    case .memory: try await open(engines.inMemory(), request)
    case .remote(let scheme, let host, let port, let query):
      try await connect(
        RemoteAddress(scheme: scheme, host: host, port: port, query: query), request)
    }
  }

  func cancelConnecting() { attempt.cancel() }

  func serve(host: String, port: Int) async throws(Failure) -> String {
    let engine: GraphEngine
    switch address {
    case .embedded: engine = try engines.stored()
    case .memory: engine = try engines.inMemory()
    case .remote:
      throw Failure(
        code: "Neo.ClientError.General.InvalidArguments",
        message: "These databases are another server's",
        hint: "connect to the embedded engine first: `:connect memory:` or start without an address"
      )
    }
    var options = BoltServerOptions(zones: GraphEngine.zoneRules)
    options.host = host
    options.port = port
    return try await engines.serve(engine, options)
  }

  func stopServing() async -> Bool { await engines.stopServing() }

  private func open(_ engine: GraphEngine, _ request: ConnectionRequest) async throws(Failure)
    -> any Session
  {
    if request.impersonatedUser != nil {
      throw Failure(
        code: "Neo.ClientError.Statement.UnsupportedAdministrationCommand",
        message: "Impersonation is not supported in community edition.")
    }
    var user: AuthenticatedUser?
    // Whoever may read the files may read the data; but a password that is given is looked at.
    if !request.user.isEmpty, !request.password.isEmpty, try engine.users.hasUsers {
      user = try engine.users.authenticate(
        name: request.user, password: Array(request.password.utf8))
      guard let known = user else { throw .unauthorized }
      if known.mustChangePassword { user = nil }
    }
    let session = try engine.session(database: request.database, user: user)
    try await session.setAccessMode(request.accessMode)
    return session
  }

  private func connect(_ address: RemoteAddress, _ request: ConnectionRequest)
    async throws(Failure) -> any Session
  {
    if settings.encrypts == true, address.encryption != .none {
      throw Failure(
        code: "Neo.ClientError.General.InvalidArguments",
        message: "Scheme \(address.scheme) is not configurable with manual encryption and trust "
          + "settings")
    }
    let isQuiet = request.isQuiet
    var options = RemoteOptions(
      userAgent: "nacre/\(ShellProgram.version)", zones: GraphEngine.zoneRules,
      notify: { if !isQuiet { ShellProgram.note("\($0)") } })
    options.forcesEncryption = settings.encrypts == true
    options.authorityFile = settings.authorityFile
    if let file = settings.certificateFile {
      options.certificate = ClientCertificate(
        certificateFile: file, keyFile: settings.keyFile ?? file)
    }
    if let seconds = settings.connectTimeoutSeconds {
      options.connectTimeoutSeconds = Double(seconds)
    }
    if let size = settings.fetchSize { options.fetchSize = size }
    options.fallsBackToDirect = settings.fallsBack
    let driver = RemoteDriver(address: address, options: options)
    // Ctrl-C is for what the user waits for.
    if !isQuiet { attempt.begin(driver) }
    defer { if !isQuiet { attempt.end() } }
    if request.user.isEmpty, request.password.isEmpty {
      // Some servers want no credentials rather than empty ones; those that want real ones say so
      // in words that users know when they are given empty ones.
      do {
        return try await open(driver, .none, request)
      } catch {
        guard error.code.contains("Security") else { throw error }
      }
    }
    return try await open(
      driver, .basic(user: request.user, password: request.password), request)
  }

  private func open(
    _ driver: RemoteDriver, _ credentials: RemoteCredentials, _ request: ConnectionRequest
  ) async throws(Failure) -> any Session {
    try await driver.connect(
      credentials: credentials, database: request.database,
      impersonatedUser: request.impersonatedUser, accessMode: request.accessMode)
  }
}

/// The driver that is connecting at the moment.
private final class ConnectionAttempt: Sendable {
  private let driver = Mutex<RemoteDriver?>(nil)

  func begin(_ driver: RemoteDriver) { self.driver.withLock { $0 = driver } }

  func end() { driver.withLock { $0 = nil } }

  func cancel() { driver.withLock { $0 }?.cancelConnecting() }
}

/// The engines in this process, each opened once, when it is first asked for.
final class Engines: Sendable {
  private let dataDirectory: String
  private let options: GraphEngine.Options
  private let listener = Mutex<BoltListener?>(nil)
  private let opened = Mutex<(stored: GraphEngine?, inMemory: GraphEngine?)>((nil, nil))

  init(dataDirectory: String, options: GraphEngine.Options) {
    self.dataDirectory = dataDirectory
    self.options = options
  }

  /// The engine on the data directory.
  func stored() throws(Failure) -> GraphEngine {
    if let known = opened.withLock({ $0.stored }) { return known }
    let made = try GraphEngine.open(dataDirectory: dataDirectory, options: options)
    opened.withLock { $0.stored = made }
    return made
  }

  /// The engine whose databases vanish at exit.
  func inMemory() throws(Failure) -> GraphEngine {
    if let known = opened.withLock({ $0.inMemory }) { return known }
    let made = try GraphEngine.memory(options: options)
    opened.withLock { $0.inMemory = made }
    return made
  }

  /// Serves an engine in place of what was served before.
  func serve(_ engine: GraphEngine, _ options: BoltServerOptions) async throws(Failure) -> String {
    _ = await stopServing()
    let started = try BoltListener.start(options, service: EngineService(engine: engine))
    engine.clients = started
    listener.withLock { $0 = started }
    let host = options.host.contains(":") ? "[\(options.host)]" : options.host
    return "bolt://\(host):\(started.port)"
  }

  /// Ends what is served; tells whether anything was.
  func stopServing() async -> Bool {
    let stopped = listener.withLock { listener in
      defer { listener = nil }
      return listener
    }
    await stopped?.shutdown(graceSeconds: 2)
    return stopped != nil
  }
}
