/// Frames that a server sends (RFC 6455, 5.2): never masked, never in fragments.
enum WebSocketFrame {
  enum Opcode: UInt8 {
    case continuation = 0x0
    case text = 0x1
    case binary = 0x2
    case close = 0x8
    case ping = 0x9
    case pong = 0xA

    var isControl: Bool { rawValue >= 0x8 }
  }

  /// Why a connection ends (RFC 6455, 7.4.1).
  enum CloseCode: UInt16 {
    case normal = 1_000
    case protocolError = 1_002
    case unsupportedData = 1_003
  }

  static func binary(_ payload: [UInt8]) -> [UInt8] { frame(.binary, payload) }

  static func close(_ code: CloseCode) -> [UInt8] {
    frame(.close, [UInt8(code.rawValue >> 8), UInt8(code.rawValue & 0xFF)])
  }

  static func frame(_ opcode: Opcode, _ payload: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(payload.count + 10)
    bytes.append(0x80 | opcode.rawValue)
    switch payload.count {
    case ..<126: bytes.append(UInt8(payload.count))
    case ..<65_536:
      bytes.append(126)
      for shift in [8, 0] { bytes.append(UInt8(truncatingIfNeeded: payload.count >> shift)) }
    default:
      bytes.append(127)
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: payload.count >> shift))
      }
    }
    bytes += payload
    return bytes
  }
}
