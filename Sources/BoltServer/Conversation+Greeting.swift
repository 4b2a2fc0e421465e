import Bolt
import Diagnostics
import GraphValues
import QuerySession

/// Who is there: HELLO, LOGON, LOGOFF, ROUTE.
extension Conversation {
  func greet(_ map: MapValue) async throws(ProtocolFailure) {
    let extra = try HelloExtra(map, version: version)
    agent = extra.userAgent
    filter = extra.notifications
    if case .string(let address)? = extra.routing?["address"], !address.isEmpty {
      calledAddress = address
    }
    connection.note(agent: agent, calledAddress: calledAddress)
    var reply = MapValue([
      ("server", .string(server.options.agent)), ("connection_id", .string(connection.id)),
    ])
    if !version.hasLogon { try await letIn(extra.token) }
    if version.hasHints { reply["hints"] = .map(hints) }
    if extra.asksForUTC {
      reply["patch_bolt"] = .list([.string("utc")])
      let dialect = PackStreamDialect(version, patchedUTC: true)
      rules.dialect = dialect
      replies.writer.dialect = dialect
    }
    if byManifest { reply["protocol_version"] = .string(version.description) }
    replies.succeed(reply)
  }

  private var hints: MapValue {
    // What a client may wait for in silence: two signs of life.
    let seconds = max(1, Int64((server.options.keepAliveSeconds * 2).rounded(.up)))
    var hints = MapValue([("connection.recv_timeout_seconds", .integer(seconds))])
    if version.tellsHomeDatabase { hints["ssr.enabled"] = .boolean(true) }
    return hints
  }

  func logOn(_ token: MapValue) async throws(ProtocolFailure) {
    let user = try await letIn(token)
    var reply = MapValue()
    if user.mustChangePassword { reply["credentials_expired"] = .boolean(true) }
    if version.tellsHomeDatabase {
      reply["advertised_address"] = .string(server.options.advertisedAddress ?? server.address)
    }
    replies.succeed(reply)
  }

  /// Finds out who the client is.
  @discardableResult
  private func letIn(_ token: MapValue) async throws(ProtocolFailure) -> AuthenticatedUser {
    let credentials = Credentials(token: token)
    if server.service.requiresAuthentication, let missing = Credentials.fault(in: token) {
      // Nobody's password was tried, so that this does not count as a try.
      throw ProtocolFailure(.unsupportedToken(missing), closes: true)
    }
    let name = if case .basic(let name, _) = credentials { name } else { "" }
    guard server.limiter.allows(user: name, peer: connection.peerHost) else {
      throw ProtocolFailure(.authenticationRateLimit, closes: true)
    }
    do throws(Failure) {
      let user: AuthenticatedUser
      if server.service.requiresAuthentication {
        user = try await server.service.authenticate(credentials)
      } else {
        user = try await server.service.authenticate(.none)
      }
      server.limiter.note(user: name, peer: connection.peerHost, succeeded: true)
      self.user = user
      rules.maximumDepth = Self.depthAfterLogon
      connection.letIn(user)
      return user
    } catch {
      server.limiter.note(user: name, peer: connection.peerHost, succeeded: false)
      throw ProtocolFailure(error, closes: true)
    }
  }

  func logOff() async {
    await dropTransaction()
    await session?.close()
    session = nil
    connection.use(nil)
    connection.letOut()
    rules.maximumDepth = Self.depthBeforeLogon
    user = nil
    replies.succeed()
  }

  func route(_ context: MapValue, _ extra: MapValue) throws(ProtocolFailure) {
    if try loggedOn().mustChangePassword {
      throw ProtocolFailure(.credentialsExpired, closes: false)
    }
    if case .string? = extra["imp_user"] {
      throw ProtocolFailure(.noImpersonation, closes: false)
    }
    var wanted = ""
    if case .string(let name)? = extra["db"] { wanted = name }
    let database = try resolving(wanted, isRouting: true)
    var address = server.options.advertisedAddress
    if address == nil, case .string(let called)? = context["address"], !called.isEmpty {
      address = called
    }
    replies.succeed(
      RoutingTable.map(
        address: address ?? calledAddress ?? server.address, database: database))
  }

  /// The user for whom a request is carried out.
  func loggedOn() throws(ProtocolFailure) -> AuthenticatedUser {
    guard let user else { throw ProtocolFailure(.unauthorized, closes: true) }
    return user
  }

  /// The canonical name of a database.
  func resolving(_ database: String, isRouting: Bool = false) throws(ProtocolFailure) -> String {
    let user = try loggedOn()
    do throws(Failure) {
      return try server.service.resolve(database: database, for: user)
    } catch {
      let isMissing = error.code == "Neo.ClientError.Database.DatabaseNotFound"
      throw ProtocolFailure(
        isRouting && isMissing ? .noRoutingTable(database) : error, closes: false)
    }
  }
}

extension Credentials {
  /// Why a token cannot be one that a password goes with; `nil` when it can.
  fileprivate static func fault(in token: MapValue) -> String? {
    guard case .string(let scheme)? = token["scheme"] else { return "missing key `scheme`" }
    switch scheme {
    case "none": return "scheme 'none' is only allowed when auth is disabled."
    case "basic":
      return ["principal", "credentials"].first { token[$0]?.isNull ?? true }
        .map { "missing key `\($0)`" }
    default: return "scheme '\(scheme)' is not supported."
    }
  }

  /// Reads the token of LOGON, and of HELLO up to 5.0; what is missing is empty.
  init(token: MapValue) {
    func text(_ key: String) -> String {
      if case .string(let text)? = token[key] { text } else { "" }
    }
    switch text("scheme") {
    case "", "none": self = .none
    case "basic": self = .basic(name: text("principal"), password: text("credentials"))
    case let scheme: self = .other(scheme: scheme)
    }
  }
}
