import Bolt
import Diagnostics
import GraphValues
import Network
import QuerySession

/// Finds a connection for each transaction of a session: to the one server, or to the right member
/// of a cluster.
///
/// Belongs to the one caller of its session.
final class ConnectionSource {
  /// What a transaction needs.
  struct Need {
    var mode: AccessMode
    /// Empty for the home database.
    var database: String
    var impersonatedUser: String?
    var bookmarks: [String]
  }

  let shared: SharedState
  private var settings: ConnectionSettings
  private var idle: [BoltConnection] = []
  /// Whether a table has ever led to a connection.
  private var hasRouted = false

  init(_ settings: ConnectionSettings, shared: SharedState) {
    self.settings = settings
    self.shared = shared
  }

  /// The address in use.
  var address: RemoteAddress {
    shared.isDirect ? settings.address.direct : settings.address
  }

  /// A connection that suits, and the name of the database that was chosen where none was named.
  ///
  /// The session's connection up to now is used again where it suits.
  func connection(
    for need: Need, previous: BoltConnection?
  ) throws(Failure) -> (BoltConnection, database: String) {
    let wasLost = previous?.isDead ?? false
    if let previous, wasLost || previous.isSpent { drop(previous) }
    let usable = wasLost || previous?.isSpent == true ? nil : previous
    guard !shared.isDirect else { return (try direct(usable, wasLost: wasLost), need.database) }
    if let usable {
      if usable.isUnrouted { return (usable, need.database) }
      keep(usable)
    }
    do throws(RoutingFailure) {
      return try routed(need)
    } catch {
      return (try unrouted(error, need), need.database)
    }
  }

  /// Takes a connection back that has nothing open.
  func keep(_ connection: BoltConnection) {
    shared.count(-1, for: connection.endpoint)
    guard !connection.isSpent, !connection.isDead,
      shared.isDirect || connection.endpoint == settings.address.endpoint
        || shared.mentions(connection.endpoint)
    else { return connection.close() }
    idle.append(connection)
  }

  /// Gives a connection up.
  func drop(_ connection: BoltConnection) {
    shared.count(-1, for: connection.endpoint)
    connection.close()
  }

  /// Takes note of what a server answered.
  func note(_ failure: Failure, from connection: BoltConnection, database: String) {
    switch shared.note(code: failure.code, from: connection.endpoint, database: database) {
    case .none, .demote: return
    // There is nobody else to ask.
    case .forget where shared.isDirect: return
    case .forget, .authenticate:
      closeIdle(to: connection.endpoint)
      connection.isSpent = true
    }
  }

  /// Takes note of a lost connection.
  func noteLoss(of connection: BoltConnection) {
    guard !shared.isDirect else { return }
    shared.forget(connection.endpoint)
    closeIdle(to: connection.endpoint)
  }

  /// Closes everything that is not in use.
  func close() {
    for connection in idle { connection.close() }
    idle = []
  }

  // MARK: One server

  private func direct(
    _ previous: BoltConnection?, wasLost: Bool
  ) throws(Failure) -> BoltConnection {
    if let previous { return previous }
    let endpoint = settings.address.endpoint
    do {
      let connection = try open(endpoint)
      if wasLost { settings.options.notify(.reconnected(address: "\(address)")) }
      return connection
    } catch {
      throw isStopped(error) ? .terminated : error.failureOnConnecting(to: endpoint, of: address)
    }
  }

  /// Whether a connection could not be made since the user wants to stop: then nobody else is to be
  /// asked, and nobody is gone.
  private func isStopped(_ problem: ConnectionProblem) -> Bool {
    if case .network(.interrupted) = problem { return true }
    return settings.cancellation.isStopping
  }

  private func open(_ endpoint: ServerEndpoint) throws(ConnectionProblem) -> BoltConnection {
    while let index = idle.lastIndex(where: { $0.endpoint == endpoint }) {
      let connection = idle.remove(at: index)
      if connection.isDead {
        connection.close()
        continue
      }
      shared.count(1, for: endpoint)
      return connection
    }
    let connection = try opened(endpoint)
    shared.count(1, for: endpoint)
    return connection
  }

  private func opened(_ endpoint: ServerEndpoint) throws(ConnectionProblem) -> BoltConnection {
    // Whoever wants to stop does not want the next address tried.
    guard !settings.cancellation.isWished else { throw .unwanted }
    var settings = settings
    settings.address = address
    do {
      return try BoltConnection.open(endpoint, settings)
    } catch {
      // Nobody with an empty password is nobody at all to servers that know no users.
      guard case .refused(let failure) = error, failure.code.contains(".Security."),
        settings.credentials == .basic(user: "", password: "")
      else { throw error }
      settings.credentials = .none
      guard let connection = try? BoltConnection.open(endpoint, settings) else { throw error }
      self.settings.credentials = .none
      return connection
    }
  }

  private func closeIdle(to endpoint: ServerEndpoint) {
    for connection in idle where connection.endpoint == endpoint { connection.close() }
    idle.removeAll { $0.endpoint == endpoint }
  }

  // MARK: Clusters

  private func routed(
    _ need: Need
  ) throws(RoutingFailure) -> (BoltConnection, database: String) {
    var table = try freshTable(need)
    let database = need.database.isEmpty ? table.database ?? "" : need.database
    // One new table at most: another would tell the same.
    for isLast in [false, true] {
      if let found = try connected(table.servers(for: need.mode)) {
        hasRouted = true
        return (found, database)
      }
      guard !isLast else { break }
      table = try fetched(need)
    }
    throw .noServer(reads: need.mode == .read)
  }

  /// Connects to the first of some members that can be reached; forgets the others.
  ///
  /// - Throws: What one answered that is there and does not let the user in: all would answer so.
  private func connected(_ servers: [ServerEndpoint]) throws(RoutingFailure) -> BoltConnection? {
    for endpoint in shared.leastUsedFirst(servers) {
      do {
        return try open(endpoint)
      } catch {
        if isStopped(error) { throw .final(.terminated) }
        if case .refused(let failure) = error, RoutingTables.isFinal(code: failure.code) {
          throw .final(failure)
        }
        shared.forget(endpoint)
      }
    }
    return nil
  }

  private func freshTable(_ need: Need) throws(RoutingFailure) -> RoutingTable {
    func known() -> RoutingTable? {
      guard let table = shared.table(of: need.database),
        table.isFresh(for: need.mode, now: .now)
      else { return nil }
      return table
    }
    if let table = known() { return table }
    return try shared.refreshing { () throws(RoutingFailure) in
      if let table = known() { return table }
      return try fetched(need)
    }
  }

  private func fetched(_ need: Need) throws(RoutingFailure) -> RoutingTable {
    let old = shared.table(of: need.database)
    let first = settings.address.endpoint
    var candidates = old?.routers ?? []
    candidates.removeAll { $0 == first }
    if old == nil || old?.cameWithoutWriters == true {
      candidates.insert(first, at: 0)
    } else {
      let wasRouter = old?.routers.contains(first) == true
      candidates = wasRouter ? old?.routers ?? [] : candidates + [first]
    }
    var attempts: [RoutingFailure.Attempt] = []
    for endpoint in candidates {
      do throws(RoutingFailure.AskingError) {
        return try table(from: endpoint, need)
      } catch {
        switch error {
        case .final(let failure): throw .final(failure)
        case .unhelpful(let failure, let wasReached):
          if !wasReached { shared.forget(endpoint) }
          attempts.append(
            RoutingFailure.Attempt(endpoint: endpoint, wasReached: wasReached, failure: failure))
        }
      }
    }
    throw .unavailable(attempts)
  }

  private func table(
    from endpoint: ServerEndpoint, _ need: Need
  ) throws(RoutingFailure.AskingError) -> RoutingTable {
    let connection = try routerConnection(endpoint)
    do throws(RoutingFailure.AskingError) {
      let table = try RoutingRequest(need, settings).table(from: connection)
      shared.insert(table, for: need.database)
      if settings.cancellation.isStopping { throw RoutingFailure.AskingError.final(.terminated) }
      keep(connection)
      return table
    } catch {
      drop(connection)
      throw settings.cancellation.isStopping ? .final(.terminated) : error
    }
  }

  private func routerConnection(
    _ endpoint: ServerEndpoint
  ) throws(RoutingFailure.AskingError) -> BoltConnection {
    do {
      return try open(endpoint)
    } catch {
      if isStopped(error) { throw .final(.terminated) }
      let failure = error.failureOnConnecting(to: endpoint, of: address)
      if case .refused(let refusal) = error, RoutingTables.isFinal(code: refusal.code) {
        throw .final(refusal)
      }
      throw .unhelpful(failure, wasReached: false)
    }
  }

  /// What to do where routing did not work: some servers have none.
  private func unrouted(_ error: RoutingFailure, _ need: Need) throws(Failure) -> BoltConnection {
    let failure = error.failure(database: need.database)
    if case .final(let answer) = error,
      answer.code == "Neo.ClientError.Security.CredentialsExpired", need.database == "system"
    {
      // The one thing that is allowed now, changing the password, needs no table.
      let connection = try direct(nil, wasLost: false)
      connection.isUnrouted = true
      return connection
    }
    guard error.suggestsDirect, settings.options.fallsBackToDirect, !hasRouted else {
      throw failure
    }
    do {
      // A server that is not asked to route is not told of routing either.
      shared.isDirect = true
      let connection = try open(settings.address.endpoint)
      settings.options.notify(
        .fellBack(from: "\(settings.address)", to: "\(settings.address.direct)"))
      return connection
    } catch {
      shared.isDirect = false
      throw failure
    }
  }
}
