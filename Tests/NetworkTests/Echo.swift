import Synchronization

@testable import Network

/// Sends back what comes, and reads no more while the peer does not take it.
final class EchoHandler: ConnectionHandler {
  private let connection: ServerConnection
  private let log: HandlerLog

  init(_ connection: ServerConnection, _ log: HandlerLog) {
    self.connection = connection
    self.log = log
  }

  func received(_ bytes: [UInt8]) {
    log.received(bytes.count)
    if connection.send(bytes) > 1 << 19 { connection.pauseReading() }
  }

  func drained() {
    log.drained()
    connection.resumeReading()
  }

  func timeout() { connection.finish() }

  func closed(_ reason: CloseReason) { log.closed(reason) }
}

/// What handlers have met, for a test to look at and wait for.
final class HandlerLog: Sendable {
  struct Entries {
    var bytes = 0
    var drainedCount = 0
    var closeReasons: [CloseReason] = []
  }

  private let entries = Mutex(Entries())

  var current: Entries { entries.withLock { $0 } }

  func received(_ count: Int) { entries.withLock { $0.bytes += count } }

  func drained() { entries.withLock { $0.drainedCount += 1 } }

  func closed(_ reason: CloseReason) { entries.withLock { $0.closeReasons.append(reason) } }
}

extension ListenerOptions {
  /// On this machine, at any free port.
  static var test: ListenerOptions { ListenerOptions(host: "127.0.0.1", port: 0) }
}

extension NetworkListener {
  static func echo(
    _ options: ListenerOptions = .test, log: HandlerLog = HandlerLog()
  ) throws -> NetworkListener {
    try listen(options) { EchoHandler($0, log) }
  }

  func connect(tls: ClientTLS? = nil) throws(NetworkError) -> ClientConnection {
    try .connect(host: "127.0.0.1", port: port, tls: tls, deadlineSeconds: 20)
  }
}

extension ClientConnection {
  /// Receives until there are so many bytes, or the stream ends.
  func receive(count: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      if try receive(into: &bytes, timeoutSeconds: 20) == 0 { break }
    }
    return bytes
  }
}
