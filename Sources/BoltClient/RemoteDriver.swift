public import Diagnostics
public import QuerySession
import Synchronization

/// Opens sessions at one address.
///
/// What concerns the server rather than one session is kept here: routing tables, and the states that
/// a user who connects again wants to see.
public final class RemoteDriver: Sendable {
  /// The address as it was given.
  public let address: RemoteAddress
  private let options: RemoteOptions
  private let shared: SharedState
  /// Stops the attempt that is under way.
  private let attempt = Mutex<CancelSwitch?>(nil)

  /// Makes a driver; connects to nothing yet.
  public init(address: RemoteAddress, options: RemoteOptions) {
    self.address = address
    self.options = options
    shared = SharedState(isDirect: !address.isRouting)
  }

  /// Connects, says who the user is, and sees whether the database is there.
  ///
  /// - Parameters:
  ///   - credentials: Who the user is.
  ///   - database: Empty for the home database.
  ///   - impersonatedUser: The user to act as.
  ///   - accessMode: What transactions may do, and to which members of a cluster they go.
  /// - Returns: A session on the database.
  /// - Throws: When nothing answers or the server refuses. The code tells which: `ServiceUnavailable`,
  ///   `Neo.ClientError.Security.…`, `Neo.ClientError.Database.DatabaseNotFound`.
  public func connect(
    credentials: RemoteCredentials, database: String = "", impersonatedUser: String? = nil,
    accessMode: AccessMode = .write
  ) async throws(Failure) -> RemoteSession {
    let cancellation: CancelSwitch
    do {
      cancellation = try CancelSwitch()
    } catch {
      throw Failure(code: ConnectionProblem.unavailableCode, message: "\(error)")
    }
    let settings = ConnectionSettings(
      address: address, credentials: credentials, options: options, cancellation: cancellation)
    let session = RemoteSession(
      settings, shared: shared, database: database, impersonatedUser: impersonatedUser,
      accessMode: accessMode)
    do {
      attempt.withLock { $0 = cancellation }
      defer { attempt.withLock { $0 = nil } }
      try session.ping()
      return session
    } catch {
      await session.close()
      throw error
    }
  }

  /// Ends a `connect` that waits on another thread; it then fails.
  public func cancelConnecting() {
    let cancellation = attempt.withLock { $0 }
    // Nothing is open on it that would be worth a RESET.
    for _ in 0..<2 { cancellation?.cancel() }
  }
}
