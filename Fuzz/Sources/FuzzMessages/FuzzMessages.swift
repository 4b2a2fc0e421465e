import Bolt

/// Whatever bytes come, each message is read or refused.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMessages(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let first = bytes.first else { return 0 }
  let version = BoltVersion.spoken[Int(first) % BoltVersion.spoken.count]
  var handshake = ServerHandshake()
  _ = handshake.received(bytes)
  var answer = ClientHandshake()
  _ = answer.received(bytes)
  var chunks = ChunkReader(maximumMessageBytes: 1 << 16)
  chunks.append(bytes.dropFirst())
  while let range = try? chunks.next() {
    read(Array(chunks.bytes[range]), version)
  }
  read(Array(bytes.dropFirst()), version)
  return 0
}

private func read(_ message: [UInt8], _ version: BoltVersion) {
  for isRequest in [true, false] {
    let rules = PackStreamReading(
      PackStreamDialect(version), isRequest: isRequest, zones: AnyZone())
    if case .hello(let extra)? = try? ClientMessage(message, 0..<message.count, rules) {
      _ = try? HelloExtra(extra, version: version)
    }
    if case .run(_, _, let extra)? = try? ClientMessage(message, 0..<message.count, rules) {
      _ = try? TransactionExtra(extra, version: version)
    }
    _ = try? ServerMessage(message, 0..<message.count, rules)
  }
}
