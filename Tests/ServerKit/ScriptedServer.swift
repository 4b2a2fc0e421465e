import Bolt
import GraphValues
package import Network
import Synchronization

/// A server that does what a script says, one script for each connection in the order they come.
package final class ScriptedServer: Sendable {
  /// How bytes are put on the wire.
  package enum Wire: CaseIterable, Sendable {
    /// As they come.
    case whole
    /// One by one.
    case bytewise
  }

  private let record: ScriptRecord
  private let listener: NetworkListener
  package let port: Int

  package init(
    _ scripts: [[Step]], host: String = "127.0.0.1", wire: Wire = .whole, tls: ServerTLS? = nil
  ) throws {
    let record = ScriptRecord(scripts)
    self.record = record
    listener = try NetworkListener.listen(
      ListenerOptions(
        host: host, port: 0, tls: tls, tlsLevel: tls == nil ? .disabled : .required)
    ) { connection in
      guard let (script, number) = record.nextScript() else { return Refusal(connection) }
      return ScriptedConnection(script, connection, record, number: number, wire: wire)
    }
    port = listener.port
  }

  /// One connection after another, each with this script.
  package convenience init(_ script: [Step], wire: Wire = .whole) throws {
    try self.init([script], wire: wire)
  }

  /// Scripts come later, by `add`.
  package convenience init(wire: Wire = .whole) throws { try self.init([[Step]](), wire: wire) }

  /// How many connections came.
  package var connectionCount: Int { record.connectionCount }

  /// The messages that came, in order.
  package var seen: [String] { record.seen }

  /// All bytes that came, of all connections.
  package var received: [UInt8] { record.received }

  /// Gives scripts to connections that come from now on.
  package func add(_ scripts: [Step]...) { record.add(scripts) }

  /// Closes, and tells what did not go by the scripts.
  package func end() -> [String] {
    listener.close()
    return record.faults
  }
}

/// What the connections of a scripted server share.
///
/// Apart from the server itself, which must not end on the thread of its own listener.
private final class ScriptRecord: Sendable {
  private struct State {
    var scripts: [[Step]]
    var connectionCount = 0
    var faults: [String] = []
    var seen: [String] = []
    var received: [UInt8] = []
  }

  private let state: Mutex<State>

  init(_ scripts: [[Step]]) { state = Mutex(State(scripts: scripts)) }

  var connectionCount: Int { state.withLock { $0.connectionCount } }
  var seen: [String] { state.withLock { $0.seen } }
  var received: [UInt8] { state.withLock { $0.received } }
  var faults: [String] { state.withLock { $0.faults } }

  func add(_ scripts: [[Step]]) { state.withLock { $0.scripts += scripts } }
  func note(fault: String) { state.withLock { $0.faults.append(fault) } }
  func note(bytes: [UInt8]) { state.withLock { $0.received += bytes } }
  func note(message: String) { state.withLock { $0.seen.append(message) } }

  func nextScript() -> ([Step], Int)? {
    state.withLock { state in
      state.connectionCount += 1
      guard !state.scripts.isEmpty else {
        state.faults.append("connection \(state.connectionCount) was not expected")
        return nil
      }
      return (state.scripts.removeFirst(), state.connectionCount)
    }
  }
}

/// Closes what nobody expected.
private final class Refusal: ConnectionHandler {
  init(_ connection: ServerConnection) { connection.abort() }
  func received(_ bytes: [UInt8]) {}
  func drained() {}
  func timeout() {}
  func closed(_ reason: CloseReason) {}
}

/// One connection that follows its script.
private final class ScriptedConnection: ConnectionHandler {
  private struct State {
    var steps: ArraySlice<Step>
    var raw: [UInt8] = []
    var chunks = ChunkReader(maximumMessageBytes: 1 << 24)
    var writer = PackStreamWriter(PackStreamDialect(BoltVersion(5, 8)))
    var isFramed = false
    var isPausing = false
  }

  private let state: Mutex<State>
  private let connection: ServerConnection
  private let server: ScriptRecord
  private let number: Int
  private let wire: ScriptedServer.Wire

  init(
    _ script: [Step], _ connection: ServerConnection, _ server: ScriptRecord, number: Int,
    wire: ScriptedServer.Wire
  ) {
    state = Mutex(State(steps: script[...]))
    self.connection = connection
    self.server = server
    self.number = number
    self.wire = wire
  }

  func received(_ bytes: [UInt8]) {
    server.note(bytes: bytes)
    state.withLock { state in
      if state.isFramed { state.chunks.append(bytes) } else { state.raw += bytes }
      proceed(&state)
    }
  }

  func timeout() {
    state.withLock { state in
      state.isPausing = false
      proceed(&state)
    }
  }

  func drained() {}

  func closed(_ reason: CloseReason) {
    state.withLock { state in
      let left = state.steps.drop { if case .close = $0 { true } else { false } }
      // A client that only says goodbye, or a script that nobody waits for, is no fault.
      if case .client(let text)? = left.first, text != "GOODBYE" {
        fault("closed while waiting for \(text)")
      }
      state.steps = []
    }
  }

  private func fault(_ text: String) { server.note(fault: "connection \(number): \(text)") }

  private func proceed(_ state: inout State) {
    while !state.isPausing, let step = state.steps.first {
      switch step {
      case .hello:
        guard state.raw.count >= 20 else { return }
        if state.raw.prefix(20) != ClientHandshake.hello[...] { fault("another hello") }
        state.raw.removeFirst(20)
      case .bytes(let bytes):
        guard state.raw.count >= bytes.count else { return }
        if !state.raw.prefix(bytes.count).elementsEqual(bytes) {
          fault("\(state.raw) where \(bytes) was expected")
        }
        state.raw.removeFirst(bytes.count)
      case .client(let text):
        guard let found = message(&state) else { return }
        expect(text, found)
      case .send(let bytes): send(bytes)
      case .server(let message):
        state.writer.write(message)
        send(state.writer.take())
      case .message(let bytes, let size): send(Self.chunked(bytes, size))
      case .dialect(let dialect): state.writer.dialect = dialect
      case .pause(let seconds):
        state.isPausing = true
        connection.setTimer(seconds: seconds)
      case .call(let body): body()
      case .close:
        state.steps = []
        connection.finish()
        return
      }
      if !state.steps.isEmpty { state.steps.removeFirst() }
    }
    // What comes after the last step is of no interest, except for the record.
    while state.steps.isEmpty, message(&state) != nil {}
  }

  private func expect(_ text: String, _ found: String) {
    let matches =
      text.hasSuffix("…")
      ? found.hasPrefix(text.dropLast().trimmingSuffix(" ")) : found == text
    if !matches { fault("\(found.prefix(200)) where \(text.prefix(200)) was expected") }
  }

  private func message(_ state: inout State) -> String? {
    if !state.isFramed {
      state.isFramed = true
      state.chunks.append(state.raw)
      state.raw = []
    }
    do {
      guard let range = try state.chunks.next() else { return nil }
      let rules = PackStreamReading(state.writer.dialect, isRequest: true, zones: NoZones())
      let message = Step.text(of: try ClientMessage(state.chunks.bytes, range, rules))
      server.note(message: message)
      return message
    } catch {
      fault("\(error)")
      return nil
    }
  }

  private func send(_ bytes: [UInt8]) {
    switch wire {
    case .whole: connection.send(bytes)
    case .bytewise: for byte in bytes { connection.send([byte]) }
    }
  }

  private static func chunked(_ bytes: [UInt8], _ size: Int) -> [UInt8] {
    var output: [UInt8] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = rest.prefix(size)
      output += [UInt8(piece.count >> 8), UInt8(piece.count & 0xFF)] + piece
      rest = rest.dropFirst(size)
    }
    return output + [0, 0]
  }
}

extension Substring {
  fileprivate func trimmingSuffix(_ suffix: String) -> Substring {
    hasSuffix(suffix) ? dropLast(suffix.count) : self
  }
}

/// Knows Europe/Paris, always an hour ahead.
package struct NoZones: ZoneRules {
  package init() {}

  package func regionName(_ text: String) -> String? { text == "Europe/Paris" ? text : nil }
  package func offsetSeconds(of region: String, at epochSecond: Int64) -> Int32 {
    region == "Europe/Paris" ? 3600 : 0
  }
}
