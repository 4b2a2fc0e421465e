import Bolt
import Diagnostics
import GraphValues
import Network

/// What it takes to open connections of one session.
struct ConnectionSettings {
  var address: RemoteAddress
  var credentials: RemoteCredentials
  let options: RemoteOptions
  let cancellation: CancelSwitch
}

extension BoltConnection {
  /// Connects to a server or a member of a cluster, agrees on a version and logs in, all within one
  /// deadline.
  static func open(
    _ endpoint: ServerEndpoint, _ settings: ConnectionSettings
  ) throws(ConnectionProblem) -> BoltConnection {
    let clock = Countdown(seconds: settings.options.connectTimeoutSeconds)
    let socket: ClientConnection
    do {
      socket = try ClientConnection.connect(
        host: endpoint.host, port: endpoint.port, tls: settings.tls,
        deadlineSeconds: clock.secondsLeft, interruption: settings.cancellation.interruption)
    } catch {
      throw .network(error)
    }
    do throws(ConnectionProblem) {
      let (version, early) = try agree(socket, clock)
      let connection = BoltConnection(
        socket, endpoint: endpoint, version: version, early: early, options: settings.options,
        cancellation: settings.cancellation)
      try connection.logIn(settings, clock)
      return connection
    } catch {
      socket.close()
      throw error
    }
  }

  private static func agree(
    _ socket: ClientConnection, _ clock: Countdown
  ) throws(ConnectionProblem) -> (BoltVersion, early: [UInt8]) {
    var handshake = ClientHandshake()
    do {
      try socket.send(ClientHandshake.hello, timeoutSeconds: clock.secondsLeft)
      var hasAnswered = false
      while true {
        var bytes: [UInt8] = []
        guard try socket.receive(into: &bytes, timeoutSeconds: clock.secondsLeft) > 0 else {
          // Some servers hang up instead of saying that they speak no such version.
          throw hasAnswered
            ? ConnectionProblem.network(.lost(errorNumber: 0)) : .noCommonVersion
        }
        hasAnswered = true
        switch handshake.received(bytes) {
        case .proceed: continue
        case .agreed(let answer, let version, let rest):
          try socket.send(answer, timeoutSeconds: clock.secondsLeft)
          return (version, rest)
        case .refused(let answer, let refusal):
          try? socket.send(answer, timeoutSeconds: 0)
          throw ConnectionProblem(refusal)
        }
      }
    } catch let problem as ConnectionProblem {
      throw problem
    } catch let error as NetworkError {
      throw .network(error)
    } catch {
      throw .protocolViolation("\(error)")
    }
  }

  private func logIn(
    _ settings: ConnectionSettings, _ clock: Countdown
  ) throws(ConnectionProblem) {
    loginDeadline = clock
    defer { loginDeadline = nil }
    let token = settings.credentials.token
    let hello = submit(.hello(Greeting(settings, version).metadata(token)))
    let logon = version.hasLogon ? submit(.logon(token)) : nil
    let metadata = try accepted(hello)
    greeting.receive(hello: metadata)
    agree(onUTC: metadata.texts("patch_bolt").contains("utc"))
    if let logon { greeting.receive(logon: try accepted(logon)) }
    greeting.isComplete = true
  }

  private func accepted(_ reply: ControlReply) throws(ConnectionProblem) -> MapValue {
    switch try outcome(of: reply) {
    case .success(let metadata): return metadata
    case .failure(let failure): throw .refused(failure)
    case .ignored: throw .protocolViolation("the login was ignored")
    }
  }
}

extension ConnectionSettings {
  /// How to encrypt; `nil` for not at all.
  var tls: ClientTLS? {
    let verification: ClientTLS.Verification
    switch address.encryption {
    case .none where !options.forcesEncryption: return nil
    case .selfSigned: verification = .none
    case .none, .verified:
      verification = options.authorityFile.map { .authority(path: $0) } ?? .system
    }
    let certificate = options.certificate.map {
      CertificateFiles(
        certificatePath: $0.certificateFile, keyPath: $0.keyFile, keyPassword: $0.keyPassword)
    }
    return ClientTLS(verification: verification, certificate: certificate)
  }
}

extension ConnectionProblem {
  /// What a refused handshake comes to.
  fileprivate init(_ refusal: ClientHandshake.Refusal) {
    switch refusal {
    case .noCommonVersion: self = .noCommonVersion
    case .notOffered(let version): self = .notOffered(version)
    case .answeredByHTTP: self = .answeredByHTTP
    case .malformed: self = .protocolViolation("its answer to the handshake makes no sense")
    }
  }
}

extension RemoteCredentials {
  /// The credentials as HELLO and LOGON carry them.
  var token: MapValue {
    switch self {
    case .none: return MapValue([("scheme", .string("none"))])
    case .basic(let user, let password, let realm):
      var token = MapValue([
        ("scheme", .string("basic")), ("principal", .string(user)),
        ("credentials", .string(password)),
      ])
      if let realm { token["realm"] = .string(realm) }
      return token
    case .bearer(let token):
      return MapValue([("scheme", .string("bearer")), ("credentials", .string(token))])
    case .custom(let scheme, let principal, let credentials):
      return MapValue([
        ("scheme", .string(scheme)), ("principal", .string(principal)),
        ("credentials", .string(credentials)),
      ])
    }
  }
}

/// What HELLO says, by version.
private struct Greeting {
  let settings: ConnectionSettings
  let version: BoltVersion

  init(_ settings: ConnectionSettings, _ version: BoltVersion) {
    self.settings = settings
    self.version = version
  }

  func metadata(_ token: MapValue) -> MapValue {
    let agent = settings.options.userAgent
    var extra = MapValue([("user_agent", .string(agent))])
    if version.hasBoltAgent {
      extra["bolt_agent"] = .map(
        MapValue([
          ("product", .string(agent)), ("platform", .string(HostPlatform.name)),
          ("language", .string("Swift")),
        ]))
    }
    if version.hasRoutingContext, settings.address.isRouting {
      extra["routing"] = .map(settings.routingContext)
    }
    if version.mayPatchUTC { extra["patch_bolt"] = .list([.string("utc")]) }
    if !version.hasLogon { for (key, value) in token.entries { extra[key] = value } }
    return extra
  }
}

extension ConnectionSettings {
  /// What routing goes by: the address as given and the pairs of its query.
  var routingContext: MapValue {
    var context = MapValue([("address", .string(address.endpoint.description))])
    for pair in address.routingContext { context[pair.key] = .string(pair.value) }
    return context
  }
}

/// The machine that the client runs on, as servers log it.
enum HostPlatform {
  /// System and processor.
  static var name: String {
    #if os(macOS)
      let system = "macOS"
    #else
      let system = "Linux"
    #endif
    #if arch(arm64)
      return "\(system); arm64"
    #else
      return "\(system); x86_64"
    #endif
  }
}

/// Seconds that are left of a time that several steps share.
struct Countdown {
  private let end: ContinuousClock.Instant

  init(seconds: Double) { end = .now.advanced(by: .seconds(min(max(seconds, 0), 1e9))) }

  /// At least 0.
  var secondsLeft: Double { max(0, ContinuousClock.now.duration(to: end) / .seconds(1)) }
}
