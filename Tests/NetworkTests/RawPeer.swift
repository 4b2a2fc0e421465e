@testable import Network

/// A client that does what `ClientConnection` never would.
struct RawPeer {
  let socket: Socket
  private let interruption: Interruption

  init(to listener: NetworkListener) throws {
    interruption = try Interruption()
    guard let address = listener.addresses.first else { throw NetworkError.closed }
    socket = try Connector(
      host: address.host, port: address.port, interruption: interruption
    ).connect(to: [address], until: Deadline(seconds: 20)).0
  }

  /// Sends as much as goes at once; how much that was.
  func send(_ bytes: [UInt8]) -> Int {
    if case .bytes(let count) = socket.send(bytes, from: 0) { count } else { 0 }
  }

  /// Sends until the connection is broken off; false when it is not in time.
  func sendForEver() -> Bool {
    let bytes = [UInt8](repeating: 1, count: 65_536)
    let deadline = Deadline(seconds: 20)
    while true {
      switch socket.send(bytes, from: 0) {
      case .bytes: continue
      case .failed: return true
      case .wouldBlock:
        let readiness = socket.wait(
          toRead: false, toWrite: true, waker: interruption.pipe.reading, until: deadline)
        if readiness == nil { return false }
      }
    }
  }

  /// Reads to the end of the stream; `nil` when it is broken off or does not come.
  func receiveAll() -> [UInt8]? {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let deadline = Deadline(seconds: 20)
    while true {
      switch unsafe buffer.withUnsafeMutableBytes({ unsafe socket.receive(into: $0) }) {
      case .bytes(0): return all
      case .bytes(let count): all += buffer[..<count]
      case .failed: return nil
      case .wouldBlock:
        let readiness = socket.wait(
          toRead: true, toWrite: false, waker: interruption.pipe.reading, until: deadline)
        if readiness == nil { return nil }
      }
    }
  }
}
