/// Reads ASCII forms byte by byte; a step that does not fit moves nothing.
struct TextScanner {
  let bytes: ArraySlice<UInt8>
  private(set) var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  var isAtEnd: Bool { position == bytes.endIndex }

  var next: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  /// The next byte as it would be in upper case.
  var nextUppercase: UInt8? { next.map { $0 >= 0x61 && $0 <= 0x7A ? $0 - 0x20 : $0 } }

  /// Bytes not yet read.
  var rest: ArraySlice<UInt8> { bytes[position...] }

  mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: scalar) else { return false }
    position += 1
    return true
  }

  mutating func skipAnyCase(_ upper: Unicode.Scalar) -> Bool {
    guard nextUppercase == UInt8(ascii: upper) else { return false }
    position += 1
    return true
  }

  /// `+` or `-` as a factor; `nil` when there is neither.
  mutating func sign() -> Int64? {
    if skip("+") { return 1 }
    return skip("-") ? -1 : nil
  }

  /// How many digits come next.
  var digitCount: Int {
    var end = position
    while end < bytes.endIndex, bytes[end] &- UInt8(ascii: "0") < 10 { end += 1 }
    return end - position
  }

  /// Exactly `count` digits, at most 18.
  mutating func digits(_ count: Int) -> Int64? {
    digits(count...count)
  }

  /// As many digits as there are, if their count lies in the range; at most 18.
  mutating func digits(_ counts: ClosedRange<Int>) -> Int64? {
    let count = min(digitCount, counts.upperBound)
    guard count >= counts.lowerBound, count <= 18 else { return nil }
    var number: Int64 = 0
    for index in position..<position + count {
      number = number * 10 + Int64(bytes[index] - UInt8(ascii: "0"))
    }
    position += count
    return number
  }

  /// All digits that come next; `nil` when there are none or they exceed 64 bits.
  mutating func integer() -> Int64? {
    let count = digitCount
    guard count > 0 else { return nil }
    var number: Int64 = 0
    for index in position..<position + count {
      let shifted = number.multipliedReportingOverflow(by: 10)
      let sum = shifted.partialValue.addingReportingOverflow(
        Int64(bytes[index] - UInt8(ascii: "0")))
      guard !shifted.overflow, !sum.overflow else { return nil }
      number = sum.partialValue
    }
    position += count
    return number
  }

  /// A point or comma and 1 to 9 digits, as nanoseconds; `nil` when malformed, 0 when absent.
  mutating func fraction() -> Int64? {
    guard next == UInt8(ascii: ".") || next == UInt8(ascii: ",") else { return 0 }
    position += 1
    let count = digitCount
    guard count <= 9, var number = digits(1...9) else { return nil }
    for _ in count..<9 { number *= 10 }
    return number
  }
}
