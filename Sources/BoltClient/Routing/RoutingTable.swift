import GraphValues
import QuerySession

/// Which members of a cluster serve a database, as one of them said.
struct RoutingTable: Sendable, Equatable {
  /// Why what a server said is no routing table that helps.
  enum Problem: Error, Equatable {
    /// It is not of the form of one.
    case malformed
    /// Nobody could be asked again.
    case noRouters
    /// Nobody answers statements that read.
    case noReaders
  }

  /// A table that is not asked for is kept this long after its time.
  private static let graceSeconds = 30.0

  /// The database's own name, where the server told it.
  var database: String?
  /// Who can be asked for tables, in the order told.
  var routers: [ServerEndpoint]
  /// Who takes statements that read.
  var readers: [ServerEndpoint]
  /// Who takes statements that write.
  var writers: [ServerEndpoint]
  /// When its time is over.
  var expiry: ContinuousClock.Instant
  /// Whether it came without anybody to write to.
  var cameWithoutWriters: Bool

  /// Reads what a server answered to ROUTE, at a time.
  ///
  /// - Throws: When nothing can be done with it; one without writers serves for reading.
  init(metadata: MapValue, now: ContinuousClock.Instant) throws(Problem) {
    guard let table = metadata.map("rt") ?? (metadata["servers"] == nil ? nil : metadata) else {
      throw .malformed
    }
    database = table.text("db")
    routers = []
    readers = []
    writers = []
    for server in table.maps("servers") {
      let endpoints = server.texts("addresses").compactMap { ServerEndpoint($0) }
      switch server.text("role") {
      case "ROUTE": Self.add(endpoints, to: &routers)
      case "READ": Self.add(endpoints, to: &readers)
      case "WRITE": Self.add(endpoints, to: &writers)
      default: continue
      }
    }
    // A year is as good as for ever, and cannot overflow.
    let seconds = min(max(table.integer("ttl") ?? 0, 0), 31_536_000)
    expiry = now.advanced(by: .seconds(seconds))
    cameWithoutWriters = writers.isEmpty
    if routers.isEmpty { throw .noRouters }
    if readers.isEmpty { throw .noReaders }
  }

  /// Who takes statements of a mode.
  func servers(for mode: AccessMode) -> [ServerEndpoint] {
    mode == .read ? readers : writers
  }

  /// Whether statements of a mode can be sent by it without asking anew.
  func isFresh(for mode: AccessMode, now: ContinuousClock.Instant) -> Bool {
    now < expiry && !routers.isEmpty && !servers(for: mode).isEmpty
  }

  /// Whether it can be forgotten.
  func isForgotten(now: ContinuousClock.Instant) -> Bool {
    now >= expiry.advanced(by: .seconds(Self.graceSeconds))
  }

  /// Forgets a member.
  mutating func remove(_ endpoint: ServerEndpoint) {
    routers.removeAll { $0 == endpoint }
    readers.removeAll { $0 == endpoint }
    writers.removeAll { $0 == endpoint }
  }

  private static func add(_ new: [ServerEndpoint], to list: inout [ServerEndpoint]) {
    for endpoint in new where !list.contains(endpoint) { list.append(endpoint) }
  }
}
