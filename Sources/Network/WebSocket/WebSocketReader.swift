/// Takes the frames of a client apart (RFC 6455, 5) into the stream of bytes that they carry.
///
/// Borders of frames mean nothing to the reader's user, so a payload is given on as it comes, and a
/// length that a client claims reserves nothing.
struct WebSocketReader {
  enum End: Equatable {
    /// The client has closed; the reply says so too.
    case closed
    /// The client has broken a rule; the reply says which.
    case broken(WebSocketFrame.CloseCode)
  }

  private static let greatestHeader = 14
  private static let greatestControl = 125

  /// The start of a frame that is not whole yet, at most its header.
  private var header: [UInt8] = []
  private var opcode = WebSocketFrame.Opcode.binary
  private var mask: (UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0)
  private var maskIndex = 0
  private var remaining: UInt64 = 0
  private var isInPayload = false
  private var isInMessage = false
  private var control: [UInt8] = []

  /// Takes bytes, appends to `payload` what they carry and to `reply` what is to be answered.
  mutating func received(
    _ bytes: [UInt8], payload: inout [UInt8], reply: inout [UInt8]
  ) -> End? {
    var index = 0
    while index < bytes.count {
      if !isInPayload {
        header.append(bytes[index])
        index += 1
        if let broken = readHeader() { return fail(broken, &reply) }
        guard isInPayload else { continue }
      }
      let count = Int(min(UInt64(bytes.count - index), remaining))
      take(bytes[index..<(index + count)], &payload)
      index += count
      remaining -= UInt64(count)
      guard remaining == 0 else { continue }
      isInPayload = false
      if opcode.isControl, let end = endControl(&reply) { return end }
    }
    return nil
  }

  /// Reads the header as soon as it is whole; what is wrong with it, or `nil`.
  private mutating func readHeader() -> WebSocketFrame.CloseCode? {
    guard header.count >= 2 else { return nil }
    let short = Int(header[1] & 0x7F)
    let lengthSize = short == 127 ? 8 : short == 126 ? 2 : 0
    if header.count == 2, let broken = checkStart(short) { return broken }
    guard header.count == 2 + lengthSize + 4 else { return nil }
    var length = UInt64(short)
    if lengthSize > 0 {
      length = header[2..<(2 + lengthSize)].reduce(0) { $0 << 8 | UInt64($1) }
      guard length >> 63 == 0 else { return .protocolError }
    }
    let start = 2 + lengthSize
    mask = (header[start], header[start + 1], header[start + 2], header[start + 3])
    maskIndex = 0
    remaining = length
    isInPayload = true
    header.removeAll(keepingCapacity: true)
    return nil
  }

  private mutating func checkStart(_ shortLength: Int) -> WebSocketFrame.CloseCode? {
    let isLast = header[0] & 0x80 != 0
    // No extension was agreed on that would use the other bits; clients must mask.
    guard header[0] & 0x70 == 0, header[1] & 0x80 != 0,
      let opcode = WebSocketFrame.Opcode(rawValue: header[0] & 0x0F)
    else { return .protocolError }
    self.opcode = opcode
    switch opcode {
    case .text: return .unsupportedData
    case .binary where isInMessage, .continuation where !isInMessage: return .protocolError
    case .binary, .continuation: isInMessage = !isLast
    case .close, .ping, .pong:
      guard isLast, shortLength <= Self.greatestControl else { return .protocolError }
      control.removeAll(keepingCapacity: true)
    }
    return nil
  }

  private mutating func take(_ bytes: ArraySlice<UInt8>, _ payload: inout [UInt8]) {
    let mask = [mask.0, mask.1, mask.2, mask.3]
    var position = maskIndex
    let clear = bytes.map { byte in
      defer { position += 1 }
      return byte ^ mask[position & 3]
    }
    maskIndex = position & 3
    if opcode.isControl { control += clear } else { payload += clear }
  }

  private mutating func endControl(_ reply: inout [UInt8]) -> End? {
    switch opcode {
    case .ping: reply += WebSocketFrame.frame(.pong, control)
    case .close:
      guard hasProperCode else { return fail(.protocolError, &reply) }
      // The code is sent back, without the client's words.
      reply += WebSocketFrame.frame(.close, Array(control.prefix(2)))
      return .closed
    case .pong, .binary, .text, .continuation: break
    }
    return nil
  }

  /// Whether a close frame has a code that may be sent (RFC 6455, 7.4), or none.
  private var hasProperCode: Bool {
    guard control.count >= 2 else { return control.isEmpty }
    switch UInt16(control[0]) << 8 | UInt16(control[1]) {
    case 1_000...1_003, 1_007...1_014, 3_000...4_999: return true
    default: return false
    }
  }

  private func fail(_ code: WebSocketFrame.CloseCode, _ reply: inout [UInt8]) -> End {
    reply += WebSocketFrame.close(code)
    return .broken(code)
  }
}
