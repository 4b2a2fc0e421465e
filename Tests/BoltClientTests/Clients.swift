import Diagnostics
import GraphValues
import QuerySession
import ServerKit
import Synchronization
import Testing

@testable import BoltClient

extension ScriptedServer {
  /// Closes, and holds against the server what did not go by its scripts.
  func check(_ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation) {
    let faults = end()
    #expect(faults == [], comment, sourceLocation: sourceLocation)
  }
}

/// Collects the notices of a client.
final class Notices: Sendable {
  private let list = Mutex<[RemoteNotice]>([])
  var all: [RemoteNotice] { list.withLock { $0 } }
  func add(_ notice: RemoteNotice) { list.withLock { $0.append(notice) } }
}

/// Options as tests use them: short times, and names that do not change.
func options(
  _ notices: Notices = Notices(), fetchSize: Int = 1000,
  change: (inout RemoteOptions) -> Void = { _ in }
) -> RemoteOptions {
  var options = RemoteOptions(
    userAgent: "nacre/1", zones: NoZones(), notify: { notices.add($0) })
  options.fetchSize = fetchSize
  options.connectTimeoutSeconds = 10
  change(&options)
  return options
}

/// A session on a scripted server.
func session(
  on server: ScriptedServer, scheme: String = "bolt", query: String = "",
  credentials: RemoteCredentials = .basic(user: "neo4j", password: "pw"), database: String = "",
  accessMode: AccessMode = .write, options: RemoteOptions = options()
) async throws(Failure) -> RemoteSession {
  let driver = RemoteDriver(
    address: try RemoteAddress(
      scheme: scheme, host: "127.0.0.1", port: server.port, query: query), options: options)
  return try await driver.connect(
    credentials: credentials, database: database, accessMode: accessMode)
}

extension ResultStream {
  /// All records, column by column.
  func allColumns() async throws(Failure) -> [[Value]] {
    var columns = [[Value]](repeating: [], count: columns.count)
    while let batch = try await next() {
      for (place, values) in batch.columns.enumerated() { columns[place] += values }
    }
    return columns
  }

  /// All records, each as text, and how many batches they came in.
  func rows() async throws(Failure) -> [String] {
    var rows: [String] = []
    while let batch = try await next() {
      for row in 0..<batch.count {
        rows.append(batch.columns.map { Sample.text($0[row]) }.joined(separator: " | "))
      }
    }
    return rows
  }
}

/// The failure that something ends with; `nil` where it succeeds.
func failure(_ body: () async throws(Failure) -> Void) async -> Failure? {
  do {
    try await body()
    return nil
  } catch {
    return error
  }
}
