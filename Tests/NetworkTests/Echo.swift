import Dispatch
import Synchronization
import Testing

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
    log.change { $0.bytes += bytes.count }
    if connection.send(bytes) > 1 << 19 { connection.pauseReading() }
  }

  func drained() {
    log.change { $0.drainedCount += 1 }
    connection.resumeReading()
  }

  func timeout() { connection.finish() }

  func closed(_ reason: CloseReason) { log.change { $0.closeReasons.append(reason) } }
}

/// Answers the first bytes with others and closes.
final class Answering: ConnectionHandler {
  private let connection: ServerConnection
  private let answer: [UInt8]

  init(_ connection: ServerConnection, _ answer: [UInt8]) {
    self.connection = connection
    self.answer = answer
  }

  func received(_ bytes: [UInt8]) {
    connection.send(answer)
    connection.finish()
  }

  func drained() {}

  func timeout() {}

  func closed(_ reason: CloseReason) {}
}

/// Reads nothing and says nothing.
final class Silent: ConnectionHandler {
  init(_ connection: ServerConnection) { connection.pauseReading() }

  func received(_ bytes: [UInt8]) {}

  func drained() {}

  func timeout() {}

  func closed(_ reason: CloseReason) {}
}

/// What handlers have met, for a test to wait for.
final class HandlerLog: Sendable {
  struct Entries {
    var bytes = 0
    var drainedCount = 0
    var closeReasons: [CloseReason] = []
  }

  private let entries = Mutex(Entries())
  private let changed = DispatchSemaphore(value: 0)

  var current: Entries { entries.withLock { $0 } }

  func change(_ body: (inout Entries) -> Void) {
    entries.withLock { body(&$0) }
    changed.signal()
  }

  /// Waits until the entries are as a test wants them, or 20 seconds have passed.
  func wait(until isThere: (Entries) -> Bool) -> Bool {
    while !isThere(current) {
      guard changed.wait(timeout: .now() + 20) == .success else { return false }
    }
    return true
  }
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

  @discardableResult
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
