import GraphValues

/// What a server said of itself when the connection was made.
struct ServerGreeting: Sendable {
  /// What it calls itself.
  var agent = ""
  /// Its name for the connection.
  var connectionID = ""
  /// Which program it seems to be.
  var product = ServerProduct.unknown
  /// Seconds within which it gives a sign of life whenever an answer is due; `nil` without a promise.
  var silenceSeconds: Int?
  /// Whether it finds the home database by itself and tells its name.
  var routesItself = false
  /// Whether the password must be changed before anything else.
  var mustChangePassword = false
  /// Whether the client has been let in.
  var isComplete = false

  /// Reads the reply to HELLO.
  mutating func receive(hello metadata: MapValue) {
    agent = metadata.text("server") ?? ""
    connectionID = metadata.text("connection_id") ?? ""
    product = ServerProduct(greeting: metadata)
    let hints = metadata.map("hints") ?? MapValue()
    if let seconds = hints.integer("connection.recv_timeout_seconds"), seconds > 0 {
      silenceSeconds = seconds
    }
    routesItself = hints.boolean("ssr.enabled") ?? false
    receive(logon: metadata)
  }

  /// Reads the reply to LOGON.
  mutating func receive(logon metadata: MapValue) {
    mustChangePassword = metadata.boolean("credentials_expired") ?? mustChangePassword
  }
}
