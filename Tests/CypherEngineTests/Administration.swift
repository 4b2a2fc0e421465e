import CypherEngine
import Diagnostics
import GraphValues
import QuerySession

/// An engine with databases and users to administer, in memory or in a directory.
struct Administration {
  let engine: GraphEngine

  init(directory: String? = nil, hashesPasswords: Bool = true) throws {
    var options = GraphEngine.Options()
    if hashesPasswords { options.passwords = ReversedPasswords() }
    engine =
      if let directory {
        try GraphEngine.open(dataDirectory: directory, options: options)
      } else {
        try GraphEngine.memory(options: options)
      }
  }

  /// A session on a database, for a user or for nobody.
  func session(_ database: String = "", user: AuthenticatedUser? = nil) throws(Failure)
    -> EmbeddedSession
  {
    try engine.session(database: database, user: user)
  }

  /// The user of a name and password.
  func authenticated(_ name: String, _ password: String) throws(Failure) -> AuthenticatedUser? {
    try engine.users.authenticate(name: name, password: Array(password.utf8))
  }
}

extension EmbeddedSession {
  /// The rows of a statement, each value as a literal.
  @discardableResult
  func rows(_ text: String, _ parameters: MapValue = MapValue()) async throws(Failure)
    -> [[String]]
  {
    try await result(text, parameters).rows
  }

  /// How many changes of `system` a statement told of.
  @discardableResult
  func updates(_ text: String) async throws(Failure) -> Int {
    try await result(text, MapValue()).summary.counters.systemUpdates
  }

  /// The code of the failure that a statement ends in, or the text of its rows.
  func outcome(_ text: String) async -> String {
    do throws(Failure) {
      return "\(try await rows(text))"
    } catch {
      return error.code.split(separator: ".").suffix(2).joined(separator: ".")
    }
  }

  private func result(_ text: String, _ parameters: MapValue) async throws(Failure) -> (
    rows: [[String]], summary: ResultSummary
  ) {
    let stream = try await run(StatementRequest(text, parameters: parameters))
    var rows: [[String]] = []
    while let batch = try await stream.next() {
      for row in 0..<batch.count { rows.append(batch.columns.map { $0[row].literal }) }
    }
    return (rows, try await stream.summary())
  }
}

/// Passwords backwards, so that what is stored is not the password.
struct ReversedPasswords: PasswordHashing {
  func hash(_ password: [UInt8]) throws(Failure) -> String {
    "r:" + String(decoding: password.reversed(), as: UTF8.self)
  }

  func verify(_ password: [UInt8], against stored: String) -> Bool {
    stored == "r:" + String(decoding: password.reversed(), as: UTF8.self)
  }

  func accepts(_ stored: String) -> Bool { stored.hasPrefix("r:") }
}
