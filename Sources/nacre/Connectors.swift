import Diagnostics
import QuerySession
import ShellKit

/// Chooses what answers at an address: the one place where engines and clients join the shell.
enum Connectors {
  /// The connector for a program's address.
  static func connector(for program: ShellProgram) -> any SessionConnector {
    switch program.options.address {
    case .embedded: EmbeddedConnector(dataDirectory: program.dataDirectory)
    case .memory: EmbeddedConnector(dataDirectory: nil)
    case .remote(let scheme, _, _, _): RemoteConnector(scheme: scheme)
    }
  }
}

/// Opens sessions of the engine in this process.
struct EmbeddedConnector: SessionConnector {
  /// Where the databases are; `nil` for a private store that vanishes at exit.
  let dataDirectory: String?

  func connect(_ request: ConnectionRequest) async throws(Failure) -> any Session {
    throw Failure(
      code: "Neo.ClientError.General.Unknown",
      message: "the embedded engine is not part of this build")
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
