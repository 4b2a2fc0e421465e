/// Frames messages into chunks.
public enum ChunkWriter {
  /// The most bytes that a chunk can hold.
  public static let maximumChunkBytes = 65535

  /// Appends a message in chunks, with its end mark.
  public static func append(_ message: some RandomAccessCollection<UInt8>, to output: inout [UInt8])
  {
    var rest = message[...]
    while !rest.isEmpty {
      let count = min(rest.count, maximumChunkBytes)
      output.append(UInt8(truncatingIfNeeded: count >> 8))
      output.append(UInt8(truncatingIfNeeded: count))
      output.append(contentsOf: rest.prefix(count))
      rest = rest.dropFirst(count)
    }
    output.append(0)
    output.append(0)
  }

  /// The bytes of an empty chunk between messages, which says that this end is alive.
  public static let keepAlive: [UInt8] = [0, 0]
}

extension PackStreamWriter {
  /// Begins a message: two bytes are kept free for its chunk's length.
  ///
  /// - Returns: Where the message begins, for `endMessage(_:)`.
  public mutating func beginMessage() -> Int {
    let start = bytes.count
    bytes.append(0)
    bytes.append(0)
    return start
  }

  /// Ends a message: most fit one chunk and only get their length filled in.
  ///
  /// - Parameter start: What `beginMessage()` gave.
  public mutating func endMessage(_ start: Int) {
    let count = bytes.count - start - 2
    if count <= ChunkWriter.maximumChunkBytes {
      bytes[start] = UInt8(truncatingIfNeeded: count >> 8)
      bytes[start + 1] = UInt8(truncatingIfNeeded: count)
      bytes.append(0)
      bytes.append(0)
      return
    }
    let message = Array(bytes[(start + 2)...])
    bytes.removeSubrange(start...)
    ChunkWriter.append(message, to: &bytes)
  }
}
