public import BoltClient
import CypherEngine
import Foundation
public import Diagnostics
import GraphValues
public import QuerySession

/// What is judged by recorded answers: something that holds a graph and gives sessions on it.
public protocol GoldenSubject: AnyObject {
  /// Forgets all that it holds, then lays a graph.
  func hold(_ statements: [String]) async throws

  /// A session on a database; an empty name stands for the default one.
  func session(database: String) async throws(Failure) -> any Session
}

extension Session {
  /// Runs a statement to its end.
  func drain(_ text: String) async throws(Failure) {
    let result = try await run(StatementRequest(text))
    while try await result.next() != nil {}
    _ = try await result.summary()
  }
}

/// The engine in this process, anew for each graph.
final class EmbeddedSubject: GoldenSubject {
  private var engine: GraphEngine?

  func hold(_ statements: [String]) async throws {
    var options = GraphEngine.Options()
    options.passwords = PlainPasswords()
    let engine = try GraphEngine.memory(options: options)
    let session = try engine.session()
    for statement in statements { try await session.drain(statement) }
    await session.close()
    self.engine = engine
  }

  func session(database: String) async throws(Failure) -> any Session {
    guard let engine else { throw Failure(code: "", message: "no graph was laid") }
    return try engine.session(database: database)
  }
}

/// A server that may be emptied at will.
public final class RemoteSubject: GoldenSubject {
  private let driver: RemoteDriver
  private let credentials: RemoteCredentials

  /// Takes a server's address.
  ///
  /// - Parameters:
  ///   - scheme: `bolt` or `neo4j`.
  ///   - host: Where it listens.
  ///   - port: At which port.
  ///   - credentials: A user who may do everything.
  /// - Throws: When the address is none.
  public init(scheme: String, host: String, port: Int, credentials: RemoteCredentials)
    throws(Failure)
  {
    driver = RemoteDriver(
      address: try RemoteAddress(scheme: scheme, host: host, port: port),
      options: RemoteOptions(userAgent: "nacre-scenarios/1", zones: GraphEngine.zoneRules))
    self.credentials = credentials
  }

  /// Empties the default database and lays a graph in it.
  public func hold(_ statements: [String]) async throws {
    let session = try await session(database: "")
    try await session.drain("MATCH (n) DETACH DELETE n")
    for (kind, plural) in [("CONSTRAINT", "CONSTRAINTS"), ("INDEX", "INDEXES")] {
      for name in try await names("SHOW \(plural) YIELD name, type WHERE type <> 'LOOKUP'", session)
      {
        let quoted = name.replacingOccurrences(of: "`", with: "``")
        try await session.drain("DROP \(kind) `\(quoted)` IF EXISTS")
      }
    }
    for statement in statements { try await session.drain(statement) }
    await session.close()
  }

  private func names(_ text: String, _ session: any Session) async throws(Failure) -> [String] {
    let result = try await session.run(StatementRequest(text))
    var names: [String] = []
    while let batch = try await result.next() {
      for value in batch.columns.first ?? [] {
        if case .string(let name) = value { names.append(name) }
      }
    }
    return names
  }

  /// Opens a session on the server.
  public func session(database: String) async throws(Failure) -> any Session {
    try await driver.connect(credentials: credentials, database: database)
  }
}

/// Stores passwords as they are: quick, and good enough for what is recorded.
struct PlainPasswords: PasswordHashing {
  func hash(_ password: [UInt8]) throws(Failure) -> String {
    String(decoding: password, as: UTF8.self)
  }

  func verify(_ password: [UInt8], against stored: String) -> Bool {
    Array(stored.utf8) == password
  }
}
