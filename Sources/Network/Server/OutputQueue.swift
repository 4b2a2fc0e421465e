/// Bytes on their way to a socket that takes them piece by piece.
struct OutputQueue {
  private static let mergedSize = 16_384

  private var pieces: [[UInt8]] = []
  private var first = 0
  private var offset = 0
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }

  /// Adds bytes from `start` on; small pieces are merged, large ones are not copied.
  mutating func append(_ bytes: [UInt8], from start: Int = 0) {
    guard start < bytes.count else { return }
    count += bytes.count - start
    if let last = pieces.indices.last, last >= first,
      pieces[last].count + bytes.count - start <= Self.mergedSize
    {
      pieces[last] += bytes[start...]
    } else if pieces.isEmpty {
      pieces = [bytes]
      first = 0
      offset = start
    } else {
      pieces.append(start == 0 ? bytes : Array(bytes[start...]))
    }
  }

  /// Hands over what the socket takes now.
  ///
  /// - Returns: The system's reason when the connection is broken.
  mutating func write(to socket: Socket) -> SystemError? {
    while first < pieces.count {
      switch socket.send(pieces[first], from: offset) {
      case .bytes(let sent):
        offset += sent
        count -= sent
        if offset == pieces[first].count { dropFirst() }
      case .wouldBlock: return nil
      case .failed(let errorNumber): return SystemError(errorNumber)
      }
    }
    return nil
  }

  mutating func removeAll() {
    pieces = []
    first = 0
    offset = 0
    count = 0
  }

  private mutating func dropFirst() {
    pieces[first] = []
    first += 1
    offset = 0
    if first == pieces.count {
      pieces.removeAll(keepingCapacity: pieces.count < 64)
      first = 0
    } else if first > 256 {
      pieces.removeFirst(first)
      first = 0
    }
  }
}
