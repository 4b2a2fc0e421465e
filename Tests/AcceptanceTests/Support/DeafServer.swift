import Bolt
import Foundation
import GraphValues
import Network
import Synchronization
import Testing

/// A server that lets everybody in and answers statements with nothing, but is deaf from a word on:
/// it then answers nothing more on that connection, not even RESET.
final class DeafServer: Sendable {
  private let listener: NetworkListener
  private let connected: DispatchSemaphore

  /// Where it listens.
  var port: Int { listener.port }
  /// Where it listens, for `-a`.
  var address: String { "bolt://127.0.0.1:\(port)" }

  /// Listens at a free port.
  ///
  /// - Parameter word: What a message has in it that is not answered; empty for none being answered.
  /// - Throws: When it cannot listen.
  init(at word: String) throws {
    let connected = DispatchSemaphore(value: 0)
    self.connected = connected
    listener = try NetworkListener.listen(
      ListenerOptions(host: "127.0.0.1", port: 0, tls: nil, tlsLevel: .disabled)
    ) { connection in
      connected.signal()
      return DeafConnection(connection, word)
    }
  }

  /// Waits until somebody has connected who was not waited for before.
  func waitForConnection() throws {
    try #require(connected.wait(timeout: .now() + 20) == .success)
  }

  deinit { listener.close() }
}

/// One connection.
private final class DeafConnection: ConnectionHandler {
  private struct State {
    var raw: [UInt8] = []
    var hasAgreed = false
    var isDeaf = false
    var chunks = ChunkReader(maximumMessageBytes: 1 << 20)
  }

  private let connection: ServerConnection
  private let word: [UInt8]
  private let state = Mutex(State())

  init(_ connection: ServerConnection, _ word: String) {
    self.connection = connection
    self.word = Array(word.utf8)
  }

  func received(_ bytes: [UInt8]) {
    state.withLock { state in
      if word.isEmpty || state.isDeaf { return }
      if state.hasAgreed { state.chunks.append(bytes) } else { state.raw += bytes }
      if !state.hasAgreed, state.raw.count >= 20 {
        state.hasAgreed = true
        connection.send([0, 0, 7, 5])
        state.chunks.append(Array(state.raw[20...]))
      }
      while state.hasAgreed, !state.isDeaf, let range = try? state.chunks.next() {
        state.isDeaf = state.chunks.bytes[range].firstRange(of: word) != nil
        if !state.isDeaf { answer() }
      }
    }
  }

  private func answer() {
    var writer = PackStreamWriter(PackStreamDialect(BoltVersion(5, 7)))
    writer.write(
      ServerMessage.success(
        MapValue([
          ("fields", .list([])), ("server", .string("Deaf/1")), ("connection_id", .string("1")),
        ])))
    connection.send(writer.take())
  }

  func drained() {}
  func timeout() {}
  func closed(_ reason: CloseReason) {}
}
