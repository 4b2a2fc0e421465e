import CypherRuntime
import GraphStore
import GraphValues
import QuerySession

/// What procedures may ask of the session that calls them.
final class SessionServices: ProcedureServices {
  /// What the client has attached to the transaction.
  var transactionMetadata = MapValue()
  private let user: SessionUser?
  /// Holds these services.
  weak var session: EmbeddedSession?

  init(user: SessionUser?) { self.user = user }

  var currentUser: String { user?.name ?? UserList.firstName }

  var creationMilliseconds: Int64 { session?.descriptor.createdMilliseconds ?? 0 }

  func settings(matching text: String) -> [SettingDescription] {
    session?.engine.settings.filter { $0.name.contains(text) } ?? []
  }

  var connections: [ConnectionDescription] {
    session?.engine.clients?.connections.map { ConnectionDescription($0) } ?? []
  }

  func endConnection(_ id: String) -> ConnectionDescription? {
    session?.engine.clients?.end(connection: id).map { ConnectionDescription($0) }
  }

  func clearQueryCaches() -> Int { session?.engine.clearPlans() ?? 0 }
}

extension ConnectionDescription {
  fileprivate init(_ listed: ListedConnection) {
    let now = ClockInstant.now()
    let age = listed.age.components
    let milliseconds = age.seconds * 1_000 + age.attoseconds / 1_000_000_000_000_000
    self.init(
      id: listed.connection.id,
      openedMilliseconds: now.epochSecond * 1_000 + Int64(now.nanosecond / 1_000_000)
        - milliseconds,
      connector: listed.connection.protocolName, userName: listed.user, userAgent: listed.agent,
      serverAddress: listed.connection.serverAddress, clientAddress: listed.connection.address)
  }
}

extension GraphEngine {
  /// The settings in force, by name.
  var settings: [SettingDescription] {
    let rows = [
      (
        "db.lock.acquisition.timeout", "\(Int(options.writeDeadlineSeconds))s",
        "How long a statement waits for another writer."
      ),
      ("db.temporal.timezone", "Z", "The zone of instants given without one."),
      (
        "db.transaction.memory.limit", "\(options.memoryLimitBytes)",
        "Bytes that one statement may hold."
      ),
      (
        "db.transaction.timeout", "\(Int(options.transactionTimeoutSeconds ?? 0))s",
        "How long a transaction may take; 0 is for ever."
      ),
      ("server.directories.data", dataDirectory ?? "memory:", "Where the databases lie."),
    ]
    return rows.map { name, value, summary in
      SettingDescription(
        name: name, summary: summary, value: value, isDynamic: false, defaultValue: value,
        isExplicitlySet: false, validValues: "")
    }
  }
}
