/// Integers of the handshake: seven bits a byte, the lowest first, the high bit on all but the last.
enum VariableInteger {
  /// The most bytes that 64 bits can take.
  static let maximumBytes = 10

  /// What reading came to.
  enum Outcome: Hashable {
    /// The value and how many bytes it took.
    case value(UInt64, count: Int)
    /// More bytes are needed.
    case incomplete
    /// No 64-bit number.
    case invalid
  }

  static func read(_ bytes: ArraySlice<UInt8>) -> Outcome {
    var value: UInt64 = 0
    for (place, byte) in bytes.prefix(maximumBytes).enumerated() {
      if place == maximumBytes - 1, byte > 1 { return .invalid }
      value |= UInt64(byte & 0x7F) << UInt64(7 * place)
      if byte & 0x80 == 0 { return .value(value, count: place + 1) }
    }
    return bytes.count >= maximumBytes ? .invalid : .incomplete
  }

  static func append(_ value: UInt64, to bytes: inout [UInt8]) {
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }
}
