import Diagnostics
import GraphValues
import QuerySession
import Synchronization

/// The names that a database and its server know.
struct KnownNames: Sendable, Equatable {
  var labels: [String] = []
  var relationshipTypes: [String] = []
  var propertyKeys: [String] = []
  var databases: [String] = []
  var functions: [String] = []
  var procedures: [String] = []
  /// The columns of procedures.
  var columns: [String: [String]] = [:]
}

/// Keeps the names for completion, on a session of its own, so that a transaction of the user's is left
/// alone and nobody waits for an answer.
///
/// What a server does not know how to tell stays empty.
final class NameKeeper: Sendable {
  private struct State {
    var names = KnownNames()
    var session: (any Session)?
    /// Whether somebody is asking for names.
    var isBusy = false
    var lastRefresh: ContinuousClock.Instant?
    /// Counts connections of the shell: what one of before tells is dropped.
    var generation = 0
  }

  /// Names are not asked for more often than this; those of an engine in this process always.
  private static let leastPause = Duration.seconds(2)
  /// Names beyond these are not kept.
  private static let most: Int64 = 10_000

  private let state = Mutex(State())

  /// What is known now.
  var names: KnownNames { state.withLock { $0.names } }

  /// Drops all names and the session: the shell goes elsewhere.
  func forget() {
    let session = state.withLock { state in
      defer { state.session = nil }
      state.generation += 1
      state.names = KnownNames()
      state.lastRefresh = nil
      return state.session
    }
    if let session { Task.detached { await session.close() } }
  }

  /// Asks for the names of a database, behind the user's back.
  ///
  /// - Parameters:
  ///   - connector: Where the shell is connected.
  ///   - request: As whom.
  ///   - isEmbedded: Whether the engine is in this process.
  func refresh(_ connector: any SessionConnector, _ request: ConnectionRequest, isEmbedded: Bool) {
    let generation: Int? = state.withLock { state in
      let isFresh =
        !isEmbedded
        && (state.lastRefresh.map { ContinuousClock.now - $0 < Self.leastPause } ?? false)
      guard !state.isBusy, !isFresh else { return nil }
      state.isBusy = true
      return state.generation
    }
    guard let generation else { return }
    Task.detached { [self] in
      await ask(connector, request, generation)
      let isObsolete = state.withLock { state in
        state.isBusy = false
        state.lastRefresh = .now
        return state.generation != generation
      }
      if isObsolete { forget() }
    }
  }

  private func ask(
    _ connector: any SessionConnector, _ request: ConnectionRequest, _ generation: Int
  ) async {
    do throws(Failure) {
      let session: any Session
      if let known = state.withLock({ $0.session }) {
        session = known
        if session.database != request.database {
          try await session.use(database: request.database)
        }
      } else {
        session = try await connector.connect(request)
        state.withLock { $0.session = session }
        await learnServer(session, generation)
      }
      let labels = await column(session, "CALL db.labels()")
      let types = await column(session, "CALL db.relationshipTypes()")
      let keys = await column(session, "CALL db.propertyKeys()")
      let databases = await column(session, "SHOW DATABASES YIELD name")
      change(generation) { names in
        names.labels = labels
        names.relationshipTypes = types
        names.propertyKeys = keys
        names.databases = databases
      }
    } catch {
      // The next refresh opens another session.
      let session = state.withLock { state in
        defer { state.session = nil }
        return state.session
      }
      await session?.close()
    }
  }

  /// What stays the same as long as a server runs.
  private func learnServer(_ session: any Session, _ generation: Int) async {
    let functions = await column(session, "SHOW FUNCTIONS YIELD name")
    var procedures: [String] = []
    var columns: [String: [String]] = [:]
    let rows = await self.rows(session, "SHOW PROCEDURES YIELD name, returnDescription")
    for row in rows {
      guard row.count == 2, case .string(let name) = row[0] else { continue }
      procedures.append(name)
      guard case .list(let described) = row[1] else { continue }
      columns[name] = described.compactMap { column in
        guard case .map(let map) = column, case .string(let name)? = map["name"] else { return nil }
        return name
      }
    }
    change(generation) { [procedures, columns] names in
      names.functions = functions
      names.procedures = procedures
      names.columns = columns
    }
  }

  private func change(_ generation: Int, _ body: (inout KnownNames) -> Void) {
    state.withLock { state in
      if state.generation == generation { body(&state.names) }
    }
  }

  /// The texts of a result's first column in their order, none twice.
  private func column(_ session: any Session, _ text: String) async -> [String] {
    let texts = await rows(session, text).compactMap { row -> String? in
      guard case .string(let text)? = row.first else { return nil }
      return text
    }
    return Set(texts).sorted()
  }

  private func rows(_ session: any Session, _ text: String) async -> [[Value]] {
    var rows: [[Value]] = []
    do throws(Failure) {
      let result = try await session.run(StatementRequest(text))
      while rows.count < Self.most, let batch = try await result.next() {
        for row in 0..<batch.count { rows.append(batch.columns.map { $0[row] }) }
      }
      _ = try await result.summary()
    } catch {
      return []
    }
    return rows
  }
}
