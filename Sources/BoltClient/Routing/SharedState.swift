import QuerySession
import Synchronization

/// What all sessions on one server share: tables, and which states their users have made.
final class SharedState: Sendable {
  private struct State {
    var tables = RoutingTables()
    var bookmarks: [String: [String]] = [:]
    var uses: [ServerEndpoint: Int] = [:]
    var isDirect: Bool
  }

  private let state: Mutex<State>
  /// Held while a table is fetched, so that all who need it wait for one fetch.
  private let refreshing = Mutex<Void>(())

  init(isDirect: Bool) { state = Mutex(State(isDirect: isDirect)) }

  /// Whether the address is used without routing.
  var isDirect: Bool {
    get { state.withLock { $0.isDirect } }
    set { state.withLock { $0.isDirect = newValue } }
  }

  // MARK: Bookmarks

  /// What a transaction on a database must see: its own last state and that of `system`.
  func bookmarks(of database: String) -> [String] {
    state.withLock { state in
      var all = state.bookmarks[database] ?? []
      if database != "system" {
        for bookmark in state.bookmarks["system"] ?? [] where !all.contains(bookmark) {
          all.append(bookmark)
        }
      }
      return all
    }
  }

  /// Takes note of a state that a transaction has made; it stands for all before it.
  func remember(bookmark: String, of database: String) {
    guard !bookmark.isEmpty else { return }
    state.withLock { $0.bookmarks[database] = [bookmark] }
  }

  /// The home database has got its name: what was noted without one belongs to it.
  func rename(homeTo database: String) {
    state.withLock { state in
      guard let bookmarks = state.bookmarks.removeValue(forKey: "") else { return }
      state.bookmarks[database] = state.bookmarks[database] ?? bookmarks
    }
  }

  // MARK: Tables

  /// The table of a database, fresh or not.
  func table(of database: String) -> RoutingTable? {
    state.withLock { $0.tables.table(of: database) }
  }

  /// Takes a table in.
  func insert(_ table: RoutingTable, for database: String) {
    state.withLock { $0.tables.insert(table, for: database, now: .now) }
  }

  /// Forgets a member that cannot be reached.
  func forget(_ endpoint: ServerEndpoint) { state.withLock { $0.tables.forget(endpoint) } }

  /// Draws the conclusion from a failure that a member answered.
  func note(
    code: String, from endpoint: ServerEndpoint, database: String
  ) -> RoutingTables.Consequence {
    state.withLock { $0.tables.note(code: code, from: endpoint, database: database) }
  }

  /// Whether any table names a member.
  func mentions(_ endpoint: ServerEndpoint) -> Bool {
    state.withLock { $0.tables.mentions(endpoint) }
  }

  /// Fetches a table unless somebody else just did.
  func refreshing<Result>(
    _ body: () throws(RoutingFailure) -> Result
  ) throws(RoutingFailure) -> Result {
    try refreshing.withLock { (_) throws(RoutingFailure) in try body() }
  }

  // MARK: Load

  /// The members with the fewest connections in use, ties in a random order.
  func leastUsedFirst(_ endpoints: [ServerEndpoint]) -> [ServerEndpoint] {
    let uses = state.withLock { $0.uses }
    return endpoints.shuffled().sorted { uses[$0, default: 0] < uses[$1, default: 0] }
  }

  /// A connection to a member is taken into use, or given back.
  func count(_ change: Int, for endpoint: ServerEndpoint) {
    state.withLock { $0.uses[endpoint, default: 0] += change }
  }
}
