import CypherEngine
import Diagnostics
import QuerySession
import ShellKit
import Synchronization

/// Chooses what answers at an address: the one place where engines and clients join the shell.
enum Connectors {
  /// The connector for a program's address.
  static func connector(for program: ShellProgram) -> any SessionConnector {
    var options = GraphEngine.Options()
    if program.options.durability == "none" { options.isDurable = false }
    return switch program.options.address {
    case .embedded: EmbeddedConnector(dataDirectory: program.dataDirectory, options: options)
    case .memory: EmbeddedConnector(dataDirectory: nil, options: options)
    case .remote(let scheme, _, _, _): RemoteConnector(scheme: scheme)
    }
  }
}

/// Opens sessions of the engine in this process, which is opened once.
final class EmbeddedConnector: SessionConnector {
  /// Where the databases are; `nil` for a private store that vanishes at exit.
  private let dataDirectory: String?
  private let options: GraphEngine.Options
  private let engine = Mutex<GraphEngine?>(nil)

  init(dataDirectory: String?, options: GraphEngine.Options) {
    self.dataDirectory = dataDirectory
    self.options = options
  }

  func connect(_ request: ConnectionRequest) async throws(Failure) -> any Session {
    if request.impersonatedUser != nil {
      throw Failure(
        code: "Neo.ClientError.Statement.UnsupportedAdministrationCommand",
        message: "Impersonation is not supported in community edition.")
    }
    let session = try opened().session(database: request.database)
    try await session.setAccessMode(request.accessMode)
    return session
  }

  private func opened() throws(Failure) -> GraphEngine {
    if let known = engine.withLock({ $0 }) { return known }
    let made: GraphEngine
    if let dataDirectory {
      made = try GraphEngine.open(dataDirectory: dataDirectory, options: options)
    } else {
      made = try GraphEngine.memory(options: options)
    }
    engine.withLock { $0 = made }
    return made
  }
}

/// Refuses remote addresses until there is a client for them.
struct RemoteConnector: SessionConnector {
  private static let schemes = ["bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"]

  /// The address's scheme.
  let scheme: String

  func connect(_ request: ConnectionRequest) async throws(Failure) -> any Session {
    guard Self.schemes.contains(scheme) else {
      throw Failure(
        code: "Neo.ClientError.General.Unknown", message: "Invalid address format \(scheme)")
    }
    throw Failure(
      code: "Neo.ClientError.General.Unknown",
      message: "remote addresses come with a later version: leave `-a` away for the embedded "
        + "engine, or use `-a memory:`")
  }
}
