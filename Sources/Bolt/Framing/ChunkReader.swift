/// Why a stream of chunks cannot be followed any further.
public enum ChunkError: Error, Hashable, Sendable {
  /// A message longer than allowed.
  case messageTooLong(limit: Int)
}

/// Puts messages together from the chunks that arrive.
///
/// Bytes come in pieces of any size. A message lies in one piece in `bytes` once `next()` has told its
/// range, which counts until the next call of a mutating method.
public struct ChunkReader: Sendable {
  /// The buffer that ranges point into.
  public private(set) var bytes: [UInt8] = []
  /// The longest message allowed, in bytes.
  public var maximumMessageBytes: Int
  /// Empty chunks between messages, by which a peer says that it is alive.
  public private(set) var keepAliveCount = 0
  /// Where the next chunk's header is read.
  private var position = 0
  /// Where the message in progress begins, and where its next byte goes.
  private var messageStart = 0
  private var messageEnd = 0
  private var isInMessage = false

  /// Makes a reader that waits for a message's first chunk.
  public init(maximumMessageBytes: Int) { self.maximumMessageBytes = maximumMessageBytes }

  /// Adds bytes that have arrived.
  public mutating func append(_ arrived: some Collection<UInt8>) {
    compact()
    bytes.append(contentsOf: arrived)
  }

  /// Whether part of a message has arrived.
  public var isInsideMessage: Bool { isInMessage || position < bytes.count }

  /// The next whole message's range in `bytes`; `nil` when more bytes are needed.
  ///
  /// - Throws: As soon as a message's chunks say that it will be too long.
  public mutating func next() throws(ChunkError) -> Range<Int>? {
    while position + 2 <= bytes.count {
      let length = Int(bytes[position]) << 8 | Int(bytes[position + 1])
      if length == 0 {
        position += 2
        guard isInMessage else {
          keepAliveCount += 1
          continue
        }
        isInMessage = false
        return messageStart..<messageEnd
      }
      let sum = isInMessage ? messageEnd - messageStart + length : length
      guard sum <= maximumMessageBytes else { throw .messageTooLong(limit: maximumMessageBytes) }
      guard position + 2 + length <= bytes.count else { return nil }
      take(length)
    }
    return nil
  }

  /// Takes all bytes of a whole chunk.
  private mutating func take(_ length: Int) {
    let start = position + 2
    if !isInMessage {
      isInMessage = true
      messageStart = start
      messageEnd = start + length
    } else {
      // Later chunks move up against the first, so that the message lies in one piece.
      for offset in 0..<length { bytes[messageEnd + offset] = bytes[start + offset] }
      messageEnd += length
    }
    position = start + length
  }

  /// Drops what is read, so that the buffer does not grow with the stream.
  private mutating func compact() {
    let keptFrom = isInMessage ? messageStart : position
    guard keptFrom > 0, keptFrom == bytes.count || keptFrom >= 64 * 1024 || position == bytes.count
    else { return }
    if isInMessage {
      bytes.removeSubrange(messageEnd..<position)
      position = messageEnd
    }
    bytes.removeSubrange(0..<keptFrom)
    position -= keptFrom
    messageStart -= keptFrom
    messageEnd -= keptFrom
  }
}
