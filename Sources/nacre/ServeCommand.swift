import BoltServer
import CypherEngine
import Diagnostics
import Foundation
import ShellKit

/// `nacre serve`: the engine's databases for Bolt drivers.
struct ServeCommand {
  private static let usage = """
    usage: nacre serve [--listen HOST:PORT] [--data DIRECTORY | --memory] [--durability full|none]
                       [--tls-certificate FILE --tls-key FILE [--tls-required]]
                       [--advertise HOST:PORT] [--max-version 5.8] [--query-log FILE]

    """
  private static let graceSeconds = 10.0

  private var options = BoltServerOptions(zones: GraphEngine.zoneRules)
  private var engineOptions = GraphEngine.Options()
  private var dataDirectory = Self.defaultDirectory()
  private var isInMemory = false
  private var certificateFile: String?
  private var keyFile: String?
  private var requiresTLS = false
  private var queryLogFile: String?

  /// Serves until the process is asked to end.
  ///
  /// - Parameter arguments: What stands behind `serve`.
  /// - Returns: The process's status.
  static func run(_ arguments: [String]) async -> Int32 {
    do {
      var command = try ServeCommand(arguments)
      return try await command.run()
    } catch let error as Failure {
      say(error.message + (error.hint.map { "\n" + $0 } ?? "") + "\n")
      return 1
    } catch {
      say("\(error)\n" + usage)
      return 64
    }
  }

  /// A mistake in the arguments.
  private struct UsageError: Error, CustomStringConvertible {
    let description: String
  }

  private init(_ arguments: [String]) throws {
    var rest = arguments[...]
    func value(of flag: String) throws -> String {
      guard let value = rest.popFirst() else { throw UsageError(description: "\(flag): no value") }
      return value
    }
    while let flag = rest.popFirst() {
      switch flag {
      case "--listen": try listen(value(of: flag))
      case "--data": dataDirectory = try value(of: flag)
      case "--memory": isInMemory = true
      case "--durability": engineOptions.isDurable = try value(of: flag) != "none"
      case "--tls-certificate": certificateFile = try value(of: flag)
      case "--tls-key": keyFile = try value(of: flag)
      case "--tls-required": requiresTLS = true
      case "--advertise": options.advertisedAddress = try value(of: flag)
      case "--max-version": options.newestVersion = try value(of: flag)
      case "--query-log": queryLogFile = try value(of: flag)
      default: throw UsageError(description: "\(flag): no such flag")
      }
    }
    if let certificateFile, let keyFile {
      options.tls = BoltServerOptions.TLS(
        certificateFile: certificateFile, keyFile: keyFile, isRequired: requiresTLS)
    } else if certificateFile != nil || keyFile != nil || requiresTLS {
      throw UsageError(description: "--tls-certificate and --tls-key belong together")
    }
  }

  private mutating func listen(_ address: String) throws {
    guard let colon = address.lastIndex(of: ":"),
      let port = UInt16(address[address.index(after: colon)...])
    else { throw UsageError(description: "--listen: \(address) is not HOST:PORT") }
    let host = address[..<colon]
    options.host = host.isEmpty ? "127.0.0.1" : host.trimmingCharacters(in: ["[", "]"])
    options.port = Int(port)
  }

  private static func defaultDirectory() -> String {
    let environment = ProcessInfo.processInfo.environment
    if let directory = environment["NACRE_DATA"], !directory.isEmpty { return directory }
    if let home = environment["XDG_DATA_HOME"], !home.isEmpty { return home + "/nacre" }
    return (environment["HOME"] ?? ".") + "/.local/share/nacre"
  }

  private mutating func run() async throws(Failure) -> Int32 {
    Termination.prepare()
    let engine =
      isInMemory
      ? try GraphEngine.memory(options: engineOptions)
      : try GraphEngine.open(dataDirectory: dataDirectory, options: engineOptions)
    if let queryLogFile { options.queryLog = try QueryLogFile(path: queryLogFile).log }
    let listener = try BoltListener.start(options, service: EngineService(engine: engine))
    let host = options.host.contains(":") ? "[\(options.host)]" : options.host
    let scheme = requiresTLS ? "bolt+s" : "bolt"
    FileHandle.standardOutput.write(
      Data("listening on \(scheme)://\(host):\(listener.port)\n".utf8))
    Termination.wait()
    await listener.shutdown(graceSeconds: Self.graceSeconds)
    return 0
  }

  private static func say(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
