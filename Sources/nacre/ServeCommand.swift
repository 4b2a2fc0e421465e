import BoltServer
import CypherEngine
import Diagnostics
import Foundation
import ShellKit

/// `nacre serve`: the engine's databases for Bolt drivers.
struct ServeCommand {
  private static let usage = """
    usage: nacre serve [--listen HOST:PORT] [--data DIR | --memory] [OPTION ...]

    """
  private static let help =
    usage + """

        Serves the embedded databases to Bolt drivers and browser tools, until SIGTERM or Ctrl-C.
        The first line of output tells the address.

        --listen HOST:PORT       where to listen (default: 127.0.0.1:7687); port 0 takes a free one.
                                 Addresses of other machines need a user with a password first:
                                 nacre -d system "ALTER USER neo4j SET PASSWORD '...' CHANGE NOT REQUIRED"
        --data DIR               the data directory (default: as the shell's)
        --memory                 databases that vanish at the end
        --durability full|none   whether a commit waits for the disk (default: full)
        --import DIR             where the files of LOAD CSV lie (default: DATA/import, none in memory)
        --advertise HOST:PORT    the address that routing tables name
        --tls-cert FILE          the certificate, in PEM, for bolt+s and neo4j+s
        --tls-key FILE           its key
        --tls-required           refuse clients that do not encrypt
        --max-connections N      more are closed at once (default: 1000)
        --idle-timeout SECONDS   close connections without a request for so long (default: never)
        --transaction-timeout SECONDS
                                 end transactions that take longer, unless the client sets a time of
                                 its own (default: never)
        --memory-limit MIB       what one statement may hold (default: 4096)
        --query-log FILE         note each statement, without passwords
        --max-version X.Y        the newest version of Bolt to offer

      """
  private static let graceSeconds = 10.0

  private var options = BoltServerOptions(zones: GraphEngine.zoneRules)
  private var engineOptions = GraphEngine.Options()
  private var givenDirectory: String?
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
    if arguments.first == "help" || arguments.contains("--help") || arguments.contains("-h") {
      FileHandle.standardOutput.write(Data(help.utf8))
      return 0
    }
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
      case "--data": givenDirectory = try value(of: flag)
      case "--memory": isInMemory = true
      case "--durability":
        engineOptions.isDurable = try choice(["none", "full"], value(of: flag), flag) == "full"
      case "--import":
        let directory = try value(of: flag)
        let found = try? URL(fileURLWithPath: directory).resourceValues(forKeys: [.isDirectoryKey])
        guard found?.isDirectory == true else {
          throw UsageError(description: "--import: \(directory) is not a directory")
        }
        engineOptions.importDirectory = directory
      case "--max-connections": options.maximumConnections = try number(value(of: flag), flag)
      case "--idle-timeout": options.idleSeconds = Double(try number(value(of: flag), flag))
      case "--transaction-timeout":
        engineOptions.transactionTimeoutSeconds = Double(try number(value(of: flag), flag))
      case "--memory-limit":
        engineOptions.memoryLimitBytes = try number(value(of: flag), flag) << 20
      case "--tls-cert", "--tls-certificate": certificateFile = try value(of: flag)
      case "--tls-key": keyFile = try value(of: flag)
      case "--tls-required": requiresTLS = true
      case "--advertise": options.advertisedAddress = try value(of: flag)
      case "--max-version":
        let known = BoltServerOptions.knownVersions
        options.newestVersion = try choice(known, value(of: flag), flag)
      case "--query-log": queryLogFile = try value(of: flag)
      default: throw UsageError(description: "\(flag): no such flag")
      }
    }
    if isInMemory, givenDirectory != nil {
      throw UsageError(description: "--memory: not allowed with --data")
    }
    if let certificateFile, let keyFile {
      options.tls = BoltServerOptions.TLS(
        certificateFile: certificateFile, keyFile: keyFile, isRequired: requiresTLS)
    } else if certificateFile != nil || keyFile != nil || requiresTLS {
      throw UsageError(description: "--tls-cert and --tls-key belong together")
    }
    engineOptions.passwords = ScryptPasswords()
    if engineOptions.importDirectory == nil, !isInMemory,
      ProcessInfo.processInfo.environment["NACRE_IMPORT"] == nil
    {
      engineOptions.importDirectory = dataDirectory + "/import"
    }
  }

  private func choice(_ known: [String], _ text: String, _ flag: String) throws -> String {
    guard known.contains(text) else {
      let choices = known.joined(separator: ", ")
      throw UsageError(description: "\(flag): '\(text)' is none of \(choices)")
    }
    return text
  }

  private func number(_ text: String, _ flag: String) throws -> Int {
    guard let number = Int32(text), number >= 1 else {
      throw UsageError(description: "\(flag): '\(text)' is not a number from 1 on")
    }
    return Int(number)
  }

  private mutating func listen(_ address: String) throws {
    guard let colon = address.lastIndex(of: ":"),
      let port = UInt16(address[address.index(after: colon)...])
    else { throw UsageError(description: "--listen: \(address) is not HOST:PORT") }
    let host = address[..<colon]
    options.host = host.isEmpty ? "127.0.0.1" : host.trimmingCharacters(in: ["[", "]"])
    options.port = Int(port)
  }

  private var dataDirectory: String {
    givenDirectory
      ?? ShellProgram.standardDirectory { ProcessInfo.processInfo.environment[$0] }
  }

  private mutating func run() async throws(Failure) -> Int32 {
    Termination.prepare()
    let engine =
      isInMemory
      ? try GraphEngine.memory(options: engineOptions)
      : try GraphEngine.open(dataDirectory: dataDirectory, options: engineOptions)
    if let queryLogFile { options.queryLog = try QueryLogFile(path: queryLogFile).log }
    let listener = try BoltListener.start(options, service: EngineService(engine: engine))
    engine.clients = listener
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
