import Bolt
import Network

/// One connection of a client that is played.
final class WirePeer {
  private let connection: ClientConnection
  private var chunks = ChunkReader(maximumMessageBytes: 1 << 24)
  private var raw: [UInt8] = []
  private var isTalking = false

  init(port: Int) throws {
    connection = try ClientConnection.connect(host: "127.0.0.1", port: port, deadlineSeconds: 10)
  }

  deinit { connection.close() }

  /// Sends a message, or with `isFramed` false bytes as they are.
  func send(_ bytes: [UInt8], isFramed: Bool) throws {
    var output: [UInt8] = []
    if isFramed { ChunkWriter.append(bytes, to: &output) } else { output = bytes }
    try connection.send(output, timeoutSeconds: 10)
  }

  /// Takes as much as the answer needs: `00 00 01 FF`, or the list of versions, or a version.
  func skipHandshake(_ recorded: [UInt8]) throws {
    if recorded.count == 4 { return try need(4) { self.raw.removeFirst(4) } }
    try need(1) {}
    let count = 2 + 4 * Int(raw[0])
    try need(count) { self.raw.removeFirst(count) }
  }

  private func need(_ count: Int, _ take: () -> Void) throws {
    while raw.count < count {
      guard try receive(into: &raw) else { return }
    }
    take()
  }

  /// So many bytes before the first message, or all there are until the server hangs up.
  func bytes(_ count: Int) throws -> [UInt8] {
    while raw.count < count {
      guard try receive(into: &raw) else { break }
    }
    defer { raw.removeFirst(min(count, raw.count)) }
    return Array(raw.prefix(count))
  }

  /// The next message; `nil` when the server has hung up.
  func message() throws -> [UInt8]? {
    if !isTalking {
      isTalking = true
      chunks.append(raw)
    }
    while true {
      if let range = try chunks.next() { return Array(chunks.bytes[range]) }
      var arrived: [UInt8] = []
      guard try receive(into: &arrived) else { return nil }
      chunks.append(arrived)
    }
  }

  /// Whether any more came before the server hung up.
  private func receive(into bytes: inout [UInt8]) throws -> Bool {
    do {
      return try connection.receive(into: &bytes, timeoutSeconds: 10) > 0
    } catch .lost {
      // What the server had not read yet makes its end abrupt.
      return false
    }
  }
}
