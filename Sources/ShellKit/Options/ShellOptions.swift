import Formatting
import LineEditor
import QuerySession

/// How servers are connected to.
public struct RemoteSettings: Sendable, Equatable {
  /// Whether to encrypt, whatever the scheme says; `nil` leaves it to the scheme.
  public internal(set) var encrypts: Bool?
  /// A file of certificates of authorities to trust rather than those of the system.
  public internal(set) var authorityFile: String?
  /// The client's own certificate and the file of its key.
  public internal(set) var certificateFile: String?
  /// The file of the key of the client's own certificate.
  public internal(set) var keyFile: String?
  /// Seconds within which a connection must be there; `nil` for the default.
  public internal(set) var connectTimeoutSeconds: Int?
  /// Records asked for at a time; `nil` for the default.
  public internal(set) var fetchSize: Int?
  /// Whether `neo4j://` goes on without routing where a server has none.
  public internal(set) var fallsBack = true

  /// Leaves everything as it is by default.
  public init() {}
}

/// Everything that arguments and environment say.
public struct ShellOptions: Sendable {
  /// What to do instead of running statements.
  public enum Action: Sendable, Equatable {
    /// Run statements.
    case run
    /// Print the version.
    case version
    /// Print the driver's version.
    case driverVersion
    /// Change the password.
    case changePassword
  }

  /// What to do.
  public internal(set) var action = Action.run
  /// Where the data are.
  public internal(set) var address = ServerAddress.embedded
  /// The data directory of the embedded engine; `nil` for the default one.
  public internal(set) var dataDirectory: String?
  /// How durable commits of the embedded engine are, as given; `nil` for the default.
  public internal(set) var durability: String?

  /// How servers are connected to.
  public internal(set) var remote = RemoteSettings()

  var cypher: String?
  /// As given, before environment and address are looked at.
  var addressText: String?
  var userText: String?
  var passwordText: String?
  var databaseText: String?
  /// Where the log goes; empty for standard error.
  var logFile: String?
  var failsFast = false
  var files: [String] = []
  var parameters: [String] = []
  var user = ""
  var password = ""
  var database = ""
  var impersonatedUser: String?
  var accessMode = AccessMode.write
  /// `nil` means that terminals decide.
  var format: ResultFormat?
  var sampleRows = 1000
  var wraps = true
  var isNonInteractive = false
  var failsAtEnd = false
  var showsNotifications = false
  var failureStyle = FailureStyle.gql
  var history: String?
  var idleTimeoutSeconds: Int?
  var transactionTimeoutSeconds: Int?
  /// Reads an environment variable.
  var environment: @Sendable (String) -> String? = { HostProcess.environment($0) }

  /// Makes options with all defaults.
  init() {}

  /// How sessions are asked for at the start.
  var connectionRequest: ConnectionRequest {
    let isNobody = user.isEmpty && !address.isRemote
    let login = isNobody ? Shell.embeddedUser : user
    return ConnectionRequest(
      user: user, password: password, database: database,
      impersonatedUser: impersonatedUser == login ? nil : impersonatedUser, accessMode: accessMode)
  }
}
